"""Times every question that the pages ask, on a big made-up store: python bench/pages.py --facts 1000000."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from sekisho.core.facts import Because, Evidence, Group, Place, Verdict
from sekisho.core.terms import Class, Found
from sekisho.sample.bulk import Size, bulk_reports
from sekisho.store.base import Arrival, Judged
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Filter, Page

ORG = 1
LAST_DAY = 20_780
BATCH = 1_000
"""Reports a transaction, as in the intake."""
CITIES = 400
SERVICES = 60


def main() -> None:
    """Makes the store, unless it is there, and prints a table."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        path = args.store or Path(folder) / "facts.duckdb"
        is_made = path.exists()
        store = EmbeddedStore(StoreSettings(path, memory_mb=args.memory_mb, threads=args.threads))
        size = Size(facts=args.facts, last_day=LAST_DAY, days=args.days, domains=args.domains, addresses=args.addresses)
        if not is_made:
            fill(store, size, path)
        _time_all(store, args)
        store.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--domains", type=int, default=20)
    parser.add_argument("--addresses", type=int, default=60_000)
    parser.add_argument("--memory-mb", type=int, default=StoreSettings().memory_mb)
    parser.add_argument("--threads", type=int, default=StoreSettings().threads)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--store", type=Path, help="keep the store in this file, or use the one that is there")
    return parser.parse_args()


def fill(store: EmbeddedStore, size: Size, path: Path) -> None:
    """Keeps all reports, evidence on every address, and verdicts on every flow."""
    made = kept = 0.0
    reports = bulk_reports(7, size)
    number = 0
    while True:
        start = time.process_time()
        batch = list(islice(reports, BATCH))
        made += time.process_time() - start
        if not batch:
            break
        start = time.process_time()
        store.keep([Arrival(ORG, r.policy.domain, number + n, r) for n, r in enumerate(batch)])
        kept += time.process_time() - start
        number += len(batch)
    print(
        f"{size.facts:,} facts of {number:,} reports kept in {kept:.1f} s CPU, {kept / size.facts * 1e6:.2f} us a fact, "
        f"{kept / number * 1e6:.0f} us a report (making them took {made:.1f} s)"
    )
    start = time.process_time()
    changed = store.keep_evidence(_evidence(store))
    print(f"evidence on {len(changed):,} addresses kept in {time.process_time() - start:.1f} s CPU")
    start = time.process_time()
    flows = 0
    for _, domain in store.touched():
        read = store.failing_flows(ORG, [domain], since=LAST_DAY - 89, until=LAST_DAY)
        verdicts = [Judged(flow.key, _verdict(flow.key.source_ip)) for flow, _ in read]
        flows += store.judged(verdicts, at=LAST_DAY * 86_400, why="new_reports")
    print(f"{flows:,} flows read with their contexts and judged in {time.process_time() - start:.1f} s CPU, the judge left out")
    store._duck.checkpoint()
    print(f"{path.stat().st_size / size.facts:.1f} bytes a fact, peak memory {peak_mb()} MiB")


def _evidence(store: EmbeddedStore) -> Iterator[tuple[Evidence, Group]]:
    """Made-up evidence on every address: services in few places, the rest anywhere."""
    for address in store.unknown_addresses(limit=10_000_000):
        rng = random.Random(address)
        service = rng.random() < 0.3
        city = rng.randrange(20 if service else CITIES)
        group = (
            Group(f"svc.s{rng.randrange(SERVICES)}", "")
            if service
            else Group(f"dom.n{int(rng.paretovariate(0.5)) % 5000}.test", "")
        )
        place = Place(("JP", "US", "DE", "BR", "VN")[city % 5], f"City {city}", city / 10.0, city / 5.0)
        yield Evidence(address, Found.YES, f"mx.{address}.test", Found.YES, place, 64500 + city, "Net", at=1), group


def _verdict(address: str) -> Verdict:
    """A made-up verdict, the same for all flows of an address."""
    rng = random.Random(address)
    klass = rng.choices((Class.FORWARDED, Class.FAILING, Class.SPOOF), (3, 3, 4))[0]
    return Verdict(klass, rng.randrange(50, 99) / 100, (Because("no_ptr", klass, 3), Because("never_passed", klass, 2)), "look")


