"""The words of the world: hosts, letters, streams of them, and the register of the kinds of trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.capital.people import Home
from bench.accuracy.labels import DAYS

from sekisho.core.terms import Class

if TYPE_CHECKING:
    from bench.accuracy.capital.chance import Dice
    from bench.accuracy.capital.town import Town


class Host(NamedTuple):
    """A sending host; `name` is what it says in HELO, which its PTR need not say."""

    ip: str
    name: str


class Fate(Enum):
    """What became of a signature on the way."""

    GOOD = "good"
    BROKEN = "broken"
    NO_KEY = "no key"


class Sig(NamedTuple):
    """A signature as it arrives."""

    domain: str
    selector: str
    fate: Fate = Fate.GOOD


class Letter(NamedTuple):
    """A mail as it arrives, as far as DMARC looks at it."""

    header_from: str
    mail_from: str
    """Empty for the null sender."""
    sigs: tuple[Sig, ...] = ()
    sealed: str = ""
    """Domain of the last ARC seal, which says that DMARC had passed before."""
    road: str = ""
    """`list` or `forward` where a receiver could see it from headers (List-Id, Resent-From, SRS)."""
    helo: str = ""
    """Empty: the host's name."""

    def broken(self, *, only_aligned: bool = False) -> Letter:
        """The same with its body or subject changed on the way."""
        kept = (sig if only_aligned and sig.domain != self.header_from else sig._replace(fate=Fate.BROKEN) for sig in self.sigs)
        return self._replace(sigs=tuple(kept))

    def plus(self, *sigs: Sig) -> Letter:
        """The same with signatures more, the new ones first."""
        return self._replace(sigs=(*sigs, *self.sigs))


@dataclass(slots=True)
class Stream:
    """Letters of one making, sent again and again."""

    home: Home
    hosts: list[Host]
    letters: list[tuple[float, Letter]]
    """With their shares."""
    rate: float
    """Rows a day."""
    size: float = 1.0
    """Messages a row, in the middle."""
    rhythm: str = "daily"
    first: int = 0
    last: int = DAYS
    to: dict[str, float] = field(default_factory=dict)
    """Receivers and their shares; empty: those of the owner's country."""
    kind: str = "ordinary"
    klass: Class = Class.NORMAL
    hard: bool = False


Play = Callable[["Town", "Dice"], Iterator[Stream]]


class Kind(NamedTuple):
    """A kind of trouble."""

    name: str
    klass: Class
    hard: bool
    play: Play


KINDS: dict[str, Kind] = {}
"""All kinds, by name."""


def forwarded(*, hard: bool = False) -> Callable[[Play], Play]:
    """Makes a kind of genuine mail that somebody passed on known."""
    return _known(Class.FORWARDED, hard)


def failing(*, hard: bool = False) -> Callable[[Play], Play]:
    """Makes a kind of the owner's mail that is set up wrongly known."""
    return _known(Class.FAILING, hard)


def spoof(*, hard: bool = False) -> Callable[[Play], Play]:
    """Makes a kind of somebody else's mail known."""
    return _known(Class.SPOOF, hard)


def _known(klass: Class, hard: bool) -> Callable[[Play], Play]:
    def keep(play: Play) -> Play:
        name = play.__name__
        assert name not in KINDS, name
        KINDS[name] = Kind(name, klass, hard, play)
        return play

    return keep
