"""Leaves no byte of removed rows in the registry's files.

SQLite puts removed rows on a list of free pages and leaves their bytes there, in the main file and in the write-ahead log.
`secure` overwrites what this connection removes from now on; `scrub` rebuilds the file, which also reaches what was left before,
and empties the log. On PostgreSQL, VACUUM and the log's own turn-over do this; that is the operator's to set.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.db import connection

log = logging.getLogger(__name__)
REBUILT_UP_TO = 1 << 30
"""Bytes of a file that is rebuilt: it takes some 10 s a GB, in which nothing can be written. Larger ones are overwritten only."""
TRIES = 40
PAUSE_S = 0.25
"""Between tries to empty the log, which readers hold; 10 s in all."""


def secure() -> None:
    """Whatever this connection removes is overwritten with zeros."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def scrub() -> bool:
    """Rebuilds the file where it is not too large, and empties the write-ahead log; False where readers held it all the time."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        if _size() <= REBUILT_UP_TO:
            cursor.execute("VACUUM")
        for _ in range(TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            row = cursor.fetchone()
            if row is None or row[0] == 0:
                return True
            time.sleep(PAUSE_S)
    log.warning("the write-ahead log of the registry could not be emptied; it will be at the next turn")
    return False


def _size() -> int:
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.is_file() else 0
