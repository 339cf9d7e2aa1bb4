"""What the workers of this process have done since the start, for the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass


@dataclass(slots=True)
class Pulse:
    """Counts; each is written by one worker only, except the faults, of which a few lost ones do not matter."""

    drained: int = 0
    """Deliveries settled."""
    judged: int = 0
    """Verdicts changed."""
    looked_up: int = 0
    """Hosts looked up."""
    told: int = 0
    """Messages about warnings handed over."""
    untold: int = 0
    """Attempts that failed."""
    faults: int = 0
    """Steps that ended in an error nobody foresaw; the log has them."""

    def counts(self) -> Iterator[tuple[str, int]]:
        """Names and counts."""
        yield from asdict(self).items()


PULSE = Pulse()
"""That of this process."""
