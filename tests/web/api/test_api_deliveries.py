"""Delivery by HTTP: tokens, bounds, refusals as JSON, and that nothing else opens the door."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.builders import record, report_mail, report_xml

from sekisho.flow import House, drain
from sekisho.registry import tokens
from sekisho.registry.models import Delivery, Organisation, Token
from sekisho.web.api import access
from sekisho.web.api import deliveries as api

ADDRESS = "/api/v1/deliveries"


@pytest.fixture(autouse=True)
def _no_failures_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def bearer(org: Organisation) -> dict[str, str]:
    """The head of a request with a good token of Alice's organisation."""
    return {"Authorization": f"Bearer {tokens.add(org.pk, 'mail gateway')[1]}"}


@pytest.fixture
def program() -> Client:
    """A client that checks against forged requests, as the real server does."""
    return Client(enforce_csrf_checks=True)


def send(client: Client, headers: dict[str, str], data: bytes = b"x", path: str = ADDRESS) -> object:
    return client.post(path, data, content_type="application/octet-stream", headers=headers)


def test_a_body_is_delivered_and_its_state_can_be_asked(program: Client, bearer: dict[str, str], house: House) -> None:
    mail = report_mail(report_xml(1, [record("192.0.2.1", 3)]))
    answer = send(program, bearer, mail, f"{ADDRESS}?name=a.eml")
    assert answer.status_code == 202
    (made,) = answer.json()["deliveries"]
    assert made["name"] == "a.eml"
    assert program.get(made["url"], headers=bearer).json()["state"] == "waiting"
    drain(house)
    told = program.get(answer["Location"], headers=bearer).json()
    assert (told["state"], told["outcome"], told["reports"], told["messages"]) == ("done", "kept", 1, 3)


def test_the_files_of_a_form_are_delivered(program: Client, bearer: dict[str, str]) -> None:
    files = {"a": io.BytesIO(b"one"), "b": [io.BytesIO(b"two"), io.BytesIO(b"three")]}
    answer = program.post(ADDRESS, files, headers=bearer)
    assert answer.status_code == 202
    assert len(answer.json()["deliveries"]) == 3
    assert {bytes(d) for d in Delivery.objects.values_list("raw__data", flat=True)} == {b"one", b"two", b"three"}


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic YTpi"}, {"Authorization": ""}]
)
def test_without_a_good_token_nothing_is_taken(program: Client, org: Organisation, headers: dict[str, str]) -> None:
    answer = send(program, headers)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "error" in answer.json()
    assert not Delivery.objects.exists()


def test_a_session_is_no_token(client_alice: Client) -> None:
    assert send(client_alice, {}).status_code == 401


def test_tokens_that_are_revoked_or_past_are_good_for_nothing(program: Client, org: Organisation) -> None:
    _past, past_text = tokens.add(org.pk, "old", expires=timezone.now() - dt.timedelta(seconds=1))
    revoked, revoked_text = tokens.add(org.pk, "lost")
    _other, other_text = tokens.add(org.pk, "reader", scopes=["read"])
    assert send(program, {"Authorization": f"Bearer {revoked_text}"}).status_code == 202
    tokens.revoke(revoked)
    for text in (past_text, revoked_text, other_text):
        assert send(program, {"Authorization": f"Bearer {text}"}).status_code == 401


def test_of_a_token_only_the_hash_is_kept(org: Organisation) -> None:
    token, text = tokens.add(org.pk, "x")
    kept = Token.objects.filter(pk=token.pk).values().get()
    assert not any(text in str(value) or text.encode() in (value if isinstance(value, bytes) else b"") for value in kept.values())
    assert tokens.check(text, tokens.INGEST) == token
    assert Token.objects.get(pk=token.pk).last_used is not None


def test_what_became_of_deliveries_is_told_to_their_own_token_only(
    program: Client, bearer: dict[str, str], other_org: Organisation
) -> None:
    url = send(program, bearer).json()["deliveries"][0]["url"]
    stranger = {"Authorization": f"Bearer {tokens.add(other_org.pk, 'x')[1]}"}
    assert program.get(url, headers=stranger).status_code == 404
    assert program.get(url).status_code == 401


def test_what_is_too_large_or_empty_is_refused(program: Client, bearer: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MAX_BYTES", 1000)
    monkeypatch.setattr(api, "FORM_BYTES", 1000)
    assert send(program, bearer, b"x" * 1000).status_code == 202
    for answer, status in (
        (send(program, bearer, b"x" * 1001), 413),
        (program.post(ADDRESS, {"f": io.BytesIO(b"x" * 1001)}, headers=bearer), 413),
        (send(program, bearer, b""), 400),
        (program.post(ADDRESS, {"f": "no file"}, headers=bearer), 400),
        (program.post(ADDRESS, b"--x", content_type="multipart/form-data; boundary=x", headers=bearer), 400),
        (program.post(ADDRESS, b"x", content_type="multipart/form-data", headers=bearer), 400),
        (program.get(ADDRESS, headers=bearer), 405),
    ):
        assert answer.status_code == status
        assert "error" in answer.json()
    assert Delivery.objects.count() == 1


def test_guessing_is_slowed_down_but_never_a_good_token(program: Client, bearer: dict[str, str]) -> None:
    statuses = [send(program, {"Authorization": f"Bearer guess{n}"}).status_code for n in range(access.FAILURES + 2)]
    assert statuses == [401] * access.FAILURES + [429] * 2
    assert "Retry-After" in send(program, {}).headers
    assert send(program, bearer).status_code == 202


def test_programs_are_asked_to_come_back_while_much_waits(
    program: Client, bearer: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "MOST_WAITING", 0)
    assert send(program, bearer).status_code == 202
    answer = send(program, bearer)
    assert (answer.status_code, answer["Retry-After"]) == (503, str(api.RETRY_S))
