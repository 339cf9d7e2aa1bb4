"""TLS reports on the pages: the sentence, the sums, what to do, one report, and hostile content."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.pages.conftest import HOSTILE, keep, yesterday
from tests.web.pages.test_pages_shown import LANGUAGES, links_of, text_of

from sekisho.flow import House
from sekisho.registry.models import Organisation
from sekisho.store.query import Filter, Page


def told(day: int, *, failed: int = 0, name: str = "Sender Inc.", kind: str = "certificate-expired", **more: Any) -> bytes:
    """A TLS report on one day: 100 sessions went well."""
    import datetime as dt

    date = dt.date(1970, 1, 1) + dt.timedelta(days=day)
    details = [
        {
            "result-type": kind,
            "sending-mta-ip": "192.0.2.9",
            "receiving-mx-hostname": "mx2.example.jp",
            "failed-session-count": failed,
            "failure-reason-code": "X509",
        }
    ]
    policy = {
        "policy": {
            "policy-type": "sts",
            "policy-string": ["version: STSv1", "mode: enforce"],
            "policy-domain": "example.jp",
            "mx-host": ["*.example.jp"],
        },
        "summary": {"total-successful-session-count": 100, "total-failure-session-count": failed},
        **({"failure-details": details} if failed else {}),
    }
    document = {
        "organization-name": name,
        "date-range": {"start-datetime": f"{date}T00:00:00Z", "end-datetime": f"{date}T23:59:59Z"},
        "contact-info": "tls@sender.example",
        "report-id": f"{date}.1",
        "policies": [policy],
        **more,
    }
    return json.dumps(document).encode()


@pytest.fixture
def some(house: House, org: Organisation) -> int:
    """Three days of reports, the last with failures; returns the last day."""
    last = yesterday()
    keep(house, org, [(f"{n}.json", told(last - n, failed=5 if n == 0 else 0)) for n in range(3)])
    return last


def key_of(house: House, org: Organisation) -> int:
    return house.store.tls_reports(Filter(org.pk, 0, 10**6), Page("-failed")).rows[0].key  # type: ignore[attr-defined]


@LANGUAGES
def test_the_page_answers_first_and_says_what_to_do(client_alice: Client, some: int, lang: str) -> None:
    answer = client_alice.get("/acme/tls/", headers={"accept-language": lang})
    text = text_of(answer)
    words = {
        "en": (
            "5 of 305 connections",
            "The certificate had expired",
            "certificate-expired",
            "Renew the certificate",
            "mx2.example.jp",
            "MTA-STS",
            "1.6%",
        ),
        "ja": (
            "接続 305 件のうち 5 件",
            "証明書が期限切れでした",
            "certificate-expired",
            "証明書を更新し",
            "mx2.example.jp",
            "MTA-STS",
            "1.6%",
        ),
    }
    for each in words[lang]:
        assert each in text, each
    assert answer.context["whole"].sessions == 305


def test_without_failures_nothing_is_to_do(client_alice: Client, house: House, org: Organisation) -> None:
    keep(house, org, [("a.json", told(yesterday()))])
    text = text_of(client_alice.get("/acme/tls/", headers={"accept-language": "en"}))
    assert "all 100 connections" in text
    assert "Nothing needs to be done" in text


@LANGUAGES
def test_before_the_first_report_the_record_to_publish_is_shown(client_alice: Client, store: object, lang: str) -> None:
    text = text_of(client_alice.get("/acme/tls/", headers={"accept-language": lang}))
    assert "_smtp._tls.example.jp" in text
    assert "v=TLSRPTv1; rua=mailto:tls-reports@example.jp" in text


def test_a_period_without_reports_offers_a_longer_one(client_alice: Client, some: int) -> None:
    text = text_of(client_alice.get("/acme/tls/?from=2020-01-01&to=2020-01-31", headers={"accept-language": "en"}))
    assert "No TLS report in this period." in text


def test_one_report_is_shown_with_its_policies(client_alice: Client, house: House, org: Organisation, some: int) -> None:
    answer = client_alice.get(
        reverse("tls_report", kwargs={"org": "acme", "key": key_of(house, org)}), headers={"accept-language": "en"}
    )
    text = text_of(answer)
    for words in (
        "TLS report of Sender Inc.",
        "105 sessions, of which 5 failed",
        "mode: enforce",
        "*.example.jp",
        "192.0.2.9",
        "X509",
        "tls@sender.example",
    ):
        assert words in text, words
    assert client_alice.get(f"/acme/tls/{2**64}/").status_code == 404


def test_another_organisation_finds_nothing(client_charlie: Client, house: House, org: Organisation, some: int) -> None:
    key = key_of(house, org)
    assert client_charlie.get(f"/acme/tls/{key}/").status_code == 404
    assert client_charlie.get(f"/other/tls/{key}/").status_code == 404
    assert "Sender Inc." not in client_charlie.get("/other/tls/").content.decode()
    assert b"".join(client_charlie.get("/other/export/tls.csv").streaming_content).count(b"\n") == 1


def test_hostile_reports_are_shown_as_text(client_alice: Client, house: House, org: Organisation) -> None:
    hostile = told(
        yesterday(),
        failed=3,
        name=HOSTILE + "\u202e",
        kind=HOSTILE,
        **{"report-id": HOSTILE, "contact-info": "javascript:alert(1)"},
    )
    keep(house, org, [("h.json", hostile)])
    key = key_of(house, org)
    for path in ("/acme/tls/", f"/acme/tls/{key}/"):
        answer = client_alice.get(path, headers={"accept-language": "en"})
        body = answer.content.decode()
        assert "<script>alert" not in body
        assert "Another failure" in text_of(answer)
        assert not [link for link in links_of(answer) if "alert(" in link]


def test_sums_beyond_every_measure_are_shown(client_alice: Client, house: House, org: Organisation) -> None:
    huge = json.loads(told(yesterday()))
    huge["policies"] = [
        {
            "policy": {"policy-type": "x" * 3000, "policy-domain": "example.jp"},
            "summary": {"total-successful-session-count": 10**10},
        }
    ] * 300
    keep(house, org, [("h.json", json.dumps(huge).encode())])
    assert client_alice.get("/acme/tls/").status_code == 200
    answer = client_alice.get(f"/acme/tls/{key_of(house, org)}/")
    assert answer.status_code == 200
    assert len(answer.content) < 500_000


def test_sorting_and_paging(client_alice: Client, some: int) -> None:
    for sort in ("begin", "-begin", "reporter", "domain", "sessions", "-failed", "nonsense"):
        assert client_alice.get(f"/acme/tls/?sort={sort}&page=2&size=50").status_code == 200


def test_the_export_has_a_line_a_policy(client_alice: Client, some: int) -> None:
    text = b"".join(client_alice.get("/acme/export/tls.json").streaming_content)
    lines = json.loads(text)
    assert [line["failed"] for line in lines] == [0, 0, 5]
    assert lines[-1]["failures"] == "certificate-expired:5"
    assert lines[-1]["mx_hosts"] == "*.example.jp"
