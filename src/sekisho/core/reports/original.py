"""The message that a failure report is about, made fit to be looked at: header fields, text, what was attached; bounded."""

from __future__ import annotations

import codecs
import email
import email.errors
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.errors import ReadError
from sekisho.core.limits import DEFAULT
from sekisho.core.mail import Part, read_mail
from sekisho.core.mailhead import blank_line, readable

READ_BYTES = 512 * 1024
"""Of the message that are taken apart."""
HTML_BYTES = 64 * 1024
MOST_FIELDS = 100
LONGEST_FIELD = 1000
LONGEST_TEXT = 20_000
MOST_ATTACHMENTS = 20
MOST_LINKS = 200
_KNOWN = re.compile(
    r"utf_8(_sig)?|utf_16(_[bl]e)?|ascii|iso8859_\d+|cp\d+|koi8_[rtu]|shift_jis\w*|euc_\w+|iso2022_\w+|gb\w+|big5\w*|hz|mac_\w+"
).fullmatch
"""Encodings of mail, by Python's names: others are either no text, slow on purpose, or hide what is read."""
_TAG = re.compile(r"</?([a-z][a-z0-9]{0,19})").match
_HREF = re.compile(r"\bhref\s{0,5}=\s{0,5}(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+))", re.IGNORECASE).search
_SILENT = frozenset(("<script", "<style", "<head", "<title", "<template"))
_BREAKS = frozenset(("br", "p", "div", "tr", "li", "table", "h1", "h2", "h3", "h4", "ul", "ol", "hr", "blockquote"))
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\n[ \n]*\n")


class Attachment(NamedTuple):
    """What came with the text; it is told of, never opened."""

    kind: str
    name: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True)
class Original:
    """The message as far as it is shown. All of it is as the sender wrote it: personal, and not to be trusted."""

    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    is_cut: bool = False
    """There is more of it than is shown."""

    def first(self, name: str) -> str:
        """The first field of this name; empty where there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def read_original(data: bytes) -> Original:
    """The message in `data`, or only its header where no more came; what cannot be taken apart is left out."""
    headers = tuple(_headers(data))
    is_cut = len(data) > READ_BYTES or len(headers) > MOST_FIELDS
    try:
        parts = read_mail(data[:READ_BYTES]).parts
    except ReadError:
        return Original(headers[:MOST_FIELDS], is_cut=True)
    chosen = _text_part(parts)
    text, was_cut = ("", False) if chosen is None else _text(chosen)
    others = [Attachment(part.kind[:100], part.name[:200], len(part.body)) for part in parts if part is not chosen and part.body]
    return Original(headers[:MOST_FIELDS], text, tuple(others[:MOST_ATTACHMENTS]), is_cut or was_cut)


def _headers(data: bytes) -> Iterator[tuple[str, str]]:
    """The fields in their order, one more than is shown, unfolded and decoded."""
    end, _ = blank_line(data, DEFAULT.mail_header_bytes)
    message = email.message_from_bytes(data[: end or DEFAULT.mail_header_bytes])
    for name, value in list(message.raw_items())[: MOST_FIELDS + 1]:
        words = readable(" ".join(str(value)[: 4 * LONGEST_FIELD].split()))
        yield name[:100], words[:LONGEST_FIELD]


def _text_part(parts: tuple[Part, ...]) -> Part | None:
    """The part that a person reads: plain text before HTML."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.kind == kind and not part.name and part.body.strip():
                return part
    return None


def _text(part: Part) -> tuple[str, bool]:
    """The text of a part, and whether it was cut."""
    most = HTML_BYTES if part.kind == "text/html" else 4 * LONGEST_TEXT
    text = decoded(part.body[:most], part.charset)
    if part.kind == "text/html":
        text = text_of_html(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return text[:LONGEST_TEXT], len(text) > LONGEST_TEXT or len(part.body) > most


def decoded(body: bytes, charset: str) -> str:
    """The text in its declared encoding, else as UTF-8 or one of the Japanese ones, else byte by byte."""
    tried = [charset] if charset else []
    tried += [*(["iso2022_jp"] if b"\x1b$" in body else []), "utf-8", "cp932"]
    for name in tried:
        try:
            codec = codecs.lookup(name)
            if _KNOWN(codec.name.replace("-", "_")):
                return codecs.getincrementaldecoder(name)("strict").decode(body)
        except (LookupError, ValueError):
            continue
    return body.decode("latin-1")


def text_of_html(text: str) -> str:
    """What HTML says, with the addresses of its links behind their words; nothing of it is HTML any more.

    Goes through the text once, from tag to tag: the standard library's parser takes quadratic time over broken ones.
    """
    words: list[str] = []
    small = text.lower()
    links, href, at = 0, "", 0
    while (start := text.find("<", at)) >= 0:
        words.append(_spoken(text[at:start]))
        closing = "-->" if text.startswith("<!--", start) else ">"
        end = text.find(closing, start)
        if end < 0:
            at = len(text)
            break
        at = end + len(closing)
        tag = _TAG(small, start)
        if tag is None:
            continue
        if tag[0] in _SILENT:
            after = small.find(f"</{tag[1]}", at)
            at = after if after >= 0 else len(text)
        elif tag[1] == "a":
            if href and links < MOST_LINKS:
                words.append(f" <{href}>")
                links += 1
            said = _HREF(text, start, min(at, start + 4 * LONGEST_FIELD)) if tag[0] == "<a" else None
            href = html.unescape(said[1] or said[2] or said[3] or "").strip() if said else ""
        elif tag[1] in _BREAKS:
            words.append("\n")
    words.append(_spoken(text[at:]))
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(words).split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()


def _spoken(text: str) -> str:
    """The words between tags."""
    return html.unescape(text.replace("\n", " "))
