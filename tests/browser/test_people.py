"""People come in as people do: by invitation, with an authenticator app, with a passkey, and by their organisation's provider."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Served, Visit
from tests.cli.run import sekisho
from tests.web.accounts.provider import CLIENT, SECRET, Provider

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
PASSWORD = "a-long-password-7"
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}


def code_of(secret: str, at: float | None = None) -> str:
    """Six digits for a time (RFC 6238)."""
    step = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), step, "sha1")
    number = struct.unpack(">I", digest[digest[-1] & 15 :][:4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def invite(owner: Visit, email: str) -> str:
    """Invites somebody by the page; the path of the link it shows."""
    owner.go("/sample/settings/people/")
    owner.page.fill("#invite [name=email]", email)
    owner.page.select_option("#invite [name=role]", "analyst")
    owner.page.click("#invite .btn.main")
    owner.page.wait_for_selector("section[role=status] code")
    found = re.search(r"/invitations/[\w-]{43}", owner.page.inner_text("section[role=status] code"))
    assert found is not None
    return found[0]


def become(guest: Visit, path: str, name: str) -> None:
    """Accepts an invitation as somebody new."""
    guest.go(path)
    guest.page.fill("[name=name]", name)
    guest.page.fill("[name=password]", PASSWORD)
    guest.page.click(".btn.main")
    guest.page.wait_for_url("**/sample/overview*")


def sign_in(guest: Visit, email: str) -> None:
    """Signs in by password."""
    guest.go("/accounts/login/")
    guest.page.fill("input[name=login]", email)
    guest.page.fill("input[name=password]", PASSWORD)
    guest.page.keyboard.press("Enter")


def sign_out(guest: Visit) -> None:
    """Signs out as a person does on any page."""
    guest.go("/accounts/logout/")
    guest.page.click("form .btn.main")
    guest.page.wait_for_url("**/accounts/login/**")


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ja", "light"), (390, "en", "dark")])
def test_an_invited_person_comes_in(visit: Callable[..., Visit], width: int, language: str, scheme: str) -> None:
    email = f"invited{width}@example.jp"
    owner = visit(width=width, language=language, scheme=scheme)
    path = invite(owner, email)
    guest = visit(width=width, language=language, scheme=scheme, signed_in=False)
    become(guest, path, "Dora")
    for page in ("/accounts/me/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/email/"):
        guest.go(page)
        assert guest.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page
    sign_out(guest)
    sign_in(guest, email)
    guest.page.wait_for_url("**/sample/overview*")
    for page in ("/sample/settings/people/", "/sample/settings/audit/", "/sample/settings/sso/"):
        owner.go(page)
        assert owner.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page
    owner.go("/sample/settings/people/")
    assert owner.page.get_by_text(email).count() >= 1


def test_an_authenticator_app_guards_the_account(visit: Callable[..., Visit]) -> None:
    path = invite(visit(language="en"), "totp@example.jp")
    guest = visit(language="en", signed_in=False)
    become(guest, path, "Toru")
    guest.go("/accounts/2fa/totp/activate/")
    if guest.page.locator("[name=password]").count():
        guest.page.fill("[name=password]", PASSWORD)
        guest.page.click(".btn.main")
        guest.page.wait_for_selector(".qr img")
    assert guest.page.evaluate("document.querySelector('.qr img').naturalWidth") > 0, "the policy lets the picture through"
    secret = guest.page.inner_text(".record code")
    guest.page.fill("[name=code]", code_of(secret))
    guest.page.click(".btn.main")
    guest.page.wait_for_url("**/recovery-codes/**")
    codes = guest.page.inner_text("code.codes").split()
    assert len(codes) == 10
    sign_out(guest)
    sign_in(guest, "totp@example.jp")
    guest.page.wait_for_url("**/2fa/authenticate/**")
    guest.page.fill("[name=code]", "000000" if code_of(secret) != "000000" else "111111")
    guest.page.click(".btn.main")
    guest.page.wait_for_selector(".errors, .note.bad")
    guest.page.fill("[name=code]", codes[0])
    guest.page.click(".btn.main")
    guest.page.wait_for_url("**/sample/overview*")
    sign_out(guest)
    sign_in(guest, "totp@example.jp")
    guest.page.wait_for_url("**/2fa/authenticate/**")
    guest.page.fill("[name=code]", code_of(secret, time.time() + 30))
    guest.page.click(".btn.main")
    guest.page.wait_for_url("**/sample/overview*")


def test_a_passkey_signs_in_without_a_password(visit: Callable[..., Visit]) -> None:
    path = invite(visit(language="en"), "key@example.jp")
    guest = visit(language="en", signed_in=False)
    guest.address = guest.address.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to an address
    cdp = guest.page.context.new_cdp_session(guest.page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": {**KEY, "automaticPresenceSimulation": True}})
    become(guest, path, "Kei")
    guest.go("/accounts/2fa/webauthn/add/")
    if guest.page.locator("[name=password]").count():
        guest.page.fill("[name=password]", PASSWORD)
        guest.page.click(".btn.main")
        guest.page.wait_for_selector("form[data-passkey=add]:not([hidden])")
    guest.page.fill("[name=name]", "Laptop")
    guest.page.click("form[data-passkey] .btn.main")
    guest.page.wait_for_url("**/recovery-codes/**")
    sign_out(guest)
    guest.go("/accounts/login/")
    guest.page.click("form[data-passkey] button")
    guest.page.wait_for_url("**/sample/overview*")
    sign_out(guest)
    sign_in(guest, "key@example.jp")
    guest.page.wait_for_url("**/2fa/authenticate/**")
    guest.page.click("form[data-passkey] button")
    guest.page.wait_for_url("**/sample/overview*")


@pytest.fixture
def provider() -> Iterator[Provider]:
    """A provider of OpenID Connect."""
    made = Provider()
    yield made
    made.close()


def test_people_sign_in_by_the_provider_of_the_organisation(
    visit: Callable[..., Visit], served: Served, provider: Provider
) -> None:
    sekisho(served.home, ["domain", "add", "--proved", "staff.example"], check=True)
    provider.person = {"sub": "7", "email": "sso@staff.example", "name": "Sora"}
    owner = visit(language="en")
    owner.go("/sample/settings/sso/?kind=openid_connect")
    for name, value in (("issuer", provider.url), ("client_id", CLIENT), ("secret", SECRET)):
        owner.page.fill(f"[name={name}]", value)
    owner.page.select_option("[name=join_role]", "reader")
    owner.page.click("form.form .btn.main")
    owner.page.wait_for_selector("dl.facts code")
    guest = visit(language="en", signed_in=False)
    guest.page.unroute("**/*")
    went: list[str] = []
    guest.page.on("request", lambda request: went.append(urlsplit(request.url).netloc))
    guest.go("/accounts/login/")
    guest.page.click("text=Sign in with your organisation")
    guest.page.fill("[name=who]", "sso@staff.example")
    guest.page.click(".btn.main")
    guest.page.wait_for_url("**/sample/overview*")
    assert set(went) == {urlsplit(served.address).netloc, urlsplit(provider.url).netloc}
    guest.go("/accounts/me/")
    assert "Sora" in guest.page.input_value("[name=name]")
    owner.go("/sample/settings/sso/")
    owner.page.click("text=Remove single sign-on")
    owner.page.wait_for_url("**/settings/sso/")
