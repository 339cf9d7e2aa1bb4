"""Domains: their sums, their records in the DNS, mail under another policy, and how ready each is for a stronger one."""

from __future__ import annotations

from typing import Annotated

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.state.findings import findings
from sekisho.core.state.texts import texts
from sekisho.core.terms import Policy
from sekisho.core.whatif.path import advise
from sekisho.core.whatif.trial import TAGS, read_trial
from sekisho.keeping import leave
from sekisho.registry import deliveries, states
from sekisho.registry.audit import Action
from sekisho.registry.domains import checked
from sekisho.registry.models import Domain
from sekisho.registry.tokens import ADMIN
from sekisho.store.query import DomainSum, Replay, Split
from sekisho.web import exports, facts
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Name, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import FILTERS, RANGE, asked
from sekisho.web.api.starts import StartShape, start_of
from sekisho.web.api.tables import Splits, days, splits
from sekisho.web.dnswords import said
from sekisho.web.filters import Form
from sekisho.web.pages import readiness
from sekisho.web.pages.dnsstate import REST
from sekisho.web.pages.domains import registered_domain
from sekisho.web.pages.whatif import COLUMNS, DEFAULT, rows_of

domains = Section("Domains")
Row = dict[str, object]


class DomainShape(TypedDict):
    """A registered domain with its sums."""

    name: str
    is_parked: bool
    added: str
    policy: str
    """The newest published policy (`p`) that reports tell of."""
    reports: int
    reporters: int
    sums: Splits


class Domains(TypedDict):
    """All registered domains."""

    items: list[DomainShape]
    first_day: str
    last_day: str


class Text(TypedDict):
    """A record in the DNS."""

    name: str
    type: str
    text: str


class Told(TypedDict):
    """What is to be said of the records."""

    part: str
    code: str
    severity: str
    text: str
    advice: str


class DnsState(TypedDict):
    """The records as they were at the last look."""

    domain: str
    checked: str | None
    since: str | None
    records: list[Text]
    findings: list[Told]


class WhatIf(TypedDict):
    """Stored mail under another policy."""

    domain: str
    policy: str
    sums: Splits
    rejected: Splits
    quarantined: Splits
    groups: list[dict[str, object]]
    first_day: str
    last_day: str


class Condition(TypedDict):
    """A condition of the next step."""

    code: str
    met: str


class Readiness(TypedDict):
    """How ready a domain is for a stronger policy."""

    domain: str
    now: str
    """The policy that holds."""
    next: str
    """The next step: monitor, rehearse, quarantine, reject, below, done."""
    policy: str
    """What to publish for it; empty where nothing is to be done."""
    is_ready: bool
    blocks: list[str]
    conditions: list[Condition]


class NewDomain(Schema):
    """A domain to watch."""

    name: Annotated[str, Field(min_length=1, max_length=300)]


class Added(TypedDict):
    """A domain that is watched now, how many stray deliveries are read again for it, and what to publish."""

    name: str
    reread: int
    start: StartShape


class DomainChange(Schema):
    """What is changed of a domain."""

    is_parked: bool


class Removed(TypedDict):
    """A domain that is watched no more."""

    name: str
    heir: str
    """The domain that its reports belong to now; empty where they are hidden."""
    erased_on: str | None


def _shape(domain: Domain, sums: DomainSum | None) -> Row:
    return {
        "name": domain.name,
        "is_parked": domain.is_parked,
        "added": exports.utc(domain.added),
        "policy": sums.policy if sums else "",
        "reports": sums.reports if sums else 0,
        "reporters": sums.reporters if sums else 0,
        "sums": splits(sums.split if sums else Split()),
    }


@domains.get("/domains", Domains, parameters=FILTERS)
def list_domains(request: ApiRequest) -> Row:
    """Registered domains with their sums, those without mail too."""
    found = asked(request)
    sums = {row.domain: row for row in found.store.domains(found.filter)}
    rows = [_shape(domain, sums.get(domain.name)) for domain in request.org.domains.order_by("name")]
    return {"items": rows, **days(found)}


@domains.change("POST", "/domains", Added, status=201)
def add_domain(request: ApiRequest, body: NewDomain) -> Row:
    """Watches a domain, reads stray reports on it again, and says which records to publish; the DNS is asked for some seconds."""
    name = checked(body.name)
    is_new = not request.org.domains.filter(name=name).exists()
    again = deliveries.adopt(request.org.pk, name)
    if is_new:
        note(request, Action.DOMAIN_ADDED, name)
    return {"name": name, "reread": again, "start": start_of(request, registered_domain(request, name))}


@domains.get("/domains/{name}", DomainShape, parameters=FILTERS)
def domain(request: ApiRequest, name: Name) -> Row:
    """One registered domain with its sums."""
    mine = registered_domain(request, name)
    found = asked(request, Form(), domain=(name,))
    return _shape(mine, next((row for row in found.store.domains(found.filter) if row.domain == name), None))


