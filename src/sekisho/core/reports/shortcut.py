"""Reads what reports have in common without giving it to expat: plain elements, and records that resemble earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Protocol
from xml.parsers import expat

from sekisho.core.errors import ReadError
from sekisho.core.limits import DEFAULT, MIB, Limits
from sekisho.core.reports.address import PLAIN_IPV4, canonical
from sekisho.core.reports.markup import Collector, Malformed, Source, refuse_doctype
from sekisho.core.reports.metadata import Metadata, Policies, read_policy
from sekisho.core.reports.plain import NAME, plain_identifiers, plain_metadata, plain_result
from sekisho.core.reports.record import (
    Evaluated,
    Identifiers,
    Result,
    Shared,
    composed,
    read_evaluated,
    read_identifiers,
    read_result,
    read_said,
    section,
)
from sekisho.core.reports.tree import Node, simple_tree
from sekisho.core.reports.values import Said

LONGEST = 64 * 1024
"""Characters without the end of a record after which the document is left to expat alone."""
_IN_ROW, _IN_NAMES, _IN_RESULT, _IN_METADATA = 500, 100, 20, 1000
"""Elements of a part that is read here; all that one record may have are fewer than `Limits.elements`."""
_RESULTS_HERE = 20
"""Results of a kind that are read here."""

_ROOT = re.compile(r"(?:<\?xml[^<>]{0,200}\?>)?[ \t\r\n]*<feedback(?:\s[^<>]{0,1000})?>").match
_PLAIN_ROOT = re.compile(
    r"(?:<\?xml version=([\"'])1\.[0-9]\1(?: encoding=([\"'])[A-Za-z][A-Za-z0-9._-]{0,40}\2)? ?\?>)?[ \t\r\n]*<feedback>"
).fullmatch
_PLAIN_END = re.compile(r"[ \t\r\n]*</feedback>[ \t\r\n]*").fullmatch
_POLICY = re.compile(rf"([ \t\r\n]*<policy_published>[ \t\r\n]*<domain>){NAME}(</domain>.*)", re.DOTALL).fullmatch
_PART = re.compile(r"[ \t\r\n]*<(version|report_metadata|policy_published)>").match
_VERSION = re.compile(r"[ \t\r\n]*<version>([0-9.]{1,20})</version>[ \t\r\n]*").fullmatch
_ROW = re.compile(
    r"[ \t\r\n]*<record>[ \t\r\n]*<row>[ \t\r\n]*"
    rf"<source_ip>(?:({PLAIN_IPV4})|([0-9A-Fa-f:.]{{2,45}}))</source_ip>[ \t\r\n]*<count>([0-9]{{1,10}})</count>"
).match
_RESULT = re.compile(r"[ \t\r\n]*<(dkim|spf)>").match
_ADDRESS = "192.0.2.1"
_COUNT = "4711"
_END = "</record>"
_IDENTIFIERS = "<identifiers>"
_RESULTS = "<auth_results>"
_RESULTS_END = "</auth_results>"


class Draft(Protocol):
    """The report in the making, as far as it is needed here."""

    collector: Collector

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

    1. The start of the root goes to expat, or, where it is plain, waits for the first text that does; if none has to, none does. An
    element directly below the root that is well-formed changes nothing in the state of the parser, so whatever is certain to be one
    can be kept from it. 2. Metadata and policy without attributes or odd characters are taken apart here (`simple_tree`). 3. The
    rest is cut after each `</record>`. A piece that is one record with address and count written plainly is, without these two
    values, its *skeleton*, and a known skeleton says what it said before. 4. A new skeleton is put together of known parts
    (`_Pieces`), or parsed alone, as the only record of a document; it counts only if it is well-formed, one record, without unknown
    names, and with placeholders found as its address and count. 5. Any other piece goes to expat; if expat is not at rest directly
    below the root after it, or comments, CDATA or instructions are about, so does all that follows. So each document is accepted,
    refused and read as by expat alone; the tests compare the two.
    """

    def __init__(self, draft: Draft, limits: Limits) -> None:
        self._draft = draft
        self._limits = limits
        self._pieces = _PIECES if limits == DEFAULT else _Pieces(limits)
        self._parser: Source | None = None
        self._root = ""
        """The start of the document, where it is understood, as long as nothing of it had to be given to expat."""
        self._is_ready = False
        """Whether the parser rests directly below the root, or would."""
        self._is_off = limits.elements < DEFAULT.elements or limits.results < _RESULTS_HERE or limits.depth < DEFAULT.depth

    def read(self, chunks: Iterable[bytes]) -> None:
        """Takes the whole document, in pieces that are each UTF-8; raises what `Source` raises."""
        rest = ""
        source = iter(chunks)
        while not self._is_off and (chunk := next(source, b"")):
            text = str(chunk, "utf-8")
            rest = self._step(rest + text if rest else text)
        if self._root and not self._is_off and _PLAIN_END(rest):
            self._draft.collector.start("feedback", self._pieces.root(self._root) or {})
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
            if _END not in text:
                self._is_off = len(text) > LONGEST
                return text
            text = self._begin(text)
            if self._is_off:
                return text
        *pieces, rest = text.split(_END)
        waiting = iter(pieces)
        while (other := self._rows(waiting)) is not None:
            if not self._is_left_ready(other + _END):
                self._is_off = True
                return "".join(piece + _END for piece in waiting) + rest
        self._is_off = len(rest) > LONGEST
        return rest

    def _rows(self, waiting: Iterator[str]) -> str | None:
        """Adds the rows of the pieces up to one that is not understood, which is returned; None where all were."""
        addresses: list[str] = []
        counts: list[int] = []
        saids: list[Said] = []
        not_understood = None
        known = self._pieces.skeletons.young.get
        for piece in waiting:
            row = _ROW(piece)
            if row is None:
                not_understood = piece
                break
            plain, other, count = row.groups()
            (a, b), (c, d) = row.span(1 if plain else 2), row.span(3)
            skeleton = piece[:a] + piece[b:c] + piece[d:]
            said = known(skeleton)
            if said is None:
                said = self._pieces.skeleton(skeleton, piece[:a] + _ADDRESS + piece[b:c] + _COUNT + piece[d:])
                known = self._pieces.skeletons.young.get
            address = plain or canonical(other)
            if said is None or address is None:
                not_understood = piece
                break
            addresses.append(address)
            counts.append(int(count))
            saids.append(said)
        if addresses:
            self._draft.add_rows(addresses, counts, saids)
        return not_understood

    def _begin(self, text: str) -> str:
        """Reads up to the first record; what is left."""
        root = _ROOT(text)
        if root and self._pieces.root(root[0]) is not None:
            self._root = root[0]
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


