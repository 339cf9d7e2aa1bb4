"""Reads an aggregate report of which the XML is broken, as far as it can be understood."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sekisho.core.reports.markup import Collector, refuse_doctype
from sekisho.core.reports.tree import CONTAINERS, NAMES, PARTS, local_name

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
            refuse_doctype()
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
        name = local_name(tag)
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
        return bool(self._stack) and self._stack[-1] not in CONTAINERS

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
