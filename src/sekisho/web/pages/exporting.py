"""All facts of the current filters as a file, streamed."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from sekisho.web import exports
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import ask

BOM = b"\xef\xbb\xbf"
"""So that spreadsheets read Japanese."""
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@org_page
def records(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """`records.csv` or `records.json`: columns as of `sekisho export records`."""
    if format not in TYPES:
        raise Http404
    asked = ask(request)
    rows = (exports.record_values(fact) for fact in asked.store.export(asked.filter))
    lines = _with_bom(exports.csv_lines(exports.COLUMNS, rows)) if format == "csv" else exports.json_lines(exports.COLUMNS, rows)
    response: HttpResponseBase = StreamingHttpResponse(lines, content_type=TYPES[format])
    response.headers["Content-Disposition"] = f'attachment; filename="sekisho-records.{format}"'
    return response  # type: ignore[return-value]


def _with_bom(lines: Iterator[bytes]) -> Iterator[bytes]:
    yield BOM
    yield from lines
