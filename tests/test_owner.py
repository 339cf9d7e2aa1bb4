"""Whose a network is, from the flow's side: kept first, then asked, and never lost by a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from sekisho.enrich.gather import Gatherer
from sekisho.enrich.geo import Geo
from sekisho.enrich.registries import Registries
from sekisho.flow import House, owner_of
from tests.enrich.registry_servers import RdapServer, bootstrap_file, network, start_rdap

IP = "203.0.113.87"


@pytest.fixture
def rdap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RdapServer]:
    """An RDAP server, whose authority is trusted here."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    server, end = start_rdap(authority)
    yield server
    end()


@pytest.fixture
def asking(house: House, rdap: RdapServer, tmp_path: Path) -> House:
    """The house, with registries."""
    made = Registries(str(bootstrap_file(tmp_path, rdap.url)), sleep=lambda _: None)
    return replace(house, gatherer=Gatherer(Geo(()), None, registries=made))


def test_the_neighbour_is_known_without_asking(asking: House, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network())
    owner = owner_of(asking, IP)
    assert owner is not None
    assert (owner.name, owner.networks, owner.abuse) == ("例示ホスティング株式会社", "203.0.113.64/26", "abuse@host.example")
    assert owner_of(asking, "203.0.113.88") == owner
    assert len(rdap.asked) == 1


def test_a_failure_is_remembered_for_an_hour_and_takes_nothing_away(asking: House, rdap: RdapServer) -> None:
    rdap.replies[f"/rdap/ip/{IP}"] = (500, {}, b"")
    owner = owner_of(asking, IP)
    assert owner is not None
    assert owner.state == "unknown"
    owner_of(asking, IP)
    assert len(rdap.asked) == 1
    rdap.tell(f"/rdap/ip/{IP}", network())
    later = replace(asking, now=lambda: asking.now() + 3600)
    owner = owner_of(later, IP)
    assert owner is not None
    assert owner.state == "yes"
    rdap.replies[f"/rdap/ip/{IP}"] = (500, {}, b"")
    much_later = replace(asking, now=lambda: asking.now() + 40 * 86_400)
    owner = owner_of(much_later, IP)
    assert owner is not None
    assert owner.state == "yes"


def test_nothing_is_asked_without_registries_or_about_private_addresses(house: House, asking: House, rdap: RdapServer) -> None:
    assert owner_of(house, IP) is None
    assert owner_of(asking, "10.0.0.1") is None
    assert rdap.asked == []
