"""Answers that were given before, for as long as nothing has changed what they were made from.

Pages ask much that others have just asked: the sums of a filter stand on each of its pages, and whoever turns a page of a long
table asks for the same totals again. An answer is remembered with the edition of its organisation, a number that grows with each
commit that changes facts, and is good for this edition only: what is told is always the sum of some commit, never a guess.
In a server an edition begins when the answers that pages have just asked for are there, so that nobody waits for them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from time import monotonic
from types import MappingProxyType

from sekisho.core.errors import StoreError
from sekisho.store.sql import Ask, Rows

MOST_VALUES = 500_000
"""Values of rows remembered together, some 50 bytes each: 25 MB."""
MOST_OF_ONE = 150_000
"""An answer with more values is not remembered: an export passes by once."""

EVERYWHERE = -1
"""Stands for what belongs to no organisation: evidence on addresses."""

Key = tuple[int, str, tuple[object, ...]]
Edition = tuple[int, int]
"""How often the facts of an organisation, and what belongs to none, had changed."""
Dress = Callable[[Edition, str, Sequence[object]], AbstractContextManager[tuple[str, Sequence[object]]]]
"""Makes a question of this edition another one with the same answer, good within the context."""
Look = Callable[[Ask], object]
"""Asks all that a page did at one place."""


@dataclass(slots=True)
class _Edition:
    """How often the facts of an organisation have changed, as far as answers care."""

    number: int = 0
    """Given once only, so that what was made for an edition that never began is good for no other."""
    due: float | None = None
    """When the first change came that waits for the next edition, by the clock that only goes on."""


@dataclass(slots=True)
class _Kept:
    edition: Edition
    rows: Rows
    weight: int = field(init=False)

    def __post_init__(self) -> None:
        self.weight = 1 + len(self.rows) * (len(self.rows[0]) if self.rows else 0)


@dataclass(slots=True)
class _Next:
    """Editions in the making, by organisation: the number that each has, the one it will have, and answers for them."""

    was: dict[int, int]
    will: dict[int, int]
    answers: dict[Key, _Kept] = field(default_factory=dict)


class Remembered:
    """Asks a question once an edition.

    With `patience_s`, changes wait so long at most: an edition begins when `prepare` has its answers, or when the patience is over.
    What a person has done counts at once.
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
        self._last = 0

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
                self._keep(key, edition, found)
            return found

        return ask

    def edition(self, org: int) -> Edition:
        """That of which an answer about an organisation would be now."""
        with self._lock:
            return self._now(org)

    def changed(self, orgs: Iterable[int], *, at_once: bool = False) -> None:
        """Facts of organisations have changed; `at_once` is for what a person has done and looks for."""
        now = monotonic()
        with self._lock:
            for org in orgs:
                edition = self._editions.setdefault(org, _Edition())
                edition.due = now if edition.due is None else edition.due
                if at_once or not self._patience_s:
                    self._begin(edition)

    def prepare(self, looks: Iterable[tuple[int, Look]], may_go_on: Callable[[], bool]) -> int:
        """Begins the editions that are due, after what is looked at has been asked for them; returns how many looks that were.

        `may_go_on` is asked before each; where it ends this, the other answers are made when somebody wants them.

        1. note the changes that the next editions answer for: those that come now are for the ones after
        2. ask, while pages have the answers of the editions before
        3. begin the editions, but where another began meanwhile, for what a person did: answers may be older than that
        """
        count = 0
        coming = self._plan()
        try:
            for org, look in looks if coming.will else ():
                if not may_go_on():
                    break
                if org in coming.will or EVERYWHERE in coming.will:
                    look(self._ahead(org, coming))
                    count += 1
        except StoreError:  # who asks next will be told
            pass
        finally:
            self._publish(coming)
        return count

    def _plan(self) -> _Next:
        """The editions that are due."""
        with self._lock:
            due = {org: edition for org, edition in self._editions.items() if edition.due is not None}
            for edition in due.values():
                edition.due = None
            return _Next({org: edition.number for org, edition in due.items()}, {org: self._number() for org in due})

    def _ahead(self, org: int, coming: _Next) -> Ask:
        """A way to ask about one organisation for its next edition."""
        with self._lock:
            edition = self._pair(org, coming.will)

        def ask(sql: str, values: Sequence[object] = ()) -> Rows:
            key = (org, sql, tuple(values))
            found = coming.answers.get(key)
            if found is None:
                with self._dress(edition, sql, values) as question:
                    found = coming.answers[key] = _Kept(edition, self._ask(*question))
            return found.rows

        return ask

    def _publish(self, coming: _Next) -> None:
        """Begins editions, and keeps the answers made for them."""
        with self._lock:
            for org, number in coming.will.items():
                if self._editions[org].number == coming.was[org]:
                    self._editions[org].number = number
            for key, new in reversed(coming.answers.items()):
                if new.edition == self._pair(key[0]):
                    self._put(key, new)

    def _pair(self, org: int, will: Mapping[int, int] = MappingProxyType({})) -> Edition:
        """The editions an answer on an organisation is made from: its own, and that of what belongs to none."""
        mine, common = (will.get(n) or self._editions.setdefault(n, _Edition()).number for n in (org, EVERYWHERE))
        return mine, common

    def _number(self) -> int:
        self._last += 1
        return self._last

    def _begin(self, edition: _Edition) -> None:
        edition.number, edition.due = self._number(), None

    def _now(self, org: int) -> Edition:
        """The edition of an answer made now; one that nobody prepares begins when the patience is over."""
        for number in (org, EVERYWHERE):
            edition = self._editions.setdefault(number, _Edition())
            if edition.due is not None and monotonic() - edition.due >= self._patience_s:
                self._begin(edition)
        return self._pair(org)

    def _look_up(self, key: Key) -> tuple[Rows | None, Edition]:
        """What is remembered of this edition, and the edition: it is read before the question is asked, so it is never too new."""
        with self._lock:
            edition = self._now(key[0])
            kept = self._kept.get(key)
            if kept is None or kept.edition != edition:
                return None, edition
            self._kept.move_to_end(key)
            return kept.rows, edition

    def _keep(self, key: Key, edition: Edition, rows: Rows) -> None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.edition <= edition:  # else a newer one was prepared meanwhile
                self._put(key, _Kept(edition, rows))

    def _put(self, key: Key, new: _Kept) -> None:
        """Remembers an answer, and forgets those that nobody has looked at for longest."""
        if new.weight > MOST_OF_ONE:
            return
        old = self._kept.pop(key, None)
        self._kept[key] = new
        self._weight += new.weight - (old.weight if old is not None else 0)
        while self._weight > MOST_VALUES:
            self._weight -= self._kept.popitem(last=False)[1].weight


def _as_it_is(_edition: Edition, sql: str, values: Sequence[object]) -> AbstractContextManager[tuple[str, Sequence[object]]]:
    return nullcontext((sql, values))
