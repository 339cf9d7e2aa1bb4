"""What was met before in aggregate reports, by its text, and the reading of what is new and plain without a document around it."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.parsers import expat

from sekisho.core.errors import ReadError
from sekisho.core.limits import DEFAULT, MIB, Limits
from sekisho.core.reports.address import canonical
from sekisho.core.reports.markup import Collector, Malformed, Source, refuse_doctype
from sekisho.core.reports.metadata import Policies, read_policy
from sekisho.core.reports.plain import NAME, plain_identifiers, plain_result, plain_said
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

_IN_ROW, _IN_NAMES, _IN_RESULT, _IN_POLICY = 500, 100, 20, 1000
"""Elements of a part that is read here; all that one record may have are fewer than `Limits.elements`."""
RESULTS_HERE = 20
"""Results of a kind that are read here."""

_PLAIN_ROOT = re.compile(
    r"(?:<\?xml version=([\"'])1\.[0-9]\1(?: encoding=([\"'])[A-Za-z][A-Za-z0-9._-]{0,40}\2)? ?\?>)?[ \t\r\n]*<feedback>"
).fullmatch
_POLICY = re.compile(rf"([ \t\r\n]*<policy_published>[ \t\r\n]*<domain>){NAME}(</domain>.*)", re.DOTALL).fullmatch
_RESULT = re.compile(r"[ \t\r\n]*<(dkim|spf)>").match
_ADDRESSES = 20_000
"""Addresses whose canonical text is remembered; 3 MB."""
_ADDRESS = "192.0.2.1"
_COUNT = "4711"
_ROW = f"<record><row><source_ip>{_ADDRESS}</source_ip><count>{_COUNT}</count>"
END = "</record>"
_IDENTIFIERS = "<identifiers>"
_RESULTS = "<auth_results>"
_RESULTS_END = "</auth_results>"


class Pieces:
    """What was met before, by its text: roots, policies, records and parts of records."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.is_usual = limits.text >= DEFAULT.text
        """Whether values may be as long as the patterns of `plain` and the parts known by others assume."""
        self.tails: Shared[Said] = Shared(10_000, 8 * MIB)
        """By what stands behind the count of a record; before it and the address is nothing else."""
        self.addresses: dict[str, str] = {}
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
            tree = simple_tree(text, _IN_POLICY, self._limits.text)
            if tree is None:
                return None
            known = read_policy(tree, self._limits)
            if named:
                self._policies.put((named[1], named[3]), known, len(text) + 500)
        self._policies.put(text, known, len(text) + 500)
        return known

    def record(self, tail: str) -> Said | None:
        """What a record says that goes on like this behind its count, or None where that is not certain."""
        said = self.tails.get(tail)
        if said is None:
            said = (plain_said(tail) if self.is_usual else None) or self.said(_ROW + tail)
            if said is not None:
                self.tails.put(tail, said, len(tail) + 200)
        return said

    def address(self, text: str) -> str | None:
        """The canonical text of an address, remembered, for few are seen once."""
        found = canonical(text)
        if found is not None:
            if len(self.addresses) >= _ADDRESSES:
                self.addresses.clear()
            self.addresses[text] = found
        return found

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
        record = simple_tree(text + END, _IN_ROW, self._limits.text)
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
        if text[position:].strip(" \t\r\n") or max(len(dkim), len(spf)) > RESULTS_HERE:
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
            parser.feed(f"<feedback>{piece}{END}</feedback>".encode())
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


PIECES = Pieces(DEFAULT)
"""Of this process, for documents read within the usual limits."""
