"""A person's wishes, the way out of mails, and the rules of alerts, on the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from tests.web.pages.conftest import Story
from tests.web.pages.test_pages_shown import LANGUAGES, text_of

from sekisho.core.alerts.thresholds import DEFAULT
from sekisho.core.alerts.values import Rule
from sekisho.registry import alerts
from sekisho.registry.models import AlertRule
from sekisho.registry.wishes import Manners, When, Wish, when
from sekisho.web import mailing
from sekisho.web.pages.alerting import LIMITS


@LANGUAGES
def test_reader_chooses_for_himself(client_bob: Client, bob: Any, store: object, lang: str) -> None:
    client_bob.cookies["sekisho_language"] = lang
    assert "bob@example.jp" in text_of(client_bob.get("/acme/notifications/"))
    form = {"rule_surge": "once", "rule_new_source": "nonsense", "digests": ["weekly", "x"], "language": "en"}
    client_bob.post("/acme/notifications/", form)
    wish = Wish.objects.get(member__user=bob)
    assert (wish.rules, wish.daily, wish.weekly, wish.monthly, wish.language) == ({"surge": "once"}, False, True, False, "en")


def test_what_is_to_come_with_the_daily_digest_brings_the_digest(client_bob: Client, bob: Any, store: object) -> None:
    client_bob.post("/acme/notifications/", {"rule_surge": "daily", "digests": ["weekly"]})
    assert Wish.objects.get(member__user=bob).daily


def test_wishes_are_of_the_person_who_asks(client_bob: Client, alice: Any, bob: Any, store: object) -> None:
    client_bob.post("/acme/notifications/", {"rule_surge": "none"})
    assert not Wish.objects.filter(member__user=alice).exists()


def test_one_click_ends_one_kind_and_a_look_ends_nothing(client: Client, alice: Any, org: Any) -> None:
    path = mailing.unsubscribe_url(org.pk, "alice@example.jp", "weekly").removeprefix(mailing.base_url())
    assert client.get(path).status_code == 200
    assert not Wish.objects.exists(), "programs look at the links of mails"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    wish = Wish.objects.get()
    assert (wish.weekly, wish.monthly) == (False, True)
    assert when(wish, Rule.SURGE) is When.ONCE


def test_end_of_alerts_leaves_the_digests(client: Client, alice: Any, org: Any) -> None:
    path = mailing.unsubscribe_url(org.pk, "alice@example.jp", "alerts").removeprefix(mailing.base_url())
    client.post(path)
    wish = Wish.objects.get()
    assert (when(wish, Rule.SURGE), when(wish, Rule.NEW_SOURCE), wish.weekly) == (When.NONE, When.WEEKLY, True)


def test_ticket_cannot_be_made_up(client: Client, alice: Any, org: Any) -> None:
    member = alice.member_set.get()
    other = signing.dumps([member.pk, "weekly"], salt="elsewhere")
    odd = signing.dumps([member.pk, "delete"], salt=mailing.UNSUBSCRIBING)
    gone = signing.dumps([10**6, "weekly"], salt=mailing.UNSUBSCRIBING)
    for ticket in ("x", other, odd, gone):
        assert client.post(f"/unsubscribe/{ticket}").status_code == 404
    assert not Wish.objects.exists()


def test_address_that_is_nobodys_has_no_way_out(org: Any, alice: Any, other_org: Any) -> None:
    assert mailing.unsubscribe_url(org.pk, "desk@example.jp", "alerts") == ""
    assert mailing.unsubscribe_url(other_org.pk, "alice@example.jp", "alerts") == ""


def rules_form(**changes: object) -> dict[str, object]:
    """The form as it is first shown, with changes."""
    shown = {
        name: round(value * 100) if name.endswith("_share") else value
        for rule in LIMITS
        for name in LIMITS[rule]
        for value in (getattr(DEFAULT, name),)
    }
    return {**shown, **{f"on_{rule.value}": "on" for rule in Rule}, "quiet_until": "8", **changes}


@LANGUAGES
def test_rules_say_how_often_they_would_have_warned(client_alice: Client, story: Story, lang: str) -> None:
    client_alice.cookies["sekisho_language"] = lang
    text = text_of(client_alice.get("/acme/settings/alerts/"))
    assert {"ja": "1 回警告", "en": " 1 time "}[lang] in text
    text = text_of(client_alice.post("/acme/settings/alerts/", rules_form(surge_messages=5000, spoofer_messages=5000, preview="1")))
    assert not re.search({"ja": "[1-9] 回警告", "en": "[1-9] times?"}[lang], text)
    assert not AlertRule.objects.exists(), "a preview keeps nothing"


def test_rules_and_quiet_hours_are_kept(client_alice: Client, org: Any, store: object) -> None:
    form = rules_form(surge_messages=5000, fails_share=70, quiet_from="22", quiet_until="7")
    del form["on_new_source"]
    assert client_alice.post("/acme/settings/alerts/", form).status_code == 302
    found, off = alerts.thresholds(org.pk)
    assert (found.surge_messages, found.fails_share, found.spoofer_messages) == (5000, 0.7, DEFAULT.spoofer_messages)
    assert off == {Rule.NEW_SOURCE}
    manners = Manners.objects.get()
    assert (manners.quiet_from, manners.quiet_until) == (22, 7)


@pytest.mark.parametrize("values", [{"surge_messages": 0}, {"surge_factor": "x"}, {"fails_share": 101}, {"quiet_from": "25"}])
def test_values_that_cannot_be_are_refused(client_alice: Client, org: Any, store: object, values: dict[str, object]) -> None:
    answer = client_alice.post("/acme/settings/alerts/", rules_form(**values))
    assert answer.status_code == 200
    assert not AlertRule.objects.exists()
    assert "Some values cannot be" in text_of(answer)


def test_readers_do_not_change_rules(client_bob: Client, store: object) -> None:
    assert client_bob.post("/acme/settings/alerts/", rules_form()).status_code == 403


def test_count_over_a_part_says_so(client_alice: Client, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Counted over a part" not in text_of(client_alice.get("/acme/settings/alerts/"))
    monkeypatch.setattr("sekisho.web.pages.alerting.MOST_GROUPS", 0)
    assert "Counted over a part" in text_of(client_alice.get("/acme/settings/alerts/"))
