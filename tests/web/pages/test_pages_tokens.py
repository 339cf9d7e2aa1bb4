"""API tokens on their page: shown once, listed without what they are, revoked; nobody sees those of others."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from sekisho.registry import tokens
from sekisho.registry.models import Member, Organisation, Token

PAGE = "/acme/settings/tokens/"
TEXT = re.compile(r"sek_[\w-]{43}")


def _deliver(client: Client, text: str) -> int:
    return client.post("/api/v1/deliveries", b"x", "message/rfc822", headers={"Authorization": f"Bearer {text}"}).status_code


def test_a_token_is_shown_once_and_opens_the_door(client_alice: Client, store: object, org: Organisation) -> None:
    answer = client_alice.post(PAGE, {"name": "mail <gateway>", "days": "90", "scopes": ["ingest"]})
    (text,) = set(TEXT.findall(answer.content.decode()))
    assert "no-store" in answer.headers["Cache-Control"]
    assert "mail &lt;gateway&gt;" in answer.content.decode()
    assert _deliver(Client(), text) == 202
    again = client_alice.get(PAGE).content.decode()
    assert not TEXT.search(again)
    assert "mail &lt;gateway&gt;" in again
    made = Token.objects.get()
    assert made.organisation == org
    assert made.expires is not None
    assert 89 <= (made.expires - timezone.now()).days <= 90
    assert made.last_used is not None


def test_a_token_without_an_end(client_alice: Client, store: object) -> None:
    client_alice.post(PAGE, {"name": "gateway", "days": "0", "scopes": ["ingest"]})
    assert Token.objects.get().expires is None


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "days": "90", "scopes": ["read"]},
        {"name": "x", "days": "17", "scopes": ["read"]},
        {"name": "x" * 101, "days": "90", "scopes": ["read"]},
        {"name": "x", "days": "90", "scopes": []},
        {"name": "x", "days": "90", "scopes": ["everything"]},
    ],
)
def test_a_form_that_is_wrong_makes_none(client_alice: Client, store: object, form: dict[str, object]) -> None:
    answer = client_alice.post(PAGE, form)
    assert "errors" in answer.content.decode()
    assert not Token.objects.exists()


def test_a_revoked_token_opens_nothing(client_alice: Client, store: object, org: Organisation) -> None:
    token, text = tokens.add(org.pk, "gateway")
    page = client_alice.post(f"{PAGE}{token.pk}/revoke", follow=True).content.decode()
    assert "gateway is revoked" in page
    assert f"{PAGE}{token.pk}/revoke" not in page
    assert _deliver(Client(), text) == 401


def test_what_has_expired_is_said(client_alice: Client, store: object, org: Organisation) -> None:
    tokens.add(org.pk, "old", expires=timezone.now() - dt.timedelta(days=1))
    assert "Expired" in client_alice.get(PAGE).content.decode()


def test_there_is_an_end_to_tokens(client_alice: Client, store: object, org: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.web.pages.tokens.MOST", 1)
    client_alice.post(PAGE, {"name": "one", "days": "90", "scopes": ["read"]})
    assert "too many tokens" in client_alice.post(PAGE, {"name": "two", "days": "90", "scopes": ["read"]}).content.decode()
    assert Token.objects.count() == 1


def test_charlie_sees_and_does_nothing(client_charlie: Client, store: object, org: Organisation) -> None:
    token, text = tokens.add(org.pk, "of acme")
    assert client_charlie.get(PAGE).status_code == 404
    assert client_charlie.post(PAGE, {"name": "mine", "days": "90", "scopes": ["read"]}).status_code == 404
    assert client_charlie.post(f"{PAGE}{token.pk}/revoke").status_code == 404
    mine = Organisation.objects.exclude(pk=org.pk).filter(member__user__email__startswith="charlie").first()
    assert mine is not None
    assert "of acme" not in client_charlie.get(f"/{mine.slug}/settings/tokens/").content.decode()
    assert client_charlie.post(f"/{mine.slug}/settings/tokens/{token.pk}/revoke").status_code == 404
    assert _deliver(Client(), text) == 202


@pytest.mark.parametrize(
    ("role", "scopes"),
    [("reader", {"read"}), ("analyst", {"read", "write", "ingest", "failures"}), ("admin", {*tokens.SCOPES} - {tokens.AGENCY})],
)
def test_nobody_makes_a_token_above_their_role(
    client_bob: Client, store: object, org: Organisation, role: str, scopes: set[str]
) -> None:
    bob = Member.objects.filter(organisation=org, user__email__startswith="bob")
    bob.update(role=role)
    for scope in tokens.SCOPES:
        client_bob.post(PAGE, {"name": scope, "days": "90", "scopes": [scope]})
    assert {token.scopes for token in Token.objects.all()} == scopes
    bob.update(role="reader")
    for token in Token.objects.all():
        assert tokens.opens(token) == frozenset({"read"} & {token.scopes}), "and none keeps more than the role has now"


def test_members_see_and_revoke_their_own_only(client_bob: Client, store: object, org: Organisation) -> None:
    client_bob.post(PAGE, {"name": "of bob", "days": "90", "scopes": ["read"]})
    others, _text = tokens.add(org.pk, "of the operator")
    page = client_bob.get(PAGE).content.decode()
    assert "of bob" in page
    assert "of the operator" not in page
    assert client_bob.post(f"{PAGE}{others.pk}/revoke").status_code == 404
    mine = Token.objects.get(name="of bob")
    assert client_bob.post(f"{PAGE}{mine.pk}/revoke").status_code == 302
    assert set(Token.objects.filter(revoked=None)) == {others}


def test_a_token_that_opens_less_says_so(client_alice: Client, client_bob: Client, store: object, org: Organisation) -> None:
    bob = Member.objects.filter(organisation=org, user__email__startswith="bob")
    bob.update(role="analyst")
    client_bob.post(PAGE, {"name": "of bob", "days": "90", "scopes": ["read", "write"]})
    assert "Good" in client_alice.get(PAGE).content.decode()
    bob.update(role="reader")
    assert "Opens less than it was made for" in client_alice.get(PAGE).content.decode()
    bob.delete()
    assert "Opens nothing any more" in client_alice.get(PAGE).content.decode()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_reference_has_every_operation(client: Client, db: None, lang: str) -> None:
    page = client.get("/api/v1/", headers={"accept-language": lang})
    assert page.status_code == 200
    text = page.content.decode()
    for name in ("list_alerts", "deliver", "what_if", "look_at_failure"):
        assert f'id="{name}"' in text
    assert "<script>" not in text
