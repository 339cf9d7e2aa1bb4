"""Reads what reports have in common without giving it to expat: plain elements, and records that resemble earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

from sekisho.core.limits import DEFAULT, Limits, Work
from sekisho.core.reports.markup import Collector, Source
from sekisho.core.reports.metadata import Metadata, Policies
from sekisho.core.reports.pieces import END, PIECES, RESULTS_HERE, Pieces
from sekisho.core.reports.plain import plain_metadata
from sekisho.core.reports.tree import Node, simple_tree
from sekisho.core.reports.values import Said

NEW = 48
"""Characters of a tail that was not met before which take as long as an element that expat reads."""
ODD = 12
"""And of one that is not understood after all: it has been parsed alone."""
LONGEST = 64 * 1024
"""Characters without the end of a record after which the document is left to expat alone."""
_IN_METADATA = 1000
"""Elements of metadata that are read here."""

_ROOT = re.compile(r"(?:<\?xml[^<>]{0,200}\?>)?[ \t\r\n]*<feedback(?:\s[^<>]{0,1000})?>").match
_PLAIN_END = re.compile(r"[ \t\r\n]*</feedback>[ \t\r\n]*").fullmatch
_PART = re.compile(r"[ \t\r\n]*<(version|report_metadata|policy_published)>").match
_VERSION = re.compile(r"[ \t\r\n]*<version>([0-9.]{1,20})</version>[ \t\r\n]*").fullmatch
_ROW = re.compile(
    r"[ \t\r\n]*<record>[ \t\r\n]*<row>[ \t\r\n]*"
    r"<source_ip>([0-9A-Fa-f:.]{2,45})</source_ip>[ \t\r\n]*<count>([0-9]{1,10})</count>"
).match


class Draft(Protocol):
    """The report in the making, as far as it is needed here."""

    collector: Collector
    work: Work

    def take(self, part: Node) -> None:
        """A part of the document other than a record."""

    def take_version(self, text: str) -> None:
        """What stands in `version`."""

    def take_metadata(self, metadata: Metadata) -> None:
        """What stands in `report_metadata`, where it has no flaw."""

    def take_policies(self, policies: Policies) -> None:
        """What stands in `policy_published`."""

    def add(self, address: str, count: str, said: Said) -> None:
        """A row, address and count as written."""

    def add_rows(self, addresses: list[str], counts: list[int], saids: list[Said]) -> None:
        """Rows, their addresses in canonical text."""


class Shortcut:
    """Stands between the document and expat, and lets pass all that it does not fully understand.

    1. The start of the root goes to expat, or, where it is understood, waits for the first text that does; if none has to, none
    does. An element directly below the root that is well-formed changes nothing in the state of the parser, so whatever is
    certain to be one can be kept from it. 2. Metadata and policy without attributes or odd characters are taken apart here
    (`simple_tree`). 3. The rest is cut after each `</record>`. Of a piece that begins as a record with address and count written
    plainly, what stands behind them is its *tail*, and a known tail says what it said before. 4. A new tail is read by one
    pattern (`plain_said`), or put together of known parts (`Pieces`), or parsed alone, as the only record of a document; there
    it counts only if it is well-formed, one record, without unknown names, and with placeholders found as its address and
    count. 5. Any other piece goes to expat; if expat is not at rest directly below the root after it, or comments, CDATA or
    instructions are about, so does all that follows. So each document is accepted, refused and read as by expat alone; the
    tests compare the two.
    """

    def __init__(self, draft: Draft, limits: Limits) -> None:
        self._draft = draft
        self._limits = limits
        self._pieces = PIECES if limits is DEFAULT or limits == DEFAULT else Pieces(limits)
        self._parser: Source | None = None
        self._root = ""
        """The start of the document, where it is understood, as long as nothing of it had to be given to expat."""
        self._attributes: dict[str, str] = {}
        self._is_ready = False
        """Whether the parser rests directly below the root, or would."""
        self._is_off = limits.elements < DEFAULT.elements or limits.results < RESULTS_HERE or limits.depth < DEFAULT.depth

    def read(self, chunks: Iterable[bytes]) -> None:
        """Takes the whole document, in pieces that are each UTF-8; raises what `Source` raises."""
        rest = ""
        source = iter(chunks)
        while not self._is_off and (chunk := next(source, b"")):
            text = str(chunk, "utf-8")
            rest = self._step(rest + text if rest else text)
        if self._root and not self._is_off and _PLAIN_END(rest):
            self._draft.collector.start("feedback", self._attributes)
            self._draft.collector.end("feedback")
            return
        try:
            parser = self._fed(rest)
            for chunk in source:
                parser.feed(chunk)
            parser.close()
        finally:
            if self._parser:
                self._parser.release()

    def _fed(self, text: str) -> Source:
        """Gives text to expat, and before the first the start of the document that was kept from it."""
        if self._parser is None:
            self._parser = Source(self._draft.collector, self._limits)
        if self._root or text:
            self._parser.feed((self._root + text).encode())
            self._root = ""
        return self._parser

    def _step(self, text: str) -> str:
        """Reads on as far as it can be understood; what is left belongs to what comes next."""
        if not self._is_ready:
            if END not in text:
                self._is_off = len(text) > LONGEST
                return text
            text = self._begin(text)
            if self._is_off:
                return text
        position = self._rows(text, 0)
        while (end := text.find(END, position) + len(END)) >= len(END):
            if not self._is_left_ready(text[position:end]):
                self._is_off = True
                return text[end:]
            position = self._rows(text, end)
        self._is_off = len(text) - position > LONGEST
        return text[position:]

    def _rows(self, text: str, position: int) -> int:
        """Adds the rows of the records up to one that is not understood; where that begins."""
        addresses: list[str] = []
        counts: list[str] = []
        saids: list[Said] = []
        pieces = self._pieces
        known, canonical_of = pieces.tails.young.get, pieces.addresses.get
        while row := _ROW(text, position):
            start = row.end()
            end = text.find(END, start)
            if end < 0:
                break
            tail = text[start:end]
            said = known(tail)
            if said is None:
                self._draft.work.spend(1 + len(tail) // NEW)
                said = pieces.record(tail)
                if said is None:
                    self._draft.work.spend(len(tail) // ODD)
                known = pieces.tails.young.get
            written, count = row.groups()
            address = canonical_of(written) or pieces.address(written)
            if said is None or address is None:
                break
            addresses.append(address)
            counts.append(count)
            saids.append(said)
            position = end + len(END)
        if addresses:
            self._draft.add_rows(addresses, list(map(int, counts)), saids)
        return position

    def _begin(self, text: str) -> str:
        """Reads up to the first record; what is left."""
        root = _ROOT(text)
        attributes = self._pieces.root(root[0]) if root else None
        if root and attributes is not None:
            self._root, self._attributes = root[0], attributes
        elif root is None or not self._is_left_ready(root[0]):
            self._is_off = True
            return text[root.end() :] if root else text
        self._is_ready = True
        position = root.end()
        while part := _PART(text, position):
            end = text.find(f"</{part[1]}>", part.end()) + len(part[1]) + 3
            if not position < end <= position + self._limits.text:  # so that no text beside the elements is too long either
                break
            if not self._took_part(part[1], text[position:end]):
                break
            position = end
        return text[position:]

    def _took_part(self, name: str, text: str) -> bool:
        """Whether metadata, policy or version was understood and handed over."""
        if name == "policy_published":
            policies = self._pieces.policy(text)
            if policies is not None:
                self._draft.take_policies(policies)
            return policies is not None
        if name == "report_metadata" and self._pieces.is_usual and (metadata := plain_metadata(text)) is not None:
            self._draft.take_metadata(metadata)
            return True
        if name == "version" and (version := _VERSION(text)):
            self._draft.take_version(version[1])
            return True
        tree = simple_tree(text, _IN_METADATA, self._limits.text)
        if tree is not None:
            self._draft.take(tree)
        return tree is not None

    def _is_left_ready(self, text: str) -> bool:
        """Gives the piece to expat; whether something may be kept from it after that."""
        parser = self._fed(text)
        if "<!" in text or text.rfind("<?") > 0:
            return False
        return parser.is_at_rest and self._draft.collector.is_between_parts
