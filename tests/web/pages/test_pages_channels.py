"""Channels on the pages, and what a warning says outside them."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.contract.channel.receivers import VALUES
from tests.web.pages.test_pages_shown import LANGUAGES, text_of

from sekisho.alerts import chats
from sekisho.core.alerts.values import Finding, Rule
from sekisho.registry import alerts, channels
from sekisho.registry.models import Channel, Organisation
from sekisho.web import telling


@LANGUAGES
def test_administrators_stand_there_from_the_start(client_alice: Client, store: object, lang: str) -> None:
    client_alice.cookies["sekisho_language"] = lang
    text = text_of(client_alice.get("/acme/settings/channels/"))
    assert {"ja": "メンバー", "en": "Members"}[lang] in text
    assert "SEKISHO_MAIL_URL" in text, "no mail server is set in tests, and the page says so"


def test_webhook_shows_its_key_once_and_its_address_never(client_alice: Client, store: object) -> None:
    form = {
        "kind": "webhook",
        "webhook-title": "Chat",
        "webhook-url": "https://chat.example/secret-path",
        "webhook-least": "urgent",
    }
    page = client_alice.post("/acme/settings/channels/", form).content.decode()
    key = channels.values_of(Channel.objects.get(kind="webhook"))["key"]
    assert key in page
    again = client_alice.get("/acme/settings/channels/").content.decode()
    assert key not in again
    assert "secret-path" not in again
    assert "chat.example" in again


@pytest.mark.parametrize("kind", list(chats.KINDS))
def test_chat_is_added_with_what_its_service_gives_out_and_shows_no_secret(
    client_alice: Client, store: object, org: Organisation, kind: str
) -> None:
    assert chats.KINDS[kind].name in text_of(client_alice.get(f"/acme/settings/channels/?kind={kind}"))
    form = {"kind": kind, f"{kind}-title": "Desk", f"{kind}-least": "urgent", f"{kind}-digests": ["weekly"]}
    form |= {f"{kind}-{name}": value for name, value in VALUES[kind].items()}
    client_alice.post("/acme/settings/channels/", form)
    channel = Channel.objects.get(title="Desk")
    assert channels.values_of(channel) == VALUES[kind]
    assert channel.digests == ["weekly"]
    for path in ("", f"{channel.pk}/"):
        page = client_alice.get(f"/acme/settings/channels/{path}").content.decode()
        assert not any(value[-8:] in page for name, value in VALUES[kind].items() if name != "target")


def test_change_keeps_the_secret_that_is_left_empty(client_alice: Client, store: object, org: Organisation) -> None:
    channel = Channel(organisation=org, kind="slack", title="Chat")
    channels.seal_values(channel, VALUES["slack"])
    channel.save()
    client_alice.post(f"/acme/settings/channels/{channel.pk}/", {"slack-title": "Ops", "slack-least": "urgent", "slack-url": ""})
    channel.refresh_from_db()
    assert (channel.title, channels.values_of(channel)) == ("Ops", VALUES["slack"])
    client_alice.post(
        f"/acme/settings/channels/{channel.pk}/", {"slack-title": "X", "slack-least": "urgent", "slack-url": "https://x.example"}
    )
    channel.refresh_from_db()
    assert channel.title == "Ops", "an address of anything else is refused"


def test_a_token_goes_to_no_other_server_than_it_was_entered_for(client_alice: Client, store: object, org: Organisation) -> None:
    channel = Channel(organisation=org, kind="ntfy", title="Chat")
    channels.seal_values(channel, {"url": "https://ntfy.example.jp/mail", "token": "tk_secret"})
    channel.save()
    words = {"ntfy-title": "Chat", "ntfy-least": "urgent"}
    client_alice.post(f"/acme/settings/channels/{channel.pk}/", {**words, "ntfy-url": "https://ntfy.example.jp/other"})
    channel.refresh_from_db()
    assert channels.values_of(channel) == {"url": "https://ntfy.example.jp/other", "token": "tk_secret"}
    client_alice.post(f"/acme/settings/channels/{channel.pk}/", {**words, "ntfy-url": "https://listener.example/mail"})
    channel.refresh_from_db()
    assert channels.values_of(channel) == {"url": "https://listener.example/mail"}


def test_charlie_cannot_touch_her_channels(client_charlie: Client, store: object, org: Organisation) -> None:
    (channel,) = channels.the_channels(org.pk)
    assert client_charlie.get(f"/other/settings/channels/{channel.pk}/").status_code == 404
    assert client_charlie.post(f"/other/settings/channels/{channel.pk}/act", {"what": "off"}).status_code == 404
    assert Channel.objects.get(pk=channel.pk).is_on


@pytest.mark.parametrize("to", ["nobody", "a@example.jp\nb", "a@example.jp, b@example.jp"])
def test_what_is_no_address_is_refused(client_alice: Client, store: object, to: str) -> None:
    form = {"kind": "mail", "mail-title": "Desk", "mail-to": to, "mail-least": "urgent"}
    assert client_alice.post("/acme/settings/channels/", form).status_code == 200
    assert not Channel.objects.filter(title="Desk").exists()


def test_channel_is_switched_and_removed_but_not_the_last(client_alice: Client, store: object, org: Organisation) -> None:
    (channel,) = channels.the_channels(org.pk)
    address = f"/acme/settings/channels/{channel.pk}/act"
    client_alice.post(address, {"what": "off"})
    assert not Channel.objects.get().is_on
    client_alice.post(address, {"what": "remove"})
    assert Channel.objects.count() == 1
    form = {"kind": "mail", "mail-title": "Desk", "mail-to": "desk@example.jp", "mail-least": "urgent"}
    client_alice.post("/acme/settings/channels/", form)
    client_alice.post(address, {"what": "remove"})
    assert Channel.objects.get().title == "Desk"


def test_test_message_that_cannot_go_says_why(client_alice: Client, store: object, org: Organisation) -> None:
    (channel,) = channels.the_channels(org.pk)
    answer = client_alice.post(f"/acme/settings/channels/{channel.pk}/act", {"what": "test"}, follow=True)
    assert "SEKISHO_MAIL_URL" in text_of(answer)


def test_readers_do_not_see_channels(client_bob: Client, store: object) -> None:
    assert client_bob.get("/acme/settings/channels/").status_code == 403


@LANGUAGES
@pytest.mark.parametrize("rule", list(Rule))
def test_text_and_html_say_the_same(org: Organisation, rule: Rule, lang: str) -> None:
    finding = Finding(
        rule, "example.jp", "svc.sendgrid", 20_700, 20_702, 900, 3.0, 2, ("svc.sendgrid",), (1, 400, 500), "none", "reject"
    )
    (alert,) = alerts.take(org.pk, [finding], org.created)
    told = telling.message(alert, lang)
    for words in (told.text, told.html):
        assert f"/acme/alerts/{alert.pk}/" in words
        assert str(told.data["title"]).split(" ", 1)[-1].removeprefix("【警告】") in words
    assert "src=" not in told.html, "nothing is fetched from elsewhere"
    assert "%(" not in told.text + told.html


def test_hostile_names_are_text_in_a_mail(org: Organisation) -> None:
    finding = Finding(Rule.RECORD_CHANGED, "example.jp", "TXT", 20_700, 20_700, was="<script>alert(1)</script>", now="<b>x</b>")
    (alert,) = alerts.take(org.pk, [finding], org.created)
    assert "<script>" not in telling.message(alert, "en").html
