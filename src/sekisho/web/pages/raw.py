"""The raw text of a report, as lines, and the bytes of its delivery as they came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from sekisho.core.errors import ReadError
from sekisho.core.limits import DEFAULT
from sekisho.core.mail import looks_like_mail, read_mail
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.unpack import Budget, Content, shown_name, unpack
from sekisho.registry import deliveries as inbox
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Delivery
from sekisho.store.keep import report_key
from sekisho.store.query import ReportSum
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import ask
from sekisho.web.pages.looking import first_failure, may_download
from sekisho.web.pages.reports import found_report
from sekisho.web.parts import Crumb

MAX_SHOWN = 16 << 20
"""Bytes of XML that are shown; longer ones are to be downloaded."""
LINES_A_PAGE = 500
PIECE = 1000
"""Characters of a line that are shown as one; some reporters write the whole report in one line."""
MAX_DEPTH = 4
"""Mails within mails that are looked into."""
_IS_XML = re.compile(rb"<(?:\w{1,20}:)?feedback|report_metadata>").search
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Text:
    """The XML of one report in a delivery."""

    name: str
    data: bytes
    is_cut: bool


def texts(data: bytes, budget: Budget, name: str = "", depth: int = 0) -> Iterator[Text]:
    """The XML texts in a delivery, unpacked; what is broken or too deep is left out."""
    if depth <= MAX_DEPTH and looks_like_mail(data[:2048].lstrip(b"\r\n")):
        for part in read_mail(data.lstrip(b"\r\n")).parts:
            yield from texts(part.body, budget, part.name, depth + 1)
        return
    try:
        for content in unpack(data, budget, name):
            text = _held(content)
            if _IS_XML(text.data, 0, 65536):
                yield text
    except ReadError:
        return


def _held(content: Content) -> Text:
    """The beginning of a content, or all of it; a damaged one as far as it goes."""
    parts: list[bytes] = []
    length = 0
    try:
        for chunk in content.chunks:
            parts.append(chunk[: MAX_SHOWN - length])
            length += len(parts[-1])
            if length >= MAX_SHOWN:
                return Text(content.name, b"".join(parts), is_cut=True)
    except ReadError:
        return Text(content.name, b"".join(parts), is_cut=True)
    return Text(content.name, b"".join(parts), is_cut=False)


def text_of(data: bytes, name: str, org: int, report: ReportSum) -> Text | None:
    """The text of one report of a delivery: by its key, else by its number; None when it is not found."""
    try:
        found = list(texts(data, Budget(DEFAULT), name))
    except ReadError:
        return None
    if len(found) < 2:
        return found[0] if found else None
    return next((text for text in found if _has_key(text, org, report.key)), None) or next(
        (text for text in found if report.report_id.encode() in text.data), None
    )


def _has_key(text: Text, org: int, key: int) -> bool:
    try:
        return report_key(org, read_aggregate(iter((text.data,)))) == key
    except ReadError:
        return False


def lines_of(text: str) -> list[tuple[str, str]]:
    """Numbered lines; the continuation of a long one has no number. Control characters are shown as U+FFFD."""
    found = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        for start in range(0, max(len(line), 1), PIECE):
            piece = "".join(c if c.isprintable() or c == "\t" else "�" for c in line[start : start + PIECE])
            found.append((str(number) if start == 0 else "", piece))
    return found


@org_page
def report_raw(request: OrgRequest, key: int) -> HttpResponse:
    """The XML of a report as numbered lines, a page of them."""
    asked = ask(request)
    report = found_report(asked, key)
    raw = inbox.raw_of(request.org.pk, report.delivery)
    if raw is None:
        raise Http404
    text = text_of(raw[1], raw[0], request.org.pk, report)
    lines = lines_of(_decoded(text.data)) if text else []
    last = max(1, -(-len(lines) // LINES_A_PAGE))
    number = min(asked.state.page, last)
    return asked.render(
        "pages/report_raw.html",
        crumbs=[
            Crumb(_("Reports"), asked.path("reports")),
            Crumb(report.report_id, asked.path("report", key=key)),
            Crumb(_("Raw XML")),
        ],
        name=text.name if text else "",
        bytes=len(text.data) if text else 0,
        problem=_problem(text),
        lines=lines[(number - 1) * LINES_A_PAGE : number * LINES_A_PAGE],
        total=len(lines),
        page=number,
        size=LINES_A_PAGE,
        download_url=asked.path("report_download", key=key),
    )


def _problem(text: Text | None) -> str:
    """What is missing of the text, in words; empty when all is there."""
    if text is None:
        return _("The text could not be taken out of what came. The download has all of it, as it came.")
    if text.is_cut:
        return _("Only the beginning is shown. The download has all of it, as it came.")
    return ""


def _decoded(data: bytes) -> str:
    """The text by its byte order mark or declaration, else as UTF-8; what cannot be read is marked."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    declared = re.search(rb"""encoding=["']([A-Za-z0-9_.-]{1,30})["']""", data[:200])
    try:
        return data.decode("utf-8") if declared is None else data.decode(declared[1].decode("ascii"))
    except (UnicodeDecodeError, LookupError):
        return data.decode("utf-8", "replace")


@org_page
def report_download(request: OrgRequest, key: int) -> HttpResponse:
    """The bytes by which a report came."""
    report = found_report(ask(request), key)
    return _download(request, report.delivery)


@org_page
def delivery_download(request: OrgRequest, number: int) -> HttpResponse:
    """The bytes of a delivery."""
    return _download(request, number)


def _download(request: OrgRequest, number: int) -> HttpResponse:
    """Bytes as an attachment of no type, under a name of ours with what is harmless of theirs."""
    delivery = Delivery.objects.filter(organisation=request.org, pk=number).first()
    if delivery is None:
        raise Http404
    if not may_download(request, delivery):
        return _refused(request, delivery)
    raw = inbox.raw_of(request.org.pk, number)
    if raw is None:
        raise Http404
    if delivery.failures:
        note(request, Action.DOWNLOADED, number)
    name = safe_name(number, raw[0])
    return HttpResponse(
        raw[1],
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


def _refused(request: OrgRequest, delivery: Delivery) -> HttpResponse:
    """Leads to where the redaction can be lifted, which is what the download waits for."""
    messages.warning(request, _("This holds a failure report with personal data. Show it without redaction first, saying why."))
    failure = first_failure(delivery)
    if failure is None:
        return redirect("delivery", org=request.org.slug, number=delivery.pk)
    return redirect("failure", org=request.org.slug, number=failure)


def safe_name(number: int, name: str) -> str:
    """A file name of ASCII letters, digits, dots and dashes that begins with our own words."""
    theirs = _UNSAFE.sub("_", shown_name(name)).strip("._-")[-80:]
    return f"delivery-{number}-{theirs}" if theirs else f"delivery-{number}"
