"""Chance that repeats itself: the same seed and place give the same numbers on every machine."""

from __future__ import annotations

import math
from random import Random


def dice(seed: int, *place: object) -> Random:
    """Dice of their own for one place, so that adding a kind of source does not disturb another."""
    return Random(":".join(map(str, (seed, *place))))


def amount(rng: Random, mean: float) -> int:
    """A whole number as counts of independent events scatter around the mean (Poisson)."""
    if mean <= 0:
        return 0
    if mean > 40:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, number, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        number += 1
        product *= rng.random()
    return number


def word(rng: Random, length: int, letters: str = "bcdfghjklmnpqrstvwxyzaeiou") -> str:
    """Letters without sense, as throw-away names have them."""
    return "".join(rng.choice(letters) for _ in range(length))
