"""Sums by address that several questions of a page start from, kept beside the facts as tables in memory.

The table of groups, its total, the map and the choices in the bar all sum the same facts by address before they go on. The first of
them makes the sums, and the others start there, for as long as nothing has changed what they were made from.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sekisho.core.errors import StoreError
from sekisho.store.duck import NEAR, Duck
from sekisho.store.remembered import Edition
from sekisho.store.sql import Where
from sekisho.store.sums import HEAD, TAIL, is_shared, made

MOST_ROWS = 400_000
"""Addresses of all tables together, some 100 bytes each: 40 MB. Larger ones are there for their question alone."""
MOST_TABLES = 32
LEAST_FACTS = 500_000
"""Of a store of fewer, all are summed as fast as a table is made."""

Key = tuple[Edition, str, tuple[object, ...]]


@dataclass(slots=True)
class _Table:
    name: str
    rows: int
    used_by: int = 0
    """Questions that read it now; it is not removed under them."""


class Near:
    """The tables, by edition of the facts; any thread may ask."""

    def __init__(self, duck: Duck) -> None:
        self._duck = duck
        self._lock = threading.Lock()
        self._making = threading.Lock()
        self._tables: OrderedDict[Key, _Table] = OrderedDict()
        self._last = 0
        self._large: tuple[Edition | None, bool] = None, False

    @contextmanager
    def question(self, edition: Edition, sql: str, values: Sequence[object]) -> Iterator[tuple[str, Sequence[object]]]:
        """The question as it is to be asked inside, with the sums by address from a table where it has them."""
        begin = sql.find(HEAD)
        end = sql.find(TAIL, begin)
        conditions = sql[begin + len(HEAD) : end]
        if begin < 0 or not is_shared(conditions) or not self._is_large(edition):
            yield sql, values
            return
        end += len(TAIL)
        first = sql.count("?", 0, begin)
        last = first + conditions.count("?")
        key = (edition, conditions, tuple(values[first:last]))
        with self._duck.reading():  # so that the file, and the tables with it, are not changed for another under the question
            table = self._take(key)
            if table is None:
                yield sql, values
                return
            try:
                yield f"{sql[:begin]}{NEAR}.{table.name}{sql[end:]}", (*values[:first], *values[last:])
            finally:
                self._give_back(table)

    def _is_large(self, edition: Edition) -> bool:
        """Whether the store has so many facts that tables are worth while; told once an edition."""
        known, is_large = self._large
        if known != edition:
            sql = "SELECT estimated_size FROM duckdb_tables() WHERE table_name = 'fact' AND database_name <> ?"
            is_large = any(size >= LEAST_FACTS for (size,) in self._duck.read(sql, [NEAR]))
            self._large = edition, is_large
        return is_large

    def forget(self) -> None:
        """The tables are gone, with the file that they were beside."""
        with self._lock:
            self._tables.clear()

    def _take(self, key: Key) -> _Table | None:
        """The table, made where there is none; None where it cannot be made."""
        with self._making:  # two at a time would only make the same one twice
            table = self._found(key)
            if table is not None:
                return table
            name = self._next_name()
            try:
                sums = made(Where(key[1], key[2]))
                ((rows,),) = self._duck.read(f"CREATE TABLE {NEAR}.{name} AS {sums.text}", sums.values)
            except StoreError:  # not enough memory: the question is asked as it is
                return None
            table = _Table(name, int(rows), 1)
            with self._lock:
                self._tables[key] = table
            return table

    def _found(self, key: Key) -> _Table | None:
        with self._lock:
            table = self._tables.get(key)
            if table is not None:
                self._tables.move_to_end(key)
                table.used_by += 1
            return table

    def _next_name(self) -> str:
        self._last += 1
        return f"sums_{self._last}"

    def _give_back(self, table: _Table) -> None:
        """Removes the tables that have not been read for longest, where there are too many."""
        gone: list[_Table] = []
        with self._lock:
            table.used_by -= 1
            rows, count = sum(t.rows for t in self._tables.values()), len(self._tables)
            for key, old in list(self._tables.items()):
                if rows <= MOST_ROWS and count <= MOST_TABLES:
                    break
                if not old.used_by:
                    gone.append(self._tables.pop(key))
                    rows, count = rows - old.rows, count - 1
        for old in gone:
            with suppress(StoreError):
                self._duck.read(f"DROP TABLE IF EXISTS {NEAR}.{old.name}")
