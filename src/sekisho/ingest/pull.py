"""The one order of work at every intake: fetch, keep durably, settle, and only then move the cursor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sekisho.ingest.inbox import Batch, Bounds, Inbox


@dataclass(slots=True)
class Pull:
    """Where an intake stands; lives as long as the process, while connections come and go.

    A process killed between keeping and settling fetches that batch again, which is harmless. What could not be settled is
    remembered in `owed` and settled before more is fetched, so that a mailbox that refuses to settle is not read over and over.
    """

    cursor: str = ""
    bounds: Bounds = field(default_factory=Bounds)
    owed: tuple[str, ...] = ()
    _next: str = ""

    def once(self, inbox: Inbox, keep: Callable[[Batch], None]) -> Batch:
        """Takes one batch; `keep` returns when it is durable, or raises and leaves the mailbox untouched.

        Save `cursor` afterwards.
        """
        self._settle(inbox)
        batch = inbox.fetch(self.cursor, self.bounds)
        if batch.deliveries or batch.refused:
            keep(batch)
        self.owed = tuple(d.handle for d in batch.deliveries)
        self._next = batch.cursor
        self._settle(inbox)
        self.cursor = batch.cursor
        return batch

    def _settle(self, inbox: Inbox) -> None:
        if self.owed:
            inbox.settle(self.owed)
            self.owed = ()
            self.cursor = self._next
