"""Work in the background steps back while a page is made, and not for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from sekisho.web.visitors import Visitors

LONG_S = 30.0


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
    maker = threading.Thread(target=lambda: answers.append(visitors.served(page)({}, print)))
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
        visitors.served(page)({}, print)
    assert visitors.let_pass(0)
