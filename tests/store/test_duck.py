"""The file of the embedded store: one owner, one writer, readers that never wait, and nothing half kept after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from sekisho.core.errors import StoreBusy, StoreError
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from tests.contract.store.build import ALICE, DAY, arrival, everything, row

ROOT = Path(__file__).resolve().parents[2]


def start(code: str, *values: object) -> subprocess.Popen[str]:
    """Another process of ours, with the paths this one has."""
    told = [str(value) for value in values]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    program = [sys.executable, "-c", textwrap.dedent(code), *told]
    return subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "facts.duckdb"


@pytest.fixture
def store(path: Path) -> Iterator[EmbeddedStore]:
    opened = EmbeddedStore(StoreSettings(path))
    yield opened
    opened.close()


def test_what_was_kept_is_there_after_reopening(path: Path) -> None:
    store = EmbeddedStore(StoreSettings(path))
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    store.close()
    again = EmbeddedStore(StoreSettings(path))
    assert again.split(everything()).messages == 3
    assert again.touched() == [(ALICE, "example.com")]
    again.keep([arrival(2, [row("192.0.2.1", 1), row("192.0.2.2", 1)])])
    assert len({fact.source_ip for fact in again.export(everything())}) == 2
    again.close()


def test_a_file_this_process_has_is_busy(store: EmbeddedStore, path: Path) -> None:
    with pytest.raises(StoreBusy, match=str(os.getpid())):
        EmbeddedStore(StoreSettings(path))
    assert store.bounds(ALICE) is None


OWN = """
    import sys
    from sekisho.store.embedded import EmbeddedStore, StoreSettings
    store = EmbeddedStore(StoreSettings(sys.argv[1]))
    print("open", flush=True)
    sys.stdin.readline()
"""


def test_a_file_of_another_process_is_busy_and_says_whose_it_is(path: Path) -> None:
    owner = start(OWN, path)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "open\n"
    try:
        with pytest.raises(StoreBusy, match=rf"pid {owner.pid}\b"):
            EmbeddedStore(StoreSettings(path))
    finally:
        owner.kill()
        owner.communicate()
    EmbeddedStore(StoreSettings(path)).close()


KEEP_UNTIL_KILLED = """
    import sys
    from sekisho.store.embedded import EmbeddedStore, StoreSettings
    from tests.contract.store.build import arrival, row
    store = EmbeddedStore(StoreSettings(sys.argv[1], stage_rows=40))
    for batch in range(int(sys.argv[2]), 10_000):
        store.keep([arrival(20 * batch + n, [row(f"192.0.2.{r}", 1 + n) for r in range(7)]) for n in range(20)])
        print(batch, flush=True)
