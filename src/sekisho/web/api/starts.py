"""The first hour of a domain: the records to publish with their words, where its reports shall go, and how far it is."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.intake.addressing import is_address
from sekisho.registry import proofs
from sekisho.registry.audit import Action
from sekisho.registry.models import Domain
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Name, Section
from sekisho.web.api.problems import Problem
from sekisho.web.pages.domains import registered_domain
from sekisho.web.pages.publishing import Record, steps

starts = Section("Domains")
Row = dict[str, object]


class ToPublish(TypedDict):
    """A TXT record to publish, and whether it is there."""

    title: str
    name: str
    type: str
    value: str
    replaces: list[str]
    """The records that it takes the place of."""
    state: str
    """`yes`, `no`, or `unknown` where nobody could be asked."""
    word: str
    why: str
    """Why nobody knows."""
    by_others: str
    """The zone, where it is not that of the domain: whoever runs that publishes it."""


class StartShape(TypedDict):
    """How far a domain is on the way to its first report."""

    address: str
    """Where its reports are asked for at; empty while nothing takes mail in."""
    records: list[ToPublish]
    """Empty too while too many look into the DNS: ask again in some seconds."""
    proof: ToPublish
    """The proof of ownership."""
    is_held: bool
    """Whether its reports are held back until it is proved."""
    is_asking: bool
    """Whether receivers will send reports."""
    reports: int
    letter: str
    """A text for whoever looks after the DNS; empty where nothing is to be done."""


class ReportsAt(Schema):
    """Where the reports of a domain shall go; empty: to the report address of the organisation."""

    report_address: Annotated[str, Field(max_length=254)]


@starts.get("/domains/{name}/start", StartShape)
def domain_start(request: ApiRequest, name: Name) -> Row:
    """The records to publish, merged into what is there, which of them are found, and whether reports have come."""
    return start_of(request, registered_domain(request, name))


@starts.change("PUT", "/domains/{name}/start", StartShape)
def change_report_address(request: ApiRequest, name: Name, body: ReportsAt) -> Row:
    """Says where the reports of a domain shall go, and tells the records anew."""
    mine, address = registered_domain(request, name), body.report_address.strip()
    if address and not is_address(address):
        raise Problem(422, errors=[("report_address", _("This is not an e-mail address that a record can name."))])
    proof = proofs.of(mine.pk)
    proof.report_address = address
    proof.save(update_fields=("report_address",))
    note(request, Action.DOMAIN_CHANGED, name, report_address=address)
    return start_of(request, mine)


def start_of(request: ApiRequest, domain: Domain) -> Row:
    """How far a domain is, and what is to be published."""
    now = steps(request.org, domain, proofs.of(domain.pk))
    return {
        "address": now.address,
        "records": [_record(record) for record in now.records],
        "proof": _record(now.proof_record),
        "is_held": now.is_held,
        "is_asking": now.is_asking,
        "reports": now.reports,
        "letter": now.letter,
    }


def _record(record: Record) -> Row:
    return {
        "title": record.title,
        "name": record.txt.name,
        "type": "TXT",
        "value": record.txt.value,
        "replaces": list(record.txt.before),
        "state": str(record.state),
        "word": record.word,
        "why": record.why,
        "by_others": record.by_others,
    }
