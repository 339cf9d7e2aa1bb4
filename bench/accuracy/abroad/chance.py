"""Seeded chance: a stream of numbers for each purpose, so that one part of the world does not shift the others."""

from __future__ import annotations

import math
from random import Random

LARGE = 60
"""From here on a Poisson number is drawn from the normal curve, which is quicker and no different."""


class Dice(Random):
    """Draws of one purpose."""

    @classmethod
    def of(cls, seed: int, *purpose: object) -> Dice:
        """The draws for a purpose; equal arguments give equal draws."""
        return cls("/".join(map(str, (seed, *purpose))))

    def odds(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random() < share

    def number(self, mean: float) -> int:
        """A Poisson number."""
        if mean <= 0:
            return 0
        if mean > LARGE:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        bound, product, drawn = math.exp(-mean), self.random(), 0
        while product > bound:
            product *= self.random()
            drawn += 1
        return drawn

    def word(self, length: int, alphabet: str = "bcdfghjklmnprstvwz0123456789") -> str:
        """A word without meaning."""
        return "".join(self.choice(alphabet) for _ in range(length))
