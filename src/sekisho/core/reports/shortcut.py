"""Reads records that differ from an earlier one only in address and count without parsing them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from sekisho.core.errors import ReadError
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.reports.markup import Collector, Malformed, Node, Source
from sekisho.core.reports.record import Shared, read_said, section
from sekisho.core.reports.values import Said

LONGEST = 64 * 1024
"""Characters without a `<record>` or `</record>` after which the document is left to expat alone."""

_ROW = re.compile(r"<source_ip>([0-9A-Fa-f:.]{2,45})</source_ip>\s*<count>([0-9]{1,10})</count>").search
_BEGINS = re.compile(r"[ \t\r\n]*<record>").match
_ADDRESS = "192.0.2.1"
_COUNT = "4711"
_END = "</record>"


class Draft(Protocol):
    """The report in the making, as far as it is needed here."""

    collector: Collector

    def add(self, address: str, count: str, said: Said) -> None:
        """A row, address and count as written."""


class Shortcut:
    """Stands between the document and expat, and lets pass all that it does not fully understand.

    1. Up to the first `<record>` all goes to expat. 2. The rest is cut after each `</record>`. A piece that is one record with
    address and count written plainly is, without these two values, its *skeleton*. 3. A skeleton not seen before is parsed alone,
    as the only record of a document; it counts only if it is well-formed, one record, with no unknown names, and with the
    placeholders found as its address and count. 4. A piece with a known skeleton says what the skeleton says, and is kept from
    expat: a well-formed element directly below the root changes nothing in the state of the parser. 5. Any other piece goes to
    expat; if expat is not at rest directly below the root after it, or comments, CDATA or instructions are about, so does all
    that follows. So each document is accepted, refused and read as by expat alone; the tests compare the two.
    """

    def __init__(self, parser: Source, draft: Draft, limits: Limits) -> None:
        self._parser = parser
        self._draft = draft
        self._limits = limits
        self._known = _SKELETONS if limits == DEFAULT else Shared(1000, 1024 * 1024)
        self._is_ready = False
        """Whether the parser rests directly below the root, in front of a record."""
        self._is_off = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Takes the whole document, in pieces that are each UTF-8."""
        rest = ""
        source = iter(chunks)
        for chunk in source:
            rest = self._step(rest + str(chunk, "utf-8"))
            if self._is_off:
                break
        self._feed(rest)
        for chunk in source:
            self._parser.feed(chunk)

    def _step(self, text: str) -> str:
        """Reads on as far as it can be understood; what is left belongs to what comes next."""
        if not self._is_ready:
            at = text.find("<record>")
            if at < 0:
                self._is_off = len(text) > LONGEST
                return text
            if not self._is_left_ready(text[:at]):
                self._is_off = True
                return text[at:]
            self._is_ready = True
            text = text[at:]
        *pieces, rest = text.split(_END)
        waiting = iter(pieces)
        for piece in waiting:
            if not (self._took(piece) or self._is_left_ready(piece + _END)):
                self._is_off = True
                return _joined(waiting, rest)
        self._is_off = len(rest) > LONGEST
        return rest

    def _feed(self, text: str) -> None:
        self._parser.feed(text.encode())

    def _is_left_ready(self, text: str) -> bool:
        """Gives the piece to expat; whether a record may be kept from it after that."""
        self._feed(text)
        if "<!" in text or text.rfind("<?") > 0:
            return False
        return self._parser.is_at_rest and self._draft.collector.is_between_parts

    def _took(self, piece: str) -> bool:
        """Whether the piece was understood, its row added."""
        row = _ROW(piece)
        if row is None or not _BEGINS(piece):
            return False
        (a, b), (c, d) = row.span(1), row.span(2)
        skeleton = piece[:a] + piece[b:c] + piece[d:]
        said = self._known.get(skeleton)
        if said is None:
            said = self._learn(piece[:a] + _ADDRESS + piece[b:c] + _COUNT + piece[d:])
            if said is None:
                return False
            self._known.put(skeleton, said)
        self._draft.add(row[1], row[2], said)
        return True

    def _learn(self, piece: str) -> Said | None:
        """What the record says, parsed alone, or None where that is not beyond doubt."""
        parts: list[Node] = []
        collector = Collector(self._limits, parts.append)
        parser = Source(collector, self._limits)
        try:
            parser.feed(f"<feedback>{piece}{_END}</feedback>".encode())
            parser.close()
        except (Malformed, ReadError):
            return None
        if len(parts) != 1 or collector.has_unknown:
            return None
        row = section(parts[0], "row") or parts[0]
        address, count = section(row, "source_ip"), section(row, "count")
        if address is None or count is None or address.text != _ADDRESS or count.text != _COUNT:
            return None
        return read_said(parts[0], self._limits, is_crowded=collector.is_crowded)


def _joined(pieces: Iterator[str], rest: str) -> str:
    """What is left of a text that was cut after each record."""
    return "".join(piece + _END for piece in pieces) + rest


_SKELETONS = Shared(entries=10_000, weight=8 * 1024 * 1024)
