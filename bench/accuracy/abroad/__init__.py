"""The world `abroad`: a third one, for testing only, written without knowledge of the judge and of the other two."""

from __future__ import annotations

from bench.accuracy.abroad import faults_hosts, faults_services, forwards, lists, spoofs_guises, spoofs_nets
from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.counting import Counting
from bench.accuracy.abroad.letters import KINDS
from bench.accuracy.abroad.ordinary import proper, settle
from bench.accuracy.abroad.people import OWNERS
from bench.accuracy.abroad.town import Town
from bench.accuracy.labels import Key, Truth, World

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

ROOMS = (forwards, lists, faults_hosts, faults_services, spoofs_nets, spoofs_guises)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS.known)

PARTS = {Class.FORWARDED: 1.3, Class.FAILING: 0.4, Class.SPOOF: 1.0}
"""How much of the classes there is, as a factor on all their rates: so that none is rare among the failed records."""

__all__ = ["KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    town = Town(seed)
    counting = {home.domain: Counting(town, home) for home in town.homes}
    for home in town.homes:
        settle(town, home)
    streams = [stream for home in town.homes for stream in proper(town, home)]
    for name, kind in KINDS.known.items():
        if kinds is not None and name not in kinds:
            continue
        for stream in kind.play(town, Dice.of(seed, "kind", name)):
            stream.rate *= PARTS[kind.klass]
            stream.kind, stream.klass, stream.hard = kind.name, kind.klass, kind.hard
            streams.append(stream)
    for number, stream in enumerate(streams):  # every record of the DNS is there before the first SPF check
        counting[stream.domain].take(stream, Dice.of(seed, "stream", stream.kind, stream.domain, number))
    return _world(town, counting)


def _world(town: Town, counting: dict[str, Counting]) -> World:
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner in OWNERS:
        for domain in owner.domains:
            for report, rows in counting[domain].reports():
                reports.append((owner.name, report))
                truth.update(rows)
    reports.sort(key=lambda item: (item[1].begin, item[1].policy.domain, item[1].reporter))
    zone = {name: tuple(sorted(records)) for name, records in sorted(town.zone.items())}
    listings = {name: frozenset(listed) for name, listed in town.listings.items()}
    return World("abroad", town.seed, OWNERS, reports, truth, zone, listings)
