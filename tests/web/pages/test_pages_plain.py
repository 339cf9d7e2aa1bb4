"""Pages speak plainly: words instead of what the wire says, nothing of one part in another, nothing said twice."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.builders import failure_mail
from tests.web.pages.conftest import SPOOFER, Story, keep
from tests.web.pages.test_pages_shown import text_of

from sekisho.flow import House
from sekisho.registry.channels import the_channels
from sekisho.registry.models import Failure, Organisation

JA = {"accept-language": "ja"}


def test_field_for_new_domains_is_empty(client_alice: Client, store: object) -> None:
    body = client_alice.get("/acme/domains/new").content.decode()
    assert re.search(r"<textarea[^>]*></textarea>", body)
    assert "Nothing takes reports in yet" in body, "the note above it is there"


def test_related_failure_reports_say_in_words_what_was_done(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [(f"{n}.eml", failure_mail(n, subject=f"Invoice {n}")) for n in range(2)])
    body = client_alice.get(f"/acme/failures/{Failure.objects.latest('arrival').pk}/", headers=JA).content.decode()
    alike = body[body.index('id="alike"') :]
    assert "配信" in alike
    assert "delivered" not in alike


def test_first_channel_has_a_name_in_the_language_of_the_page(client_alice: Client, org: Organisation, store: object) -> None:
    (channel, *_others) = the_channels(org.pk)
    page = client_alice.get(f"/acme/settings/channels/{channel.pk}/", headers=JA).content.decode()
    assert re.search(r"<h1[^>]*>\s*メンバー", page)


def test_letter_says_nothing_twice(client_alice: Client, story: Story) -> None:
    body = client_alice.get(f"/acme/hosts/{SPOOFER}/letter?language=en&as=txt").content.decode()
    lines = [line for line in body.splitlines() if line.startswith("  From: ")]
    assert lines
    assert len(lines) == len(set(lines))


def test_removal_names_its_day_as_pages_do(client_alice: Client, org: Organisation, store: object) -> None:
    page: Any = client_alice.get("/acme/domains/example.jp/remove")
    assert re.search(r", on \d{1,2} [A-Z][a-z]+ \d{4} ?\.", text_of(page))
