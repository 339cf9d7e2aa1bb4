"""A small world behind the interface: something of everything, with its numbers, and callers of all kinds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from tests.builders import failure_mail, record, report_xml
from tests.web.pages.conftest import OWN, SPOOFER, keep, spoofed, yesterday
from tests.web.pages.test_pages_tls import told

from sekisho.core.alerts.values import Finding, Rule
from sekisho.core.facts import FlowKey, Verdict
from sekisho.core.terms import Class
from sekisho.flow import House
from sekisho.ingest.inbox import Probe, Step
from sekisho.registry import agencies, alerts, audit, channels, decisions, invitations, tokens
from sekisho.registry.agencies import Agency
from sekisho.registry.keeping import Errand, Hold
from sekisho.registry.models import Channel, Delivery, Failure, Inbox, Member, Organisation, User
from sekisho.registry.signon import SignOn
from sekisho.store.base import Judged
from sekisho.store.query import Filter, Page
from sekisho.web import errands, formats
from sekisho.web.api.service import interface

SPOOFERS = ("203.0.113.11", "203.0.113.12", "198.51.100.200")
METHODS = ("get", "post", "patch", "put", "delete")


class Operation(NamedTuple):
    """An operation of the interface as OpenAPI describes it."""

    name: str
    method: str
    path: str
    scope: str
    is_owners: bool


def operations() -> list[Operation]:
    """All of them, out of the description itself."""
    paths = interface().get_openapi_schema()["paths"]
    return [
        Operation(told["operationId"], method, path, told["x-sekisho-scope"], told.get("x-sekisho-owner", False))
        for path, methods in paths.items()
        for method, told in methods.items()
        if method in METHODS
    ]


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet() -> Iterator[None]:
    """Rates and wrong tokens are counted from nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _no_server_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test of the inbox of the small world leaves this machine alone; test_api_trials asks real ones."""
    told = [Probe(Step.CONNECT, ok=True, said="ready")]
    monkeypatch.setattr("sekisho.web.pages.inboxes.try_out", lambda _inbox: told)


@pytest.fixture
def program() -> Client:
    """A client that checks against forged requests, as the real server does."""
    return Client(enforce_csrf_checks=True)


def bearer(org: Organisation, *scopes: str, person: object = None) -> dict[str, str]:
    """The head of a request with a new token."""
    made = tokens.add(org.pk, "test", scopes=scopes or tokens.SCOPES, person=person)  # type: ignore[arg-type]
    return {"Authorization": f"Bearer {made[1]}"}


@pytest.fixture
def world(house: House, org: Organisation, alice: User) -> dict[str, object]:
    """Alice's organisation with something of everything; what addresses of operations are filled with."""
    day = yesterday()
    files = [
        ("0.xml", report_xml(0, [record(OWN, 100), spoofed(300), *(_spoof(ip) for ip in SPOOFERS)], day=day)),
        *((f"{age}.xml", report_xml(age, [record(OWN, 100)], day=day - age)) for age in range(1, 4)),
        ("f.eml", failure_mail(1, body="Dear Taro Tanaka\r\n")),
        ("t.json", told(day, failed=5)),
    ]
    deliveries = keep(house, org, files)
    everything = Filter(org.pk, 0, 10**6)
    flows = list(house.store.failing_flows(org.pk, ["example.jp"], since=0, until=day))
    house.store.judged([Judged(FlowKey(*flow.key), Verdict(Class.SPOOF, 0.9, ())) for flow, _ in flows], at=1, why="new_reports")
    finding = Finding(Rule.SURGE, "example.jp", "", day, day, 390, 0.0, 4, ("unknown",), (0, 390), "", "")
    (alert,) = alerts.take(org.pk, [finding], org.created)
    from sekisho.core.campaigns import cluster

    first = house.store.reports(everything, Page("begin")).rows[-1]
    channel = channels.the_channels(org.pk)[0]
    Channel.objects.create(organisation=org, kind="mail", title="second")
    inbox = Inbox.objects.create(organisation=org, kind="imap", title="box", values={"host": "imap.example", "user": "u"})
    decision = decisions.decide(org.pk, alice, Class.SPOOF, source_ip=SPOOFER)
    token, _text = tokens.add(org.pk, "old")
    dora = User.objects.create_user("dora@example.net", "long-password-1")
    member = Member.objects.create(organisation=org, user=dora, role="reader")
    invitation, _link = invitations.invite(org, "erin@example.net", "reader", alice)
    agency = Agency.objects.create(name="Care")
    agencies.put_organisation(agency, org)
    agencies.put_person(agency, alice, "owner")
    person = agencies.put_person(agency, User.objects.create_user("fay@care.example", "long-password-1"), "reader")
    to_agency, _text = invitations.invite(agency, "gus@care.example", "reader", alice)
    hold = Hold.objects.create(organisation=org, domain="held.example.jp", reason="x", who="x")
    export = exported(house, org)
    SignOn.objects.create(
        organisation=org, kind="saml", values={"entity_id": "e", "sso_url": "https://idp.example/", "certificate": "c"}
    )
    return {
        "org": org.slug,
        "name": "example.jp",
        "what": "hosts",
        "rule": "surge",
        "kind": "weekly",
        "person": person.pk,
        "invitation": to_agency.pk,
        "month": f"{formats.as_date(day):%Y-%m}",
        "address": SPOOFER,
        "key": {
            "group": first_group(house, everything),
            "campaign": cluster(house.store.beginnings(everything))[0].key,
            "tls_report": house.store.tls_reports(everything, Page("begin")).rows[0].key,  # type: ignore[attr-defined]
            "": first.key,  # type: ignore[attr-defined]
        },
        "number": {
            "agency": agency.pk,
            "agencies": agency.pk,
            "one_delivery": deliveries[0],
            "failure": Failure.objects.get().pk,
            "alert": alert.pk,
            "undo_decision": decision.pk,
            "channel": channel.pk,
            "inbox": inbox.pk,
            "revoke_token": token.pk,
            "change_role": member.pk,
            "remove_member": member.pk,
            "lift_hold": hold.pk,
            "errand": export.pk,
            "download_export": export.pk,
            "withdraw_invitation": invitation.pk,
            "delivery": Delivery.objects.order_by("pk")[0].pk,
        },
        "day": day,
        "now": time.time(),
    }


