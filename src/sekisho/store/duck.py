"""The file of the embedded store: who may open it, one writer, many readers, and everything or nothing."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from sekisho.core.errors import StoreBusy, StoreError
from sekisho.store import schema
from sekisho.store.readers import Readers

Row = tuple[Any, ...]

FLOWS_THAT_FIT, FITTING_MB = 50_000, 80
"""Flows that are judged in so much memory with room to spare."""
FLOWS_A_MB = 1_000
"""What a transaction changes cannot be put aside: 700,000 flows need some 500 MiB."""

FRESH = ".new"
"""Behind the name of the file: what it is written into when it is written anew."""
NEAR = "near"
"""Name of a second database, in memory, for tables that any reader may make."""
COMPANIONS = (".wal", ".wal.checkpoint", ".wal.recovery")
"""What the engine puts beside a file."""

_open_files: set[str] = set()
"""Files this process has open: the engine itself would share them, and two writers would not know of each other."""
_open_lock = threading.Lock()

_HELD = re.compile(r"Conflicting lock is held in (.*?) ?\(PID (\d+)\)")


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Where the facts are and what they may cost."""

    path: Path | str = "facts.duckdb"
    """File of the facts; `:memory:` keeps nothing."""
    memory_mb: int = 512
    """Most memory the engine takes for its work, in MiB; beyond it spills to files beside the facts."""
    most_memory_mb: int = 0
    """To how much that may grow for the judge of a domain with very many flows; not at all when it is less than `memory_mb`."""
    threads: int = 2
    """Threads a single question may use."""
    stage_rows: int = 50_000
    """Rows that go in at a time; bounds the memory of an ingest."""
    patience_s: float = 0.0
    """How long changes may wait until `Store.prepare` shows them; 0 = not at all, where nobody calls it."""


