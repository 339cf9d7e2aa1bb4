"""What pages asked lately is asked again when it is quiet, of the newest days, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.store import looks
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Page
from sekisho.store.sql import Rows
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, everything, row

LONG_S = 3600.0
"""No edition begins by its age while a test runs."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set."""
    now = [1000.0]
    monkeypatch.setattr(looks, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def store(tmp_path: Path, clock: list[float]) -> Iterator[EmbeddedStore]:
    made = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))
    made.keep([arrival(1, [row("192.0.2.1", 5, dkim=True)]), arrival(2, [row("192.0.2.2", 7)], org=CHARLIE)])
    yield made
    made.close()


def counted(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions that reach the engine from now on."""
    asked: list[str] = []
    ask = store._remembered._ask

    def listening(sql: str, values: object = ()) -> Rows:
        asked.append(sql)
        return ask(sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(store._remembered, "_ask", listening)
    return asked


def freshen(store: EmbeddedStore, clock: list[float]) -> int:
    """As the server does, once it has been quiet long enough."""
    store.freshen(lambda: True)
    clock[0] += looks.QUIET_S
    return store.freshen(lambda: True)


def test_what_a_page_asked_is_there_when_it_is_opened_again(
    store: EmbeddedStore, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = store.for_pages()
    pages.split(everything())
    pages.hosts(everything(), Page(size=1))
    assert store.freshen(lambda: True) == 0
    store.keep([arrival(3, [row("192.0.2.1", 100, dkim=True)])])
    assert freshen(store, clock) == 2
    asked = counted(store, monkeypatch)
    assert pages.split(everything()).messages == pages.hosts(everything(), Page(size=1)).split.messages == 105
    assert asked == []
    assert freshen(store, clock) == 0


def test_while_reports_pour_in_what_was_just_asked_is_made_ahead(
    clock: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = EmbeddedStore(StoreSettings(tmp_path / "busy.duckdb", patience_s=LONG_S))
    try:
        store.keep([arrival(1, [row("192.0.2.1", 5)])])
        assert store.prepare(lambda: True) == 0
        pages = store.for_pages()
        long_ago = replace(everything(), since=DAY - 1)
        pages.split(long_ago)
        clock[0] += looks.LATELY_S + 1
        assert pages.split(everything()).messages == pages.hosts(everything(), Page(size=1)).split.messages == 5
        store.keep([arrival(9, [row("192.0.2.2", 100)])])
        assert pages.split(everything()).messages == 5
        assert store.prepare(lambda: True) == 2
        asked = counted(store, monkeypatch)
        assert pages.split(everything()).messages == pages.hosts(everything(), Page(size=1)).split.messages == 105
        assert asked == []
        assert pages.split(long_ago).messages == 105
        assert len(asked) == 1
    finally:
        store.close()


def test_the_days_go_on_with_the_newest(store: EmbeddedStore, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    pages = store.for_pages()
    week = replace(everything(), since=DAY - 6, until=DAY)
    pages.days(week)
    store.keep([arrival(3, [row("192.0.2.1", 100)], day=DAY + 2)])
    assert freshen(store, clock) == 1
    asked = counted(store, monkeypatch)
    assert [day for day, _ in pages.days(replace(week, since=DAY - 4, until=DAY + 2))] == [DAY, DAY + 2]
    assert asked == []


def test_while_facts_change_nothing_is_asked(store: EmbeddedStore, clock: list[float]) -> None:
    store.for_pages().split(everything())
    for number in range(5):
        store.keep([arrival(10 + number, [row("192.0.2.1")])])
        assert store.freshen(lambda: True) == 0
        clock[0] += looks.QUIET_S / 2
        assert store.freshen(lambda: True) == 0
    clock[0] += looks.QUIET_S
    assert store.freshen(lambda: True) == 1


def test_only_what_pages_ask_is_noted_and_only_for_a_time(store: EmbeddedStore, clock: list[float]) -> None:
    store.split(everything())
    store.keep([arrival(3, [row("192.0.2.1")])])
    assert freshen(store, clock) == 0
    store.for_pages().split(everything())
    clock[0] += looks.FRESH_FOR_S + 1
    store.keep([arrival(4, [row("192.0.2.1")])])
    assert freshen(store, clock) == 0


def test_a_change_at_one_organisation_costs_no_question_about_another(store: EmbeddedStore, clock: list[float]) -> None:
    pages = store.for_pages()
    pages.split(everything(ALICE))
    pages.split(everything(CHARLIE))
    store.keep([arrival(3, [row("192.0.2.1")], org=CHARLIE)])
    assert freshen(store, clock) == 1


def test_it_stops_when_it_is_told_to_and_forgets_the_oldest(
    store: EmbeddedStore, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST", 3)
    pages = store.for_pages()
    for days in range(6):
        pages.split(replace(everything(), since=DAY - days))
    store.keep([arrival(3, [row("192.0.2.1")])])
    assert store.freshen(lambda: True) == 0
    clock[0] += looks.QUIET_S
    assert store.freshen(lambda: False) == 0
    assert store.freshen(iter([True, False]).__next__) == 1
    assert store.freshen(lambda: True) == 2
