"""The world `harbour`: what a consultant sees at small and middle owners of seven countries, for testing only.

It was written without knowledge of the judge and of the other worlds, and nothing is fitted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.harbour import faults_own, faults_services, forwards, gateways, lists, spoofs_guises, spoofs_nets
from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.counting import Counting
from bench.accuracy.harbour.letters import KINDS, Stream
from bench.accuracy.harbour.people import HOMES, OWNERS
from bench.accuracy.harbour.stage import Stage
from bench.accuracy.labels import Key, Truth, World

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

SHARES = {Class.FORWARDED: 0.82, Class.FAILING: 0.46, Class.SPOOF: 0.66}
"""How much of the classes there is, as a factor on the numbers of their kinds: a third of the records fails at most."""

ROOMS = (forwards, gateways, lists, faults_own, faults_services, spoofs_nets, spoofs_guises)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS)
"""All kinds of troubled source that can be played."""

__all__ = ["KINDS", "KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    stage = Stage(seed)
    streams = [stream for proper in stage.proper.values() for stream in proper]
    streams += _troubled(stage, kinds)
    stage.publish()
    counting = Counting(stage.town)
    for number, stream in enumerate(streams):
        counting.take(stream, Dice.of(seed, "stream", stream.kind, stream.home.domain, number))
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner, report, rows in counting.reports():
        reports.append((owner, report))
        truth.update(rows)
    directory = stage.town.directory
    zone = {name: tuple(records) for name, records in sorted(directory.zone.items())}
    listings = {name: frozenset(listed) for name, listed in directory.listings.items()}
    return World("harbour", seed, OWNERS, reports, truth, zone, listings)


def _troubled(stage: Stage, kinds: frozenset[str] | None) -> Iterator[Stream]:
    """The streams of the kinds; mail in order that they bring along keeps its name."""
    fame = {home.domain: Dice.of(stage.seed, "fame", home.domain).spread(1.0, 0.7) for home in HOMES}
    for name, kind in KINDS.items():
        if kinds is not None and name not in kinds:
            continue
        for stream in kind.play(stage, Dice.of(stage.seed, "kind", name)):
            stream.kind, stream.klass, stream.hard = kind.name, kind.klass, kind.hard
            stream.total *= SHARES[kind.klass] * (fame[stream.home.domain] if kind.klass is Class.SPOOF else stream.home.size**0.6)
            yield stream
