"""Organisations, and the numbers of the overview."""

from __future__ import annotations

from django.http import HttpRequest
from typing_extensions import TypedDict

from sekisho.registry.models import Organisation
from sekisho.web import exports
from sekisho.web.api.access import AUTH, ApiRequest, Caller
from sekisho.web.api.operations import SCOPE_KEY, Section
from sekisho.web.api.queries import COMPARE, FILTERS, asked
from sekisho.web.api.tables import Splits, days, splits
from sekisho.web.pages.alarm import alarm

MOST = 1000
"""Organisations that one answer tells of; an agency has some hundreds."""
organisations = Section("Organisations")


class OrganisationShape(TypedDict):
    """An organisation."""

    slug: str
    name: str
    language: str
    timezone: str
    scopes: list[str]
    """What this token or person may do there."""


class Organisations(TypedDict):
    """Those that may be seen."""

    items: list[OrganisationShape]


class Day(Splits):
    """Messages of a day."""

    day: str


class Surge(TypedDict):
    """A surge of suspected spoofing that holds now."""

    domain: str
    since: str
    messages: int


class Overview(TypedDict):
    """The numbers of the overview."""

    sums: Splits
    before: Splits | None
    compared: Splits | None
    days: list[Day]
    reports: int
    reporters: int
    newest_report: int
    surges: list[Surge]
    first_day: str
    last_day: str


def shape(org: Organisation, caller: Caller) -> dict[str, object]:
    """An organisation as programs see it."""
    return {
        "slug": org.slug,
        "name": org.name,
        "language": org.language,
        "timezone": org.timezone,
        "scopes": sorted(caller.scopes(org.pk)),
    }


@organisations.router.get(
    "/organisations",
    auth=AUTH,
    response=Organisations,
    operation_id="list_organisations",
    summary="The organisations that this token or person may see.",
    openapi_extra={SCOPE_KEY: "any"},
)
def list_organisations(request: HttpRequest) -> dict[str, object]:
    """All of them, by name."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return {"items": [shape(org, caller) for org in caller.organisations.order_by("name", "pk")[:MOST]]}


@organisations.get("", OrganisationShape)
def organisation(request: ApiRequest) -> dict[str, object]:
    """One organisation."""
    return shape(request.org, request.auth)


@organisations.get("/overview", Overview, parameters=(*FILTERS, *COMPARE))
def overview(request: ApiRequest) -> dict[str, object]:
    """The sums of a period, the period before, each day, and surges of suspected spoofing."""
    found = asked(request)
    f = found.filter
    split = found.store.split(f)
    reports, reporters, newest = found.store.reporters_seen(f)
    before, was = found.before(), found.compared()
    surges = alarm(found).surges.values()
    return {
        "sums": splits(split),
        "before": splits(before) if before else None,
        "compared": splits(was) if was else None,
        "days": [{"day": exports.iso_day(day), **splits(sums)} for day, sums in found.store.days(f)],
        "reports": reports,
        "reporters": reporters,
        "newest_report": newest,
        "surges": [{"domain": s.domain, "since": exports.iso_day(s.first_day), "messages": s.messages} for s in surges],
        **days(found),
    }
