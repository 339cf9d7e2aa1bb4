"""Maildirs: `new` and `cur`, while mail servers and readers work in them at the same time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from sekisho.ingest.errors import IngestError, check_rights, from_file
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Probe, Step
from sekisho.ingest.listing import Files, Watch, entries

PARTS = ("new", "cur", "tmp")


@dataclass(frozen=True, slots=True)
class MaildirConfig:
    """A Maildir on this machine."""

    secrets: ClassVar[frozenset[str]] = frozenset()
    afters: ClassVar[tuple[After, ...]] = (After.FLAG, After.LEAVE, After.MOVE, After.DELETE)

    path: str
    """The folder that holds `new`, `cur` and `tmp`; for a sub-folder, its own, such as `.../Maildir/.Reports`."""
    after: After = After.FLAG
    """After storing: `flag` as read (mails read by others are left alone), `leave`, `move` to the done folder, or `delete`."""
    done_folder: str = ".Done"
    """Maildir that mails are moved to, beside `new` unless it is a whole path; made when missing."""


class MaildirInbox:
    """The Maildir. A mail that another program renames meanwhile is found again by the first part of its name."""

    def __init__(self, config: MaildirConfig) -> None:
        self._config = config
        self._root = Path(config.path)
        self._files = Files(self._paths)
        self._watch = Watch([self._root / "new", self._root / "cur"])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing is held open."""

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next mails by the time they came into their folder."""
        self._watch.looked()
        try:
            return self._files.take(cursor, bounds, lambda found: _base(found.path))
        except OSError as error:
            raise from_file(error, str(self._root)) from error

    def settle(self, handles: Sequence[str]) -> None:
        """Renames or removes, file by file."""
        if self._config.after is After.LEAVE or not handles:
            return
        try:
            if self._config.after is After.MOVE:
                self._make_done()
            paths = [handle.partition(":")[2] for handle in handles]
            lost = [path for path in paths if not self._settle(path)]
            if lost:
                now = {_base(path): path for path in chain(entries(self._root / "cur"), entries(self._root / "new"))}
                for path in lost:
                    self._settle(now.get(_base(path), path))
        except OSError as error:
            raise from_file(error, str(self._root)) from error

    def wait(self, timeout_s: float) -> bool:
        """By the times of the two folders."""
        return self._watch.wait(timeout_s)

    def test(self) -> list[Probe]:
        """The folders, the number of mails, and whether mails may be renamed."""
        attempt = Attempt()
        step = Step.FOLDER
        try:
            for part in ("new", "cur"):
                os.scandir(self._root / part).close()
            attempt.passed(step, str(self._root))
            attempt.passed(Step.COUNT, str(sum(1 for _ in self._paths())))
            step = Step.AFTER
            if self._config.after is After.MOVE:
                self._make_done()
            if self._config.after is not After.LEAVE:
                check_rights([self._root / "new", self._root / "cur"])
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
        only_unread = self._config.after is After.FLAG
        for path in chain(entries(self._root / "new"), entries(self._root / "cur")):
            if not (only_unread and "S" in _flags(path)):
                yield path

    def _settle(self, path: str) -> bool:
        """Settles one mail; False when it is no longer there by this name."""
        try:
            if self._config.after is After.DELETE:
                os.unlink(path)
            else:
                root = self._done if self._config.after is After.MOVE else self._root
                flags = "".join(sorted({*_flags(path), "S"}))  # in order of ASCII, as the format wants
                os.rename(path, root / "cur" / f"{_base(path)}:2,{flags}")
        except FileNotFoundError:
            return False
        return True

    def _make_done(self) -> None:
        for part in PARTS:
            (self._done / part).mkdir(mode=0o700, parents=True, exist_ok=True)


def _base(path: str) -> str:
    return os.path.basename(path).partition(":")[0]


def _flags(path: str) -> str:
    return os.path.basename(path).partition(":2,")[2]
