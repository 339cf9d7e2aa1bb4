"""The host page whole: lists with their history, the owner of the network, the question, the letter, notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path

import pytest
import trustme
from django.test import Client
from tests.enrich.registry_servers import RdapServer, bootstrap_file, network, start_rdap
from tests.web.pages.conftest import HOSTILE, SPOOFER, Story

from sekisho.core.facts import Evidence, Group, Place
from sekisho.core.terms import Found
from sekisho.enrich.gather import Gatherer
from sekisho.enrich.geo import Geo
from sekisho.enrich.registries import Registries
from sekisho.flow import House
from sekisho.registry import listings, networks
from sekisho.registry.models import Alert, Decision, Listing
from sekisho.web import judging
from sekisho.web.pages import stays

PAGE = f"/acme/hosts/{SPOOFER}/"
NOW = 1_796_000_000
DAY = 86_400


@pytest.fixture
def rdap(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RdapServer]:
    """Registries that the pages ask."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    server, end = start_rdap(authority)
    made = Registries(str(bootstrap_file(tmp_path, server.url)), sleep=lambda _: None)
    judging.use(replace(house, gatherer=Gatherer(Geo(()), None, registries=made)))
    yield server
    end()


def shown(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_opening_the_page_asks_nobody_and_tells_where_to_ask(client_alice: Client, story: Story, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{SPOOFER}", network())
    assert f'data-load="{PAGE}owner"' in shown(client_alice)
    assert rdap.asked == []
    part = shown(client_alice, PAGE + "owner")
    assert "例示ホスティング株式会社" in part
    assert "abuse@host.example" in part
    assert "RDAP · localhost" in part
    whole = shown(client_alice)
    assert "abuse@host.example" in whole
    assert "data-load" not in whole
    assert len(rdap.asked) == 1


def test_without_the_script_the_link_leads_back(client_alice: Client, story: Story, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{SPOOFER}", network())
    answer = client_alice.get(PAGE + "owner?back=1")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_a_registry_that_fails_leaves_the_owner_unknown(client_alice: Client, story: Story, rdap: RdapServer) -> None:
    rdap.replies[f"/rdap/ip/{SPOOFER}"] = (500, {}, b"")
    assert "could not be asked" in shown(client_alice, PAGE + "owner")
    shown(client_alice, PAGE + "owner")
    assert len(rdap.asked) == 1


def test_what_registries_say_is_escaped(client_alice: Client, story: Story, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{SPOOFER}", network(name=HOSTILE, entities=[]))
    part = shown(client_alice, PAGE + "owner")
    assert HOSTILE not in part
    assert "&lt;script&gt;" in part


def test_charlie_cannot_make_us_ask_about_her_hosts(client_charlie: Client, story: Story, rdap: RdapServer) -> None:
    for path in (PAGE + "owner", f"/other/hosts/{SPOOFER}/owner", f"/other/hosts/{SPOOFER}/letter"):
        assert client_charlie.get(path).status_code == 404
    assert rdap.asked == []


def evidence(**more: object) -> Evidence:
    return replace(Evidence(SPOOFER, Found.NO, at=NOW), **more)


def states(line: stays.ListLine) -> str:
    return "".join({"on": "1", "off": "0", "unknown": "?", "": "."}[day.value] for day in line.days)


@pytest.mark.django_db
def test_lists_show_stays_gaps_and_what_is_unknown() -> None:
    today = NOW // DAY
    for age in (6, 5, 4):
        listings.note([evidence(listed=("a.test",), lists_asked=1, at=NOW - age * DAY)])
    listings.note([evidence(cleared=("a.test",), lists_asked=1, at=NOW - 2 * DAY)])
    now = evidence(listed=("b.test",), lists_asked=2)
    listings.note([now])
    lines = {line.zone: line for line in stays.lines(now, ("a.test", "b.test"), today)}
    assert states(lines["a.test"]) == ".......111?0.0"
    assert states(lines["b.test"]) == ".............1"
    assert (lines["a.test"].state, lines["b.test"].state) == ("over", "listed")
    assert lines["b.test"].since == datetime.fromtimestamp(NOW, UTC)
    fewer = {line.zone: line.state for line in stays.lines(evidence(lists_asked=1), ("c.test", "d.test"), today)}
    assert fewer["c.test"] == fewer["d.test"] == "unknown"


def test_the_page_tells_since_when_a_list_has_it(client_alice: Client, house: House, story: Story) -> None:
    found = evidence(listed=("bl.test",), lists_asked=1)
    house.store.keep_evidence([(found, Group("unknown", ""))])
    listings.note([found])
    Listing.objects.create(address=SPOOFER, zone="old.test", first=_at(0), last=_at(3), ended=_at(5))
    page = shown(client_alice)
    assert f"Listed since {datetime.fromtimestamp(NOW, UTC):%Y-%m-%d}" in page
    assert "listed 1970-01-01 – 1970-01-04, gone by 1970-01-06" in page


def _at(day: int) -> datetime:
    return datetime.fromtimestamp(day * DAY, UTC)


def test_the_letter_has_figures_contact_and_both_languages(client_alice: Client, story: Story) -> None:
    networks.keep(
        "yes", ip_address(SPOOFER), ip_address(SPOOFER), now=NOW, name="Host B.V.", abuse="abuse@host.example", country="NL"
    )
    page = shown(client_alice, PAGE + "letter")
    assert "To the abuse desk of Host B.V.," in page
    assert "600 messages that claim to come from example.jp" in page
    assert 'href="mailto:abuse@host.example?subject=' in page
    japanese = shown(client_alice, PAGE + "letter?language=ja")
    assert "example.jp を名乗るメールが少なくとも 600 通" in japanese
    file = client_alice.get(PAGE + "letter?language=en&as=txt")
    assert file["Content-Disposition"] == f'attachment; filename="abuse-{SPOOFER}.txt"'
    text = file.content.decode()
    assert text.startswith("To: abuse@host.example\r\nSubject: Abuse report: ")
    assert "receiver.example" in text
    assert "alice@example.jp" in text


def test_a_letter_to_a_japanese_network_is_japanese(client_alice: Client, story: Story) -> None:
    networks.keep("yes", ip_address(SPOOFER), ip_address(SPOOFER), now=NOW, name="例示", country="JP")
    assert "例示 不正利用対策ご担当者様" in shown(client_alice, PAGE + "letter")


def test_a_decision_takes_its_note(client_alice: Client, story: Story) -> None:
    assert 'name="note"' in shown(client_alice)
    client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "spoof", "note": "asked sales"})
    assert Decision.objects.get(undone=None).note == "asked sales"
    page = shown(client_alice)
    assert "asked sales" in page
    client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "undo"})
    assert not Decision.objects.filter(undone=None).exists()


