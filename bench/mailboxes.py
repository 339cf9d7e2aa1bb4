"""100,000 mails in a Maildir and in an IMAP folder: time, peak memory, and what a kill in the middle costs.

`python -m bench.mailboxes [COUNT] [KIND ...]`. The reading process stores every batch in SQLite with its cursor, is killed with
SIGKILL at half, and is started again. A third run reads everything without a kill, for the time and the memory.

`python -m bench.mailboxes 12000 reports` is the whole way: 12,000 report mails (260,000 records) in a mailbox of a Dovecot, a real
`sekisho serve` in an empty home that is told of it, until each mail is settled and all that fails is judged.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from sekisho.ingest.config import Tls, config_values, read_config
from sekisho.ingest.imap import ImapConfig
from sekisho.ingest.inbox import After, Batch
from sekisho.ingest.kinds import KINDS, open_inbox
from sekisho.ingest.maildir import MaildirConfig
from sekisho.ingest.pull import Pull

if TYPE_CHECKING:
    from tests.contract.inbox.servers.dovecot import Dovecot

LAST_DAY = 20_780
BODY = b"".join(b"UEsDBBQAAAAIAGF0" + b"%060d\r\n" % n for n in range(50))
"""About 4 kB, as a small report in base64."""


def mail(number: int) -> bytes:
    """A small report mail."""
    return b"From: reporter@example.test\r\nSubject: Report Domain: example.test Report-ID: %d\r\n\r\n" % number + BODY


def work(path: str) -> None:
    """The reading process: pulls until nothing is left, and prints seconds and peak memory."""
    db = sqlite3.connect(path)
    kind, values = db.execute("SELECT kind, settings FROM inbox").fetchone()
    pull = Pull(db.execute("SELECT cursor FROM inbox").fetchone()[0])

    def keep(batch: Batch) -> None:
        with db:
            db.executemany("INSERT INTO kept (size, head) VALUES (?, ?)", [(len(d.data), d.data[:100]) for d in batch.deliveries])

    start, cpu = time.monotonic(), time.process_time()
    with open_inbox(read_config(KINDS[kind], json.loads(values))) as inbox:
        while (batch := pull.once(inbox, keep)).deliveries or batch.left:
            with db:
                db.execute("UPDATE inbox SET cursor = ?", [pull.cursor])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.monotonic() - start:.1f} s, {time.process_time() - cpu:.1f} s CPU, peak {peak:.0f} MiB")


def ledger(path: Path, kind: str, values: dict[str, str | int | bool]) -> sqlite3.Connection:
    """A new database with the intake's settings."""
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    with db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE inbox (kind, settings, cursor)")
        db.execute("CREATE TABLE kept (size, head)")
        db.execute("INSERT INTO inbox VALUES (?, ?, '')", [kind, json.dumps(values)])
    return db


def start(path: Path) -> subprocess.Popen[bytes]:
    """Starts the reading process."""
    return subprocess.Popen([sys.executable, "-m", "bench.mailboxes", "--work", str(path)])


def measure(path: Path, kind: str, values: dict[str, str | int | bool], count: int) -> None:
    """One run without and one with a kill; every mail must have come."""
    print(f"{kind}, {values['after']}, {count:,} mails of {len(mail(0))} bytes")
    db = ledger(path, kind, values | {"after": "leave"})
    print("  whole run, leaving:  ", end="", flush=True)
    assert start(path).wait() == 0
    check(db, count)
    db = ledger(path, kind, values)
    reader = start(path)
    while db.execute("SELECT count(*) FROM kept").fetchone()[0] < count // 2:
        time.sleep(0.02)
    os.kill(reader.pid, signal.SIGKILL)
    reader.wait()
    before = db.execute("SELECT count(*) FROM kept").fetchone()[0]
    print(f"  killed at {before:,}; the rest: ", end="", flush=True)
    assert start(path).wait() == 0
    check(db, count)


def check(db: sqlite3.Connection, count: int) -> None:
    """All have come; tells how many came twice."""
    total, different = db.execute("SELECT count(*), count(DISTINCT head) FROM kept").fetchone()
    assert different == count, f"{count - different} are missing"
    print(f"    all {different:,} came, {total - different} of them twice")


