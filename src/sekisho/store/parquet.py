"""Rows as a Parquet file, written by the engine that keeps the facts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import duckdb

AT_ONCE = 10_000
CHUNK = 1 << 20
_TYPES: dict[type, str] = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", str: "VARCHAR"}


def parquet(columns: Sequence[str], rows: Iterator[tuple[object, ...]]) -> Iterator[bytes]:
    """The rows as a Parquet file in pieces; types are those of the first row, text where there is none."""
    first = next(rows, None)
    kinds = [_TYPES.get(type(value), "VARCHAR") for value in first] if first else ["VARCHAR"] * len(columns)
    wanted = ", ".join(f'"{name}" {kind}' for name, kind in zip(columns, kinds, strict=True))
    with tempfile.TemporaryDirectory(prefix="sekisho-") as folder:
        path = Path(folder, "rows.parquet")
        with duckdb.connect(str(Path(folder, "rows.duckdb"))) as engine:
            engine.execute(f"CREATE TABLE rows ({wanted})")
            batch = [first] if first else []
            while batch:
                with engine.appender("rows") as appender:
                    appender.append_rows(batch)
                batch = list(islice(rows, AT_ONCE))
            engine.execute(f"COPY rows TO '{path}' (FORMAT parquet)")
        with path.open("rb") as file:
            yield from iter(lambda: file.read(CHUNK), b"")
