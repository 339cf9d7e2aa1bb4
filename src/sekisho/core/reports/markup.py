"""The markup of an aggregate report: its parts as small trees, read by expat, or leniently where the XML is broken."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from xml.parsers import expat

from sekisho.core.errors import Broken, TooLarge
from sekisho.core.limits import Limits

_CONTAINERS = (
    "feedback", "report_metadata", "date_range", "policy_published", "record", "row", "policy_evaluated",
    "reason", "identifiers", "auth_results", "dkim", "spf",
)  # fmt: skip
_LEAVES = (
    "version", "org_name", "email", "extra_contact_info", "report_id", "begin", "end", "error", "generator",
    "domain", "discovery_method", "p", "sp", "np", "adkim", "aspf", "pct", "fo", "testing",
    "source_ip", "count", "disposition", "type", "comment", "envelope_to", "envelope_from", "header_from",
    "selector", "result", "human_result", "scope",
)  # fmt: skip
_ALIASES = {"identities": "identifiers", "sourceip": "source_ip", "ip_address": "source_ip", "headerfrom": "header_from"}

NAMES = {name: name for name in (*_CONTAINERS, *_LEAVES)}
"""The elements of a report (RFC 7489, App. C; RFC 9990, 3.1.1)."""
PARTS = frozenset(("version", "report_metadata", "policy_published", "record"))
"""The elements that are handed over as trees."""
_ATTRIBUTES = frozenset(("lang", "xml:lang"))


class Malformed(Exception):
    """The XML is not well-formed. `cut` tells that it only ends too early."""

    def __init__(self, *, cut: bool) -> None:
        super().__init__()
        self.cut = cut


class Node:
    """An element with its text and its child elements; `name` is the local name in lower case."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.children: list[Node] = []

    def all(self, name: str) -> list[Node]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]


class Collector:
    """Takes the events of a document and hands over each of its `PARTS` as a tree, all within the limits."""

    def __init__(self, limits: Limits, take: Callable[[Node], None]) -> None:
        self._limits = limits
        self._take = take
        self._open: list[Node] = []
        self._skipping = 0
        self._elements = 0
        self._known = dict(NAMES)
        self._attributes = set(_ATTRIBUTES)
        self.depth = 0
        self.root = ""
        """Name of the outermost element."""
        self.namespace = ""
        self.feedbacks = 0
        self.has_extension = False
        self.has_unknown = False
        """Whether names were seen that are none of a report's."""
        self.is_crowded = False
        """Whether a part had more elements than are looked at."""
        self.is_feedback_closed = False
        self.is_closed = False
        """Whether the outermost element has ended."""
        self._feedback_depth = 0

    @property
    def is_between_parts(self) -> bool:
        """Whether the document is directly below a `feedback` that is its outermost element."""
        return self.depth == 1 and self.feedbacks == 1 and self.root == "feedback"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > self._limits.depth:
            raise TooLarge("The elements of the report are nested too deeply")
        name = self._known.get(tag) or self._name(tag)
        if attributes:
            self._look_at(attributes)
        if self._skipping:
            self._skipping += 1
        elif self._open:
            self._add(name)
        elif name in PARTS and self.feedbacks < 2:
            self._elements = 0
            self._open.append(Node(name))
        elif name == "feedback":
            self._begin(tag, attributes)
        elif self.feedbacks:
            self.has_extension = self.has_extension or name == "extension"
            self._skipping = 1
        elif self.depth == 1:
            self.root = name

    def end(self, _tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        if self.depth == 0:
            self.is_closed = True
        if self._skipping:
            self._skipping -= 1
        elif self._open:
            node = self._open.pop()
            if not self._open:
                self._take(node)
        elif self.depth < self._feedback_depth:
            self.is_feedback_closed = True

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._open and not self._skipping:
            node = self._open[-1]
            if len(node.text) <= self._limits.text:
                node.text += text

    def release(self) -> None:
        """Lets go of who takes the parts; no more come."""
        self._take = _drop

    def _add(self, name: str) -> None:
        """An element within a part; skipped where the part has too many."""
        if self._elements >= self._limits.elements:
            self.is_crowded = True
            self._skipping = 1
            return
        self._elements += 1
        node = Node(name)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        """`feedback` begins; a second one within the document is skipped."""
        self.feedbacks += 1
        if self.feedbacks > 1:
            self._skipping = 1
            return
        self._feedback_depth = self.depth
        if self.depth == 1:
            self.root = "feedback"
        prefix = tag.rpartition(":")[0]
        self.namespace = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "").strip()[: self._limits.text]

    def _name(self, tag: str) -> str:
        """The local name in lower case; counts names that are none of a report's."""
        if len(self._known) - len(NAMES) + len(self._attributes) > self._limits.names:
            raise TooLarge("The report has too many different elements")
        name = tag.rpartition(":")[2].lower().replace("-", "_")
        name = _ALIASES.get(name, name)
        self.has_unknown = True
        self._known[tag] = name
        return name

    def _look_at(self, attributes: dict[str, str]) -> None:
        """Counts attribute names that are none of a report's."""
        if not attributes.keys() <= self._attributes:
            self.has_unknown = True
            self._attributes.update(attributes)
            if len(self._known) - len(NAMES) + len(self._attributes) > self._limits.names:
                raise TooLarge("The report has too many different attributes")


