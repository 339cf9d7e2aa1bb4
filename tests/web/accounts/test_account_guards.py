"""Signing in under attack: guessing is slowed down, sessions end with the password, and no address leads elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.web.accounts.test_factors import PASSWORD, code_of, set_up, signed_in

from sekisho.registry.models import User
from sekisho.web import settings as served

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http://testserver@evil.example/",
    "/acme/../../\\evil.example",
    "/\t/evil.example",
)
NEW = "another-long-one-2"


@pytest.fixture
def limits(settings: Any) -> Iterator[None]:
    """The limits that the server has, which other tests do without."""
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = served.ACCOUNT_RATE_LIMITS
    yield
    cache.clear()


def attempt(email: str, password: str, address: str = "198.51.100.7") -> Client:
    """A browser that has tried to sign in from an address."""
    made = Client(REMOTE_ADDR=address)
    made.post("/accounts/login/", {"login": email, "password": password})
    return made


def is_in(browser: Client) -> bool:
    """Whether somebody is signed in there."""
    return "_auth_user_id" in browser.session


def test_the_password_of_a_person_cannot_be_guessed_quickly(alice: User, bob: User, limits: None, store: object) -> None:
    """Five wrong ones, from as many addresses: then even the right one waits, and other people do not."""
    for n in range(5):
        assert not is_in(attempt(alice.email, "wrong", f"198.51.100.{n}"))
    assert not is_in(attempt(alice.email, PASSWORD, "198.51.100.99"))
    assert is_in(attempt(bob.email, PASSWORD))


def test_one_address_cannot_try_many_people(alice: User, limits: None, store: object) -> None:
    for n in range(20):
        attempt(f"somebody{n}@example.jp", "wrong")
    assert not is_in(attempt(alice.email, PASSWORD))
    assert is_in(attempt(alice.email, PASSWORD, "198.51.100.8"))


def test_right_passwords_use_nothing_up(alice: User, limits: None, store: object) -> None:
    assert all(is_in(attempt(alice.email, PASSWORD)) for _n in range(7))


def test_codes_of_a_second_factor_cannot_be_guessed(alice: User, limits: None, store: object) -> None:
    secret = set_up(signed_in(alice.email))
    cache.clear()  # the code that set it up counts as used
    browser = signed_in(alice.email)
    right = code_of(secret)
    wrong = f"{(int(right) + 500_000) % 1_000_000:06}"
    for _n in range(5):
        browser.post("/accounts/2fa/authenticate/", {"code": wrong})
    browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_in(browser)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    browser.post("/accounts/2fa/authenticate/", {"code": code})
    assert not is_in(browser), "recovery codes are counted with them"


def test_mails_for_forgotten_passwords_are_few(alice: User, limits: None, mailoutbox: list[Any]) -> None:
    statuses = [Client().post("/accounts/password/reset/", {"email": alice.email}).status_code for _n in range(5)]
    assert statuses[-1] == 429
    assert len(mailoutbox) == 3


def test_a_session_is_a_new_one_after_signing_in(alice: User, store: object) -> None:
    browser = Client()
    browser.post("/accounts/sign-on/", {"who": "nobody"})
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    before = session.session_key
    browser.cookies["sekisho_session"] = str(before)
    browser.post("/accounts/login/", {"login": alice.email, "password": PASSWORD})
    assert is_in(browser)
    assert browser.session.session_key != before


def test_other_sessions_end_with_the_password(alice: User, store: object) -> None:
    here, there = signed_in(alice.email), signed_in(alice.email)
    assert there.get("/accounts/me/").status_code == 200
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/accounts/password/change/", form).status_code == 302
    assert here.get("/accounts/me/").status_code == 200
    assert there.get("/accounts/me/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(alice: User, store: object) -> None:
    browser = signed_in(alice.email)
    kept = browser.cookies["sekisho_session"].value
    assert browser.get("/accounts/logout/").status_code == 200, "a link only asks"
    assert is_in(browser)
    browser.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sekisho_session"] = kept
    assert thief.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("there", ELSEWHERE)
def test_no_address_leads_elsewhere(there: str, alice: User, store: object) -> None:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": alice.email, "password": PASSWORD, "next": there})
    assert is_ours(answer["Location"]), answer["Location"]
    again = browser.get("/accounts/login/", {"next": there})
    assert is_ours(again["Location"]), again["Location"]
    language = browser.post(reverse("set_language"), {"language": "ja", "next": there}, headers={"Referer": there})
    assert is_ours(language["Location"]), language["Location"]
    form = {"verdict": "spoof", "source_ip": "203.0.113.87", "domain": "example.jp", "next": there}
    decided = browser.post("/acme/decide", form)
    assert decided.status_code in (302, 400, 404)
    assert is_ours(decided.headers.get("Location", "/"))
    out = browser.post("/accounts/logout/", {"next": there})
    assert is_ours(out["Location"]), out["Location"]


def is_ours(address: str) -> bool:
    """Whether a browser stays here: it drops tabs, takes a backslash for a slash, and what follows two of them for a host."""
    read = address.replace("\t", "").replace("\\", "/")
    return read.startswith("/") and not read.startswith("//")