"""


@pytest.mark.slow
def test_nothing_is_half_kept_or_lost_when_the_owner_is_killed(path: Path) -> None:
    said, first = -1, 0
    for wait in (1, 3, 6):
        owner = start(KEEP_UNTIL_KILLED, path, first)
        assert owner.stdout is not None
        for _ in range(wait):
            said = int(owner.stdout.readline())
        owner.send_signal(signal.SIGKILL)
        rest, _ = owner.communicate()
        said = max([said, *map(int, rest.split())])
        store = EmbeddedStore(StoreSettings(path))
        reports, rows, ids = store_counts(store)
        assert reports % 20 == 0
        assert reports // 20 - 1 in (said, said + 1), "what was told kept is kept, and at most the batch under way besides"
        assert rows == 7 * reports
        assert ids == {f"id-{n}" for n in range(reports)}
        first = reports // 20
        store.close()


def store_counts(store: EmbeddedStore) -> tuple[int, int, set[str]]:
    """Reports, rows, and the ids that rows have."""
    facts = list(store.export(everything()))
    return store.reporters_seen(everything())[0], len(facts), {fact.report_id for fact in facts}


def test_readers_see_the_last_commit_and_do_not_wait_for_the_writer(store: EmbeddedStore) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    seen: list[int] = []

    def read() -> None:
        seen.append(store.split(everything()).messages)

    with store.transaction():
        store.keep([arrival(2, [row("192.0.2.1", 5)])])
        reader = threading.Thread(target=read)
        reader.start()
        reader.join(10)
        assert seen == [3]
        assert store.split(everything()).messages == 8
    read()
    assert seen == [3, 8]


def test_many_threads_write_and_read_together(store: EmbeddedStore) -> None:
    def write(first: int) -> None:
        for n in range(first, first + 10):
            store.keep([arrival(n, [row(f"192.0.2.{n}", 1), row("192.0.2.1", 1)])])

    def read(_: int) -> None:
        for _ in range(20):
            assert store.split(everything()).messages % 2 == 0

    with ThreadPoolExecutor(6) as pool:
        work = [pool.submit(write, first) for first in (0, 10, 20)] + [pool.submit(read, n) for n in range(3)]
        for done in work:
            done.result(60)
    assert store.split(everything()).messages == 60


def test_a_mark_made_while_a_domain_is_judged_outlives_its_settling(store: EmbeddedStore) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)])])
    flows = store.failing_flows(ALICE, ["example.com"], since=0, until=DAY)
    store.keep([arrival(2, [row("192.0.2.1", 1)])])
    list(flows)
    store.settle_touched(ALICE, ["example.com"])
    assert store.touched() == [(ALICE, "example.com")]
    list(store.failing_flows(ALICE, ["example.com"], since=0, until=DAY))
    store.settle_touched(ALICE, ["example.com"])
    assert store.touched() == []


def test_a_database_of_something_else_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE cats (name VARCHAR)").fetchall()
    with pytest.raises(StoreError, match="not one of facts"):
        EmbeddedStore(StoreSettings(path))


def test_tables_of_another_version_are_refused(path: Path) -> None:
    EmbeddedStore(StoreSettings(path)).close()
    with duckdb.connect(str(path)) as other:
        other.execute("UPDATE meta SET version = 999").fetchall()
    with pytest.raises(StoreError, match="version 999"):
        EmbeddedStore(StoreSettings(path))
    EmbeddedStore(StoreSettings(":memory:")).close()


def test_a_file_that_is_no_database_is_refused_and_stays_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"hello" * 5000)
    with pytest.raises(StoreError, match="cannot be opened"):
        EmbeddedStore(StoreSettings(path))
    assert path.read_bytes() == b"hello" * 5000
    path.unlink()
    EmbeddedStore(StoreSettings(path)).close()


def test_the_engine_reads_no_other_file(store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(StoreError, match="disabled"):
        store._duck.read("SELECT * FROM read_csv(?)", (str(tmp_path / "secret.csv"),))


def test_a_question_larger_than_the_memory_goes_by_way_of_the_disk(path: Path) -> None:
    store = EmbeddedStore(StoreSettings(path, memory_mb=64))
    sql = "SELECT COUNT(*) FROM (SELECT i, COUNT(*) FROM (SELECT (i * 7919) % 2000000 AS i FROM range(4000000) t(i)) GROUP BY i)"
    assert store._duck.read(sql) == [(2_000_000,)]
    store.close()


@pytest.mark.parametrize(("flows", "memory"), [(1_000, "64.0 MiB"), (256_000, "286.0 MiB"), (5_000_000, "300.0 MiB")])
def test_very_many_flows_get_more_memory_up_to_a_bound(path: Path, flows: int, memory: str) -> None:
    store = EmbeddedStore(StoreSettings(path, memory_mb=64, most_memory_mb=300, threads=1))
    for _ in range(2):
        store._duck.make_room(flows)
    assert store._duck.read("SELECT current_setting('memory_limit')") == [(memory,)]
    store.close()


def test_memory_that_was_set_is_never_exceeded(path: Path) -> None:
    store = EmbeddedStore(StoreSettings(path, memory_mb=200, threads=1))
    store._duck.make_room(5_000_000)
    assert store._duck.read("SELECT current_setting('memory_limit')") == [("200.0 MiB",)]
    store.close()
