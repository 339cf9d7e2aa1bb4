"""Failure reports: the list by campaign, and one of them, with the people in it hidden unless somebody says why not."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekisho.core.errors import ReadError
from sekisho.core.redact import Redactor
from sekisho.core.reports.incident import Incident, incident, people_in
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.original import Original, read_original
from sekisho.core.reports.values import FailureReport
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.registry import deliveries as inbox
from sekisho.registry import failures as registry
from sekisho.registry.failures import Campaign
from sekisho.registry.models import Failure
from sekisho.web import facts
from sekisho.web.filters import Form, Horizon, parse, write
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, failing
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.looking import LOOK_S, shown_until
from sekisho.web.pages.raw import lines_of
from sekisho.web.pages.reasons import note_words
from sekisho.web.pages.reports import report_tabs
from sekisho.web.pages.roles import may_change
from sekisho.web.parts import Crumb

ALIKE_SHOWN = 25
"""Other reports of a campaign that its page lists."""
NAV = {"nav": "reports"}


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign in the list."""

    campaign: Campaign
    url: str
    hosts_url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as its page shows it: already redacted, or not."""

    short: Incident
    headers: list[tuple[str, str]]
    fields: list[tuple[str, str]]
    lines: list[tuple[str, str]]
    original: Original
    notes: list[str]


def asked_until_now(request: OrgRequest) -> Asked:
    """What is asked; the range reaches to today, since failure reports come at once and not a day later."""
    oldest = registry.bounds(request.org.pk)
    today = int(time.time()) // SECONDS_A_DAY
    days = Horizon(today + 1, None if oldest is None else int(oldest.timestamp()) // SECONDS_A_DAY, today)
    return Asked(request, request.org, facts.store(), days, parse(request.GET, days, Form()))


@org_page
@require_safe
def failures(request: OrgRequest) -> HttpResponse:
    """All failure reports, those of one campaign in one line."""
    asked = asked_until_now(request)
    state = asked.state
    found = registry.between(request.org.pk, state.first, state.last, state.domain)
    start = (state.page - 1) * state.size
    campaigns, total = registry.campaigns(found, start, start + state.size)
    context = bar.context(asked, "range", "domain", export="")
    return asked.render(
        "pages/failures.html",
        **{**report_tabs(asked, "failures"), **context, **NAV},
        csv_url=asked.path("export_failures", format="csv") + write(state.away()),
        lines=[_line(asked, campaign) for campaign in campaigns],
        total=total,
        is_empty=asked.horizon.oldest is None,
        keep_days=registry.KEEP_DAYS,
    )


def _line(asked: Asked, campaign: Campaign) -> Line:
    hosts_url = asked.with_("hosts", host=(campaign.network,)) if campaign.network else ""
    return Line(campaign, asked.path("failure", number=campaign.newest.pk), hosts_url)


@org_page
@require_safe
def failure(request: OrgRequest, number: int) -> HttpResponse:
    """One failure report."""
    found = registry.one(request.org.pk, number)
    if found is None:
        raise Http404
    until = shown_until(request, number)
    asked = ask(request)
    others = [row for row in registry.alike(found)[: ALIKE_SHOWN + 1] if row.pk != number]
    shown = shown_of(found, is_lifted=bool(until))
    return asked.render(
        "pages/failure.html",
        **NAV,
        crumbs=[
            Crumb(_("Reports"), asked.path("reports")),
            Crumb(_("Failure reports"), asked.path("failures")),
            Crumb(f"#{number}"),
        ],
        failure=found,
        shown=shown,
        checks=failing.checks(found, shown.short.results if shown else ()),
        auth_failures=failing.auth_failures(found),
        alignment=failing.alignment(found),
        delivered=failing.delivered(found),
        until=until,
        looked_minutes=LOOK_S // 60,
        may_look=may_change(request),
        looks=registry.looks(found),
        others=[(row, failing.delivered(row)) for row in others[:ALIKE_SHOWN]],
        alike_count=registry.alike(found).count(),
        days_left=max(0, -((dt.datetime.now(dt.UTC) - found.expires) // dt.timedelta(days=1))),
        host_url=_host_url(asked, found.source_ip),
    )


def _host_url(asked: Asked, address: str) -> str:
    """The page of the source, where aggregate reports told of it too."""
    known = address and asked.store.first_seen(asked.org.pk, address)
    return asked.path("host", address=address) if known else ""


def _report(found: Failure) -> tuple[FailureReport, Incident] | None:
    """The report out of the raw bytes of its delivery; None where they cannot be read any more."""
    raw = inbox.raw_of(found.organisation_id, found.delivery_id)
    if raw is None:
        return None
    try:
        reports = open_delivery(raw[1], name=raw[0]).reports
    except ReadError:
        return None
    for report in reports:
        if isinstance(report, FailureReport):
            short = incident(report)
            if short.digest == bytes(found.digest):
                return report, short
    return None


def shown_of(found: Failure, *, is_lifted: bool) -> Shown | None:
    """What the page shows of the message; None where it is gone."""
    told = _report(found)
    if told is None:
        return None
    report, short = told
    original = read_original(report.original)
    redactor = Redactor(people_in(original), is_lifted=is_lifted)
    return Shown(
        short,
        [(name, redactor.field(name, value)) for name, value in original.headers],
        [(name, redactor.field(name, value)) for name, value in report.fields],
        lines_of(redactor.text(original.text)) if original.text else [],
        original,
        [note_words(note.words) for note in report.notes],
    )
