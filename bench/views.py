"""Times whole pages on a big made-up store, as a browser would ask for them: python -m bench.views --facts 10000000.

The server's time from the request to the last byte of the page, in this process, everything being in memory. *First* is with no
answer remembered, as after each report that comes in; *kept* is after the server has had the time to ask again what pages asked
before, and what that takes is the CPU beside it; *again* is with all answers, as when a page is opened a second time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.pages import LAST_DAY, ORG, fill, p95, peak_mb

from sekisho.sample.bulk import Size, bulk_reports
from sekisho.store import looks

DAYS = "2026-08-26..2026-11-23"
"""90 days until `LAST_DAY`; a named range would move with the day of the measurement."""
HEAD = (
    "\n| page | questions | first, ms | p95 | CPU, ms | kept, ms | CPU before | again, ms | p95 | kB |"
    "\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)
MONTH = "2026-10-25..2026-11-23"


def main() -> None:
    """Makes the store, unless it is there, and prints a table."""
    args = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"SEKISHO_HOME": folder, "SEKISHO_DNS_SERVERS": "off", "SEKISHO_RDAP": "off"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.web.settings")
        path = args.store or Path(folder) / "facts.duckdb"
        os.environ["SEKISHO_FACTS_URL"] = f"duckdb:///{path}"
        size = Size(facts=args.facts, last_day=LAST_DAY, days=args.days, domains=args.domains, addresses=args.addresses)
        _measure(path, size, args.rounds)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--domains", type=int, default=20)
    parser.add_argument("--addresses", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--store", type=Path, help="keep the store in this file, or use the one that is there")
    return parser.parse_args()


def _measure(path: Path, size: Size, rounds: int) -> None:
    from sekisho.cli.house import open_house, open_registry
    from sekisho.store.embedded import EmbeddedStore

    settings = open_registry()
    is_made = path.exists()
    with open_house(settings) as house:
        store = house.store
        assert isinstance(store, EmbeddedStore)
        if not is_made:
            fill(store, size, path)
        _register(size)
        client, asked = _client(), _listen(store)
        print(HEAD)
        for name, address in _addresses(store):
            print(f"| {name} | {_timed(store, client, address, asked, rounds)} |", flush=True)
    print(f"\npeak memory {peak_mb()} MiB")


def _register(size: Size) -> None:
    """The organisation of the facts, with all of its domains and a person."""
    from sekisho.registry.models import Domain, Member, Organisation, User

    org = Organisation.objects.create(pk=ORG, slug="big", name="Big")
    names = {report.policy.domain for report in bulk_reports(7, Size(5_000, LAST_DAY, 1, size.domains, addresses=size.addresses))}
    for name in sorted(names):
        Domain.objects.create(organisation=org, name=name)
    user = User.objects.create_user("alice@example.com", "long-password-1")
    Member.objects.create(organisation=org, user=user, role="owner")


def _client():  # type: ignore[no-untyped-def]  # Django can be imported only after its settings are there
    from django.test import Client

    from sekisho.registry.models import User

    client = Client(headers={"accept-language": "en", "host": "localhost"})
    client.force_login(User.objects.get())
    return client


def _listen(store) -> list[str]:  # type: ignore[no-untyped-def]
    """Notes each question that reaches the engine."""
    asked: list[str] = []
    remembered = store._remembered
    ask = remembered._ask

    def listening(sql: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        start = time.perf_counter()
        rows = list(ask(sql, values))
        took = (time.perf_counter() - start) * 1e3
        asked.append(sql)
        if SHOW and took > SHOW:
            print(f"    {took:7.1f} ms {sql} {list(values)[:12]}")
        return rows

    remembered._ask = listening
    return asked


SHOW = float(os.environ.get("BENCH_SHOW_MS", "0"))
"""Questions that take longer are printed; none when 0."""


def _addresses(store) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    """The pages, with the range that a person would choose."""
    from sekisho.core.terms import Class
    from sekisho.store.query import Filter, Page

    quarter = Filter(ORG, LAST_DAY - 89, LAST_DAY)
    domain = max(store.domains(quarter), key=lambda d: d.split.messages).domain
    spoof = store.hosts(Filter(ORG, LAST_DAY - 89, LAST_DAY, classes=(Class.SPOOF,)), Page()).rows[0]
    busy = store.hosts(quarter, Page()).rows[0]
    report = store.reports(Filter(ORG, LAST_DAY, LAST_DAY), Page("-rows")).rows[0]
    return [
        ("overview, 30 days", f"overview?range={MONTH}"),
        ("overview, 90 days", f"overview?range={DAYS}"),
        ("overview, 30 days, compared", f"overview?range={MONTH}&compare=prev"),
        ("domains, 90 days", f"domains/?range={DAYS}"),
        ("the largest domain, 90 days", f"domains/{domain}/?range={DAYS}"),
        ("its path to reject, 30 days", f"domains/{domain}/what-if/?range={MONTH}"),
        ("sending groups, 90 days", f"groups/?range={DAYS}"),
        ("the group of the busiest host, 90 days", f"groups/{busy.group}/?range={DAYS}"),
        ("top hosts, 90 days", f"hosts/?range={DAYS}"),
        ("top hosts by messages, 90 days", f"hosts/?range={DAYS}&sort=-messages"),
        ("hosts of one domain, 90 days", f"domains/{domain}/hosts/?range={DAYS}"),
        ("hosts by free text, 90 days", f"hosts/?range={DAYS}&q=198.18.1"),
        ("a spoofing host, 90 days", f"hosts/{spoof.source_ip}/?range={DAYS}"),
        ("the busiest host, 90 days", f"hosts/{busy.source_ip}/?range={DAYS}"),
        ("map, 90 days", f"map?range={DAYS}"),
        ("campaigns, 30 days", f"campaigns/?range={MONTH}"),
        ("campaigns, 90 days", f"campaigns/?range={DAYS}"),
        ("reports, 30 days", f"reports/?range={MONTH}"),
        ("reports with spoofing, 90 days", f"reports/?range={DAYS}&class=spoof"),
        ("one report", f"reports/{report.key}/"),
        ("alerts", "alerts/"),
    ]


def _timed(store, client, address: str, asked: list[str], rounds: int) -> str:  # type: ignore[no-untyped-def]
    """A line of the table."""
    _once(client, address)
    first, cpu, kept, before, again = [], [], [], [], []
    for _round in range(rounds):
        store._looks._looks.clear()
        _forget(store)
        asked.clear()
        cpu.append(_cpu(lambda: first.append(_once(client, address))))
        questions = len(asked)
        _forget(store)
        before.append(_cpu(lambda: _kept_current(store)))
        kept.append(_once(client, address))
        again.append(_once(client, address))
    size = len(client.get(f"/big/{address}").content) / 1000
    middle = statistics.median
    told = middle(first), p95(first), middle(cpu), middle(kept), middle(before), middle(again), p95(again), size
    return " | ".join((str(questions), *(f"{n:.0f}" for n in told)))


def _forget(store) -> None:  # type: ignore[no-untyped-def]
    """Facts have changed."""
    store._remembered.changed([ORG], at_once=True)


def _kept_current(store) -> None:  # type: ignore[no-untyped-def]
    """As the server does once it is quiet."""
    looks.QUIET_S = 0.0
    store.freshen(lambda: True)


def _cpu(step: Callable[[], None]) -> float:
    """Milliseconds of CPU of all threads."""
    used = time.process_time()
    step()
    return (time.process_time() - used) * 1e3


def _once(client, address: str) -> float:  # type: ignore[no-untyped-def]
    """Milliseconds of a page."""
    start = time.perf_counter()
    answer = client.get(f"/big/{address}")
    took = (time.perf_counter() - start) * 1e3
    assert answer.status_code == 200, (address, answer.status_code)
    return took


if __name__ == "__main__":
    main()
