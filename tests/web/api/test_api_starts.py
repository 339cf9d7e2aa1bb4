"""The first hour by the interface: the records that the page shows, merged into what is there, and what is held back."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.api.conftest import bearer
from tests.web.pages.test_pages_first_hour import Fake, dns, listener  # noqa: F401 - fixtures

from sekisho.core.questions import Answer, Reply
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Inbox, Organisation, User

BASE = "/api/v1/organisations/acme/domains"
JSON = "application/json"


@pytest.fixture
def head(org: Organisation, alice: User, store: object) -> dict[str, str]:
    """Alice's own token."""
    return bearer(org, person=alice)


def test_a_new_domain_is_answered_with_its_records(
    program: Client,
    head: dict[str, str],
    org: Organisation,
    listener: Inbox,  # noqa: F811
    dns: Fake,  # noqa: F811
    client_alice: Client,
) -> None:
    dns({"_dmarc.new.example.com": "v=DMARC1; p=reject; rua=mailto:old@example.com"})
    answer = program.post(BASE, {"name": "New.Example.com"}, JSON, headers=head)
    assert answer.status_code == 201
    told = answer.json()
    start = told["start"]
    address = f"{org.report_token}@reports.example.net"
    assert (told["name"], told["reread"], start["address"]) == ("new.example.com", 0, address)
    dmarc, permit = start["records"]
    assert dmarc["name"] == "_dmarc.new.example.com"
    assert dmarc["value"] == f"v=DMARC1; p=reject; rua=mailto:old@example.com,mailto:{address}"
    assert dmarc["replaces"] == ["v=DMARC1; p=reject; rua=mailto:old@example.com"]
    assert (dmarc["state"], dmarc["word"]) == ("no", "Not yet there")
    assert (permit["name"], permit["by_others"]) == ("new.example.com._report._dmarc.reports.example.net", "example.net")
    assert start["proof"]["value"].startswith("sekisho-verification=")
    page = client_alice.get("/acme/domains/new.example.com/start/").content.decode()
    assert all(text in page for text in (dmarc["name"], permit["name"], start["proof"]["value"]))
    assert start["letter"].count("\n") > 5
    program.post(BASE, {"name": "new.example.com"}, JSON, headers=head)
    assert AuditEntry.objects.filter(action="domain.added").count() == 1


def test_records_are_looked_at_anew_and_a_failed_look_is_unknown(
    program: Client,
    head: dict[str, str],
    org: Organisation,
    listener: Inbox,  # noqa: F811
    dns: Fake,  # noqa: F811
) -> None:
    program.post(BASE, {"name": "example.com"}, JSON, headers=head)
    answer = program.put(f"{BASE}/example.com/start", {"report_address": "dmarc@example.com"}, JSON, headers=head)
    (dmarc,) = answer.json()["records"]
    assert dmarc["value"] == "v=DMARC1; p=none; rua=mailto:dmarc@example.com"
    dns({"_dmarc.example.com": dmarc["value"]})
    told = program.get(f"{BASE}/example.com/start", headers=head).json()
    assert (told["is_asking"], told["records"][0]["state"]) == (True, "yes")
    dns({"_dmarc.example.com": Answer(Reply.FAILED, why="time-out")})
    told = program.get(f"{BASE}/example.com/start", headers=head).json()
    assert (told["is_asking"], told["records"]) == (False, []), "nobody knows which record it would take the place of"


def test_what_no_record_can_name_is_refused(program: Client, head: dict[str, str]) -> None:
    program.post(BASE, {"name": "example.com"}, JSON, headers=head)
    answer = program.put(f"{BASE}/example.com/start", {"report_address": "nobody"}, JSON, headers=head)
    assert (answer.status_code, answer.json()["errors"][0]["where"]) == (422, "report_address")


def test_without_the_dns_the_record_of_a_domain_without_one_is_told(
    program: Client,
    head: dict[str, str],
    org: Organisation,
    listener: Inbox,  # noqa: F811
) -> None:
    told = program.post(BASE, {"name": "example.com"}, JSON, headers=head).json()["start"]
    (dmarc,) = told["records"]
    assert (dmarc["state"], dmarc["value"]) == ("unknown", f"v=DMARC1; p=none; rua=mailto:{org.report_token}@reports.example.net")
