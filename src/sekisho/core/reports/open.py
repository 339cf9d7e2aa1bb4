"""Opens a delivery, whatever it is: a mail, an archive, XML or JSON, and gives the reports that are in it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, NamedTuple

import pybase64

from sekisho.core.errors import Broken, NotAReport, ReadError, TooLarge
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.mail import Part, looks_like_mail, read_mail
from sekisho.core.mailhead import MailHead
from sekisho.core.names import normal
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.failure import is_feedback, read_failure
from sekisho.core.reports.number import time_of
from sekisho.core.reports.tls import read_tls
from sekisho.core.reports.values import AggregateReport, Note, Report, TlsReport
from sekisho.core.terms import Outcome
from sekisho.core.unpack import Budget, Content, read_all, shown_name, unpack

_DAY_S = 86400
_PROBLEMS = 100
"""Refused parts that are told of."""

_BLANK = b" \t\r\n\0\xef\xbb\xbf\xff\xfe"
_PACKED_TEXT = re.compile(rb"(?:H4sI|UEsD|PD94bWwg|PD94bWws|PGZlZWRiYWNr)[A-Za-z0-9+/]").match
"""Base64 of gzip, zip, `<?xml ` and `<feedback`."""
_HAS_REPORT = re.compile(rb"<(?:\w{1,20}:)?feedback|\"organization-name\"|\"policies\"|report_metadata>").search
_LOOKED_AT = 64 * 1024
"""Bytes of a text in which a report may begin."""
_NAME = re.compile(r"[^!]*!([^!]{1,253})!\s*([0-9]{6,13})!\s*([0-9]{6,13})").search
_IGNORED = (
    "image/",
    "text/html",
    "text/calendar",
    "audio/",
    "video/",
    "application/pgp-",
    "application/pkcs7-",
    "application/x-pkcs7-",
)
_MAILS = ("message/rfc822", "message/global")
_NO_HEAD = MailHead()


class Problem(NamedTuple):
    """A part that was refused."""

    outcome: Outcome
    reason: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}" if self.where else self.reason


@dataclass(slots=True, init=False)
class Opened:
    """What was in a delivery: at least one report."""

    reports: Final[tuple[Report, ...]]
    problems: Final[tuple[Problem, ...]]
    """Parts that were meant to be reports, or might have been, and were refused."""
    is_mail: Final[bool]
    head: Final[MailHead]
    """Of the mail it came in; empty where it came in none."""

    def __init__(
        self,
        reports: tuple[Report, ...],
        problems: tuple[Problem, ...] = (),
        is_mail: bool = False,
        head: MailHead = _NO_HEAD,
    ) -> None:
        self.reports = reports
        self.problems = problems
        self.is_mail = is_mail
        self.head = head

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of all its reports."""
        return tuple(note for report in self.reports for note in report.notes)


def open_delivery(data: bytes, *, name: str = "", limits: Limits = DEFAULT) -> Opened:
    """All reports in a delivery, known by its bytes; `name` is only shown, and asked for what the report does not say.

    Raises `NotAReport`, `Broken` or `TooLarge`, with the most telling reason, where there is no readable report at all.
    """
    if len(data) > limits.delivery_bytes:
        raise TooLarge("It is too large", shown_name(name))
    if not data[:_LOOKED_AT].strip(_BLANK) and not data.strip(_BLANK):
        raise NotAReport("It is empty", shown_name(name))
    opening = _Opening(limits)
    if _is_mail(data):
        opening.mail(data.lstrip(b"\r\n"), 0)
        if not opening.reports and not opening.is_telling and _HAS_REPORT(data, 0, _LOOKED_AT):
            opening.file(data, name)
    else:
        opening.file(data, name)
    return opening.result(shown_name(name))


def _is_mail(data: bytes) -> bool:
    """Whether it begins as a mail does."""
    return looks_like_mail(data[:2048].lstrip(b"\r\n"))


