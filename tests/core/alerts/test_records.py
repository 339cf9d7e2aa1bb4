"""What changes in the DNS mean: which are told, how urgently, and which are one story with what reports show."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.core.dmarc.asked import Table

from sekisho.core.alerts.records import Event, Turn, event_of, one_story, record_findings
from sekisho.core.alerts.values import Finding, Rule, Severity
from sekisho.core.questions import Answer, Question, Reply, answered, found
from sekisho.core.state.changes import changes
from sekisho.core.state.gather import DomainState, Wanted, gather

DAY = 20_700
KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
ZONE: dict[str, str | Answer] = {
    "_dmarc.example.jp": "v=DMARC1; p=quarantine; rua=mailto:us@example.jp",
    "example.jp": "v=spf1 ip4:192.0.2.0/24 include:_spf.mail.example -all",
    "_spf.mail.example": "v=spf1 ip4:198.51.100.0/24 -all",
    "s1._domainkey.example.jp": KEY,
    "example.jp MX": "10 mx.example.jp",
    "mx.example.jp A": "192.0.2.25",
    "example.jp NS": "ns1.example.net",
}
Zone = Mapping[str, str | Answer | None]


def state(changed: Zone) -> DomainState:
    """The state of the domain in the usual zone with some records changed, or away (None)."""
    zone = {name: value for name, value in {**ZONE, **changed}.items() if value is not None}
    return answered(gather(Wanted("example.jp", (("example.jp", "s1"),))), Table(zone))


def told(changed: Zone, before: Zone | None = None, *, used: bool = True, day: int = DAY) -> list[Finding]:
    """What is told when the zone changes."""
    old, new = state(before or {}), state(changed)
    turn = Turn(day, changes(old, new), old, new)
    keys = [("example.jp", "s1")] if used else []
    return record_findings("example.jp", [turn], DAY, used=keys, ours=["us@example.jp"])


@pytest.mark.parametrize(
    ("changed", "event", "severity"),
    [
        ({"_dmarc.example.jp": None}, Event.DMARC_GONE, Severity.URGENT),
        ({"_dmarc.example.jp": "v=DMARC1; p=none; rua=mailto:us@example.jp"}, Event.DMARC_WEAKER, Severity.URGENT),
        ({"_dmarc.example.jp": "v=DMARC1; p=quarantine; sp=none; rua=mailto:us@example.jp"}, Event.DMARC_WEAKER, Severity.URGENT),
        ({"_dmarc.example.jp": "v=DMARC1; p=quarantine; t=y; rua=mailto:us@example.jp"}, Event.DMARC_WEAKER, Severity.URGENT),
        ({"_dmarc.example.jp": "v=DMARC1; p=quarantine"}, Event.DMARC_SILENT, Severity.IMPORTANT),
        ({"_dmarc.example.jp": "v=DMARC1; p=quarantine; rua=mailto:x@other.example"}, Event.DMARC_SILENT, Severity.IMPORTANT),
        ({"_dmarc.example.jp": "v=DMARC1; p=reject; rua=mailto:us@example.jp"}, Event.DMARC_STRONGER, Severity.NOTICE),
        ({"_dmarc.example.jp": "v=DMARC1; p=quarantine; rua=mailto:us@example.jp; fo=1"}, Event.DMARC_CHANGED, Severity.NOTICE),
        ({"example.jp": None}, Event.SPF_GONE, Severity.IMPORTANT),
        ({"example.jp": "v=spf1 +all"}, Event.SPF_OPEN, Severity.URGENT),
        ({"example.jp": "v=spf1 ip4:192.0.2.0/99 -all"}, Event.SPF_BROKEN, Severity.IMPORTANT),
        ({"example.jp": "v=spf1 " + "a mx " * 6 + "-all"}, Event.SPF_BROKEN, Severity.IMPORTANT),
        ({"example.jp": "v=spf1 ip4:192.0.2.0/25 include:_spf.mail.example -all"}, Event.SPF_CHANGED, Severity.NOTICE),
        ({"_spf.mail.example": None}, Event.SPF_BROKEN, Severity.IMPORTANT),
        ({"s1._domainkey.example.jp": None}, Event.KEY_WITHDRAWN, Severity.IMPORTANT),
        ({"s1._domainkey.example.jp": "v=DKIM1; p="}, Event.KEY_WITHDRAWN, Severity.IMPORTANT),
        ({"example.jp MX": "10 mx.elsewhere.example"}, Event.MX_CHANGED, Severity.IMPORTANT),
        ({"example.jp NS": "ns1.elsewhere.example"}, Event.SERVERS_CHANGED, Severity.IMPORTANT),
        ({"_smtp._tls.example.jp": "v=TLSRPTv1; rua=mailto:t@example.jp"}, Event.OTHER, Severity.NOTICE),
    ],
)
def test_each_change_is_told_as_urgently_as_it_is(changed: Zone, event: Event, severity: Severity) -> None:
    (finding,) = told(changed)
    assert (event_of(finding.about)[0], finding.severity) == (event, severity)


def test_a_key_that_signs_nothing_may_go() -> None:
    (finding,) = told({"s1._domainkey.example.jp": None}, used=False)
    assert finding.severity is Severity.NOTICE


def test_others_may_change_the_records_that_ours_includes() -> None:
    assert told({"_spf.mail.example": "v=spf1 ip4:203.0.113.0/24 -all"}) == []


@pytest.mark.parametrize("name", ["_dmarc.example.jp", "example.jp", "s1._domainkey.example.jp", "example.jp MX", "example.jp NS"])
def test_a_look_that_failed_tells_nothing(name: str) -> None:
    assert told({name: Answer(Reply.FAILED, why="time-out")}) == []


def test_old_changes_are_history() -> None:
    assert told({"_dmarc.example.jp": None}, day=DAY - 30) == []


def test_another_change_of_the_same_record_is_another_story() -> None:
    gone = told({"_dmarc.example.jp": None})
    weaker = told({"_dmarc.example.jp": "v=DMARC1; p=none"})
    assert gone[0].key != weaker[0].key
    assert gone[0].key == told({"_dmarc.example.jp": None})[0].key


def test_what_reports_show_of_a_change_is_the_same_story() -> None:
    record = told({"_dmarc.example.jp": "v=DMARC1; p=none; rua=mailto:us@example.jp"})
    reports = [Finding(Rule.POLICY_CHANGED, "example.jp", "none", DAY, DAY, was="quarantine", now="none")]
    both = [*record, *reports]
    assert list(one_story(both)) == record
    assert list(one_story(both, by_reports={("example.jp", "none")})) == reports
    assert list(one_story(reports, by_records={("example.jp", "none")})) == []
    assert list(one_story(reports, by_records={("example.jp", "reject"), ("other.jp", "none")})) == reports


def test_the_answer_of_the_table_is_the_usual_zone() -> None:
    assert state({}).dmarc.record is not None
    assert Table(ZONE)(Question("example.jp", "MX")) == found("10 mx.example.jp")
