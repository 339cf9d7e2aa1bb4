"""How an intake does, in values that a page can show: the last look, the last mail, the lag, and the trouble."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import Batch


@dataclass(frozen=True, slots=True)
class Health:
    """Made anew by every look; the caller keeps it."""

    looked_at: datetime | None = None
    """The last look that went well."""
    mail_at: datetime | None = None
    """When the last delivery was stored."""
    lag_s: float | None = None
    """How long that delivery lay in its mailbox, where its server tells."""
    left: int = 0
    """How many more are known to wait."""
    failures: int = 0
    """Looks in a row that failed."""
    failed_at: datetime | None = None
    """Since when they do."""
    trouble: Trouble | None = None
    error: str = ""
    """The trouble in words, with the server's own."""

    def after(self, batch: Batch, now: datetime) -> Self:
        """The health after a batch was stored and settled."""
        health = replace(self, looked_at=now, left=batch.left, failures=0, failed_at=None, trouble=None, error="")
        if not batch.deliveries:
            return health
        at = batch.deliveries[-1].at
        return replace(health, mail_at=now, lag_s=None if at is None else max(0.0, (now - at).total_seconds()))

    def after_error(self, error: IngestError, now: datetime) -> Self:
        """The health after a look that failed."""
        since = self.failed_at or now
        return replace(self, failures=self.failures + 1, failed_at=since, trouble=error.trouble, error=str(error))
