"""Retention: each kind goes in its time, nothing while a hold stands, and nothing of another organisation."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sekisho.flow import House
from sekisho.keeping import retain
from sekisho.registry import audit, failures
from sekisho.registry.deliveries import NOTHING
from sekisho.registry.keeping import Errand, Hold, Keeping
from sekisho.registry.models import Delivery, Domain, Failure, Organisation
from sekisho.store.query import Filter
from tests.builders import failure_mail, record, report_xml
from tests.web.pages.conftest import keep

OLD, NEW = 20_700, 20_780
NOW = (NEW + 15) * 86_400


@pytest.fixture
def org(org: Organisation, other_org: Organisation, house: House) -> Organisation:
    """Old and new reports of two organisations, on two domains of the first."""
    Domain.objects.create(organisation=org, name="b.example")
    for owner, names in ((org, ("example.jp", "b.example")), (other_org, ("other.example",))):
        files = [(f"{n}{d}", report_xml(d, [record("192.0.2.1", 1, domain=n)], domain=n, day=d)) for n in names for d in (OLD, NEW)]
        keep(house, owner, files)
    return org


def days(house: House, org: Organisation, *domains: str) -> list[int]:
    """The days of which facts are kept."""
    return [split.day for split in house.store.days(Filter(org.pk, 0, 10**6, domains=domains))]


def tidy(house: House, now: int = NOW) -> retain.Gone:
    """A night."""
    return retain.tidy(house.store, Path("/nonexistent"), now)


def test_without_a_word_facts_and_raw_bytes_stay_for_good(house: House, org: Organisation) -> None:
    assert not tidy(house, NOW + 4000 * 86_400)
    assert days(house, org) == [OLD, NEW]


def test_old_facts_go_and_new_ones_stay(house: House, org: Organisation, other_org: Organisation) -> None:
    Keeping.objects.create(organisation=org, facts_days=90)
    assert tidy(house).facts == 2
    assert days(house, org) == [NEW]
    assert days(house, other_org) == [OLD, NEW]


def test_nothing_goes_of_what_is_held(house: House, org: Organisation) -> None:
    Keeping.objects.create(organisation=org, facts_days=90, raw_days=30, audit_days=365)
    everything = Hold.objects.create(organisation=org, reason="lawsuit", who="x")
    assert not tidy(house)
    everything.domain = "b.example"
    everything.save()
    assert tidy(house, int(dt.datetime.now(dt.UTC).timestamp()) + 31 * 86_400).raws == 2
    assert days(house, org, "b.example") == [OLD, NEW]
    assert days(house, org, "example.jp") == [NEW]
    left = Delivery.objects.filter(organisation=org).exclude(raw_id=NOTHING).values_list("name", flat=True)
    assert sorted(left) == [f"b.example{OLD}", f"b.example{NEW}"]


def test_raw_bytes_go_and_their_lines_stay(house: House, org: Organisation) -> None:
    Keeping.objects.create(organisation=org, raw_days=30)
    assert tidy(house, int(dt.datetime.now(dt.UTC).timestamp()) + 31 * 86_400).raws == 4
    assert Delivery.objects.filter(organisation=org, raw_id=NOTHING).count() == 4
    assert days(house, org) == [OLD, NEW]


def test_old_entries_of_the_log_go_after_as_long_as_was_said(house: House, org: Organisation) -> None:
    audit.note(audit.SHELL, audit.Action.DECIDED, "x", org=org)
    Keeping.objects.create(organisation=org, audit_days=365)
    now = int(dt.datetime.now(dt.UTC).timestamp())
    assert tidy(house, now + 364 * 86_400).entries == 0
    assert tidy(house, now + 366 * 86_400).entries == 1
    assert org.audit.count() == 0


def test_failure_reports_go_sooner_where_that_was_said_and_not_while_they_are_held(house: House, org: Organisation) -> None:
    keep(house, org, [("f.eml", failure_mail(1)), ("g.eml", failure_mail(2, domain="b.example"))])
    Keeping.objects.create(organisation=org, failures_days=7)
    hold = Hold.objects.create(organisation=org, domain="b.example", reason="lawsuit", who="x")
    now = dt.datetime.now(dt.UTC)
    assert failures.erase_expired(now + dt.timedelta(days=6)) == 0
    assert failures.erase_expired(now + dt.timedelta(days=8)) == 1
    assert Failure.objects.get().domain == "b.example"
    assert not Delivery.objects.filter(failures=1, raw_id=NOTHING).exists()
    hold.delete()
    assert failures.erase_expired(now + dt.timedelta(days=8)) == 1
    assert Delivery.objects.filter(failures=1, raw_id=NOTHING).count() == 2


def test_facts_of_an_organisation_that_is_gone_are_found(house: House, org: Organisation, other_org: Organisation) -> None:
    Organisation.objects.filter(pk=other_org.pk).delete()
    assert tidy(house).facts == 2
    assert house.store.organisations() == {org.pk}


def test_exports_go_when_their_time_is_over(house: House, org: Organisation, tmp_path: Path) -> None:
    for name in ("old.zip", "new.zip", "nobody.zip"):
        (tmp_path / name).write_bytes(b"x")
    at = dt.datetime.fromtimestamp(NOW, dt.UTC)
    for name, hours in (("old.zip", -1), ("new.zip", 1)):
        Errand.objects.create(
            kind="export", organisation=org, slug="acme", file=name, state="done", expires=at + dt.timedelta(hours=hours)
        )
    retain.tidy(house.store, tmp_path, NOW)
    assert [path.name for path in tmp_path.glob("*.zip")] == ["new.zip"]


def test_the_night_begins_at_three_in_japan() -> None:
    six_pm_utc = 20_000 * 86_400 + 18 * 3600
    assert retain.night_of(six_pm_utc - 1) + 1 == retain.night_of(six_pm_utc) == retain.night_of(six_pm_utc + 86_399)
