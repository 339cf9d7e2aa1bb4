"""The rules of warnings, as stories of domains."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from sekisho.core.alerts.rules import findings, unreadable
from sekisho.core.alerts.thresholds import Thresholds
from sekisho.core.alerts.values import DomainDays, GroupDays, Rule, Sums

START = 20_000


def group(name: str, days: dict[int, Sums], hosts: int = 1) -> GroupDays:
    return GroupDays(name, {START + day: sums for day, sums in days.items()}, hosts)


def steady(name: str, first: int, last: int, **a_day: int) -> GroupDays:
    return group(name, {day: Sums(**a_day) for day in range(first, last + 1)})


def domain(*groups: GroupDays, last: int, now: int | None = None, policy: str = "none") -> DomainDays:
    """A domain that two reporters have reported on daily since day 0."""
    return DomainDays(
        "example.jp",
        START + last,
        START + (last + 1 if now is None else now),
        groups,
        {START + day: 2 for day in range(last + 1)},
        tuple((START + day, reporter, policy) for day in range(last + 1) for reporter in ("google.com", "docomo.ne.jp")),
    )


OWN = steady("dom.example.jp", 0, 60, normal=200)


def rules(d: DomainDays) -> list[Rule]:
    return [f.rule for f in findings(d)]


def test_burst_is_one_warning_with_those_behind_it() -> None:
    burst = group("net.vps.example", {40: Sums(spoof=420), 41: Sums(spoof=1787)}, hosts=3)
    noise = steady("unknown", 0, 41, spoof=7)
    (found,) = findings(domain(OWN, noise, burst, last=41))
    assert (found.rule, found.about, found.first_day - START) == (Rule.SURGE, "", 40)
    assert found.messages == 420 + 1787 + 14
    assert found.usual == pytest.approx(7)
    assert found.groups == ("net.vps.example",)
    assert found.days[-3:] == (7, 427, 1794)


def test_burst_is_told_with_the_first_day_that_shows_it() -> None:
    noise = steady("unknown", 0, 40, spoof=2)
    burst = group("net.vps.example", {40: Sums(spoof=150)})
    assert rules(domain(OWN, noise, burst, last=40)) == [Rule.SURGE]


def test_burst_keeps_its_first_day_while_it_lasts() -> None:
    burst = group("net.vps.example", {day: Sums(spoof=500) for day in range(40, 43)})
    firsts = {findings(domain(OWN, burst, last=last))[0].first_day - START for last in (40, 41, 42)}
    assert firsts == {40}


@pytest.mark.parametrize("seed", range(20))
def test_quiet_domain_stays_quiet_for_sixty_days(seed: int) -> None:
    dice = Random(seed)
    own = group(
        "dom.example.jp", {day: Sums(normal=dice.randint(50, 400) if day % 7 < 5 else dice.randint(0, 20)) for day in range(75)}
    )
    noise = [group(f"net.isp{n}.example", {dice.randrange(75): Sums(spoof=dice.randint(1, 12))}) for n in range(60)]
    alumni = group("dom.alumni.example", {day: Sums(forwarded=dice.randint(0, 9)) for day in range(75)})
    monthly = group("svc.letters", {day: Sums(normal=900) for day in (1, 8, 15, 22, 29, 36, 43, 50, 57, 64, 71)})
    for last in range(15, 75):
        upto = [replace(g, days={d: s for d, s in g.days.items() if d <= START + last}) for g in (own, alumni, monthly, *noise)]
        assert not findings(domain(*upto, last=last))


def test_first_week_teaches_what_is_usual() -> None:
    loud = steady("net.vps.example", 0, 5, spoof=900)
    assert not findings(domain(loud, last=5))


def test_burst_that_is_seen_late_is_told_from_its_first_day() -> None:
    burst = group("net.vps.example", {36: Sums(spoof=420), **{day: Sums(spoof=1500) for day in range(37, 42)}})
    (found,) = findings(domain(OWN, steady("unknown", 0, 41, spoof=6), burst, last=41))
    assert (found.first_day - START, found.messages) == (36, 420 + 5 * 1500 + 6 * 6)
    assert found.usual == pytest.approx(6)


def test_small_new_spoofer_is_named_though_nothing_surges() -> None:
    noise = steady("unknown", 0, 40, spoof=60)
    fresh = group("dom.bulletproof.example", {39: Sums(spoof=30), 40: Sums(spoof=25)}, hosts=2)
    (found,) = findings(domain(OWN, noise, fresh, last=40))
    assert (found.rule, found.about, found.messages, found.hosts) == (Rule.NEW_SPOOFER, "dom.bulletproof.example", 55, 2)


def test_service_that_is_switched_on_is_new_and_no_spoofing() -> None:
    service = group("svc.sendgrid", {39: Sums(normal=300), 40: Sums(failing=500)})
    (found,) = findings(domain(OWN, service, last=40))
    assert (found.rule, found.about, found.first_day - START) == (Rule.NEW_SOURCE, "svc.sendgrid", 39)


def test_service_that_breaks_is_told() -> None:
    service = group(
        "svc.sendgrid", {day: Sums(normal=100) for day in range(39)} | {39: Sums(failing=60, normal=40), 40: Sums(failing=100)}
    )
    (found,) = findings(domain(OWN, service, last=40))
    assert (found.rule, found.about, found.messages) == (Rule.GENUINE_FAILS, "svc.sendgrid", 160)


def test_service_that_always_failed_is_no_news() -> None:
    assert not findings(domain(OWN, steady("svc.shop", 0, 40, failing=50), last=40))


def test_first_rejects_of_genuine_mail_are_told() -> None:
    shop = group("svc.shop", {day: Sums(failing=50, stopped=50 if day >= 39 else 0) for day in range(41)})
    (found,) = findings(domain(OWN, shop, last=40))
    assert (found.rule, found.messages, found.groups) == (Rule.GENUINE_STOPPED, 100, ("svc.shop",))


def test_rejects_that_go_on_are_no_news() -> None:
    shop = steady("svc.shop", 0, 40, failing=50, stopped=50)
    assert not findings(domain(OWN, shop, last=40))


def test_policy_that_two_reporters_see_changed_is_told() -> None:
    d = domain(OWN, last=40, policy="reject")
    seen = tuple((START + 40, reporter, "none") for reporter in ("google.com", "docomo.ne.jp"))
    (found,) = findings(replace(d, policies=tuple(p for p in d.policies if p[0] < START + 40) + seen))
    assert (found.rule, found.was, found.now, found.first_day - START) == (Rule.POLICY_CHANGED, "reject", "none", 40)


def test_policy_that_one_reporter_of_two_sees_changed_is_not_told() -> None:
    d = domain(OWN, last=40, policy="reject")
    assert not findings(replace(d, policies=(*d.policies, (START + 41, "google.com", "none"))))


def test_reports_that_stop_are_told_after_some_days() -> None:
    silent = [findings(domain(OWN, last=40, now=now)) for now in range(41, 48)]
    assert [bool(found) for found in silent] == [False, False, False, True, True, True, True]
    assert {found[0].rule for found in silent if found} == {Rule.REPORTS_STOPPED}


def test_archive_that_is_read_in_warns_of_nothing() -> None:
    burst = group("net.vps.example", {40: Sums(spoof=9000)})
    assert not findings(domain(OWN, burst, last=40, now=400))


def test_domain_with_rare_reports_may_be_silent() -> None:
    d = domain(OWN, last=40, now=50)
    assert not findings(replace(d, reports={START + day: 1 for day in range(0, 41, 7)}))


def test_many_unreadable_deliveries_are_told_and_a_few_are_not() -> None:
    assert unreadable(100, 4, START) is None
    assert unreadable(100, 10, START) is None
    found = unreadable(10, 10, START)
    assert found is not None
    assert found.messages == 10


def test_thresholds_can_be_set() -> None:
    burst = group("net.vps.example", {40: Sums(spoof=60)})
    d = domain(OWN, burst, last=40)
    assert not findings(d, Thresholds(surge_messages=1000, spoofer_messages=1000))
    assert [f.rule for f in findings(d, Thresholds(surge_messages=50))] == [Rule.SURGE]
