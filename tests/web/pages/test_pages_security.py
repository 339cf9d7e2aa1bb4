"""What every answer carries against misuse in a browser, made from the list of addresses itself; settings by Django's own check."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from tests.cli.run import environment
from tests.web.pages.conftest import SPOOFER, Story
from tests.web.pages.test_pages_access import POSTED, address

from sekisho.registry.models import Organisation, User
from sekisho.web.logs import Plain
from sekisho.web.pages.urls import org_urls

ROOT = Path(__file__).resolve().parents[3]
FRAMED = {"digest_preview", "digest_mail"}
"""A letter in a frame of our own; tests of its own say what it may do (test_pages_previews)."""
STRANGE = {
    "/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/accounts/sign-on/",
    "/accounts/signup/",
    "/invitations/nothing",
    "/unsubscribe/nothing",
    "/healthz",
    "/readyz",
    "/metrics",
    "/api/v1/organisations",
    "/api/v1/nothing",
    "/api/v1/openapi.json",
    "/api/v1/",
    "/no-such-page",
    "/acme/overview",
    "/help/",
}
SIGNED_IN = {
    "/accounts/me/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/operator/",
    "/agency/",
    "/no-organisation",
    "/api/v1/organisations",
    "/api/v1/organisations/acme/domains",
    "/api/v1/organisations/acme/reports",
    "/nowhere/overview",
}


def check(answer: Any, what: str, *, is_framed: bool = False) -> None:
    """The headers of one answer; whatever it may be, it says what may be done with it."""
    headers = answer.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'", what
    assert policy["base-uri"] == "'none'", what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["Referrer-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", what
    assert "camera=()" in headers["Permissions-Policy"], what
    assert "Access-Control-Allow-Origin" not in headers, what
    caching = headers["Cache-Control"]
    assert "no-store" in caching or caching == "private, no-cache", f"{what}: {caching}"
    assert "public" not in caching, what
    if not is_framed:
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'", what
        assert policy["frame-ancestors"] == "'none'", what
        assert "frame-src" not in policy, what
        assert headers["X-Frame-Options"] == "DENY", what


def test_answers_to_strangers(org: Organisation, store: object) -> None:
    for path in sorted(STRANGE):
        check(Client().get(path), path)
        check(Client().post(path), path)


def test_every_page_of_an_organisation(client_alice: Client, story: Story) -> None:
    statuses = set()
    for pattern in org_urls:
        answer = client_alice.get(address(pattern))
        statuses.add(answer.status_code)
        check(answer, str(pattern.name), is_framed=pattern.name in FRAMED)
    assert {200, 404, 405} <= statuses, "pages, exports and refusals are among them"
    assert POSTED


def test_pages_and_interface_for_a_person(client_alice: Client, alice: User, story: Story) -> None:
    for is_operator in (False, True):
        User.objects.filter(pk=alice.pk).update(is_superuser=is_operator)
        for path in sorted(SIGNED_IN):
            check(client_alice.get(path), path)


def test_every_first_part_of_an_address_is_looked_at() -> None:
    """A new door beside those above must be added to them."""
    parts = {str(found.pattern).split("/")[0].split("<")[0].lstrip("^") for found in get_resolver().url_patterns}
    known = {path.split("/")[1] for path in STRANGE | SIGNED_IN} | {"i18n"}
    assert parts <= known, parts - known


def test_what_is_wrong_carries_them_too(client_alice: Client, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = Client(enforce_csrf_checks=True)
    forged = strict.post("/accounts/login/", {"login": "a@example.jp"})
    assert forged.status_code == 403
    check(forged, "without the token")
    wrong = Client().get("/accounts/login/", headers={"Host": "evil.example"})
    assert wrong.status_code == 400
    check(wrong, "another host")

    def fail(*_values: object, **_named: object) -> HttpResponse:
        raise RuntimeError("secret-of-the-house")

    monkeypatch.setattr("sekisho.web.pages.overview.ask", fail)
    browser = Client(raise_request_exception=False)
    browser.force_login(User.objects.get(email="alice@example.jp"))
    broken = browser.get("/acme/overview")
    assert broken.status_code == 500
    check(broken, "a fault")
    assert "secret-of-the-house" not in broken.content.decode()


def test_static_files_are_what_they_say(client: Client) -> None:
    answer = client.get("/static/../settings.py")
    assert answer.status_code == 404
    for path in ("/static/%2e%2e/settings.py", "/static/..%2fsettings.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("https", ["on", "off"])
def test_djangos_own_check_of_a_deployment_finds_nothing(tmp_path: Path, https: str) -> None:
    """Over the settings that `serve` uses; what is silenced stands there with its reason, and is no more than that."""
    given = {"SEKISHO_HTTPS": https, "SEKISHO_HOSTS": "dmarc.example.jp", "DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    argv = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    ran = subprocess.run(argv, env=environment(tmp_path / "home") | given, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    silenced = "import django; django.setup(); from django.conf import settings as s; print(*s.SILENCED_SYSTEM_CHECKS)"
    argv = [sys.executable, "-c", silenced]
    ran = subprocess.run(argv, env=environment(tmp_path / "home") | given, capture_output=True, text=True, timeout=300)
    without_https = {"security.W004", "security.W012", "security.W016"} if https == "off" else set()
    assert set(ran.stdout.split()) == {"security.W005", "security.W008", "security.W021"} | without_https


def test_the_home_is_for_its_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "home"
    argv = [sys.executable, "-m", "sekisho", "org", "add", "acme"]
    subprocess.run(argv, env=environment(home), capture_output=True, check=True, timeout=300)
    for path in (home, home / "secret.key", home / "registry.sqlite3"):
        assert os.stat(path).st_mode & 0o077 == 0, path.name


def test_no_line_of_the_log_can_be_forged() -> None:
    said = f"{SPOOFER}\n2026-01-01 CRITICAL all is lost\r\x1b[31m\u2028x\u202egpj"
    record = logging.LogRecord("sekisho", logging.INFO, "x", 1, "refused: %s", (said,), None)
    line = Plain("{levelname} {message}", style="{").format(record)
    assert line.isprintable(), line
    assert "\\x0a2026-01-01 CRITICAL" in line


def test_what_the_threat_model_names_is_there() -> None:
    """docs/security.md says which module stands against what, and which test shows it."""
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w/]+\.py)`", text))
    assert len(named) > 40
    there = {str(path.relative_to(ROOT)) for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py")}
    missing = {name for name in named if not any(path.endswith("/" + name) for path in there)}
    assert not missing
