"""Which days are told on which morning, in every time zone and over the edges of months, years and summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from sekisho.web.digests.periods import Kind, as_of, day_number, latest, month_named, upcoming

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("kind", "now", "zone", "name", "first", "last"),
    [
        (Kind.DAILY, "2026-11-24T08:00+09:00", TOKYO, "2026-11-22", "2026-11-22", "2026-11-22"),
        (Kind.DAILY, "2026-11-24T07:59+09:00", TOKYO, "2026-11-21", "2026-11-21", "2026-11-21"),
        (Kind.DAILY, "2026-11-24T08:00-05:00", NEW_YORK, "2026-11-23", "2026-11-23", "2026-11-23"),
        (Kind.WEEKLY, "2026-11-23T08:00+09:00", TOKYO, "2026-W48", "2026-11-15", "2026-11-21"),
        (Kind.WEEKLY, "2026-11-23T07:59+09:00", TOKYO, "2026-W47", "2026-11-08", "2026-11-14"),
        (Kind.WEEKLY, "2026-11-29T23:00+09:00", TOKYO, "2026-W48", "2026-11-15", "2026-11-21"),
        (Kind.WEEKLY, "2027-01-04T09:00+09:00", TOKYO, "2027-W01", "2026-12-27", "2027-01-02"),
        (Kind.WEEKLY, "2026-03-09T08:00-04:00", NEW_YORK, "2026-W11", "2026-03-02", "2026-03-08"),
        (Kind.MONTHLY, "2026-11-03T08:00+09:00", TOKYO, "2026-10", "2026-10-01", "2026-10-31"),
        (Kind.MONTHLY, "2026-11-03T07:59+09:00", TOKYO, "2026-09", "2026-09-01", "2026-09-30"),
        (Kind.MONTHLY, "2027-01-15T08:00+09:00", TOKYO, "2026-12", "2026-12-01", "2026-12-31"),
        (Kind.MONTHLY, "2028-03-31T23:59+00:00", UTC, "2028-02", "2028-02-01", "2028-02-29"),
    ],
)
def test_morning_tells_the_last_days_that_are_over(kind: Kind, now: str, zone: ZoneInfo, name: str, first: str, last: str) -> None:
    found = latest(kind, at(now), zone)
    assert (found.name, found.first, found.last) == (name, day(first), day(last))
    assert found.due <= at(now)
    assert found.is_due(found.due)


def test_what_is_very_late_is_left_out() -> None:
    weekly = latest(Kind.WEEKLY, at("2026-11-23T08:00+09:00"), TOKYO)
    assert weekly.is_due(at("2026-11-25T12:00+09:00")), "the server was down for two days"
    assert not weekly.is_due(at("2026-11-28T12:00+09:00"))


@pytest.mark.parametrize("name", ["", "2026", "2026-13", "2026-1", "../..", "9999-01", "2026-10-01", "２０２６-10"])
def test_only_a_month_is_a_month(name: str) -> None:
    assert month_named(name) is None


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("zone", [TOKYO, NEW_YORK, UTC])
@pytest.mark.parametrize(
    "now",
    [
        "2026-11-23T07:59+09:00",
        "2026-11-23T08:00+09:00",
        "2026-03-07T23:00-05:00",
        "2026-11-01T09:30-05:00",
        "2027-01-03T12:00+00:00",
    ],
)
def test_what_is_told_next_is_the_first_that_is_not_told_yet(kind: Kind, zone: tzinfo, now: str) -> None:
    told, following = latest(kind, at(now), zone), upcoming(kind, at(now), zone)
    assert told.due <= at(now) < following.due
    assert latest(kind, following.due, zone) == following
    assert latest(kind, following.due - timedelta(seconds=1), zone) == told


@pytest.mark.parametrize(
    ("kind", "now", "first", "last"),
    [
        (Kind.DAILY, "2026-11-25T09:00+09:00", "2026-11-23", "2026-11-23"),
        (Kind.WEEKLY, "2026-11-25T09:00+09:00", "2026-11-17", "2026-11-23"),
        (Kind.WEEKLY, "2026-11-25T07:59+09:00", "2026-11-16", "2026-11-22"),
        (Kind.MONTHLY, "2026-11-25T09:00+09:00", "2026-10-01", "2026-10-31"),
    ],
)
def test_preview_tells_the_days_whose_reports_have_come(kind: Kind, now: str, first: str, last: str) -> None:
    period = as_of(kind, at(now), TOKYO)
    assert (period.first, period.last) == (day(first), day(last))


def test_preview_on_the_morning_is_what_is_told() -> None:
    assert as_of(Kind.WEEKLY, at("2026-11-23T08:00+09:00"), TOKYO) == latest(Kind.WEEKLY, at("2026-11-23T08:00+09:00"), TOKYO)
