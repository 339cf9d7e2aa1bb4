"""The operator sees how the server is doing, and nothing of what organisations see."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.pages.conftest import SPOOFER
from tests.web.pages.test_pages_access import address

from sekisho.registry.inboxes import Setup, add
from sekisho.registry.models import Inbox, Organisation, User
from sekisho.web.pages.urls import org_urls


@pytest.fixture
def operator(db: None) -> Client:
    """A browser of somebody who runs the server."""
    made = Client()
    made.force_login(User.objects.create_superuser("root@example.org", "long-password-1"))
    return made


def test_health_without_content(operator: Client, store: object, alice: User, org: Organisation, other_org: Organisation) -> None:
    add(org.pk, Setup("imap", "Secret title", {"host": "imap.secret.example"}, {"password": "x"}))
    Inbox.objects.update(failures=3, said="words of the server")
    page = operator.get("/operator/").content.decode()
    for words in ("Acme", "Other", "1 inbox fails", "Free on the disk"):
        assert words in page
    for secret in ("Secret title", "imap.secret", "words of the server", "example.jp", SPOOFER):
        assert secret not in page


def test_an_operator_finds_no_page_of_an_organisation(operator: Client, store: object, org: Organisation) -> None:
    for pattern in org_urls:
        for send in (operator.get, operator.post):
            assert send(address(pattern)).status_code == 404, pattern.name


def test_nobody_else_finds_it(client_alice: Client, client: Client) -> None:
    assert client_alice.get("/operator/").status_code == 404
    assert Client().get("/operator/")["Location"].startswith("/accounts/login/")
