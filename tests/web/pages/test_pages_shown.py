"""The pages over a real store: what they show agrees with what was reported, in both languages."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.builders import record, report_xml
from tests.web.pages.conftest import HOSTILE, OWN, SPOOFER, Story, keep, yesterday

from sekisho.flow import House
from sekisho.registry.models import Organisation
from sekisho.store.query import Filter, Page

LANGUAGES = pytest.mark.parametrize("lang", ["ja", "en"])


def text_of(answer: object) -> str:
    """The page without tags, spaces joined."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.S)  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", body)))


def links_of(answer: object) -> list[str]:
    """Where the page leads."""
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', answer.content.decode())]  # type: ignore[attr-defined]


def report_key(house: House, org: Organisation) -> int:
    """The key of the newest report."""
    return house.store.reports(Filter(org.pk, 0, 10**6), Page("-begin")).rows[0].key  # type: ignore[attr-defined]


SIMPLE = ("overview", "domains", "groups", "hosts", "map", "reports", "deliveries", "upload", "help")


@LANGUAGES
@pytest.mark.parametrize("name", SIMPLE)
def test_lists_are_shown(client_alice: Client, story: Story, name: str, lang: str) -> None:
    answer = client_alice.get(reverse(name, kwargs={"org": "acme"}), headers={"accept-language": lang})
    assert answer.status_code == 200
    assert answer["Content-Language"] == lang
    assert f'<html lang="{lang}"' in answer.content.decode()


@LANGUAGES
@pytest.mark.parametrize("name", SIMPLE)
def test_lists_say_what_is_missing_before_the_first_report(client_alice: Client, store: object, name: str, lang: str) -> None:
    answer = client_alice.get(reverse(name, kwargs={"org": "acme"}), headers={"accept-language": lang})
    assert answer.status_code == 200
    if name in ("overview", "groups", "hosts", "map", "reports"):
        assert {"ja": "レポートはまだ届いていません", "en": "No report has arrived yet"}[lang] in text_of(answer)


@LANGUAGES
def test_one_of_each_is_shown(client_alice: Client, house: House, org: Organisation, story: Story, lang: str) -> None:
    key = report_key(house, org)
    group = house.store.groups(Filter(org.pk, 0, 10**6), Page()).rows[0].group  # type: ignore[attr-defined]
    for path in (
        "domains/example.jp/",
        "domains/example.jp/groups/",
        "domains/example.jp/hosts/",
        "domains/example.jp/reports/",
        f"groups/{group}/",
        f"hosts/{SPOOFER}/",
        f"reports/{key}/",
        f"reports/{key}/raw",
        "deliveries/1/".replace("1", str(house.store.report(org.pk, key).delivery)),  # type: ignore[union-attr]
        "help/dkim",
    ):
        answer = client_alice.get(f"/acme/{path}", headers={"accept-language": lang})
        assert answer.status_code == 200, path


def test_overview_agrees_with_the_reports(client_alice: Client, story: Story) -> None:
    shown = text_of(client_alice.get("/acme/overview"))
    assert f"{story.passed + story.spoofed:,} messages were sent in the name of your domain" in shown
    assert re.search(rf"Normal {story.passed:,} ", shown)
    assert re.search(r"Suspected spoofing 600 ", shown)


