"""What pages have asked lately, to be asked again before somebody waits for it.

Who opens the overview each morning opens it after reports have come in during the night, when nothing that was answered yesterday
is good any more. So the same questions are asked again once it is quiet, of the days that are the newest by then.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

from sekisho.store.query import Filter

MOST = 400
"""Questions: about twenty pages."""
FRESH_FOR_S = 30 * 3600.0
"""From one morning to the next and some hours; what nobody has asked for as long is not asked again."""
LATELY_S = 60.0
"""Somebody still looks at what was asked so lately, or comes back to it."""
QUIET_S = 8.0
"""Facts that change more often than this are not asked for meanwhile: the answers would not be looked at."""

Answering = Callable[..., Any]
Key = tuple[Answering, Filter, tuple[object, ...]]
Edition = tuple[int, int]


@dataclass(slots=True)
class Look:
    """A question of a page about a filter."""

    asked_at: float
    newest: int
    """The newest day with facts when it was asked."""
    edition: Edition
    """Of the facts that it was answered from."""


class Looks:
    """Remembers what is asked, the latest last; any thread may note."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._looks: OrderedDict[Key, Look] = OrderedDict()
        self._seen: dict[int, tuple[Edition, float]] = {}

    def note(self, key: Key, newest: int, edition: Edition) -> None:
        """A page has asked."""
        with self._lock:
            self._looks[key] = Look(monotonic(), newest, edition)
            self._looks.move_to_end(key)
            while len(self._looks) > MOST:
                self._looks.popitem(last=False)

    def lately(self) -> list[Key]:
        """The questions that somebody has just asked, the latest first."""
        since = monotonic() - LATELY_S
        with self._lock:
            return [key for key, look in reversed(self._looks.items()) if look.asked_at >= since]

    def stale(self, edition_of: Callable[[int], Edition], newest_of: Callable[[int], int | None]) -> Iterator[Key]:
        """The questions whose answers are no longer good, the latest first, of organisations whose facts are at rest."""
        now = monotonic()
        with self._lock:
            for key in [key for key, look in self._looks.items() if look.asked_at < now - FRESH_FOR_S]:
                del self._looks[key]
            waiting = list(reversed(self._looks.items()))
        editions = {org: edition_of(org) for org in {key[1].org for key, _ in waiting}}
        quiet = {org for org, edition in editions.items() if self._is_quiet(org, edition, now)}
        days = {org: newest_of(org) for org in quiet}
        for key, look in waiting:
            org = key[1].org
            newest = days.get(org)
            if newest is not None and look.edition != editions[org]:
                yield self._moved(key, look, newest, editions[org])

    def _is_quiet(self, org: int, edition: Edition, now: float) -> bool:
        """Whether the facts have not changed for a while."""
        seen, since = self._seen.get(org, (None, now))
        if seen != edition:
            since = now
        self._seen[org] = edition, since
        return now - since >= QUIET_S

    def _moved(self, key: Key, look: Look, newest: int, edition: Edition) -> Key:
        """The question as a page would ask it now: its days go on with the newest day."""
        answering, f, rest = key
        later = newest - look.newest
        moved = (answering, replace(f, since=f.since + later, until=f.until + later), rest)
        with self._lock:
            if self._looks.get(key) is look:  # not asked meanwhile
                del self._looks[key]
                self._looks.setdefault(moved, Look(look.asked_at, newest, edition))
        return moved
