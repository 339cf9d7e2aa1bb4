"""Chance that repeats itself: draws named by what they are for, and shapes of traffic over the days of a world."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bench.accuracy.labels import DAYS

SYLLABLES = [head + tail for head in "bdfgklmnprstv" for tail in "aeio"]
WEEK = (1.0, 1.08, 1.05, 1.04, 0.93, 0.28, 0.2)
"""Mail of people at work, Monday first."""

T = TypeVar("T")
Rhythm = tuple[float, ...]
"""How much of the daily rate is sent on each day."""


class Dice(random.Random):
    """Random numbers that depend on the words they were made with, and on nothing else."""

    @classmethod
    def of(cls, *words: object) -> Dice:
        """The dice for a purpose; other purposes' draws do not move these."""
        return cls("/".join(map(str, words)))

    def happens(self, chance: float) -> bool:
        """True so often."""
        return self.random() < chance

    def poisson(self, mean: float) -> int:
        """A number of independent events."""
        if mean > 30:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            count += 1
        return count

    def around(self, low: float, high: float) -> float:
        """A number between the two, small ones as likely as big ones (log-uniform)."""
        return math.exp(self.uniform(math.log(low), math.log(high)))

    def one(self, weights: Mapping[str, float]) -> str:
        """A key, by its weight."""
        return self.choices(list(weights), list(weights.values()))[0]

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Different items, at most so many."""
        return self.sample(items, min(count, len(items)))

    def word(self, syllables: int = 3) -> str:
        """A made-up word that can be a label of a name."""
        return "".join(self.choice(SYLLABLES) for _ in range(syllables))

    def code(self, length: int) -> str:
        """Letters and digits as machines give them."""
        return "".join(self.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(length))


def working(first: int = 0, last: int = DAYS - 1) -> Rhythm:
    """Days at work more than weekends, in a span of days (both inclusive)."""
    return tuple(WEEK[day % 7] if first <= day <= last else 0.0 for day in range(DAYS))


def steady(first: int = 0, last: int = DAYS - 1) -> Rhythm:
    """Every day alike, as machines send."""
    return tuple(1.0 if first <= day <= last else 0.0 for day in range(DAYS))


def bursts(dice: Dice, times: int, days: int = 1) -> Rhythm:
    """Some campaigns of some days; the rate is that of a day of a campaign."""
    rhythm = [0.0] * DAYS
    for _ in range(times):
        start = dice.randrange(DAYS - days)
        for day in range(start, start + days):
            rhythm[day] = max(rhythm[day], dice.uniform(0.5, 1.5))
    return tuple(rhythm)


def on_days(*days: int) -> Rhythm:
    """Only on these days."""
    return tuple(1.0 if day in days else 0.0 for day in range(DAYS))


def pause(rhythm: Rhythm, first: int, last: int) -> Rhythm:
    """The same without the days of a span (both inclusive)."""
    return tuple(0.0 if first <= day <= last else part for day, part in enumerate(rhythm))
