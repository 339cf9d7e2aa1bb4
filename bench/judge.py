"""Times judging a domain with a million facts again, the judge and the store: python -m bench.judge."""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path


def main() -> None:
    """Makes the store, unless it is there, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--store", type=Path, help="keep the store in this file, or use the one that is there")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"SEKISHO_HOME": home, "SEKISHO_DNS_SERVERS": "off", "SEKISHO_RDAP": "off"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "sekisho.web.settings"
        _time(args.store or Path(home) / "million.duckdb", args.facts)


def _time(path: Path, facts: int) -> None:
    """Judges twice: at first the made-up verdicts change, then none does."""
    from sekisho.cli.house import open_registry

    settings = open_registry()
    from bench import pages
    from sekisho import flow
    from sekisho.core.judge.book import BOOK
    from sekisho.enrich.gather import gatherer
    from sekisho.sample.bulk import Size
    from sekisho.store.embedded import EmbeddedStore, StoreSettings

    is_made = path.exists()
    store = EmbeddedStore(StoreSettings(path))
    if not is_made:
        pages.fill(store, Size(facts=facts, last_day=pages.LAST_DAY, days=120, domains=1, addresses=60_000), path)
    house = flow.House(store, BOOK, gatherer(settings), lambda: int(time.time()))
    names = [domain.domain for domain in store.domains(pages._past(120))]
    print("| judged again | changed | CPU s | wall s | peak MiB |\n|---|---|---|---|---|")
    for what in ("all of another class", "none of another class"):
        cpu, wall = time.process_time(), time.perf_counter()
        changed = flow.judge(house, pages.ORG, names, why="new_reports")
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {what} | {changed:,} | {cpu:.1f} | {wall:.1f} | {peak:.0f} |", flush=True)
    store.close()


if __name__ == "__main__":
    main()
