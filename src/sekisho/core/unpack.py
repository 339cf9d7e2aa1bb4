"""Opens archives by what their bytes are, never by their names: gzip, zlib and zip, in each other, in bounded pieces."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from isal import isal_zlib
from isal.igzip_lib import IsalError

from sekisho.core.errors import Broken, NotAReport, ReadError, TooLarge
from sekisho.core.limits import DEFAULT, Limits, Work
from sekisho.core.reports.values import Note
from sekisho.core.zips import Member, members

PIECE = 128 * 1024
"""Bytes of content that are handed on at once."""
_FEED = 16 * 1024
"""Packed bytes given to the inflater at once; what it does not take is copied, so it must be few."""
_NAME = 64 * 1024
"""Bytes of a name or comment in a gzip header (RFC 1952 sets no bound)."""
_HEAD = 16
"""Bytes by which a kind of archive is known."""

_PLAIN_GZIP = (b"\x1f\x8b\x08\x00", b"\x1f\x8b\x08\x08")
"""Without anything before the data, or with a name."""
_FOREIGN = (b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd", b"\x1f\x9d")
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


@dataclass(slots=True, init=False)
class Content:
    """Something that is no archive: where it was, and its bytes, once. `flaws` grows while they are read."""

    name: str
    """For people: the last part of the name, without control and direction characters."""
    chunks: Iterator[bytes]
    flaws: list[Note]

    def __init__(self, name: str, chunks: Iterator[bytes], flaws: list[Note] | None = None) -> None:
        self.name = name
        self.chunks = chunks
        self.flaws = [] if flaws is None else flaws


class Budget:
    """What one delivery may still cost."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self.limits = limits
        self._bytes = limits.unpacked_bytes
        self._archives = limits.archives
        self.work = Work(limits)
        """For reading what was unpacked."""

    def spend(self, number: int) -> None:
        """Counts unpacked bytes; raises `TooLarge`."""
        self._bytes -= number
        if self._bytes < 0:
            raise TooLarge("The archive unpacks to more than is allowed")

    def open_archive(self) -> None:
        """Counts an archive; raises `TooLarge`."""
        self._archives -= 1
        if self._archives < 0:
            raise TooLarge("There are too many archives")


def shown_name(name: str) -> str:
    """A file name from outside as it may be shown: no path, no control or direction characters, at most 200 characters."""
    name = name.strip()
    if "/" in name or "\\" in name:
        name = re.split(r"[/\\]", name)[-1]
    if not (name.isascii() and name.isprintable()):
        name = _UNSHOWN.sub("", name)
    return name[:200]


def unpack(data: bytes, budget: Budget, name: str = "") -> Iterator[Content]:
    """All that is in an archive, or the data itself where it is none; the chunks raise `Broken` or `TooLarge`.

    Each content is read, or left, before the next is asked for.
    """
    if (content := _plain_gzip(data, budget)) is not None:
        yield Content(shown_name(name), iter((content,)))
        return
    yield from _opened(_Feed(_slices(data)), name, 0, budget, [], whole=data)


def _plain_gzip(data: bytes, budget: Budget) -> bytes | None:
    """The content of a small gzip file with nothing odd about it, as most reports are; None where it takes the long way."""
    if not data.startswith(_PLAIN_GZIP) or len(data) > _FEED:
        return None
    start = data.find(b"\0", 10) + 1 if data[3] else 10
    inflater = isal_zlib.decompressobj(wbits=-15)
    try:
        content = inflater.decompress(data[start:], PIECE)
    except IsalError:  # type: ignore[misc]  # the stub calls the class an instance
        return None
    sums = struct.pack("<II", isal_zlib.crc32(content), len(content))
    if not content or not inflater.eof or inflater.unused_data != sums or _kind(content):
        return None
    budget.open_archive()
    budget.spend(len(content))
    return content


