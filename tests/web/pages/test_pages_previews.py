"""The preview of digests: the letter that would go out now, in both languages, and to nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from tests.web.pages.conftest import Story
from tests.web.pages.test_pages_shown import LANGUAGES, text_of

from sekisho.registry.digests import Digest
from sekisho.registry.wishes import Wish

PAGE, MAIL = "/acme/notifications/preview/", "/acme/notifications/preview/mail"
SURGE = re.compile(">(300|600)\\b")
"""One or two days of the surge: in the morning the reports on yesterday have not come."""


@LANGUAGES
def test_preview_shows_the_weekly_letter_with_the_figures_of_now(client_alice: Client, story: Story, lang: str) -> None:
    text = text_of(client_alice.get(PAGE, {"language": lang}, headers={"accept-language": lang}))
    assert "example.jp" in text
    assert {"ja": "週次まとめ", "en": "Weekly summary"}[lang] in text
    letter = client_alice.get(MAIL, {"language": lang}).content.decode()
    assert f'lang="{lang}"' in letter
    assert SURGE.search(letter)


@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly"])
def test_each_kind_is_shown_and_nothing_is_kept_or_sent(client_alice: Client, story: Story, kind: str) -> None:
    assert client_alice.get(PAGE, {"kind": kind}).status_code == 200
    assert client_alice.get(MAIL, {"kind": kind}).status_code == 200
    assert not Digest.objects.exists()
    assert outbox.outbox == []


def test_nonsense_shows_the_weekly_letter_in_the_persons_language(client_bob: Client, bob: Any, story: Story) -> None:
    member = bob.member_set.get()
    Wish.objects.create(member=member, language="ja")
    assert 'lang="ja"' in client_bob.get(MAIL, {"kind": "yearly", "language": "xx"}).content.decode()


def test_the_page_says_whether_the_reader_gets_it(client_bob: Client, bob: Any, story: Story) -> None:
    assert "Not to you" in text_of(client_bob.get(PAGE))
    Wish.objects.create(member=bob.member_set.get(), weekly=True)
    assert "bob@example.jp" in text_of(client_bob.get(PAGE))


def test_the_mail_may_do_nothing_and_stands_in_no_other_page(client_alice: Client, story: Story) -> None:
    page, mail = client_alice.get(PAGE), client_alice.get(MAIL)
    assert "default-src 'none'" in mail["Content-Security-Policy"]
    assert "script-src" not in mail["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in mail["Content-Security-Policy"]
    assert mail["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert 'sandbox="allow-same-origin' in page.content.decode()
    assert "allow-scripts" not in page.content.decode()
    assert "no-store" in mail["Cache-Control"]


def test_charlie_previews_only_his_own(client_charlie: Client, story: Story) -> None:
    assert client_charlie.get(PAGE).status_code == 404
    assert client_charlie.get(MAIL).status_code == 404
    letter = client_charlie.get("/other/notifications/preview/mail").content.decode()
    assert "example.jp" not in letter
    assert not SURGE.search(letter)
