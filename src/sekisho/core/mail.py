"""The parts of a mail (RFC 5322, 2045 to 2047, 2231): a quick scanner for the shapes of report mails, else the standard library."""

from __future__ import annotations

import binascii
import email
import email.header
import email.utils
import io
import quopri
import re
from collections.abc import Iterable, Iterator
from email.generator import BytesGenerator
from email.message import Message
from functools import lru_cache
from typing import NamedTuple

import pybase64

from sekisho.core.errors import Broken, TooLarge
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.mailhead import Fields, MailHead, blank_line, head_of, readable
from sekisho.core.unpack import shown_name

_FIRST_LINE = re.compile(rb"(?:>?From [^\r\n]{1,1000}\r?\n)?[A-Za-z][!-9;-~]{0,99}:").match
_FROM_LINE = re.compile(rb">?From [^\r\n]{0,1000}\r?\n").match
_KIND = re.compile(r"[\w.+-]+(?:/[\w.+-]+)?").fullmatch
_PARAMETER = re.compile(r";[ \t]*(?:([\w-]+)[ \t]*=[ \t]*(?:\"([^\"\\]*)\"|([^\s;\"\\]+))[ \t]*|$)").match
_NAME = re.compile(r"[!-9;-~]+").fullmatch
_WANTED = frozenset(
    ("content-type", "content-transfer-encoding", "content-disposition", "message-id", "from", "subject", "date")
)  # fmt: skip
_USUAL = {
    name: name.lower()
    for name in (
        *("Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Message-ID", "From", "Subject", "Date"),
        *("To", "MIME-Version", "Received", "Return-Path", "DKIM-Signature", "Authentication-Results", "Reply-To", "Sender"),
        *("Message-Id", "Delivered-To", "X-Mailer", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Description"),
    )
}
"""The names of fields as most write them, in lower case."""
_FOLD = rb"(?: |\r?\n[ \t])[ \t]*"
_DISPOSITION = rb"(?:Content-Disposition: attachment(?:;%s" % _FOLD + rb'filename="([!#-&(-<>-\[\]-~]{1,200})")?\r?\n)?'
_PLAIN_PART = re.compile(
    rb"Content-Type: ([A-Za-z0-9.+-]+/[A-Za-z0-9.+-]+)"
    rb'(?:;%s(?:name="([!#-&(-<>-\[\]-~]{1,200})"|charset="?([A-Za-z0-9_-]{1,40})"?))?\r?\n'
    % _FOLD
    + _DISPOSITION
    + rb"Content-Transfer-Encoding: base64\r?\n"
    + _DISPOSITION
    + rb"\r?\n"
).match
"""The header of a part as most write it: file names of plain characters without `=` and quotes, in base64."""
_NESTING = re.compile(rb"(?i)\ncontent-type:\s{0,10}(?:multipart|message)/")
_PLAIN = ("", "7bit", "8bit", "binary")


class Part(NamedTuple):
    """A part of a mail that has no parts of its own, its transfer encoding undone; `kind` is its media type."""

    kind: str
    name: str
    """File name for people: decoded, without path, control and direction characters."""
    body: bytes
    charset: str = ""
    """As declared, in lower case, not to be trusted; empty where none is."""


class Mail(NamedTuple):
    """A mail: its head, its own media type, and its parts in their order. A mail within it is one part, `message/rfc822`."""

    head: MailHead
    kind: str
    parts: tuple[Part, ...]


def looks_like_mail(data: bytes) -> bool:
    """Whether the bytes begin with a header field."""
    return _FIRST_LINE(data) is not None


def read_mail(data: bytes, limits: Limits = DEFAULT) -> Mail:
    """The parts of a mail; raises `TooLarge` where it passes a limit, `Broken` where it cannot be taken apart at all."""
    if from_line := _FROM_LINE(data):
        data = data[from_line.end() :]
    mail = _scanned(data, limits)
    return mail if mail is not None else _read_slowly(data, limits)


# ------------------------------------------------------------------ the quick scanner


def _scanned(data: bytes, limits: Limits) -> Mail | None:
    """The mail, or None where it is not of a shape that is fully understood."""
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return None
    split = _split_header(data, limits)
    if split is None:
        return None
    fields, body = split
    parts: list[Part] = []
    if not _scan(fields, body, parts, 0, limits):
        return None
    kind = fields.get("content-type", "text/plain").partition(";")[0].strip().lower()
    return Mail(head_of(fields), kind, tuple(parts))


def _split_header(data: bytes, limits: Limits) -> tuple[Fields, bytes] | None:
    """The header fields we want and the body, or None."""
    if data[:1] == b"\n":
        return {}, data[1:]
    if data[:2] == b"\r\n":
        return {}, data[2:]
    header_end, body_start = blank_line(data, limits.mail_header_bytes)
    if not body_start:
        if len(data) > limits.mail_header_bytes:
            raise TooLarge("The header of the mail, or of a part of it, is too large")
        return None
    try:
        header = data[:header_end].decode("ascii")
    except UnicodeDecodeError:
        return None
    fields = _fields(header)
    return None if fields is None else (fields, data[body_start:])


def _fields(header: str) -> Fields | None:
    """The fields we want, unfolded, the first of each name; None where there is a line that is none."""
    fields: Fields = {}
    unfolded = header.replace("\r\n", "\n").replace("\n ", " ").replace("\n\t", " ")
    usual = _USUAL
    for line in unfolded.split("\n"):
        name, colon, value = line.partition(":")
        known = usual.get(name)
        name = _field_name(name) if known is None else known
        if name in _WANTED:
            if name not in fields:
                fields[name] = value.lstrip(" \t")
        elif not (colon and name) and line:
            return None
    return fields


@lru_cache(maxsize=512)
def _field_name(name: str) -> str:
    """The name of a header field in lower case, empty where it is none."""
    return name.lower() if _NAME(name) else ""


def _scan(fields: Fields, body: bytes, parts: list[Part], depth: int, limits: Limits) -> bool:
    """Adds the parts of one entity; False where it is not fully understood."""
    kind, parameters = "text/plain", Fields()
    if "content-type" in fields:
        value = _value(fields["content-type"])
        if value is None or value[0].count("/") != 1:
            return False
        kind, parameters = value
    if kind.startswith("multipart/"):
        return _scan_multipart(kind, parameters, body, parts, depth, limits)
    name = _file_name(fields, parameters)
    decoded = None if name is None else _decoded(body, fields.get("content-transfer-encoding", "").strip().lower())
    if name is None or decoded is None:
        return False
    _add(parts, Part(kind, shown_name(name), decoded, parameters.get("charset", "").strip().lower()), limits)
    return True


def _value(text: str) -> tuple[str, Fields] | None:
    """The value of a field in lower case and its parameters, the first of each name; None where it is not of the plain form."""
    kind = text.partition(";")[0]
    position = len(kind)
    kind = kind.strip(" \t").lower()
    if not _KIND(kind):
        return None
    found: Fields = {}
    while position < len(text):
        match = _PARAMETER(text, position)
        if match is None:
            return None
        position = match.end()
        if match[1]:
            found.setdefault(match[1].lower(), match[2] if match[2] is not None else match[3])
    return kind, found


def _file_name(fields: Fields, parameters: Fields) -> str | None:
    """The file name, empty where there is none, None where it needs the standard library."""
    name = parameters.get("name", "")
    if "content-disposition" in fields:
        value = _value(fields["content-disposition"])
        if value is None:
            return None
        name = value[1].get("filename", name)
    return None if "=?" in name or "'" in name else name.strip()


def _scan_multipart(kind: str, parameters: Fields, body: bytes, parts: list[Part], depth: int, limits: Limits) -> bool:
    """The parts of a multipart; only where it is closed and each part has a proper header."""
    boundary = parameters.get("boundary", "").rstrip()
    if not boundary or kind == "multipart/digest":
        return False
    if depth >= limits.mail_depth:
        raise TooLarge("The parts of the mail are nested too deeply")
    sections = _sections(body, b"--" + boundary.encode())
    if not sections:
        return False
    for section in sections:
        if (plain := _plain_part(section, limits)) is not None:
            _add(parts, plain, limits)
            continue
        split = _split_header(section, limits)
        if split is None or not _scan(*split, parts, depth + 1, limits):
            return False
    return True


def _plain_part(section: bytes, limits: Limits) -> Part | None:
    """The part whose header is of the form that most have; what `_scan` would make of it, or None."""
    header = _PLAIN_PART(section)
    if header is None or header.end() > limits.mail_header_bytes:
        return None
    kind, name, charset, file_name, later = header.groups()
    if kind[:10].lower() == b"multipart/" or header[0].count(b"Content-Disposition") > 1:
        return None
    shown = shown_name((file_name or later or name or b"").decode("ascii"))
    return Part(kind.decode("ascii").lower(), shown, _base64(section[header.end() :]), (charset or b"").decode("ascii").lower())


def _sections(body: bytes, mark: bytes) -> list[bytes]:
    """What stands between the lines of the boundary; nothing where there is no last line or two in a row."""
    found: list[bytes] = []
    start = -1
    at = -1
    while (at := body.find(mark, at + 1)) >= 0:
        if at and body[at - 1] != 10:
            continue
        line_end = body.find(b"\n", at)
        line_end = len(body) if line_end < 0 else line_end
        rest = body[at + len(mark) : line_end].rstrip(b"\r")
        is_last = rest.startswith(b"--")
        if rest[2 if is_last else 0 :].strip(b" \t"):
            continue
        if start >= 0:
            end = at - 1 if body[at - 2 : at - 1] != b"\r" else at - 2
            if end <= start:
                return []
            found.append(body[start:end])
        if is_last:
            return found
        start = line_end + 1
    return []


def _decoded(body: bytes, encoding: str) -> bytes | None:
    """The body without its transfer encoding; None where that is unknown."""
    if encoding == "base64":
        return _base64(body)
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    return body if encoding in _PLAIN else None


def _base64(body: bytes) -> bytes:
    """Base64 as the standard library's mail parser reads it, stray characters and missing padding included."""
    try:
        return pybase64.b64decode(body.translate(None, b"\r\n"), validate=True)
    except (binascii.Error, ValueError):
        part: Message = Message()
        part["Content-Transfer-Encoding"] = "base64"
        part.set_payload(body.decode("ascii", "surrogateescape"))
        decoded = part.get_payload(decode=True)
        return decoded if isinstance(decoded, bytes) else body


def _add(parts: list[Part], part: Part, limits: Limits) -> None:
    if len(parts) >= limits.mail_parts:
        raise TooLarge("The mail has too many parts")
    parts.append(part)


# ------------------------------------------------------------------ the standard library


def _read_slowly(data: bytes, limits: Limits) -> Mail:
    """The mail as the standard library sees it."""
    if len(data) > limits.odd_mail_bytes:
        raise TooLarge("The mail is too large for its unusual form")
    # The library takes quadratic time over nested parts, and Python's stack ends it, so they are counted first.
    if sum(1 for _ in _NESTING.finditer(b"\n" + data)) > limits.mail_parts // 5:
        raise TooLarge("The parts of the mail are nested too deeply")
    try:
        message = email.message_from_bytes(data)
    except (RecursionError, ValueError, LookupError) as error:
        raise Broken("The mail cannot be taken apart") from error
    parts: list[Part] = []
    _walk(message, parts, 0, limits)
    fields: Fields = {}
    for name, value in message.raw_items():
        fields.setdefault(name.lower(), str(value))
    return Mail(head_of(fields), message.get_content_type(), tuple(parts))


def _walk(message: Message, parts: list[Part], depth: int, limits: Limits) -> None:
    """Adds the parts of one entity."""
    if depth > limits.mail_depth:
        raise TooLarge("The parts of the mail are nested too deeply")
    payload = message.get_payload()
    kind = message.get_content_type()
    if kind.startswith("multipart/") and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                _walk(part, parts, depth + 1, limits)
        return
    _add(parts, Part(kind, shown_name(_library_name(message)), _library_body(message), _library_charset(message)), limits)


def _library_name(message: Message) -> str:
    """The file name, decoded from RFC 2231 or RFC 2047."""
    for name, value in list(message.raw_items()):
        if name.lower() in ("content-type", "content-disposition") and not str(value).isascii():
            message.replace_header(name, readable(str(value)))  # the library would make question marks of 8-bit names
    try:
        return readable(message.get_filename("") or "")
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _library_charset(message: Message) -> str:
    try:
        return (message.get_content_charset() or "").strip().lower()
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _library_body(message: Message) -> bytes:
    """The body, of a mail within a mail its bytes."""
    payload = message.get_payload()
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    if isinstance(payload, list):
        inner = b"".join(_bytes_of(part) for part in payload if isinstance(part, Message))
        return _decoded(inner.lstrip(b"\r\n"), encoding) or inner
    if encoding:
        message.replace_header("content-transfer-encoding", encoding)  # with a blank behind it the library knows none
    decoded = message.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""


def _bytes_of(message: Message) -> bytes:
    """The mail as it was, as near as the library keeps it."""
    buffer = io.BytesIO()
    try:
        BytesGenerator(buffer, mangle_from_=False, maxheaderlen=0).flatten(message)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise Broken("A mail within the mail cannot be read") from error
    return buffer.getvalue()


# ------------------------------------------------------------------ mailboxes


def split_mbox(chunks: Iterable[bytes], limits: Limits = DEFAULT) -> Iterator[bytes]:
    """The mails of an mbox file one by one (RFC 4155), `>From ` unquoted; one too large comes cut, one byte over the limit.

    A line `From ` begins a mail at the start of the file and behind an empty line.
    """
    mail: list[bytes] = []
    size = 0
    after_blank, begun = True, False
    for line in _lines(chunks):
        if after_blank and line.startswith(b"From "):
            if begun and mail:
                yield b"".join(mail)[: limits.delivery_bytes + 1]
            mail, size, begun = [], 0, True
            after_blank = False
            continue
        after_blank = line in (b"\n", b"\r\n")
        if size <= limits.delivery_bytes:
            mail.append(_unquoted(line))
            size += len(line)
    if begun and mail:
        yield b"".join(mail)[: limits.delivery_bytes + 1]


def _unquoted(line: bytes) -> bytes:
    """The line without one of the `>` that were put before `From `."""
    return line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line


def _lines(chunks: Iterable[bytes], longest: int = 1024 * 1024) -> Iterator[bytes]:
    """The lines with their ends; a longer one comes in pieces."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line + b"\n"
        if len(rest) > longest:
            yield rest
            rest = b""
    if rest:
        yield rest
