"""The first hour on pages: domains added, records shown and checked, and what each person may see and do."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from django.core.cache import cache
from django.test import Client
from tests.builders import record, report_xml
from tests.web.pages.conftest import Story, yesterday

from sekisho.core.questions import NXDOMAIN, Answer, Question, Reply, answered, found
from sekisho.flow import House, drain
from sekisho.registry import proofs
from sekisho.registry.deliveries import accept
from sekisho.registry.models import Domain, Inbox, Organisation
from sekisho.web.pages import proof as looking
from sekisho.web.pages import publishing

FAILED = Answer(Reply.FAILED, why="time-out")
Fake = Callable[[Mapping[str, str | Answer]], None]


@pytest.fixture
def dns(monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A DNS that is a table of TXT records; empty until the test fills it."""
    table: dict[str, str | Answer] = {}

    def answer(question: Question) -> Answer:
        held = table.get(question.name, NXDOMAIN) if question.rtype == "TXT" else NXDOMAIN
        return held if isinstance(held, Answer) else found(held)

    def fill(values: Mapping[str, str | Answer]) -> None:
        table.clear()
        table.update(values)
        cache.clear()

    monkeypatch.setattr(publishing, "is_off", lambda: False)
    monkeypatch.setattr(looking.Dns, "ask", lambda _self, asking, _within: answered(asking, answer))
    fill({})
    return fill


@pytest.fixture
def listener(org: Organisation) -> Inbox:
    """A listener that says its name."""
    return Inbox.objects.create(organisation=org, kind="smtp", title="SMTP", values={"hostname": "reports.example.net"})


