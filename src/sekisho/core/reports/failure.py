"""Reads failure reports about single mails (RFC 9991; RFC 6591; RFC 5965), and the text-only ones of Exim gateways."""

from __future__ import annotations

import re

from sekisho.core.errors import NotAReport
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.mail import Mail, Part
from sekisho.core.mailhead import MailHead, mail_head
from sekisho.core.names import normal
from sekisho.core.reports.address import canonical
from sekisho.core.reports.number import time_of
from sekisho.core.reports.text import Notes, clean
from sekisho.core.reports.values import FailureReport

FEEDBACK = "message/feedback-report"
AUTH_FAILURE = "auth-failure"

Fields = list[tuple[str, str]]

_ORIGINAL = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
_TELLING = frozenset(("auth-failure", "identity-alignment", "authentication-results", "dkim-domain", "spf-dns"))
"""Fields (RFC 6591, 3.2) by which a report without its type is known."""
_FIELD = re.compile(r"[ \t]*([!-9;-~][!-9;-~ ]{0,99}?)[ \t]*:[ \t]*(.*)").fullmatch
_STARTS = re.compile(rb"\s*feedback-type[ \t]*:", re.IGNORECASE).match
_TEXT_ONLY = re.compile(rb"(?im)^[ \t]*Sender Domain:.{0,300}\n(?:.{0,300}\n){0,3}?[ \t]*Sender IP Address:").search
_COPY = re.compile(rb"(?m)^-{2,}[^\r\n]{0,200}copy of the (?:headers|message)[^\r\n]{0,200}\r?\n").search
_TEXT_HEAD = 16 * 1024
"""Bytes of a text in which the lines of a text-only report stand."""


def is_feedback(mail: Mail) -> bool:
    """Whether the mail has a feedback report, whatever it is about."""
    return _feedback(mail) is not None


def read_failure(mail: Mail, limits: Limits = DEFAULT) -> FailureReport:
    """The failure report in a mail; raises `NotAReport` where there is none, or one that is not about authentication.

    `identity_alignment` is kept as written: its meaning was turned round between RFC 7489 and RFC 9991.
    """
    feedback = _feedback(mail)
    if feedback is None:
        return _read_text(mail, limits)
    notes = Notes()
    fields = _fields(feedback.body, limits, notes)
    feedback_type = _first(fields, "feedback-type").lower()
    if not feedback_type:
        notes.add("no_feedback_type", "The report does not say of which type it is")
        if not any(name.lower() in _TELLING for name, _ in fields):
            raise NotAReport("This feedback does not say that it is about authentication")
        feedback_type = AUTH_FAILURE
    if feedback_type != AUTH_FAILURE:
        raise NotAReport("This is feedback about unwanted mail, not an authentication failure report", feedback_type[:40])
    return _report(fields, _original(mail, feedback, limits, notes), mail.head, notes)


def _feedback(mail: Mail) -> Part | None:
    """The part with the fields: by its type, else by how it begins."""
    for part in mail.parts:
        if part.kind == FEEDBACK:
            return part
    for part in mail.parts:
        if part.kind not in _ORIGINAL and _STARTS(part.body):
            return part
    return None


def _report(fields: Fields, original: bytes, head: MailHead, notes: Notes) -> FailureReport:
    """The report made of its fields."""
    failures = _words(_first(fields, "auth-failure"))
    header_from = _author(original)
    if not failures:
        notes.add("no_auth_failure", "The report does not say what failed; DMARC is assumed")
    return FailureReport(
        feedback_type=AUTH_FAILURE,
        reported_domain=_domain(fields) or header_from,
        source_ip=_address(fields, notes),
        arrival=_arrival(fields, head),
        auth_failure=failures or ("dmarc",),
        identity_alignment=_words(_first(fields, "identity-alignment")),
        fields=tuple(fields),
        original=original,
        notes=notes.all(),
        header_from=header_from,
        reporter=_reporter(fields, head),
    )