_SIMPLE = re.compile(r"<([a-z_]+)>([^<>&\r]*)</\1>|<(/?)([a-z_]+)>").findall
_UNSURE = re.compile(r"[&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]").search
_HOLDERS = frozenset(
    ("report_metadata", "date_range", "policy_published", "record", "row", "policy_evaluated", "reason", "identifiers")
)
"""Elements whose own text nobody asks for when they have children. `dkim` and `spf` are values in one place and hold others in
another, so they may only be the outermost."""
_DEEP = 20


def simple_tree(text: str, most: int, longest: int) -> Node | None:
    """The tree that expat and a `Collector` would give for one element and blanks around it, or None where that is not certain.

    Understood are known names without attributes, and text without markup: there, well-formed means that each element is closed in
    its turn. At most `most` elements, and values of `longest` characters. Text beside elements is left out: nobody asks for it.
    """
    outer = Node("")
    stack = [outer]
    tags = 0
    for leaf, value, slash, name in _SIMPLE(text):
        if leaf:
            tags += 2
            if leaf not in NAMES or len(value) > longest:
                return None
            node = Node(leaf)
            node.text = value
            stack[-1].children.append(node)
        elif slash:
            tags += 1
            closed = stack.pop()
            if closed.name != name or not stack or not closed.children:  # without children it has a text not understood
                return None
        else:
            tags += 1
            if name not in _HOLDERS and (len(stack) > 1 or name not in ("dkim", "spf")):
                return None
            if len(stack) > _DEEP:
                return None
            node = Node(name)
            stack[-1].children.append(node)
            stack.append(node)
    if len(stack) != 1 or len(outer.children) != 1 or tags > 2 * most:
        return None
    if text.count("<") != tags or text.count(">") != tags or _UNSURE(text):
        return None
    text = text.strip(_WHITE)
    return outer.children[0] if text[0] == "<" and text[-1] == ">" else None


_WHITE = " \t\n\r"


def _drop(_: Node) -> None:
    """Takes a part and forgets it."""


_CUT = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}
_SLICE = 64 * 1024
"""Bytes given to expat at once, so that the length of a token can be seen while it grows."""


class Source:
    """A document fed to expat piece by piece; UTF-8 whatever it declares. A document type declaration is refused."""

    def __init__(self, collector: Collector, limits: Limits) -> None:
        self._limits = limits
        self._fed = 0
        self._parser = parser = expat.ParserCreate("utf-8")
        if hasattr(parser, "SetReparseDeferralEnabled"):  # tokens are bounded here, and waiting would hide where we are
            parser.SetReparseDeferralEnabled(False)
        parser.buffer_text = True
        parser.StartElementHandler = collector.start
        parser.EndElementHandler = collector.end
        parser.CharacterDataHandler = collector.data
        parser.StartDoctypeDeclHandler = _refuse_doctype

    @property
    def is_at_rest(self) -> bool:
        """Whether all that was fed is understood, no tag or comment left open."""
        return self._parser.CurrentByteIndex == self._fed

    def feed(self, data: bytes) -> None:
        """Takes the next bytes; raises `Malformed`, `Broken` or `TooLarge`."""
        if len(data) <= _SLICE:
            self._feed(data)
            return
        for start in range(0, len(data), _SLICE):
            self._feed(data[start : start + _SLICE])

    def _feed(self, data: bytes) -> None:
        try:
            self._parser.Parse(data, False)
        except expat.ExpatError as error:
            raise Malformed(cut=False) from error
        self._fed += len(data)
        if self._fed - self._parser.CurrentByteIndex > self._limits.token_bytes:
            raise TooLarge("A tag or comment in the report is too long")

    def close(self) -> None:
        """The document ends; raises `Malformed` where it should not."""
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise Malformed(cut=error.code in _CUT) from error

    def release(self) -> None:
        """Lets go of the collector, so that nothing waits for the garbage collector."""
        parser = self._parser
        parser.StartElementHandler = parser.EndElementHandler = parser.CharacterDataHandler = None


