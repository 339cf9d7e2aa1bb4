"""When to look and when to try again: polite towards servers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sekisho.ingest.errors import IngestError

NAP_S = 1.0
"""A sleep is cut into these, so that a stop is noticed."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """How long to wait after failures in a row: twice as long each time; long at once where only a person can help."""

    first_s: float = 5
    most_s: float = 900
    permanent_s: float = 3600

    def delay_s(self, failures: int, error: IngestError, jitter: float) -> float:
        """Seconds until the next try, for the n-th failure in a row (from 1) and a jitter between 0 and 1."""
        base = min(self.most_s, self.first_s * 2 ** min(max(failures, 1) - 1, 30))
        if error.permanent and failures > 1:
            base = self.permanent_s
        return float(max(base * (0.75 + 0.5 * jitter), min(error.retry_after_s, self.permanent_s)))


class Pace:
    """Looks at most once in `every_s` seconds, for mailboxes that cannot tell when something is new."""

    def __init__(
        self, every_s: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._every_s = max(every_s, NAP_S)
        self._clock = clock
        self._sleep = sleep
        self._looked = clock()

    def looked(self) -> None:
        """Notes that the mailbox was just looked at."""
        self._looked = self._clock()

    def wait(self, timeout_s: float) -> bool:
        """Sleeps until the next look is due (True) or the time is over (False)."""
        due = self._looked + self._every_s
        end = self._clock() + timeout_s
        while (now := self._clock()) < min(due, end):
            self._sleep(min(NAP_S, min(due, end) - now))
        return self._clock() >= due
