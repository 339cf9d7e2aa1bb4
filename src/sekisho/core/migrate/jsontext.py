"""Reads JSON of any length piece by piece: lists and objects are walked, and only their small values are held."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Iterator

from sekisho.core.errors import Broken, TooLarge

WINDOW = 64 * 1024
"""Characters that are looked at first; more where a value is longer."""
MAX_VALUE = 4 * 1024 * 1024
"""Characters of one value that is held as a whole; a record of a report has about 1,200."""
MAX_BLANK = 16 * 1024 * 1024
"""Characters between values, so that a file of blanks or commas has an end."""
_SKIP_DEPTH = 4
"""Lists and objects within each other that are walked when they are skipped; what is deeper is held."""

_BLANK = re.compile(r"[ \t\r\n\ufeff]*")
_APART = re.compile(r"[ \t\r\n\ufeff,]*")
_scan = json.JSONDecoder().raw_decode


class JsonText:
    """JSON that comes in pieces of UTF-8. All methods raise `Broken` where it is none and `TooLarge` where a value is too long."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._text = ""
        self._at = 0
        self._gone = 0
        self._is_all = False

    @property
    def where(self) -> str:
        """The place reached, for people."""
        return f"character {self._gone + self._at + 1}"

    def more(self) -> bool:
        """Whether another value follows, after blanks and commas."""
        return bool(self._next(_APART))

    def peek(self) -> str:
        """The first character of what comes next; empty at the end."""
        return self._next(_BLANK)

    def value(self) -> object:
        """The next value as a whole."""
        self.peek()
        while True:
            try:
                value, end = _scan(self._text, self._at)
            except RecursionError:
                raise Broken("The JSON is nested too deeply", self.where) from None
            except ValueError as error:
                self._need_more(error)
                continue
            if end < len(self._text) or self._is_all or self._text[self._at] in '{["':
                self._at = end
                return value
            self._fill()  # a number may go on in the next piece

    def members(self) -> Iterator[str]:
        """The names in the next object; each value is to be read, or skipped, before the next name is asked for."""
        self._take("{")
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise Broken("The JSON has a member without a name", self.where)
            self._take(":")
            yield name
            if self._ends("}"):
                return

    def items(self) -> Iterator[None]:
        """Stops at each value of the next list; each is to be read, or skipped, before the next is asked for."""
        self._take("[")
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            yield None
            if self._ends("]"):
                return

    def skip(self, depth: int = _SKIP_DEPTH) -> None:
        """Passes over the next value, however long."""
        start = self.peek()
        if start == "[" and depth:
            for _ in self.items():
                self.skip(depth - 1)
        elif start == "{" and depth:
            for _ in self.members():
                self.skip(depth - 1)
        else:
            self.value()

    def next_line(self) -> None:
        """Passes over the rest of the line, after an error."""
        while (at := self._text.find("\n", self._at)) < 0:
            self._at = len(self._text)
            if self._is_all:
                return
            self._fill()
        self._at = at + 1

    def _next(self, between: re.Pattern[str]) -> str:
        passed = 0
        while True:
            match = between.match(self._text, self._at)
            end = match.end() if match else self._at
            passed += end - self._at
            self._at = end
            if self._at < len(self._text):
                return self._text[self._at]
            if self._is_all:
                return ""
            if passed > MAX_BLANK:
                raise TooLarge("There is nothing but blanks", self.where)
            self._fill()

    def _take(self, character: str) -> None:
        if self.peek() != character:
            raise Broken("This is not JSON", self.where)
        self._at += 1

    def _ends(self, close: str) -> bool:
        """Takes what stands after a value; whether that was the end."""
        found = self.peek()
        if found not in (",", close) or not found:
            raise Broken("This is not JSON" if found else "The JSON ends too early", self.where)
        self._at += 1
        return found == close

    def _need_more(self, error: ValueError) -> None:
        """Reads on where a value did not end; raises where more would not help."""
        if not isinstance(error, json.JSONDecodeError):
            raise Broken("A number in the JSON is too long", self.where) from error
        if self._is_all:
            raise Broken("This is not JSON, or it ends too early", self.where) from error
        if len(self._text) - self._at > MAX_VALUE:
            raise TooLarge("A value in the JSON is not JSON, or is too long", self.where)
        self._fill()

    def _fill(self) -> None:
        """At least doubles what is at hand, so that looking again and again costs no more than twice."""
        kept = self._text[self._at :]
        pieces = [kept]
        wanted = max(WINDOW, len(kept))
        while wanted > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._is_all = True
                pieces.append(self._decode(b"", True))
                break
            pieces.append(self._decode(chunk))
            wanted -= len(pieces[-1])
        self._gone += self._at
        self._text, self._at = "".join(pieces), 0
