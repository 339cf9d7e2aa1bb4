"""Pages while mail is taken in, from arrival to page, and start to first page: python -m bench.during [--facts 1000000] [--rate 0].

A real `sekisho serve` over a store with so many facts, its LMTP listener, and a person who opens one page after the other by HTTP,
all on loopback. Times are those by the clock that the person sees, so they hold for a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import http.client
import os
import smtplib
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench.corpora import Corpus, reports
from bench.pages import LAST_DAY, ORG, fill, p95

from sekisho.sample.bulk import BulkDomain, Size
from sekisho.sample.post import report_mail
from sekisho.sample.reporters import REPORTERS

RUA = "rua@mx.example.test"
DOMAINS = 40
PATIENCE_S = 120.0
ROUNDS, TURNS = 15, 3
"""How often each page is opened, idle and while mail comes in; and how often both."""
LINES = 2
"""Connections over which mail comes."""
MAILS_A_LINE = 100
"""After so many a connection is made anew; a server takes only so many on one."""
ARRIVALS = 10


@dataclass(frozen=True)
class Person:
    """Somebody with a session, on one connection that is kept open as a browser does."""

    port: int
    session: str

    def get(self, path: str) -> tuple[float, str]:
        """Milliseconds and the page."""
        start = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        try:
            line.request("GET", path, headers={"Cookie": f"sekisho_session={self.session}", "Accept-Language": "en"})
            answer = line.getresponse()
            page = answer.read().decode()
        finally:
            line.close()
        if answer.status != 200:
            raise ConnectionError(f"{path}: {answer.status}")
        return (time.perf_counter() - start) * 1e3, page


def main() -> None:
    """Measures the three, and prints them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--mails", type=int, default=6_000, help="at most so many come in")
    parser.add_argument("--rate", type=float, default=0.0, help="mails a second; 0 = as fast as they are taken")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ |= {"SEKISHO_HOME": folder, "SEKISHO_DNS_SERVERS": "off", "SEKISHO_RDAP": "off"}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sekisho.web.settings")
        lmtp, port = _free_port(), _free_port()
        session, spoofer = _set_up(home, args.facts, lmtp)
        person = Person(port, session)
        pages = _pages(spoofer)
        print(f"{args.facts:,} facts, {len(pages)} pages, {os.cpu_count()} cores", flush=True)
        _starts(person)
        with _server(person):
            _measure(person, pages, lmtp, args)


def _set_up(home: Path, facts: int, lmtp: int) -> tuple[str, str]:
    """The home with its organisation, store and listener; the session of a person, and the busiest spoofer."""
    from sekisho.cli.house import open_house, open_registry

    settings = open_registry()
    from django.test import Client

    from sekisho.core.terms import Class
    from sekisho.flow import judge_touched
    from sekisho.intake.kinds import set_up
    from sekisho.registry import inboxes
    from sekisho.registry.models import Domain, Member, Organisation, User
    from sekisho.store.embedded import EmbeddedStore
    from sekisho.store.query import Filter, Page

    org = Organisation.objects.create(pk=ORG, slug="big", name="Big")
    for number in range(DOMAINS):
        Domain.objects.create(organisation=org, name=BulkDomain(7, number, Size(0, LAST_DAY, domains=DOMAINS)).name)
    user = User.objects.create_user("alice@example.com", "long-password-1")
    Member.objects.create(organisation=org, user=user, role="owner")
    values = {"port": str(lmtp), "hostname": "mx.example.test", "addresses": RUA, "lmtp": "on"}
    inboxes.add(org.pk, set_up("smtp", "", values, adopt=False))
    with open_house(settings) as house:
        assert isinstance(house.store, EmbeddedStore)
        fill(house.store, Size(facts, LAST_DAY, domains=DOMAINS, addresses=60_000), home / "facts.duckdb")
        judge_touched(house)
        row = house.store.hosts(Filter(ORG, LAST_DAY - 89, LAST_DAY, classes=(Class.SPOOF,)), Page()).rows[0]
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client.cookies["sekisho_session"].value, str(getattr(row, "source_ip", ""))


def _pages(spoofer: str) -> list[str]:
    return [
        "/big/overview",
        "/big/domains/",
        "/big/domains/example.com/?range=90d",
        "/big/groups/",
        "/big/hosts/?range=90d",
        f"/big/hosts/{spoofer}/",
        "/big/reports/",
        "/big/alerts/",
    ]


@contextmanager
def _server(person: Person) -> Iterator[float]:
    """The server, ended at the end; yields the seconds from its start to the first whole page."""
    began = time.perf_counter()
    argv = [sys.executable, "-m", "sekisho", "serve", "--port", str(person.port)]
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL)
    try:
        while True:
            try:
                person.get("/big/overview")
                break
            except OSError:
                if process.poll() is not None:
                    raise
                time.sleep(0.01)
        yield time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(60)


def _starts(person: Person) -> None:
    """From the start of the program to a whole overview in the hands of a person who is signed in."""
    took = []
    for _start in range(3):
        with _server(person) as seconds:
            took.append(seconds)
    print(
        f"start to first page: {statistics.median(took):.2f} s (of {len(took)}: {', '.join(f'{s:.2f}' for s in took)})", flush=True
    )


