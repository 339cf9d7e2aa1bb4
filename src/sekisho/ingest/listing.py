"""Files of a folder, the oldest first, in bounded memory: what Maildirs and watched folders have in common."""

from __future__ import annotations

import errno
import heapq
import io
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from sekisho.ingest.cursor import Mark, digest
from sekisho.ingest.inbox import Batch, Bounds, Delivery, Refused
from sekisho.ingest.pace import Pace

HELD = 20_000
"""Files remembered from one look at a folder; a larger folder is looked at again."""
CHUNK = 256 << 10


class Found(NamedTuple):
    """A file that waits, sorted by the time it came here and its name."""

    time_ns: int
    """The inode's change time: set by the rename or write that brought the file, and not by its sender."""
    key: str
    path: str
    size: int

    @property
    def item(self) -> tuple[int, str]:
        """As a `Mark` knows it."""
        return self.time_ns, self.key

    @property
    def at(self) -> datetime:
        """When it came."""
        return datetime.fromtimestamp(self.time_ns / 1e9, UTC)


def oldest(paths: Iterable[str], mark: Mark) -> list[Found]:
    """The oldest files that the mark lacks, up to `HELD`, the next one last; a path that goes away meanwhile is left out."""
    return heapq.nsmallest(HELD, (f for f in map(_look, paths) if f is not None and mark.lacks(f.item)))[::-1]


def entries(folder: Path) -> Iterator[str]:
    """The paths of the visible entries of a folder; raises OSError."""
    with os.scandir(folder) as found:
        for entry in found:
            if not entry.name.startswith("."):
                yield entry.path


def _look(path: str) -> Found | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Found(status.st_ctime_ns, digest(path), path, status.st_size)


class Files:
    """The files that wait below some folders, from one look at them after another."""

    def __init__(self, paths: Callable[[], Iterable[str]], *, quiet_s: float = 0) -> None:
        self._paths = paths
        self._quiet_ns = int(quiet_s * 1e9)
        self._queue: list[Found] = []
        self._mark = Mark()
        self._text = ""
        self.unripe = False
        """Whether the last look saw a file that is still being written."""

    def take(self, cursor: str, bounds: Bounds, name: Callable[[Found], str]) -> Batch:
        """The next files as a batch; handles are paths. Raises OSError."""
        if cursor != self._text or not self._queue:
            self._mark, self._text = Mark.from_text(cursor), cursor
            self._look()
        try:
            return self._take(bounds, name)
        except OSError:
            self._queue = []  # some were taken from it and not handed out
            raise

    def _take(self, bounds: Bounds, name: Callable[[Found], str]) -> Batch:
        taken: list[Delivery] = []
        refused: list[Refused] = []
        done: list[tuple[int, str]] = []
        total = 0
        while self._queue and len(done) < bounds.count:
            found = self._queue[-1]
            total += min(found.size, bounds.mail_bytes)
            if taken and total > bounds.batch_bytes:
                break
            self._queue.pop()
            done.append(found.item)
            try:
                data = read_bounded(found.path, bounds.mail_bytes)
            except PermissionError as error:
                refused.append(Refused(name(found), f"cannot be opened: {error.strerror}"))
                continue
            if isinstance(data, TooMuch):
                refused.append(bounds.refusal(name(found)))
            elif data is not None:
                taken.append(Delivery(data, name(found), f"{found.time_ns}:{found.path}", found.at))
        if done:
            self._mark = self._mark.grown(done)
            self._text = self._mark.to_text()
        return Batch(tuple(taken), self._text, tuple(refused), len(self._queue))

    def _look(self) -> None:
        young = time.time_ns() - self._quiet_ns
        found = oldest(self._paths(), self._mark)
        # a time in the future is a clock that went back, not a file that is being written
        self.unripe = any(young < f.time_ns < young + 2 * self._quiet_ns for f in found)
        self._queue = [f for f in found if not young < f.time_ns < young + 2 * self._quiet_ns] if self.unripe else found


class Watch:
    """Tells when folders have changed, by their times; and every now and then anyhow, for writes that leave no trace there."""

    def __init__(self, folders: Sequence[Path], every_s: float = 60) -> None:
        self._folders = folders
        self._pace = Pace(every_s)
        self._seen: list[int] | None = None

    def looked(self) -> None:
        """To be called before a look. Times of this very second are not trusted: another file may come in the same tick."""
        self._pace.looked()
        times = self._times()
        self._seen = None if any(abs(time.time_ns() - t) < 1e9 for t in times) else times

    def wait(self, timeout_s: float) -> bool:
        """Returns when a folder changed (True) or the time is over (False)."""
        end = time.monotonic() + timeout_s
        while True:
            if self._seen is not None and self._seen != self._times():
                return True
            left = end - time.monotonic()
            if left <= 0:
                return self._seen is None
            if self._pace.wait(min(left, 0.5)):
                return True

    def _times(self) -> list[int]:
        times = []
        for folder in self._folders:
            try:
                times.append(folder.stat().st_mtime_ns)
            except OSError:
                times.append(0)
        return times


class TooMuch:
    """Instead of the bytes of a file that is larger than allowed."""


TOO_MUCH: Final = TooMuch()


def read_bounded(path: str, max_bytes: int) -> bytes | TooMuch | None:
    """The bytes of a plain file; None when it has gone or is none. Links and pipes are not followed; raises OSError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            return None
        raise
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size > max_bytes:
            return TOO_MUCH
        return _all(file, max_bytes)


def _all(file: io.FileIO, max_bytes: int) -> bytes | TooMuch:
    parts: list[bytes] = []
    total = 0
    while part := file.read(CHUNK):
        parts.append(part)
        total += len(part)
        if total > max_bytes:
            return TOO_MUCH
    return b"".join(parts)
