"""Sums at hand change no answer: they are those of the facts, of one organisation and one edition, and never too many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from sekisho.core.terms import Class
from sekisho.store import near, remembered
from sekisho.store.duck import NEAR
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Filter, GroupSum, HostSum, Page
from sekisho.store.sql import where
from sekisho.store.sums import by_host, made
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, everything, evidence, group, judged, row, said

CLASSES = (Class.SPOOF, Class.FAILING, Class.FORWARDED)
QUESTIONS: tuple[Callable[[EmbeddedStore, Filter], object], ...] = (
    lambda store, f: store.groups(f, Page("urgency", size=3)),
    lambda store, f: store.hosts(f, Page("urgency", size=3)),
    lambda store, f: store.hosts(f, Page("country", size=3)),
    lambda store, f: store.hosts(f, Page("confidence", size=3)),
    lambda store, f: store.places(f),
    lambda store, f: store.shares(f, "sgroup", by="class"),
    lambda store, f: store.shares(f, "sgroup", limit=2),
)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedStore]:
    monkeypatch.setattr(near, "LEAST_FACTS", 100)
    made_here = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))
    fill(made_here, ALICE, 1)
    fill(made_here, CHARLIE, 2)
    yield made_here
    made_here.close()


def fill(store: EmbeddedStore, org: int, seed: int) -> None:
    """Forty addresses in six groups, that pass, fail, or send nothing."""
    rng = Random(seed)
    addresses = [f"198.51.100.{n}" for n in range(40)]
    store.keep_evidence([(evidence(ip, at=1), group(f"dom.n{n % 6}.test")) for n, ip in enumerate(addresses)])
    for number in range(12):
        rows = [row(rng.choice(addresses), rng.choice((0, 1, 7)), dkim=rng.random() < 0.5) for _ in range(30)]
        store.keep([arrival(number, rows, org=org, day=DAY + number)])
    store.judged([judged(rng.choice(CLASSES), ip, said(), org=org) for ip in addresses], at=1, why="new_reports")


def tables(store: EmbeddedStore) -> list[str]:
    """Names of the tables at hand."""
    sql = "SELECT table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY table_name"
    return [name for (name,) in store._duck.read(sql, [NEAR])]


def told(store: EmbeddedStore, f: Filter) -> list[object]:
    """All answers that begin with sums by address."""
    return [question(store, f) for question in QUESTIONS]


@pytest.mark.parametrize("few", [{}, {"domains": ("example.com",)}, {"classes": CLASSES}, {"groups": ("dom.n1.test",)}])
def test_answers_are_those_of_the_facts(store: EmbeddedStore, few: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    f = replace(everything(), since=DAY + 2, until=DAY + 9, **few)  # type: ignore[arg-type]
    with_sums = told(store, f)
    assert bool(tables(store)) is not bool(few.keys() & {"classes", "groups"})
    monkeypatch.setattr(store._remembered, "_dress", remembered._as_it_is)
    store._remembered.changed([ALICE])
    assert with_sums == told(store, f)


def test_both_ways_to_sum_agree(store: EmbeddedStore) -> None:
    w = where(everything())
    columns = "host, normal, forwarded, failing, spoof, passed, first_day, last_day"
    quick, plain = made(w), by_host(w)
    rows, wanted = (
        store._duck.read(f"SELECT {columns} FROM {sums} a ORDER BY host", w.values)  # noqa: S608 - our own words
        for sums, w in ((f"({quick.text})", quick), (plain.text, plain))
    )
    assert rows == wanted
    assert len(rows) > 30


def test_questions_of_one_filter_share_their_sums(store: EmbeddedStore) -> None:
    told(store, everything())
    assert len(tables(store)) == 1
    told(store, replace(everything(), since=DAY + 3))
    assert len(tables(store)) == 2


def test_what_is_new_is_in_the_sums_at_once(store: EmbeddedStore) -> None:
    before = store.groups(everything(), Page(size=3)).split.messages
    store.keep([arrival(99, [row("198.51.100.200", 1000, dkim=True)])])
    assert store.groups(everything(), Page(size=3)).split.messages == before + 1000
    assert store.hosts(everything(), Page(size=3)).split.messages == before + 1000


def test_no_organisation_reads_the_sums_of_another(store: EmbeddedStore) -> None:
    mine, others = (store.hosts(everything(org), Page(size=3)).split.messages for org in (ALICE, CHARLIE))
    store.keep([arrival(98, [row("198.51.100.201", 10_000, dkim=True)], org=CHARLIE)])
    assert store.hosts(everything(ALICE), Page(size=3)).split.messages == mine
    assert store.hosts(everything(CHARLIE), Page(size=3)).split.messages == others + 10_000


def test_sums_beyond_the_bound_are_removed(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "MOST_TABLES", 2)
    for since in range(5):
        told(store, replace(everything(), since=DAY + since))
    assert len(tables(store)) == 2
    monkeypatch.setattr(near, "MOST_ROWS", 1)
    told(store, replace(everything(), since=DAY + 6))
    assert tables(store) == []


def test_where_no_table_can_be_made_the_facts_are_asked(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = told(store, everything())
    store._remembered.changed([ALICE])
    monkeypatch.setattr(near, "NEAR", "nowhere")
    assert told(store, everything()) == wanted


def test_a_small_store_needs_no_tables(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "LEAST_FACTS", 100_000)
    told(store, everything())
    assert tables(store) == []


def test_a_file_written_anew_has_no_sums_of_the_old_one(store: EmbeddedStore) -> None:
    wanted = told(store, everything())
    store.rewrite()
    assert tables(store) == []
    store._remembered.changed([ALICE])
    assert told(store, everything()) == wanted


def test_many_may_ask_at_once_while_the_file_is_written_anew(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "MOST_TABLES", 1)
    filters = [replace(everything(), since=DAY + n % 4) for n in range(24)]
    wanted = [told(store, f) for f in filters]
    with ThreadPoolExecutor(4) as several:
        asked = [several.submit(told, store, f) for f in filters]
        for _ in range(3):
            store._remembered.changed([ALICE])
            store.rewrite()
        assert [one.result() for one in asked] == wanted


def test_advice_is_that_of_the_worst_flow_with_most_messages(store: EmbeddedStore) -> None:
    verdicts = [
        judged(Class.SPOOF, "203.0.113.1", said(), advice="small"),
        judged(Class.SPOOF, "203.0.113.2", said(), advice="large"),
        judged(Class.FAILING, "203.0.113.3", said(), advice="largest"),
        judged(Class.FAILING, "203.0.113.4", said(), advice="alone"),
    ]
    store.keep([arrival(97, [row(f"203.0.113.{n}", count) for n, count in ((1, 5), (2, 6), (3, 900), (4, 1))])])
    store.keep_evidence([(evidence(f"203.0.113.{n}", at=1), group("dom.many.test")) for n in (1, 2, 3)])
    store.keep_evidence([(evidence("203.0.113.4", at=1), group("dom.one.test"))])
    store.judged(verdicts, at=2, why="new_reports")
    rows = [r for r in store.groups(everything(), Page(size=50)).rows if isinstance(r, GroupSum)]
    assert {r.group: r.advice for r in rows if r.group in ("dom.many.test", "dom.one.test")} == {
        "dom.many.test": "large",
        "dom.one.test": "alone",
    }
    assert all(isinstance(r, HostSum) for r in store.hosts(everything(), Page()).rows)
