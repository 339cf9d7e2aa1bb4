"""Answers that were given before, for as long as nothing has changed what they were made from.

Pages ask much that others have just asked: the sums of a filter stand on each of its pages, and whoever turns a page of a long
table asks for the same totals again. An answer is remembered with the edition of its organisation, a number that grows with each
commit that changes facts, and is good for this edition only: what is told is always the sum of some commit, never a guess.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from time import monotonic

from sekisho.store.sql import Ask, Rows

MOST_VALUES = 500_000
"""Values of rows remembered together, some 50 bytes each: 25 MB."""
MOST_OF_ONE = 150_000
"""An answer with more values is not remembered: an export passes by once."""

AT_ONCE = 4
"""Commits that count at once after a pause."""
EVERYWHERE = -1
"""Stands for what belongs to no organisation: evidence on addresses."""

Key = tuple[int, str, tuple[object, ...]]
Edition = tuple[int, int]
"""How often the facts of an organisation, and what belongs to none, had changed."""
Dress = Callable[[Edition, str, Sequence[object]], AbstractContextManager[tuple[str, Sequence[object]]]]
"""Makes a question of this edition another one with the same answer, good within the context."""


@dataclass(slots=True)
class _Edition:
    """How often the facts of an organisation have changed, as far as answers care."""

    number: int = 0
    is_due: bool = False
    """Whether there was a change that waits for its time."""
    credit: float = 0.0
    """How many changes may count at once."""
    at: float = float("-inf")
    """When the credit was told, by the clock that only goes on."""


@dataclass(slots=True)
class _Kept:
    edition: Edition
    rows: Rows
    weight: int = field(init=False)

    def __post_init__(self) -> None:
        self.weight = 1 + len(self.rows) * (len(self.rows[0]) if self.rows else 0)


class Remembered:
    """Asks a question once an edition.

    With `patience_s`, commits that follow each other faster than this make one edition: while reports come in without a pause,
    answers may be so old, and a page need not pay for all of its sums at each turn. After a pause some commits count at once,
    for what a single delivery brings about is more than one: facts, evidence, verdicts.
    """

    def __init__(self, ask: Ask, *, is_inside: Callable[[], bool], patience_s: float = 0.0, dress: Dress | None = None) -> None:
        self._ask = ask
        self._dress = dress or _as_it_is
        self._is_inside = is_inside
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._editions: dict[int, _Edition] = {}
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._weight = 0

    def of(self, org: int) -> Ask:
        """A way to ask about one organisation; inside a transaction it sees what was written there, and nothing remembered."""

        def ask(sql: str, values: Sequence[object] = ()) -> Rows:
            if self._is_inside():
                return self._ask(sql, values)
            key = (org, sql, tuple(values))
            found, edition = self._look_up(key)
            if found is None:
                with self._dress(edition, sql, values) as question:
                    found = self._ask(*question)
                self._keep(key, _Kept(edition, found))
            return found

        return ask

    def edition(self, org: int) -> Edition:
        """That of which an answer about an organisation would be now."""
        with self._lock:
            return self._now(org)

    def changed(self, orgs: Iterable[int], *, at_once: bool = False) -> None:
        """Facts of organisations have changed; `at_once` is for what a person has done and looks for."""
        with self._lock:
            for org in orgs:
                edition = self._editions.setdefault(org, _Edition())
                edition.is_due = True
                self._grow(edition, at_once=at_once)

    def _grow(self, edition: _Edition, *, at_once: bool = False) -> int:
        """Makes a new edition where a change is due; returns its number."""
        if not edition.is_due:
            return edition.number
        if self._patience_s:
            now = monotonic()
            edition.credit = min(AT_ONCE, edition.credit + (now - edition.at) / self._patience_s)
            edition.at = now
        if at_once or not self._patience_s or edition.credit >= 1:
            edition.number, edition.credit, edition.is_due = edition.number + 1, max(0.0, edition.credit - 1), False
        return edition.number

    def _now(self, org: int) -> Edition:
        """The editions an answer on an organisation is made from: its own, and that of what belongs to none."""
        mine, common = (self._editions.setdefault(number, _Edition()) for number in (org, EVERYWHERE))
        return self._grow(mine), self._grow(common)

    def _look_up(self, key: Key) -> tuple[Rows | None, Edition]:
        """What is remembered of this edition, and the edition: it is read before the question is asked, so it is never too new."""
        with self._lock:
            edition = self._now(key[0])
            kept = self._kept.get(key)
            if kept is None or kept.edition != edition:
                return None, edition
            self._kept.move_to_end(key)
            return kept.rows, edition

    def _keep(self, key: Key, new: _Kept) -> None:
        if new.weight > MOST_OF_ONE:
            return
        with self._lock:
            old = self._kept.pop(key, None)
            self._kept[key] = new
            self._weight += new.weight - (old.weight if old is not None else 0)
            while self._weight > MOST_VALUES:
                self._weight -= self._kept.popitem(last=False)[1].weight


def _as_it_is(_edition: Edition, sql: str, values: Sequence[object]) -> AbstractContextManager[tuple[str, Sequence[object]]]:
    return nullcontext((sql, values))
