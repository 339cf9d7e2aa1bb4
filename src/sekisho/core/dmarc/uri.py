"""Addresses that reports are asked for at: the values of `rua` and `ruf` (RFC 9989, 4.6; size suffix of RFC 7489, 6.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sekisho.core.names import normal
from sekisho.core.reports.values import Note

MAX_URIS = 20
"""Addresses of one tag that are read. Nobody needs more; each costs a reporter a mail (RFC 7489 asked for two)."""

_SIZE = re.compile(r"!([0-9]{1,18})([kmgt]?)$", re.ASCII | re.IGNORECASE)
_UNITS = {"": 0, "k": 10, "m": 20, "g": 30, "t": 40}
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,31}):(.+)$", re.ASCII)
_LOCAL = r"[^\x00-\x20\x7f@<>()\[\]\\,;:\"]{1,64}"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_ADDRESS = re.compile(rf"{_LOCAL}@((?:{_LABEL}\.)+{_LABEL})$", re.ASCII)
"""An address as report addresses are; quoted local parts and address literals are refused."""
_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})")
_UNSAFE = re.compile(r"[^\x21-\x7e]", re.ASCII)


@dataclass(frozen=True, slots=True)
class ReportUri:
    """One address; `text` is the URI as written, without its size suffix."""

    text: str
    scheme: str = ""
    address: str = ""
    """Of a `mailto:` URI, decoded, the domain in normal form."""
    max_bytes: int | None = None
    """What the owner takes at most (`!10m`); reporters of today ignore it (RFC 9989, 4.8)."""
    is_valid: bool = False
    """Whether it is a URI at all; reporters ignore schemes that they do not know."""

    @property
    def host(self) -> str:
        """The domain of a `mailto:` address, empty for anything else."""
        return self.address.rpartition("@")[2]

    @property
    def is_usable(self) -> bool:
        """Whether a report can be sent to it."""
        return self.address != ""


def read_uris(tag: str, value: str) -> tuple[tuple[ReportUri, ...], list[Note]]:
    """The addresses in the value of a tag, those that are no URI too, and what is odd about them."""
    notes: list[Note] = []
    parts = [part.strip() for part in value.split(",")]
    if any(not part for part in parts):
        notes.append(Note("uri_empty", "there is nothing between two commas", f"{tag}={value}"))
    given = [part for part in parts if part]
    if len(given) > MAX_URIS:
        notes.append(Note("too_many_uris", f"only the first {MAX_URIS} addresses are read", tag))
    return tuple(_read(tag, part, notes) for part in given[:MAX_URIS]), notes


def _read(tag: str, text: str, notes: list[Note]) -> ReportUri:
    """One address."""
    where = f"{tag}={text}"
    size = _SIZE.search(text)
    if size is not None:
        notes.append(Note("uri_size", "size limits are ignored since RFC 9989", where))
        text = text[: size.start()]
    max_bytes = int(size[1]) << _UNITS[size[2].lower()] if size else None
    match = _SCHEME.match(text)
    if match is None or _UNSAFE.search(text) or "!" in text:
        bare = _ADDRESS.match(text) is not None
        notes.append(
            Note("uri_no_scheme", "the address lacks `mailto:` and gets no reports", where)
            if bare
            else Note("uri_invalid", "this is no URI; it is ignored", where)
        )
        return ReportUri(text, max_bytes=max_bytes)
    scheme = match[1].lower()
    if scheme != "mailto":
        notes.append(Note("uri_scheme", "reports are sent to `mailto:` addresses only; this one is ignored", where))
        return ReportUri(text, scheme, max_bytes=max_bytes, is_valid=True)
    address = _address(match[2])
    if not address:
        notes.append(Note("uri_invalid", "there is no e-mail address after `mailto:`; it is ignored", where))
    return ReportUri(text, scheme, address, max_bytes, is_valid=address != "")


def _address(rest: str) -> str:
    """The address of a `mailto:` URI (RFC 6068), without header fields; empty when it is none."""
    text = _decoded(rest.partition("?")[0])
    local, _, domain = text.rpartition("@")
    if not domain.isascii():
        text = f"{local}@{normal(domain)}"
    match = _ADDRESS.match(text)
    return "" if match is None else f"{local}@{normal(match[1])}"


def mailto(address: str) -> str:
    """The URI of an address as a record holds it: `,` `!` `;` and what else may not stand there are encoded."""
    local, _, domain = address.rpartition("@")
    return f"mailto:{_encoded(local)}@{normal(domain)}"


_KEPT = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-._~=&")


def _encoded(text: str) -> str:
    """The text with everything that has a meaning in a URI or a record as `%XX` (RFC 3986, 2.1)."""
    return "".join(chr(octet) if octet in _KEPT else f"%{octet:02X}" for octet in text.encode("utf-8", "replace"))


def _decoded(text: str) -> str:
    """The text with its `%XX` undone; what is no UTF-8 then is replaced."""
    octets = text.encode("utf-8", "replace")
    return _ENCODED.sub(lambda match: bytes((int(match[1], 16),)), octets).decode("utf-8", "replace")
