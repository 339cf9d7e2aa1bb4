"""Warnings on the pages: what happened, who has it, and what Bob and Charlie may not."""

from dataclasses import replace

import pytest
from django.test import Client
from tests.web.pages.conftest import SPOOFER, Story
from tests.web.pages.test_pages_shown import LANGUAGES, text_of

from sekisho import watch
from sekisho.core.alerts.values import Finding, Rule
from sekisho.flow import House
from sekisho.registry import alerts
from sekisho.registry.models import Alert, Organisation


@pytest.fixture
def alert(house: House, org: Organisation, story: Story) -> Alert:
    """The surge of the story, as the watch raises it."""
    (found,) = watch.watch_all(replace(house, now=lambda: (story.last_day + 1) * 86_400), org.pk)
    return found


@LANGUAGES
def test_alert_says_what_happened_and_what_to_do(client_alice: Client, alert: Alert, lang: str) -> None:
    client_alice.cookies["sekisho_language"] = lang
    text = text_of(client_alice.get(f"/acme/alerts/{alert.pk}/"))
    expected = {
        "ja": ("example.jp を名乗る不審なメールが急増しています", "600 通", "ふだんはほとんどありません", "対応を始める", "検知"),
        "en": ("Suspicious mail in the name of example.jp surges", "600", "hardly any", "Take it in hand", "Raised"),
    }
    for words in expected[lang]:
        assert words in text


@LANGUAGES
@pytest.mark.parametrize("rule", list(Rule))
def test_every_rule_has_words(client_alice: Client, org: Organisation, store: object, rule: Rule, lang: str) -> None:
    finding = Finding(rule, "example.jp", "svc.sendgrid", 20_700, 20_702, 1, 0.0, 1, ("svc.sendgrid",), (0, 1), "reject", "none")
    now = org.created
    (alert,) = alerts.take(org.pk, [finding], now)
    client_alice.cookies["sekisho_language"] = lang
    answer = client_alice.get(f"/acme/alerts/{alert.pk}/")
    assert answer.status_code == 200
    assert "%(" not in answer.content.decode()
    assert client_alice.get("/acme/alerts/").status_code == 200


def test_open_alert_is_counted_in_the_navigation(client_alice: Client, alert: Alert) -> None:
    assert '<span class="count hot">1</span>' in client_alice.get("/acme/overview").content.decode()


def test_taking_it_in_hand_is_shown_to_the_others(client_alice: Client, client_bob: Client, alert: Alert) -> None:
    client_alice.post(f"/acme/alerts/{alert.pk}/act", {"what": "take"})
    assert "alice" in text_of(client_bob.get("/acme/alerts/")).lower()


def test_alert_goes_its_whole_way(client_alice: Client, alert: Alert) -> None:
    for form in (
        {"what": "snooze", "for": "week"},
        {"what": "reopen"},
        {"what": "note", "text": "<b>asked</b>"},
        {"what": "resolve"},
    ):
        assert client_alice.post(f"/acme/alerts/{alert.pk}/act", form).status_code == 302
    page = client_alice.get(f"/acme/alerts/{alert.pk}/").content.decode()
    assert "&lt;b&gt;asked&lt;/b&gt;" in page
    assert client_alice.get("/acme/alerts/?state=resolved").content.decode().count(f"/acme/alerts/{alert.pk}/") == 1
    assert f"/acme/alerts/{alert.pk}/" not in client_alice.get("/acme/alerts/").content.decode()


@pytest.mark.parametrize(
    "form", [{}, {"what": "snooze"}, {"what": "snooze", "for": "ever"}, {"what": "note", "text": " "}, {"what": "x"}]
)
def test_act_that_means_nothing_is_refused(client_alice: Client, alert: Alert, form: dict[str, str]) -> None:
    assert client_alice.post(f"/acme/alerts/{alert.pk}/act", form).status_code == 400


def test_bob_may_read_and_not_act(client_bob: Client, alert: Alert) -> None:
    client_bob.post(f"/acme/alerts/{alert.pk}/act", {"what": "resolve"})
    assert Alert.objects.get().state == "open"
    assert "Take it in hand" not in text_of(client_bob.get(f"/acme/alerts/{alert.pk}/"))


def test_charlie_finds_no_alert_of_hers(client_charlie: Client, alert: Alert) -> None:
    assert client_charlie.get(f"/other/alerts/{alert.pk}/").status_code == 404
    assert client_charlie.post(f"/other/alerts/{alert.pk}/act", {"what": "resolve"}).status_code == 404
    assert SPOOFER not in client_charlie.get("/other/alerts/").content.decode()
    assert Alert.objects.get().state == "open"
