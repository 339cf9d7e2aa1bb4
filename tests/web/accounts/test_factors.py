"""Second factors: kept encrypted, asked for by organisations, taken away by the operator; and what happens is noted."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from tests.cli.run import sekisho

from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.models import Organisation, User
from sekisho.registry.signon import SignInRules
from sekisho.web.accounts import factors

PASSWORD = "long-password-1"


def code_of(secret: str) -> str:
    """Six digits for now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def signed_in(email: str) -> Client:
    """A browser that has just signed in by password, so that it is not asked again."""
    made = Client()
    made.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return made


def set_up(browser: Client) -> str:
    """Sets an authenticator app up; its secret."""
    assert browser.get("/accounts/2fa/totp/activate/")["Location"].startswith("/accounts/reauthenticate/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/")
    secret: str = page.context["form"].secret
    assert browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


def test_secrets_are_kept_encrypted(alice: User, store: object) -> None:
    secret = set_up(signed_in(alice.email))
    kept = Authenticator.objects.get(type="totp")
    assert secret not in str(kept.data)
    codes = Authenticator.objects.get(type="recovery_codes")
    assert all(code not in str(codes.data) for code in codes.wrap().get_unused_codes())


def test_the_password_alone_is_not_enough_any_more(alice: User, store: object) -> None:
    set_up(signed_in(alice.email))
    browser = signed_in(alice.email)
    assert browser.get("/acme/overview").status_code == 302
    assert "_auth_user_id" not in browser.session
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert browser.post("/accounts/2fa/authenticate/", {"code": code})["Location"] == "/"
    again = signed_in(alice.email)
    again.post("/accounts/2fa/authenticate/", {"code": code})
    assert "_auth_user_id" not in again.session, "a recovery code works once"


def test_an_organisation_asks_for_two_factors(alice: User, bob: User, store: object, org: Organisation) -> None:
    owner = signed_in(alice.email)
    answer = owner.post("/acme/settings/people/rules", {"two_factors": "on"})
    assert answer["Location"] == "/accounts/2fa/", "nobody locks oneself out"
    assert not SignInRules.objects.exists()
    set_up(owner)
    owner.post("/acme/settings/people/rules", {"two_factors": "on"})
    assert owner.get("/acme/overview").status_code == 200
    reader = signed_in(bob.email)
    for send in (reader.get, reader.post):
        assert send("/acme/overview")["Location"] == "/accounts/2fa/"
    assert "asks for a second factor" in reader.get("/accounts/2fa/").content.decode()
    set_up(reader)
    assert reader.get("/acme/overview").status_code == 200


def test_what_happens_to_accounts_is_noted(alice: User, store: object, django_capture_on_commit_callbacks: Any) -> None:
    Client().post("/accounts/login/", {"login": alice.email, "password": "a-secret-guess"})
    browser = signed_in(alice.email)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(browser)
    form = {"oldpassword": PASSWORD, "password1": "another-long-one-2", "password2": "another-long-one-2"}
    browser.post("/accounts/password/change/", form)
    browser.post("/accounts/logout/")
    noted = [entry.action for entry in AuditEntry.objects.filter(organisation=None, person=alice).order_by("id")]
    assert noted == [
        Action.SIGN_IN_FAILED,
        Action.SIGNED_IN,
        Action.FACTOR_ADDED,
        Action.CODES_MADE,
        Action.PASSWORD_CHANGED,
        Action.SIGNED_OUT,
    ]
    everything = str(list(AuditEntry.objects.values()))
    assert "a-secret-guess" not in everything
    assert "another-long-one-2" not in everything


def test_what_strangers_type_is_kept_nowhere(db: None) -> None:
    Client().post("/accounts/login/", {"login": "hunter2-my-password@example.jp", "password": "x"})
    assert not AuditEntry.objects.exists()


def test_other_sessions_are_ended(alice: User, store: object) -> None:
    one, other = signed_in(alice.email), signed_in(alice.email)
    assert one.get("/accounts/sessions/").content.decode().count("<li>") == 2
    one.post("/accounts/sessions/")
    assert one.get("/acme/overview").status_code == 200
    assert other.get("/acme/overview").status_code == 302
    assert AuditEntry.objects.filter(action=Action.SESSION_ENDED, person=alice).count() == 1


@pytest.mark.django_db
def test_all_factors_are_taken_away(alice: User, store: object) -> None:
    set_up(signed_in(alice.email))
    assert factors.have([alice.pk]) == {alice.pk}
    assert factors.take_away(alice) == 2
    assert factors.have([alice.pk]) == set()


@pytest.mark.slow
def test_the_command_line_makes_people_and_resets_them(tmp_path: object) -> None:
    home = tmp_path  # type: ignore[assignment]
    assert "is owner in main" in sekisho(home, ["user", "add", "a@example.jp"], check=True).stdout  # type: ignore[arg-type]
    assert "operator" in sekisho(home, ["user", "add", "op@example.jp", "--operator"], check=True).stdout  # type: ignore[arg-type]
    told = sekisho(home, ["user", "reset", "a@example.jp", "--mfa"], check=True).stdout  # type: ignore[arg-type]
    assert "second factors" in told
    assert "op@example.jp" not in sekisho(home, ["user", "list"], check=True).stdout  # type: ignore[arg-type]
