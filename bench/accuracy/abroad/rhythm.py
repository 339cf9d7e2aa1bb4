"""Days: how much of a kind of mail goes out on which of them. Day 0 is a Monday."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.labels import DAYS

START = datetime(2026, 6, 1, tzinfo=UTC)
"""A Monday."""

Rhythm = Callable[[int], float]
OFFICE = (1.1, 1.2, 1.15, 1.1, 0.95, 0.12, 0.06)
SHOP = (1.0, 0.9, 0.9, 1.0, 1.2, 1.1, 0.9)


def steady(_: int) -> float:
    """Every day alike: machines, and most crooks."""
    return 1.0


def office(day: int) -> float:
    """Working days."""
    return OFFICE[day % 7]


def shop(day: int) -> float:
    """Customers order at the end of the week."""
    return SHOP[day % 7]


def date_of(day: int) -> datetime:
    """Its beginning in UTC."""
    return START + timedelta(days=day)


def on_dates(*dates: int) -> Rhythm:
    """On days of the month: invoices, pay slips."""
    return lambda day: 1.0 if date_of(day).day in dates else 0.0


def weekly(weekday: int) -> Rhythm:
    """On one day of the week, with stragglers on the next: newsletters."""
    return lambda day: {0: 1.0, 1: 0.04}.get((day - weekday) % 7, 0.0)


def once(day: int) -> Rhythm:
    """On one day, a tail on the two days after it."""
    return lambda that: {0: 1.0, 1: 0.08, 2: 0.02}.get(that - day, 0.0)


def between(first: int, last: int, inner: Rhythm = steady) -> Rhythm:
    """Only on these days."""
    return lambda day: inner(day) if first <= day <= last else 0.0


def bursts(dice: Dice, number: int, length: int) -> Rhythm:
    """Some runs of a few days."""
    days: dict[int, float] = {}
    for first in sorted(dice.sample(range(DAYS - length), number)):
        for day in range(first, first + dice.randint(1, length)):
            days[day] = dice.uniform(0.4, 1.6)
    return lambda day: days.get(day, 0.0)
