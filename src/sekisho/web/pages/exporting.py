"""All facts of the current filters as a file, streamed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from sekisho.registry import failures as registry
from sekisho.registry.audit import Action, note
from sekisho.web import exports
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import ask
from sekisho.web.pages.failures import asked_until_now
from sekisho.web.pages.reports import EVER
from sekisho.web.pages.tls import asked_of_tls

BOM = b"\xef\xbb\xbf"
"""So that spreadsheets read Japanese."""
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@org_page
def records(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """`records.csv` or `records.json`: columns as of `sekisho export records`."""
    asked = ask(request)
    rows = (exports.record_values(fact) for fact in asked.store.export(asked.filter))
    return file_of("records", format, exports.COLUMNS, rows)


@org_page
def hosts(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Source hosts of the current filters."""
    return _table(request, "hosts", format)


@org_page
def groups(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Sending groups of the current filters."""
    return _table(request, "groups", format)


@org_page
def reports(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Aggregate reports of the current filters."""
    return _table(request, "reports", format)


def _table(request: OrgRequest, what: str, kind: str) -> HttpResponse:
    asked = ask(request)
    return file_of(what, kind, *exports.table(what, asked.store, asked.filter))


@org_page
def alerts(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Warnings, of all days unless a range is asked for."""
    asked = ask(request)
    has_range = any(request.GET.get(key) for key in ("range", "from", "to"))
    f = asked.filter if has_range else replace(asked.filter, since=EVER[0], until=EVER[1])
    return file_of("alerts", format, *exports.table("alerts", asked.store, f))


@org_page
def failures(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Failure reports in short, without anything personal."""
    state = asked_until_now(request).state
    found = registry.all_between(request.org.pk, state.first, state.last, state.domain)
    columns, values = exports.TABLES["failures"]
    if format in TYPES:
        note(request, Action.FAILURES_EXPORTED, format)
    return file_of("failures", format, columns, map(values, found))


@org_page
def tls(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """Policies of TLS reports, each in a line."""
    asked = asked_of_tls(request)
    columns, values = exports.TABLES["tls"]
    return file_of("tls", format, columns, map(values, exports.all_rows(asked.store.tls_policies, asked.filter)))


def file_of(name: str, format: str, columns: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> HttpResponse:  # noqa: A002 - as above
    """A file, written while it is sent; 404 for a format that is none."""
    if format not in TYPES:
        raise Http404
    lines = _with_bom(exports.csv_lines(columns, rows)) if format == "csv" else exports.json_lines(columns, rows)
    response: HttpResponseBase = StreamingHttpResponse(lines, content_type=TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="sekisho-{name}.{format}"'
    return response  # type: ignore[return-value]


def _with_bom(lines: Iterator[bytes]) -> Iterator[bytes]:
    yield BOM
    yield from lines
