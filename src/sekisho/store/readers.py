"""Who reads the file at the moment: many at a time, or nobody while it is changed for another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sekisho.core.errors import StoreError

PATIENCE_S = 20.0
"""How long a change of files waits for those who read; questions take less than a second."""


class Readers:
    """Counts those who read. A thread that reads already may read more, however many wait, so that none waits for itself."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._reading = 0
        self._is_shut = False
        self._mine = threading.local()

    @contextmanager
    def one(self) -> Iterator[None]:
        """One reader more; waits while nobody may read."""
        depth = getattr(self._mine, "depth", 0)
        with self._change:
            self._change.wait_for(lambda: depth > 0 or not self._is_shut)
            self._reading += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._change:
                self._reading -= 1
                self._change.notify_all()

    @contextmanager
    def none(self, *, patience_s: float = PATIENCE_S) -> Iterator[None]:
        """Nobody reads inside; raises StoreError when those who read do not end in time."""
        with self._change:
            self._is_shut = True
            try:
                if not self._change.wait_for(lambda: self._reading == 0, timeout=patience_s):
                    raise StoreError("the facts are being read without an end; try again later")
                yield
            finally:
                self._is_shut = False
                self._change.notify_all()