def _refuse_doctype(*_: object) -> None:
    # Nothing a report needs can stand there, and entities are how XML bombs are built.
    raise Broken("The XML has a document type declaration, which a report never has")


_TAG = re.compile(r"<(/?)([A-Za-z_][\w.\-:]{0,99})(\s[^<>]{0,4000})?(/?)>")
_XMLNS = re.compile(r"(xmlns(?::[\w.\-]{1,100})?)\s*=\s*[\"']([^\"'<>]{0,2000})[\"']")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")
_HIDDEN = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))


def read_leniently(text: str, collector: Collector) -> bool:
    """Reads broken XML: only elements of a report are tags, all else is text; True where it ends before its last element does.

    1. What is hidden (comments, CDATA, processing instructions) is stepped over. 2. A tag of a known name opens or closes; a
    closing tag closes what is open within it, and one without its opening is dropped. 3. Everything else is text.
    """
    walk = _Walk(collector)
    for piece, tag in _pieces(text):
        if tag is None:
            walk.text(piece)
        else:
            walk.tag(tag)
    return walk.finish()


def _pieces(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """The text cut into pieces of text and tags."""
    hidden = list(_HIDDEN)
    position = 0
    while (at := text.find("<", position)) >= 0:
        if at > position:
            yield _unescaped(text[position:at]), None
        if match := _TAG.match(text, at):
            yield match[0], match
            position = match.end()
            continue
        if text.startswith("<!DOCTYPE", at) or text.startswith("<!ENTITY", at):
            _refuse_doctype()
        for opening, closing in hidden:
            if not text.startswith(opening, at):
                continue
            end = text.find(closing, at + len(opening))
            if end < 0:  # there is no such end any more, so it is looked for only once
                hidden.remove((opening, closing))
                break
            if closing == "]]>":
                yield text[at + len(opening) : end], None
            position = end + len(closing)
            break
        if position <= at:
            yield "<", None
            position = at + 1
    yield _unescaped(text[position:]), None


def _unescaped(text: str) -> str:
    """The five entities and numeric references resolved."""
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


class _Walk:
    """The open elements of a document that is read leniently."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._stack: list[str] = []
        self._strays = 0
        """Tags within a value that are none of a report's, and open."""

    def text(self, piece: str) -> None:
        """A piece of text."""
        self._collector.data(piece)

    def tag(self, match: re.Match[str]) -> None:
        """A tag, or what looks like one."""
        closing, tag, rest, empty = match[1], match[2], match[3] or "", match[4]
        name = _local(tag)
        if name not in NAMES:
            self._stray(match[0], 0 if empty else -1 if closing else 1)
        elif closing:
            self._close(name)
        else:
            self._make_room(name)
            self._collector.start(tag, dict(_XMLNS.findall(rest)) if name == "feedback" else {})
            self._stack.append(name)
            if empty or rest.endswith("/"):
                self._pop()

    def finish(self) -> bool:
        """The end; what is still open stays unfinished, except that `feedback` itself may be."""
        return bool(self._stack)

    def _stray(self, tag: str, change: int) -> None:
        """A tag that is none of a report's: part of a value, except one that closes what was never opened."""
        if self._in_leaf() and self._strays + change >= 0:
            self._strays += change
            self.text(tag)

    def _in_leaf(self) -> bool:
        return bool(self._stack) and self._stack[-1] not in _CONTAINERS

    def _make_room(self, name: str) -> None:
        """Closes what cannot hold the element: a value, or, for a part of the report, all open parts."""
        if name in PARTS or name == "feedback":
            while self._stack and self._stack[-1] != "feedback":
                self._pop()
        while self._in_leaf() or self._is_result():
            self._pop()

    def _is_result(self) -> bool:
        """Whether the innermost element is an aligned result, which holds text only."""
        return self._stack[-1:] in (["dkim"], ["spf"]) and self._stack[-2:-1] == ["policy_evaluated"]

    def _close(self, name: str) -> None:
        if name in self._stack:
            while self._stack[-1] != name:
                self._pop()
            self._pop()

    def _pop(self) -> None:
        self._strays = 0
        self._stack.pop()
        self._collector.end("")


def _local(tag: str) -> str:
    name = tag.rpartition(":")[2].lower().replace("-", "_")
    return _ALIASES.get(name, name)
