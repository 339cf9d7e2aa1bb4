"""Who may see what: made from the list of addresses itself, so that no page can be forgotten."""

from collections.abc import Mapping

import pytest
from django.test import Client
from django.urls import URLPattern
from tests.web.pages.conftest import SPOOFER, Story

from sekisho.flow import House
from sekisho.registry.models import Channel, Organisation
from sekisho.store.query import Filter, Page
from sekisho.web.pages.urls import org_urls

SAMPLES = {
    "name": "example.jp",
    "key": "1",
    "address": SPOOFER,
    "number": "1",
    "format": "csv",
    "term": "dkim",
    "kind": "imap",
    "month": "2026-10",
}
POSTED = {
    "deliveries_adopt",
    "deliveries_reread",
    "decide",
    "failure_look",
    "domain_dns_look",
    "alert_act",
    "settings_channel_act",
    "settings_token_revoke",
    "settings_keeping_hold",
    "settings_keeping_lift",
    "settings_keeping_export",
    "settings_people_invite",
    "settings_people_rules",
    "settings_person_role",
    "settings_person_remove",
    "settings_invitation_withdraw",
    "settings_sso_remove",
} | {f"settings_inbox_{action}" for action in ("test", "pause", "resume", "remove", "sign_in", "signed_in")}


def address(pattern: URLPattern, org: str = "acme", values: Mapping[str, str] = SAMPLES) -> str:
    """An address of the pattern with some value for each of its parts."""
    values = {**SAMPLES, **values}
    path = str(pattern.pattern)
    for name in pattern.pattern.converters:
        kind = next(part for part in path.split("<") if part.endswith(f":{name}>") or f":{name}>" in part).split(">")[0]
        path = path.replace(f"<{kind}>", values[name])
    return f"/{org}/{path}"


def test_strangers_are_led_to_sign_in(client: Client, org: Organisation, store: object) -> None:
    for pattern in org_urls:
        for send in (client.get, client.post):
            answer = send(address(pattern))
            assert answer.status_code == 302, pattern.name
            assert answer["Location"].startswith("/accounts/login/?next="), pattern.name


def test_charlie_sees_nothing_of_hers(client_charlie: Client, story: Story) -> None:
    for pattern in org_urls:
        for send in (client_charlie.get, client_charlie.post):
            assert send(address(pattern)).status_code == 404, pattern.name


def is_his_channel(pattern: URLPattern, values: Mapping[str, str]) -> bool:
    """Whether it is the page of the channel that his own list of channels has made; it may bear the number of a thing of hers."""
    return pattern.name == "settings_channel" and Channel.objects.filter(pk=values["number"], organisation__slug="other").exists()


def test_charlie_finds_nothing_of_hers_in_his_own_organisation(
    client_charlie: Client, house: House, org: Organisation, story: Story
) -> None:
    report = house.store.reports(Filter(org.pk, 0, 10**6), Page()).rows[0]
    hers = {"key": str(report.key), "number": str(report.delivery)}  # type: ignore[attr-defined]
    for pattern in org_urls:
        if pattern.name in POSTED:
            continue
        answer = client_charlie.get(address(pattern, "other", hers))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if set(pattern.pattern.converters) & {"name", "key", "address", "number"} and not is_his_channel(pattern, hers):
            assert answer.status_code == 404, pattern.name
        for secret in ("example.jp</", "receiver.example", "192.0.2.10"):
            assert secret not in body.decode(), pattern.name


@pytest.mark.parametrize("name", [*sorted(POSTED), "upload"])
def test_changes_need_the_token_against_forged_requests(name: str, alice: object, store: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)  # type: ignore[arg-type]
    pattern = next(p for p in org_urls if p.name == name)
    assert strict.post(address(pattern), {"verdict": "spoof", "source_ip": SPOOFER, "domain": "a.example"}).status_code == 403


@pytest.mark.parametrize("name", sorted(POSTED))
def test_changes_are_not_made_by_links(name: str, client_alice: Client, store: object) -> None:
    pattern = next(p for p in org_urls if p.name == name)
    assert client_alice.get(address(pattern)).status_code == 405


def test_every_page_is_guarded_by_the_organisation() -> None:
    assert all(getattr(pattern.callback, "is_org_page", False) for pattern in org_urls)
