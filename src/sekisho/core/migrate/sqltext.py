"""Reads dumps of SQL databases row by row: INSERT and REPLACE of mysqldump and others, COPY of pg_dump."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, timedelta, timezone, tzinfo
from typing import NamedTuple

from sekisho.core.errors import Broken, ReadError, TooLarge

WINDOW = 64 * 1024
"""Bytes that are looked at first; more where a value is longer."""
MAX_TOKEN = 36 * 1024 * 1024
"""Bytes of one value or line: a MEDIUMTEXT has at most 16 MiB, twice that with each character escaped."""
MAX_COLUMNS = 200
MAX_TABLES = 10_000
"""Tables whose columns are remembered."""

Value = bytes | None
"""Strings and binary values as bytes, numbers in digits, NULL as None."""


class SqlRow(NamedTuple):
    """A row of a table, name and columns in lower case."""

    table: str
    values: dict[str, Value]


class BadRow(NamedTuple):
    """A row that cannot be understood, and why."""

    table: str
    reason: str
    where: str


# Possessive repetition of single characters only: that of groups is broken in Python before 3.11.5.
_STRING = rb"'[^'\\]*+(?:(?:\\.|'')[^'\\]*+)*'"
_PLAIN_STRING = rb"'[^']*+(?:''[^']*+)*'"
_OTHER = rb"""
  (?P<blank>[ \t\r\n]++)
