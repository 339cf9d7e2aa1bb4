"""Trying inboxes and channels by the interface: real folders and a real webhook, with the other side's words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from tests.contract.channel.receivers import VALUES, serving
from tests.web.api.conftest import bearer

from sekisho.intake import trial
from sekisho.registry import channels, inboxes
from sekisho.registry.audit import Action, AuditEntry
from sekisho.registry.inboxes import Setup
from sekisho.registry.models import Channel, Inbox, Organisation, User
from sekisho.web.pages import inboxes as pages

BASE = "/api/v1/organisations/acme"


@pytest.fixture(autouse=True)
def servers_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of tests."""
    monkeypatch.setattr(pages, "try_out", trial.try_out)


@pytest.fixture
def head(org: Organisation, alice: User) -> dict[str, str]:
    """Alice's own token."""
    return bearer(org, person=alice)


def maildir(org: Organisation, path: Path) -> Inbox:
    return inboxes.add(org.pk, Setup("maildir", "M", {"path": str(path), "after": "leave", "done_folder": ".Done"}))


def test_an_inbox_that_works(program: Client, org: Organisation, head: dict[str, str], tmp_path: Path) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    made = maildir(org, tmp_path)
    inboxes.failed(made.pk, made.revision, failures=9, trouble="no_folder", said="gone")
    told = program.post(f"{BASE}/inboxes/{made.pk}/test", headers=head).json()
    assert told["is_well"] is True
    assert all(step["ok"] and step["label"] and not step["trouble"] for step in told["steps"])
    assert Inbox.objects.get(pk=made.pk).failures == 0, "it goes on at once"
    entry = AuditEntry.objects.get(action=Action.INBOX_TESTED)
    assert (entry.target, entry.detail["worked"]) == ("M", True)


def test_an_inbox_that_does_not_says_why_in_words(program: Client, org: Organisation, head: dict[str, str], tmp_path: Path) -> None:
    made = maildir(org, tmp_path / "none")
    told = program.post(f"{BASE}/inboxes/{made.pk}/test", headers=head).json()
    last = told["steps"][-1]
    assert told["is_well"] is False
    assert (last["ok"], last["trouble"]) == (False, "no_folder")
    assert "No such file or directory" in last["said"]
    japanese = program.post(f"{BASE}/inboxes/{made.pk}/test", headers={**head, "Accept-Language": "ja"}).json()["steps"][-1]
    assert last["meaning"] != japanese["meaning"] != ""
    inboxes.failed(made.pk, made.revision, failures=3, trouble="file", said="gone")
    shown = program.get(f"{BASE}/inboxes/{made.pk}", headers=head).json()
    assert shown["state"].startswith("Failing since")
    assert shown["meaning"]


def test_a_third_test_at_a_time_has_to_wait(
    program: Client, org: Organisation, head: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = maildir(org, tmp_path)
    monkeypatch.setattr(pages.TRIALS, "acquire", lambda **_how: False)
    answer = program.post(f"{BASE}/inboxes/{made.pk}/test", headers=head)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert not AuditEntry.objects.exists()


def test_a_channel_that_cannot_send_says_why(program: Client, org: Organisation, head: dict[str, str]) -> None:
    (channel,) = channels.the_channels(org.pk)
    told = program.post(f"{BASE}/channels/{channel.pk}/test", headers=head).json()
    assert told["is_sent"] is False
    assert "SEKISHO_MAIL_URL" in told["trouble"]
    nobody = program.post(f"{BASE}/channels/{channel.pk}/test", headers=bearer(org)).json()
    assert nobody == {"is_sent": False, "said": [], "trouble": "There is nobody to send it to."}


def test_a_webhook_gets_a_test_message(
    program: Client, org: Organisation, head: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = Channel.objects.create(organisation=org, kind="webhook", title="hook")
    channels.seal_values(channel, VALUES["webhook"])
    channel.save()
    with serving(monkeypatch) as receiver:
        told = program.post(f"{BASE}/channels/{channel.pk}/test", headers=head).json()
        assert (told["is_sent"], told["trouble"]) == (True, "")
        ((host, path, headers, body),) = receiver.got
        assert (host, path) == ("receiver.example.jp", "/secret-path")
        assert json.loads(body)["type"] == "test"
        assert headers["webhook-signature"].startswith("v1,")
        receiver.status = 500
        told = program.post(f"{BASE}/channels/{channel.pk}/test", headers=head).json()
    assert told["is_sent"] is False
    assert "500" in told["trouble"]
    assert "secret" not in str(told), "the address of a webhook is secret"
    assert AuditEntry.objects.filter(action=Action.CHANNEL_TESTED).count() == 2