class _Pieces:
    """What was met before, by its text: roots, policies, records and parts of records."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.is_usual = limits.text >= DEFAULT.text
        """Whether values may be as long as the patterns of `plain` and the parts known by others assume."""
        self.skeletons: Shared[Said] = Shared(10_000, 8 * MIB)
        self._roots: Shared[dict[str, str]] = Shared(200, 1 * MIB)
        self._policies: Shared[Policies] = Shared(1_000, 1 * MIB)
        self._evaluated: Shared[Evaluated] = Shared(2_000, 1 * MIB)
        self._identifiers: Shared[Identifiers] = Shared(2_000, 1 * MIB)
        self._results: Shared[Result] = Shared(4_000, 2 * MIB)

    def root(self, text: str) -> dict[str, str] | None:
        """The attributes of the root that begins the document, where a document with it alone is well-formed; else None."""
        if _PLAIN_ROOT(text):
            return {}
        known = self._roots.get(text)
        if known is None:
            known = _attributes(text)
            if known is not None:
                self._roots.put(text, known, len(text) + 500)
        return known

    def policy(self, text: str) -> Policies | None:
        """What stands in `policy_published`; the same comes again and again, and the same but for the domain."""
        known = self._policies.get(text)
        if known is not None:
            return known
        named = _POLICY(text) if self.is_usual else None
        alike = self._policies.get((named[1], named[3])) if named else None
        if named and alike is not None:
            known = alike._replace(policy=replace(alike.policy, domain=named[2]))
        else:
            tree = simple_tree(text, _IN_METADATA, self._limits.text)
            if tree is None:
                return None
            known = read_policy(tree, self._limits)
            if named:
                self._policies.put((named[1], named[3]), known, len(text) + 500)
        self._policies.put(text, known, len(text) + 500)
        return known

    def skeleton(self, skeleton: str, piece: str) -> Said | None:
        """What records with this skeleton say, from this or an earlier report; `piece` is the skeleton with placeholders."""
        said = self.skeletons.get(skeleton)
        if said is None and (said := self.said(piece)) is not None:
            self.skeletons.put(skeleton, said, len(skeleton) + 100)
        return said

    def said(self, piece: str) -> Said | None:
        """What a record with placeholders for address and count says, or None where that is not beyond doubt."""
        said = self._put_together(piece)
        return said if said is not None else self._parsed(piece)

    def _put_together(self, piece: str) -> Said | None:
        """The record put together of its row, identifiers and results, where it has just these, each once, in this order."""
        middle = piece.find(_IDENTIFIERS)
        last = piece.find(_RESULTS, middle)
        end = piece.rfind(_RESULTS_END)
        if not 0 < middle < last < end or piece[end + len(_RESULTS_END) :].strip(" \t\r\n"):
            return None
        evaluated = self._row(piece[:middle])
        identifiers = self._named(piece[middle:last])
        results = self._found(piece[last + len(_RESULTS) : end])
        if evaluated is None or identifiers is None or results is None:
            return None
        return composed(evaluated, identifiers, results)

    def _row(self, text: str) -> Evaluated | None:
        """What the receiver made of it, from the beginning of a record with nothing but its row."""
        known = self._evaluated.get(text)
        if known is not None:
            return known
        record = simple_tree(text + _END, _IN_ROW, self._limits.text)
        if record is None or [child.name for child in record.children] != ["row"] or not _has_placeholders(record):
            return None
        evaluated = [child for child in record.children[0].children if child.name == "policy_evaluated"]
        if len(evaluated) != 1:
            return None
        known = read_evaluated(evaluated[0], self._limits)
        self._evaluated.put(text, known, len(text) + 500)
        return known

    def _named(self, text: str) -> Identifiers | None:
        """The identifiers of a record."""
        known = self._identifiers.get(text)
        if known is not None:
            return known
        known = plain_identifiers(text) if self.is_usual else None
        if known is None:
            node = simple_tree(text, _IN_NAMES, self._limits.text)
            if node is None or node.name != "identifiers":
                return None
            known = read_identifiers(node, self._limits)
        self._identifiers.put(text, known, len(text) + 300)
        return known

    def _found(self, text: str) -> list[Result] | None:
        """The results of a record, DKIM before SPF."""
        dkim: list[Result] = []
        spf: list[Result] = []
        position = 0
        while begin := _RESULT(text, position):
            end = f"</{begin[1]}>"
            at = text.find(end, begin.end())
            found = self._result(begin[1], text[position : at + len(end)]) if at >= 0 else None
            if found is None:
                return None
            (dkim if begin[1] == "dkim" else spf).append(found)
            position = at + len(end)
        if text[position:].strip(" \t\r\n") or max(len(dkim), len(spf)) > _RESULTS_HERE:
            return None
        return dkim + spf

    def _result(self, kind: str, text: str) -> Result | None:
        """One result."""
        known = self._results.get(text)
        if known is not None:
            return known
        known = plain_result(kind, text) if self.is_usual else None
        if known is None:
            node = simple_tree(text, _IN_RESULT, self._limits.text)
            if node is None:
                return None
            known = read_result(node, self._limits)
        self._results.put(text, known, len(text) + 300)
        return known

    def _parsed(self, piece: str) -> Said | None:
        """The record parsed alone by expat."""
        parts: list[Node] = []
        collector = Collector(self._limits, parts.append)
        parser = Source(collector, self._limits)
        try:
            parser.feed(f"<feedback>{piece}{_END}</feedback>".encode())
            parser.close()
        except (Malformed, ReadError):
            return None
        if len(parts) != 1 or collector.has_unknown or not _has_placeholders(parts[0]):
            return None
        return read_said(parts[0], self._limits, is_crowded=collector.is_crowded)


def _has_placeholders(record: Node) -> bool:
    """Whether the placeholders stand where address and count are looked for."""
    row = section(record, "row") or record
    address, count = section(row, "source_ip"), section(row, "count")
    return address is not None and count is not None and (address.text, count.text) == (_ADDRESS, _COUNT)


def _attributes(root: str) -> dict[str, str] | None:
    """The attributes of the element that a text begins, as expat gives them; None where the text is not just that."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(f"{root}</feedback>".encode(), True)
    except (expat.ExpatError, ReadError):
        return None
    return found[0][1] if len(found) == 1 and found[0][0] == "feedback" else None


_PIECES = _Pieces(DEFAULT)
