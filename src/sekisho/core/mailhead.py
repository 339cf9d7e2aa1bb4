"""What is kept of the header of a mail, made fit to be shown (RFC 5322, RFC 2047)."""

from __future__ import annotations

import binascii
import email
import email.errors
import email.header
import email.utils
from typing import NamedTuple

from sekisho.core.limits import DEFAULT, Limits

Fields = dict[str, str]

_SHOWN = 300
"""Characters of a header field that are shown."""


class MailHead(NamedTuple):
    """What is kept of the header of a mail, decoded for people, each at most 300 characters, not to be trusted."""

    message_id: str = ""
    sender: str = ""
    subject: str = ""
    date: str = ""

    @property
    def sent(self) -> int | None:
        """The date as Unix seconds, None where there is no readable one."""
        try:
            parsed = email.utils.parsedate_tz(self.date)
            return int(email.utils.mktime_tz(parsed)) if parsed else None
        except (ValueError, OverflowError, TypeError, IndexError):
            return None


def mail_head(data: bytes, limits: Limits = DEFAULT) -> MailHead:
    """The head of a mail alone."""
    _, end = blank_line(data, limits.mail_header_bytes)
    fields: Fields = {}
    message = email.message_from_bytes(data[: end or limits.mail_header_bytes])
    for name, value in message.raw_items():
        fields.setdefault(name.lower(), str(value))
    return head_of(fields)


def blank_line(data: bytes, most: int) -> tuple[int, int]:
    """Where the header ends and where the body starts; zeroes where there is no empty line."""
    crlf = data.find(b"\n\r\n", 0, most)
    lf = data.find(b"\n\n", 0, most if crlf < 0 else crlf + 1)
    if lf >= 0:
        return lf + 1, lf + 2
    return (crlf + 1, crlf + 3) if crlf >= 0 else (0, 0)


def head_of(fields: Fields) -> MailHead:
    """The head made of the fields, their names in lower case."""
    return MailHead(
        message_id=_shown(fields.get("message-id", "")),
        sender=_shown(fields.get("from", "")),
        subject=_shown(fields.get("subject", "")),
        date=_shown(fields.get("date", "")),
    )


def _shown(text: str) -> str:
    """A header field for people."""
    if text.isascii() and text.isprintable() and "=?" not in text and "  " not in text and len(text) <= _SHOWN:
        return text.strip()
    words = readable(" ".join(text[: 10 * _SHOWN].split()))
    return "".join(char for char in words if char.isprintable() and not "\u200b" <= char <= "\u200f")[:_SHOWN].strip()


def readable(text: str) -> str:
    """Encoded words (RFC 2047) and bare 8-bit bytes decoded, UTF-8 before Shift_JIS."""
    if not text.isascii():
        raw = text.encode("utf-8", "surrogateescape")
        for encoding in ("utf-8", "cp932"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return raw.decode("latin-1")
    if "=?" not in text:
        return text
    try:
        return str(email.header.make_header(email.header.decode_header(text)))
    except (ValueError, LookupError, AssertionError, binascii.Error, email.errors.MessageError):
        return text