def _slices(data: bytes | memoryview) -> Iterator[bytes]:
    """The data in pieces."""
    if len(data) <= PIECE:
        yield bytes(data)
        return
    for start in range(0, len(data), PIECE):
        yield bytes(data[start : start + PIECE])


class _Feed:
    """Bytes that come in pieces, with a look ahead."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._ahead = b""

    def peek(self, number: int) -> bytes:
        """The next bytes, fewer only at the end; they stay."""
        while len(self._ahead) < number:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._ahead += chunk
        return self._ahead[:number]

    def take(self, number: int) -> bytes:
        """The next bytes, fewer only at the end."""
        found = self.peek(number)
        self._ahead = self._ahead[number:]
        return found

    def past(self, mark: bytes, most: int) -> None:
        """Goes on behind the mark, or behind `most` bytes."""
        head = self.peek(most)
        at = head.find(mark)
        self._ahead = self._ahead[at + 1 if at >= 0 else most :]

    def push_back(self, data: bytes) -> None:
        """Gives bytes back."""
        self._ahead = data + self._ahead

    def __iter__(self) -> Iterator[bytes]:
        while True:
            piece, self._ahead = self._ahead, b""
            if not piece:
                piece = next(self._chunks, b"")
                if not piece:
                    return
            yield piece


def _opened(
    feed: _Feed, name: str, depth: int, budget: Budget, flaws: list[Note], *, whole: bytes | None = None
) -> Iterator[Content]:
    """What is in the feed, one level down."""
    head = feed.peek(_HEAD)
    kind = _kind(head)
    if not kind:
        yield Content(shown_name(name), iter(feed), flaws)
        return
    if depth >= budget.limits.packing_depth:
        raise TooLarge("There are too many archives in each other", shown_name(name))
    budget.open_archive()
    if kind == "zip":
        data = whole if whole is not None else _held(feed, budget.limits)
        for member in members(data, budget.limits):
            yield from _opened_member(member, depth + 1, budget)
    elif kind == "foreign":
        raise Broken("The archive is of a kind that is not read (only gzip, zlib and zip are)", shown_name(name))
    else:
        unpacked = _gunzipped(feed, budget, flaws) if kind == "gzip" else _inflated(feed, 15, budget, flaws)
        yield from _opened(_Feed(unpacked), name, depth + 1, budget, flaws)


def _opened_member(member: Member, depth: int, budget: Budget) -> Iterator[Content]:
    """What is in a member of a zip; one that cannot be had does not hide the others."""
    flaws: list[Note] = []
    try:
        yield from _opened(_Feed(_member(member, budget, flaws)), member.name, depth, budget, flaws)
    except ReadError as error:
        yield Content(shown_name(member.name), _refused(error), flaws)


def _refused(error: ReadError) -> Iterator[bytes]:
    """Chunks that say why there are none."""
    raise error
    yield b""


def _kind(head: bytes) -> str:
    """The kind of archive, empty for none."""
    if head.startswith(b"\x1f\x8b\x08"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")):
        return "zip"
    if head[:1] == b"\x78" and len(head) >= 6 and int.from_bytes(head[:2], "big") % 31 == 0 and head[1:2] in b"\x01\x5e\x9c\xda":
        return "zlib"
    return "foreign" if head.startswith(_FOREIGN) else ""


def _held(feed: _Feed, limits: Limits) -> bytes:
    """All of the feed, for a zip is read from its end."""
    parts: list[bytes] = []
    length = 0
    for piece in feed:
        parts.append(piece)
        length += len(piece)
        if length > limits.held_bytes:
            raise TooLarge("A zip in another archive is too large")
    return b"".join(parts)


def _gunzipped(feed: _Feed, budget: Budget, flaws: list[Note]) -> Iterator[bytes]:
    """The content of all members of a gzip file (RFC 1952); what follows them is left, with a note."""
    first = True
    while True:
        head = feed.peek(10)
        if len(head) < 10 or head[:3] != b"\x1f\x8b\x08":
            if head.strip(b"\0") and not first:
                flaws.append(Note("bytes_after_archive", "There are bytes after the end of the archive"))
            return
        _skip_header(feed)
        yield from _inflated(feed, -15, budget, flaws, check=True)
        if any(note.code == "damaged_archive" for note in flaws):
            return
        first = False


def _skip_header(feed: _Feed) -> None:
    """Steps over the header of a gzip member (RFC 1952, 2.3)."""
    flags = feed.take(10)[3]
    if flags & 4:
        feed.take(int.from_bytes(feed.take(2), "little"))
    if flags & 8:
        feed.past(b"\0", _NAME)
    if flags & 16:
        feed.past(b"\0", _NAME)
    if flags & 2:
        feed.take(2)


def _inflated(feed: _Feed, wbits: int, budget: Budget, flaws: list[Note], *, check: bool = False) -> Iterator[bytes]:
    """One deflate stream, and, with `check`, the sum and length after it; damage ends it, with a note."""
    inflater = isal_zlib.decompressobj(wbits=wbits)
    checksum, length = 0, 0
    for out in _pieces(inflater, feed, flaws):
        budget.spend(len(out))
        if check:
            checksum = isal_zlib.crc32(out, checksum)
        length += len(out)
        yield out
    if not inflater.eof:
        return
    feed.push_back(inflater.unused_data)
    if check and feed.take(8) != struct.pack("<II", checksum, length & 0xFFFFFFFF):
        flaws.append(Note("wrong_checksum", "The check sum of the archive is wrong"))


def _pieces(inflater: isal_zlib.Decompress, feed: Iterable[bytes], flaws: list[Note]) -> Iterator[bytes]:
    """What the inflater gives, piece by piece; where its input is damaged or ends too early there is a note."""
    try:
        for piece in feed:
            for start in range(0, len(piece), _FEED):
                todo = piece[start : start + _FEED]
                while todo and not inflater.eof:
                    if out := inflater.decompress(todo, PIECE):
                        yield out
                    todo = inflater.unconsumed_tail
                if inflater.eof:
                    _give_back(feed, piece[start + _FEED :])
                    return
        while not inflater.eof and (out := inflater.decompress(b"", PIECE)):
            yield out
    except IsalError:  # type: ignore[misc]  # the stub calls the class an instance
        flaws.append(Note("damaged_archive", "The archive is damaged"))
        return
    if not inflater.eof:
        flaws.append(Note("damaged_archive", "The archive ends too early"))


def _give_back(feed: Iterable[bytes], rest: bytes) -> None:
    """Leaves what was not looked at in the feed."""
    if rest and isinstance(feed, _Feed):
        feed.push_back(rest)


def _member(member: Member, budget: Budget, flaws: list[Note]) -> Iterator[bytes]:
    """The content of a member of a zip; raises `Broken` where it cannot be had."""
    if member.is_encrypted:
        raise Broken("The archive is encrypted", shown_name(member.name))
    if member.method == 0:
        content = _slices(member.data)
    elif member.method == 8:
        content = _pieces(isal_zlib.decompressobj(wbits=-15), _slices(member.data), flaws)
    else:
        raise Broken("The archive is packed in a way that is not read (only stored and deflated are)", shown_name(member.name))
    checksum = 0
    for out in content:
        budget.spend(len(out))
        checksum = isal_zlib.crc32(out, checksum)
        yield out
    if member.checksum is not None and checksum != member.checksum and not flaws:
        flaws.append(Note("wrong_checksum", "The check sum of the archive is wrong"))


def read_all(content: Content, most: int) -> bytes:
    """All bytes of a content that is wanted whole; raises `TooLarge`."""
    parts: list[bytes] = []
    length = 0
    for chunk in content.chunks:
        parts.append(chunk)
        length += len(chunk)
        if length > most:
            raise TooLarge("The content is too large", content.name)
    if not length:
        raise NotAReport("It is empty", content.name)
    return b"".join(parts)
