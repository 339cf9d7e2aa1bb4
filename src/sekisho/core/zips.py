"""The directory of a zip archive (PKWARE APPNOTE 4.3): its members and where their data stands, no name trusted."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from sekisho.core.errors import Broken, TooLarge
from sekisho.core.limits import Limits

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_COMMENT = 65535 + _END.size
"""The end record stands within so many bytes of the end."""
_UNSET = 0xFFFFFFFF
"""A number that stands in the zip64 field instead."""


class Member(NamedTuple):
    """One file in the archive."""

    name: str
    method: int
    """0 stored, 8 deflated."""
    is_encrypted: bool
    checksum: int | None
    data: memoryview
    """As packed; may go on behind the end where the archive does not say where that is."""


class _Entry(NamedTuple):
    name: str
    flags: int
    method: int
    checksum: int
    packed: int
    offset: int


def members(data: bytes, limits: Limits) -> list[Member]:
    """The files in the archive, without folders and what macOS adds; raises `Broken` or `TooLarge`.

    An archive without its directory (cut, or streamed and cut) is read from the front. One whose members overlap is refused.
    """
    found = _from_directory(data, limits)
    if not found:
        found = _from_front(data, limits)
    if not found and _END.pack(b"PK\5\6", *[0] * 7)[:4] not in data:
        raise Broken("The archive is damaged")
    return [member for member in found if not _is_chaff(member.name)]


def _is_chaff(name: str) -> bool:
    """Whether it is a folder, or one of the files that macOS adds to each file."""
    return name.endswith(("/", "\\")) or name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def _from_directory(data: bytes, limits: Limits) -> list[Member]:
    """The members by the directory at the end; none where that cannot be followed."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - _COMMENT))
    if at < 0 or at + _END.size > len(data):
        return []
    *_, size, offset, _comment = _END.unpack_from(data, at)
    start = at - size  # bytes put in front of the archive shift all offsets
    if start < 0 or data[start : start + 4] != b"PK\1\2":
        return []
    view = memoryview(data)
    found: list[Member] = []
    spans: list[tuple[int, int]] = []
    for entry in _entries(data, start, at):
        if len(found) >= limits.members:
            raise TooLarge("The archive has too many members")
        begin = _data_start(data, entry.offset + start - offset)
        if begin < 0:
            return []
        spans.append((begin, begin + entry.packed))
        found.append(_member(entry, view[begin : begin + entry.packed]))
    _refuse_overlap(spans)
    return found


def _entries(data: bytes, position: int, end: int) -> Iterator[_Entry]:
    """The entries of the directory."""
    while position + _ENTRY.size <= end:
        fields = _ENTRY.unpack_from(data, position)
        if fields[0] != b"PK\1\2":
            return
        flags, method, checksum, packed, unpacked = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_length, extra_length, comment_length, offset = fields[10], fields[11], fields[12], fields[16]
        name_at = position + _ENTRY.size
        extra_at = name_at + name_length
        extra = data[extra_at : extra_at + extra_length]
        packed, offset = _wide(extra, packed, unpacked, offset)
        yield _Entry(_name(data[name_at:extra_at], flags), flags, method, checksum, packed, offset)
        position = extra_at + extra_length + comment_length


def _wide(extra: bytes, packed: int, unpacked: int, offset: int) -> tuple[int, int]:
    """Size and offset where they stand in the zip64 field (APPNOTE 4.5.3): each only if its own place is unset."""
    position = 0
    while position + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, position)
        if kind == 1:
            numbers = iter(struct.unpack_from(f"<{min(length, len(extra) - position - 4) // 8}Q", extra, position + 4))
            if unpacked == _UNSET:
                next(numbers, 0)
            packed = next(numbers, packed) if packed == _UNSET else packed
            offset = next(numbers, offset) if offset == _UNSET else offset
            break
        position += 4 + length
    return packed, offset


def _data_start(data: bytes, offset: int) -> int:
    """Where the data of the member behind a local header begins, -1 where there is no such header."""
    if offset < 0 or offset + _LOCAL.size > len(data) or data[offset : offset + 4] != b"PK\3\4":
        return -1
    name_length, extra_length = struct.unpack_from("<2H", data, offset + 26)
    return int(offset + _LOCAL.size + name_length + extra_length)


def _refuse_overlap(spans: list[tuple[int, int]]) -> None:
    """Members that share bytes are how a small archive unpacks to terabytes."""
    last = 0
    for begin, end in sorted(spans):
        if begin < last:
            raise TooLarge("The members of the archive overlap, as in a zip bomb")
        last = end


def _from_front(data: bytes, limits: Limits) -> list[Member]:
    """The members by their local headers; where one does not say how long it is, up to the next header or the end."""
    view = memoryview(data)
    found: list[Member] = []
    at = data.find(b"PK\3\4")
    while at >= 0 and at + _LOCAL.size <= len(data):
        if len(found) >= limits.members:
            raise TooLarge("The archive has too many members")
        fields = _LOCAL.unpack_from(data, at)
        flags, method, checksum, packed, name_length, extra_length = (fields[i] for i in (2, 3, 6, 7, 9, 10))
        begin = at + _LOCAL.size + name_length + extra_length
        name = _name(data[at + _LOCAL.size : at + _LOCAL.size + name_length], flags)
        streamed = bool(flags & 8) or packed == _UNSET
        at = data.find(b"PK\3\4", begin if streamed else begin + packed)
        end = (at if at >= 0 else len(data)) if streamed else begin + packed
        entry = _Entry(name, flags, method, checksum, packed, at)
        member = _member(entry, view[begin:end])
        found.append(member._replace(checksum=None) if streamed else member)
    return found


def _member(entry: _Entry, data: memoryview) -> Member:
    return Member(entry.name, entry.method, bool(entry.flags & 1), entry.checksum, data)


def _name(raw: bytes, flags: int) -> str:
    """The name: UTF-8 where it says so or is, then Shift_JIS as Windows writes it in Japan, then the old standard."""
    encodings = ("utf-8",) if flags & 0x800 else ("utf-8", "cp932")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")
