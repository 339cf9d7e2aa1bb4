"""Campaigns as people see them: the list, one of them, the overview, the files."""

from __future__ import annotations

import csv
import json
import re

import pytest
from django.test import Client
from tests.builders import record, report_xml
from tests.web.pages.conftest import OWN, keep, yesterday

from sekisho.core.facts import FlowKey, Verdict
from sekisho.core.terms import Class
from sekisho.flow import House
from sekisho.registry.models import Organisation
from sekisho.store.base import Judged

HOSTS = ("203.0.113.1", "203.0.113.2", "203.0.113.3", "198.51.100.200")


@pytest.fixture
def campaign(house: House, org: Organisation) -> int:
    """Four spoofers that began yesterday with one foreign envelope sender, among proper mail; their key."""
    day = yesterday()
    made = [record(ip, 10, dkim="fail", spf="pass", envelope="bulk.example") for ip in HOSTS]
    made = [text.replace("<spf>pass</spf>", "<spf>fail</spf>", 1) for text in made]
    files = [(f"{n}.xml", report_xml(n, [record(OWN, 100)], day=day - n)) for n in range(1, 20)]
    keep(house, org, [*files, ("0.xml", report_xml(0, [record(OWN, 100), *made], day=day))])
    flows = list(house.store.failing_flows(org.pk, ["example.jp"], since=0, until=day))
    house.store.judged([Judged(FlowKey(*flow.key), Verdict(Class.SPOOF, 0.9, ())) for flow, _ in flows], at=1, why="new_reports")
    (source,) = {b.first_day for b in house.store.beginnings(_all(org))}
    return source


def _all(org: Organisation) -> object:
    from sekisho.store.query import Filter

    return Filter(org.pk, 0, 10**6)


def get(client: Client, path: str) -> str:
    """A page in English."""
    answer = client.get(path, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_list_leads_to_the_campaign_and_the_overview_to_both(client_alice: Client, campaign: int) -> None:
    text = get(client_alice, "/acme/campaigns/")
    url = re.search(r'href="(/acme/campaigns/\d+/)"', text)
    assert url is not None
    assert url[1] in get(client_alice, "/acme/overview")
    one = get(client_alice, url[1])
    assert "4 hosts, 40 messages" in one
    assert all(host in one for host in HOSTS)
    assert "envelope sender bulk.example" in one
    assert "all delivered" in one
    assert OWN not in one


def test_a_little_that_goes_on_for_ever_is_no_news_for_the_overview(
    client_alice: Client, house: House, org: Organisation, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = re.search(r'href="(/acme/campaigns/\d+/)"', get(client_alice, "/acme/campaigns/"))
    assert url is not None
    monkeypatch.setattr("sekisho.core.campaigns.NEWS_DAYS", 0)  # as if it had begun long ago
    assert url[1] not in get(client_alice, "/acme/overview")
    assert url[1] in get(client_alice, "/acme/campaigns/")
    monkeypatch.setattr("sekisho.core.campaigns.NEWS_MESSAGES", 40)
    assert url[1] in get(client_alice, "/acme/overview")


def test_the_files_have_all_of_it(client_alice: Client, campaign: int) -> None:
    answer = client_alice.get("/acme/export/campaigns.json")
    (row,) = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert (row["sources"], row["messages"], row["domains"]) == (4, 40, "example.jp")
    answer = client_alice.get(f"/acme/campaigns/{row['campaign']}.csv")
    lines = csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines())  # type: ignore[attr-defined]
    assert sorted(line["source_ip"] for line in lines) == sorted(HOSTS)


def test_charlie_sees_no_campaign_of_hers(client_alice: Client, client_charlie: Client, campaign: int) -> None:
    answer = client_alice.get("/acme/export/campaigns.json")
    (row,) = json.loads(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    for path in ("/acme/campaigns/", f"/acme/campaigns/{row['campaign']}/", f"/other/campaigns/{row['campaign']}/",
                 f"/other/campaigns/{row['campaign']}.csv", "/acme/export/campaigns.csv"):  # fmt: skip
        assert client_charlie.get(path).status_code == 404, path
    assert "203.0.113" not in client_charlie.get("/other/campaigns/").content.decode()
    answer = client_charlie.get("/other/export/campaigns.json")
    assert json.loads(b"".join(answer.streaming_content)) == []


def test_without_any_there_is_a_good_word(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [("1.xml", report_xml(1, [record(OWN, 5)], day=yesterday()))])
    assert "No sources of suspected spoofing began together" in get(client_alice, "/acme/campaigns/")
