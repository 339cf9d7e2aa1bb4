"""The monthly reports: a list of the months there are facts of, each as a PDF in either language."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekisho.store.query import Filter
from sekisho.web import facts, formats
from sekisho.web.digests import sections
from sekisho.web.digests.periods import Period, month_named
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import words
from sekisho.web.pages.asked import horizon

log = logging.getLogger(__name__)
MOST = 36
"""Months offered; three years, as long as a page's longest range."""
LANGUAGES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class Line:
    """A month on the page."""

    name: str
    words: str
    messages: int
    is_over: bool


@org_page
@require_safe
def papers(request: OrgRequest) -> HttpResponse:
    """The months, the newest first."""
    store = facts.store()
    days = horizon(request.org.pk, store)
    lines = []
    for period in months(request.org.pk):
        messages = store.split(Filter(request.org.pk, period.first, period.last)).messages
        lines.append(Line(period.name, sections.month(period.first), messages, period.last <= days.last))
    return render(request, "pages/papers.html", {"lines": lines, "languages": LANGUAGES.items(), "here": words.lang()[:2]})


def months(org: int) -> list[Period]:
    """The months with facts."""
    days = horizon(org, facts.store())
    if days.oldest is None or days.newest is None:
        return []
    found: list[Period] = []
    last = days.newest
    while len(found) < MOST and last >= days.oldest:
        period = month_named(f"{formats.as_date(last):%Y-%m}")
        if period is None:
            break
        found.append(period)
        last = period.first - 1
    return found


@org_page
@require_safe
def paper(request: OrgRequest, month: str) -> HttpResponse:
    """The PDF of a month, in the language of the page or `?language=`; 404 for a month without facts."""
    period = month_named(month)
    if period is None or period.name not in {one.name for one in months(request.org.pk)}:
        raise Http404
    asked = request.GET.get("language", words.lang()[:2])
    language = asked if asked in LANGUAGES else "en"
    from sekisho.web.paper import printing  # what sets documents is loaded when one is wanted

    try:
        made = printing.paper(request.org, period.name, language)
    except printing.PaperFailed as error:
        log.warning("%s", error)
        messages.error(request, _("The report could not be made. Try again in a minute; the log of the server says why."))
        return redirect("papers", org=request.org.slug)
    answer = HttpResponse(made, content_type="application/pdf")
    name = printing.file_name(request.org, period.name, language)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
