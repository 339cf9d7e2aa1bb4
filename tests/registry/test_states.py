"""The kept DNS states: a row when records change, unknown kept apart from missing, and what the judge gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.core.questions import FAILED, answered
from sekisho.core.state.gather import Wanted, gather
from sekisho.core.state.sheet import Sheet, recorded
from sekisho.core.terms import Found
from sekisho.registry import states
from sekisho.registry.models import Domain, DomainState, Organisation
from tests.core.dmarc.asked import Table

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORDS = {
    "example.jp TXT": "v=spf1 ip4:192.0.2.0/24 -all",
    "example.jp MX": "10 mx.example.jp",
    "mx.example.jp A": "192.0.2.25",
    "_dmarc.example.jp": "v=DMARC1; p=none; rua=mailto:d@example.jp",
}


def look(domain: Domain, records: dict[str, object], now: datetime = NOW, wanted: Wanted | None = None) -> bool:
    """Looks into a table and keeps what is found."""
    wanted = wanted or Wanted(domain.name)
    sheet = Sheet()
    answered(recorded(gather(wanted), sheet), Table(records))  # type: ignore[arg-type]
    return states.keep(domain, wanted, sheet, now)


@pytest.fixture
def domain(org: Organisation) -> Domain:
    return org.domains.get(name="example.jp")


def test_a_new_row_is_made_only_when_a_record_changes(domain: Domain) -> None:
    assert look(domain, RECORDS)
    assert not look(domain, RECORDS, NOW + timedelta(days=1))
    assert DomainState.objects.count() == 1
    kept = states.latest(domain.pk)
    assert kept is not None
    assert (kept.since, kept.checked, kept.due) == (NOW, NOW + timedelta(days=1), NOW + timedelta(days=2))
    look(domain, {**RECORDS, "_dmarc.example.jp": "v=DMARC1; p=reject"}, NOW + timedelta(days=2))
    (past,) = states.history(domain.pk)
    assert past.at == NOW + timedelta(days=2)
    assert [(change.name, change.after) for change in past.changes] == [("_dmarc.example.jp", "v=DMARC1; p=reject")]


def test_a_failed_look_changes_nothing_and_is_unknown_today(domain: Domain) -> None:
    look(domain, RECORDS)
    assert not look(domain, {**RECORDS, "_dmarc.example.jp": FAILED, "example.jp MX": FAILED}, NOW + timedelta(days=1))
    kept = states.latest(domain.pk)
    assert kept is not None
    assert states.history(domain.pk) == []
    assert (kept.now.dmarc.state, kept.now.mx.state) == (Found.UNKNOWN, Found.UNKNOWN)
    assert (kept.known.dmarc.state, kept.known.mx.addresses) == (Found.YES, ("192.0.2.25",))
    assert kept.due == kept.checked + states.AGAIN
    look(domain, RECORDS, NOW + timedelta(days=2))
    kept = states.latest(domain.pk)
    assert kept is not None
    assert kept.now.dmarc.state is Found.YES
    assert states.history(domain.pk) == []


def test_a_record_that_is_gone_after_a_failure_is_gone(domain: Domain) -> None:
    look(domain, RECORDS)
    look(domain, {**RECORDS, "_dmarc.example.jp": FAILED}, NOW + timedelta(hours=1))
    gone = {name: value for name, value in RECORDS.items() if not name.startswith("_dmarc")}
    look(domain, gone, NOW + timedelta(hours=2))
    (past,) = states.history(domain.pk)
    assert (past.changes[0].before, past.changes[0].after) == (RECORDS["_dmarc.example.jp"], "")


def test_domains_are_due_when_new_and_daily(domain: Domain) -> None:
    assert states.due(NOW) == [domain]
    look(domain, RECORDS)
    assert states.due(NOW + timedelta(hours=23)) == []
    assert states.due(NOW + timedelta(hours=24)) == [domain]
    states.look_soon(domain.pk, NOW + timedelta(minutes=1))
    assert states.due(NOW + timedelta(minutes=1)) == [domain]


def test_the_judge_is_told_when_what_it_is_told_changes(domain: Domain) -> None:
    look(domain, RECORDS)
    assert not look(domain, {**RECORDS, "_smtp._tls.example.jp": "v=TLSRPTv1; rua=mailto:t@example.jp"}, NOW + timedelta(days=1))
    assert look(domain, {**RECORDS, "mx.example.jp A": "192.0.2.99"}, NOW + timedelta(days=2))
    assert look(domain, {**RECORDS, "mx.example.jp A": "192.0.2.99"}, wanted=Wanted("example.jp", names=("a.example.jp",)))
    own = states.own_of(domain.organisation_id, ["example.jp", "unknown.example"])["example.jp"]
    assert own.mx_addresses == {"192.0.2.99"}
    assert own.names == {"a.example.jp": Found.NO}


def test_the_judge_is_told_when_records_of_authentication_changed(domain: Domain) -> None:
    def changed_day() -> int:
        return states.own_of(domain.organisation_id, ["example.jp"])["example.jp"].changed_day

    look(domain, RECORDS)
    assert changed_day() == 0
    look(domain, {**RECORDS, "_dmarc.example.jp": "v=DMARC1; p=reject"}, NOW + timedelta(days=2))
    assert changed_day() == int((NOW + timedelta(days=2)).timestamp()) // 86400
    look(domain, {**RECORDS, "_dmarc.example.jp": "v=DMARC1; p=reject"}, NOW + timedelta(days=9))
    assert changed_day() == int((NOW + timedelta(days=2)).timestamp()) // 86400


def test_what_belongs_to_another_organisation_is_not_read(domain: Domain, other_org: Organisation) -> None:
    look(domain, RECORDS)
    assert states.own_of(other_org.pk, ["example.jp"]) == {}


def test_the_owners_word_that_a_domain_is_parked_needs_no_look(domain: Domain) -> None:
    Domain.objects.filter(pk=domain.pk).update(is_parked=True)
    assert states.own_of(domain.organisation_id, ["example.jp"])["example.jp"].is_parked


def test_the_history_is_bounded(domain: Domain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "MAX_HISTORY", 5)
    for number in range(12):
        look(domain, {**RECORDS, "_dmarc.example.jp": f"v=DMARC1; p=none; x={number}"}, NOW + timedelta(days=number))
    assert DomainState.objects.count() == 5