@domains.change("PATCH", "/domains/{name}", DomainShape)
def change_domain(request: ApiRequest, name: Name, body: DomainChange) -> Row:
    """Says whether a domain is parked: registered, but never sending mail."""
    mine = registered_domain(request, name)
    Domain.objects.filter(pk=mine.pk).update(is_parked=body.is_parked)
    note(request, Action.DOMAIN_CHANGED, name, is_parked=body.is_parked)
    mine.refresh_from_db()
    found = asked(request, Form(), domain=(name,))
    return _shape(mine, next((row for row in found.store.domains(found.filter) if row.domain == name), None))


@domains.change("DELETE", "/domains/{name}", Removed, scope=ADMIN, owner=True)
def remove_domain(request: ApiRequest, name: Name) -> Row:
    """Watches a domain no more: its reports are hidden, and erased in time unless it is added again.

    Where a domain above it is registered, they belong to that one from now on (`heir`).
    """
    registered_domain(request, name)
    gone = leave.leave(request.org.pk, name, timezone.now())
    if gone is None:
        raise missing()
    leave.settle(facts.store())
    note(request, Action.DOMAIN_REMOVED, name, heir=gone.heir)
    return {"name": name, "heir": gone.heir, "erased_on": None if gone.heir else exports.utc(gone.due)}


@domains.get("/domains/{name}/dns", DnsState)
def domain_dns(request: ApiRequest, name: Name) -> Row:
    """The records of a domain at the last look, and what is to be said of them."""
    kept = states.latest(registered_domain(request, name).pk)
    if kept is None:
        return {"domain": name, "checked": None, "since": None, "records": [], "findings": []}
    told = [(finding, said(finding, _)) for finding in findings(kept.now)]
    return {
        "domain": name,
        "checked": exports.utc(kept.checked),
        "since": exports.utc(kept.since),
        "records": [{"name": t.name, "type": t.rtype, "text": t.text} for some in texts(kept.known).values() for t in some],
        "findings": [
            {"part": f.part, "code": f.code, "severity": f.severity, "text": words.what, "advice": words.do} for f, words in told
        ],
    }


@domains.change("POST", "/domains/{name}/dns/look", None)
def look_at_dns(request: ApiRequest, name: Name) -> None:
    """Has the records looked at again; the server does it within seconds."""
    mine = registered_domain(request, name)
    if str(settings.HOUSE.dns_servers).strip().lower() == "off":
        raise Problem(409, _("This install asks no DNS."))
    kept, now = states.latest(mine.pk), timezone.now()
    if kept is not None and now - kept.checked > REST:
        states.look_soon(mine.pk, now)
        note(request, Action.DNS_LOOKED, name)


_POLICY = {
    "in": "query",
    "name": "policy",
    "required": False,
    "description": f"Tags as in the record ({', '.join(TAGS)}), such as `p=quarantine; sp=reject`.",
    "schema": {"type": "string", "maxLength": 200, "default": DEFAULT.to_text()},
}


@domains.get("/domains/{name}/what-if", WhatIf, parameters=(*FILTERS, _POLICY))
def what_if(request: ApiRequest, name: Name) -> Row:
    """What stored mail would have met under another policy, and whom it would have hit."""
    mine = registered_domain(request, name)
    found = asked(request, Form(), domain=(name,))
    trial = read_trial(request.GET["policy"][:200]) if request.GET.get("policy") else DEFAULT
    replay = found.store.replay(found.filter, trial, readiness.names_known(mine))
    return {
        "domain": name,
        "policy": trial.to_text(),
        "sums": splits(replay.split),
        **_stopped(replay),
        "groups": [dict(zip(COLUMNS, row, strict=True)) for row in rows_of(replay, trial)],
        **days(found),
    }


def _stopped(replay: Replay) -> Row:
    return {"rejected": splits(replay.hit(Policy.REJECT)), "quarantined": splits(replay.hit(Policy.QUARANTINE))}


@domains.get("/domains/{name}/readiness", Readiness, parameters=RANGE)
def domain_readiness(request: ApiRequest, name: Name) -> Row:
    """Where a domain stands on the way to reject, and the safe next step."""
    mine = registered_domain(request, name)
    now = readiness.situation(asked(request, Form(), domain=(name,)), mine)
    advice = advise(now)
    return {
        "domain": name,
        "now": now.trial.to_text() if now.trial else "",
        "next": advice.next,
        "policy": advice.trial.to_text() if advice.trial else "",
        "is_ready": advice.ready,
        "blocks": list(advice.blocks),
        "conditions": [{"code": code, "met": met} for code, met in advice.conditions],
    }
