"""What comes out of another tool's store: reports, pieces of reports, and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.reports.values import AggregateReport


class Refused(NamedTuple):
    """Something that could not be taken over, and why; `where` is a place in the file or the name of a report."""

    reason: str
    where: str = ""


class Piece(NamedTuple):
    """A part of a report whose parts are spread over the store: its head, a row of it, or both, as JSON.

    Parts with the same `key` make one report. Keys sort by time as far as it is known.
    """

    key: str
    head: bytes = b""
    row: bytes = b""


@dataclass(frozen=True, slots=True)
class Migrated:
    """A report taken over."""

    report: AggregateReport
    document: bytes = b""
    """What the reporter sent, where the store still has it, maybe compressed."""
    is_sure_of_times: bool = True
    """Whether begin and end are those of the report; else it was for these and maybe for some days before or after."""
