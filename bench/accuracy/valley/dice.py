"""The seeded chance of the world: equal names give equal draws, whatever else was drawn before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")

WORDS = [
    "amber",
    "aspen",
    "birch",
    "brook",
    "cedar",
    "cliff",
    "coral",
    "delta",
    "ember",
    "fern",
    "flint",
    "frost",
    "garnet",
    "grove",
    "harbor",
    "hazel",
    "heron",
    "ivory",
    "jade",
    "juniper",
    "kestrel",
    "larch",
    "laurel",
    "lotus",
    "maple",
    "meadow",
    "mistral",
    "noble",
    "north",
    "oak",
    "ocean",
    "olive",
    "onyx",
    "opal",
    "orchid",
    "osprey",
    "pearl",
    "pine",
    "plum",
    "prairie",
    "quartz",
    "raven",
    "reed",
    "river",
    "robin",
    "rowan",
    "sable",
    "sage",
    "sierra",
    "silver",
    "slate",
    "spruce",
    "stone",
    "summit",
    "swan",
    "teal",
    "terra",
    "thistle",
    "tidal",
    "topaz",
    "valley",
    "vega",
    "willow",
]
"""Parts of made-up names."""


class Dice(Random):
    """Random numbers that hang on names."""

    @classmethod
    def of(cls, *names: object) -> Dice:
        """The dice that belong to these names."""
        return cls(int.from_bytes(blake2b(repr(names).encode(), digest_size=8).digest(), "big"))

    def chance(self, share: float) -> bool:
        """True in this share of the draws."""
        return self.random() < share

    def pick(self, things: Sequence[T]) -> T:
        """One of them, each as likely."""
        return things[int(self.random() * len(things))]

    def some(self, things: Sequence[T], least: int, most: int) -> list[T]:
        """Between `least` and `most` of them, none twice."""
        return self.sample(list(things), min(len(things), self.randint(least, most)))

    def weigh(self, things: Mapping[T, float]) -> T:
        """One of them, as likely as its weight."""
        return self.choices(list(things), list(things.values()))[0]

    def spread(self, middle: float, width: float = 0.6) -> float:
        """A size around `middle`, as sizes lie in life: many small, few large."""
        return middle * self.lognormvariate(0.0, width)

    def count(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average."""
        if mean > 40:
            return max(0, round(self.gauss(mean, math.sqrt(mean))))
        limit, product, number = math.exp(-mean), self.random(), 0
        while product > limit:
            product *= self.random()
            number += 1
        return number

    def word(self) -> str:
        """A made-up word."""
        return self.pick(WORDS)

    def token(self, length: int, letters: str = "abcdefghijklmnopqrstuvwxyz0123456789") -> str:
        """Letters and digits as machines choose them."""
        return "".join(self.choices(letters, k=length))