class _Opening:
    """One delivery being opened."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._budget = Budget(limits)
        self._head: MailHead | None = None
        self._errors: list[ReadError] = []
        self._depth = 0
        self.reports: list[Report] = []

    @property
    def is_telling(self) -> bool:
        """Whether something was refused for a better reason than that it is no report."""
        return any(isinstance(error, Broken) for error in self._errors)

    def result(self, name: str) -> Opened:
        """What was found, or the reason why nothing was."""
        if not self.reports:
            raise self._reason(name)
        problems = [
            Problem(Outcome.BROKEN if isinstance(error, Broken) else Outcome.NOT_A_REPORT, error.reason, error.where)
            for error in self._errors
        ]
        return Opened(tuple(self.reports), tuple(problems), self._head is not None, self._head or _NO_HEAD)

    def _reason(self, name: str) -> ReadError:
        """The most telling of the errors."""
        for kind in (TooLarge, Broken, NotAReport):
            for error in self._errors:
                if isinstance(error, kind):
                    return kind(error.reason, error.where or name)
        return NotAReport("There is no report in this mail" if self._head else "This is not a report", name)

    def mail(self, data: bytes, depth: int) -> None:
        """All reports in a mail, and in the mails within it."""
        try:
            if depth > self._limits.mail_depth:
                raise TooLarge("The mails are nested too deeply")
            mail = read_mail(data, self._limits)
            self._head = self._head or mail.head
            if is_feedback(mail):
                self.reports.append(read_failure(mail, self._limits))
                return
        except ReadError as error:
            self._refuse(error, "")
            return
        before = len(self.reports) + len(self._errors)
        for part in mail.parts:
            if part.kind in _MAILS:
                self.mail(part.body, depth + 1)
            elif _is_candidate(part):
                self.file(part.body, part.name)
        if len(self.reports) + len(self._errors) == before:
            try:
                self.reports.append(read_failure(mail, self._limits))
            except NotAReport:
                return  # an ordinary mail; the result says so

    def file(self, data: bytes, name: str) -> None:
        """All reports in a file."""
        try:
            for content in unpack(data, self._budget, name):
                self._take(content)
        except ReadError as error:
            self._refuse(error, name)

    def _refuse(self, error: ReadError, name: str) -> None:
        if len(self._errors) < _PROBLEMS:
            error.where = error.where or shown_name(name)
            self._errors.append(error)

    def _take(self, content: Content) -> None:
        """The report in a content, or the reason why there is none."""
        try:
            report = self._read(content)
        except ReadError as error:
            damage = [flaw for flaw in content.flaws if flaw.code == "damaged_archive"]
            self._refuse(Broken(damage[0].words) if damage and not isinstance(error, TooLarge) else error, content.name)
            return
        if report is not None:
            if content.flaws:
                report = replace(report, notes=(*report.notes, *content.flaws))
            self.reports.append(report)

    def _read(self, content: Content) -> Report | None:
        """The report, or None where what was in there has been opened on its own."""
        head, chunks = _peeked(content.chunks)
        start = head[:_LOOKED_AT].lstrip(_BLANK)
        if not start and not head.strip(_BLANK):
            raise NotAReport("It is empty")
        content.chunks = chunks
        if start[:1] in (b"{", b"["):
            return self._placed_tls(read_tls(read_all(content, self._limits.json_bytes), self._limits), content.name)
        if _PACKED_TEXT(start):
            self._deeper(content, _from_base64)
            return None
        if looks_like_mail(start) and not _HAS_REPORT(head, 0, 2048):
            self._deeper(content, None)
            return None
        return self._placed(read_aggregate(chunks, self._limits, work=self._budget.work), content.name)

    def _deeper(self, content: Content, decode: Callable[[bytes], bytes] | None) -> None:
        """A mail, or text that hides an archive, within a file."""
        if self._depth >= self._limits.packing_depth:
            raise TooLarge("There are too many archives in each other")
        data = read_all(content, self._limits.delivery_bytes)
        self._depth += 1
        if decode is None:
            self.mail(data.lstrip(b"\r\n"), self._depth)
        else:
            self.file(decode(data), content.name)
        self._depth -= 1

    def _placed(self, report: AggregateReport, name: str) -> AggregateReport:
        """The report with the domain and times it does not say, from the file name or the date of the mail."""
        if report.begin and report.policy.domain:
            return report
        told = _NAME(name)
        if told and not report.policy.domain:
            report = replace(report, policy=replace(report.policy, domain=normal(told[1])))
        if report.begin:
            return report
        begin, end = self._times(told)
        return replace(report, begin=begin, end=end)

    def _placed_tls(self, report: TlsReport, name: str) -> TlsReport:
        """The same for a TLS report, of which the times may be missing."""
        if report.begin:
            return report
        begin, end = self._times(_NAME(name))
        return replace(report, begin=begin, end=end)

    def _times(self, told: re.Match[str] | None) -> tuple[int, int]:
        """The times told by the file name, else the day before the mail was sent."""
        if told:
            (begin, _), (end, _) = time_of(told[2]), time_of(told[3])
            if begin and end:
                return begin, end
        sent = self._head.sent if self._head else None
        if not sent or sent < _DAY_S:
            raise Broken("The report does not say for which time it is, nor does its file name or mail")
        midnight = sent - sent % _DAY_S
        return midnight - _DAY_S, midnight - 1


def _from_base64(data: bytes) -> bytes:
    """The bytes that the text stands for; raises `Broken`."""
    try:
        return pybase64.b64decode(data)
    except (binascii.Error, ValueError) as error:
        raise Broken("The text in base64 is damaged") from error


def _peeked(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The beginning, and all of it."""
    head = next(chunks, b"")
    while len(head) < 64:
        more = next(chunks, b"")
        if not more:
            break
        head += more
    return head, chain((head,), chunks)


def _is_candidate(part: Part) -> bool:
    """Whether a part may be a report: any file, and a text in which one begins."""
    if not part.body:
        return bool(part.name)
    if part.kind.startswith(_IGNORED):
        return False
    if part.kind.startswith("text/") and not part.name:
        start = part.body[:_LOOKED_AT].lstrip(_BLANK)
        return bool(_HAS_REPORT(part.body, 0, _LOOKED_AT) or _PACKED_TEXT(start))
    return True
