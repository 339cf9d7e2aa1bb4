"""TLS reports: could mail to us be encrypted on its way, what failed where, and what to do."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from sekisho.core.reports.values import TlsFailure
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.store.query import Filter, TlsFact, TlsFailureSum, TlsReportSum, TlsShare
from sekisho.web import facts, formats
from sekisho.web.filters import Form, Horizon, parse, write
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, encryption, words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.reasons import note_words
from sekisho.web.pages.reports import EVER, report_tabs
from sekisho.web.pages.times import period_text, time_text
from sekisho.web.parts import Crumb

FORM = Form(sorts=("begin", "reporter", "domain", "sessions", "failed"), sort="-begin")
MOST_LINES = 20
"""Types, servers and reporters that a page lists."""


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A failure type as the pages show it."""

    sum: TlsFailureSum
    words: str
    advice: str


@dataclass(frozen=True, slots=True)
class PolicyPart:
    """A policy of a report with the words of its failures."""

    fact: TlsFact
    words: str
    failures: list[tuple[TlsFailure, str]]


def asked_of_tls(request: OrgRequest) -> Asked:
    """What is asked, over the days of which there are TLS reports."""
    store = facts.store()
    bounds = store.tls_bounds(request.org.pk)
    today = int(time.time()) // SECONDS_A_DAY
    days = Horizon(today) if bounds is None else Horizon(today, *bounds)
    return Asked(request, request.org, store, days, parse(request.GET, days, FORM))


@org_page
@require_safe
def tls(request: OrgRequest) -> HttpResponse:
    """The sums of TLS reports, and the list."""
    asked = asked_of_tls(request)
    f = asked.filter
    days = asked.store.tls_days(f)
    whole = TlsShare("", sum(day.successful for day in days), sum(day.failed for day in days))
    context = bar.context(asked, "range", "domain", export="")
    reporters = asked.store.tls_shares(f, "reporter", limit=MOST_LINES)
    answer = asked.store.tls_reports(f, asked.page)
    return asked.render(
        "pages/tls.html",
        **{**report_tabs(asked, "tls"), **context},
        csv_url=asked.path("export_tls", format="csv") + write(asked.state.away()) if asked.has_reports else "",
        tls_days=days,
        whole=whole,
        sentence=_sentence(asked, whole),
        types=[_type(found) for found in asked.store.tls_failures(f, "result_type", limit=MOST_LINES)],
        hosts=[
            (found, [encryption.type_words(name)[0] for name in found.others])
            for found in asked.store.tls_failures(f, "receiving_mx_hostname", limit=MOST_LINES)
        ],
        reporters=reporters,
        policies=[(encryption.policy_words(s.value), s) for s in asked.store.tls_shares(f, "policy_type", limit=MOST_LINES)],
        answer=answer,
        lines=[_line(asked, row) for row in answer.rows if isinstance(row, TlsReportSum)],
        record=_record(asked),
    )


def _sentence(asked: Asked, whole: TlsShare) -> str:
    """The answer first: what share could not be encrypted."""
    if not whole.sessions:
        return ""
    names = {"when": words.spoken_range(asked.state), "sessions": formats.number(whole.sessions)}
    if not whole.failed:
        return _("%(when)s, all %(sessions)s connections to your mail servers could be encrypted.") % names
    text = ngettext(
        "%(when)s, %(failed)s of %(sessions)s connections to your mail servers could not be encrypted as wanted.",
        "%(when)s, %(failed)s of %(sessions)s connections to your mail servers could not be encrypted as wanted.",
        whole.failed,
    )
    return text % (names | {"failed": formats.number(whole.failed)})


def _type(found: TlsFailureSum) -> TypeLine:
    return TypeLine(found, *encryption.type_words(found.value))


def _line(asked: Asked, row: TlsReportSum) -> dict[str, object]:
    return {"sum": row, "url": asked.path("tls_report", key=row.key), "period": period_text(row.begin, row.end)}


def _record(asked: Asked) -> tuple[str, str]:
    """Name and text of the record to publish, for the domain chosen or the first one (RFC 8460, 3)."""
    name = next(iter(asked.state.domain), "") or asked.org.domains.order_by("name").values_list("name", flat=True).first()
    return (f"_smtp._tls.{name}", f"v=TLSRPTv1; rua=mailto:tls-reports@{name}") if name else ("", "")


@org_page
@require_safe
def tls_report(request: OrgRequest, key: int) -> HttpResponse:
    """One TLS report."""
    asked = asked_of_tls(request)
    found = asked.store.tls_report(request.org.pk, key) if key < 2**63 else None
    if found is None:
        raise Http404
    answer = asked.store.tls_policies(Filter(request.org.pk, *EVER, report=key), asked.page)
    return asked.render(
        "pages/tls_report.html",
        crumbs=[Crumb(_("Reports"), asked.path("reports")), Crumb(_("TLS reports"), asked.url("tls")), Crumb(found.report_id)],
        report=found,
        begin_text=time_text(found.begin),
        end_text=time_text(found.end),
        notes=[(note_words(note[1]), note[2]) for note in found.notes],
        answer=answer,
        policies=[_policy(fact) for fact in answer.rows if isinstance(fact, TlsFact)],
        delivery_url=asked.path("delivery", number=found.delivery),
        domain_url=asked.url("domain", name=found.domain),
    )


def _policy(fact: TlsFact) -> PolicyPart:
    failures = [(failure, encryption.type_words(failure.result_type)[0]) for failure in fact.policy.failures]
    return PolicyPart(fact, encryption.policy_words(fact.policy.policy_type), failures[:MOST_FAILURES])


MOST_FAILURES = 100
"""Failures of a policy that a page lists."""
