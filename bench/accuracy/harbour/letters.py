"""What is sent: a mail as its receiver gets it, a stream of such mail, and the register of kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.harbour.rhythm import Pace

from sekisho.core.terms import Class

if TYPE_CHECKING:
    from bench.accuracy.harbour.chance import Dice
    from bench.accuracy.harbour.people import Home
    from bench.accuracy.harbour.stage import Stage


class Sig(NamedTuple):
    """A DKIM signature as it arrives."""

    domain: str
    selector: str
    state: str = "ok"
    """`ok`, `broken` (the mail was changed), `no_key` (nothing is published there), `bad_key` (unreadable)."""


@dataclass(frozen=True)
class Letter:
    """A mail on its last leg."""

    header_from: str
    envelope: str
    """Domain of MAIL FROM; empty for the null sender."""
    sigs: tuple[Sig, ...] = ()
    helo: str = ""
    """What SPF is checked for where the sender is null."""
    arc: str = ""
    """What the sealed results of a forwarder say of DMARC: `pass` or `fail`; empty: nobody sealed it."""
    seems: str = ""
    """What receivers take its way for, right or wrong: `forwarded`, `mailing_list`, or nothing."""

    def broken(self) -> Letter:
        """Changed on the way, so no signature holds any more."""
        return replace(self, sigs=tuple(sig._replace(state="broken" if sig.state == "ok" else sig.state) for sig in self.sigs))

    def unsigned(self) -> Letter:
        """Without signatures: they were taken out."""
        return replace(self, sigs=())

    def signed_by(self, *sigs: Sig) -> Letter:
        """With signatures of somebody on the way, on top."""
        return replace(self, sigs=(*sigs, *self.sigs))

    def on(self, envelope: str | None = None, *, arc: str = "", seems: str = "forwarded", helo: str = "") -> Letter:
        """Sent on; None keeps the envelope as it was."""
        kept = self.envelope if envelope is None else envelope
        return replace(self, envelope=kept, arc=arc, seems=seems, helo=helo or self.helo)


Hosts = Sequence[str] | Callable[["Dice"], str]
"""The addresses a stream leaves from, the first most often; or a maker of a new one."""


@dataclass
class Stream:
    """Mail of one make from one place."""

    home: Home
    letter: Letter
    hosts: Hosts
    pace: Pace
    total: float
    """Messages expected in the 90 days at receivers that report."""
    mix: Mapping[str, float] | None = None
    """Receivers it goes to; None: those of the owner's country."""
    klass: Class = Class.NORMAL
    kind: str = "ordinary"
    hard: bool = False
    rows: int = 60
    """Parts in which it is counted at most: bounds the records of newsletters."""


Play = Callable[["Stage", "Dice"], Iterable[Stream]]


@dataclass(frozen=True)
class Kind:
    """A kind of troubled source."""

    name: str
    klass: Class
    hard: bool
    play: Play


KINDS: dict[str, Kind] = {}
"""All kinds, by name."""


def kind(klass: Class, *, hard: bool = False) -> Callable[[Play], Play]:
    """Enters a function as a kind of the class, by its name."""

    def enter(play: Play) -> Play:
        name = play.__name__
        KINDS[name] = Kind(name, klass, hard, play)
        return play

    return enter


forwarded, failing, spoof = Class.FORWARDED, Class.FAILING, Class.SPOOF
