"""What travels: signatures, letters, flows of letters, and the register of the kinds of trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.labels import DAYS
from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.town import Host

from sekisho.core.terms import Class

if TYPE_CHECKING:
    from bench.accuracy.valley.stage import Stage


class State(Enum):
    """What a receiver finds when it checks a signature."""

    GOOD = "good"
    BROKEN = "broken"
    """The body or a signed field was changed."""
    KEYLESS = "keyless"
    """There is no such key in the DNS."""


class Sig(NamedTuple):
    """A DKIM signature."""

    domain: str
    selector: str
    state: State = State.GOOD


class Letter(NamedTuple):
    """A mail as the reporter's server is handed it."""

    host: Host
    header_from: str
    mfrom: str
    """Domain of the envelope sender; empty for a null sender."""
    sigs: tuple[Sig, ...] = ()
    sealed: bool = False
    """Carries an ARC chain of a well-known forwarder that vouches for it."""
    manner: str = ""
    """What a receiver may notice of it: `list`, `forward` or nothing."""


class Rhythm(Enum):
    """How mail spreads over days."""

    WORK = "work"
    """Working days, little at week-ends."""
    DAILY = "daily"
    WEEKLY = "weekly"
    """Most on one day of the week, as newsletters."""
    BURST = "burst"
    """A few short waves, as campaigns."""
    STRAY = "stray"
    """Now and then."""


@dataclass(slots=True)
class Flow:
    """Letters of one sort, in the name of one domain, over the days of the world."""

    domain: str
    """Registered domain the reports are about."""
    make: Callable[[Dice], Letter]
    total: float
    """Messages that reporters tell of, in all the days."""
    rhythm: Rhythm = Rhythm.STRAY
    days: tuple[int, int] = (0, DAYS)
    where: Mapping[str, float] | None = None
    """Receivers by weight, where they are not the usual ones of the domain."""
    pieces: int = 3
    """Rows at most that a receiver's day is told in."""
    klass: Class = Class.NORMAL
    kind: str = "ordinary"
    hard: bool = False
    crowd: float = 1.0
    """How many messages a row tells of, where many are sent at once, about."""


Play = Callable[["Stage", Dice], Iterator[Flow]]


class Kind(NamedTuple):
    """A kind of troubled source."""

    name: str
    klass: Class
    hard: bool
    play: Play


KINDS: dict[str, Kind] = {}
"""All kinds, by name."""


def kind(klass: Class, *, hard: bool = False) -> Callable[[Play], Play]:
    """Registers a kind under its function's name; the docstring says what it is, and after `Hard:` why it is hard."""

    def register(play: Play) -> Play:
        name = play.__name__
        assert name not in KINDS, name
        KINDS[name] = Kind(name, klass, hard, play)
        return play

    return register


def relayed(
    letter: Letter,
    host: Host,
    *,
    mfrom: str | None = None,
    breaks: bool = False,
    adds: tuple[Sig, ...] = (),
    sealed: bool = False,
    manner: str = "forward",
) -> Letter:
    """The letter after a third party passed it on: `mfrom` is the rewritten envelope domain (None: kept); `breaks` whether the
    text was changed; `adds` its own signatures."""
    sigs = (
        tuple(Sig(s.domain, s.selector, State.BROKEN if s.state is State.GOOD else s.state) for s in letter.sigs)
        if breaks
        else letter.sigs
    )
    kept = letter.mfrom if mfrom is None else mfrom
    return letter._replace(host=host, mfrom=kept, sigs=(*sigs, *adds), sealed=sealed, manner=manner)
