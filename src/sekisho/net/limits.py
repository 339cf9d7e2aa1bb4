"""A token bucket: so much at once, then so much a second; time comes in as an argument."""

from __future__ import annotations


class Bucket:
    """Allows `burst` takings at once and `per_s` a second after that."""

    def __init__(self, per_s: float, burst: float) -> None:
        self._per_s = per_s
        self._burst = burst
        self._tokens = burst
        self._at: float | None = None

    def take(self, now: float) -> float:
        """Takes one and says how many seconds its taker has to wait; each later taker waits longer."""
        if self._at is not None:
            self._tokens = min(self._burst, self._tokens + max(0.0, now - self._at) * self._per_s)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._per_s)
