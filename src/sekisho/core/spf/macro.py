"""Macros of SPF (RFC 7208, 7): strings read into pieces, and pieces expanded for a sender."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from sekisho.core.spf.limits import MAX_LABEL, MAX_NAME

EXPANSION = re.compile(r"%(?:([%_-])|\{([A-Za-z])([0-9]*)([rR]?)([.\-+,/_=]*)\})")
LITERAL = re.compile(r"[\x21-\x24\x26-\x7e]+")
TEXT_LITERAL = re.compile(r"[\x20-\x24\x26-\x7e]+")
TOPLABEL = re.compile(r"\.(?:[0-9A-Za-z]*[A-Za-z][0-9A-Za-z]*|[0-9A-Za-z]+-[0-9A-Za-z-]*[0-9A-Za-z])\.?\Z")
LETTERS = frozenset("slodiphv")
TEXT_LETTERS = LETTERS | frozenset("crt")
"""`c`, `r` and `t` stand in explanations only (RFC 7208, 7.2)."""
UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
SPECIAL = {"%": "%", "_": " ", "-": "%20"}
MAX_PARTS = 128
"""A larger number of parts means all of them: a name has at most 127 (RFC 7208, 7.3)."""


@dataclass(frozen=True, slots=True)
class Macro:
    """One `%{…}`."""

    letter: str
    """In lower case."""
    parts: int = 0
    """Right-hand parts that are kept; 0 for all."""
    is_reversed: bool = False
    delimiters: str = "."
    is_escaped: bool = False
    """A letter in upper case: what it stands for is escaped as in a URL."""


@dataclass(frozen=True, slots=True)
class MacroString:
    """A string with macros, as written and in pieces."""

    text: str
    pieces: tuple[str | Macro, ...]

    @property
    def letters(self) -> frozenset[str]:
        """The letters of its macros."""
        return frozenset(piece.letter for piece in self.pieces if isinstance(piece, Macro))


@lru_cache(maxsize=4096)
def read_macros(text: str, *, in_text: bool = False) -> MacroString | str:
    """The string in pieces, or what is wrong with it in words; `in_text` is the grammar of explanations (RFC 7208, 7.1)."""
    literal, letters = (TEXT_LITERAL, TEXT_LETTERS) if in_text else (LITERAL, LETTERS)
    pieces: list[str | Macro] = []
    at = 0
    while at < len(text):
        if match := literal.match(text, at):
            pieces.append(match[0])
        elif match := EXPANSION.match(text, at):
            piece = _piece(match, letters)
            if piece is None:
                return f"{match[0]} is no macro that may stand here"
            pieces.append(piece)
        else:
            return f"{text[at : at + 4]!r} at character {at + 1} is neither a macro nor allowed as it stands"
        at = match.end()
    return MacroString(text, tuple(pieces))


def _piece(match: re.Match[str], letters: frozenset[str]) -> str | Macro | None:
    if match[1]:
        return SPECIAL[match[1]]
    letter, digits = match[2].lower(), match[3]
    parts = min(int(digits[:9]), MAX_PARTS) if digits else 0
    if letter not in letters or (digits and not digits.strip("0")):
        return None
    return Macro(letter, parts, bool(match[4]), match[5] or ".", match[2].isupper())


@lru_cache(maxsize=4096)
def read_domain(text: str) -> MacroString | str:
    """A domain-spec in pieces, or what is wrong with it: it ends in a macro or in a top label (RFC 7208, 7.1)."""
    if not text:
        return "a domain is missing"
    made = read_macros(text)
    if isinstance(made, str) or _ends_in_macro(text) or TOPLABEL.search(text):
        return made
    return f"{text!r} is no domain: it must have a dot and end in a name or a macro"


def _ends_in_macro(text: str) -> bool:
    end = 0
    for match in EXPANSION.finditer(text):
        end = match.end()
    return end == len(text)


def expand(string: MacroString, values: Mapping[str, str]) -> str:
    """The string with its macros replaced; `values` has what each letter in it stands for."""
    return "".join(piece if isinstance(piece, str) else _value(piece, values[piece.letter]) for piece in string.pieces)


def _value(macro: Macro, value: str) -> str:
    parts = re.split("[" + re.escape(macro.delimiters) + "]", value)
    if macro.is_reversed:
        parts.reverse()
    made = ".".join(parts[-macro.parts :] if macro.parts else parts)
    return _escaped(made) if macro.is_escaped else made


def _escaped(text: str) -> str:
    """The text with all that is not unreserved escaped (RFC 7208, 7.3; RFC 3986, 2.3)."""
    octets = text.encode("utf-8", "replace")
    return "".join(chr(octet) if octet in UNRESERVED else f"%{octet:02X}" for octet in octets)


def shortened(name: str) -> str:
    """The name without its final dot, and without labels at its left until it has 253 characters (RFC 7208, 7.3)."""
    name = name.removesuffix(".")
    while len(name) > MAX_NAME and "." in name:
        name = name.partition(".")[2]
    return name


def is_name(name: str) -> bool:
    """Whether the DNS can be asked for it: ASCII, labels of 1 to 63 characters, 253 in all (RFC 1035, 2.3.4)."""
    return (
        name.isascii()
        and name.isprintable()
        and 0 < len(name) <= MAX_NAME
        and all(0 < len(label) <= MAX_LABEL for label in name.split("."))
    )


def is_domain(name: str) -> bool:
    """Whether a check can begin with it: a name of several labels, no address (RFC 7208, 4.3)."""
    return is_name(name) and "." in name and not name.startswith("[")


def dotted(address: IPv4Address | IPv6Address) -> str:
    """The value of `%{i}`: dotted quad, or the 32 hexadecimal digits of IPv6 in capitals with dots (RFC 7208, 7.3)."""
    if isinstance(address, IPv4Address):
        return str(address)
    return ".".join(f"{int(address):032X}")
