"""From a record that somebody changes in the DNS to the warning, over a real name server."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import translation

from sekisho import watch
from sekisho.enrich.gather import Gatherer
from sekisho.enrich.geo import Geo
from sekisho.flow import House
from sekisho.net.dns import Dns, DnsSettings
from sekisho.net.http import Http
from sekisho.records import refresh
from sekisho.registry import channels, proofs
from sekisho.registry.models import Alert, Organisation, User
from sekisho.web import alertwords
from tests.net.servers import knot, publish

pytestmark = [pytest.mark.needs_knot, pytest.mark.django_db]
ZONE = """
@ TXT "v=spf1 ip4:192.0.2.0/24 -all"
@ MX 10 mx
mx A 192.0.2.25
_dmarc TXT "v=DMARC1; p=quarantine; rua=mailto:d@example.jp"
"""


class Town:
    """A house that asks a name server, whose clock a test moves on."""

    def __init__(self, house: House, port: int) -> None:
        self.port = port
        self.now = int(time.time())
        self._house = house
        self._dns: Dns | None = None

    def look(self, org: Organisation, *, hours: int = 25) -> list[Alert]:
        """Some hours later: the records are looked at, and what changed is told."""
        self.now += hours * 3600
        dns = Dns(DnsSettings.from_text(f"127.0.0.1:{self.port}"))
        house = replace(self._house, gatherer=Gatherer(Geo(()), dns), now=lambda: self.now)
        changed: set[tuple[int, str]] = set()
        with dns:
            refresh(house, Http(), changed=changed)
        return watch.watch(house, org.pk, [name for _org, name in changed]) if changed else []


@pytest.fixture
def town(house: House) -> Iterator[Town]:
    """The usual zone, which takes updates."""
    with knot({"example.jp.": ZONE}, updates=True) as port:
        yield Town(house, port)


def change(town: Town, name: str, rtype: str, *values: str) -> None:
    publish(town.port, "example.jp.", f"{name}.", rtype, *values)


def test_a_weaker_policy_is_told_once_and_in_words(town: Town, org: Organisation, client_alice: Client) -> None:
    assert town.look(org) == []
    change(town, "_dmarc.example.jp", "TXT", '"v=DMARC1; p=none; rua=mailto:d@example.jp"')
    (alert,) = town.look(org)
    assert (alert.rule, alert.severity, alert.domain) == ("record_changed", "urgent", "example.jp")
    with translation.override("en"):
        story = alertwords.story(alert)
    assert story.title == "The DMARC policy of example.jp has become weaker"
    assert "p=quarantine" in story.text
    assert "p=none" in story.text
    assert "/acme/domains/example.jp/dns/" in client_alice.get(f"/acme/alerts/{alert.pk}/").content.decode()
    assert town.look(org) == []
    assert Alert.objects.count() == 1


def test_what_is_put_back_ends_the_warning(town: Town, org: Organisation) -> None:
    town.look(org)
    change(town, "_dmarc.example.jp", "TXT")
    (gone,) = town.look(org)
    assert gone.about.startswith("dmarc_gone")
    change(town, "_dmarc.example.jp", "TXT", '"v=DMARC1; p=quarantine; rua=mailto:d@example.jp"')
    (back,) = town.look(org)
    assert back.severity == "notice"
    gone.refresh_from_db()
    assert gone.state == Alert.State.RESOLVED


def test_a_record_that_is_still_wrong_stays_open(town: Town, org: Organisation, house: House) -> None:
    town.look(org)
    change(town, "example.jp", "TXT", '"v=spf1 +all"')
    (alert,) = town.look(org)
    late = replace(house, now=lambda: town.now + 40 * 86_400)
    watch.watch_all(late, org.pk)
    alert.refresh_from_db()
    assert (alert.state, alert.severity) == (Alert.State.OPEN, "urgent")


def test_a_server_that_is_gone_tells_nothing(house: House, org: Organisation) -> None:
    with knot({"example.jp.": ZONE}, updates=True) as port:
        town = Town(house, port)
        town.look(org)
    assert town.look(org) == []
    assert town.look(org) == []
    assert not Alert.objects.exists()


def test_a_harmless_change_wakes_nobody_and_a_grave_one_does(town: Town, org: Organisation, alice: User) -> None:
    channel = channels.the_channels(org.pk)[0]
    town.look(org)
    change(town, "_dmarc.example.jp", "TXT", '"v=DMARC1; p=reject; rua=mailto:d@example.jp"')
    (stronger,) = town.look(org)
    change(town, "_dmarc.example.jp", "TXT", '"v=DMARC1; p=none; rua=mailto:d@example.jp"')
    weaker = next(alert for alert in town.look(org) if alert.about.startswith("dmarc_weaker"))
    assert channels.told_at_once(channel, stronger) == []
    assert channels.told_at_once(channel, weaker) == [alice.email]


def test_the_proof_is_found_by_the_daily_look(town: Town, org: Organisation) -> None:
    proof = proofs.of(org.domains.get().pk)
    town.look(org)
    assert proofs.of(proof.domain_id).proved is None
    change(town, "_sekisho-challenge.example.jp", "TXT", f'"sekisho-verification={proof.token}"')
    town.look(org)
    assert proofs.of(proof.domain_id).proved is not None


def test_another_organisation_is_told_nothing_of_it(town: Town, org: Organisation, other_org: Organisation) -> None:
    town.look(org)
    change(town, "_dmarc.example.jp", "TXT")
    assert len(town.look(org)) == 1
    assert not Alert.objects.filter(organisation=other_org).exists()


def test_one_domain_alone_can_be_looked_at(town: Town, org: Organisation, house: House) -> None:
    town.look(org)
    change(town, "_dmarc.example.jp", "TXT")
    dns = Dns(DnsSettings.from_text(f"127.0.0.1:{town.port}"))
    changed: set[tuple[int, str]] = set()
    with dns:
        asking = replace(house, gatherer=Gatherer(Geo(()), dns), now=lambda: town.now + 60)
        assert refresh(asking, Http(), changed=changed) == 0
        assert refresh(asking, Http(), only=org.domains.get(), changed=changed) == 1
    assert changed == {(org.pk, "example.jp")}
