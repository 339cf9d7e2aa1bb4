"""What a labelled world is: mail that was simulated, what reporters say of it, and for each record what it truly was.

A world module has `make_world(seed, *, kinds=None) -> World`. `kinds` limits which kinds of troubled source it plays (None: all
of them); the owners' ordinary, passing mail is always there. Equal arguments give equal worlds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

DAYS = 90
"""Days a world lasts: what the judge looks at."""


class Truth(NamedTuple):
    """What the mail of a record was: who sent it and how it travelled, never what a rule would say of it."""

    klass: Class
    kind: str
    """Kind of source, as `esp_unaligned`, `mailman3_munge_off`, `botnet_dialup`."""
    hard: bool
    """An expert has to think about it, or needs the owner's word; the kind's docstring says why."""
    source: str
    """Address, as the record has it."""


Key = tuple[str, str, int]
"""Reporter (`AggregateReport.reporter`), report id, row index from 0."""


@dataclass(frozen=True)
class Owner:
    """An organisation, by its name, and its registered domains."""

    name: str
    domains: tuple[str, ...]
    parked: tuple[str, ...] = ()
    """Domains (of `domains`) of which the owner has said that they send no mail."""
    untroubled: tuple[str, ...] = ()
    """Domains (of `domains`) with no spoofing and no fault of their own, only passing and forwarded mail."""


@dataclass(frozen=True)
class World:
    """A labelled world."""

    name: str
    seed: int
    owners: tuple[Owner, ...]
    reports: Iterable[tuple[str, AggregateReport]]
    """Owner name and report, the oldest first; can be iterated more than once; reporter and report id are unique."""
    truth: Mapping[Key, Truth]
    """For every row of every report."""
    zone: Mapping[str, tuple[tuple[str, str], ...]]
    """DNS name -> (type, text) pairs in zone-file words: PTR, A, AAAA, MX, TXT (TXT without quotes, whole); no name here means
    that it does not exist. The type `SERVFAIL` (empty text) means that questions for the name fail."""
    listings: Mapping[str, frozenset[str]]
    """Block list zone -> listed addresses; an empty set is a list that is asked and has nothing."""


class MakeWorld(Protocol):
    """How a world module is called."""

    def __call__(self, seed: int, *, kinds: frozenset[str] | None = None) -> World:
        """The world of a seed."""
        ...
