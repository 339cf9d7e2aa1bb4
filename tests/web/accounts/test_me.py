"""A person's own pages: for that person alone, in both languages, without anything of others."""

from __future__ import annotations

import pytest
from django.test import Client

from sekisho.registry import audit
from sekisho.registry.audit import Action
from sekisho.registry.models import Organisation, User

PAGES = ("me/", "email/", "sessions/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "password/change/")


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_led_to_sign_in(path: str, db: None) -> None:
    for send in (Client().get, Client().post):
        assert send(f"/accounts/{path}")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("language", "words"), [("ja", "アカウントの最近の出来事"), ("en", "What happened to the account last")])
def test_the_account_in_both_languages(language: str, words: str, client_alice: Client, alice: User, charlie: User) -> None:
    audit.note(charlie, Action.PASSWORD_CHANGED, "of-charlie@example.jp")
    audit.note(alice, Action.FACTOR_ADDED, alice.email)
    page = client_alice.get("/accounts/me/", headers={"Accept-Language": language}).content.decode()
    assert words in page
    assert "Acme" in page
    assert "Other" not in page
    assert "of-charlie" not in page


def test_name_and_language_are_kept(client_alice: Client, alice: User) -> None:
    client_alice.post("/accounts/me/", {"name": "<b>Alice</b>", "language": "ja"})
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("<b>Alice</b>", "ja")
    assert "<b>Alice" not in client_alice.get("/accounts/me/").content.decode()
    client_alice.post("/accounts/me/", {"name": "Alice", "language": "xx", "is_superuser": "on", "email": "e@e.example"})
    alice.refresh_from_db()
    assert (alice.language, alice.is_superuser, alice.email) == ("ja", False, "alice@example.jp")


def test_changes_need_the_token_against_forged_requests(alice: User, org: Organisation) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    for path in ("me/", f"me/leave/{org.pk}", "sessions/", "email/", "sign-on/"):
        assert strict.post(f"/accounts/{path}").status_code == 403, path
    assert strict.get(f"/accounts/me/leave/{org.pk}").status_code == 405
