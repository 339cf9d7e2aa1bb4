"""Puts parts together as the command does, in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, tzinfo
from pathlib import Path

from sekisho.core.errors import ReadError
from sekisho.core.migrate import dmarcts, flat
from sekisho.core.migrate.values import Migrated, Piece, Refused
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport

DATA = Path(__file__).parent / "data"
Found = list[Migrated | Refused]


def chunks(data: bytes, size: int = 1000) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def together(
    found: Iterable[Piece | Refused], put_together: Callable[..., Migrated] = flat.put_together, zone: tzinfo = UTC
) -> Found:
    """The reports by their keys, and what was refused."""
    heads: dict[str, bytes] = {}
    rows: dict[str, list[bytes]] = {}
    made: Found = []
    for piece in found:
        if isinstance(piece, Refused):
            made.append(piece)
            continue
        heads[piece.key] = heads.get(piece.key) or piece.head
        rows.setdefault(piece.key, []).extend([piece.row] if piece.row else [])
    for key in sorted(heads):
        try:
            made.append(put_together(heads[key], rows[key].__iter__, zone))
        except ReadError as error:
            made.append(Refused(error.reason, error.where))
    return made


def from_dump(data: bytes, zone: tzinfo = UTC, size: int = 1000) -> Found:
    return together(dmarcts.read_dmarcts(chunks(data, size), zone), dmarcts.put_together, zone)


def reports(found: Iterable[object]) -> list[AggregateReport]:
    """The reports, by time and name; nothing was refused."""
    made = [item for item in found if isinstance(item, Migrated)]
    assert len(made) == len(list(found) if isinstance(found, list) else made), found
    return sorted((item.report for item in made), key=lambda report: (report.begin, report.report_id))


def original(path: Path) -> AggregateReport:
    """The report in a file, as our reader reads it."""
    (report,) = open_delivery(path.read_bytes(), name=path.name).reports
    assert isinstance(report, AggregateReport)
    return report


def originals() -> list[AggregateReport]:
    """The reports that all stores in `data/` were made of."""
    return sorted((original(path) for path in DATA.glob("*.xml")), key=lambda report: (report.begin, report.report_id))


def sizes(made: Iterable[AggregateReport]) -> list[tuple[int, int, str, int, int]]:
    """What must be equal whatever a store forgets: times, domain, records, messages."""
    return [(r.begin, r.end, r.policy.domain, len(r.rows), r.rows.messages) for r in made]
