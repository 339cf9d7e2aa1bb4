"""Failure reports in the registry: their times, and that all that is personal goes when its time is over."""

import datetime as dt

import pytest

from sekisho.core.mail import read_mail
from sekisho.core.reports.failure import read_failure
from sekisho.flow import House, drain
from sekisho.registry import deliveries, failures
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Delivery, Failure, Organisation, Raw, User
from tests.builders import failure_mail, record, report_xml

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def take_in(house: House, org: Organisation, *items: bytes) -> None:
    deliveries.accept(org.pk, [("f.eml", item) for item in items], door="test")
    drain(house)


def test_what_is_personal_is_erased_in_time_and_nothing_else(house: House, org: Organisation, alice: User) -> None:
    aggregate = report_xml(1, [record("192.0.2.1")])
    wrapped = b"From: a@example.net\r\nContent-Type: message/rfc822\r\n\r\n" + failure_mail(1)
    take_in(house, org, failure_mail(1), wrapped, failure_mail(2, domain="stray.example"), aggregate)
    failure = Failure.objects.get()
    failures.look(failure, alice, "an incident")
    received = Delivery.objects.earliest("id").received
    assert failures.erase_expired(received + 89 * DAY) == 0
    assert Raw.objects.count() == 4
    assert failures.erase_expired(Delivery.objects.latest("id").received + 90 * DAY + dt.timedelta(seconds=1)) == 1
    assert not Failure.objects.exists()
    assert sorted(bytes(raw.data) for raw in Raw.objects.all()) == sorted([b"", aggregate])
    assert Delivery.objects.count() == 4
    assert AuditEntry.objects.get().target == str(failure.pk)
    assert deliveries.reread(org.pk, list(Delivery.objects.values_list("pk", flat=True))) == 1, "only what still has its bytes"


def test_the_same_bytes_can_come_again_after_they_were_erased(house: House, org: Organisation) -> None:
    take_in(house, org, failure_mail(1))
    failures.erase_expired(dt.datetime.now(dt.UTC) + 91 * DAY)
    take_in(house, org, failure_mail(1))
    assert Failure.objects.count() == 1
    assert deliveries.raw_of(org.pk, Failure.objects.get().delivery_id) == ("f.eml", failure_mail(1))


@pytest.mark.parametrize(
    "said", ["Fri, 01 Jan 2100 00:00:00 +0000", "Thu, 01 Jan 1970 00:00:00 +0000", "01 Jan 99999 00:00:00", "never"]
)
def test_a_time_that_cannot_be_is_the_time_the_report_came(house: House, org: Organisation, said: str) -> None:
    take_in(house, org, failure_mail(1).replace(b"Thu, 01 Jan 2026 09:00:01 +0900", said.encode()))
    failure = Failure.objects.get()
    assert failure.arrival == failure.delivery.received


def test_campaigns_are_of_one_pattern_and_network(house: House, org: Organisation) -> None:
    mails = [failure_mail(n, subject=f"Invoice {n}") for n in range(3)]
    mails.append(failure_mail(4, subject="Invoice 9").replace(b"203.0.113.7", b"198.51.100.9"))
    mails.append(failure_mail(5, subject="Other"))
    take_in(house, org, *mails)
    found, total = failures.campaigns(failures.between(org.pk, 0, 40_000), 0, 10)
    assert total == 3
    assert {(c.pattern, c.network): c.reports for c in found} == {
        ("invoice #", "203.0.113.0/24"): 3,
        ("invoice #", "198.51.100.0/24"): 1,
        ("other", "203.0.113.0/24"): 1,
    }
    assert [f.subject for f in failures.alike(found[-1].newest)] == ["Invoice 2", "Invoice 1", "Invoice 0"]
    assert failures.campaigns(failures.between(org.pk, 0, 40_000, ["other.example"]), 0, 10) == ([], 0)


def test_a_report_is_one_organisations_own(house: House, org: Organisation, other_org: Organisation) -> None:
    take_in(house, org, failure_mail(1))
    number = Failure.objects.get().pk
    assert failures.one(org.pk, number) is not None
    assert failures.one(other_org.pk, number) is None
    report = read_failure(read_mail(failure_mail(1)))
    delivery = deliveries.accept(other_org.pk, [("f.eml", failure_mail(1))], door="test")[0]
    assert failures.keep(other_org.pk, "other.example", delivery, report)[1], "another organisation's is another report"
