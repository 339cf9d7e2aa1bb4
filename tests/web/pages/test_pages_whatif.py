"""The path to reject and what another policy would have done, as people see it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests.builders import record, report_xml
from tests.web.pages.conftest import OWN, SPOOFER, Story, keep, yesterday

from sekisho.core.facts import Evidence, FlowKey, Group, Verdict
from sekisho.core.questions import Answer, Question, Reply
from sekisho.core.state.gather import Wanted
from sekisho.core.state.sheet import Sheet
from sekisho.core.terms import Class
from sekisho.flow import House
from sekisho.registry import states
from sekisho.registry.models import Decision, Domain, Organisation
from sekisho.store.base import Judged
from sekisho.store.query import Filter, Page

PAGE = "/acme/domains/example.jp/what-if/"


def page(client: Client, query: str = "") -> str:
    """The page in English."""
    answer = client.get(PAGE + query, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_answer_stands_in_one_sentence(client_alice: Client, story: Story) -> None:
    text = page(client_alice)
    assert f"of {story.passed + story.spoofed:,} messages, {story.spoofed} would have been rejected." in text
    assert "and no mail that is most likely genuine" in text
    assert "No mail that is most likely genuine would be hit." in text


def test_the_policy_is_in_the_address_and_in_the_form(client_alice: Client, story: Story) -> None:
    whole = client_alice.get(PAGE + "?p=quarantine&sp=reject&np=&t=&adkim=&aspf=s&range=7d")
    assert whole["Location"] == PAGE + "?p=quarantine&sp=reject&aspf=s&range=7d"
    text = page(client_alice, "?p=quarantine&sp=reject&aspf=s&range=7d")
    assert f"{story.spoofed} would have been quarantined" in text
    assert "v=DMARC1; p=quarantine; sp=reject; aspf=s" in text
    assert '<option value="quarantine" selected>Quarantine (quarantine)</option>' in text
    assert '<option value="s" selected>strict</option>' in text
    assert '<option value="7d" selected>' in text


@pytest.mark.parametrize("query", ["?p=block", "?p=reject&sp=%00&np=x", "?p=" + "r" * 5000, "?t=maybe", "?adkim=<script>"])
def test_a_policy_that_makes_no_sense_is_said_and_reject_shown(client_alice: Client, story: Story, query: str) -> None:
    text = page(client_alice, query)
    assert "This policy makes no sense" in text
    assert f"{story.spoofed} would have been rejected" in text
    assert "<script>alert" not in text
    assert "adkim=<script>" not in text


def test_genuine_flows_that_would_be_hit_are_named_with_what_to_mend(client_alice: Client, house: House, org: Organisation) -> None:
    day = yesterday()
    unsigned = record("192.0.2.77", 40, dkim="fail", spf="fail")
    passed = record("192.0.2.77", 500)
    keep(house, org, [(f"{n}.xml", report_xml(n, [passed, unsigned, record(OWN, 900)], day=day - n)) for n in range(30)])
    text = page(client_alice)
    assert 'id="mend"' in text
    assert "192.0.2.77" in text
    assert "First, mend 1 source" in text
    assert "Rehearsal (next step)" in text
    answer = client_alice.get("/acme/domains/example.jp/what-if.json?p=reject")
    (row,) = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert (row["class"], row["messages"], row["hosts"], row["busiest"], row["asked"]) == (
        "failing",
        1200,
        1,
        "192.0.2.77",
        "p=reject",
    )
    assert row["advice"]


def test_the_file_has_all_groups(client_alice: Client, story: Story) -> None:
    answer = client_alice.get("/acme/domains/example.jp/what-if.csv?p=quarantine")
    lines = list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))  # type: ignore[attr-defined]
    assert [(line["class"], line["asked"], line["messages"]) for line in lines] == [("spoof", "p=quarantine", str(story.spoofed))]
    assert client_alice.get("/acme/domains/example.jp/what-if.xls").status_code == 404


def test_a_domain_in_order_is_ready_for_the_next_step(client_alice: Client, story: Story) -> None:
    text = page(client_alice)
    assert "Ready for “Rehearsal”" in text
    assert "v=DMARC1; p=quarantine; t=y" in text
    domain = client_alice.get("/acme/domains/example.jp/", headers={"accept-language": "en"}).content.decode()
    assert "Ready for “Rehearsal”" in domain
    assert PAGE in domain


def test_the_record_keeps_what_the_dns_has(client_alice: Client, story: Story, org: Organisation) -> None:
    sheet = Sheet()
    sheet.note(
        Question("_dmarc.example.jp", "TXT"), Answer(Reply.FOUND, ("v=DMARC1; p=none; rua=mailto:reports@example.jp; fo=1",))
    )
    states.keep(Domain.objects.get(name="example.jp"), Wanted("example.jp"), sheet, datetime.now(UTC))
    text = page(client_alice)
    assert "v=DMARC1; p=quarantine; t=y; rua=mailto:reports@example.jp" in text
    assert "Keep the tags rua" not in text


def test_a_domain_without_reports_says_so(client_alice: Client, store: object) -> None:
    assert client_alice.get(PAGE).status_code == 200


def test_charlie_has_no_way_in(client_charlie: Client, story: Story) -> None:
    for path in (
        PAGE,
        "/acme/domains/example.jp/what-if.csv",
        "/other/domains/example.jp/what-if/",
        "/other/domains/example.jp/what-if.json",
    ):
        assert client_charlie.get(path).status_code == 404


def test_nothing_of_hers_is_replayed_for_a_domain_both_have_registered(
    client_charlie: Client, story: Story, other_org: Organisation
) -> None:
    Domain.objects.create(organisation=other_org, name="example.jp")
    text = client_charlie.get("/other/domains/example.jp/what-if/").content.decode()
    assert SPOOFER not in text
    assert str(story.spoofed) not in text


def test_a_new_source_that_fails_blocks_until_somebody_decides(
    client_alice: Client, house: House, org: Organisation, alice: object
) -> None:
    day = yesterday()
    files = [(f"{n}.xml", report_xml(n, [record(OWN, 900)], day=day - n)) for n in range(2, 30)]
    new = record("198.51.100.7", 1, dkim="fail", spf="fail")
    keep(house, org, [*files, ("0.xml", report_xml(0, [record(OWN, 900), new], day=day))])
    house.store.keep_evidence([(Evidence("198.51.100.7", at=1), Group("dom.new.example", "new.example"))])
    flows = list(house.store.failing_flows(org.pk, ["example.jp"], since=0, until=day))
    house.store.judged([Judged(FlowKey(*flow.key), Verdict(Class.FAILING, 0.7, ())) for flow, _ in flows], at=1, why="new_reports")
    assert "First, decide on the new source" in page(client_alice)
    (group,) = {row.group for row in house.store.groups(Filter(org.pk, day, day, classes=(Class.FAILING,)), Page()).rows}  # type: ignore[attr-defined]
    Decision.objects.create(organisation=org, group=group, verdict="failing", person=alice)  # type: ignore[misc]
    assert "Ready for “Rehearsal”" in page(client_alice)
