"""What people wish to hear, and quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sekisho.core.alerts.values import Finding, Rule, Severity
from sekisho.registry import alerts, channels, wishes
from sekisho.registry.models import Alert, Channel, Notice
from sekisho.registry.wishes import Manners, When, Wish

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 6, 15, tzinfo=UTC)
"""15:15 in Tokyo."""


def raised(org: Any, rule: Rule = Rule.SURGE, domain: str = "example.jp") -> Alert:
    (alert,) = alerts.take(org.pk, [Finding(rule, domain, "x", 20_700, 20_701, 500)], NOW)
    return alert


def told(org: Any, rule: Rule = Rule.SURGE, domain: str = "example.jp") -> list[str]:
    channels.queue([raised(org, rule, domain)], NOW)
    return sorted(Notice.objects.values_list("to", flat=True))


def test_owner_hears_what_is_important_and_reader_nothing(org: Any, alice: Any, bob: Any) -> None:
    assert told(org) == ["alice@example.jp"]


def test_what_is_only_for_information_waits_for_the_weekly_summary(org: Any, alice: Any) -> None:
    assert told(org, Rule.NEW_SOURCE) == []
    assert wishes.when(wishes.wish_of(alice.member_set.get()), Rule.NEW_SOURCE) is When.WEEKLY


def test_reader_who_wishes_hears_and_owner_who_does_not_does_not(org: Any, alice: Any, bob: Any) -> None:
    Wish.objects.create(member=alice.member_set.get(), rules={"surge": "weekly"})
    Wish.objects.create(member=bob.member_set.get(), rules={"surge": "once"})
    assert told(org) == ["bob@example.jp"]


def test_person_who_is_gone_or_inactive_hears_nothing(org: Any, alice: Any) -> None:
    type(alice).objects.filter(pk=alice.pk).update(is_active=False)
    assert told(org) == []
    assert wishes.member_of(org.pk, "alice@example.jp") is None


def test_nonsense_in_a_wish_is_the_default(org: Any, alice: Any) -> None:
    Wish.objects.create(member=alice.member_set.get(), rules={"surge": "shout"})
    assert told(org) == ["alice@example.jp"]


def test_channel_hears_only_of_its_domains(org: Any) -> None:
    Channel.objects.create(organisation=org, kind="mail", title="Desk", to="desk@example.jp", domains="shop.example\nmail.example")
    assert told(org) == []
    assert told(org, domain="shop.example") == ["desk@example.jp"]
    Channel.objects.update(least="notice")
    assert len(told(org, Rule.UNREADABLE, "")) == 2, "what is of no domain goes everywhere"


@pytest.mark.parametrize(
    ("begin", "end", "now", "then"),
    [
        (22, 7, "2026-11-24T23:10+09:00", "2026-11-25T07:00+09:00"),
        (22, 7, "2026-11-25T06:59+09:00", "2026-11-25T07:00+09:00"),
        (22, 7, "2026-11-25T07:00+09:00", "2026-11-25T07:00+09:00"),
        (22, 7, "2026-11-24T21:59+09:00", "2026-11-24T21:59+09:00"),
        (1, 6, "2026-11-24T03:00+09:00", "2026-11-24T06:00+09:00"),
        (8, 8, "2026-11-24T08:30+09:00", "2026-11-24T08:30+09:00"),
        (None, 8, "2026-11-24T03:00+09:00", "2026-11-24T03:00+09:00"),
    ],
)
def test_quiet_hours_end_before_anything_is_told(org: Any, begin: int | None, end: int, now: str, then: str) -> None:
    Manners.objects.create(organisation=org, quiet_from=begin, quiet_until=end)
    at = datetime.fromisoformat(now).astimezone(UTC)
    assert wishes.not_before(org, Severity.IMPORTANT, at) == datetime.fromisoformat(then)
    assert wishes.not_before(org, Severity.URGENT, at) == at, "what is urgent is told at any hour"


def test_notice_waits_for_the_end_of_quiet_hours(org: Any, alice: Any) -> None:
    Manners.objects.create(organisation=org, quiet_from=15, quiet_until=18)
    channels.queue([raised(org, Rule.GENUINE_FAILS)], NOW)
    assert channels.due(NOW) == []
    assert len(channels.due(NOW + timedelta(hours=3))) == 1
