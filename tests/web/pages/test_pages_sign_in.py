"""Sign-in to a mailbox by API, at local servers that speak what Microsoft and Google document; tokens never come out again."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.contract.inbox.servers.gmail import Gmail
from tests.contract.inbox.servers.graph import Graph

from sekisho.registry import inboxes
from sekisho.registry.inboxes import Setup
from sekisho.registry.models import Inbox, Organisation
from sekisho.web import granting

HOME = "/acme/settings/inboxes/"


@pytest.fixture
def graph() -> Iterator[Graph]:
    """A server of Microsoft."""
    made = Graph()
    yield made
    made.close()


@pytest.fixture
def gmail() -> Iterator[Gmail]:
    """A server of Google."""
    made = Gmail()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def private_servers(settings: Any) -> None:
    """The servers are on loopback, and the organisations of the tests share the install."""
    from dataclasses import replace

    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="on")


@pytest.fixture
def microsoft(org: Organisation, graph: Graph) -> Inbox:
    """An inbox that nobody has signed in to."""
    url = f"http://127.0.0.1:{graph.port}"
    values = {"tenant": "tenant-1", "client_id": "client-1", "base_url": f"{url}/v1.0", "login_url": url, "folder": "Inbox"}
    return inboxes.add(org.pk, Setup("graph", "Reports", values))


@pytest.fixture
def google(org: Organisation, gmail: Gmail) -> Inbox:
    """An inbox of an OAuth app that nobody has signed in to."""
    url = f"http://127.0.0.1:{gmail.port}"
    values = {"client_id": "client-1", "base_url": f"{url}/gmail/v1", "token_url": f"{url}/token", "label": "INBOX"}
    return inboxes.add(org.pk, Setup("gmail", "Reports", values, {"client_secret": "good-secret"}))


def _link(page: str) -> str:
    found = re.search(r'href="(https://accounts.google.com/[^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def test_microsoft_by_a_code(client_alice: Client, store: object, microsoft: Inbox, graph: Graph) -> None:
    assert "Sign in" in client_alice.get(f"{HOME}{microsoft.pk}/").content.decode()
    page = client_alice.post(f"{HOME}{microsoft.pk}/sign-in").content.decode()
    assert "ABCD-1234" in page
    assert "https://login.example.test/device" in page
    assert "device-1" not in page
    early = client_alice.post(f"{HOME}{microsoft.pk}/signed-in").content.decode()
    assert "does not know of a sign-in" in early
    assert "ABCD-1234" in early
    graph.agreed = True
    done = client_alice.post(f"{HOME}{microsoft.pk}/signed-in", follow=True).content.decode()
    assert "Signed in." in done
    kept = Inbox.objects.get(pk=microsoft.pk)
    assert inboxes.secrets_of(kept) == {"refresh_token": "refresh-1"}
    assert b"refresh-1" not in bytes(kept.sealed)
    assert "refresh-1" not in done
    assert "The test went well" in client_alice.post(f"{HOME}{microsoft.pk}/test").content.decode()


def test_google_by_consent(client_alice: Client, store: object, google: Inbox, gmail: Gmail) -> None:
    page = client_alice.post(f"{HOME}{google.pk}/sign-in").content.decode()
    assert f"http://testserver{HOME}google" in page
    code, state = gmail.agree(_link(page))
    done = client_alice.get(f"{HOME}google", {"code": code, "state": state}, follow=True).content.decode()
    assert "Signed in." in done
    assert inboxes.secrets_of(Inbox.objects.get(pk=google.pk)) == {"client_secret": "good-secret", "refresh_token": "refresh-1"}
    assert "The test went well" in client_alice.post(f"{HOME}{google.pk}/test").content.decode()
    assert client_alice.get(f"{HOME}google", {"code": code, "state": state}).status_code == 404  # once


def test_nobody_is_signed_in_by_a_link_of_somebody_else(
    client_alice: Client, client_bob: Client, store: object, google: Inbox, gmail: Gmail
) -> None:
    """RFC 6749, 10.12: the code of an attacker would let reports be read from a mailbox of theirs."""
    code, state = gmail.agree(_link(client_alice.post(f"{HOME}{google.pk}/sign-in").content.decode()))
    assert client_bob.get(f"{HOME}google", {"code": code, "state": state}).status_code in (403, 404)
    assert client_alice.get(f"{HOME}google", {"code": code, "state": "x"}).status_code == 404
    assert client_alice.get(f"{HOME}google", {"code": code}).status_code == 404
    assert inboxes.secrets_of(Inbox.objects.get(pk=google.pk)) == {"client_secret": "good-secret"}


def test_a_refusal_and_a_late_return_change_nothing(
    client_alice: Client, store: object, google: Inbox, gmail: Gmail, monkeypatch: pytest.MonkeyPatch
) -> None:
    _code, state = gmail.agree(_link(client_alice.post(f"{HOME}{google.pk}/sign-in").content.decode()))
    page = client_alice.get(f"{HOME}google", {"error": "access_denied", "state": state}, follow=True).content.decode()
    assert "did not give the permission" in page
    code, state = gmail.agree(_link(client_alice.post(f"{HOME}{google.pk}/sign-in").content.decode()))
    late = time.time() + granting.CONSENT_S + 1
    monkeypatch.setattr(granting.time, "time", lambda: late)
    assert "took too long" in client_alice.get(f"{HOME}google", {"code": code, "state": state}, follow=True).content.decode()
    assert "refresh_token" not in inboxes.secrets_of(Inbox.objects.get(pk=google.pk))


def test_settings_changed_meanwhile_end_the_sign_in(client_alice: Client, store: object, microsoft: Inbox, graph: Graph) -> None:
    """The token would go to another server than the person has seen."""
    client_alice.post(f"{HOME}{microsoft.pk}/sign-in")
    graph.agreed = True
    inboxes.pause(microsoft)
    assert "Begin again" in client_alice.post(f"{HOME}{microsoft.pk}/signed-in", follow=True).content.decode()
    assert inboxes.secrets_of(Inbox.objects.get(pk=microsoft.pk)) == {}


def test_a_private_server_is_not_asked_for_a_tenant(
    client_alice: Client, store: object, microsoft: Inbox, graph: Graph, settings: Any
) -> None:
    from dataclasses import replace

    settings.HOUSE = replace(settings.HOUSE, intake_private_hosts="off")
    page = client_alice.post(f"{HOME}{microsoft.pk}/sign-in", follow=True).content.decode()
    assert "private network" in page
    assert graph.asked == []


def test_charlie_cannot_sign_in(client_charlie: Client, store: object, microsoft: Inbox, google: Inbox) -> None:
    for path in (f"{microsoft.pk}/sign-in", f"{microsoft.pk}/signed-in", f"{google.pk}/sign-in"):
        assert client_charlie.post(f"{HOME}{path}").status_code == 404
    assert client_charlie.get(f"{HOME}google", {"code": "c", "state": "s"}).status_code == 404


def test_an_inbox_with_its_own_secret_offers_none(client_alice: Client, store: object, org: Organisation) -> None:
    made = inboxes.add(
        org.pk, Setup("graph", "App", {"tenant": "t", "client_id": "c", "mailbox": "m@x.test"}, {"client_secret": "s"})
    )
    assert "/sign-in" not in client_alice.get(f"{HOME}{made.pk}/").content.decode()
