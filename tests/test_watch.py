"""From reports that come in to warnings: once, soon, and only for whom they concern."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from sekisho import flow, watch
from sekisho.registry import deliveries
from sekisho.registry.models import Alert, Domain, Organisation
from tests.builders import record, report_xml

pytestmark = pytest.mark.django_db
DAY = 20_700
UNSIGNED = re.compile(r"(?<=<auth_results>)<dkim>.*?</dkim>")


def daily(number: int, day: int, rows: list[str], domain: str = "example.jp") -> bytes:
    return report_xml(number, rows, domain=domain, day=day)


def take_in(house: Any, org: Any, *items: bytes) -> None:
    deliveries.accept(org.pk, [(f"{n}.xml", data) for n, data in enumerate(items)], door="test", adopt=True)
    while flow.drain(house):
        pass
    flow.judge_touched(house)


def at(house: Any, day: int) -> Any:
    return replace(house, now=lambda: day * 86_400 + 6 * 3600)


def quiet_weeks(first: int = 1) -> list[bytes]:
    return [daily(first + n, DAY - 20 + n, [record("192.0.2.1", 40)]) for n in range(20)]


def burst(number: int, day: int) -> bytes:
    rows = [record(f"198.51.100.{n}", 60, dkim="fail", spf="fail", envelope="bounce.example.net") for n in range(1, 6)]
    return daily(number, day, [UNSIGNED.sub("", row) for row in rows])


def test_burst_is_told_once_with_the_batch_that_shows_it(house: Any, org: Any) -> None:
    take_in(house, org, *quiet_weeks())
    assert watch.watch(at(house, DAY), org.pk, ["example.jp"]) == []
    take_in(house, org, burst(100, DAY))
    (alert,) = watch.watch(at(house, DAY + 1), org.pk, ["example.jp"])
    assert (alert.rule, alert.domain, alert.first_day, alert.messages) == ("surge", "example.jp", DAY, 300)
    take_in(house, org, burst(101, DAY + 1))
    watch.watch_all(at(house, DAY + 2), org.pk)
    assert Alert.objects.get().messages == 600


def test_charlie_hears_nothing_of_alices_burst(house: Any, org: Any) -> None:
    take_in(house, org, *quiet_weeks(), burst(100, DAY))
    charlie = Organisation.objects.create(slug="charlie", name="Charlie")
    Domain.objects.create(organisation=charlie, name="example.jp")
    assert watch.watch_all(at(house, DAY + 1), charlie.pk) == []
    assert not Alert.objects.exists()


def test_reports_that_stop_are_told_and_the_warning_ends_when_they_come_again(house: Any, org: Any) -> None:
    take_in(house, org, *quiet_weeks())
    (alert,) = watch.watch_all(at(house, DAY + 4), org.pk)
    assert alert.rule == "reports_stopped"
    take_in(house, org, *(daily(200 + n, DAY + 5 + n, [record("192.0.2.1", 40)]) for n in range(10)))
    watch.watch_all(at(house, DAY + 15), org.pk)
    assert Alert.objects.get().state == "resolved"


def test_many_unreadable_deliveries_are_told(house: Any, org: Any) -> None:
    broken = [f"<?xml version='1.0'?><feedback><report_metadata>{n}".encode() for n in range(6)]
    take_in(house, org, *broken)
    now = int(Organisation.objects.get(pk=org.pk).created.timestamp())
    assert [a.rule for a in watch.watch_all(replace(house, now=lambda: now), org.pk)] == ["unreadable"]