def page(client: Client, path: str = "/acme/domains/example.jp/start/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_list_is_pasted_and_what_is_no_domain_is_said(client_alice: Client, org: Organisation, store: object) -> None:
    answer = client_alice.post("/acme/domains/new", {"names": "Example.CO.JP, 日本語.jp\nhttps://shop.example/  not_a domain..x"})
    names = set(org.domains.values_list("name", flat=True))
    assert {"example.co.jp", "xn--wgv71a119e.jp", "shop.example"} <= names
    assert "not_a" in answer.content.decode()
    assert "not_a" not in names


def test_one_domain_leads_to_its_records(client_alice: Client, org: Organisation, store: object) -> None:
    answer = client_alice.post("/acme/domains/new", {"names": "example.co.jp"})
    assert (answer.status_code, answer["Location"]) == (302, "/acme/domains/example.co.jp/start/")


def test_a_reader_adds_nothing(client_bob: Client, org: Organisation, store: object) -> None:
    assert client_bob.post("/acme/domains/new", {"names": "new.example"}).status_code == 403
    assert client_bob.post("/acme/domains/example.jp/start/", {"report_address": "a@b.example"}).status_code == 403
    assert list(org.domains.values_list("name", flat=True)) == ["example.jp"]
    assert "<textarea" not in page(client_bob, "/acme/domains/new")


def test_without_an_inbox_that_is_said_first(client_alice: Client, org: Organisation, store: object) -> None:
    for path in ("/acme/domains/new", "/acme/domains/example.jp/start/"):
        assert "/acme/settings/inboxes/new/" in page(client_alice, path)


def test_the_exact_records_are_shown(client_alice: Client, org: Organisation, listener: Inbox, store: object, dns: Fake) -> None:
    dns({"_dmarc.example.jp": "v=DMARC1; p=quarantine; rua=mailto:old@example.jp"})
    shown = page(client_alice)
    assert f"rua=mailto:old@example.jp<ins>,mailto:{org.report_token}@reports.example.net</ins>" in shown
    assert "example.jp._report._dmarc.reports.example.net" in shown
    assert "sekisho-verification=" + proofs.of(org.domains.get().pk).token in shown
    assert shown.count('data-state="no"') == 3


def test_a_failed_look_is_never_shown_as_missing(
    client_alice: Client, org: Organisation, listener: Inbox, store: object, dns: Fake
) -> None:
    dns(dict.fromkeys(("_dmarc.example.jp", "_sekisho-challenge.example.jp", "_dmarc.reports.example.net"), FAILED))
    shown = page(client_alice)
    assert 'data-state="no"' not in shown
    assert 'data-state="unknown"' in shown
    assert "Not yet there" not in shown


def test_the_waiting_step_comes_when_the_records_are_there(
    client_alice: Client, org: Organisation, listener: Inbox, store: object, dns: Fake
) -> None:
    assert 'data-now="2"' in page(client_alice, "/acme/domains/example.jp/start/check")
    there = {
        "_dmarc.example.jp": f"v=DMARC1; p=none; rua=mailto:{org.report_token}@reports.example.net",
        "example.jp._report._dmarc.reports.example.net": "v=DMARC1",
    }
    dns(there)
    assert 'data-now="3"' in page(client_alice, "/acme/domains/example.jp/start/check")


def test_the_first_report_is_greeted(client_alice: Client, story: Story, listener: Inbox, dns: Fake) -> None:
    shown = page(client_alice)
    assert 'data-now="4"' in shown
    assert "/acme/domains/example.jp/what-if/" in shown


def test_the_proof_lets_held_reports_in(
    client_alice: Client, house: House, org: Organisation, other_org: Organisation, listener: Inbox, dns: Fake
) -> None:
    theirs = Domain.objects.create(organisation=other_org, name="held.example")
    mine = Domain.objects.create(organisation=org, name="held.example")
    accept(org.pk, [("1.xml", report_xml(1, [record("192.0.2.1", 7)], domain="held.example", day=yesterday()))], door="upload")
    while drain(house):
        pass
    shown = page(client_alice, "/acme/domains/held.example/start/")
    assert "Another organisation of this server" in shown
    assert 'data-now="4"' not in shown
    dns({"_sekisho-challenge.held.example": "sekisho-verification=" + proofs.of(mine.pk).token})
    page(client_alice, "/acme/domains/held.example/start/check")
    while drain(house):
        pass
    assert 'data-now="4"' in page(client_alice, "/acme/domains/held.example/start/")
    assert proofs.is_held(other_org.pk, "held.example")
    assert theirs.pk != mine.pk


def test_another_address_can_be_said(client_alice: Client, org: Organisation, store: object, dns: Fake) -> None:
    client_alice.post("/acme/domains/example.jp/start/", {"report_address": "dmarc@example.jp"})
    assert "rua=mailto:dmarc@example.jp" in page(client_alice)
    client_alice.post("/acme/domains/example.jp/start/", {"report_address": "no address"})
    assert proofs.of(org.domains.get().pk).report_address == "dmarc@example.jp"


def test_charlie_reaches_no_first_hour_of_hers(
    client_charlie: Client, org: Organisation, other_org: Organisation, store: object
) -> None:
    for path in ("/acme/domains/new", "/acme/domains/example.jp/start/", "/acme/domains/example.jp/start/check"):
        assert client_charlie.get(path).status_code == 404
    assert client_charlie.get("/other/domains/example.jp/start/").status_code == 404


def test_a_look_is_not_repeated_for_each_who_asks(
    client_alice: Client, org: Organisation, listener: Inbox, store: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[float] = []

    def ask(_self: object, asking: object, _within: float) -> object:
        asked.append(time.time())
        return answered(asking, lambda _question: NXDOMAIN)  # type: ignore[arg-type]

    cache.clear()
    monkeypatch.setattr(publishing, "is_off", lambda: False)
    monkeypatch.setattr(looking.Dns, "ask", ask)
    for _ in range(5):
        page(client_alice, "/acme/domains/example.jp/start/check")
    assert len(asked) == 1


def test_an_install_without_dns_shows_the_record_all_the_same(
    client_alice: Client, org: Organisation, listener: Inbox, store: object
) -> None:
    shown = page(client_alice)
    assert f"v=DMARC1; p=none; rua=mailto:{org.report_token}@reports.example.net" in shown
    assert 'data-state="no"' not in shown


def test_the_overview_of_an_empty_organisation_leads_here(client_alice: Client, org: Organisation, store: object) -> None:
    shown = page(client_alice, "/acme/overview")
    assert 'aria-current="step"' in shown
    assert "/acme/settings/inboxes/new/" in shown
    assert "/acme/domains/new" in shown


def test_a_stray_of_a_domain_of_another_leads_to_the_proof(
    client_charlie: Client, house: House, org: Organisation, other_org: Organisation
) -> None:
    accept(other_org.pk, [("1.xml", report_xml(1, [record("192.0.2.1", 7)], day=yesterday()))], door="upload")
    while drain(house):
        pass
    answer = client_charlie.post("/other/deliveries/adopt", {"domain": "example.jp"})
    assert answer["Location"] == "/other/domains/example.jp/start/"
    while drain(house):
        pass
    for path in ("/other/domains/example.jp/", "/other/overview", "/other/reports/"):
        assert "receiver.example" not in page(client_charlie, path)
    assert "/other/domains/example.jp/start/" in page(client_charlie, "/other/domains/example.jp/")
