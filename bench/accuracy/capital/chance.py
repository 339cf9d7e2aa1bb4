"""Chance that repeats itself: each part of the world draws from dice of its own, named by the seed and by what it is for."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MIXED = "abcdefghijklmnopqrstuvwxyz234567"


class Dice(random.Random):
    """Dice with a few throws more."""

    @classmethod
    def of(cls, *names: object) -> Dice:
        """Dice for one purpose."""
        return cls("/".join(map(str, names)))

    def happens(self, share: float) -> bool:
        """True in this share of throws."""
        return self.random() < share

    def around(self, middle: float, spread: float = 2.0) -> float:
        """A positive number, mostly within a factor of `spread` of the middle."""
        return middle * math.exp(self.gauss(0.0, math.log(spread) / 1.3))

    def events(self, mean: float) -> int:
        """How often something rare happened (Poisson)."""
        if mean <= 0:
            return 0
        if mean > 30:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, product, count = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            count += 1
        return count

    def some(self, among: Sequence[T], least: int, most: int) -> list[T]:
        """Between so many and so many of them, each once."""
        return self.sample(list(among), min(len(among), self.randint(least, most)))

    def word(self, length: int, letters: str = MIXED) -> str:
        """A made-up word."""
        return "".join(self.choice(letters) for _ in range(length))

    def hexes(self, length: int) -> str:
        """Hexadecimal digits."""
        return f"{self.getrandbits(4 * length):0{length}x}"

    def shuffled(self, among: Sequence[T]) -> Iterator[T]:
        """All of them in another order."""
        yield from self.sample(list(among), len(among))
