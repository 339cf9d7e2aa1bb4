"""Notices: queued for those who want them, tried again, given up aloud, and never another organisation's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.core.alerts.values import Finding, Rule
from sekisho.registry import alerts, channels, digests
from sekisho.registry.models import Alert, AlertStep, Channel, Member, Notice, Organisation, Role, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 6, 15, tzinfo=UTC)


@pytest.fixture
def acme() -> Organisation:
    org = Organisation.objects.create(slug="acme", name="Acme")
    for name, role in (("alice", Role.OWNER), ("bob", Role.READER)):
        Member.objects.create(organisation=org, user=User.objects.create(email=f"{name}@example.jp"), role=role)
    return org


def raised(org: Organisation, rule: Rule = Rule.SURGE, about: str = "") -> Alert:
    (alert,) = alerts.take(org.pk, [Finding(rule, "example.jp", about, 20_700, 20_701, 500)], NOW)
    return alert


def test_administrators_are_told_at_first_and_readers_are_not(acme: Organisation) -> None:
    assert channels.queue([raised(acme)], NOW) == 1
    (notice,) = channels.due(NOW)
    assert (notice.to, notice.channel.kind) == ("alice@example.jp", "mail")


def test_notice_is_told_once(acme: Organisation) -> None:
    alert = raised(acme)
    channels.queue([alert], NOW)
    (notice,) = channels.due(NOW)
    channels.sent(notice, NOW, "alice@example.jp")
    assert channels.due(NOW) == []
    assert alerts.take(acme.pk, [Finding(Rule.SURGE, "example.jp", "", 20_700, 20_701, 500)], NOW + timedelta(hours=1)) == []
    assert AlertStep.objects.filter(alert=alert, what="told").count() == 1


def test_channel_is_told_only_what_it_wants(acme: Organisation) -> None:
    assert channels.queue([raised(acme, Rule.NEW_SOURCE, "svc.sendgrid")], NOW) == 0
    Channel.objects.update(least="notice")
    assert channels.queue([raised(acme, Rule.UNREADABLE)], NOW) == 1


def test_fault_is_tried_again_with_growing_rests_and_then_given_up(acme: Organisation) -> None:
    channels.queue([raised(acme)], NOW)
    now, rests = NOW, []
    for _ in range(len(channels.RESTS) + 1):
        (notice,) = channels.due(now)
        channels.failed(notice, now, "connection refused", permanent=False)
        notice.refresh_from_db()
        rests.append(notice.due - now)
        assert channels.due(now + timedelta(seconds=1)) == []
        now = max(now, notice.due)
    assert tuple(rests[:-1]) == channels.RESTS
    assert channels.due(now + timedelta(days=9)) == []
    channel = Channel.objects.get()
    assert channel.is_on, "a mail server that was away for a day says nothing against the channel"
    assert "connection refused" in channel.trouble


def test_permanent_fault_switches_the_channel_off_and_says_so(acme: Organisation) -> None:
    channels.queue([raised(acme)], NOW)
    channels.failed(channels.due(NOW)[0], NOW, "HTTP 410", permanent=True)
    channel = Channel.objects.get()
    assert (channel.is_on, channel.trouble) == (False, "HTTP 410")
    assert AlertStep.objects.filter(what="failed", text__contains="HTTP 410").exists()


def test_one_wrong_address_of_several_does_not_silence_the_others(acme: Organisation) -> None:
    Channel.objects.create(organisation=acme, kind="mail", title="All", to="a@example.jp\nb@example.jp")
    channels.queue([raised(acme)], NOW)
    first, second = channels.due(NOW)
    channels.failed(first, NOW, "550 no such user", permanent=True)
    assert Channel.objects.get().is_on
    assert channels.due(NOW) == [second]


def spoofers(org: Organisation, numbers: range) -> list[Alert]:
    found = [Finding(Rule.NEW_SPOOFER, "example.jp", f"dom.n{n}.example", 20_700, 20_701, 60) for n in numbers]
    return alerts.take(org.pk, found, NOW)


def test_many_at_once_are_one_message_that_lists_them(acme: Organisation) -> None:
    some = spoofers(acme, range(80))
    assert channels.queue(some, NOW) == 1
    assert channels.due(NOW) == []
    (sending,) = digests.due(NOW)
    assert sending.digest.values["alerts"] == [alert.pk for alert in some]
    channels.sent(sending, NOW, "250 ok")
    assert AlertStep.objects.filter(what="told").count() == 80, "each warning says that it was told"


def test_few_at_once_are_told_one_by_one(acme: Organisation) -> None:
    assert channels.queue(spoofers(acme, range(3)), NOW) == 3
    assert len(channels.due(NOW)) == 3


def test_flood_over_a_day_is_cut(acme: Organisation) -> None:
    made = sum(channels.queue(spoofers(acme, range(n, n + 2)), NOW) for n in range(0, 80, 2))
    assert made == channels.MOST_A_DAY


def test_address_and_key_of_a_webhook_are_sealed(acme: Organisation) -> None:
    channel = Channel(organisation=acme, kind="webhook", title="Chat")
    channels.seal_values(channel, {"url": "https://chat.example/secret-path", "key": "whsec_a"})
    channel.save()
    found = Channel.objects.get()
    assert b"secret-path" not in bytes(found.sealed)
    assert channels.values_of(found) == {"url": "https://chat.example/secret-path", "key": "whsec_a"}


def test_charlies_channels_hear_nothing_of_acme(acme: Organisation) -> None:
    other = Organisation.objects.create(slug="other", name="Other")
    Channel.objects.create(organisation=other, kind="mail", title="All", to="charlie@example.net", least="notice")
    channels.queue([raised(acme)], NOW)
    assert {n.to for n in Notice.objects.all()} == {"alice@example.jp"}
