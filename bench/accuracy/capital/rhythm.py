"""When mail is sent: how much of it on each day of the window, one in the middle."""

from __future__ import annotations

from bench.accuracy.capital.chance import Dice
from bench.accuracy.labels import DAYS

BEGIN = 1_785_715_200
"""Monday 2026-08-03, 00:00 UTC."""
WEEK = 7


def shape(rhythm: str, dice: Dice) -> list[float]:
    """How much more or less than in the middle is sent, for each day."""
    if rhythm == "office":
        return [(0.12 if day % WEEK > 4 else 1.35) * dice.around(1.0, 1.4) for day in range(DAYS)]
    if rhythm == "campaign":
        every, start = dice.choice((4, 7, 7, 10, 14)), dice.randrange(4)
        return [every * 0.8 if (day - start) % every == 0 else 0.15 * dice.random() for day in range(DAYS)]
    if rhythm == "waves":
        return _waves(dice)
    if rhythm == "monthly":
        start = dice.randrange(1, 28)
        return [9.0 if (day - start) % 30 in (0, 1) else 0.15 for day in range(DAYS)]
    return [dice.around(1.0, 1.4) for _ in range(DAYS)]


def _waves(dice: Dice) -> list[float]:
    """A few days of much, and silence between."""
    days = [0.0] * DAYS
    waves = dice.randint(1, 5)
    for _ in range(waves):
        start, long = dice.randrange(DAYS), dice.randint(1, 4)
        for day in range(start, min(DAYS, start + long)):
            days[day] += DAYS / (waves * long)
    return days
