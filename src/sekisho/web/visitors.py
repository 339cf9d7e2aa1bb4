"""Pages in the making, so that work in the background can step back while somebody waits for one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

LET_PASS_S = 0.5
"""A step in the background waits so long at most before it begins; however many people there are, reports go on coming in."""
STEP_BACK_S, STEP_BACK_TIMES = 0.1, 1
"""In the midst of its work it waits so long at most, and in all as long as it works: half of the time is always its own."""
STEP_BACK_MOST_S = 0.5
"""Waiting that it has in store after long work without a page."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Visitors:
    """Counts the pages that are being made; any thread may ask or wait."""

    def __init__(self) -> None:
        self._count = 0
        self._none = threading.Condition()
        self._mine = threading.local()

    def served(self, application: Application) -> Application:
        """The application, its pages counted until their answers begin.

        What a person does is not counted: it may have to wait for the very work that would step back for it.
        """

        def counted(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            if environ["REQUEST_METHOD"] != "GET":
                return application(environ, start)
            with self._none:
                self._count += 1
            try:
                return application(environ, start)
            finally:
                with self._none:
                    self._count -= 1
                    if not self._count:
                        self._none.notify_all()

        return counted

    def let_pass(self, most_s: float = LET_PASS_S) -> bool:
        """Waits until nobody waits for a page, or the time is over; whether that came about."""
        with self._none:
            return self._none.wait_for(lambda: not self._count, most_s)

    def step_back(self) -> None:
        """Called again and again by work in the background: waits while a page is made, but never more than its share."""
        mine, now = self._mine, monotonic()
        worked = now - getattr(mine, "since", now)
        mine.left = min(STEP_BACK_MOST_S, getattr(mine, "left", 0.0) + STEP_BACK_TIMES * worked)
        mine.since = now
        if self._count and mine.left > 0:
            self.let_pass(min(STEP_BACK_S, mine.left))
            mine.since = monotonic()
            mine.left -= mine.since - now


VISITORS = Visitors()
"""Of this process."""