def _questions(store: EmbeddedStore) -> dict[str, dict[str, Callable[[], object]]]:
    """What each page asks."""
    domain = store.domains(_past(30))[0].domain
    host = store.hosts(_past(90, classes=(Class.SPOOF,)), Page()).rows[0].source_ip  # type: ignore[attr-defined]
    busy = store.hosts(_past(90), Page()).rows[0].source_ip  # type: ignore[attr-defined]
    key = store.reports(_past(30), Page("-rows")).rows[0].key  # type: ignore[attr-defined]
    failed = (Class.SPOOF, Class.FAILING, Class.FORWARDED)
    month, quarter = _past(30), _past(90)
    of_domain, of_host, of_busy = _past(90, domains=(domain,)), _past(90, hosts=(host,)), _past(90, hosts=(busy,))
    return {
        "overview, 30 days": {
            "split": lambda: store.split(month),
            "split before": lambda: store.split(_past(30, back=30)),
            "days": lambda: store.days(month),
            "domains": lambda: store.domains(month),
            "shares sgroup by class": lambda: store.shares(_past(30, classes=failed), "sgroup", by="class", limit=200),
            "shares domain by sgroup": lambda: store.shares(_past(30, classes=(Class.FAILING,)), "domain", by="sgroup", limit=500),
            "places": lambda: store.places(month, limit=200),
        },
        "domain, 90 days": {
            "split": lambda: store.split(of_domain),
            "split before": lambda: store.split(_past(30, domains=(domain,), back=90)),
            "days": lambda: store.days(of_domain),
            "groups": lambda: store.groups(of_domain, Page("urgency", size=10)),
            "reporters seen": lambda: store.reporters_seen(of_domain),
            "shares header_from": lambda: store.shares(of_domain, "header_from", by="class"),
        },
        "groups, 90 days": {"groups": lambda: store.groups(quarter, Page("urgency"))},
        "top hosts, 90 days": {
            "hosts": lambda: store.hosts(quarter, Page("urgency")),
            "hosts by messages": lambda: store.hosts(quarter, Page("-messages")),
            "hosts, page 40": lambda: store.hosts(quarter, Page("-messages", 40)),
            "hosts by place": lambda: store.hosts(quarter, Page("country")),
            "hosts of a network": lambda: store.hosts(_past(90, hosts=("198.18.0.0/20",)), Page("urgency")),
            "hosts with text": lambda: store.hosts(_past(90, text="198.18.1"), Page("urgency")),
        },
        "a spoofing host, 90 days": _of_host(store, of_host, host),
        "the busiest host, 90 days": _of_host(store, of_busy, busy),
        "reports, 30 days": {
            "reports": lambda: store.reports(month, Page("-begin")),
            "reports with spoof": lambda: store.reports(_past(30, classes=(Class.SPOOF,)), Page("-begin")),
            "one report": lambda: (store.report(ORG, key), store.report_head(ORG, key)),
            "its rows": lambda: store.rows(_past(30, report=key), Page("-messages", size=100)),
            "rows of all": lambda: store.rows(month, Page("-messages", size=100)),
        },
        "map, 90 days": {"places": lambda: store.places(quarter)},
        "flows, 90 days": {"flows": lambda: store.flows(quarter)},
    }


def _of_host(store: EmbeddedStore, f: Filter, host: str) -> dict[str, Callable[[], object]]:
    return {
        "first seen": lambda: store.first_seen(ORG, host),
        "evidence": lambda: store.evidence([host]),
        "split": lambda: store.split(f),
        "days": lambda: store.days(f),
        "flows": lambda: store.flows(f),
        "shares domain": lambda: store.shares(f, "domain", by="class", limit=10),
        "shares reporter": lambda: store.shares(f, "reporter", by="disposition", limit=10),
        "shares envelope": lambda: store.shares(f, "envelope_from", by="class", limit=10),
        "changes": lambda: store.changes(ORG, host),
        "elsewhere": lambda: store.elsewhere(ORG, host),
    }


def _past(days: int, *, back: int = 0, **words: object) -> Filter:
    """The newest days, or those before."""
    return Filter(ORG, LAST_DAY - back - days + 1, LAST_DAY - back, **words)  # type: ignore[arg-type]


def _time_all(store: EmbeddedStore, args: argparse.Namespace) -> None:
    """Prints the milliseconds of each question, once all are warm; CPU is what tells on a machine that does other work."""
    print(f"\n{args.rounds} rounds, {args.threads} threads\n")
    print("| page | question | CPU ms | p50 ms | p95 ms |\n|---|---|---|---|---|")
    for page, questions in _questions(store).items():
        found = {name: times(ask, args.rounds) for name, ask in questions.items()}
        for name, (cpu, wall) in found.items():
            print(f"| {page} | {name} | {statistics.median(cpu):.1f} | {statistics.median(wall):.1f} | {p95(wall):.1f} |")
        cpu, wall = ([sum(one) for one in zip(*kind, strict=True)] for kind in zip(*found.values(), strict=True))
        if len(found) > 1:
            told = f"{statistics.median(cpu):.1f} | {statistics.median(wall):.1f} | {p95(wall):.1f}"
            print(f"| **{page}** | **all of it** | {told} |")
        sys.stdout.flush()
    print(f"\npeak memory {peak_mb()} MiB")


def times(ask: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Milliseconds of CPU and by the clock."""
    ask()
    cpu, wall = [], []
    for _ in range(rounds):
        start, used = time.perf_counter(), time.process_time()
        ask()
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append((time.process_time() - used) * 1e3)
    return cpu, wall


def p95(found: list[float]) -> float:
    return sorted(found)[int(len(found) * 0.95)]


def peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
