"""Seeded chance: every place that throws dice has its own, so that a kind left out changes nothing elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from random import Random
from typing import TypeVar

T = TypeVar("T")

PLAIN = 30.0
"""Above this mean a Poisson number is drawn from the normal distribution."""


class Dice(Random):
    """Random numbers of one place in the world."""

    @classmethod
    def of(cls, *words: object) -> Dice:
        """The dice of a place, named by words."""
        return cls("/".join(str(word) for word in words))

    def happens(self, share: float) -> bool:
        """Whether something that happens in this share of cases does."""
        return self.random() < share

    def around(self, low: float, high: float) -> float:
        """A factor between two bounds, its logarithm uniform."""
        return exp(self.uniform(log(low), log(high)))

    def poisson(self, mean: float) -> int:
        """A number of events that are independent of each other."""
        if mean > PLAIN:
            return max(0, round(self.gauss(mean, mean**0.5)))
        count, left = 0, exp(-mean)
        product = self.random()
        while product > left:
            count += 1
            product *= self.random()
        return count

    def some(self, things: Sequence[T], low: int, high: int) -> list[T]:
        """Between `low` and `high` different things, or all where there are fewer."""
        return self.sample(things, min(len(things), self.randint(low, high)))

    def word(self, low: int = 5, high: int = 9) -> str:
        """A word that can be spoken, as people name machines and firms."""
        size = self.randint(low, high)
        letters = "".join(self.choice("bdfghklmnprstvz") + self.choice("aeiou") for _ in range(size))
        return letters[:size]

    def jumble(self, size: int) -> str:
        """Letters and digits without sense."""
        return "".join(self.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(size))
