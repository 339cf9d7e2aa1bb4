"""Work in the background steps back while a page is made, and not for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sekisho.web import visitors as room
from sekisho.web.visitors import STEP_BACK_MOST_S, STEP_BACK_S, STEP_BACK_TIMES, Visitors

LONG_S = 60.0
GET = {"REQUEST_METHOD": "GET"}


def test_nobody_there_means_no_waiting() -> None:
    assert Visitors().let_pass(0)


def test_a_page_in_the_making_is_waited_for_until_it_is_made() -> None:
    visitors = Visitors()
    is_making, may_end, passed = threading.Event(), threading.Event(), threading.Event()

    def page(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        is_making.set()
        may_end.wait(LONG_S)
        return [b"made"]

    answers: list[Iterable[bytes]] = []
    maker = threading.Thread(target=lambda: answers.append(visitors.served(page)(GET, print)))
    maker.start()
    assert is_making.wait(LONG_S)
    assert not visitors.let_pass(0)  # somebody waits, and the time is over at once
    waiter = threading.Thread(target=lambda: passed.set() if visitors.let_pass(LONG_S) else None)
    waiter.start()
    assert not passed.is_set()
    may_end.set()
    for thread in (maker, waiter):
        thread.join(LONG_S)
    assert passed.is_set()
    assert answers == [[b"made"]]


def test_a_page_that_fails_holds_nobody_up() -> None:
    visitors = Visitors()

    def page(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        visitors.served(page)(GET, print)
    assert visitors.let_pass(0)


def test_nothing_steps_back_for_what_a_person_does_since_that_may_wait_for_it() -> None:
    visitors = Visitors()

    def change(_environ: dict[str, Any], _start: Callable[..., Any]) -> Iterable[bytes]:
        assert visitors.let_pass(0)
        return [b"done"]

    assert visitors.served(change)({"REQUEST_METHOD": "POST"}, print) == [b"done"]


class Crowd(Visitors):
    """There is always a page in the making; waiting for it takes as long as is given to it, by a clock that is set."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 1
        self.now = 1000.0
        self.waits: list[float] = []

    def let_pass(self, most_s: float = room.LET_PASS_S) -> bool:
        self.waits.append(most_s)
        self.now += most_s
        return False


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> Crowd:
    """Visitors without an end."""
    made = Crowd()
    monkeypatch.setattr(room, "monotonic", lambda: made.now)
    return made


def test_work_in_the_background_waits_for_pages_but_keeps_its_share_of_the_time(crowd: Crowd) -> None:
    worked = 0.0
    for _piece in range(1000):
        crowd.step_back()
        crowd.now += 0.01
        worked += 0.01
    assert 0.9 * worked <= sum(crowd.waits) / STEP_BACK_TIMES <= worked
    assert max(crowd.waits) <= STEP_BACK_S


def test_it_waits_no_longer_after_long_work_without_a_page(crowd: Crowd) -> None:
    crowd._count = 0
    crowd.step_back()
    crowd.now += 3600
    crowd.step_back()
    assert crowd.waits == []
    crowd._count = 1
    for _piece in range(100):
        crowd.step_back()
    assert sum(crowd.waits) == pytest.approx(STEP_BACK_MOST_S)
