"""Chance that repeats itself: generators named by what they decide."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Self, TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A generator whose seed is a list of words, so that one decision does not move the others."""

    @classmethod
    def of(cls, *labels: object) -> Self:
        """The generator of these words."""
        return cls("|".join(str(label) for label in labels))

    def poisson(self, mean: float) -> int:
        """How often a thing happens that happens `mean` times on average."""
        if mean > 40:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, happened, product = math.exp(-mean), 0, self.random()
        while product > limit:
            happened += 1
            product *= self.random()
        return happened

    def about(self, value: float, spread: float = 0.5) -> float:
        """A value near `value`, log-normal: rates of mail differ by factors, not by amounts."""
        return value * math.exp(self.gauss(0, spread))

    def word(self, letters: int) -> str:
        """A word nobody knows."""
        return "".join(self.choice("bcdfghklmnprstvz" if n % 2 == 0 else "aeiou") for n in range(letters))

    def hex(self, digits: int) -> str:
        """So many hexadecimal digits."""
        return "".join(self.choice("0123456789abcdef") for _ in range(digits))

    def some(self, things: Sequence[T], fewest: int, most: int) -> list[T]:
        """A few of these, in an order of chance."""
        return self.sample(list(things), min(len(things), self.randint(fewest, most)))
