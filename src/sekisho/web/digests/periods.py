"""The periods of digests: which day, week or month is told on which morning of an organisation's own time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

HOUR = 8
"""In the morning, in the time zone of the organisation."""
DAY_OF_MONTH = 3
"""The reports on the last day of a month have come by then."""
EPOCH = date(1970, 1, 1)
WEEK = 7


class Kind(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


CATCH_UP = {Kind.DAILY: timedelta(hours=20), Kind.WEEKLY: timedelta(days=4), Kind.MONTHLY: timedelta(days=14)}
"""For so long a digest is sent late, when the server was down; then it is left out, for the next is near."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in UTC, as reports count them, both included, and when they are told."""

    kind: Kind
    name: str
    first: int
    last: int
    due: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether it is to be sent, if it was not."""
        return self.due <= now < self.due + CATCH_UP[self.kind]


def latest(kind: Kind, now: datetime, zone: tzinfo) -> Period:
    """The newest period whose morning has come."""
    here = now.astimezone(zone)
    morning = _morning(here.date(), zone)
    day = here.date() if morning <= now else here.date() - timedelta(days=1)
    if kind is Kind.WEEKLY:
        day -= timedelta(days=day.weekday())
    if kind is Kind.MONTHLY:
        day = day.replace(day=DAY_OF_MONTH) if day.day >= DAY_OF_MONTH else _month_before(day).replace(day=DAY_OF_MONTH)
        return month(_month_before(day), _morning(day, zone))
    return _ending(kind, day, zone)


def upcoming(kind: Kind, now: datetime, zone: tzinfo) -> Period:
    """The period that is told next; it need not be over yet."""
    day = latest(kind, now, zone).due.astimezone(zone).date()
    if kind is Kind.MONTHLY:
        return month(day, _morning(_month_after(day.replace(day=1)).replace(day=DAY_OF_MONTH), zone))
    return _ending(kind, day + timedelta(days=WEEK if kind is Kind.WEEKLY else 1), zone)


def as_of(kind: Kind, now: datetime, zone: tzinfo) -> Period:
    """What would be told if this were its morning: the last day or seven days whose reports have come; the last month."""
    if kind is Kind.MONTHLY:
        return latest(kind, now, zone)
    return _ending(kind, latest(Kind.DAILY, now, zone).due.astimezone(zone).date(), zone)


def _ending(kind: Kind, day: date, zone: tzinfo) -> Period:
    """The period told on the morning of a day: it ends with the last day that is over by UTC, whose reports have come."""
    due = _morning(day, zone)
    last = day_number(due.astimezone(UTC).date()) - 1
    if kind is Kind.DAILY:
        return Period(kind, (EPOCH + timedelta(days=last)).isoformat(), last, last, due)
    year, week, _weekday = day.isocalendar()
    return Period(kind, f"{year}-W{week:02}", last - WEEK + 1, last, due)


def month(of: date, due: datetime) -> Period:
    """The month that holds a date."""
    first = of.replace(day=1)
    return Period(Kind.MONTHLY, f"{first:%Y-%m}", day_number(first), day_number(_month_after(first)) - 1, due)


def month_named(name: str) -> Period | None:
    """The month of a name such as `2026-10`; None for anything else."""
    try:
        first = date.fromisoformat(f"{name}-01")
    except ValueError:
        return None
    if not 2000 <= first.year <= 2200:
        return None
    return month(first, datetime.combine(_month_after(first), datetime.min.time(), UTC))


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def _month_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def _month_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _morning(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, HOUR, tzinfo=zone).astimezone(UTC)
