"""Puts the scattered parts of reports together on disk, so that memory stays flat however many there are."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from sekisho.core.migrate.values import Piece

AT_ONCE = 5000
"""Parts written in one go."""


class Parts(NamedTuple):
    """The parts of one report; its rows can be asked for again and again."""

    key: str
    head: bytes
    number: int
    spill: Spill

    def rows(self) -> Iterator[bytes]:
        """Its rows, in the order they came."""
        return self.spill.rows_of(self.number)


class Spill(AbstractContextManager["Spill"]):
    """A nameless file on the disk of `folder`; takes parts in any order and gives them report by report.

    The name is taken away as soon as the file is open, so that nothing is left even of a process that is killed.
    """

    def __init__(self, folder: Path) -> None:
        handle, name = tempfile.mkstemp(prefix="migrate-", dir=folder)
        os.close(handle)
        self._database = database = sqlite3.connect(name, isolation_level=None)
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -16000")
        database.execute("CREATE TABLE report (id INTEGER PRIMARY KEY, key TEXT UNIQUE, head BLOB)")
        database.execute("CREATE TABLE part (report INTEGER, data BLOB)")
        database.execute("CREATE TABLE met (key INTEGER PRIMARY KEY)")
        Path(name).unlink()
        self._waiting: list[Piece] = []
        self.parts = 0

    def __exit__(self, *error: object) -> None:
        self._database.close()

    def add(self, piece: Piece) -> None:
        """Takes a part."""
        self._waiting.append(piece)
        self.parts += 1
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def reports(self) -> Iterator[Parts]:
        """The reports by key, once all parts are in."""
        self._write()
        self._database.execute("CREATE INDEX part_report ON part (report)")
        last = ""
        while line := self._database.execute(
            "SELECT id, key, head FROM report WHERE key > ? ORDER BY key LIMIT 1", (last,)
        ).fetchone():
            number, last, head = line
            yield Parts(last, head or b"", number, self)

    def count(self) -> int:
        """How many reports there are, once all parts are in."""
        self._write()
        return int(self._database.execute("SELECT COUNT(*) FROM report").fetchone()[0])

    def rows_of(self, number: int) -> Iterator[bytes]:
        """See `Parts.rows`."""
        for (data,) in self._database.execute("SELECT data FROM part WHERE report = ? ORDER BY rowid", (number,)):
            yield data

    def is_new(self, key: int) -> bool:
        """Whether this number was not asked about before."""
        return self._database.execute("INSERT OR IGNORE INTO met VALUES (?)", (key,)).rowcount == 1

    def _write(self) -> None:
        pieces, self._waiting = self._waiting, []
        if not pieces:
            return
        execute = self._database.execute
        execute("BEGIN")
        self._database.executemany(
            "INSERT INTO report (key, head) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET head = COALESCE(head, excluded.head)",
            [(piece.key, piece.head or None) for piece in pieces],
        )
        self._database.executemany(
            "INSERT INTO part SELECT id, ? FROM report WHERE key = ?", [(piece.row, piece.key) for piece in pieces if piece.row]
        )
        execute("COMMIT")