def test_overview_warns_of_the_surge_and_leads_to_its_group(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/overview")
    shown = text_of(answer)
    assert "A surge of suspicious mail in the name of example.jp." in shown
    assert "600 messages since" in shown
    assert any(link.startswith("/acme/groups/") for link in links_of(answer))
    assert "Look at the suspected spoofing" in shown


def test_overview_is_calm_when_all_passes(client_alice: Client, house: House, org: Organisation) -> None:
    day = yesterday()
    keep(house, org, [("a.xml", report_xml(1, [record(OWN, 5)], day=day))])
    shown = text_of(client_alice.get("/acme/overview"))
    assert "surge" not in shown
    assert "Nothing needs to be done now." in shown
    assert "No source needs a look." in shown


def test_filters_change_the_sums_and_links_keep_them(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/overview?range=7d&reporter=receiver.example")
    assert re.search(r"Normal 700 ", text_of(answer))
    kept = [link for link in links_of(answer) if link.startswith("/acme/") and "?" in link]
    assert kept
    wanted = [link for link in kept if "/help/" not in link and "/upload" not in link]
    assert all("range=7d" in link and "reporter=receiver.example" in link for link in wanted)


def test_every_number_of_the_overview_opens(client_alice: Client, story: Story) -> None:
    for link in set(links_of(client_alice.get("/acme/overview?range=7d"))):
        if link.startswith("/acme/"):
            assert client_alice.get(link).status_code == 200, link


def test_a_filter_that_leads_to_nothing_is_kept_and_explained(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/hosts/?host=198.51.100.200")
    assert "No host matches these filters." in text_of(answer)
    assert "Reset the filters" in text_of(answer)
    assert "198.51.100.200" in text_of(answer)


def test_search_takes_address_network_and_name(client_alice: Client, story: Story) -> None:
    for query in (f"host={SPOOFER}", "host=203.0.113.0/24", "q=203.0.113"):
        shown = text_of(client_alice.get(f"/acme/hosts/?{query}"))
        assert SPOOFER in shown
        assert OWN not in shown


def test_hostile_filters_are_told_not_obeyed(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/hosts/", {"host": HOSTILE, "class": HOSTILE, "range": HOSTILE, "page": "0", "sort": HOSTILE})
    assert answer.status_code == 200
    assert HOSTILE not in answer.content.decode()
    assert "was left out" in text_of(answer)


def test_a_host_shows_verdict_reasons_and_who_reported_it(client_alice: Client, story: Story) -> None:
    shown = text_of(client_alice.get(f"/acme/hosts/{SPOOFER}/"))
    assert "A third party is most likely sending in the name of example.jp." in shown
    assert "Why we think so" in shown
    assert "receiver.example 600 all delivered" in shown
    assert "bounce.example" in shown
    assert "Not asked (switched off in the settings)." in shown


def test_a_host_nobody_reported_is_not_found(client_alice: Client, story: Story) -> None:
    for path in ("hosts/198.51.100.200/", "hosts/nonsense/", "hosts/../../etc/passwd/", "groups/dom.nowhere.example/"):
        assert client_alice.get(f"/acme/{path}").status_code == 404


def test_a_domain_of_nobody_is_not_found(client_alice: Client, story: Story) -> None:
    assert client_alice.get("/acme/domains/other.example/").status_code == 404


def test_reports_that_stopped_are_told_where_the_chart_ends(client_alice: Client, house: House, org: Organisation) -> None:
    day = yesterday() - 20
    keep(house, org, [("a.xml", report_xml(1, [record(OWN, 5)], day=day))])
    answer = client_alice.get("/acme/overview")
    assert "No reports have come since" in text_of(answer)
    assert re.search(r"Normal 5 ", text_of(answer))


def test_report_content_is_escaped_everywhere(client_alice: Client, house: House, org: Organisation) -> None:
    nasty = html.escape(HOSTILE)
    xml = report_xml(1, [record(SPOOFER, 500, dkim="fail", spf="fail", envelope=nasty)], day=yesterday(), reporter=nasty)
    keep(house, org, [(HOSTILE + ".xml", xml), ("broken" + HOSTILE, b"<feedback><" + HOSTILE.encode())])
    key = report_key(house, org)
    for path in (
        "overview",
        "hosts/",
        "groups/",
        "reports/",
        f"hosts/{SPOOFER}/",
        f"reports/{key}/",
        f"reports/{key}/raw",
        "deliveries/?show=all",
        "domains/example.jp/",
        "groups/unknown/",
    ):
        answer = client_alice.get(f"/acme/{path}")
        assert answer.status_code == 200, path
        assert HOSTILE not in answer.content.decode(), path
        assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_next_steps_do_not_change_with_the_classes_that_are_shown(client_alice: Client, house: House, org: Organisation) -> None:
    day = yesterday()
    keep(house, org, [("a.xml", report_xml(1, [record(OWN, 900)], day=day))])
    for query in ("", "?class=spoof,normal", "?class=normal&dkim=pass"):
        assert "Ready for a stronger policy" in text_of(client_alice.get(f"/acme/overview{query}"))


def test_comparison_with_a_period_before_the_first_report_says_so(client_alice: Client, story: Story) -> None:
    shown = text_of(client_alice.get("/acme/overview?compare=year"))
    assert "nothing to compare yet" in shown
    assert "Compared" in text_of(client_alice.get("/acme/overview?range=7d&compare=prev"))


def test_no_page_has_an_inline_style_or_script(client_alice: Client, story: Story) -> None:
    for name in SIMPLE:
        body = client_alice.get(reverse(name, kwargs={"org": "acme"})).content.decode()
        assert " style=" not in body
        assert " onclick=" not in body
