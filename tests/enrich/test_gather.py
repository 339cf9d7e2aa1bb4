"""Evidence from places, names and lists together: with a table of geo data and real name servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import dns.message
import dns.rcode
import pytest

from sekisho.core.errors import LookupFailed, SettingsError
from sekisho.core.facts import Evidence, Place
from sekisho.core.terms import Found
from sekisho.enrich.dnsbl import Health, Zone, zones_from
from sekisho.enrich.gather import Gatherer, gatherer
from sekisho.enrich.geo import Geo
from sekisho.enrich.known import write_known
from sekisho.net.dns import Dns, DnsSettings
from tests.enrich.mmdb import write_mmdb
from tests.net.servers import Responder, knot, rbldnsd, says, silence

NOW = 1_790_000_000
NETWORK = {"country_code": "JP", "asn": "AS64500", "as_name": "Example Networks", "as_domain": "example.net"}

FORWARD = """
ns    A     127.0.0.1
mail  A     192.0.2.7
mail  AAAA  2001:db8::7
liar  A     192.0.2.99
real  A     198.51.100.20
"""
REVERSE = "7.2.0 PTR mail.example.test.\n8.2.0 PTR liar.example.test.\n66.2.0 PTR localhost.\n"
REVERSE_CNAME = "20.100.51 CNAME 20.0-63.100.51.198.in-addr.arpa.\n20.0-63.100.51 PTR real.example.test.\n"
REVERSE6 = "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0 PTR mail.example.test.\n"

LIST4 = ":127.0.0.2:Listed\n127.0.0.2\n192.0.2.66\n198.51.100.0/24 :127.0.0.10:Policy\n!198.51.100.20\n"
LIST6 = ":127.0.0.2:Listed\n::ffff:7f00:2/128\n2001:db8:bad::/48\n"
CLOSED = ":127.0.0.2:Closed\n0.0.0.0/1\n128.0.0.0/1\n"


@pytest.fixture
def geo(tmp_path: Path) -> Geo:
    return Geo([write_mmdb(tmp_path / "geo.mmdb", {"192.0.2.0/24": NETWORK, "2001:db8::/32": NETWORK})])


def known(address: str, **more: object) -> Evidence:
    """Evidence on an address of the example network."""
    place = {"place": Place("JP"), "asn": 64500, "as_name": "Example Networks", "as_domain": "example.net"}
    return Evidence(address, **{**place, **more})  # type: ignore[arg-type]


# ---- at hand


def test_what_is_at_hand_is_place_and_network_and_has_no_date(geo: Geo) -> None:
    made = Gatherer(geo, None).at_hand(["192.0.2.7", "10.0.0.1", "junk"])
    assert made == [known("192.0.2.7"), Evidence("10.0.0.1"), Evidence("junk")]


def test_the_sample_wins(geo: Geo) -> None:
    sample = {"192.0.2.7": Evidence("192.0.2.7", Found.YES, "sample.test", at=5)}
    made = Gatherer(geo, None, sample=sample)
    assert made.at_hand(["192.0.2.7"]) == [sample["192.0.2.7"]]
    assert list(made.look_up(["192.0.2.7", "192.0.2.8"])) == [sample["192.0.2.7"]]


def test_without_dns_nothing_is_looked_up(geo: Geo) -> None:
    for dns_ in (None, Dns(DnsSettings(off=True))):
        made = Gatherer(geo, dns_, zones_from(["bl.test"]))
        assert not made.can_look_up
        assert list(made.look_up(["192.0.2.7", "10.0.0.1"])) == []


# ---- from real servers


@pytest.fixture(scope="module")
def real() -> Iterator[Dns]:
    reverse = {
        "192.in-addr.arpa.": REVERSE,
        "198.in-addr.arpa.": REVERSE_CNAME,
        "8.b.d.0.1.0.0.2.ip6.arpa.": REVERSE6,
    }
    lists = {"bl.test": ("ip4set", LIST4), "bl.test#6": ("ip6trie", LIST6), "closed.test": ("ip4set", CLOSED)}
    with (
        knot({"example.test.": FORWARD, **reverse}) as names,
        rbldnsd(lists) as listed,
        # rbldnsd refuses names that are not in its lists; then Knot is asked
        Dns(DnsSettings((("127.0.0.1", listed), ("127.0.0.1", names)))) as dns_,
    ):
        yield dns_


@pytest.mark.needs_knot
@pytest.mark.needs_rbldnsd
def test_real_servers_give_names_and_listings(real: Dns, geo: Geo) -> None:
    made = Gatherer(geo, real, zones_from(["bl.test", "closed.test"]), clock=lambda: NOW)
    addresses = [
        "192.0.2.7",
        "192.0.2.8",
        "192.0.2.9",
        "192.0.2.66",
        "2001:db8::7",
        "2001:db8:bad::1",
        "198.51.100.20",
        "198.51.100.21",
        "10.0.0.1",
    ]
    told: list[tuple[int, int]] = []
    found = {e.address: e for e in made.look_up(addresses, lambda done, of: told.append((done, of)))}
    name = "mail.example.test"
    clean = {"lists_asked": 1, "at": NOW, "cleared": ("bl.test",)}
    bad = {"lists_asked": 1, "at": NOW, "listed": ("bl.test",)}
    assert found == {
        "192.0.2.7": known("192.0.2.7", ptr_state=Found.YES, ptr=name, confirmed=Found.YES, **clean),
        "192.0.2.8": known("192.0.2.8", ptr_state=Found.YES, ptr="liar.example.test", confirmed=Found.NO, **clean),
        "192.0.2.9": known("192.0.2.9", ptr_state=Found.NO, **clean),
        "192.0.2.66": known("192.0.2.66", ptr_state=Found.NO, **bad),
        "2001:db8::7": known("2001:db8::7", ptr_state=Found.YES, ptr=name, confirmed=Found.YES, **clean),
        "2001:db8:bad::1": known("2001:db8:bad::1", ptr_state=Found.NO, **bad),
        "198.51.100.20": Evidence("198.51.100.20", Found.YES, "real.example.test", Found.YES, **clean),
        "198.51.100.21": Evidence("198.51.100.21", Found.NO, **bad),
        "10.0.0.1": Evidence("10.0.0.1", at=NOW),
    }
    assert told == [(n, 9) for n in range(1, 10)]
    assert [(s.zone.name, s.v4, s.v6) for s in made.lists()] == [
        ("bl.test", Health.SOUND, Health.SOUND),
        ("closed.test", Health.LISTS_ALL, Health.LISTS_ALL),
    ]


# ---- from servers that misbehave


def quick(port: int) -> DnsSettings:
    return DnsSettings((("127.0.0.1", port),), timeout_s=0.1, lifetime_s=0.25)


def test_a_failing_zone_is_unknown_and_dated_while_the_dns_lives(geo: Geo) -> None:
    def lame(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        return [says(query, rcode=dns.rcode.SERVFAIL).to_wire()]

    with Responder(lame) as server, Dns(quick(server.port)) as dns_:
        assert list(Gatherer(geo, dns_, clock=lambda: NOW).look_up(["192.0.2.7"])) == [known("192.0.2.7", at=NOW)]


def test_nothing_is_learned_from_a_dead_dns(geo: Geo) -> None:
    with Responder(silence) as server, Dns(quick(server.port)) as dns_, pytest.raises(LookupFailed, match="SEKISHO_DNS_SERVERS"):
        list(Gatherer(geo, dns_).look_up([f"192.0.2.{n}" for n in range(60)]))


def test_a_dns_that_dies_midway_ends_the_look_ups_early(geo: Geo) -> None:
    def one_only(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        name = query.question[0].name.to_text()
        return [says(query, rcode=dns.rcode.NXDOMAIN).to_wire()] if name.startswith("7.") else []

    with Responder(one_only) as server, Dns(quick(server.port)) as dns_:
        found = list(Gatherer(geo, dns_).look_up([f"192.0.2.{n}" for n in (7, *range(20, 80))]))
    assert [e.address for e in found] == ["192.0.2.7"]


def test_hosts_on_which_the_resolver_gives_up_do_not_stop_the_others(geo: Geo) -> None:
    def partly(query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        name = query.question[0].name.to_text()
        return [] if name.startswith("8.") else [says(query, rcode=dns.rcode.NXDOMAIN).to_wire()]

    with Responder(partly) as server, Dns(quick(server.port)) as dns_:
        found = {e.address: e.ptr_state for e in Gatherer(geo, dns_).look_up(["192.0.2.8", "192.0.2.7"])}
    assert found == {"192.0.2.7": Found.NO, "192.0.2.8": Found.UNKNOWN}


@dataclass
class List:
    """A list that answers the self-test and, when `refuses`, nothing else."""

    refuses: bool = False
    tests: int = 0

    def __call__(self, query: dns.message.Message, is_tcp: bool) -> list[bytes]:
        name = query.question[0].name.to_text()
        if name.startswith("2.0.0.127.bl."):
            self.tests += 1
            return [says(query, "127.0.0.2").to_wire()]
        if self.refuses and name.endswith(".2.0.192.bl.test."):
            return [says(query, "127.255.255.254").to_wire()]
        return [says(query, rcode=dns.rcode.NXDOMAIN).to_wire()]


def test_a_list_that_begins_to_refuse_is_left_alone_until_it_is_tested_again(geo: Geo) -> None:
    now = [NOW]
    behaviour = List(refuses=True)
    with Responder(behaviour) as server, Dns(replace(quick(server.port), in_flight=1)) as dns_:
        made = Gatherer(geo, dns_, zones_from(["bl.test"]), clock=lambda: now[0])
        assert [e.lists_asked for e in made.look_up([f"192.0.2.{n}" for n in range(20)])] == [0] * 20
        assert [s.v4 for s in made.lists()] == [Health.REFUSED]
        asked = sum(name.endswith("2.0.192.bl.test") for name, _, _ in server.asked)
        assert asked < 5
        behaviour.refuses = False
        now[0] += 3_600
        assert [e.lists_asked for e in made.look_up(["192.0.2.50"])] == [1]


def test_a_sound_list_is_tested_once_a_day(geo: Geo) -> None:
    now = [NOW]
    behaviour = List()
    with Responder(behaviour) as server:
        for seconds, tests in ((0, 1), (86_399, 1), (86_400, 2)):
            now[0] = NOW + seconds
            if seconds == 0:
                dns_ = Dns(quick(server.port))
                made = Gatherer(geo, dns_, zones_from(["bl.test"]), clock=lambda: now[0])
            elif seconds == 86_400:
                made.dns = Dns(quick(server.port))  # an empty cache: a day has passed for us, not for the loop's clock
            list(made.look_up([f"192.0.2.{seconds % 200}"]))
            assert behaviour.tests == tests
        made.dns.close()
        dns_.close()


# ---- from settings


@dataclass(frozen=True)
class Given:
    """Settings as the doors hand them in."""

    dns_servers: str = "off"
    dnsbl_zones: str = ""
    geo_paths: str = ""
    sample_file: str = ""
    rdap: str = "off"

    def listed(self, name: str) -> tuple[str, ...]:
        return tuple(part for part in str(getattr(self, name)).split(",") if part)


def test_the_settings_make_a_gatherer(tmp_path: Path) -> None:
    own = write_mmdb(tmp_path / "own.mmdb", {"192.0.2.0/24": NETWORK})
    sample = tmp_path / "sample.json"
    write_known(sample, [Evidence("198.51.100.1", Found.NO, at=1)])
    made = gatherer(Given("127.0.0.1:5353", "bl.test", str(own), str(sample)))
    assert made.at_hand(["192.0.2.1", "198.51.100.1"]) == [known("192.0.2.1"), Evidence("198.51.100.1", Found.NO, at=1)]
    assert made.geo.sources()[0].name == "own.mmdb"
    assert made.zones == (Zone("bl.test", "bl.test"),)
    assert made.can_look_up
    made.geo.close()


@pytest.mark.parametrize("given", [Given(dns_servers="nowhere"), Given(dnsbl_zones="x"), Given(sample_file="/does/not/exist")])
def test_wrong_settings_are_named(given: Given) -> None:
    with pytest.raises(SettingsError, match="SEKISHO_"):
        gatherer(given)
