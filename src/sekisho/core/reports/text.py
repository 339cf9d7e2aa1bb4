"""From the bytes of a document to clean UTF-8, whatever it says of its own encoding, and the cleaning of single values."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from sekisho.core.errors import NotAReport
from sekisho.core.reports.values import Note

PRELUDE = 4096
"""Bytes before the first tag in which a declaration, or text that does not belong there, is looked for."""

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})").match
_PLAIN_START = re.compile(
    rb"<(?:\?xml version=([\"'])1\.0\1(?: encoding=([\"'])[Uu][Tt][Ff]-8\2)? ?\?>\s{0,10}<)?feedback[ >]"
).match
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_SUPERSETS = re.compile(
    r"utf_8|ascii|iso8859_\d+|cp125\d|cp437|cp850|cp866|koi8_[ru]|mac_roman|"
    r"shift_jis(x0213|_2004)?|cp932|euc_j\w+|iso2022_jp\w*|gb2312|gbk|gb18030|big5\w*|euc_kr|cp949|hz"
).fullmatch
"""Encodings that read ASCII as ASCII, by Python's names; a document that reached its first tag may truly be in one."""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufffe\uffff]+")


class Notes:
    """Notes in the making: one for each code, with the place of the first and how many more there are."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, str, int]] = {}

    def add(self, code: str, words: str, where: str = "") -> None:
        """Adds a flaw; only the first of a kind keeps its place."""
        words_, where_, number = self._found.get(code, (words, where, 0))
        self._found[code] = (words_, where_, number + 1)

    def all(self) -> tuple[Note, ...]:
        """The notes in the order they were first made."""
        if not self._found:
            return ()
        return tuple(
            Note(code, words, where if number == 1 else f"{where} (+{number - 1})".strip())
            for code, (words, where, number) in self._found.items()
        )


class Flaws:
    """Flaws as they are met, to be made notes of later."""

    def __init__(self) -> None:
        self.found: list[Note] = []

    def add(self, code: str, words: str, where: str = "") -> None:
        """Adds a flaw."""
        self.found.append(Note(code, words, where))


def clean(text: str, longest: int) -> str:
    """A value without blanks around it, control characters and line breaks turned to single blanks, cut to `longest`."""
    text = text.strip()
    if not text.isprintable():
        text = _CONTROL.sub(" ", text).strip()
    return text[:longest]


def as_utf8(chunks: Iterable[bytes], notes: Notes) -> Iterator[bytes]:
    """The document as UTF-8 that begins with its first `<`; raises `NotAReport` where there is none.

    What cannot be decoded becomes U+FFFD, with a note. Byte-order marks, and UTF-16 or UTF-32 without one, are understood.
    """
    source = iter(chunks)
    head = _prelude(source)
    if _PLAIN_START(head):  # nearly all begin so, and need no more than to be looked at
        yield from _checked(chain((head,), source), notes)
        return
    encoding, marked = _encoding(head, notes)
    chunks = _rejoined(head[marked:] if marked else head, source)
    yield from _first_tag(_checked(chunks, notes) if encoding == "utf-8" else _decoded(encoding, chunks, notes), notes)


def _prelude(source: Iterator[bytes]) -> bytes:
    """The first bytes, enough to see how the document begins."""
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= PRELUDE:
            break
    return head


def _rejoined(head: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from source


def _encoding(head: bytes, notes: Notes) -> tuple[str, int]:
    """The encoding to read with, and the length of the byte-order mark."""
    start = head.lstrip(b" \t\r\n")
    if start[:1] == b"<" and start[1:2] != b"\0":
        return _declared(start, notes), 0
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, 0 if b"<" in mark else len(mark)
        if b"<" in mark and start.startswith(mark):
            return encoding, 0
    return _declared(head[head.find(b"<") :] if b"<" in head else b"", notes), 0


def _declared(head: bytes, notes: Notes) -> str:
    """Python's name of the encoding declared; UTF-8 where none is, or it cannot be true, or is not known."""
    declared = _DECLARED(head)
    if declared is None or declared[1].lower() == b"utf-8":
        return "utf-8"
    name = declared[1].decode("ascii")
    try:
        known = codecs.lookup(name).name.replace("-", "_")
    except LookupError:
        known = ""
    if known in ("utf_8", "ascii"):
        return "utf-8"
    if known and _SUPERSETS(known):
        return known
    notes.add("odd_encoding", "The declared character encoding is not the real one; read as UTF-8", name)
    return "utf-8"


def _checked(chunks: Iterator[bytes], notes: Notes) -> Iterator[bytes]:
    """UTF-8 as it is, where it is UTF-8; pure ASCII, nearly everything, costs one look."""
    decoder = None
    pending = False
    for chunk in chunks:
        if chunk.isascii() and not pending:
            yield chunk
            continue
        if decoder is None:
            decoder = codecs.getincrementaldecoder("utf-8")("strict")
        yield _decode(decoder, chunk, notes)
        pending = bool(decoder.getstate()[0])
    if decoder is not None and pending:
        yield _decode(decoder, b"", notes, final=True)


def _decoded(encoding: str, chunks: Iterator[bytes], notes: Notes) -> Iterator[bytes]:
    """Another encoding turned to UTF-8."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for chunk in chunks:
        yield _decode(decoder, chunk, notes)
    yield _decode(decoder, b"", notes, final=True)


def _decode(decoder: codecs.IncrementalDecoder, chunk: bytes, notes: Notes, *, final: bool = False) -> bytes:
    """One step; on the first fault the decoder is told to replace what it cannot read from then on."""
    try:
        text = decoder.decode(chunk, final)
    except UnicodeDecodeError:
        notes.add("odd_bytes", "Some characters are not in the encoding of the document and could not be read")
        decoder.errors = "replace"
        text = decoder.decode(chunk, final)
    return text.encode("utf-8", "replace")


def _first_tag(chunks: Iterator[bytes], notes: Notes) -> Iterator[bytes]:
    """Drops what stands before the first `<`."""
    before = 0
    for chunk in chunks:
        at = chunk.find(b"<")
        if at < 0:
            before += len(chunk)
            if before > 16 * PRELUDE:
                break
            continue
        if chunk[:at].strip(b" \t\r\n\0"):
            notes.add("text_before", "There is text before the document")
        yield chunk[at:] if at else chunk
        yield from chunks
        return
    raise NotAReport("This is text, not a report")
