"""Cursors for mailboxes without numbers: what has been seen, in a short text, though late comers appear among the old."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Self

KEPT = 500
"""Items a mark remembers one by one; 20 kB of text at most."""
TAIL = 50


def digest(key: str) -> str:
    """A key as 16 hexadecimal digits; keys may be as long as their servers like."""
    return blake2b(key.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class Mark:
    """The seen of a mailbox whose items have a time and a key: all up to `low`, and of the younger ones those in `seen`.

    Times are not handed out in strict order (a coarse clock, several servers, a long upload): the newest are remembered one by one.
    """

    low: tuple[int, str] = (-1, "")
    seen: frozenset[tuple[int, str]] = frozenset()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The mark in a cursor; an empty or foreign text gives the one at the beginning."""
        try:
            low, seen = json.loads(text)
            return cls((int(low[0]), str(low[1])), frozenset((int(t), str(k)) for t, k in seen))
        except (ValueError, TypeError, IndexError, KeyError):
            return cls()

    def to_text(self) -> str:
        """The cursor."""
        return json.dumps([self.low, sorted(self.seen)], separators=(",", ":"))

    def lacks(self, item: tuple[int, str]) -> bool:
        """Whether this (time, digest) has not been seen."""
        return item > self.low and item not in self.seen

    def grown(self, items: Sequence[tuple[int, str]]) -> Self:
        """This mark when these, as (time, digest), have been seen too."""
        seen = sorted({*self.seen, *items})
        cut = len(seen) - KEPT
        if cut <= 0:
            return type(self)(self.low, frozenset(seen))
        return type(self)(max(self.low, seen[cut - 1]), frozenset(seen[cut:]))


@dataclass(frozen=True, slots=True)
class Tail:
    """The seen of a mailbox whose items only have an order: the last ones that were taken."""

    last: tuple[str, ...] = ()

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The tail in a cursor."""
        return cls(tuple(text.split(",")) if text else ())

    def to_text(self) -> str:
        """The cursor."""
        return ",".join(self.last)

    def start(self, keys: Sequence[str]) -> int:
        """The index of the first of `keys` (digests, in order) that was not taken; 0 when none of the last is there any more."""
        known = set(self.last)
        for index in range(len(keys) - 1, -1, -1):
            if keys[index] in known:
                return index + 1
        return 0

    def grown(self, keys: Sequence[str]) -> Self:
        """This tail when these have been taken too."""
        return type(self)((self.last + tuple(keys))[-TAIL:])