def _spoof(ip: str) -> str:
    made = record(ip, 30, dkim="fail", spf="pass", envelope="bulk.example")
    return made.replace("<spf>pass</spf>", "<spf>fail</spf>", 1)


def exported(house: House, org: Organisation) -> Errand:
    """An export that is ready to be fetched."""
    made = errands.ask(Errand.Kind.EXPORT, org, audit.SHELL)
    assert errands.run_next(house.store, Path(settings.HOUSE.home), int(time.time()))
    made.refresh_from_db()
    return made


def metadata(entity: str) -> str:
    """What a SAML provider gives out."""
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}"><md:IDPSSODescriptor '
        'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">'
        '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>TUlJ</ds:X509Certificate>'
        "</ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService "
        'Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )


def first_group(house: House, f: Filter) -> str:
    """The key of the largest sending group."""
    return house.store.groups(f, Page("-messages")).rows[0].group  # type: ignore[attr-defined]


def filled(operation: Operation, world: dict[str, object]) -> str:
    """The address of an operation in this world."""
    path = operation.path
    for name in ("org", "name", "what", "rule", "kind", "month", "address", "key", "person", "invitation", "number"):
        value = world[name]
        if isinstance(value, dict):
            fitting = [number for part, number in value.items() if part and part in operation.name]
            value = fitting[0] if fitting else value.get("", 0)
        path = path.replace(f"{{{name}}}", str(value))
    assert "{" not in path, path
    return path