def _measure(person: Person, pages: Sequence[str], lmtp: int, args: argparse.Namespace) -> None:
    """Idle and busy in turns, so that what else the machine does falls on both."""
    every: list[list[list[float]]] = [[[] for _page in pages], [[] for _page in pages]]
    for turn in range(TURNS):
        _settle(person, pages)
        _add(every[0], _opened(person, pages, ROUNDS))
        arrivals = [_arrivals(person, lmtp, 100 * turn)]
        with _coming(lmtp, args.mails, args.rate, turn) as count:
            time.sleep(2)
            before, settled, began = count(), _settled(), time.perf_counter()
            _add(every[1], _opened(person, pages, ROUNDS))
            took = time.perf_counter() - began
            rates = f"{(count() - before) / took:.0f} mails a second taken, {(_settled() - settled) / took:.0f} settled"
            arrivals.append(_arrivals(person, lmtp, 100 * turn + ARRIVALS))
        print(f"{rates}, load {os.getloadavg()[0]:.1f}; arrival to page: {'; busy '.join(map(_told, arrivals))}", flush=True)
    for when, took_ms in zip(("idle", "while mail comes in"), every, strict=True):
        _tell(when, took_ms)
    flat = [[one for page in kind for one in page] for kind in every]
    print(f"all pages: p50 {statistics.median(flat[1]) / statistics.median(flat[0]):.1f} times idle, ", end="")
    print(f"p95 {p95(flat[1]) / p95(flat[0]):.1f} times idle; page by page:")
    for path, was, now in zip(pages, *every, strict=True):
        print(f"  {path:40} p95 {p95(was):6.0f} ms idle, {p95(now):6.0f} ms busy, {p95(now) / p95(was):.1f} times")


def _add(all_of: Sequence[list[float]], more: Sequence[list[float]]) -> None:
    for mine, new in zip(all_of, more, strict=True):
        mine += new


def _settle(person: Person, pages: Sequence[str]) -> None:
    """Waits until all that came is read, judged and asked for again, and the pages have been opened."""
    end = time.monotonic() + PATIENCE_S
    while _registry("SELECT count(*) FROM registry_delivery WHERE state = 0") and time.monotonic() < end:
        time.sleep(0.1)
    _opened(person, pages, 1)
    time.sleep(8)
    _opened(person, pages, 1)


def _settled() -> int:
    return _registry("SELECT count(*) FROM registry_delivery WHERE state <> 0")


def _registry(question: str) -> int:
    with closing(sqlite3.connect(Path(os.environ["SEKISHO_HOME"]) / "registry.sqlite3", timeout=PATIENCE_S)) as database:
        return int(database.execute(question).fetchone()[0])


def _opened(person: Person, pages: Sequence[str], rounds: int) -> list[list[float]]:
    """Milliseconds of each page, one after the other, some rounds of them."""
    took: list[list[float]] = [[] for _page in pages]
    for _round in range(rounds):
        for path, mine in zip(pages, took, strict=True):
            mine.append(person.get(path)[0])
    return took


def _tell(when: str, took: Sequence[Sequence[float]]) -> None:
    every = [one for page in took for one in page]
    print(f"{when}: p50 {statistics.median(every):.0f} ms, p95 {p95(every):.0f} ms, most {max(every):.0f} ms", flush=True)


def _told(seconds: Sequence[float]) -> str:
    return f"median {statistics.median(seconds):.1f} s, most {max(seconds):.1f} s of {len(seconds)}"


def _arrivals(person: Person, lmtp: int, first: int) -> list[float]:
    """Seconds from the end of the delivery of a mail until the list of reports shows its report."""
    took = []
    domain = BulkDomain(11, 0, Size(0, LAST_DAY, domains=DOMAINS))
    for number in range(first, first + ARRIVALS):
        name = f"arrival-{number}"
        report = replace(domain.report(LAST_DAY, REPORTERS[0], 5), report_id=name)
        with smtplib.LMTP("127.0.0.1", lmtp, timeout=PATIENCE_S) as line:
            line.sendmail("reporter@example.net", [RUA], report_mail(report, REPORTERS[0], report.end))
        began = time.perf_counter()
        while name not in _rows(person, name):
            if time.perf_counter() - began > PATIENCE_S:
                raise TimeoutError(f"{name} did not come")
            time.sleep(0.05)
        took.append(time.perf_counter() - began)
    return took


def _rows(person: Person, name: str) -> str:
    """The body of the table of reports, where the name of a report stands only when it is found."""
    _took, page = person.get(f"/big/reports/?q={name}")
    return page.partition("<tbody")[2].partition("</tbody")[0]


@contextmanager
def _coming(lmtp: int, most: int, rate: float, turn: int) -> Iterator[Callable[[], int]]:
    """Mails come in over some connections until the end; yields how many have been taken."""
    mails = [
        report_mail(report, reporter, report.end)
        for reporter, report in reports(Corpus(f"D{turn}", most, "gz", (1, 30)), 5, DOMAINS)
    ]
    left, ended = iter(mails), threading.Event()
    taken, lock = [0], threading.Lock()

    def send() -> None:
        while not ended.is_set():
            with smtplib.LMTP("127.0.0.1", lmtp, timeout=PATIENCE_S) as line:
                for _mail in range(MAILS_A_LINE):
                    with lock:
                        mail = next(left, None)
                    if mail is None or ended.is_set():
                        return
                    line.sendmail("reporter@example.net", [RUA], mail)
                    with lock:
                        taken[0] += 1
                    if rate:
                        time.sleep(LINES / rate)

    threads = [threading.Thread(target=send) for _line in range(LINES)]
    for thread in threads:
        thread.start()
    try:
        yield lambda: taken[0]
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


if __name__ == "__main__":
    main()