def _fields(body: bytes, limits: Limits, notes: Notes) -> Fields:
    """The fields in their order, unfolded, the number and length of each bounded."""
    text = body[: limits.mail_header_bytes].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    found: Fields = []
    for line in re.sub(r"\n[ \t]+", " ", text.strip("\n")).split("\n"):
        field = _FIELD(line)
        if field is None:
            continue
        if len(found) >= limits.fields:
            notes.add("too_many_fields", "The report has too many fields; the first are kept")
            break
        found.append((clean(field[1], 100), clean(field[2], limits.text)))
    return found


def _first(fields: Fields, name: str) -> str:
    return next((value for key, value in fields if key.lower() == name), "")


def _words(text: str) -> tuple[str, ...]:
    """A list with commas, comments left out."""
    words = (word.strip().lower() for word in re.sub(r"\([^()]*\)", "", text).split(","))
    return tuple(word for word in words if word)


def _domain(fields: Fields) -> str:
    """The domain reported about, as said."""
    said = _first(fields, "reported-domain") or _first(fields, "sender domain")
    return normal(said.partition(" ")[0].rpartition("@")[2][:253])


def _author(original: bytes) -> str:
    """The domain in the From line of the mail."""
    said = mail_head(original).sender if original else ""
    return normal(said.rpartition("@")[2].strip("> ").partition(" ")[0][:253]) if "@" in said else ""


def _reporter(fields: Fields, head: MailHead) -> str:
    """Who reports: the domain of the sender, else the host that says it made the report."""
    host = _first(fields, "reporting-mta").rpartition(";")[2]
    return normal((head.sender.rpartition("@")[2].strip("> ") or host).partition(" ")[0][:253]) or "unknown"


def _address(fields: Fields, notes: Notes) -> str:
    text = _first(fields, "source-ip") or _first(fields, "sender ip address")
    known = canonical(text) or canonical(text.partition(" ")[0])
    if known is None:
        notes.add("odd_address" if text else "no_address", "The report does not say, or not readably, where the mail came from")
    return known or text[:100]


def _arrival(fields: Fields, head: MailHead) -> int | None:
    """When the mail arrived, else when the report was sent (Unix seconds)."""
    for name in ("arrival-date", "received-date", "received date"):
        if text := _first(fields, name):
            seconds, _ = time_of(text)
            if seconds:
                return seconds
    return head.sent


def _original(mail: Mail, feedback: Part, limits: Limits, notes: Notes) -> bytes:
    """The reported mail or its header: by its type behind the fields, else an attached mail, else what stands behind."""
    parts = list(mail.parts)
    behind = parts[parts.index(feedback) + 1 :]
    candidates = [part for part in behind if part.kind in _ORIGINAL]
    candidates += [part for part in parts if part.kind in _ORIGINAL or part.name.lower().endswith(".eml")]
    candidates += behind
    if not candidates:
        notes.add("no_original", "The report does not bring the mail it is about")
        return b""
    return _bounded(candidates[0].body, limits, notes)


def _bounded(body: bytes, limits: Limits, notes: Notes) -> bytes:
    if len(body) > limits.original_bytes:
        notes.add("cut_original", "The mail the report is about is too large and was cut")
    return body[: limits.original_bytes]


def _read_text(mail: Mail, limits: Limits) -> FailureReport:
    """A report that is only text: lines such as `Sender Domain:`, then a copy of the header."""
    for part in mail.parts:
        if part.kind.startswith("text/") and _TEXT_ONLY(part.body, 0, _TEXT_HEAD):
            break
    else:
        raise NotAReport("There is no report in this mail")
    notes = Notes()
    notes.add("no_feedback_part", "The report is only text, without the part that programs read")
    copy = _COPY(part.body)
    said = part.body[: copy.start()] if copy else part.body[:_TEXT_HEAD]
    said = re.sub(rb"(?m)^[ \t]+", b"", said)  # else the indented lines would be read as folded ones
    original = _bounded(part.body[copy.end() :].lstrip(b"\r\n"), limits, notes) if copy else b""
    return _report([field for field in _fields(said, limits, notes) if field[1]], original, mail.head, notes)
