"""An address on DNS lists as the host page shows it: each list with its state now and what is known of its last days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sekisho.core.facts import Evidence
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.registry import listings
from sekisho.registry.models import Listing
from sekisho.web.parts import DayState

STRIP_DAYS = 14
PAST_SHOWN = 3
"""Stays that are over, of one list."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list: `state` is `listed`, `clean`, `over` (clean now, but it was there), or `unknown`."""

    zone: str
    state: str
    since: datetime | None = None
    """First sight of the stay that goes on."""
    seen: datetime | None = None
    """Last sight of it."""
    past: Sequence[Listing] = ()
    days: Sequence[DayState] = ()


def lines(evidence: Evidence, zones: Sequence[str], today: int) -> list[ListLine]:
    """The lists in use and those the address was ever on; the ones that have it first.

    What a list said is told only where it is certain: when fewer lists answered than are in use, one without a stay that
    began or ended is unknown.
    """
    by_zone: dict[str, list[Listing]] = {}
    for row in listings.of(evidence.address):
        by_zone.setdefault(row.zone, []).append(row)
    names = list(dict.fromkeys([*zones, *evidence.listed, *by_zone]))
    all_answered = bool(zones) and evidence.lists_asked >= len(zones)
    made = [_line(name, by_zone.get(name, []), evidence, today, is_answered=all_answered and name in zones) for name in names]
    order = ("listed", "over", "clean", "unknown")
    return sorted(made, key=lambda line: order.index(line.state))


def _line(zone: str, stays: Sequence[Listing], evidence: Evidence, today: int, *, is_answered: bool) -> ListLine:
    going = next((stay for stay in stays if stay.ended is None), None)
    past = [stay for stay in stays if stay.ended is not None][:PAST_SHOWN]
    if zone in evidence.listed:
        state = "listed"
    elif is_answered or any(_seconds(stay.ended) == evidence.at for stay in past):
        state = "over" if past else "clean"
    else:
        state = "unknown"
    days = [_day(day, stays, evidence.at // SECONDS_A_DAY, state) for day in range(today - STRIP_DAYS + 1, today + 1)]
    is_on = state == "listed" and going is not None
    return ListLine(zone, state, going.first if is_on and going else None, going.last if is_on and going else None, past, days)


def _day(day: int, stays: Sequence[Listing], asked: int, state: str) -> DayState:
    """A day of the strip; between the last sight and the end of a stay nothing was heard."""
    for stay in stays:
        first, last = _seconds(stay.first) // SECONDS_A_DAY, _seconds(stay.last) // SECONDS_A_DAY
        ended = _seconds(stay.ended) // SECONDS_A_DAY if stay.ended else None
        if first <= day <= last:
            return DayState.ON
        if ended is not None and last < day < ended:
            return DayState.UNKNOWN
        if ended is not None and ended == day:
            return DayState.OFF
    if day != asked:
        return DayState.NONE
    return {"listed": DayState.ON, "clean": DayState.OFF, "over": DayState.OFF}.get(state, DayState.UNKNOWN)


def _seconds(at: datetime | None) -> int:
    return int(at.timestamp()) if at is not None else -1
