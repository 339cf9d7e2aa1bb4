"""What is sent: letters as a receiver sees them, and streams of letters with their kind and rhythm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.rhythm import steady

from sekisho.core.terms import AuthResult, Class

if TYPE_CHECKING:
    from bench.accuracy.abroad.town import Town

PASS, FAIL = AuthResult.PASS, AuthResult.FAIL
NO_KEY = AuthResult.PERMERROR
"""The key of a signature does not exist; each receiver has its own word for that."""


class Seal(NamedTuple):
    """A DKIM signature as it verifies on arrival."""

    domain: str
    selector: str
    result: AuthResult = PASS


class Letter(NamedTuple):
    """A message on arrival at the receiver that reports."""

    ip: str
    header_from: str
    envelope: str
    """Domain of the reverse-path; empty for the null one."""
    seals: tuple[Seal, ...] = ()
    helo: str = ""
    travelled: str = ""
    """`list`, `forward`, `arc`, `gateway` or empty: what an attentive receiver could notice on the way."""
    spf: AuthResult | None = None
    """What the sender's SPF gave then, where the records of today would give another result."""


Write = Callable[[Dice, int], Letter]


@dataclass
class Stream:
    """Letters of one origin to one domain's account."""

    domain: str
    """The registered domain that is told of them."""
    rate: float
    """Messages that reporting receivers get on an average day at rhythm 1."""
    write: Write
    rhythm: Callable[[int], float] = steady
    audience: Mapping[str, float] | None = None
    """Receivers by weight; None: those of the domain's public."""
    lots: int = 3
    """Into how many different letters a receiver's share of a day splits at most."""
    kind: str = "ordinary"
    klass: Class = Class.NORMAL
    hard: bool = False


Play = Callable[["Town", Dice], Iterator[Stream]]


@dataclass(frozen=True)
class Kind:
    """A kind of source and how to play it."""

    name: str
    klass: Class
    hard: bool
    play: Play


@dataclass
class Kinds:
    """All kinds, by name, in the order of their definition."""

    known: dict[str, Kind] = field(default_factory=dict)

    def add(self, klass: Class, *, hard: bool = False) -> Callable[[Play], Play]:
        """Registers a function that yields streams as a kind of its own name."""

        def keep(play: Play) -> Play:
            name = play.__name__
            assert name not in self.known, name
            assert play.__doc__, name
            self.known[name] = Kind(name, klass, hard, play)
            return play

        return keep


KINDS = Kinds()
forwarded = KINDS.add(Class.FORWARDED)
forwarded_hard = KINDS.add(Class.FORWARDED, hard=True)
failing = KINDS.add(Class.FAILING)
failing_hard = KINDS.add(Class.FAILING, hard=True)
spoof = KINDS.add(Class.SPOOF)
spoof_hard = KINDS.add(Class.SPOOF, hard=True)
