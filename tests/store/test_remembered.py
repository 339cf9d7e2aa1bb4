"""What is remembered is good until facts change, for one organisation alone, and never more than fits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from sekisho.core.errors import StoreError
from sekisho.store import remembered
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.remembered import EVERYWHERE, Remembered
from sekisho.store.sql import Ask, Rows
from tests.contract.store.build import ALICE, CHARLIE, arrival, everything, row


class Asked:
    """Counts the questions that get through; its answer is how many there were."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, sql: str, values: Sequence[object]) -> Rows:
        self.count += 1
        return [(self.count,)] * (values[0] if values else 1)  # type: ignore[operator]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, to be set."""
    now = [100.0]
    monkeypatch.setattr(remembered, "monotonic", lambda: now[0])
    return now


def test_a_question_is_asked_once_until_facts_change() -> None:
    made = Remembered(asked := Asked(), is_inside=lambda: False)
    assert [made.of(ALICE)("q"), made.of(ALICE)("q")] == [[(1,)], [(1,)]]
    made.changed([ALICE])
    assert made.of(ALICE)("q") == [(2,)]
    made.changed([EVERYWHERE])
    assert made.of(ALICE)("q") == [(3,)]
    assert asked.count == 3


def test_one_organisation_is_never_told_what_another_asked() -> None:
    made = Remembered(Asked(), is_inside=lambda: False)
    assert made.of(ALICE)("q") == [(1,)]
    assert made.of(CHARLIE)("q") == [(2,)]
    made.changed([CHARLIE])
    assert made.of(ALICE)("q") == [(1,)]
    assert made.of(CHARLIE)("q") == [(3,)]


def test_changes_wait_for_those_who_make_answers_ready_but_not_for_ever(clock: list[float]) -> None:
    made = Remembered(Asked(), is_inside=lambda: False, patience_s=2)
    assert made.of(ALICE)("q") == [(1,)]
    for _change in range(3):
        made.changed([ALICE])
        clock[0] += 0.5
        assert made.of(ALICE)("q") == [(1,)]
    made.changed([EVERYWHERE])
    clock[0] += 0.5
    assert made.of(ALICE)("q") == [(2,)]
    clock[0] += 1.5
    assert made.of(ALICE)("q") == [(3,)]
    clock[0] += 1000
    assert made.of(ALICE)("q") == [(3,)]


def test_what_a_person_has_done_counts_at_once(clock: list[float]) -> None:
    made = Remembered(Asked(), is_inside=lambda: False, patience_s=2)
    for change in range(1, 10):
        made.changed([ALICE], at_once=True)
        assert made.of(ALICE)("q") == [(change,)]


def look(ask: Ask) -> object:
    """Asks what a page asked."""
    return ask("q")


@pytest.mark.usefixtures("clock")
def test_pages_have_the_answers_before_while_the_next_are_made_and_then_those() -> None:
    made = Remembered(asked := Asked(), is_inside=lambda: False, patience_s=2)
    made.changed([ALICE, CHARLIE])
    assert made.of(ALICE)("q") == [(1,)]

    def slow_look(ask: Ask) -> object:
        ask("q")
        assert made.of(ALICE)("q") == [(1,)]
        return ask("q")

    assert made.prepare([(ALICE, slow_look), (CHARLIE, look)], lambda: True) == 2
    assert asked.count == 3
    assert (made.of(ALICE)("q"), made.of(CHARLIE)("q")) == ([(2,)], [(3,)])
    assert made.prepare([(ALICE, look)], lambda: True) == 0
    assert asked.count == 3


@pytest.mark.usefixtures("clock")
def test_what_is_not_ready_in_time_is_asked_by_who_wants_it() -> None:
    made = Remembered(asked := Asked(), is_inside=lambda: False, patience_s=2)
    made.changed([ALICE, CHARLIE])
    assert made.of(ALICE)("q") == [(1,)]
    assert made.prepare([(ALICE, look)], lambda: False) == 0
    assert asked.count == 1
    assert made.of(ALICE)("q") == [(2,)]


@pytest.mark.usefixtures("clock")
def test_a_question_that_fails_ahead_keeps_nobody_from_the_next_edition() -> None:
    made = Remembered(Asked(), is_inside=lambda: False, patience_s=2)
    made.changed([ALICE, CHARLIE])
    assert made.of(ALICE)("q") == [(1,)]

    def fails(ask: Ask) -> object:
        raise StoreError("no memory")

    assert made.prepare([(ALICE, fails), (ALICE, look)], lambda: True) == 0
    assert made.of(ALICE)("q") == [(2,)]


@pytest.mark.usefixtures("clock")
def test_answers_made_ahead_are_good_for_nothing_once_a_person_has_done_something() -> None:
    made = Remembered(Asked(), is_inside=lambda: False, patience_s=2)
    made.changed([ALICE, CHARLIE])

    def interrupted(ask: Ask) -> object:
        ask("q")
        made.changed([ALICE], at_once=True)
        return None

    made.prepare([(ALICE, interrupted), (CHARLIE, look)], lambda: True)
    assert made.of(ALICE)("q") == [(3,)]
    assert made.of(CHARLIE)("q") == [(2,)]


@pytest.mark.usefixtures("clock")
def test_only_what_has_changed_is_made_ahead_and_for_its_organisation_alone() -> None:
    made = Remembered(Asked(), is_inside=lambda: False, patience_s=2)
    made.changed([ALICE, CHARLIE])
    made.prepare([], lambda: True)
    assert (made.of(ALICE)("q"), made.of(CHARLIE)("q")) == ([(1,)], [(2,)])
    made.changed([CHARLIE])
    assert made.prepare([(ALICE, look), (CHARLIE, look)], lambda: True) == 1
    assert (made.of(ALICE)("q"), made.of(CHARLIE)("q")) == ([(1,)], [(3,)])
    made.changed([EVERYWHERE])
    assert made.prepare([(ALICE, look), (CHARLIE, look)], lambda: True) == 2


def test_it_keeps_no_more_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_VALUES", 100)
    monkeypatch.setattr(remembered, "MOST_OF_ONE", 50)
    made = Remembered(asked := Asked(), is_inside=lambda: False)
    made.of(ALICE)("large", (60,))
    made.of(ALICE)("large", (60,))
    assert asked.count == 2
    for number in range(50):
        made.of(ALICE)(f"q{number}", (10,))
    assert made._weight <= 100
    assert len(made._kept) < 15
    made.of(ALICE)("q49", (10,))
    assert asked.count == 52


def test_the_writer_sees_what_it_has_written_and_others_after_the_commit(tmp_path: Path) -> None:
    store = EmbeddedStore(StoreSettings(tmp_path / "facts.duckdb"))

    def written(number: int, messages: int) -> int:
        store.keep([arrival(number, [row("192.0.2.1", messages)])])
        return store.split(everything()).messages

    def given_up() -> None:
        with store.transaction():
            assert written(2, 7) == 12
            raise ZeroDivisionError

    try:
        assert store.split(everything()).messages == 0
        with store.transaction():
            assert written(1, 5) == 5
        assert store.split(everything()).messages == 5
        with pytest.raises(ZeroDivisionError):
            given_up()
        assert store.split(everything()).messages == 5
    finally:
        store.close()
