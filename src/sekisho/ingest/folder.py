"""A watched folder: files dropped there by scripts, mail filters or people."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sekisho.ingest.errors import IngestError, check_rights, from_file
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Probe, Step
from sekisho.ingest.listing import Files, Watch, entries


@dataclass(frozen=True, slots=True)
class FolderConfig:
    """A folder on this machine whose files are reports or report mails."""

    secrets: ClassVar[frozenset[str]] = frozenset()
    afters: ClassVar[tuple[After, ...]] = (After.MOVE, After.LEAVE, After.DELETE)

    path: str
    """The folder; folders in it and names that begin with a dot are left alone."""
    after: After = After.MOVE
    """After storing: `move` to the done folder, `leave`, or `delete`."""
    done_folder: str = "done"
    """Folder on the same file system, inside the watched one unless it is a whole path; made when missing."""
    quiet_s: int = 2
    """A file is taken when nobody has written to it for so many seconds."""


class FolderInbox:
    """The folder. A file that is written to after it was read is not settled, and read again."""

    def __init__(self, config: FolderConfig) -> None:
        self._config = config
        self._root = Path(config.path)
        self._files = Files(self._paths, quiet_s=config.quiet_s)
        self._watch = Watch([self._root])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing is held open."""

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next files by the time they came or were last written."""
        self._watch.looked()
        try:
            return self._files.take(cursor, bounds, lambda found: os.path.basename(found.path))
        except OSError as error:
            raise from_file(error, str(self._root)) from error

    def settle(self, handles: Sequence[str]) -> None:
        """Moves or removes, file by file."""
        if self._config.after is After.LEAVE or not handles:
            return
        try:
            if self._config.after is After.MOVE:
                self._done.mkdir(parents=True, exist_ok=True)
            for handle in handles:
                time_ns, _, path = handle.partition(":")
                self._settle(int(time_ns), path)
        except OSError as error:
            raise from_file(error, str(self._root)) from error

    def wait(self, timeout_s: float) -> bool:
        """By the time of the folder, and sooner while a file is being written."""
        if self._files.unripe:
            return self._watch.wait(min(timeout_s, self._config.quiet_s)) or timeout_s >= self._config.quiet_s
        return self._watch.wait(timeout_s)

    def test(self) -> list[Probe]:
        """The folder, the number of files, and whether they may be moved."""
        attempt = Attempt()
        step = Step.FOLDER
        try:
            os.scandir(self._root).close()
            attempt.passed(step, str(self._root))
            attempt.passed(Step.COUNT, str(sum(os.path.isfile(path) for path in self._paths())))
            step = Step.AFTER
            if self._config.after is After.MOVE:
                self._done.mkdir(parents=True, exist_ok=True)
            if self._config.after is not After.LEAVE:
                check_rights([self._root])
            attempt.passed(step, self._config.after)
        except OSError as error:
            return attempt.failed(step, from_file(error, str(self._root)))
        except IngestError as error:
            return attempt.failed(step, error)
        return attempt.probes

    @property
    def _done(self) -> Path:
        return self._root / self._config.done_folder

    def _paths(self) -> Iterator[str]:
        return entries(self._root)

    def _settle(self, time_ns: int, path: str) -> None:
        try:
            if os.lstat(path).st_ctime_ns != time_ns:
                return
            if self._config.after is After.DELETE:
                os.unlink(path)
                return
            name = os.path.basename(path)
            target = self._done / name
            if os.path.lexists(target):
                target = self._done / f"{time_ns}-{name}"[-255:]
            os.rename(path, target)
        except FileNotFoundError:
            return
