"""Aggregate reports: the list, one report with its rows, the head as it was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sekisho.core.facts import Way
from sekisho.core.terms import Class
from sekisho.core.ways import way_from_text
from sekisho.store.query import Filter, ReportSum, RowFact
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.reasons import note_words
from sekisho.web.pages.senders import Named, named
from sekisho.web.pages.times import period_text, time_text
from sekisho.web.parts import Crumb, Tab

FORM = Form(sorts=("begin", "reporter", "domain", "messages", "rows"), sort="-begin")
ROWS_FORM = Form(sorts=("messages", "source_ip", "row", "class"), sort="-messages")
EVER = (0, 10_000_000)
"""First and last day a report can be of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a report with what the page makes of it."""

    fact: RowFact
    klass: Class
    way: Way
    named: Named
    host_url: str
    handled: str


def report_tabs(asked: Asked, here: str) -> dict[str, object]:
    """The tabs of the reports."""
    labels = (
        ("reports", pgettext("tab", "Aggregate")),
        ("failures", pgettext("tab", "Failure")),
        ("tls", "TLS"),
        ("deliveries", pgettext("tab", "Not readable")),
        ("upload", _("Upload")),
    )
    with_filters = ("reports", "failures", "tls")
    return {
        "tabs": [
            Tab(label, asked.url(page) if page in with_filters else asked.path(page), is_current=page == here)
            for page, label in labels
        ],
        "tabs_label": _("Kinds of report"),
    }


def render_list(asked: Asked, template: str, **values: object) -> HttpResponse:
    """A page with the table of reports."""
    answer = asked.store.reports(asked.filter, asked.page)
    return asked.render(
        template,
        **bar.context(
            asked, "range", "domain", "reporter", "q", "class", "group", "host", "disposition", "dkim", "spf", export="reports"
        ),
        answer=answer,
        lines=[_line(asked, row) for row in answer.rows if isinstance(row, ReportSum)],
        **values,
    )


def _line(asked: Asked, row: ReportSum) -> dict[str, object]:
    return {
        "sum": row,
        "url": asked.path("report", key=row.key),
        "policy": words.policy(row.policy),
        "period": period_text(row.begin, row.end),
    }


@org_page
def reports(request: OrgRequest) -> HttpResponse:
    """All aggregate reports."""
    asked = ask(request, FORM)
    return render_list(asked, "pages/reports.html", **report_tabs(asked, "reports"))


def found_report(asked: Asked, key: int) -> ReportSum:
    """The report of the organisation; 404 for any other."""
    found = asked.store.report(asked.org.pk, key) if key < 2**63 else None
    if found is None:
        raise Http404
    return found


@org_page
def report(request: OrgRequest, key: int) -> HttpResponse:
    """One report: what it says, and what we think of each of its rows."""
    asked = ask(request, ROWS_FORM)
    found = found_report(asked, key)
    head = asked.store.report_head(asked.org.pk, key) or {}
    f = Filter(asked.org.pk, *EVER, report=key, classes=asked.state.classes)
    answer = asked.store.rows(f, asked.page)
    return asked.render(
        "pages/report.html",
        crumbs=[Crumb(_("Reports"), asked.url("reports")), Crumb(found.report_id)],
        report=found,
        head=head,
        said=_said(head),
        notes=_notes(head),
        policy=words.policy(found.policy),
        begin_text=time_text(found.begin),
        end_text=time_text(found.end),
        all_rows=found.split,
        answer=answer,
        rows=[_row(asked, fact) for fact in answer.rows if isinstance(fact, RowFact)],
        raw_url=asked.path("report_raw", key=key),
        download_url=asked.path("report_download", key=key),
        delivery_url=asked.path("delivery", number=found.delivery),
        domain_url=asked.url("domain", name=found.domain),
    )


def _row(asked: Asked, fact: RowFact) -> Row:
    return Row(
        fact,
        Class(fact.klass),
        way_from_text(fact.way),
        named(fact.group),
        asked.path("host", address=fact.source_ip),
        words.handling(fact.disposition),
    )


def _said(head: Mapping[str, object]) -> list[tuple[str, str]]:
    """The head as label and value, empty ones left out."""
    policy = head.get("policy")
    policy = policy if isinstance(policy, Mapping) else {}
    labels = (
        (_("Contact"), head.get("email")),
        (_("More about the reporter"), head.get("extra_contact_info")),
        (_("Written by"), head.get("generator")),
        (_("Version"), head.get("version")),
        ("p", policy.get("p")),
        ("sp", policy.get("sp")),
        ("np", policy.get("np")),
        ("adkim", policy.get("adkim")),
        ("aspf", policy.get("aspf")),
        ("pct", policy.get("pct")),
        ("fo", policy.get("fo")),
        ("t", policy.get("testing")),
        (_("Found by"), policy.get("discovery_method")),
    )
    return [(label, str(value)) for label, value in labels if value not in (None, "", "absent")]


def _notes(head: Mapping[str, object]) -> list[dict[str, str]]:
    """The flaws of the report in plain words, and the errors its writer told of."""
    found = []
    kept = head.get("notes")
    for note in kept if isinstance(kept, list | tuple) else ():
        code, text, where = (*(str(part) for part in _parts(note)), "", "", "")[:3]
        found.append({"text": note_words(text) if text else code, "where": where, "code": code})
    errors = head.get("errors")
    said = errors if isinstance(errors, list | tuple) else ()
    return found + [{"text": _("The reporter says: %(error)s") % {"error": error}, "where": "", "code": "error"} for error in said]


def _parts(note: object) -> tuple[object, ...]:
    if isinstance(note, Mapping):
        return note.get("code", ""), note.get("words", ""), note.get("where", "")
    return tuple(note) if isinstance(note, list | tuple) else (str(note),)
