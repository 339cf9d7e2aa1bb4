"""The metrics: numbers alone, for this machine or who shows the token; and whether requests may be sent here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from tests.web.pages.conftest import Story, keep

from sekisho.flow import House
from sekisho.registry.deliveries import accept
from sekisho.registry.models import Inbox, Organisation
from sekisho.web import facts


def numbers(client: Client, **headers: str) -> dict[tuple[str, ...], float]:
    """The samples by name and the values of their labels."""
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_numbers_of_the_install(client: Client, house: House, story: Story, org: Organisation) -> None:
    keep(house, org, [("a.bin", b"nothing")])
    accept(org.pk, [("b.eml", b"x")], door="upload")
    Inbox.objects.create(organisation=org, kind="imap", title="a")
    Inbox.objects.create(organisation=org, kind="imap", title="b", trouble="refused")
    client.get("/healthz")
    found = numbers(client)
    assert found["sekisho_deliveries", "kept"] == 30
    assert found["sekisho_deliveries", "not_a_report"] == 1
    assert found["sekisho_queue_deliveries",] == 1
    assert found["sekisho_queue_oldest_seconds",] >= 0
    assert found["sekisho_inboxes", "imap", "well"] == found["sekisho_inboxes", "imap", "refused"] == 1
    assert found["sekisho_judge_backlog_domains",] == 0
    assert found["sekisho_facts_up",] == 1
    assert found["sekisho_http_requests_total", "2xx", "health"] >= 1
    assert any(name == "sekisho_build_info" for name, *_labels in found)


def test_no_name_of_anybody_is_in_them(client: Client, house: House, story: Story, org: Organisation, client_alice: Client) -> None:
    client_alice.get("/acme/domains/example.jp/")
    text = client.get("/metrics").content.decode()
    for name in ("example.jp", "acme", "Acme", "alice", "receiver.example", "192.0.2"):
        assert name not in text


def test_only_this_machine_is_answered(client: Client, store: object, db: None, settings: Any) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.1").status_code == 403
    assert client.get("/metrics", REMOTE_ADDR="").status_code == 403
    for change in ({"https": "on"}, {"hosts": "sekisho.example.jp"}):
        settings.HOUSE = replace(settings.HOUSE, https="off", hosts="")
        settings.HOUSE = replace(settings.HOUSE, **change)
        assert client.get("/metrics").status_code == 403, "behind a proxy everybody comes from this machine"


def test_with_a_token_everybody_who_shows_it(client: Client, store: object, db: None, settings: Any) -> None:
    settings.HOUSE = replace(settings.HOUSE, metrics_token="long-secret", https="on")
    assert client.get("/metrics").status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer other"}).status_code == 403
    assert client.get("/metrics", headers={"Authorization": "Bearer long-secret"}, REMOTE_ADDR="192.0.2.1").status_code == 200


def test_requests_may_be_sent_where_registry_and_facts_answer(client: Client, store: object, db: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "registry": True, "facts": True})
    kept = facts.store()
    facts.use(None)
    answer = client.get("/readyz")
    facts.use(kept)
    assert (answer.status_code, answer.json()["facts"]) == (503, False)
    assert client.get("/healthz").status_code == 200
