"""What is told about a period: the monthly reports as PDF, and digests as they would be sent."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Annotated

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Path
from typing_extensions import TypedDict

from sekisho.store.query import Filter
from sekisho.web import exports, facts, formats
from sekisho.web.api.access import ApiRequest
from sekisho.web.api.operations import Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import Parameter, one_of, refuse
from sekisho.web.digests import letters, planning
from sekisho.web.digests.periods import HOUR, Kind, latest
from sekisho.web.pages.papers import LANGUAGES, months
from sekisho.web.pages.words import lang

log = logging.getLogger(__name__)
papers = Section("Reports of periods")
Row = dict[str, object]
RETRY_S = 60
_LANGUAGE: Parameter = {
    "in": "query",
    "name": "language",
    "required": False,
    "description": "Else that of the request.",
    "schema": {"type": "string", "enum": list(LANGUAGES)},
}
_DAY: Parameter = {
    "in": "query",
    "name": "day",
    "required": False,
    "description": "On whose morning it is told; else today.",
    "schema": {"type": "string", "format": "date"},
}


class PaperShape(TypedDict):
    """A month there is a report on."""

    month: str
    first_day: str
    last_day: str
    messages: int


class Papers(TypedDict):
    """The months, the newest first."""

    items: list[PaperShape]


class DigestShape(TypedDict):
    """A digest as it would be sent."""

    kind: str
    period: str
    first_day: str
    last_day: str
    language: str
    subject: str
    text: str
    html: str
    data: dict[str, object]
    """The same for programs."""


@papers.get("/papers", Papers)
def list_papers(request: ApiRequest) -> Row:
    """Months there is a report on."""
    store, org = facts.store(), request.org.pk
    return {
        "items": [
            {
                "month": one.name,
                "first_day": exports.iso_day(one.first),
                "last_day": exports.iso_day(one.last),
                "messages": store.split(Filter(org, one.first, one.last)).messages,
            }
            for one in months(org)
        ]
    }


@papers.bytes("/papers/{month}", ("application/pdf",), parameters=(_LANGUAGE,))
def paper(request: ApiRequest, month: Annotated[str, Path(pattern=r"^[0-9]{4}-[0-9]{2}$")]) -> HttpResponse:
    """The report on a month, such as `2026-10`, as PDF."""
    language = one_of(request, "language", tuple(LANGUAGES)) or _spoken()
    if month not in {one.name for one in months(request.org.pk)}:
        raise missing()
    from sekisho.web.paper import printing  # what sets documents is loaded when one is wanted

    try:
        made = printing.paper(request.org, month, language)
    except printing.PaperFailed as error:
        log.warning("%s", error)
        text = _("The report could not be made. Try again in a minute; the log of the server says why.")
        raise Problem(503, text, Retry_After=str(RETRY_S)) from error
    name = printing.file_name(request.org, month, language)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@papers.get("/digests/{kind}", DigestShape, parameters=(_DAY, _LANGUAGE))
def preview_digest(request: ApiRequest, kind: Kind) -> Row:
    """The digest that is told on the morning of a day, which is not sent."""
    language = one_of(request, "language", tuple(LANGUAGES)) or _spoken()
    zone = formats.zone(request.org.timezone)
    morning = dt.datetime.combine(_day(request, dt.datetime.now(zone).date()), dt.time(HOUR), zone)
    digest = planning.digest_of(request.org, latest(kind, morning, zone))
    told = letters.message(digest, language, mail=False)
    return {
        "kind": kind,
        "period": digest.period,
        "first_day": exports.iso_day(digest.first_day),
        "last_day": exports.iso_day(digest.last_day),
        "language": language,
        "subject": told.subject,
        "text": told.text,
        "html": told.html,
        "data": dict(told.data),
    }


def _spoken() -> str:
    """The language of the request, as far as papers speak it."""
    here = lang()[:2]
    return here if here in LANGUAGES else "en"


def _day(request: ApiRequest, today: dt.date) -> dt.date:
    text = request.GET.get("day", "")
    try:
        found = dt.date.fromisoformat(text) if text else today
    except ValueError:
        found = dt.date.min
    if not 2000 <= found.year <= today.year:
        refuse([("day", text[:60])])
    return found
