"""Who sends: sending groups, source hosts with what is known of them and why they are judged so, places, records, campaigns."""

from __future__ import annotations

from typing import Annotated

from ninja import Path
from typing_extensions import TypedDict

from sekisho.core.facts import Evidence
from sekisho.store.query import FlowVerdict
from sekisho.store.span import canonical
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest
from sekisho.web.api.operations import Name, Number, Section
from sekisho.web.api.organisations import Day
from sekisho.web.api.problems import missing
from sekisho.web.api.queries import DOMAINS, FILTERS, PAGES, RANGE, asked, sorted_by, table
from sekisho.web.api.tables import Splits, days, page, page_of_answer, rows_of, splits
from sekisho.web.filters import Form
from sekisho.web.pages import campaigns as campaign_pages
from sekisho.web.pages import groups as group_pages
from sekisho.web.pages import hosts as host_pages
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.reports import ROWS_FORM
from sekisho.web.pages.senders import named
from sekisho.web.pages.verdicts import FLOWS_SHOWN, because_of
from sekisho.web.words import reason

MOST_PLACES = 500
sources = Section("Sources")
Row = dict[str, object]


class Reason(TypedDict):
    """Why a flow is judged so."""

    code: str
    toward: str | None
    """The class it speaks for; none: a circumstance."""
    weight: int
    text: str


Flow = TypedDict(
    "Flow",
    {
        "domain": str,
        "source_ip": str,
        "class": str,
        "confidence": float,
        "advice": str,
        "messages": int,
        "first_day": str,
        "last_day": str,
        "reasons": list[Reason],
    },
)
"""A judged flow that failed: one claimed domain, one source, one way of authentication."""


class Known(TypedDict):
    """What is known of an address."""

    ptr: str
    ptr_state: str
    confirmed: str
    country: str
    city: str
    asn: int
    as_name: str
    as_domain: str
    listed: list[str]
    lists_asked: int
    looked_up_at: int


class Changed(TypedDict):
    """A change of a host's verdict."""

    at: int
    domain: str
    was: str
    now: str
    why: str


class Source(TypedDict):
    """What a group and a host have in common."""

    group: str
    group_name: str
    sums: Splits
    days: list[Day]
    flows: list[Flow]
    first_day: str
    last_day: str


class Host(Source):
    """A source host."""

    source_ip: str
    first_seen: str
    last_seen: str
    evidence: Known
    changes: list[Changed]


class PlaceShape(Splits):
    """Messages from one place."""

    country: str
    city: str
    latitude: float | None
    longitude: float | None
    hosts: int


class Places(TypedDict):
    """Messages by place, the largest first."""

    items: list[PlaceShape]
    first_day: str
    last_day: str


class Member(TypedDict):
    """A source of a campaign."""

    source_ip: str
    group: str
    network: str
    asn: int
    as_name: str
    country: str
    domains: list[str]
    messages: int


class CampaignShape(TypedDict):
    """A campaign with its sources."""

    campaign: str
    first_day: str
    last_day: str
    messages: int
    domains: list[str]
    traits: list[str]
    sources: list[Member]


@sources.get("/groups", page("groups"), parameters=table(group_pages.FORM))
def groups(request: ApiRequest) -> Row:
    """Sending groups with their sums."""
    found = asked(request, group_pages.FORM)
    return page_of_answer(found, "groups", found.store.groups(found.filter, found.page))


@sources.get("/groups/{path:key}", Source, parameters=FILTERS)
def group(request: ApiRequest, key: Name) -> Row:
    """A sending group: its sums, days, and why what failed is judged so."""
    found = asked(request, Form(), group=(key,))
    if not found.store.days(found.filter) and not group_pages.is_known(found):
        raise missing()
    return _source(found, key)


@sources.get("/hosts", page("hosts"), parameters=table(host_pages.FORM))
def hosts(request: ApiRequest) -> Row:
    """Source hosts with their sums and what is known of them."""
    found = asked(request, host_pages.FORM)
    return page_of_answer(found, "hosts", found.store.hosts(found.filter, found.page))


