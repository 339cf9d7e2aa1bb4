"""100,000 mails in a Maildir and in an IMAP folder: time, peak memory, and what a kill in the middle costs.

`python -m bench.mailboxes [COUNT] [KIND ...]`. The reading process stores every batch in SQLite with its cursor, is killed with
SIGKILL at half, and is started again. A third run reads everything without a kill, for the time and the memory.
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
from pathlib import Path

from sekisho.ingest.config import Tls, config_values, read_config
from sekisho.ingest.imap import ImapConfig
from sekisho.ingest.inbox import After, Batch
from sekisho.ingest.kinds import KINDS, open_inbox
from sekisho.ingest.maildir import MaildirConfig
from sekisho.ingest.pull import Pull

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


def imap(root: Path, count: int) -> None:
    """A mailbox of a Dovecot on loopback."""
    import trustme
    from tests.contract.inbox.servers.dovecot import PASSWORD, Dovecot

    made = trustme.CA().issue_cert("localhost")
    made.private_key_and_cert_chain_pem.write_to_path(root / "cert.pem")
    server = Dovecot(root, root / "cert.pem", root / "cert.pem", root / "cert.pem")
    server.start()
    try:
        user = server.user()
        for n in range(count):
            server.put(user, mail(n))
        config = ImapConfig("127.0.0.1", user, PASSWORD, port=server.imap, tls=Tls.NONE, after=After.MOVE)
        measure(root / "imap.sqlite3", "imap", config_values(config), count)
    finally:
        server.stop()


def main() -> None:
    """Runs the kinds that are named, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=100_000)
    parser.add_argument("kinds", nargs="*", default=["maildir", "imap"])
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(given.work)
        return
    for kind in given.kinds:
        root = Path(tempfile.mkdtemp(prefix="sekisho-bench-"))
        root.chmod(0o755)
        try:
            {"maildir": maildir, "imap": imap}[kind](root, given.count)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
