"""The markup of an aggregate report, read by expat within bounds: its parts come out as trees."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from sekisho.core.errors import Broken, TooLarge
from sekisho.core.limits import Limits, Work
from sekisho.core.reports.tree import NAMES, PARTS, Node, local_name

MIGRATED = "sekisho-migrated"
"""The processing instruction that names the tool from whose store a document was made."""
_ATTRIBUTES = frozenset(("lang", "xml:lang"))


class Malformed(Exception):
    """The XML is not well-formed. `cut` tells that it only ends too early."""

    def __init__(self, *, cut: bool) -> None:
        super().__init__()
        self.cut = cut


class Collector:
    """Takes the events of a document and hands over each of its `PARTS` as a tree, all within the limits."""

    def __init__(self, limits: Limits, take: Callable[[Node], None], work: Work | None = None) -> None:
        self._limits = limits
        self._work = work or Work(limits)
        self._take = take
        self._open: list[Node] = []
        self._skipping = 0
        self._elements = 0
        self._known = NAMES
        self._attributes = _ATTRIBUTES
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
        self.migrated = ""
        """From the store of which tool the report was taken over, where the document was made of it."""
        self._feedback_depth = 0

    @property
    def is_between_parts(self) -> bool:
        """Whether the document is directly below a `feedback` that is its outermost element."""
        return self.depth == 1 and self.feedbacks == 1 and self.root == "feedback"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._work.left -= 1
        if self._work.left < 0:
            self._work.spend(0)
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

    def instruction(self, target: str, data: str) -> None:
        """A processing instruction; one is ours."""
        if target == MIGRATED:
            self.migrated = data.strip()[:60] or "unknown"

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
        name = local_name(tag)
        self.has_unknown = True
        if self._known is NAMES:
            self._known = NAMES.copy()
        self._known[tag] = name
        return name

    def _look_at(self, attributes: dict[str, str]) -> None:
        """Counts attribute names that are none of a report's."""
        if not attributes.keys() <= self._attributes:
            self.has_unknown = True
            self._attributes = self._attributes.union(attributes)
            if len(self._known) - len(NAMES) + len(self._attributes) > self._limits.names:
                raise TooLarge("The report has too many different attributes")


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
        parser.ProcessingInstructionHandler = collector.instruction
        parser.StartDoctypeDeclHandler = refuse_doctype

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
        parser.ProcessingInstructionHandler = None


def refuse_doctype(*_: object) -> None:
    """Raises `Broken`."""
    # Nothing a report needs can stand there, and entities are how XML bombs are built.
    raise Broken("The XML has a document type declaration, which a report never has")
