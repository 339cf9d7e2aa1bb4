"""Times another policy over one domain with a million facts, its path to reject, and campaigns: python -m bench.whatif."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bench import pages
from sekisho.core.campaigns import cluster
from sekisho.core.terms import Class
from sekisho.core.whatif.trial import read_trial
from sekisho.sample.bulk import Size
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Filter, Page

POLICIES = ("p=reject", "p=reject; sp=none; np=reject", "p=reject; adkim=s; aspf=s", "p=quarantine; t=y")
ALL = 120


def main() -> None:
    """Makes the store, unless it is there, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--store", type=Path, help="keep the store in this file, or use the one that is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = args.store or Path(folder) / "facts.duckdb"
        is_made = path.exists()
        store = EmbeddedStore(StoreSettings(path))
        if not is_made:
            size = Size(facts=args.facts, last_day=pages.LAST_DAY, days=ALL, domains=1, addresses=60_000)
            pages.fill(store, size, path)
        print(f"\n{args.facts:,} facts of one domain, {args.rounds} rounds\n\n| question | CPU ms | p50 ms |\n|---|---|---|")
        for name, ask in _questions(store).items():
            cpu, wall = pages.times(ask, args.rounds)
            print(f"| {name} | {statistics.median(cpu):.0f} | {statistics.median(wall):.0f} |")
        store.close()


def _questions(store: EmbeddedStore) -> dict[str, Callable[[], object]]:
    """What the page of a domain's path to reject and the page of campaigns ask."""
    domain = store.domains(_past(ALL))[0].domain
    found: dict[str, Callable[[], object]] = {}
    for days in (30, ALL):
        f = _past(days, domains=(domain,))
        for policy in POLICIES:
            found[f"`{policy}`, {days} days"] = _replay(store, f, policy)
    month = _past(30, domains=(domain,))
    found["path to reject, 30 days"] = lambda: _situation(store, month)
    found["open campaigns of the overview"] = lambda: cluster(store.beginnings(_past(7), limit=500))
    found["campaigns, 30 days"] = lambda: cluster(store.beginnings(_past(30)))
    found[f"campaigns, {ALL} days"] = lambda: cluster(store.beginnings(_past(ALL)))
    return found


def _replay(store: EmbeddedStore, f: Filter, policy: str) -> Callable[[], object]:
    trial = read_trial(policy)
    return lambda: store.replay(f, trial)


def _situation(store: EmbeddedStore, f: Filter) -> object:
    """The questions of `web.pages.readiness.situation`."""
    failing = replace(f, classes=(Class.FAILING,))
    signed = store.split(replace(f, dkim=True))
    groups = store.groups(failing, Page("-messages", size=100))
    reports = store.reports(f, Page("-begin", size=10))
    return store.split(f), store.days(f), store.days(failing), signed, groups, reports, store.reporters_seen(f)


def _past(days: int, **words: object) -> Filter:
    return Filter(pages.ORG, pages.LAST_DAY - days + 1, pages.LAST_DAY, **words)  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
