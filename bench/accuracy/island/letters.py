"""What is sent: letters, the hosts they leave from, streams of them, and the kinds of trouble by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from bench.accuracy.island.chance import Dice
from bench.accuracy.labels import DAYS

from sekisho.core.terms import Class

if TYPE_CHECKING:
    from bench.accuracy.island.people import Site
    from bench.accuracy.island.town import Town


class Sign(NamedTuple):
    """A DKIM signature as it leaves its signer."""

    domain: str
    selector: str
    state: str = "good"
    """`good`, `broken` (does not match the mail), `no_key` (the selector has no key) or `unanswered` (the DNS did not say)."""


class Letter(NamedTuple):
    """What a receiver sees of a mail except the host it comes from."""

    header_from: str
    envelope: str
    """Domain of the envelope's sender; empty: the null sender, and the host's name is checked."""
    signs: tuple[Sign, ...] = ()


class Host(NamedTuple):
    """A machine and what it says its name is."""

    address: str
    helo: str


@dataclass
class Stream:
    """Letters of one sender or carrier, over time."""

    site: Site
    pairs: list[tuple[Host, Letter]]
    """Each mail leaves by one of these."""
    rate: float
    """Mails a day that reporting receivers get, in the mean."""
    rhythm: str = "office"
    audience: str = ""
    """Where it goes; a receiver, or a sort of people; empty: where the owner's mail goes."""
    breaks: float = 0.0
    """Share of mails whose good signatures are broken on the way."""
    touch: frozenset[str] = field(default_factory=frozenset)
    """What a receiver can see of the way: `list`, `forward`, `arc`."""
    days: tuple[int, int] = (0, DAYS)
    """First day, and the day after the last."""
    heap: float = 1.0
    """Mails that go to the same receiver by the same host at a time, about."""
    kind: str = "ordinary"
    klass: Class = Class.NORMAL
    hard: bool = False


def through(hosts: Iterable[Host], *letters: Letter) -> list[tuple[Host, Letter]]:
    """Each letter by each host."""
    return [(host, letter) for letter in letters for host in hosts]


Play = Callable[["Town", Dice], Iterator[Stream]]


class Kind(NamedTuple):
    """A kind of trouble: its function's docstring says what it is and, after `Hard: `, why an expert has to think."""

    name: str
    klass: Class
    hard: bool
    play: Play


KINDS: dict[str, Kind] = {}


def kind(klass: Class) -> Callable[[Play], Play]:
    """Makes a function known as a kind of its name."""

    def known(play: Play) -> Play:
        name = play.__name__
        KINDS[name] = Kind(name, klass, "Hard: " in str(play.__doc__), play)
        return play

    return known


forwarded = kind(Class.FORWARDED)
failing = kind(Class.FAILING)
spoof = kind(Class.SPOOF)
