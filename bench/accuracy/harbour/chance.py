"""Chance that can be repeated: dice by name, so that one kind more or less leaves the throws of all others alone."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A generator with the few throws that a world of mail needs."""

    @classmethod
    def of(cls, *parts: object) -> Dice:
        """The dice of a name; equal parts give equal throws on every machine."""
        return cls("/".join(str(part) for part in parts))

    def likely(self, share: float) -> bool:
        """Yes, with this chance."""
        return self.random() < share

    def spread(self, middle: float, sigma: float = 0.9) -> float:
        """Around the middle (the median), with the long tail that numbers of mails have."""
        return middle * math.exp(self.gauss(0.0, sigma))

    def poisson(self, mean: float) -> int:
        """How many happen where `mean` are expected."""
        if mean > 30:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        at, product, bound = 0, self.random(), math.exp(-mean)
        while product > bound:
            at += 1
            product *= self.random()
        return at

    def some(self, things: Sequence[T], least: int, most: int) -> list[T]:
        """Some of the things, each at most once, in the order of chance."""
        return self.sample(list(things), min(len(things), self.randint(least, most)))

    def letters(self, count: int, of: str = "abcdefghijklmnopqrstuvwxyz") -> str:
        """A word without meaning."""
        return "".join(self.choice(of) for _ in range(count))

    def hexes(self, count: int) -> str:
        """Hexadecimal digits."""
        return self.letters(count, "0123456789abcdef")
