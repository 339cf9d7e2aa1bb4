"""A domain that is removed is hidden, has its reports back when it is registered again, and goes when its time is over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sekisho.flow import House
from sekisho.keeping import leave, retain
from sekisho.keeping.leave import settle
from sekisho.registry import failures
from sekisho.registry.keeping import HIDDEN_DAYS, Departure, Hold
from sekisho.registry.models import Delivery, Domain, Failure, Organisation
from sekisho.store.query import Filter
from tests.builders import failure_mail, record, report_xml
from tests.web.pages.conftest import keep

NOW = dt.datetime.now(dt.UTC)
LATER = int(NOW.timestamp()) + (HIDDEN_DAYS + 1) * 86_400


@pytest.fixture
def org(org: Organisation, house: House) -> Organisation:
    """With two reports and a failure report on example.jp, one on b.example."""
    Domain.objects.create(organisation=org, name="b.example")
    files = [(f"{n}.xml", report_xml(n, [record("192.0.2.1", n + 1)], day=20700 + n)) for n in range(2)]
    files.append(("b.xml", report_xml(9, [record("192.0.2.2", 50, domain="b.example")], domain="b.example")))
    files.append(("f.eml", failure_mail(1)))
    keep(house, org, files)
    return org


def seen(house: House, org: Organisation) -> dict[str, int]:
    """Messages by domain, as pages tell."""
    return {d.domain: d.split.messages for d in house.store.domains(Filter(org.pk, 0, 10**6))}


def reports_on_people(org: Organisation) -> int:
    """Failure reports, as pages tell."""
    return failures.between(org.pk, 0, 10**6).count()


def test_it_is_hidden_and_comes_back_whole(house: House, org: Organisation) -> None:
    assert (seen(house, org), reports_on_people(org)) == ({"b.example": 50, "example.jp": 3}, 1)
    found = leave.leave(org.pk, "example.jp", NOW)
    assert found is not None
    assert (found.due - NOW).days == HIDDEN_DAYS
    assert settle(house.store) == 1
    assert settle(house.store) == 0
    assert (seen(house, org), reports_on_people(org)) == ({"b.example": 50}, 0)
    Domain.objects.create(organisation=org, name="example.jp")
    settle(house.store)
    assert (seen(house, org), reports_on_people(org)) == ({"b.example": 50, "example.jp": 3}, 1)
    assert not Departure.objects.exists()


def test_a_report_that_comes_first_after_it_was_registered_again_finds_the_old_ones(house: House, org: Organisation) -> None:
    leave.leave(org.pk, "example.jp", NOW)
    settle(house.store)
    Domain.objects.create(organisation=org, name="example.jp")
    again = ("again.xml", report_xml(1, [record("192.0.2.1", 2)], day=20701) + b"\n")
    keep(house, org, [again, ("new.xml", report_xml(77, [record("192.0.2.1", 7)], day=20702))])
    assert seen(house, org)["example.jp"] == 10
    assert list(Delivery.objects.order_by("-id").values_list("outcome", flat=True)[:2]) == ["kept", "duplicate"]


def test_it_goes_when_its_time_is_over_but_not_while_it_is_held(house: House, org: Organisation) -> None:
    leave.leave(org.pk, "example.jp", NOW)
    hold = Hold.objects.create(organisation=org, domain="example.jp", reason="lawsuit", who="x")
    exports = Path("/nonexistent")
    assert retain.tidy(house.store, exports, LATER).domains == 0
    hold.delete()
    assert retain.tidy(house.store, exports, LATER - 2 * 86_400).domains == 0
    assert retain.tidy(house.store, exports, LATER).domains == 1
    Domain.objects.create(organisation=org, name="example.jp")
    settle(house.store)
    assert seen(house, org) == {"b.example": 50}
    assert not Failure.objects.exists()
    assert Delivery.objects.filter(organisation=org).count() == 1


def test_a_sub_domain_leaves_its_reports_to_the_domain_above(house: House, org: Organisation) -> None:
    Domain.objects.create(organisation=org, name="shop.b.example")
    keep(house, org, [("s.xml", report_xml(5, [record("192.0.2.3", 8, domain="shop.b.example")], domain="shop.b.example"))])
    assert seen(house, org)["shop.b.example"] == 8
    found = leave.leave(org.pk, "shop.b.example", NOW)
    assert found is not None
    assert found.heir == "b.example"
    settle(house.store)
    assert seen(house, org) == {"b.example": 58, "example.jp": 3}
    assert not Departure.objects.exists()


def test_a_name_that_is_not_registered_cannot_leave(org: Organisation) -> None:
    assert leave.leave(org.pk, "nobody.example", NOW) is None