def maildir(root: Path, count: int) -> None:
    """A Maildir in a scratch folder."""
    home = root / "Maildir"
    for part in ("tmp", "new", "cur"):
        (home / part).mkdir(parents=True)
    for n in range(count):
        (home / "new" / f"{1_700_000_000 + n}.M{n}.host").write_bytes(mail(n))
    measure(root / "maildir.sqlite3", "maildir", config_values(MaildirConfig(str(home), After.MOVE)), count)


@contextmanager
def dovecot(root: Path) -> Iterator[Dovecot]:
    """A Dovecot on loopback."""
    import trustme
    from tests.contract.inbox.servers.dovecot import Dovecot

    made = trustme.CA().issue_cert("localhost")
    made.private_key_and_cert_chain_pem.write_to_path(root / "cert.pem")
    server = Dovecot(root, root / "cert.pem", root / "cert.pem", root / "cert.pem")
    server.start()
    try:
        yield server
    finally:
        server.stop()


def imap(root: Path, count: int) -> None:
    """A mailbox of a Dovecot on loopback."""
    from tests.contract.inbox.servers.dovecot import PASSWORD

    with dovecot(root) as server:
        user = server.user()
        for n in range(count):
            server.put(user, mail(n))
        config = ImapConfig("127.0.0.1", user, PASSWORD, port=server.imap, tls=Tls.NONE, after=After.MOVE)
        measure(root / "imap.sqlite3", "imap", config_values(config), count)


RECORDS = 260_000 / 12_000
"""Records of a mail, on the average."""
DOMAINS, DAYS, REPORTERS = 40, 60, 60


def report_mails(count: int) -> tuple[list[bytes], int]:
    """Report mails of many domains, days and reporters, always the same, and their records in all."""
    from sekisho.sample.bulk import BulkDomain, Size, bulk_reporters
    from sekisho.sample.post import report_mail

    rng = Random(7)
    size = Size(0, LAST_DAY, days=DAYS, domains=DOMAINS, addresses=40_000)
    domains, reporters = [BulkDomain(7, number, size) for number in range(DOMAINS)], bulk_reporters(REPORTERS)
    days = range(LAST_DAY - DAYS + 1, LAST_DAY + 1)
    wanted = rng.sample([(d, r, day) for d in domains for r in reporters for day in days], count)
    mails, records = [], 0
    for domain, reporter, day in wanted:
        report = domain.report(day, reporter, 1 + int(rng.expovariate(1 / (RECORDS - 0.5))))
        records += len(report.rows)
        mails.append(report_mail(report, reporter, report.end + 3600 * reporter.hour))
    return mails, records


def reports(root: Path, count: int) -> None:
    """The way of report mails from a mailbox of a Dovecot to judged facts."""
    from tests.cli.run import sekisho
    from tests.cli.served import Served, add_inbox, outcomes, rows, until
    from tests.contract.inbox.servers.dovecot import PASSWORD

    mails, records = report_mails(count)
    print(f"imap, {count:,} report mails, {records:,} records, {sum(map(len, mails)) / count / 1024:.1f} KiB each", flush=True)
    with dovecot(root) as server:
        user = server.user()
        for one in mails:
            server.put(user, one)
        del mails
        home = root / "home"
        sekisho(home, ["org", "add", "acme"], check=True)
        (root / "word").write_text(PASSWORD + "\n")
        values = {"host": "127.0.0.1", "user": user, "port": server.imap, "tls": "none", "after": "flag"}
        add_inbox(home, "imap", values, "--adopt", "--secret-file", f"password={root / 'word'}")
        began = time.monotonic()
        with Served(home) as served:
            until(lambda: outcomes(home).total() >= count, seconds=1800)
            read = time.monotonic() - began
            until(lambda: not rows(home, "SELECT 1 FROM registry_delivery WHERE state = 0 LIMIT 1"), seconds=60)
            pid = served.pid
            peak = int(Path(f"/proc/{pid}/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
            used = sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        cost = f"{read:.1f} s, {used:.1f} s CPU, peak {peak:.0f} MiB"
        print(f"  from the start of the server to the last mail settled: {cost}; {dict(outcomes(home))}")
    told = sekisho(home, ["export", "records", "--format", "csv"], check=True).stdout.count("\n") - 1
    assert told == records, f"{told} records of {records}"


def main() -> None:
    """Runs the kinds that are named, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("kinds", nargs="*", default=["maildir", "imap"], help="maildir, imap, reports")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(given.work)
        return
    for kind in given.kinds:
        root = Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
        root.chmod(0o755)
        try:
            {"maildir": maildir, "imap": imap, "reports": reports}[kind](root, given.count)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
