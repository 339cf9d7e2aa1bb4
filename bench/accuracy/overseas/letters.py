"""A letter on its way, streams of letters, and the kinds of source that play them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.overseas.chance import Dice, Rhythm
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.people import Home

from sekisho.core.terms import AuthResult, Class

if TYPE_CHECKING:
    from bench.accuracy.overseas.town import Town


class Seal(Enum):
    """What has become of a signature when the letter arrives."""

    GOOD = "good"
    BROKEN = "broken"
    KEYLESS = "keyless"


class Signature(NamedTuple):
    """A DKIM signature."""

    domain: str
    selector: str
    seal: Seal = Seal.GOOD


@dataclass(frozen=True)
class Letter:
    """What a receiver sees of a message."""

    header_from: str
    envelope: str
    """Domain of the return path; empty: the null reverse-path."""
    signatures: tuple[Signature, ...] = ()
    arc: bool = False
    """Carries a chain that says it passed at a forwarder whom big receivers trust."""
    by_list: bool = False
    """Has the header of a mailing list."""
    moved: bool = False
    """Has the looks of a forwarded message: more `Received`, `Delivered-To`, `X-Forwarded-For`."""
    helo: str = ""
    """Empty: the name of the host."""
    spf: AuthResult | None = None
    """What SPF said while its records were others than today's."""

    def broken(self) -> Letter:
        """The same, its text changed after signing."""
        return replace(self, signatures=tuple(s._replace(seal=Seal.BROKEN) for s in self.signatures))

    def forwarded(self, *, envelope: str = "", signature: Signature | None = None, arc: bool = False) -> Letter:
        """The same as sent on; without an own envelope the return path stays."""
        added = (signature,) if signature else ()
        return replace(
            self, envelope=envelope or self.envelope, signatures=self.signatures + added, arc=arc, moved=True, spf=None, helo=""
        )


MANY = 6
"""From so many hosts on it is a big service, whose hosts all send alike."""


@dataclass
class Stream:
    """Letters of one kind by some hosts."""

    home: Home
    letter: Letter
    hosts: tuple[Host, ...]
    rate: float
    """Messages on a day of which the rhythm says 1."""
    rhythm: Rhythm
    audience: Mapping[str, float]
    """Receivers, by their share."""
    even: bool = False
    """Each host sends as much; else the first ones send most."""
    kind: str = "ordinary"
    klass: Class = Class.NORMAL
    hard: bool = False


Player = Callable[["Town", Dice], Iterator[Stream]]


class Kind(NamedTuple):
    """A kind of troubled source."""

    name: str
    klass: Class
    hard: bool
    play: Player


KINDS: dict[str, Kind] = {}


@dataclass
class _Mark:
    klass: Class
    hard: bool = field(default=False)

    def __call__(self, play: Player) -> Player:
        KINDS[play.__name__] = Kind(play.__name__, self.klass, self.hard, play)
        return play


def forwarded(*, hard: bool = False) -> Callable[[Player], Player]:
    """Marks a kind: real mail of the owner that somebody sent on."""
    return _Mark(Class.FORWARDED, hard)


def failing(*, hard: bool = False) -> Callable[[Player], Player]:
    """Marks a kind: the owner's own mail, or by its order, that is not set up."""
    return _Mark(Class.FAILING, hard)


def spoof(*, hard: bool = False) -> Callable[[Player], Player]:
    """Marks a kind: mail that the owner knows nothing of."""
    return _Mark(Class.SPOOF, hard)
