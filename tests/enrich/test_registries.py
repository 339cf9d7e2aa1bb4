"""Whose a network is, asked at real servers on loopback: what they tell, and all that can go wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from sekisho.core.errors import SettingsError
from sekisho.core.terms import Found
from sekisho.enrich import registries as room
from sekisho.enrich.rdap import MAX_ANSWER
from sekisho.enrich.registries import Registries
from sekisho.net.http import Patience
from tests.enrich.registry_servers import RdapServer, WhoisServer, bootstrap_file, network, start_rdap, start_whois

IP = "203.0.113.87"


@pytest.fixture
def rdap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RdapServer]:
    """An RDAP server, whose authority is trusted here."""
    authority = trustme.CA()
    pem = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(pem))
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    server, end = start_rdap(authority)
    yield server
    end()


@pytest.fixture
def whois() -> Iterator[WhoisServer]:
    """A WHOIS server."""
    server, end = start_whois()
    yield server
    end()


class Clock:
    """A clock that sleepers move."""

    def __init__(self) -> None:
        self.now = 1_796_000_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def asked_of(tmp_path: Path, *servers: str, clock: Clock | None = None) -> Registries:
    """A client with a bootstrap that names these servers."""
    clock = clock or Clock()
    return Registries(str(bootstrap_file(tmp_path, *servers)), clock=clock, sleep=clock.sleep)


def test_owner_range_and_contact_are_told(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network())
    owner = asked_of(tmp_path, rdap.url).ask(IP).owner
    assert owner is not None
    assert (owner.name, owner.handle, owner.country) == ("例示ホスティング株式会社", "EXAMPLE-HOSTING", "NL")
    assert (owner.networks, owner.abuse, owner.source) == ("203.0.113.64/26", "abuse@host.example", "rdap:localhost")


def test_ipv6_is_asked_in_its_short_form(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.tell("/rdap/ip/2001:db8::7", network("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"))
    owner = asked_of(tmp_path, rdap.url).ask("2001:0db8:0::7").owner
    assert owner is not None
    assert owner.networks == "2001:db8::/32"


@pytest.mark.parametrize("address", ["10.1.2.3", "192.168.0.1", "127.0.0.1", "fe80::1", "::1", "no address", "100.64.1.1"])
def test_private_addresses_are_never_asked_about(tmp_path: Path, rdap: RdapServer, address: str) -> None:
    made = Registries(str(bootstrap_file(tmp_path, rdap.url, network="0.0.0.0/0")))
    assert made.ask(address).state is Found.UNKNOWN
    assert rdap.asked == []


def test_switched_off_asks_nobody() -> None:
    made = Registries("off")
    assert (made.is_off, made.ask(IP).why) == (True, "off")


def test_what_no_registry_knows_is_no_and_not_unknown(tmp_path: Path, rdap: RdapServer) -> None:
    assert asked_of(tmp_path, rdap.url).ask(IP).state is Found.NO


@pytest.mark.parametrize(
    "value",
    [
        network("198.51.100.0", "198.51.100.255"),
        network("203.0.113.255", "203.0.113.0"),
        network("2001:db8::", "2001:db8::ff"),
        {"startAddress": IP},
        {"startAddress": [IP], "endAddress": {}},
        [],
        "text",
        None,
    ],
)
def test_an_answer_about_something_else_is_no_answer(tmp_path: Path, rdap: RdapServer, value: object) -> None:
    rdap.tell(f"/rdap/ip/{IP}", value)
    told = asked_of(tmp_path, rdap.url).ask(IP)
    assert (told.state, told.owner) == (Found.UNKNOWN, None)
    assert "localhost" in told.why


def test_the_whole_address_space_belongs_to_nobody(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network("128.0.0.0", "255.255.255.255"))
    assert asked_of(tmp_path, rdap.url).ask(IP).state is Found.NO


@pytest.mark.parametrize(
    "more",
    [
        {"entities": None},
        {
            "entities": [
                {"roles": "abuse", "vcardArray": [1, 2]},
                7,
                None,
                {"roles": [None], "vcardArray": ["vcard", [["email"], 3]]},
            ]
        },
        {
            "entities": [
                {"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "a b@c.example\r\nBcc: all@c.example"]]]}
            ]
        },
        {"name": {"a": 1}, "country": "Netherlands", "handle": 9},
    ],
)
def test_odd_answers_tell_what_they_can(tmp_path: Path, rdap: RdapServer, more: dict[str, object]) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network(**more))
    owner = asked_of(tmp_path, rdap.url).ask(IP).owner
    assert owner is not None
    assert owner.networks == "203.0.113.64/26"
    assert owner.abuse in ("", "abuse@host.example")


def test_huge_answers_are_refused(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network(remarks=["x" * MAX_ANSWER]))
    told = asked_of(tmp_path, rdap.url).ask(IP)
    assert told.state is Found.UNKNOWN
    assert "larger" in told.why


def test_deep_answers_are_walked_so_far_only(tmp_path: Path, rdap: RdapServer) -> None:
    entity: dict[str, object] = {"roles": ["abuse"], "vcardArray": ["vcard", [["email", {}, "text", "deep@host.example"]]]}
    for _ in range(200):
        entity = {"entities": [entity]}
    rdap.tell(f"/rdap/ip/{IP}", network(entities=[entity]))
    owner = asked_of(tmp_path, rdap.url).ask(IP).owner
    assert owner is not None
    assert owner.abuse == ""


def test_a_redirect_to_a_private_machine_is_not_followed(tmp_path: Path, rdap: RdapServer) -> None:
    elsewhere = rdap.url.replace("localhost", "127.0.0.1")
    rdap.replies[f"/rdap/ip/{IP}"] = (302, {"Location": f"{elsewhere}secret"}, b"")
    rdap.tell("/rdap/secret", network())
    told = asked_of(tmp_path, rdap.url).ask(IP)
    assert (told.state, rdap.asked) == (Found.UNKNOWN, [f"/rdap/ip/{IP}"])
    assert "private" in told.why


def test_a_redirect_within_the_named_server_is_followed_a_few_times(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.replies[f"/rdap/ip/{IP}"] = (301, {"Location": "/other"}, b"")
    rdap.tell("/other", network())
    assert asked_of(tmp_path, rdap.url).ask(IP).state is Found.YES
    rdap.replies["/other"] = (301, {"Location": "/other"}, b"")
    rdap.asked.clear()
    assert "redirects" in asked_of(tmp_path, rdap.url).ask(IP).why
    assert len(rdap.asked) == room.MAX_REDIRECTS + 1


def test_who_asks_too_often_waits_longer_each_time(tmp_path: Path, rdap: RdapServer) -> None:
    clock = Clock()
    made = asked_of(tmp_path, rdap.url, clock=clock)
    rdap.replies[f"/rdap/ip/{IP}"] = (429, {"Retry-After": "300"}, b"")
    assert "wait" in made.ask(IP).why
    clock.now += 299
    assert "wait" in made.ask(IP).why
    assert len(rdap.asked) == 1
    clock.now += 2
    made.ask(IP)
    assert len(rdap.asked) == 2
    clock.now += 599
    made.ask(IP)
    assert len(rdap.asked) == 2
    rdap.tell(f"/rdap/ip/{IP}", network())
    clock.now += 2
    assert made.ask(IP).state is Found.YES


def test_one_server_is_asked_about_once_a_second(tmp_path: Path, rdap: RdapServer) -> None:
    clock = Clock()
    made = asked_of(tmp_path, rdap.url, clock=clock)
    began = clock.now
    for n in range(12):
        made.ask(f"203.0.113.{n}")
    assert len(rdap.asked) == 12
    assert clock.now - began >= 12 - room.BURST


def test_a_server_that_drips_is_cut_off(tmp_path: Path, rdap: RdapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setattr(room, "PATIENCE", Patience(connect_s=1, read_s=0.2, deadline_s=0.3))

    def late() -> tuple[int, dict[str, str], bytes]:
        time.sleep(0.6)
        return 200, {}, b"{}"

    rdap.replies[f"/rdap/ip/{IP}"] = late
    assert asked_of(tmp_path, rdap.url).ask(IP).state is Found.UNKNOWN


def test_a_certificate_of_somebody_else_is_not_trusted(tmp_path: Path, rdap: RdapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    rdap.tell(f"/rdap/ip/{IP}", network())
    assert asked_of(tmp_path, rdap.url).ask(IP).state is Found.UNKNOWN
    assert rdap.asked == []


def test_the_bootstrap_may_come_from_a_server_and_is_kept(tmp_path: Path, rdap: RdapServer) -> None:
    rdap.replies["/rdap/boot.json"] = (200, {}, bootstrap_file(tmp_path, rdap.url).read_bytes())
    rdap.tell(f"/rdap/ip/{IP}", network())
    clock = Clock()
    made = Registries(rdap.url + "boot.json", clock=clock, sleep=clock.sleep)
    assert made.ask(IP).state is Found.YES
    assert made.ask(IP).state is Found.YES
    assert rdap.asked.count("/rdap/boot.json") == 1
    clock.now += room.REFRESH_S
    rdap.replies["/rdap/boot.json"] = (500, {}, b"")
    assert made.ask(IP).state is Found.YES


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"services": [[["no network"], ["https://x/"]]]}', "[" * 100_000])
def test_a_bootstrap_file_that_is_none_is_a_wrong_setting(tmp_path: Path, text: str) -> None:
    file = tmp_path / "boot.json"
    file.write_text(text)
    with pytest.raises(SettingsError, match="SEKISHO_RDAP"):
        Registries(str(file))


def test_the_narrowest_network_of_the_bootstrap_counts(tmp_path: Path, rdap: RdapServer) -> None:
    file = tmp_path / "boot.json"
    wide = [["0.0.0.0/0"], ["https://wide.invalid/"]]
    file.write_text(json.dumps({"services": [wide, [["203.0.113.64/26"], [rdap.url]]]}))
    rdap.tell(f"/rdap/ip/{IP}", network())
    assert Registries(str(file)).ask(IP).state is Found.YES


RIPE = b"""% comment\r
% Abuse contact for '203.0.113.0 - 203.0.113.255' is 'abuse@isp.example'\r
\r
inetnum:        203.0.113.0 - 203.0.113.255\r
netname:        ISP-NET\r
org-name:       ISP B.V.\r
country:        NL\r
"""


def test_whois_tells_where_rdap_fails(tmp_path: Path, rdap: RdapServer, whois: WhoisServer) -> None:
    rdap.replies[f"/rdap/ip/{IP}"] = (500, {}, b"")
    whois.answer = RIPE
    owner = asked_of(tmp_path, rdap.url, f"whois://127.0.0.1:{whois.port}").ask(IP).owner
    assert owner is not None
    assert (owner.name, owner.abuse, owner.networks) == ("ISP B.V.", "abuse@isp.example", "203.0.113.0/24")
    assert owner.source == "whois:127.0.0.1"
    assert whois.asked == [IP]


def test_whois_is_left_alone_where_rdap_told_all(tmp_path: Path, rdap: RdapServer, whois: WhoisServer) -> None:
    rdap.tell(f"/rdap/ip/{IP}", network())
    asked_of(tmp_path, rdap.url, f"whois://127.0.0.1:{whois.port}").ask(IP)
    assert whois.asked == []


def test_a_referral_to_a_private_machine_is_not_followed(tmp_path: Path, whois: WhoisServer) -> None:
    inner, end = start_whois("127.0.0.10")
    try:
        whois.answer = RIPE.replace(b"'abuse@", b"'not@") + f"refer: 127.0.0.10:{inner.port}\r\n".encode()
        inner.answer = RIPE
        owner = asked_of(tmp_path, f"whois://127.0.0.1:{whois.port}").ask(IP).owner
        assert owner is not None
        assert owner.abuse == "not@isp.example"
        assert inner.asked in ([], [""])
    finally:
        end()


def test_what_leads_to_a_private_machine_is_refused_before_anything_is_said(whois: WhoisServer) -> None:
    with pytest.raises(Exception, match="private"):
        room._talk("localhost", whois.port, b"x\r\n", may_be_near=False)
    assert whois.asked in ([], [""])


def test_a_whois_that_never_ends_is_cut_off(tmp_path: Path, whois: WhoisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    whois.answer = b"x" * (1 << 20)
    assert "larger" in asked_of(tmp_path, f"whois://127.0.0.1:{whois.port}").ask(IP).why
    monkeypatch.setattr(room, "WHOIS_S", 0.1)
    whois.answer, whois.pause_s = b"x" * 20_000, 0.03
    assert asked_of(tmp_path, f"whois://127.0.0.1:{whois.port}").ask(IP).state is Found.UNKNOWN
