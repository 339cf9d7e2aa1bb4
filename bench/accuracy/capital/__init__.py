"""The world `capital`: what mail teams of large organisations see in 2026, for testing only.

It was written without knowledge of the judge and of the other worlds, and nothing is fitted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital import (
    faults_hosts,
    faults_kin,
    faults_services,
    forwards,
    gateways,
    lists,
    spoofs_accounts,
    spoofs_guises,
    spoofs_nets,
)
from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.counting import Counting
from bench.accuracy.capital.letters import KINDS, Stream
from bench.accuracy.capital.ordinary import settle
from bench.accuracy.capital.people import HOMES, OWNERS
from bench.accuracy.capital.town import Town
from bench.accuracy.labels import Key, Truth, World

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

ROOMS = (forwards, gateways, lists, faults_hosts, faults_services, faults_kin, spoofs_nets, spoofs_accounts, spoofs_guises)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS)
"""All kinds of troubled source that can be played."""

SHARES = {Class.FORWARDED: 0.46, Class.FAILING: 0.22, Class.SPOOF: 0.3}
"""How much of the classes there is, as a factor on the rates of their kinds."""

SPREAD = 2.2
"""How much more or less than others of its kind a source sends, mostly."""
USUAL = 1.8
"""Size of a usual owner."""

UNUSUAL = 0.25
"""Share of sources that keep other hours than their kind."""

__all__ = ["KINDS", "KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    town = Town(seed)
    for home in HOMES:
        settle(town, home)
    streams = [stream for proper in town.proper.values() for stream in proper]
    streams += _troubled(town, kinds)
    town.publish()
    counting = Counting(town)
    for number, stream in enumerate(streams):
        counting.take(stream, Dice.of(seed, "stream", stream.kind, stream.home.domain, number))
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner, report, rows in counting.reports():
        reports.append((owner, report))
        truth.update(rows)
    zone = {name: tuple(records) for name, records in sorted(town.dns.zone.items())}
    listings = {name: frozenset(listed) for name, listed in town.listings.items()}
    return World("capital", seed, OWNERS, reports, truth, zone, listings)


def _troubled(town: Town, kinds: frozenset[str] | None) -> Iterator[Stream]:
    """The streams of the kinds; keys of all signatures that verify are published on the way."""
    for name, kind in KINDS.items():
        if kinds is not None and name not in kinds:
            continue
        dice = Dice.of(town.seed, "kind", name)
        for stream in kind.play(town, dice):
            stream.kind, stream.klass, stream.hard = kind.name, kind.klass, kind.hard
            stream.rate *= SHARES[kind.klass] * dice.around(1.0, SPREAD) * _size(stream)
            stream.size *= dice.around(1.0, SPREAD)
            if dice.happens(UNUSUAL) and stream.rhythm in ("daily", "office", "waves"):
                stream.rhythm = dice.choice(("daily", "office", "waves", "monthly"))
            yield stream


def _size(stream: Stream) -> float:
    """Of a big owner's mail more goes astray; spoofers do not care."""
    return 1.0 if stream.klass is Class.SPOOF else min(1.6, max(0.4, (stream.home.size / USUAL) ** 0.6))