@sources.get("/hosts/{address}", Host, parameters=FILTERS)
def host(request: ApiRequest, address: Annotated[str, Path(max_length=host_pages.MAX_ADDRESS)]) -> Row:
    """A source host: its sums, the evidence, why what failed is judged so, and how that changed."""
    address = canonical(address)
    found = asked(request, Form(), host=(address,))
    seen = found.store.first_seen(request.org.pk, address)
    if seen is None:
        raise missing()
    evidence, its_group = found.store.evidence([address]).get(address) or (Evidence(address), None)
    changes = found.store.changes(request.org.pk, address)
    return {
        "source_ip": address,
        "first_seen": exports.iso_day(seen[0]),
        "last_seen": exports.iso_day(seen[1]),
        "evidence": _known(evidence),
        "changes": [{"at": c.at, "domain": c.domain, "was": c.was, "now": c.klass, "why": c.why} for c in changes],
        **_source(found, its_group.key if its_group else "unknown"),
    }


def _source(found: Asked, key: str) -> Row:
    f = found.filter
    return {
        "group": key,
        "group_name": named(key).label,
        "sums": splits(found.store.split(f)),
        "days": [{"day": exports.iso_day(day), **splits(sums)} for day, sums in found.store.days(f)],
        "flows": [_flow(flow) for flow in found.store.flows(f, limit=FLOWS_SHOWN)],
        **days(found),
    }


def _flow(flow: FlowVerdict) -> Row:
    because = [because_of(kept, flow.domain) for kept in flow.because]
    return {
        "domain": flow.domain,
        "source_ip": flow.source_ip,
        "class": flow.klass,
        "confidence": round(flow.confidence, 3),
        "advice": flow.advice,
        "messages": flow.messages,
        "first_day": exports.iso_day(flow.first_day),
        "last_day": exports.iso_day(flow.last_day),
        "reasons": [{"code": b.code, "toward": b.toward, "weight": b.weight, "text": str(reason(b))} for b in because],
    }


def _known(e: Evidence) -> Row:
    return {
        "ptr": e.ptr,
        "ptr_state": e.ptr_state,
        "confirmed": e.confirmed,
        "country": e.place.country,
        "city": e.place.city,
        "asn": e.asn,
        "as_name": e.as_name,
        "as_domain": e.as_domain,
        "listed": list(e.listed),
        "lists_asked": e.lists_asked,
        "looked_up_at": e.at,
    }


@sources.get("/places", Places, parameters=FILTERS)
def places(request: ApiRequest) -> Row:
    """Messages by place, as the map shows them."""
    found = asked(request)
    rows = found.store.places(found.filter, limit=MOST_PLACES)
    return {"items": [{**p._asdict(), **splits(p.split)} for p in rows], **days(found)}


@sources.get("/records", page("records"), parameters=(*FILTERS, *sorted_by(ROWS_FORM), *PAGES))
def records(request: ApiRequest) -> Row:
    """Records of aggregate reports, judged; for all of them there is the export."""
    found = asked(request, ROWS_FORM)
    return page_of_answer(found, "records", found.store.rows(found.filter, found.page))


@sources.get("/campaigns", page("campaigns", has_sums=False), parameters=(*RANGE, *DOMAINS, *PAGES))
def campaigns(request: ApiRequest) -> Row:
    """Campaigns: sources of suspected spoofing that began together."""
    found = asked(request)
    rows = campaign_pages.found(found)
    number, size = found.state.page, found.state.size
    some = rows[(number - 1) * size : number * size]
    return {"items": rows_of("campaigns", some), "total": len(rows), "page": number, "size": size}


@sources.get("/campaigns/{int:key}", CampaignShape, parameters=(*RANGE, *DOMAINS))
def campaign(request: ApiRequest, key: Number) -> Row:
    """One campaign with its sources."""
    one = campaign_pages.the_one(asked(request), key)
    parts = ("source_ip", "group", "network", "asn", "as_name", "country", "domains", "messages")
    return {
        "campaign": str(one.key),
        "first_day": exports.iso_day(one.first_day),
        "last_day": exports.iso_day(one.last_day),
        "messages": one.messages,
        "domains": list(one.domains),
        "traits": list(one.traits),
        "sources": [{name: getattr(source, name) for name in parts} for source in one.sources],
    }