class Duck:
    """An open file. Only the thread inside `transaction` writes; readers see the last commit and never wait."""

    def __init__(self, settings: StoreSettings) -> None:
        self.settings = settings
        self._writing = threading.RLock()
        self._writer_thread: int | None = None
        self._depth = 0
        self._then: list[Callable[[], None]] = []
        self._idle: list[duckdb.DuckDBPyConnection] = []
        self._readers = Readers()
        self._claim = _claim(settings.path)
        _clear(f"{settings.path}{FRESH}")
        try:
            self._root = _connect(settings)
            self._writer = self._root.cursor()
            self._prepare()
        except BaseException:
            _give_back(self._claim)
            raise

    def _prepare(self) -> None:
        """Makes the tables of a new file, refuses those of another version, and makes the writer's stages."""
        found = self._writer.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary").fetchall()
        if ("meta",) not in found:
            if found:
                raise StoreError("{path} is a database, but not one of facts", path=self.settings.path)
            with self.transaction():
                self._writer.execute(schema.TABLES).fetchall()
                self._writer.execute("INSERT INTO meta VALUES (?)", [schema.VERSION]).fetchall()
        ((version,),) = self._writer.execute("SELECT version FROM meta").fetchall()
        if version != schema.VERSION:
            raise StoreError(
                "{path} has tables of version {version}, this Sekisho needs {needed}",
                path=self.settings.path,
                version=version,
                needed=schema.VERSION,
            )
        self._writer.execute(schema.STAGES).fetchall()

    @property
    def inside(self) -> bool:
        """Whether this thread is inside a transaction."""
        return self._writer_thread == threading.get_ident()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept together or not at all; nested ones belong to the outermost."""
        with self._writing:
            if self._depth:
                yield
                return
            self._run(self._writer, "BEGIN TRANSACTION")
            self._writer_thread, self._depth = threading.get_ident(), 1
            try:
                yield
                self._run(self._writer, "COMMIT")
                for then in self._then:
                    then()
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._writer_thread, self._depth = None, 0
                self._then.clear()

    def when_committed(self, then: Callable[[], None]) -> None:
        """Runs `then` after the transaction this is called in; never when that fails."""
        self._then.append(then)

    def _roll_back(self) -> None:
        """Gives up the transaction, where the engine has not done so itself."""
        try:
            self._writer.execute("ROLLBACK").fetchall()
        except duckdb.TransactionException:
            return

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question; inside a transaction it sees what was written there."""
        if self.inside:
            return self._run(self._writer, sql, values)
        with self._reader() as reader:
            return self._run(reader, sql, values)

    @contextmanager
    def session(self) -> Iterator[Callable[..., list[Row]]]:
        """One connection for several questions, which may make temporary tables; inside a transaction that of the writer."""
        if self.inside:
            yield self.write
            return
        with self._reader() as reader:
            yield lambda sql, values=(): self._run(reader, sql, values)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The file stays the one it is inside, for several questions."""
        with self._readers.one():
            yield

    def write(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Runs a statement of the writer, inside a transaction."""
        if not self.inside:
            raise StoreError("a write outside a transaction")
        return self._run(self._writer, sql, values)

    def append(self, table: str, rows: Sequence[Row], columns: Sequence[str] | None = None) -> None:
        """Adds rows to a table of the writer in bulk, inside a transaction; other columns take their defaults."""
        if not self.inside:
            raise StoreError("a write outside a transaction")
        try:
            with self._writer.appender(table, columns=list(columns) if columns else None) as appender:
                appender.append_rows(rows)
        except duckdb.Error as error:
            raise StoreError("facts could not be kept: {error}", error=error) from error

    def make_room(self, flows: int) -> None:
        """Lets the engine take more memory, for good, where a transaction changes more flows than fit into what it has."""
        settings = self.settings
        wanted = FITTING_MB + (flows - FLOWS_THAT_FIT) // FLOWS_A_MB
        memory_mb = min(wanted, settings.most_memory_mb)
        if flows > FLOWS_THAT_FIT and memory_mb > settings.memory_mb:
            self.settings = replace(settings, memory_mb=memory_mb)
            self._run(self._root, f"SET memory_limit = '{memory_mb}MiB'")

    def checkpoint(self) -> None:
        """Moves what was written into the main file, so that the space of removed rows can be used again."""
        with self._writing:
            self._run(self._writer, "CHECKPOINT")

    def rewrite(self, *, then: Callable[[], None] = lambda: None) -> None:
        """Writes the file anew, so that nothing of what was removed is left in it; readers wait only while the files are changed.

        The engine marks removed rows and leaves their bytes where they are, also after a checkpoint.
        1. hold the writer's place, bring everything into the main file, copy what is there into a second file
        2. let nobody read, close the file, put the second one in its place, open it, and do what is to be done `then`
        Raises StoreError where the disk is too full for a second file, or readers do not end; then the old file stays in use.
        """
        if self.inside:
            raise StoreError("a file cannot be written anew inside a transaction")
        path = str(self.settings.path)
        if path == ":memory:":
            return
        fresh = f"{path}{FRESH}"
        with self._writing:
            self._run(self._writer, "CHECKPOINT")
            self._copy(fresh)
            with self._readers.none():
                self._shut()
                os.replace(fresh, path)
                Path(f"{path}.wal").unlink(missing_ok=True)
                self._root = _connect(self.settings)
                self._writer = self._root.cursor()
                self._writer.execute(schema.STAGES).fetchall()
                then()

    def _copy(self, fresh: str) -> None:
        """All tables into another file, rows in their order."""
        _clear(fresh)
        quoted, ((name,),) = fresh.replace("'", "''"), self._run(self._writer, "SELECT current_database()")
        copier = self._root.cursor()
        try:
            self._run(copier, "SET preserve_insertion_order = true")
            self._run(copier, f"ATTACH '{quoted}' AS fresh")
            self._run(copier, f'COPY FROM DATABASE "{name}" TO fresh')
            self._run(copier, "DETACH fresh")
        except StoreError:
            _clear(fresh)
            raise
        finally:
            self._run(copier, "SET preserve_insertion_order = false")
            copier.close()

    def close(self) -> None:
        """Gives the file back."""
        with self._writing:
            self._shut()
            _give_back(self._claim)

    def _shut(self) -> None:
        for reader in self._idle:
            reader.close()
        self._idle.clear()
        self._writer.close()
        self._root.close()

    @contextmanager
    def _reader(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._readers.one():
            try:
                reader = self._idle.pop()
            except IndexError:
                reader = self._root.cursor()
            try:
                yield reader
            finally:
                self._idle.append(reader)

    @staticmethod
    def _run(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows, all of them: an unfinished answer would block the connection."""
        try:
            rows: list[Row] = connection.execute(sql, list(values)).fetchall()
        except duckdb.Error as error:
            raise StoreError("the facts file refused: {error}", error=error) from error
        return rows


def _connect(settings: StoreSettings) -> duckdb.DuckDBPyConnection:
    """A connection that reads no other file and fetches nothing; raises StoreBusy where another process has the file."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": f"{settings.memory_mb}MiB",
        "threads": str(settings.threads),
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "temp_directory": "" if str(settings.path) == ":memory:" else f"{settings.path}.tmp",
    }
    fresh = f"{settings.path}{FRESH}".replace("'", "''")
    allowed = ", ".join(f"'{fresh}{end}'" for end in ("", *COMPANIONS))
    try:
        connection = duckdb.connect(str(settings.path), config=config)
        connection.execute(f"ATTACH ':memory:' AS {NEAR}").fetchall()
        connection.execute(f"SET allowed_paths = [{allowed}]").fetchall()
        connection.execute("SET enable_external_access = false").fetchall()
    except duckdb.IOException as error:
        held = _HELD.search(str(error))
        if held:
            raise StoreBusy(
                "{path} is in use by another process (pid {pid}, {program})", path=settings.path, pid=held[2], program=held[1]
            ) from error
        raise StoreError("{path} cannot be opened: {error}", path=settings.path, error=error) from error
    except duckdb.Error as error:
        raise StoreError("{path} cannot be opened: {error}", path=settings.path, error=error) from error
    return connection


def _claim(path: Path | str) -> str:
    """Notes that this process has the file, and makes its folder."""
    if str(path) == ":memory:":
        return ""
    real = os.path.realpath(path)
    with _open_lock:
        if real in _open_files:
            raise StoreBusy("{path} is in use by this very process (pid {pid})", path=path, pid=os.getpid())
        _open_files.add(real)
    Path(real).parent.mkdir(parents=True, exist_ok=True)
    return real


def _clear(path: str) -> None:
    """Removes a file and its companions, left by a process that was killed or made in vain."""
    for end in ("", *COMPANIONS):
        Path(path + end).unlink(missing_ok=True)


def _give_back(claim: str) -> None:
    with _open_lock:
        _open_files.discard(claim)
