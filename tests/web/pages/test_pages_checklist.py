"""The checklist of a domain on its page: counted from reports and records, the same in both languages."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.builders import record, report_xml
from tests.web.pages.conftest import OWN, Story, keep, yesterday

from sekisho.core.questions import NXDOMAIN, Answer, Reply, answered, found
from sekisho.core.state.gather import Wanted, gather
from sekisho.core.state.sheet import Sheet, recorded
from sekisho.flow import House
from sekisho.registry import states
from sekisho.registry.models import Organisation

PAGE = "/acme/domains/example.jp/checklist/"


def look(org: Organisation, table: dict[str, str | Answer]) -> None:
    """A look at the records of example.jp."""
    sheet, wanted = Sheet(), Wanted("example.jp")

    def answer(question: object) -> Answer:
        held = table.get(f"{question.name} {question.rtype}", NXDOMAIN)  # type: ignore[attr-defined]
        return held if isinstance(held, Answer) else found(held)

    answered(recorded(gather(wanted), sheet), answer)
    states.keep(org.domains.get(), wanted, sheet, timezone.now())


def block(client: Client, name: str, path: str = PAGE) -> str:
    """The text of one rule."""
    body = client.get(path, headers={"accept-language": "en"}).content.decode()
    part = body.partition(f'id="{name}"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_what_is_unmet_comes_first_with_what_to_do(client_alice: Client, house: House, org: Organisation) -> None:
    records = [record(OWN, 900), record(OWN, 300, dkim="fail")]
    keep(house, org, [("a.xml", report_xml(1, records, day=yesterday()))])
    look(org, {"example.jp TXT": "v=spf1 ip4:192.0.2.0/24 -all", "_dmarc.example.jp TXT": "v=DMARC1; p=none"})
    text = block(client_alice, "google_bulk")
    assert text.index("DKIM is set up") < text.index("There is a DMARC record")
    assert "900 of 1,200" in text
    assert "Switch DKIM on" in text
    assert "Cannot be seen" in text
    assert "Not met" in block(client_alice, "antiphishing")


def test_spoofed_mail_is_not_held_against_the_owner(client_alice: Client, story: Story, org: Organisation) -> None:
    look(org, {"_dmarc.example.jp TXT": "v=DMARC1; p=none"})
    assert "3,000 of 3,000" in block(client_alice, "docomo")


def test_nothing_is_unmet_before_anything_is_known(client_alice: Client, org: Organisation, store: object) -> None:
    body = client_alice.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Nothing that can be seen is unmet" in body
    assert "Not met" not in body


def test_a_failed_look_is_not_a_missing_record(client_alice: Client, org: Organisation, store: object) -> None:
    failed = Answer(Reply.FAILED, why="time-out")
    look(org, {"_dmarc.example.jp TXT": failed, "example.jp TXT": failed})
    assert "Not met" not in block(client_alice, "docomo")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_rule_names_its_source(client_alice: Client, org: Organisation, store: object, language: str) -> None:
    body = client_alice.get(PAGE, headers={"accept-language": language}).content.decode()
    for source in (
        "support.google.com",
        "senders.yahooinc.com",
        "docomo.ne.jp",
        "au.com",
        "softbank.jp",
        "nisc.go.jp",
        "antiphishing.jp",
    ):
        assert source in body


def test_charlie_does_not_see_it(client_charlie: Client, org: Organisation, other_org: Organisation, store: object) -> None:
    assert client_charlie.get(PAGE).status_code == 404
    assert client_charlie.get("/other/domains/example.jp/checklist/").status_code == 404
