"""The storing side in these tests: a small durable store that can be told to fail."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sekisho.ingest.inbox import Batch, Refused


class Full(Exception):
    """The store takes nothing now."""


class Shelf:
    """Keeps every delivery in order, each batch in one transaction."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("CREATE TABLE IF NOT EXISTS kept (data BLOB)")
        self.refuses = False
        self.refused: list[Refused] = []

    def keep(self, batch: Batch) -> None:
        """Durable when it returns."""
        with self._db:
            self._db.executemany("INSERT INTO kept VALUES (?)", [(d.data,) for d in batch.deliveries])
            if self.refuses:
                raise Full
        self.refused += batch.refused

    @property
    def kept(self) -> list[bytes]:
        """All that was kept, in order."""
        return [bytes(row[0]) for row in self._db.execute("SELECT data FROM kept ORDER BY rowid")]

    def close(self) -> None:
        """Closes the file."""
        self._db.close()
