"""The world `valley`: a fair sample of what owners of eight countries find in their reports, for testing only.

It was written without knowledge of the judge and of the other worlds, and nothing is fitted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.labels import Key, Truth, World
from bench.accuracy.valley import faults, forwards, gateways, lists, spoofs
from bench.accuracy.valley.counting import Counting
from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import KINDS, Flow
from bench.accuracy.valley.ordinary import ordinary
from bench.accuracy.valley.owners import OWNERS
from bench.accuracy.valley.stage import Stage

from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Class

ROOMS = (forwards, lists, gateways, faults, spoofs)
"""Where the kinds stand; importing them makes them known."""

KIND_NAMES = frozenset(KINDS)
"""All kinds of troubled source that can be played."""

SHARES = {Class.FORWARDED: 0.5, Class.FAILING: 0.5, Class.SPOOF: 0.75}
"""How much of the classes there is, as a factor on the numbers that their kinds name."""

__all__ = ["KINDS", "KIND_NAMES", "make_world"]


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    stage = Stage(seed)
    flows = [*ordinary(stage), *_troubled(stage, kinds)]
    stage.publish()
    counting = Counting(stage.town)
    for number, flow in enumerate(flows):
        counting.take(flow, Dice.of(seed, "flow", flow.kind, flow.domain, number))
    reports: list[tuple[str, AggregateReport]] = []
    truth: dict[Key, Truth] = {}
    for owner, report, rows in counting.reports(seed):
        reports.append((owner, report))
        truth.update(rows)
    zone = {name: tuple(records) for name, records in sorted(stage.town.zone.items())}
    listings = {name: frozenset(listed) for name, listed in stage.town.listings.items()}
    return World("valley", seed, OWNERS, reports, truth, zone, listings)


def _troubled(stage: Stage, kinds: frozenset[str] | None) -> Iterator[Flow]:
    """The flows of the kinds asked for."""
    for name, kind in KINDS.items():
        if kinds is not None and name not in kinds:
            continue
        for flow in kind.play(stage, Dice.of(stage.seed, "kind", name)):
            flow.kind, flow.klass, flow.hard = kind.name, kind.klass, kind.hard
            flow.total *= SHARES[kind.klass]
            yield flow
