"""Values of the simulation: owners' homes, signatures, and flows of mail that are alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bench.accuracy.labels import DAYS
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.town import Host, Net

from sekisho.core.terms import AlignmentMode, Class, Policy


class Sig(NamedTuple):
    """A DKIM signature on arrival."""

    domain: str
    selector: str
    state: str = "good"
    """`good`, `altered` (the mail was changed, or the signature never fitted) or `nokey`."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When mail comes: first and last day, weekdays (Monday first), and how bursty it is."""

    first: int = 0
    stop: int = DAYS
    week: tuple[float, ...] = (1.1, 1.15, 1.1, 1.1, 1.05, 0.8, 0.7)
    calm: float = 0.25
    """Spread of the days among themselves."""
    every: int = 0
    """Comes only each so many days (a newsletter), 0: daily."""

    def factor(self, day: int, dice: Dice) -> float:
        """How much of the mean comes on this day."""
        if not self.first <= day < self.stop:
            return 0.0
        if self.every and (day - self.first) % self.every:
            return 0.03
        return dice.about(self.week[day % 7] * (self.every or 1), self.calm)


OFFICE = Rhythm(week=(1.35, 1.4, 1.35, 1.35, 1.3, 0.15, 0.1))
SHOP = Rhythm(week=(1.0, 0.95, 0.95, 1.0, 1.1, 1.1, 1.0), calm=0.3)
NIGHTLY = Rhythm(week=(1.0,) * 7, calm=0.05)


@dataclass(frozen=True, slots=True)
class Change:
    """A policy from a day on."""

    day: int
    p: Policy
    pct: int = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One way by which a domain's own mail goes out, set up as it should be."""

    way: str
    """A service's name, `own` (a server of its own) or `hosting` (a shared one)."""
    rate: float
    """Messages a day."""
    selector: str = ""
    """Of its aligned signature; empty: it has none."""
    bounce: str = "@"
    """Label of its reverse-path below the domain; `@`: the domain itself; empty: the service's own."""
    rhythm: Rhythm = OFFICE
    below: str = ""
    """Label of the From domain below the home's."""


@dataclass(frozen=True)
class Home:
    """A domain of an owner and how its mail is set up."""

    owner: str
    country: str
    domain: str
    parts: tuple[Part, ...]
    policies: tuple[Change, ...]
    tags: frozenset[str] = frozenset()
    """`parked`; `calm`: neither spoofed nor at fault; others say what lives there."""
    size: float = 1.0
    """How well it is known: scales what comes from outside."""
    sp: Policy = Policy.ABSENT
    adkim: AlignmentMode = AlignmentMode.RELAXED
    net: Net | None = None
    """Where its own or shared server stands."""
    tail: str = "~all"

    def uses(self, *ways: str) -> bool:
        """Whether its mail goes one of these ways."""
        return any(part.way in ways for part in self.parts)

    @property
    def signs(self) -> bool:
        """Whether all of its own mail is signed in its name."""
        return all(part.selector for part in self.parts)


@dataclass(frozen=True, slots=True)
class Flow:
    """Mail that is alike: who sends it, how it is signed and how it arrives."""

    home: Home
    kind: str
    klass: Class
    hard: bool
    hosts: tuple[Host, ...]
    envelope: str
    """Domain of the reverse-path; empty: null."""
    sigs: tuple[Sig, ...]
    rate: float
    """Messages a day that some reporter sees."""
    rhythm: Rhythm = Rhythm()
    author: str = ""
    """Domain in the From line, where it is not the home's own."""
    altered: float = 0.0
    """Share of messages whose signatures of before break on the way."""
    hint: str = ""
    """What a receiver can see of the way: `arc`, `list`, `known`."""
    reach: Mapping[str, float] | None = None
    """Reporters by weight, where it is not the public of the home's country."""
    added: tuple[Sig, ...] = ()
    """Signatures put on after the change."""
    even: float = 1.0
    """How evenly hosts take turns: 1 all alike, below it the first ones carry more."""

    @property
    def header_from(self) -> str:
        """Domain in the From line."""
        return self.author or self.home.domain
