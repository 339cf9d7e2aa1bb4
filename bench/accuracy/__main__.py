"""Measures the judge on labelled worlds and prints the figures of docs/accuracy.md."""

from __future__ import annotations

import argparse
import importlib
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.accuracy import show
from bench.accuracy.labels import World
from bench.accuracy.verdicts import Mode, Told, failed, judge_world

MODES = {
    "full": Mode(),
    "DNS off": Mode(dns=False),
    "half of the reporters without DKIM details": Mode(mute=0.5),
    "no reporter with DKIM details": Mode(mute=1.0),
}


def main() -> None:
    """The door."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--world", default="homeland", help="a package of bench.accuracy with make_world")
    parser.add_argument("--part", default="test", choices=("fit", "test", "all"), help="which kinds of source")
    parser.add_argument("--seeds", default="101-105", help="first and last seed")
    parser.add_argument("--mode", default="", help="only modes whose name holds this")
    parser.add_argument("--totals", action="store_true", help="print no figures by kind")
    parser.add_argument("--served", action="store_true", help="ask Knot and rbldnsd on loopback for the evidence")
    parser.add_argument("--through", choices=("mails",), help="send the reports as mails through the commands of the product")
    args = parser.parse_args()
    worlds = list(_worlds(args.world, args.part, args.seeds))
    if args.through:
        print(f"\n==== {args.world}, {args.part} kinds, seeds {args.seeds}: through {args.through}")
        print("\n".join(line for world in worlds for line in _by_mail(world)))
        return
    modes = {"served by Knot and rbldnsd": Mode(served=True)} if args.served else MODES
    for name, mode in modes.items():
        if args.mode in name:
            print(f"\n==== {args.world}, {args.part} kinds, seeds {args.seeds}: {name}")
            _print(worlds, mode, brief=name != "full" and not args.served, totals=args.totals)


def _worlds(name: str, part: str, seeds: str) -> Iterator[World]:
    module = importlib.import_module(f"bench.accuracy.{name}")
    kinds = {"fit": getattr(module, "FIT", None), "test": getattr(module, "TEST", None)}.get(part)
    first, _, last = seeds.partition("-")
    for seed in range(int(first), int(last or first) + 1):
        yield module.make_world(seed, kinds=kinds)


def _by_mail(world: World) -> Iterator[str]:
    from bench.accuracy.mails import judge_by_mail  # it needs the servers' packages

    with tempfile.TemporaryDirectory() as scratch:
        told = judge_by_mail(world, Path(scratch))
    direct = judge_world(world)
    yield from show.summary(told)
    yield from ("", *show.table(told), "", *show.confusion(told), "", *show.agreement(told, direct))


def _print(worlds: Iterable[World], mode: Mode, *, brief: bool, totals: bool) -> None:
    told: list[Told] = []
    quiet: set[str] = set()
    for world in worlds:
        told += judge_world(world, mode)
        quiet |= {domain for owner in world.owners for domain in owner.untroubled}
    lines = [*show.summary(told), show.untroubled(told, frozenset(quiet))]
    if not brief:
        lines += [
            "",
            *show.table(told),
            "",
            *show.confusion(told),
            "",
            "of those that are sure:",
            *show.confusion(show.sure(told)),
            "",
            *show.calibration(failed(told)),
            "",
            *show.rivals(told),
        ]
        lines += [] if totals else ["", *show.kinds(told)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
