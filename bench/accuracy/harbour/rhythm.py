"""When in the 90 days mail is sent: a weight for each day."""

from __future__ import annotations

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.labels import DAYS

FIRST_WEEKDAY = 3
"""The first day of the world is a Thursday (1 January 2026)."""

Pace = tuple[float, ...]
"""A weight for each day; only their proportions count."""

START = 20454
"""1 January 2026 in days since 1970."""


def weekday(day: int) -> int:
    """0 is Monday."""
    return (day + FIRST_WEEKDAY) % 7


def business(weekend: float = 0.08) -> Pace:
    """Office mail: little on Saturdays and Sundays."""
    return tuple(weekend if weekday(day) >= 5 else 1.0 for day in range(DAYS))


def always() -> Pace:
    """Machines and spammers know no weekend."""
    return (1.0,) * DAYS


def weekly(dice: Dice) -> Pace:
    """On one weekday, as newsletters do."""
    at = dice.randrange(6)
    return tuple(1.0 if weekday(day) == at else 0.0 for day in range(DAYS))


def monthly(dice: Dice, days: int = 1) -> Pace:
    """Around one day of each month (pay slips, invoices, dues)."""
    at = dice.randrange(30)
    return tuple(1.0 if (day - at) % 30 < days else 0.0 for day in range(DAYS))


def now_and_then(dice: Dice, days: int) -> Pace:
    """On a few days without order."""
    chosen = set(dice.sample(range(DAYS), min(days, DAYS)))
    return tuple(1.0 if day in chosen else 0.0 for day in range(DAYS))


def burst(dice: Dice, length: int) -> Pace:
    """Some days in a row, the most on the first."""
    start = dice.randrange(0, DAYS - length)
    return between(tuple(1.0 / (1 + max(0, day - start)) for day in range(DAYS)), start, start + length)


def between(pace: Pace, start: int, stop: int) -> Pace:
    """The pace from one day up to before another."""
    return tuple(weight if start <= day < stop else 0.0 for day, weight in enumerate(pace))


def of_spam(dice: Dice) -> Pace:
    """Strangers: a wave, several waves, or a trickle; not one manner for all."""
    manner = dice.random()
    if manner < 0.35:
        return burst(dice, dice.randint(1, 6))
    if manner < 0.6:
        waves = [burst(dice, dice.randint(1, 4)) for _ in range(dice.randint(2, 4))]
        return tuple(max(wave[day] for wave in waves) for day in range(DAYS))
    return always() if manner < 0.85 else now_and_then(dice, dice.randint(2, 12))
