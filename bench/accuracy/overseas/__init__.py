"""The world `overseas`: mail as it travels in 2026 in many countries, for testing only.

It was written without knowledge of the judge and of the other worlds, and nothing is fitted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.labels import Key, Truth, World
from bench.accuracy.overseas import faults_own, faults_services, forwards, gateways, lists, spoofs_guises, spoofs_nets
from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.counting import Counting
from bench.accuracy.overseas.letters import KINDS, Stream
from bench.accuracy.overseas.ordinary import settle
from bench.accuracy.overseas.people import OWNERS
from bench.accuracy.overseas.town import Town

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

ROOMS = (forwards, gateways, lists, faults_own, faults_services, spoofs_nets, spoofs_guises)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS)
"""All kinds of troubled source that can be played."""

SHARES = {Class.FORWARDED: 0.4, Class.FAILING: 0.22, Class.SPOOF: 0.4}
"""How much of the classes there is, as a factor on the rates of their kinds: about a third of the records fails."""

SPREAD = (0.25, 5.0)
"""How much more or less than others of its kind a source sends."""
USUAL = 8.0
"""Mail a day of an owner of usual size."""

__all__ = ["KINDS", "KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    town = Town(seed)
    for home in town.homes:
        settle(town, home)
    streams = [stream for proper in town.proper.values() for stream in proper]
    streams += _troubled(town, kinds)
    counting = Counting(town)
    for number, stream in enumerate(streams):  # all of the DNS is there before the first SPF check
        counting.take(stream, Dice.of(seed, "stream", stream.kind, stream.letter.header_from, number))
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner, report, rows in counting.reports():
        reports.append((owner, report))
        truth.update(rows)
    zone = {name: tuple(records) for name, records in sorted(town.directory.zone.items())}
    listings = {name: frozenset(listed) for name, listed in town.directory.listings.items()}
    return World("overseas", seed, OWNERS, reports, truth, zone, listings)


def _troubled(town: Town, kinds: frozenset[str] | None) -> Iterator[Stream]:
    """The streams of the kinds."""
    for name, kind in KINDS.items():
        if kinds is not None and name not in kinds:
            continue
        dice = Dice.of(town.seed, "kind", name)
        for stream in kind.play(town, dice):
            stream.kind, stream.klass, stream.hard = kind.name, kind.klass, kind.hard
            stream.rate *= SHARES[kind.klass] * dice.around(*SPREAD) * _size(stream)
            yield stream


def _size(stream: Stream) -> float:
    """Of a big owner's mail more goes astray; spoofers do not care."""
    return 1.0 if stream.klass is Class.SPOOF else (stream.home.volume / USUAL) ** 0.7
