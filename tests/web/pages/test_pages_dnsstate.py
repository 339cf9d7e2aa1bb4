"""The pages of the DNS state: never looked at, in order, in trouble, unknown, changed; who may ask for a look."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.core.dmarc.asked import Table

from sekisho.core.questions import FAILED, answered
from sekisho.core.state.gather import Wanted, gather
from sekisho.core.state.sheet import Sheet, recorded
from sekisho.registry import states
from sekisho.registry.models import Domain, Organisation

PAGE = "/acme/domains/example.jp/dns/"
HOSTILE = "<script>alert(1)</script>"
RECORDS: dict[str, object] = {
    "example.jp NS": "ns1.example.jp",
    "example.jp TXT": "v=spf1 include:mail.example ip4:192.0.2.0/24 -all",
    "mail.example TXT": "v=spf1 a:mx.example.jp ~all",
    "example.jp MX": "10 mx.example.jp",
    "mx.example.jp A": "192.0.2.25",
    "_dmarc.example.jp": "v=DMARC1; p=reject; rua=mailto:d@example.jp",
}


def look(records: dict[str, object], *, hours_ago: float = 0) -> None:
    """Looks into a table and keeps what is found, some time ago."""
    domain = Domain.objects.get(name="example.jp")
    wanted, sheet = Wanted(domain.name), Sheet()
    answered(recorded(gather(wanted), sheet), Table(records))  # type: ignore[arg-type]
    states.keep(domain, wanted, sheet, timezone.now() - timedelta(hours=hours_ago))


def shown(client: Client, path: str = PAGE, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_domain_never_looked_at_says_so(client_alice: Client, store: object) -> None:
    assert "Not looked at yet" in shown(client_alice, "/acme/dns/")
    page = shown(client_alice)
    assert "not been looked at yet" in page or "asks no DNS" in page


def test_the_records_are_shown_with_what_is_said_of_them(client_alice: Client, store: object) -> None:
    look(RECORDS)
    page = shown(client_alice)
    assert "v=DMARC1; p=reject; rua=mailto:d@example.jp" in page
    assert "Mail that fails is refused" in page
    assert "a:mx.example.jp" in page
    assert "2 of at most 10 look-ups" in page
    assert "Nothing has changed since the first look." in page
    assert "拒否されます" in shown(client_alice, language="ja")
    assert "reject" in shown(client_alice, "/acme/dns/")


def test_trouble_comes_first_with_what_to_do(client_alice: Client, store: object) -> None:
    look({**RECORDS, "_dmarc.example.jp": "v=DMARC1; p=reject; rua=mailto:d@reports.example"})
    page = shown(client_alice)
    at = page.index('id="todo"')
    assert "example.jp._report._dmarc.reports.example" in page[at : page.index('id="dmarc"')]


def test_what_is_unknown_is_shown_as_unknown_beside_what_was_known(client_alice: Client, store: object) -> None:
    look(RECORDS, hours_ago=30)
    look({**RECORDS, "_dmarc.example.jp": FAILED})
    page = shown(client_alice)
    assert "Could not be checked" in page
    assert "Shown is what was known before" in page
    assert "v=DMARC1; p=reject" in page
    assert "There is no DMARC record" not in page
    assert "Could not be checked" in shown(client_alice, "/acme/dns/")


def test_a_change_is_in_the_history(client_alice: Client, store: object) -> None:
    look(RECORDS, hours_ago=48)
    look({**RECORDS, "_dmarc.example.jp": "v=DMARC1; p=none; rua=mailto:d@example.jp"})
    page = shown(client_alice)
    history = page[page.index('id="history"') :]
    assert "<del>" in history
    assert "v=DMARC1; p=none" in history


def test_hostile_records_are_escaped(client_alice: Client, store: object) -> None:
    hostile = {**RECORDS, "_dmarc.example.jp": f"v=DMARC1; p=none; x={HOSTILE}", "example.jp TXT": f"v=spf1 include:{HOSTILE} -all"}
    look(hostile, hours_ago=2)
    look({**hostile, "_dmarc.example.jp": f"v=DMARC1; p=none; y={HOSTILE}"})
    page = shown(client_alice)
    assert "&lt;script&gt;alert(1)" in page
    assert HOSTILE not in page


def test_a_look_can_be_asked_for_by_those_who_may_change(client_alice: Client, client_bob: Client, store: object) -> None:
    look(RECORDS, hours_ago=2)
    now = timezone.now()
    assert states.due(now) == []
    assert client_bob.post(PAGE + "look").status_code == 403
    assert states.due(now) == []
    assert client_alice.post(PAGE + "look").status_code == 302
    assert [domain.name for domain in states.due(timezone.now())] == ["example.jp"]


def test_looks_cannot_be_asked_for_in_a_row(client_alice: Client, store: object) -> None:
    look(RECORDS)
    client_alice.post(PAGE + "look")
    assert states.due(timezone.now()) == []


@pytest.mark.parametrize("path", [PAGE, "/acme/dns/"])
def test_charlie_sees_nothing(path: str, client_charlie: Client, org: Organisation, store: object) -> None:
    look(RECORDS)
    assert client_charlie.get(path).status_code == 404
    assert client_charlie.post(PAGE + "look").status_code == 404
    assert "example.jp" not in shown(client_charlie, "/other/dns/")
    assert client_charlie.get("/other/domains/example.jp/dns/").status_code == 404