| (?P<comment>--[^\n]*+|\#[^\n]*+|/\*(?:[^*]|\*(?!/))*\*/)
| (?P<name>`[^`]*+(?:``[^`]*+)*`|"[^"]*+(?:""[^"]*+)*")
| (?P<word>[\w$@.+\-\x80-\xff]++)
| (?P<sign>[^\s'"`])
"""
_WITH_ESCAPES = re.compile(rb"(?P<string>" + _STRING + rb")|" + _OTHER, re.VERBOSE | re.DOTALL)
_WITHOUT_ESCAPES = re.compile(
    rb"(?P<escaped>[eE]" + _STRING + rb")|(?P<string>" + _PLAIN_STRING + rb")|" + _OTHER, re.VERBOSE | re.DOTALL
)
_ESCAPE = re.compile(rb"\\(.)|''", re.DOTALL)
_ESCAPES = {b"0": b"\0", b"n": b"\n", b"t": b"\t", b"r": b"\r", b"b": b"\b", b"Z": b"\x1a"}
_COPY_ESCAPE = re.compile(rb"\\(.)", re.DOTALL)
_COPY_ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_NUMBER = re.compile(rb"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?").fullmatch
_HEX = re.compile(rb"0[xX]([0-9A-Fa-f]*)").fullmatch
_OFFSET = re.compile(rb"time_zone\s*=\s*['\"]([+-])(\d\d):(\d\d)['\"]", re.IGNORECASE).search
_NO_COLUMN = frozenset(
    (b"primary", b"unique", b"key", b"constraint", b"index", b"fulltext", b"spatial", b"check", b"foreign", b"like")
)


class Token(NamedTuple):
    """A word, name, string or sign; strings and names without their quotes."""

    kind: str
    text: bytes


_END = Token("end", b"")


class SqlText:
    """A dump that comes in pieces. `zone` is the time zone that it says its times are in; None where it does not say."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._data = b""
        self._at = 0
        self._gone = 0
        self._is_all = False
        self._pattern = _WITH_ESCAPES
        self._columns: dict[str, list[str]] = {}
        self.zone: tzinfo | None = None

    @property
    def where(self) -> str:
        """The place reached, for people."""
        return f"byte {self._gone + self._at + 1}"

    def rows(self, tables: Sequence[str]) -> Iterator[SqlRow | BadRow]:
        """The rows of these tables; raises `Broken` or `TooLarge` where the dump cannot be followed."""
        while (token := self._token()) is not _END:
            match token.text.lower() if token.kind == "word" else b"":
                case b"insert" | b"replace":
                    yield from self._insert(tables)
                case b"create":
                    self._create()
                case b"copy":
                    yield from self._copy(tables)
                case b"set":
                    self._set()
                case _:
                    self._to_end(token)

    # ---- statements
    def _insert(self, tables: Sequence[str]) -> Iterator[SqlRow | BadRow]:
        token = self._token()
        while token.kind == "word" and token.text.lower() in (b"into", b"ignore", b"low_priority", b"delayed", b"high_priority"):
            token = self._token()
        table, token = self._table(token)
        columns = self._columns.get(table, [])
        if token.text == b"(":
            columns, token = self._names(), self._token()
        while token.kind == "word" and token.text.lower() in (b"overriding", b"system", b"user", b"value"):
            token = self._token()
        if token.text.lower() != b"values":
            self._to_end(token)
            return
        token = self._token()
        while token.text == b"(" and token.kind == "sign":
            where = self.where
            values = self._tuple()
            if table in tables:
                yield _row(table, columns, values, where)
            token = self._token()
            if token.text == b",":
                token = self._token()
        self._to_end(token)

    def _create(self) -> None:
        """Remembers the columns of a table in their order."""
        token = self._token()
        while token.kind == "word" and token.text.lower() in (b"temporary", b"unlogged"):
            token = self._token()
        if token.text.lower() != b"table":
            self._to_end(token)
            return
        token = self._token()
        while token.kind == "word" and token.text.lower() in (b"if", b"not", b"exists"):
            token = self._token()
        table, token = self._table(token)
        if token.text == b"(" and len(self._columns) < MAX_TABLES:
            self._columns[table] = self._definitions()
            token = self._token()
        self._to_end(token)

    def _definitions(self) -> list[str]:
        names: list[str] = []
        depth, is_first = 1, True
        while depth and (token := self._token()) is not _END:
            if token.kind == "sign":
                depth += {b"(": 1, b")": -1}.get(token.text, 0)
                is_first = depth == 1 and token.text == b","
                continue
            if is_first and (token.kind == "name" or token.text.lower() not in _NO_COLUMN) and len(names) < MAX_COLUMNS:
                names.append(_lower(token.text))
            is_first = False
        return names

    def _copy(self, tables: Sequence[str]) -> Iterator[SqlRow | BadRow]:
        table, token = self._table(self._token())
        columns = self._columns.get(table, [])
        if token.text == b"(":
            columns, token = self._names(), self._token()
        words = []
        while token is not _END and token.text != b";":
            words.append(token.text.lower())
            token = self._token()
        if words[:2] != [b"from", b"stdin"]:
            return
        self._line()
        while True:
            where = self.where
            line = self._line()
            if line is None or line == b"\\.":
                return
            if table in tables:
                yield _row(table, columns, [_copied(value) for value in line.split(b"\t")], where)

    def _set(self) -> None:
        """`SET` of the time zone, and of how backslashes are meant."""
        words: list[bytes] = []
        while (token := self._token()) is not _END and token.text != b";":
            words.append(b"'" + token.text + b"'" if token.kind in ("string", "name") else token.text.lower())
            del words[20:]
        said = b" ".join(words)
        self._look_for_zone(said.replace(b" = ", b"="))
        if said.startswith((b"standard_conforming_strings = on", b"standard_conforming_strings = 'on")):
            self._pattern = _WITHOUT_ESCAPES

    def _to_end(self, token: Token) -> None:
        while token is not _END and not (token.kind == "sign" and token.text == b";"):
            token = self._token()

    # ---- parts of statements
    def _table(self, token: Token) -> tuple[str, Token]:
        """The name of a table without that of its database, in lower case, and what follows it."""
        name = token.text
        while (after := self._token()).kind == "word" and after.text == b".":
            name = self._token().text
        if token.kind == "word":
            name = name.rpartition(b".")[2]
        return _lower(name), after

    def _names(self) -> list[str]:
        names: list[str] = []
        while (token := self._token()) is not _END and token.text != b")":
            if token.kind != "sign" and len(names) < MAX_COLUMNS:
                names.append(_lower(token.text))
        return names

    def _tuple(self) -> list[Value | Broken]:
        """The values of a row; one that is not understood comes as its error."""
        values: list[Value | Broken] = []
        while True:
            parts: list[Token] = []
            depth = 0
            while True:
                token = self._token()
                if token is _END:
                    raise Broken("The dump ends in the middle of a row", self.where)
                if token.kind == "sign":
                    if depth == 0 and token.text in (b",", b")"):
                        break
                    depth += {b"(": 1, b")": -1}.get(token.text, 0)
                if len(parts) < 4:
                    parts.append(token)
            if len(values) < MAX_COLUMNS:
                values.append(_value(parts))
            if token.text == b")":
                return values

    # ---- bytes
    def _token(self) -> Token:
        while True:
            if self._at >= len(self._data) and not self._fill():
                return _END
            match = self._pattern.match(self._data, self._at)
            if match is None or self._may_go_on(match):
                if not self._fill():
                    raise Broken("The dump ends in the middle of a text", self.where)
                continue
            self._at = match.end()
            kind, text = match.lastgroup or "", match[0]
            match kind:
                case "blank":
                    continue
                case "comment":
                    self._look_for_zone(text[:200])
                case "string":
                    return Token(kind, _unquoted(text, escapes=self._pattern is _WITH_ESCAPES))
                case "escaped":
                    return Token("string", _unquoted(text[1:], escapes=True))
                case "name":
                    return Token(kind, text[1:-1].replace(text[:1] * 2, text[:1]))
                case _:
                    return Token(kind, text)

    def _may_go_on(self, match: re.Match[bytes]) -> bool:
        """Whether the token may be a part of a longer one, or is the sign with which a comment begins that does not end."""
        if match.lastgroup == "sign" and self._data.startswith(b"/*", match.start()):
            return True
        return match.end() == len(self._data) and not self._is_all and match.lastgroup != "blank"

    def _line(self) -> bytes | None:
        while (end := self._data.find(b"\n", self._at)) < 0:
            if not self._fill():
                rest, self._at = self._data[self._at :], len(self._data)
                return rest or None
        line, self._at = self._data[self._at : end], end + 1
        return line.removesuffix(b"\r")

    def _fill(self) -> bool:
        """At least doubles what is at hand; whether there was more. Raises `TooLarge` where one value takes too much."""
        if self._is_all:
            return False
        kept = self._data[self._at :]
        if len(kept) > MAX_TOKEN:
            raise TooLarge("A value in the dump is too long, or has no end", self.where)
        pieces, wanted = [kept], max(WINDOW, len(kept))
        while wanted > 0 and not self._is_all:
            chunk = next(self._chunks, None)
            if chunk is None:
                self._is_all = True
            else:
                pieces.append(chunk)
                wanted -= len(chunk)
        self._gone += self._at
        self._data, self._at = b"".join(pieces), 0
        return len(self._data) > len(kept) or bool(kept)

    def _look_for_zone(self, text: bytes) -> None:
        if found := _OFFSET(text):
            offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
            if offset < timedelta(hours=24):
                self.zone = timezone(-offset if found[1] == b"-" else offset) if offset else UTC


def _row(table: str, columns: Sequence[str], values: Sequence[Value | Broken], where: str) -> SqlRow | BadRow:
    if not columns:
        return BadRow(table, "The dump does not name the columns of the table", where)
    if len(values) != len(columns):
        return BadRow(table, "The row has not as many values as the table has columns", where)
    known: dict[str, Value] = {}
    for name, value in zip(columns, values, strict=True):
        if isinstance(value, ReadError):
            return BadRow(table, value.reason, where)
        known[name] = value
    return SqlRow(table, known)


def _value(parts: Sequence[Token]) -> Value | Broken:
    """A value of INSERT: a string, with or without `_binary`; a number; NULL; hexadecimal, as `0x…` or `X'…'`."""
    match parts:
        case [Token("string" | "name", text)]:
            return text
        case [Token("word", word)] if word.lower() in (b"null", b"default"):
            return None
        case [Token("word", word)] if word.lower() in (b"true", b"false"):
            return b"1" if word.lower() == b"true" else b"0"
        case [Token("word", word)] if digits := _HEX(word):
            return _unhexed(digits[1])
        case [Token("word", word)] if _NUMBER(word):
            return word
        case [Token("word", word), Token("string", text)] if word.lower() == b"x":
            return _unhexed(text)
        case [Token("word", word), Token("string", text)] if word.startswith(b"_"):
            return text
        case [Token("string", text), Token("sign", b":"), Token("sign", b":"), *_]:
            return text
        case _:
            return Broken("A value of the row is not understood")


def _unhexed(digits: bytes) -> bytes | Broken:
    try:
        return bytes.fromhex(digits.decode())
    except ValueError:
        return Broken("A value of the row is not hexadecimal, as it says")


def _unquoted(text: bytes, *, escapes: bool) -> bytes:
    text = text[1:-1]
    if escapes and b"\\" in text:
        return _ESCAPE.sub(_meant, text)
    return text.replace(b"''", b"'") if b"''" in text else text


def _meant(match: re.Match[bytes]) -> bytes:
    return b"'" if match[1] is None else _ESCAPES.get(match[1], match[1])


def _copied(value: bytes) -> Value:
    if value == b"\\N":
        return None
    if b"\\" not in value:
        return value
    return _COPY_ESCAPE.sub(lambda match: _COPY_ESCAPES.get(match[1], match[1]), value)


def _lower(name: bytes) -> str:
    return name.decode("utf-8", "replace").lower()[:100]
