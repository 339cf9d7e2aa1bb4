"""Signing in to mailboxes by the interface, at local servers of Microsoft and Google; nothing secret ever comes out."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from tests.contract.inbox.servers.gmail import Gmail
from tests.contract.inbox.servers.graph import Graph
from tests.web.api.conftest import bearer
from tests.web.pages.test_pages_sign_in import gmail, google, graph, microsoft, private_servers  # noqa: F401 - fixtures

from sekisho.registry import inboxes
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Inbox, Member, Organisation, Role, User
from sekisho.web import granting

BASE = "/api/v1/organisations/acme/inboxes"
JSON = "application/json"


@pytest.fixture
def head(org: Organisation, alice: User, store: object) -> dict[str, str]:
    """Alice's own token."""
    return bearer(org, person=alice)


def noted() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.order_by("pk")]


def test_microsoft_by_a_code(program: Client, head: dict[str, str], microsoft: Inbox, graph: Graph) -> None:  # noqa: F811
    address = f"{BASE}/{microsoft.pk}/sign-in"
    assert program.get(address, headers=head).json() == {"is_offered": True, "is_signed_in": False, "is_waiting": False}
    begun = program.post(address, headers=head)
    told = begun.json()
    assert (told["way"], told["code"], told["link"]) == ("code", "ABCD-1234", "https://login.example.test/device")
    assert 0 < told["expires_s"] <= 900
    assert "device-1" not in begun.content.decode()
    early = program.post(f"{address}/end", {}, JSON, headers=head).json()
    assert early == {"is_offered": True, "is_signed_in": False, "is_waiting": True}
    graph.agreed = True
    done = program.post(f"{address}/end", {}, JSON, headers=head)
    assert done.json() == {"is_offered": True, "is_signed_in": True, "is_waiting": False}
    assert "refresh-1" not in done.content.decode()
    assert inboxes.secrets_of(Inbox.objects.get(pk=microsoft.pk)) == {"refresh_token": "refresh-1"}
    assert noted() == ["inbox.sign_in_begun", "inbox.signed_in"]
    assert program.post(f"{address}/end", {}, JSON, headers=head).status_code == 409, "once"


def test_google_by_the_address_of_the_consent(
    program: Client,
    head: dict[str, str],
    google: Inbox,  # noqa: F811
    gmail: Gmail,  # noqa: F811
) -> None:
    address = f"{BASE}/{google.pk}/sign-in"
    told = program.post(address, headers=head).json()
    assert (told["way"], told["redirect"]) == ("consent", "http://testserver/acme/settings/inboxes/google")
    code, state = gmail.agree(told["link"])
    wrong = program.post(f"{address}/end", {"code": code, "state": "x"}, JSON, headers=head)
    assert (wrong.status_code, wrong.json()["errors"][0]["where"]) == (422, "state")
    done = program.post(f"{address}/end", {"code": code, "state": state}, JSON, headers=head).json()
    assert done["is_signed_in"]
    kept = inboxes.secrets_of(Inbox.objects.get(pk=google.pk))
    assert kept == {"client_secret": "good-secret", "refresh_token": "refresh-1"}


def test_google_by_coming_back_with_a_browser(
    program: Client,
    head: dict[str, str],
    google: Inbox,  # noqa: F811
    gmail: Gmail,  # noqa: F811
    client_alice: Client,
    org: Organisation,
    bob: User,
) -> None:
    """Only the person who has begun ends it: not even another administrator by her link."""
    client_bob = Client()
    client_bob.force_login(bob)
    Member.objects.update_or_create(organisation=org, user=bob, defaults={"role": Role.ADMIN})
    address = f"{BASE}/{google.pk}/sign-in"
    code, state = gmail.agree(program.post(address, headers=head).json()["link"])
    back = {"code": code, "state": state}
    assert client_bob.get("/acme/settings/inboxes/google", back).status_code == 404
    assert program.post(f"{address}/end", back, JSON, headers=bearer(org, person=bob)).status_code == 409
    assert "Signed in." in client_alice.get("/acme/settings/inboxes/google", back, follow=True).content.decode()
    assert program.get(address, headers=head).json()["is_signed_in"]


def test_a_changed_inbox_or_a_late_return_ends_the_sign_in(
    program: Client,
    head: dict[str, str],
    microsoft: Inbox,  # noqa: F811
    graph: Graph,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address = f"{BASE}/{microsoft.pk}/sign-in"
    program.post(address, headers=head)
    graph.agreed = True
    inboxes.pause(microsoft)
    assert program.post(f"{address}/end", {}, JSON, headers=head).status_code == 409
    program.post(address, headers=head)
    late = time.time() + 100_000
    monkeypatch.setattr(granting.time, "time", lambda: late)
    assert program.post(f"{address}/end", {}, JSON, headers=head).status_code == 409
    assert inboxes.secrets_of(Inbox.objects.get(pk=microsoft.pk)) == {}


def test_what_the_service_says_against_it_is_told(
    program: Client,
    head: dict[str, str],
    microsoft: Inbox,  # noqa: F811
    settings: object,
) -> None:
    from dataclasses import replace

    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="off")  # type: ignore[attr-defined]
    answer = program.post(f"{BASE}/{microsoft.pk}/sign-in", headers=head)
    assert answer.status_code == 409
    assert "private network" in answer.json()["detail"]
    assert noted() == []