def test_a_likely_verdict_asks_the_one_question_until_somebody_has_answered(
    client_alice: Client, house: House, story: Story
) -> None:
    duck = house.store._duck  # type: ignore[attr-defined]
    with duck.transaction():
        duck.write("UPDATE flow SET confidence = 0.75")
    page = re.sub(r"\s+", " ", shown(client_alice))
    assert f"Is {SPOOFER} yours, or a service that sends for you?" in page
    assert "Yes, it is ours" in page
    client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "spoof"})
    assert "yours, or a service" not in shown(client_alice)


def test_the_verdict_tells_when_and_why_it_changed(client_alice: Client, story: Story) -> None:
    client_alice.post("/acme/decide", {"source_ip": SPOOFER, "verdict": "forwarded"})
    page = shown(client_alice)
    assert "History of the verdict" in page
    assert "(a decision)" in page


def test_the_banner_stands_on_every_page_until_somebody_has_it_in_hand(
    client_alice: Client, client_charlie: Client, house: House, story: Story
) -> None:
    lead = "A surge of suspicious mail in the name of example.jp."
    pages = ("overview", "groups/", "hosts/", "map", "reports/", "deliveries/", "settings/inboxes/", "help/", "domains/new")
    for path in pages:
        assert lead in shown(client_alice, f"/acme/{path}"), path
    assert "A surge" not in shown(client_charlie, "/other/groups/")
    client_alice.post(f"/acme/alerts/{Alert.objects.get(rule='surge').pk}/act", {"what": "take"})
    for path in pages:
        assert lead not in shown(client_alice, f"/acme/{path}"), path


def test_a_place_of_the_map_leads_to_its_hosts(client_alice: Client, house: House, story: Story) -> None:
    there = Place("NL", "Den Haag, Zuid", 52.1, 4.3)
    house.store.keep_evidence([(evidence(place=there), Group("unknown", ""))])
    page = shown(client_alice, "/acme/map")
    link = re.search(r'href="(/acme/hosts/\?place=[^"]+)"', page)
    assert link is not None
    assert json.dumps(link[1]) in page
    listed = shown(client_alice, link[1])
    assert SPOOFER in listed
    assert "192.0.2.10" not in listed
    assert "Den Haag, Zuid, Netherlands" in listed
    assert SPOOFER in shown(client_alice, "/acme/hosts/?place=NL")
    for nowhere in ("NL/", "JP", HOSTILE, "/" * 50):
        other = client_alice.get("/acme/hosts/", {"place": nowhere})
        assert other.status_code == 200
        assert f">{SPOOFER}<" not in other.content.decode()
