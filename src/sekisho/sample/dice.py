"""Chance that repeats itself: the same seed and place give the same numbers on every machine."""

from __future__ import annotations

import math
from random import Random

from sekisho.core.ways import key63


def dice(seed: int, *place: object) -> Random:
    """Dice of their own for one place (a day, a domain …), so that places do not disturb each other."""
    return Random(key63(seed, *place))  # noqa: S311 - made-up data, nothing secret hangs on it


def amount(rng: Random, mean: float) -> int:
    """A whole number that scatters around the mean as counts of independent events do (Poisson)."""
    if mean <= 0:
        return 0
    if mean > 30:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, number, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        number += 1
        product *= rng.random()
    return number
