"""Reports: aggregate and TLS, with their records and raw text; deliveries; everything as a file."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.terms import Outcome
from sekisho.registry import deliveries as inbox
from sekisho.registry.audit import Action
from sekisho.registry.models import Delivery
from sekisho.store.query import Filter, ReportSum, TlsReportSum
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import missing
from sekisho.web.api.queries import DOMAINS, FILTERS, PAGES, RANGE, Parameter, asked, listed, refuse, sorted_by, strict, table
from sekisho.web.api.tables import ROWS, days, page, page_of_answer, rows_of, several
from sekisho.web.pages import failures as failure_pages
from sekisho.web.pages import reports as report_pages
from sekisho.web.pages import tls as tls_pages
from sekisho.web.pages.deliveries import MAX_IDS, STATES, mine
from sekisho.web.pages.exporting import TYPES, file_of
from sekisho.web.pages.raw import text_of
from sekisho.web.pages.reports import EVER, found_report
from sekisho.web.pages.tls import asked_of_tls

reports = Section("Reports")
Row = dict[str, object]
_make: Any = TypedDict


class Note(TypedDict):
    """Something odd about a report."""

    code: str
    text: str
    where: str


ReportShape = _make("ReportWithHead", {"report": ROWS["reports"], "delivery": int, "head": dict[str, object]})
"""A report with its head as it was said."""


class TlsSum(TypedDict):
    """A TLS report."""

    key: str
    org_name: str
    report_id: str
    domain: str
    begin: str
    end: str
    contact: str
    successful: int
    failed: int
    delivery: int


class TlsReports(TypedDict):
    """A page of TLS reports, with the sums of the period."""

    items: list[TlsSum]
    total: int
    page: int
    size: int
    successful: int
    failed: int
    first_day: str
    last_day: str


TlsReportShape = _make("TlsReport", {"report": TlsSum, "notes": list[Note], "policies": several("tls")})
"""A TLS report with its policies and what was odd about it."""


class DeliveryShape(TypedDict):
    """What came in, and what became of it."""

    id: int
    door: str
    name: str
    size: int
    received: str
    state: str
    outcome: str | None
    reason: str
    reports: int
    records: int
    messages: int
    strays: list[str]


class Deliveries(TypedDict):
    """A page of deliveries, the newest first."""

    items: list[DeliveryShape]
    total: int
    page: int
    size: int


class Again(Schema):
    """What is to be read again: numbers of deliveries, or all that could not be read."""

    ids: Annotated[list[Annotated[int, Field(ge=0, lt=2**63)]], Field(max_length=MAX_IDS)] = []
    unread: bool = False


class Reread(TypedDict):
    """How many deliveries are read again."""

    reread: int


@reports.get("/reports", page("reports"), parameters=table(report_pages.FORM))
def list_reports(request: ApiRequest) -> Row:
    """Aggregate reports."""
    found = asked(request, report_pages.FORM)
    return page_of_answer(found, "reports", found.store.reports(found.filter, found.page))


@reports.get("/reports/{int:key}", ReportShape)
def report(request: ApiRequest, key: Number) -> Row:
    """An aggregate report: its sums, and its head as it was said."""
    found = asked(request)
    one = found_report(found, key)
    head = found.store.report_head(request.org.pk, key) or {}
    return {"report": rows_of("reports", [one])[0], "delivery": one.delivery, "head": head}


@reports.get("/reports/{int:key}/records", page("records"), parameters=(*sorted_by(report_pages.ROWS_FORM), *PAGES))
def report_records(request: ApiRequest, key: Number) -> Row:
    """The records of an aggregate report, judged."""
    found = asked(request, report_pages.ROWS_FORM)
    found_report(found, key)
    f = Filter(request.org.pk, *EVER, report=key, classes=found.state.classes)
    return page_of_answer(found, "records", found.store.rows(f, found.page))


@reports.bytes("/reports/{int:key}/raw", ("application/xml",))
def report_xml(request: ApiRequest, key: Number) -> HttpResponse:
    """The XML of an aggregate report as it came; its beginning where it is longer than 16 MiB."""
    one: ReportSum = found_report(asked(request), key)
    raw = inbox.raw_of(request.org.pk, one.delivery)
    text = text_of(raw[1], raw[0], request.org.pk, one) if raw else None
    if text is None:
        raise missing()
    headers = {"Content-Disposition": f'attachment; filename="report-{key}.xml"'}
    return HttpResponse(text.data, content_type="application/xml", headers=headers)


@reports.get("/tls", TlsReports, parameters=table(tls_pages.FORM, (*RANGE, *DOMAINS)))
def list_tls_reports(request: ApiRequest) -> Row:
    """TLS reports, with the connections that could and could not be encrypted as wanted."""
    found = strict(asked_of_tls(request))
    sums = found.store.tls_days(found.filter)
    answer = found.store.tls_reports(found.filter, found.page)
    return {
        "items": [_tls(row) for row in answer.rows if isinstance(row, TlsReportSum)],
        "total": answer.total,
        "page": found.state.page,
        "size": found.state.size,
        "successful": sum(day.successful for day in sums),
        "failed": sum(day.failed for day in sums),
        **days(found),
    }


@reports.get("/tls/{int:key}", TlsReportShape)
def tls_report(request: ApiRequest, key: Number) -> Row:
    """A TLS report with the policies it is about; at most 1,000 of them."""
    found = strict(asked_of_tls(request))
    one = found.store.tls_report(request.org.pk, key)
    if one is None:
        raise missing()
    f = Filter(request.org.pk, *EVER, report=key)
    policies = list(zip(exports.all_rows(found.store.tls_policies, f), range(exports.ROWS_AT_ONCE), strict=False))
    notes = [dict(zip(("code", "text", "where"), (*map(str, note), "", "", ""), strict=False)) for note in one.notes]
    return {"report": _tls(one), "notes": notes, "policies": rows_of("tls", [fact for fact, _number in policies])}


def _tls(row: TlsReportSum) -> Row:
    return {
        "key": str(row.key),
        "org_name": row.reporter,
        "report_id": row.report_id,
        "domain": row.domain,
        "begin": exports.iso(row.begin),
        "end": exports.iso(row.end),
        "contact": row.contact,
        "successful": row.successful,
        "failed": row.failed,
        "delivery": row.delivery,
    }


_KIND: Parameter = {
    "in": "query",
    "name": "format",
    "required": False,
    "schema": {"type": "string", "enum": list(TYPES), "default": "json"},
}


@reports.bytes("/export/{what}", tuple(TYPES.values()), parameters=(_KIND, *FILTERS))
def export(request: ApiRequest, what: Annotated[Literal[*exports.TABLES], Path()]) -> HttpResponse:  # type: ignore[valid-type]
    """A whole table as a file, streamed: the same columns as on the page and by `sekisho export`."""
    kind = request.GET.get("format", "json")
    if kind not in TYPES:
        refuse([("format", kind[:60])])
    asks = {"failures": failure_pages.asked_until_now, "tls": asked_of_tls}
    found = strict(asks[what](request)) if what in asks else asked(request)
    if what == "failures":
        note(request, Action.FAILURES_EXPORTED, kind)
    return file_of(what, kind, *exports.table(what, found.store, found.filter))


_SHOW: Parameter = {
    "in": "query",
    "name": "show",
    "required": False,
    "description": "Those that could not be read, those whose owner is unknown, or all.",
    "schema": {"type": "string", "enum": list(STATES), "default": "all"},
}


@reports.get("/deliveries", Deliveries, parameters=(_SHOW, *PAGES))
def list_deliveries(request: ApiRequest) -> Row:
    """What came in by any way, and what became of it."""
    show = request.GET.get("show", "all")
    if show not in STATES:
        refuse([("show", show[:60])])
    rows = mine(request.org)
    if STATES[show]:
        rows = rows.filter(state=Delivery.State.DONE, outcome__in=STATES[show])
    return listed(request, rows, _delivery)


@reports.get("/deliveries/{int:number}", DeliveryShape)
def one_delivery(request: ApiRequest, number: Number) -> Row:
    """One delivery."""
    found = mine(request.org).filter(pk=number).first()
    if found is None:
        raise missing()
    return _delivery(found)


@reports.change("POST", "/deliveries/reread", Reread)
def reread(request: ApiRequest, body: Again) -> Row:
    """Reads deliveries again from the raw archive."""
    count = inbox.reread(request.org.pk, body.ids) if body.ids else 0
    count += inbox.reread_broken(request.org.pk) if body.unread else 0
    note(request, Action.REREAD, count=count)
    return {"reread": count}


def _delivery(row: Delivery) -> Row:
    is_done = row.state == Delivery.State.DONE
    return {
        "id": row.pk,
        "door": row.door,
        "name": row.name,
        "size": row.size,
        "received": exports.utc(row.received),
        "state": "done" if is_done else "waiting",
        "outcome": row.outcome if is_done and row.outcome in list(Outcome) else None,
        "reason": row.reason,
        "reports": row.reports,
        "records": row.records,
        "messages": row.messages,
        "strays": [name for name in row.strays.split("\n") if name],
    }
