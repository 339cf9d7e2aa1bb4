"""What travels: a host, a mail with its signatures, and a stream of equal mails over the days."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bench.accuracy.labels import DAYS

from sekisho.core.terms import Class


class Host(NamedTuple):
    """The machine that hands the mail to the reporter."""

    ip: str
    helo: str


class Signature(NamedTuple):
    """A DKIM signature: whose, with which key, and whether what it covers is still as it was signed."""

    domain: str
    selector: str
    intact: bool = True


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as the reporter gets it."""

    header_from: str
    mail_from: str
    """Domain of the envelope sender; empty for a null reverse-path."""
    signatures: tuple[Signature, ...] = ()
    way: str = ""
    """What an attentive receiver can see of the way: empty, `forwarded` or `list`."""
    sealed: bool = False
    """The last hop has sealed it (ARC), and it passed there."""

    def broken(self) -> Mail:
        """The mail after somebody has changed text that is signed."""
        return replace(self, signatures=tuple(s._replace(intact=False) for s in self.signatures))

    def signed(self, domain: str, selector: str) -> Mail:
        """The mail with one signature more, on top."""
        return replace(self, signatures=(Signature(domain, selector), *self.signatures))


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How much is sent: messages on an active day in all, and which days are active."""

    mean: float
    start: int = 0
    end: int = DAYS
    weekend: float = 0.35
    """Part of the usual amount that is sent on Saturdays and Sundays."""
    chance: float = 1.0
    """Chance that a day is active."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Equal mails from hosts, over days, to receivers."""

    mail: Mail
    hosts: tuple[Host, ...]
    rhythm: Rhythm
    domain: str
    """The registered domain in whose name it is sent."""
    kind: str = "ordinary"
    klass: Class = Class.FAILING
    """What it is where DMARC fails."""
    hard: bool = False
    audience: tuple[str, ...] = field(default=())
    """Names of the reporters that get it; empty: all, by their size."""
