"""What is asked of senders, held against what is seen: nothing is called met that nobody can see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sekisho.core.guidance.bulk import Check, List, Seen, State, checklists
from sekisho.core.guidance.bulk_rules import RULES, Point
from sekisho.core.terms import Found, Policy

GOOD = Seen(
    messages=1000,
    spf=1000,
    dkim=1000,
    both=1000,
    passed=1000,
    spf_record=Found.YES,
    dmarc_record=Found.YES,
    policy=Policy.REJECT,
    weakest_key=2048,
    hosts=3,
    named=3,
    a_day=(("google_bulk", 9000),),
)


def lists(seen: Seen) -> dict[str, List]:
    return {each.rule.name: each for each in checklists(seen)}


def check(seen: Seen, rule: str, point: Point) -> Check:
    return next(each for each in lists(seen)[rule].checks if each.point is point)


def test_who_does_everything_right_has_nothing_unmet() -> None:
    for each in checklists(GOOD):
        assert each.count(State.NOT_MET) == 0
        assert each.count(State.UNKNOWN) == 0


def test_without_mail_and_dns_nothing_is_called_met_or_not_met() -> None:
    for each in checklists(Seen()):
        assert {check.state for check in each.checks} <= {State.UNKNOWN, State.UNSEEN}


def test_what_reports_cannot_show_is_said_to_be_unseen() -> None:
    for point in (Point.UNSUBSCRIBE, Point.SPAM_RATE):
        assert check(GOOD, "yahoo", point).state is State.UNSEEN
    assert check(GOOD, "google", Point.TLS).state is State.UNSEEN


@pytest.mark.parametrize(
    ("change", "rule", "point"),
    [
        ({"dkim": 900}, "google_bulk", Point.DKIM_SET_UP),
        ({"spf": 900}, "google_bulk", Point.SPF_SET_UP),
        ({"passed": 900}, "microsoft", Point.ALIGNED),
        ({"passed": 900}, "google", Point.SPF_OR_DKIM),
        ({"dmarc_record": Found.NO, "policy": Policy.ABSENT}, "docomo", Point.DMARC_RECORD),
        ({"dmarc_record": Found.NO, "policy": Policy.ABSENT}, "antiphishing", Point.POLICY_ENFORCED),
        ({"policy": Policy.NONE}, "antiphishing", Point.POLICY_ENFORCED),
        ({"spf_record": Found.NO}, "softbank", Point.SPF_RECORD),
        ({"weakest_key": 512}, "yahoo", Point.KEY_LENGTH),
        ({"named": 2}, "google", Point.PTR),
    ],
)
def test_each_fault_is_seen_where_it_is_asked_for(change: dict[str, object], rule: str, point: Point) -> None:
    seen = replace(GOOD, **change)  # type: ignore[arg-type]
    assert check(seen, rule, point).state is State.NOT_MET
    assert check(GOOD, rule, point).state is State.MET


def test_a_failed_look_is_unknown() -> None:
    seen = replace(GOOD, dmarc_record=Found.UNKNOWN, policy=Policy.ABSENT)
    assert check(seen, "docomo", Point.DMARC_RECORD).state is State.UNKNOWN
    assert check(seen, "antiphishing", Point.POLICY_ENFORCED).state is State.UNKNOWN


def test_few_messages_say_nothing() -> None:
    assert check(replace(GOOD, messages=5, dkim=0), "kddi", Point.DKIM_SET_UP).state is State.UNKNOWN


def test_the_volume_decides_whom_a_rule_is_for() -> None:
    assert lists(GOOD)["google_bulk"].applies is Found.YES
    assert lists(replace(GOOD, a_day=(("google_bulk", 300),)))["google_bulk"].applies is Found.NO
    assert lists(replace(GOOD, a_day=()))["google_bulk"].applies is Found.UNKNOWN
    assert lists(GOOD)["docomo"].applies is Found.YES


def test_every_rule_names_its_source_and_date() -> None:
    for rule in RULES:
        assert rule.source.startswith("https://")
        assert len(rule.since) == 10
        assert rule.points
