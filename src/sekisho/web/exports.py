"""Facts as CSV and JSON lines, for the command line, the pages and the API alike; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from sekisho.store.query import RowFact

COLUMNS = (
    "day",
    "domain",
    "org_name",
    "report_id",
    "row",
    "source_ip",
    "header_from",
    "envelope_from",
    "count",
    "disposition",
    "dkim_aligned",
    "spf_aligned",
    "class",
    "confidence",
    "group",
    "reasons",
)
SECONDS_A_DAY = 86400
LINES_AT_ONCE = 500


def iso_day(day: int) -> str:
    """The date of a day number (days since 1970-01-01)."""
    return datetime.fromtimestamp(day * SECONDS_A_DAY, UTC).date().isoformat()


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def record_values(fact: RowFact) -> tuple[object, ...]:
    """The values of a fact in the order of COLUMNS."""
    return (
        iso_day(fact.day),
        fact.domain,
        fact.reporter,
        fact.report_id,
        fact.row,
        fact.source_ip,
        fact.header_from,
        fact.envelope_from,
        fact.count,
        fact.disposition,
        fact.dkim_aligned,
        fact.spf_aligned,
        fact.klass,
        round(fact.confidence, 3),
        fact.group,
        " ".join(fact.reasons),
    )


def csv_lines(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """CSV in pieces (RFC 4180, UTF-8); text cells are guarded, truth values are `true` and `false`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def json_lines(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """One JSON array in pieces, an object a row."""
    names = tuple(columns)
    before = "[\n"
    for row in rows:
        yield (before + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)).encode("utf-8", "replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
