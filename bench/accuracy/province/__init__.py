"""The world `province`: a fair sample of what ordinary owners see, half of them Japanese."""

from __future__ import annotations

from dataclasses import replace

from bench.accuracy.labels import World
from bench.accuracy.province import (  # noqa: F401 - they fill the book
    faults_own,
    faults_services,
    forwards,
    gateways,
    lists,
    spoofs_accounts,
    spoofs_guises,
    spoofs_nets,
)
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.counting import Counting
from bench.accuracy.province.kinds import KINDS
from bench.accuracy.province.mail import Flow
from bench.accuracy.province.people import owners
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class

KIND_NAMES = frozenset(KINDS)
THIN = {Class.FORWARDED: 0.85, Class.FAILING: 0.55, Class.SPOOF: 0.85}
"""Brings the classes to the proportions that such owners see: a quarter to a third of the records fail."""


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed: the owners' proper mail, and the kinds of trouble asked for (None: all)."""
    stage = Stage(seed)
    flows = [flow for proper in stage.proper.values() for flow in proper]
    flows += _troubled(stage, kinds)  # all of the DNS is there before the first mail is checked
    counting = Counting(stage.town)
    for number, flow in enumerate(flows):
        counting.take(flow, Dice.of(seed, "flow", flow.kind, flow.home.domain, number))
    reports, truth = counting.reports()
    listings = {zone: frozenset(found) for zone, found in stage.town.listings.items()}
    return World("province", seed, owners(), tuple(reports), truth, stage.town.zone(), listings)


def _troubled(stage: Stage, kinds: frozenset[str] | None) -> list[Flow]:
    wanted = [each for name, each in KINDS.items() if kinds is None or name in kinds]
    flows = [flow for each in wanted for flow in each.play(stage, Dice.of(stage.seed, "kind", each.name))]
    return [replace(flow, rate=flow.rate * THIN[flow.klass]) for flow in flows]
