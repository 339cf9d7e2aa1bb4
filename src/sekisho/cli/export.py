"""`sekisho export`: facts, hosts, groups, reports of all kinds as CSV, JSON or Parquet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sekisho.cli import control
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.ingest import day_start
from sekisho.core.errors import StoreBusy, UsageError
from sekisho.core.terms import SECONDS_A_DAY, Class

EVER = 1 << 30
AT_ONCE = 1000


def run(args: argparse.Namespace) -> int:
    """Writes the export to standard output or a file."""
    settings = open_registry()
    from sekisho.registry.domains import the_organisation

    wanted: dict[str, object] = {
        "what": args.what,
        "format": args.format,
        "org": the_organisation(args.org).pk,
        "domains": args.domain,
        "since": day(args.since, -EVER),
        "until": day(args.until, EVER),
        "classes": [c.value for c in _classes(args.classes)],
    }
    if args.format == "parquet" and not args.output:
        raise UsageError("Parquet is no text: name a file with --output FILE")
    try:
        with open_house(settings):
            _write(pieces(wanted), args.output)
    except StoreBusy:
        _write(control.stream(settings, "export", wanted), args.output)
    return 0


def pieces(wanted: Mapping[str, Any]) -> Iterator[bytes]:
    """The export in pieces, from the store of this process."""
    from sekisho.web.exports import csv_lines, json_lines

    columns, rows = _rows(wanted)
    if wanted["format"] == "parquet":
        from sekisho.store.parquet import parquet

        return parquet(columns, rows)
    return csv_lines(columns, rows) if wanted["format"] == "csv" else json_lines(columns, rows)


def _rows(wanted: Mapping[str, Any]) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    from sekisho.store.query import Filter
    from sekisho.web import exports, facts

    f = Filter(
        org=wanted["org"],
        since=wanted["since"],
        until=wanted["until"],
        domains=tuple(wanted["domains"]),
        classes=tuple(Class(c) for c in wanted["classes"]),
    )
    return exports.table(wanted["what"], facts.store(), f)


def _write(parts: Iterator[bytes], output: Path | None) -> None:
    if output is None:
        for part in parts:
            sys.stdout.buffer.write(part)
        sys.stdout.buffer.flush()
        return
    with output.open("wb") as file:
        for part in parts:
            file.write(part)


def day(text: str | None, default: int) -> int:
    """The day number of an ISO date; raises UsageError for what is none."""
    return default if text is None else int(day_start(text).timestamp()) // SECONDS_A_DAY


def _classes(text: str | None) -> list[Class]:
    names = [part.strip() for part in (text or "").split(",") if part.strip()]
    try:
        return [Class(name) for name in names]
    except ValueError:
        raise UsageError("--class takes {known}; not {text!r}", known=", ".join(Class), text=text) from None
