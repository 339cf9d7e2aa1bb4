"""A labelled world: Japanese and foreign owners, their services, forwarders and spoofers, and what reporters say of it all."""

from __future__ import annotations

from bench.accuracy.homeland import detours, faults, manners, mixtures, people, strangers
from bench.accuracy.homeland.kinds import KINDS, Kind
from bench.accuracy.homeland.town import Town, index
from bench.accuracy.labels import Owner, World

__all__ = ["FIT", "KINDS", "TEST", "make_world"]

FIT = frozenset(name for name, kind in KINDS.items() if kind.part == "fit")
"""Kinds with which the judge may be tuned."""
TEST = frozenset(name for name, kind in KINDS.items() if kind.part == "test")
"""Kinds with which it is measured only; their owners are others, too."""
_PLAYERS = (faults, detours, manners, mixtures, strangers)


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed. Owners for fitting live in it when kinds for fitting are played, those for testing likewise."""
    wanted = FIT | TEST if kinds is None else kinds
    town = Town(seed)
    parts = [part for part, names in (("fit", FIT), ("test", TEST)) if wanted & names]
    for part in parts:
        people.settle(town, part)
    for name in sorted(wanted):
        _place(town, KINDS[name])
    reports = list(town.reports())
    zone = town.finish()
    return World(
        "homeland", seed, _owners(town), [(owner, report) for owner, report, _ in reports], index(reports), zone,
        {name: frozenset(addresses) for name, addresses in town.listed.items()},
    )  # fmt: skip


def _place(town: Town, kind: Kind) -> None:
    """Plays a kind in some of the domains it suits."""
    homes = [home for home in town.homes if home.part == kind.part and kind.suits(home)]
    if kind.klass != "forwarded":
        homes = [home for home in homes if not home.untroubled]
    town.rng.shuffle(homes)
    for home in homes[: town.rng.randrange(max(1, kind.times // 2), kind.times + 1)]:
        kind.play(town, home)


def _owners(town: Town) -> tuple[Owner, ...]:
    owners = []
    for name in dict.fromkeys(home.owner for home in town.homes):
        mine = [home for home in town.homes if home.owner == name]
        owners.append(
            Owner(
                name,
                tuple(h.domain for h in mine),
                tuple(h.domain for h in mine if h.parked),
                tuple(h.domain for h in mine if h.untroubled),
            )
        )
    return tuple(owners)
