"""Pages in the making, so that work in the background can step back while somebody waits for one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

STEP_BACK_S = 0.5
"""A step in the background waits so long at most; however many people there are, reports go on coming in."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Visitors:
    """Counts the requests that are being answered; any thread may ask or wait."""

    def __init__(self) -> None:
        self._count = 0
        self._none = threading.Condition()

    def served(self, application: Application) -> Application:
        """The application, its requests counted until their answers begin."""

        def counted(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
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

    def let_pass(self, most_s: float = STEP_BACK_S) -> bool:
        """Waits until nobody waits for a page, or the time is over; whether that came about."""
        with self._none:
            return self._none.wait_for(lambda: not self._count, most_s)


VISITORS = Visitors()
"""Of this process."""
