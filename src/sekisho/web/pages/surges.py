"""Whether suspected spoofing of a domain surges: the last seven days against the weeks before; a pure rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WEEK = 7
WEEKS_BEFORE = 12
FACTOR = 5
"""The last week must be so many times the mean of the weeks before."""
LEAST = 100
"""Messages of the last week below which nothing is called a surge."""
WINDOW = WEEK * (WEEKS_BEFORE + 1)


@dataclass(frozen=True, slots=True)
class Surge:
    """A surge: its domain, first day, messages since then."""

    domain: str
    first_day: int
    messages: int


def surge(domain: str, counts: Sequence[int], last_day: int, *, known_days: int) -> Surge | None:
    """The surge in daily sums of suspected spoofing that end on `last_day`; None when there is none.

    `known_days` says on how many of these days there were reports at all: without a whole week before the last one
    nothing can be called a surge.
    """
    recent, earlier = counts[-WEEK:], counts[:-WEEK][-max(known_days - WEEK, 0) :] if known_days > WEEK else ()
    if len(earlier) < WEEK or sum(recent) < LEAST:
        return None
    mean_day = sum(earlier) / len(earlier)
    if sum(recent) < FACTOR * mean_day * WEEK:
        return None
    first = next(place for place, count in enumerate(recent) if count and count >= FACTOR * mean_day)
    return Surge(domain, last_day - len(recent) + 1 + first, sum(recent[first:]))
