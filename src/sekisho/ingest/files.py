"""Files, folders, mbox files and Maildirs as deliveries: names and bytes, nothing read twice, nothing changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sekisho.core.mail import split_mbox

MAX_BYTES = 64 << 20
"""A larger delivery is refused: mail systems stop far below."""
CHUNK = 1 << 20
MBOX = b"From "
"""How an mbox begins (RFC 4155)."""


class FoundFile(NamedTuple):
    """A delivery found in a path, or why it could not be taken."""

    name: str
    data: bytes
    refused: str = ""


def walk(paths: Iterable[Path]) -> list[str]:
    """All files in the paths by name, those in folders below too; not a Maildir's tmp, nor what links to folders lead to."""
    found: list[str] = []
    for path in paths:
        if not path.is_dir():
            found.append(str(path))
            continue
        for folder, below, names in os.walk(path):
            below[:] = sorted(d for d in below if not (d == "tmp" and {"cur", "new"} <= set(below)))
            found += [f"{folder}/{name}" for name in sorted(names) if not name.startswith(".")]
    return found


def deliveries(path: str) -> Iterator[FoundFile]:
    """The deliveries in a file: itself, or the mails of an mbox."""
    try:
        data = _small(path)
        if data is not None and not data.startswith(MBOX):
            yield FoundFile(path, data)
            return
        with open(path, "rb") as file:
            if file.peek(len(MBOX)).startswith(MBOX):
                yield from _mbox(path, iter(lambda: file.read(CHUNK), b""))
                return
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        yield FoundFile(path, b"", f"cannot be opened: {error.strerror}")
        return
    if len(data) > MAX_BYTES:
        yield FoundFile(path, b"", f"larger than {MAX_BYTES >> 20} MiB")
    else:
        yield FoundFile(path, data)


def _small(path: str) -> bytes | None:
    """All of a plain file of the usual size, None for another: half of the time of a buffered file, and there are many."""
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        size = os.fstat(number).st_size
        data = os.read(number, size + 1) if 0 < size < CHUNK else b""
    finally:
        os.close(number)
    return data if data and len(data) == size else None


def _mbox(path: str, chunks: Iterator[bytes]) -> Iterator[FoundFile]:
    for number, mail in enumerate(split_mbox(chunks), 1):
        yield FoundFile(f"{path}#{number}", mail)
