"""The world `island`: half of its owners Japanese, half from elsewhere, in the proportions of life; for testing only.

It was written without knowledge of the judge and of the other worlds, and nothing is fitted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island import (
    faults_dns,
    faults_hosts,
    faults_kin,
    faults_services,
    forwards,
    forwards_people,
    gateways,
    lists,
    spoofs_guises,
    spoofs_nets,
)
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.counting import Counting
from bench.accuracy.island.letters import KINDS, Stream
from bench.accuracy.island.ordinary import settle
from bench.accuracy.island.people import OWNERS
from bench.accuracy.island.town import Town
from bench.accuracy.labels import Key, Truth, World

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

ROOMS = (
    forwards,
    forwards_people,
    lists,
    gateways,
    faults_services,
    faults_hosts,
    faults_dns,
    faults_kin,
    spoofs_nets,
    spoofs_guises,
)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS)
"""All kinds of trouble that can be played."""

SHARES = {Class.FORWARDED: 0.27, Class.FAILING: 0.3, Class.SPOOF: 0.34}
"""How much of the classes there is, as a factor on the rates of their kinds."""

SPREAD = (0.12, 5.0)
"""How much more or less than others of its kind a source sends."""

__all__ = ["KINDS", "KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    town = Town(seed)
    streams = settle(town)
    streams += _troubled(town, kinds)
    town.publish()
    counting = Counting(town)
    for number, stream in enumerate(streams):  # all of the DNS is there before the first SPF check
        counting.take(stream, Dice.of(seed, "stream", stream.kind, stream.site.domain, number))
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner, report, rows in counting.reports():
        reports.append((owner, report))
        truth.update(rows)
    zone = {name: tuple(records) for name, records in sorted(town.directory.zone.items())}
    listings = {name: frozenset(listed) for name, listed in town.directory.listings.items()}
    return World("island", seed, OWNERS, reports, truth, zone, listings)


def _troubled(town: Town, kinds: frozenset[str] | None) -> Iterator[Stream]:
    """The streams of the kinds."""
    for name, kind in KINDS.items():
        if kinds is not None and name not in kinds:
            continue
        dice = Dice.of(town.seed, "kind", name)
        for stream in kind.play(town, dice):
            stream.kind, stream.klass, stream.hard = kind.name, kind.klass, kind.hard
            stream.rate *= SHARES[kind.klass] * dice.around(*SPREAD)
            yield stream
