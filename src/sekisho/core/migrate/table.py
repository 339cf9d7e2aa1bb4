"""Reads parsedmarc's `aggregate.csv`, a record a line; what it joins with commas is taken apart again."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, tzinfo
from itertools import zip_longest

from sekisho.core.errors import ReadError, TooLarge
from sekisho.core.migrate.flat import piece_of
from sekisho.core.migrate.form import moment
from sekisho.core.migrate.values import Piece, Refused

MAX_LINE = 1024 * 1024
_FORMULA = tuple("=+-@\t\r")
"""Before these, parsedmarc puts an apostrophe, so that a spreadsheet does not reckon."""
_NEEDED = frozenset(("org_name", "report_id", "begin_date", "domain", "source_ip_address", "count"))


def read_table(chunks: Iterable[bytes], zone: tzinfo) -> Iterator[Piece | Refused]:
    """The parts of reports in the order of the file; times are in UTC, or, written by old versions, of `zone`."""
    reader = csv.reader(_lines(chunks), strict=True)
    try:
        columns = next(reader, [])
        if not _NEEDED.issubset(columns):
            yield Refused("This is not the table of aggregate reports that parsedmarc writes")
            return
        for values in reader:
            if values:
                yield _piece(columns, values, zone, f"line {reader.line_num}")
    except csv.Error:
        yield Refused("This is not CSV, or it ends too early", f"line {reader.line_num}")
    except TooLarge as error:
        yield Refused(error.reason, f"line {reader.line_num}")


def _lines(chunks: Iterable[bytes]) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    rest = ""
    for chunk in chunks:
        *lines, rest = (rest + decode(chunk)).split("\n")
        for line in lines:
            yield line + "\n"
        if len(rest) > MAX_LINE:
            raise TooLarge("A line is too long")
    if rest := rest + decode(b"", True):
        yield rest


def _piece(columns: Sequence[str], values: Sequence[str], zone: tzinfo, where: str) -> Piece | Refused:
    if len(values) != len(columns):
        return Refused("The line has not as many values as the table has columns", where)
    row = {
        name: value[1:] if value[:1] == "'" and value[1:].startswith(_FORMULA) else value
        for name, value in zip(columns, values, strict=True)
    }
    told = UTC if "normalized_timespan" in row else zone
    document: dict[str, object] = {name: value for name, value in row.items() if value}
    document |= {
        "report_id": row["report_id"],
        "message_count": row["count"],
        "date_begin": moment(row["begin_date"], told),
        "date_end": moment(row.get("end_date", ""), told),
        "errors": [error for error in row.get("errors", "").split("|") if error],
        "published_policy": {name: row.get(name) or None for name in ("domain", "adkim", "aspf", "p", "sp", "pct", "fo")},
        "policy_overrides": _reasons(row.get("policy_override_reasons", ""), row.get("policy_override_comments", "")),
        "dkim_results": _results(row, "dkim", "selector"),
        "spf_results": _results(row, "spf", "scope"),
    }
    try:
        return piece_of(document)
    except ReadError as error:
        return Refused(error.reason, where)


def _reasons(types: str, comments: str) -> list[dict[str, str]]:
    """Types and comments; where a comment has the sign that joins them, all of them stand with the first type."""
    if not types:
        return []
    kinds, words = types.split(","), comments.split("|")
    if len(words) != len(kinds):
        words = [comments] + [""] * (len(kinds) - 1)
    return [{"type": _said(kind), "comment": _said(word)} for kind, word in zip(kinds, words, strict=True)]


def _results(row: dict[str, str], mechanism: str, name: str) -> list[dict[str, str]]:
    if not row.get(f"{mechanism}_domains"):
        return []
    columns = [row.get(f"{mechanism}_{column}", "").split(",") for column in ("domains", f"{name}s", "results")]
    return [{"domain": d, name: s, "result": r} for d, s, r in zip_longest(*columns, fillvalue="")]


def _said(word: str) -> str:
    return "" if word == "none" else word
