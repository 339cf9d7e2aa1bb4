"""Warnings as people meet them: told once, growing, in hand, snoozed, ended, and never another organisation's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sekisho.core.alerts.values import Finding, Rule
from sekisho.registry import alerts, channels
from sekisho.registry.models import Alert, AlertRule, Organisation, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 6, 15, tzinfo=UTC)
DAY = int(NOW.timestamp()) // 86400
HOUR = timedelta(hours=1)


def org(slug: str = "alice") -> int:
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": slug})[0].pk


def person(email: str = "alice@example.jp") -> User:
    return User.objects.get_or_create(email=email)[0]


def surge(messages: int = 400, first: int = DAY - 1, last: int = DAY, **more: object) -> Finding:
    return Finding(Rule.SURGE, "example.jp", "", first, last, messages, **more)  # type: ignore[arg-type]


def tell(alert: Alert) -> None:
    channels.queue([alert], NOW)
    alert.refresh_from_db()


def test_story_is_told_once() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    tell(alert)
    assert alerts.take(org(), [surge(450)], NOW + HOUR) == []
    assert Alert.objects.get().messages == 450


def test_story_is_told_again_when_it_grew_much_and_a_day_has_passed() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    tell(alert)
    assert alerts.take(org(), [surge(5000)], NOW + HOUR) == []
    assert alerts.take(org(), [surge(5000)], NOW + 25 * HOUR) == [alert]


def test_story_in_hand_is_not_told_again() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    alerts.take_in_hand(alert, person(), NOW)
    assert alerts.take(org(), [surge(90_000)], NOW + 48 * HOUR) == []
    assert Alert.objects.get().person == person()


def test_what_was_resolved_stays_so_for_the_days_it_covered() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    alerts.resolve(alert, person(), NOW)
    assert alerts.take(org(), [surge()], NOW + HOUR) == []
    (again,) = alerts.take(org(), [surge(first=DAY + 5, last=DAY + 6)], NOW + 144 * HOUR)
    assert again.pk != alert.pk


def test_snoozed_story_wakes_when_its_time_has_come() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    tell(alert)
    alerts.snooze(alert, person(), NOW, NOW + 24 * HOUR)
    assert alerts.tend(org(), NOW + 23 * HOUR) == 0
    assert alerts.tend(org(), NOW + 24 * HOUR) == 1
    assert Alert.objects.get().state == "open"
    assert alerts.take(org(), [surge()], NOW + 24 * HOUR) == [alert]


def test_story_snoozed_until_it_changes_wakes_when_it_grows() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    tell(alert)
    alerts.snooze(alert, person(), NOW, None)
    assert alerts.tend(org(), NOW + 100 * HOUR) == 0
    alerts.take(org(), [surge(1200)], NOW + 101 * HOUR)
    assert alerts.tend(org(), NOW + 101 * HOUR) == 1


def test_quiet_story_ends_by_itself_unless_it_still_holds() -> None:
    alerts.take(org(), [surge(), Finding(Rule.REPORTS_STOPPED, "example.jp", "", DAY - 3, DAY)], NOW)
    still = frozenset({(str(Rule.REPORTS_STOPPED), "example.jp", "")})
    assert alerts.tend(org(), NOW + timedelta(days=9), still=still) == 1
    assert {a.rule: a.state for a in Alert.objects.all()} == {"surge": "resolved", "reports_stopped": "open"}


def test_the_most_urgent_comes_first() -> None:
    notice = Finding(Rule.NEW_SOURCE, "example.jp", "svc.sendgrid", DAY, DAY, 50)
    alerts.take(org(), [notice, Finding(Rule.POLICY_CHANGED, "example.jp", "none", DAY, DAY), surge()], NOW)
    assert [a.rule for a in alerts.unended(org())] == ["surge", "policy_changed", "new_source"]


def test_steps_tell_the_whole_story() -> None:
    (alert,) = alerts.take(org(), [surge()], NOW)
    alerts.take_in_hand(alert, person(), NOW)
    alerts.note(alert, person(), NOW, "asked the provider")
    alerts.resolve(alert, person(), NOW)
    assert [s.what for s in alert.steps.order_by("id")] == ["raised", "in_hand", "noted", "resolved"]


def test_charlie_has_none_of_alices_warnings() -> None:
    alerts.take(org(), [surge()], NOW)
    assert not alerts.unended(org("charlie")).exists()
    assert not alerts.spoofing_open(org("charlie")).exists()
    assert len(alerts.take(org("charlie"), [surge()], NOW)) == 1


def test_thresholds_are_of_the_organisation() -> None:
    AlertRule.objects.create(organisation_id=org(), rule="surge", thresholds={"surge_messages": 7, "unknown": 1})
    AlertRule.objects.create(organisation_id=org(), rule="new_source", is_on=False)
    found, off = alerts.thresholds(org())
    assert (found.surge_messages, off) == (7, frozenset({Rule.NEW_SOURCE}))
    assert alerts.thresholds(org("charlie"))[0].surge_messages == 100
