"""Digests as stories: once a period, also in a quiet week, to those who wish, and never anything of another organisation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.builders import record, report_xml
from tests.web.pages.conftest import keep, spoofed

from sekisho import watch
from sekisho.core.alerts.values import Finding, Rule
from sekisho.registry import alerts, channels, digests
from sekisho.registry.digests import Digest, Sending
from sekisho.registry.models import Alert, Channel, Domain, Organisation
from sekisho.registry.wishes import Wish
from sekisho.web import telling
from sekisho.web.digests import gathered, letters, planning
from sekisho.web.digests.periods import Kind, latest
from sekisho.web.pages.asked import horizon

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
"""Tuesday half past eight in Tokyo."""
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def long_there(org: Organisation, other_org: Organisation, store: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """The organisations were there before, and it is Monday whenever the tests run."""
    Organisation.objects.update(created=MONDAY - timedelta(days=200))
    today = int(MONDAY.timestamp()) // 86400
    monkeypatch.setattr(gathered, "horizon", lambda org, store: replace(horizon(org, store), today=today))


def days_of(house: Any, org: Any, *, bad: int = 0, domain: str = "example.jp") -> None:
    """Fifty days of proper mail, the last three with some that looks spoofed."""
    last = int(MONDAY.timestamp()) // 86400 - 1
    files = []
    for age in range(50):
        rows = [record("192.0.2.10", 100, domain=domain)]
        if age < 3 and bad:
            rows.append(spoofed(bad).replace("example.jp", domain))
        files.append((f"{age}.xml", report_xml(age, rows, day=last - age, domain=domain)))
    keep(house, org, files)


def whom(kind: str) -> list[str]:
    return sorted(Sending.objects.filter(digest__kind=kind).values_list("to", flat=True))


def letter(org: Any, kind: Kind, language: str = "en", now: datetime = MONDAY) -> Any:
    return letters.message(planning.digest_of(org, latest(kind, now, UTC)), language, mail=False)


def test_week_is_told_once_however_often_the_server_looks(house: Any, org: Any, alice: Any, bob: Any) -> None:
    days_of(house, org)
    for minutes in range(0, 300, 50):
        planning.plan(MONDAY + timedelta(minutes=minutes))
    assert whom("weekly") == ["alice@example.jp"], "readers hear only when they wish"
    assert Digest.objects.filter(kind="weekly", organisation=org).count() == 1


def test_quiet_week_is_told_too_and_quiet_day_is_not(house: Any, org: Any, alice: Any) -> None:
    days_of(house, org)
    Wish.objects.create(member=alice.member_set.get(), daily=True)
    planning.plan(MONDAY)
    assert whom("daily") == []
    assert whom("weekly") == ["alice@example.jp"]
    told = letter(org, Kind.WEEKLY)
    assert "A quiet week" in told.subject
    assert "700 messages were reported; 100.0% passed authentication." in told.text


def test_day_with_failures_is_told_to_who_wishes(house: Any, org: Any, alice: Any) -> None:
    days_of(house, org, bad=300)
    Wish.objects.create(member=alice.member_set.get(), daily=True)
    planning.plan(MONDAY)
    assert whom("daily") == ["alice@example.jp"]
    assert "bounce" not in letter(org, Kind.DAILY).subject
    assert "300" in letter(org, Kind.DAILY).text


def test_week_is_told_late_after_the_server_was_down_but_not_a_week_late(org: Any, alice: Any) -> None:
    monday = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
    planning.plan(monday + timedelta(days=5))
    assert whom("weekly") == []
    planning.plan(monday + timedelta(days=3))
    assert whom("weekly") == ["alice@example.jp"]


def test_new_organisation_is_not_told_of_the_week_before_it_was_there(org: Any, alice: Any) -> None:
    Organisation.objects.update(created=MONDAY)
    planning.plan(MONDAY)
    assert not Digest.objects.exists()


def test_channel_gets_the_digests_it_was_given(org: Any, alice: Any) -> None:
    Channel.objects.create(organisation=org, kind="mail", title="Desk", to="desk@example.jp", digests=["monthly"])
    planning.plan(datetime(2026, 11, 3, 0, 0, tzinfo=UTC))
    assert whom("monthly") == ["desk@example.jp"]


def test_sending_that_fails_is_tried_again_and_is_not_made_twice(house: Any, org: Any, alice: Any) -> None:
    planning.plan(MONDAY)
    (sending,) = digests.due(MONDAY)
    channels.failed(sending, MONDAY, "connection refused", permanent=False)
    assert digests.due(MONDAY) == []
    (again,) = digests.due(MONDAY + channels.RESTS[0])
    channels.sent(again, MONDAY, "250 ok")
    planning.plan(MONDAY + timedelta(hours=3))
    assert digests.due(MONDAY + timedelta(days=9)) == []


def test_channel_that_is_switched_off_is_told_of_by_the_others(org: Any, alice: Any) -> None:
    (people,) = channels.the_channels(org.pk)
    chat = Channel.objects.create(organisation=org, kind="slack", title="Ops chat", digests=["weekly"])
    planning.plan(MONDAY)
    chat_sending = Sending.objects.get(channel=chat)
    channels.failed(chat_sending, MONDAY, "HTTP 410", permanent=True)
    assert not Channel.objects.get(pk=chat.pk).is_on
    (told,) = Sending.objects.filter(digest__kind="fault")
    assert (told.channel_id, told.to) == (people.pk, "alice@example.jp")
    said = letters.message(told.digest, "en")
    assert "Ops chat" in said.subject
    assert "HTTP 410" in said.text


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_text_and_html_say_the_same_and_nothing_is_fetched(house: Any, org: Any, alice: Any, kind: Kind, language: str) -> None:
    days_of(house, org, bad=300)
    at = replace(house, now=lambda: int(MONDAY.timestamp()))
    watch.watch_all(at, org.pk)
    told = letter(org, kind, language)
    seen = " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", told.html, flags=re.S)).split())
    for line in told.text.splitlines():
        if line.strip() and line != "-- " and "http" not in line and ": " not in line:
            words = line.strip(" ▲■▶●•0123456789.,").split("  ")[0]
            assert words in seen.replace("&#x27;", "'"), line
    assert not re.search(r"<img|src=|<link|<script|@import|url\(", told.html)
    assert max(map(len, told.html.splitlines())) < 900
    assert "%(" not in told.text + told.html + told.subject + told.brief
    assert told.brief


def test_hostile_names_stay_text(house: Any, org: Any, alice: Any) -> None:
    Organisation.objects.filter(pk=org.pk).update(name=HOSTILE + "\r\nBcc: x@example.net")
    days_of(house, org, bad=300)
    for kind in Kind:
        told = letter(Organisation.objects.get(pk=org.pk), kind)
        assert "<script>" not in told.html


def test_charlie_reads_nothing_of_acme(house: Any, org: Any, other_org: Any, alice: Any, charlie: Any) -> None:
    days_of(house, org, bad=300)
    Domain.objects.create(organisation=other_org, name="example.jp")
    for kind in Kind:
        told = letter(other_org, kind)
        assert "192.0.2" not in told.text
        assert "300" not in told.text
        assert "acme" not in told.text.lower()
    planning.plan(MONDAY)
    charlies = Sending.objects.filter(digest__organisation=other_org)
    assert {s.to for s in charlies} == {"charlie@other.example"}


def test_person_reads_the_language_of_the_person(org: Any, alice: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    Wish.objects.create(member=alice.member_set.get(), language="en")
    planning.plan(MONDAY)
    (sending,) = digests.due(MONDAY)
    told: list[Any] = []
    monkeypatch.setattr(telling, "hand_over", lambda _channel, _to, message, **_more: told.append(message) or "ok")
    telling.deliver(sending, 0)
    assert "Weekly summary" in told[0].subject
    assert "/unsubscribe/" in told[0].unsubscribe


def test_warning_is_told_in_one_weekly_summary_and_not_in_two(house: Any, org: Any, alice: Any) -> None:
    days_of(house, org, bad=300)
    at = replace(house, now=lambda: int(MONDAY.timestamp()))
    watch.watch_all(at, org.pk)
    told = []
    for weeks in range(3):
        now = MONDAY + timedelta(weeks=weeks)
        planning.plan(now)
        digest = Digest.objects.filter(organisation=org, kind="weekly").latest("made")
        told.append("Suspicious mail in the name of example.jp surges" in letters.message(digest, "en", mail=False).text)
    assert told == [False, True, False], "it was raised when the first of them was made"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_many_warnings_at_once_are_listed_with_their_pages(org: Any, alice: Any, language: str) -> None:
    found = [Finding(Rule.NEW_SPOOFER, f"n{n}.example", "x", 20_700, 20_701, 60) for n in range(5)]
    channels.queue(alerts.take(org.pk, found, MONDAY), MONDAY)
    (sending,) = digests.due(MONDAY)
    told = letters.message(sending.digest, language)
    for alert in Alert.objects.all():
        assert f"/acme/alerts/{alert.pk}/" in told.text
        assert f"/acme/alerts/{alert.pk}/" in told.html
    assert "5" in told.subject


def test_notice_of_a_fault_names_no_way_out(org: Any, alice: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    channels.the_channels(org.pk)
    chat = Channel.objects.create(organisation=org, kind="slack", title="Chat", digests=["weekly"])
    planning.plan(MONDAY)
    channels.failed(Sending.objects.get(channel=chat), MONDAY, "HTTP 404", permanent=True)
    told: list[Any] = []
    monkeypatch.setattr(telling, "hand_over", lambda _channel, _to, message, **_more: told.append(message) or "ok")
    telling.deliver(Sending.objects.get(digest__kind="fault"), 0)
    assert told[0].unsubscribe == "", "whoever looks after channels must hear of it"


def test_monthly_mail_carries_the_report_as_a_pdf_and_a_chat_only_the_link(house: Any, org: Any, alice: Any) -> None:
    days_of(house, org, bad=300)
    digest = planning.digest_of(org, latest(Kind.MONTHLY, MONDAY, UTC))
    (file,) = letters.message(digest, "ja").attachments
    assert (file.name, file.kind) == ("sekisho-acme-2026-10-ja.pdf", "application/pdf")
    assert file.data.startswith(b"%PDF")
    told = letters.message(digest, "ja", mail=False)
    assert told.attachments == ()
    assert told.url.endswith("/acme/papers/")


def test_what_is_long_past_is_forgotten(org: Any, alice: Any) -> None:
    planning.plan(MONDAY)
    planning.plan(MONDAY + timedelta(weeks=1))
    assert Digest.objects.filter(organisation=org, kind="weekly").count() == 2
    planning.plan(MONDAY + timedelta(weeks=58))
    assert list(Digest.objects.filter(organisation=org, kind="weekly").values_list("period", flat=True)) == ["2026-W49", "2028-W01"]
