"""Reports on their way: the document as its reporter writes it, packed and put into a mail (RFC 5322)."""

from __future__ import annotations

import base64
import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import blake2b

from sekisho.core.reports.values import AggregateReport
from sekisho.core.reports.write import file_name, subject, write_aggregate
from sekisho.sample.reporters import Habit, Reporter

INBOX = "dmarc-reports@example.co.jp"
"""The `rua` address of the sample organisation."""

NEWLINE = "\r\n"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file in a mail."""

    name: str
    media_type: str
    data: bytes


def document(report: AggregateReport, habit: Habit) -> bytes:
    """The XML document with the reporter's peculiarities."""
    text = b"".join(write_aggregate(report)).decode()
    for old, new in habit.edits:
        text = text.replace(old.replace("{p}", report.policy.p), new.replace("{p}", report.policy.p))
    return text.encode()


def packed(data: bytes, name: str, habit: Habit) -> Enclosure:
    """The document in the reporter's kind of archive; `name` ends in `.xml`."""
    if habit.archive == "xml":
        return Enclosure(name, habit.media_type, data)
    if habit.archive == "gz":
        return Enclosure(f"{name}.gz", habit.media_type, gzipped(data))
    return Enclosure(name.removesuffix(".xml") + ".zip", habit.media_type, zipped(data, name))


def gzipped(data: bytes) -> bytes:
    """A gzip stream without a time in it, so that it is always the same."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, 31)
    return compressor.compress(data) + compressor.flush()


def zipped(data: bytes, name: str) -> bytes:
    """A zip archive of one member."""
    member = zipfile.ZipInfo(name)  # dated 1980, always the same
    member.compress_type = zipfile.ZIP_DEFLATED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, data)
    return buffer.getvalue()


def report_mail(report: AggregateReport, reporter: Reporter, arrival: int) -> bytes:
    """The mail that carries a report; `arrival` in Unix seconds."""
    habit = reporter.habit
    enclosure = packed(document(report, habit), file_name(report, reporter.domain, compressed=False), habit)
    head = Head(
        sender=reporter.email,
        subject=_subject(report, reporter),
        date=arrival,
        id=f"{_digest(report.report_id, reporter.domain, report.policy.domain)}@{reporter.domain}",
    )
    if habit.is_whole:
        return lines(head.lines(), entity(enclosure))
    text = Enclosure("", "text/plain; charset=UTF-8", (habit.words + "\n").encode())
    return mixed(head, *([text] if habit.words else []), enclosure)


def _subject(report: AggregateReport, reporter: Reporter) -> str:
    """The subject, by the RFC or by habit."""
    if not reporter.habit.subject:
        return subject(report, reporter.domain)
    day = datetime.fromtimestamp(report.begin, UTC).date().isoformat()
    return reporter.habit.subject.format(domain=report.policy.domain, submitter=reporter.domain, id=report.report_id, day=day)


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a mail."""

    sender: str
    subject: str
    date: int
    id: str
    more: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """The header fields but for those that tell the content."""
        return [
            f"Return-Path: <{self.sender}>",
            f"Date: {format_datetime(datetime.fromtimestamp(self.date, UTC))}",
            f"From: {self.sender}",
            f"To: {INBOX}",
            f"Subject: {self.subject}",
            f"Message-ID: <{self.id}>",
            "MIME-Version: 1.0",
            *self.more,
        ]


def mixed(head: Head, *enclosures: Enclosure, kind: str = "multipart/mixed") -> bytes:
    """A mail of several parts."""
    boundary = f"=_{_digest(head.id)}"
    body = ["", "This is a multi-part message in MIME format.", ""]
    for enclosure in enclosures:
        body += [f"--{boundary}", *entity(enclosure)]
    return lines(head.lines(), [f'Content-Type: {kind}; boundary="{boundary}"'], body, [f"--{boundary}--", ""])


PLAIN = frozenset({"message/feedback-report", "text/rfc822-headers"})
"""What may not be encoded (RFC 5965, 2; RFC 2046, 5.2)."""


def entity(enclosure: Enclosure) -> list[str]:
    """Header and content of a part, or of a whole mail, in base64 where that is allowed."""
    kind = enclosure.media_type
    if kind in PLAIN:
        return [f"Content-Type: {kind}", "", enclosure.data.decode()]
    disposition = []
    if enclosure.name:
        kind += f';{NEWLINE}\tname="{enclosure.name}"'
        disposition = [f'Content-Disposition: attachment;{NEWLINE}\tfilename="{enclosure.name}"']
    content = base64.encodebytes(enclosure.data).decode("ascii").replace("\n", NEWLINE)
    return [f"Content-Type: {kind}", *disposition, "Content-Transfer-Encoding: base64", "", content]


def lines(*parts: list[str]) -> bytes:
    """The lines of all parts as they go over the wire."""
    return NEWLINE.join(line for part in parts for line in part).encode()


def _digest(*words: str) -> str:
    """A short name that is always the same."""
    return blake2b("\n".join(words).encode(), digest_size=12).hexdigest()
