"""An mbox file that grows: read from where the last look ended, from the beginning when somebody has rewritten it (RFC 4155)."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, ClassVar, NamedTuple, Self

from sekisho.ingest.errors import IngestError, Trouble, from_file
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.listing import Watch

CHECKED = 1024
"""Bytes before the place where reading goes on; when they have changed, the file was rewritten."""
CHUNK = 1 << 20
"""A longer line is read in pieces."""
STALE_LOCK_S = 600
"""A lock file this old was left behind."""


@dataclass(frozen=True, slots=True)
class MboxConfig:
    """An mbox file on this machine."""

    secrets: ClassVar[frozenset[str]] = frozenset()
    afters: ClassVar[tuple[After, ...]] = (After.LEAVE,)

    path: str
    """The file; it is only read."""
    quiet_s: int = 2
    """The last mail is taken when nobody has written for so many seconds."""


class _Cursor(NamedTuple):
    offset: int = 0
    check: str = ""

    @classmethod
    def from_text(cls, text: str) -> _Cursor:
        """From `offset:check`; anything else is the beginning."""
        offset, _, check = text.partition(":")
        return cls(int(offset), check) if offset.isdigit() else cls()

    def to_text(self) -> str:
        """As kept."""
        return f"{self.offset}:{self.check}"


class MboxInbox:
    """The file, opened and locked for each look."""

    def __init__(self, config: MboxConfig) -> None:
        self._config = config
        self._path = Path(config.path)
        self._watch = Watch([self._path])
        self._unripe = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing is held open."""

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next mails in the order of the file."""
        self._watch.looked()
        try:
            self._check_lock_file()
            with self._path.open("rb") as file:
                try:
                    fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError as error:
                    raise IngestError(Trouble.BUSY, str(self._path), "another program writes to it") from error
                return self._read(file, _Cursor.from_text(cursor), bounds)
        except OSError as error:
            raise from_file(error, str(self._path)) from error

    def settle(self, handles: Sequence[str]) -> None:
        """Nothing: the file is only read."""

    def wait(self, timeout_s: float) -> bool:
        """By the time of the file."""
        if self._unripe:
            return self._watch.wait(min(timeout_s, self._config.quiet_s)) or timeout_s >= self._config.quiet_s
        return self._watch.wait(timeout_s)

    def test(self) -> list[Probe]:
        """Whether the file can be read, and its size."""
        attempt = Attempt()
        try:
            with self._path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                first = file.read(5)
            if first and first != b"From ":
                return attempt.failed(Step.FOLDER, IngestError(Trouble.PROTOCOL, str(self._path), "this is no mbox file"))
            attempt.passed(Step.FOLDER, str(self._path))
            attempt.passed(Step.COUNT, f"{size} bytes")
        except OSError as error:
            return attempt.failed(Step.FOLDER, from_file(error, str(self._path)))
        return attempt.probes

    def _check_lock_file(self) -> None:
        lock = Path(f"{self._path}.lock")
        try:
            age = time.time() - lock.stat().st_mtime
        except FileNotFoundError:
            return
        if age < STALE_LOCK_S:
            raise IngestError(Trouble.BUSY, str(self._path), "it is locked by another program")

    def _read(self, file: BinaryIO, cursor: _Cursor, bounds: Bounds) -> Batch:
        status = os.fstat(file.fileno())
        start = _begin(file, cursor)
        quiet = time.time() - status.st_mtime >= self._config.quiet_s
        found: list[Delivery] = []
        refused: list[Refused] = []
        total, end = 0, start
        self._unripe = False
        for mail in _mails(file, start, bounds.mail_bytes):
            if mail.last and not quiet:
                self._unripe = True
                break
            total += len(mail.data)
            if found and total > bounds.batch_bytes:
                break
            name = f"{self._path.name}@{mail.start}"
            if mail.too_large:
                refused.append(bounds.refusal(name))
            else:
                found.append(Delivery(mail.data, name, str(mail.start)))
            end = mail.end
            if len(found) + len(refused) >= bounds.count:
                break
        left = int(end < status.st_size and not self._unripe)
        return Batch(tuple(found), _Cursor(end, _check(file, end)).to_text(), tuple(refused), left)


class _Mail(NamedTuple):
    start: int
    end: int
    data: bytes
    too_large: bool
    last: bool
    """Nothing comes after it yet."""


def _mails(file: BinaryIO, start: int, max_bytes: int) -> Iterator[_Mail]:
    """The mails from an offset on, `>From ` unquoted; of one that is too large no more than its end is looked for."""
    file.seek(start)
    begin = offset = start
    lines: list[bytes] = []
    size, after_blank, begun = 0, True, False
    while line := file.readline(CHUNK):
        if after_blank and line.startswith(b"From "):
            if begun:
                yield _mail(begin, offset, lines, size > max_bytes, last=False)
            begin, lines, size, begun = offset, [], 0, True
            after_blank = False
        else:
            after_blank = line in (b"\n", b"\r\n")
            if begun and size <= max_bytes:
                lines.append(line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line)
            size += len(line)
        offset += len(line)
    if begun:
        yield _mail(begin, offset, lines, size > max_bytes, last=True)


def _mail(start: int, end: int, lines: list[bytes], too_large: bool, *, last: bool) -> _Mail:
    if len(lines) > 1 and lines[-1] in (b"\n", b"\r\n"):
        lines = lines[:-1]  # the empty line belongs to the file
    return _Mail(start, end, b"" if too_large else b"".join(lines), too_large, last)


def _begin(file: BinaryIO, cursor: _Cursor) -> int:
    """Where reading goes on: the offset of the cursor, or 0 when what was before it has changed."""
    for offset in (cursor.offset, 0):
        file.seek(offset)
        ahead = file.read(64).lstrip(b"\r\n")
        if (not ahead or ahead.startswith(b"From ")) and (not offset or cursor.check == _check(file, offset)):
            return offset
    raise IngestError(Trouble.PROTOCOL, str(getattr(file, "name", "")), "this is no mbox file")


def _check(file: BinaryIO, offset: int) -> str:
    file.seek(max(0, offset - CHECKED))
    return blake2b(file.read(min(offset, CHECKED)), digest_size=8).hexdigest()
