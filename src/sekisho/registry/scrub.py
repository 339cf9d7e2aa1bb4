"""Leaves no byte of removed rows in the registry's files.

SQLite puts removed rows on a list of free pages and leaves their bytes there, in the main file and in the write-ahead log.
`secure` overwrites what this connection removes from now on; `scrub` rebuilds the file, which also reaches what was left before,
and empties the log. On PostgreSQL, VACUUM and the log's own turn-over do this; that is the operator's to set.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path

from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper

log = logging.getLogger(__name__)
REBUILT_UP_TO = 1 << 30
"""Bytes of a file that is rebuilt: it takes some 10 s a GB, in which nothing can be written. Larger ones are overwritten only."""
TRIES = 20
PAUSE_S = 0.5
"""Between tries to empty the log, which readers hold."""
WAIT_MS = 500
"""For readers to end, in one try; nobody can write meanwhile."""


def secure() -> None:
    """Whatever this connection removes is overwritten with zeros."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def scrub() -> bool:
    """Rebuilds the file where it is not too large, and empties the write-ahead log; False where others held it all the time.

    Then what was removed is overwritten nevertheless, and the log is emptied by the next call of `empty_log`.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    is_rebuilt = True
    if _size() <= REBUILT_UP_TO:
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        except OperationalError as error:  # somebody writes without a pause
            log.warning("the registry could not be rebuilt now: %s", error)
            is_rebuilt = False
    return empty_log(tries=TRIES) and is_rebuilt


def empty_log(*, tries: int = 1) -> bool:
    """Brings the write-ahead log into the file and cuts it off; False where readers held it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    with connection.cursor() as cursor:
        before = _value(cursor, "PRAGMA busy_timeout")
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        try:
            for turn in range(tries):
                if turn:
                    time.sleep(PAUSE_S)
                if _value(cursor, "PRAGMA wal_checkpoint(TRUNCATE)") == 0:
                    return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return False


def _value(cursor: CursorWrapper, sql: str) -> int:
    cursor.execute(sql)
    return int(cursor.fetchone()[0])


def _size() -> int:
    path = Path(str(connection.settings_dict["NAME"]))
    return path.stat().st_size if path.is_file() else 0
