"""The DNS of a world answered from its table, and what the product's own code makes of the answers."""

from __future__ import annotations

from functools import cached_property
from ipaddress import ip_address

from bench.accuracy.labels import World

from sekisho.core.dnsrecords.mx import ask_exchangers
from sekisho.core.facts import Evidence
from sekisho.core.names import is_within
from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Question, answered, found
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client
from sekisho.core.state.gather import ask_web
from sekisho.core.state.own import OwnRecords
from sekisho.core.terms import AuthResult, Found
from sekisho.enrich.dnsbl import listings, zones_from
from sekisho.enrich.geo import Geo
from sekisho.enrich.ptr import host_name

LISTED = "127.0.0.2"


class Table:
    """The DNS and the lists of a world, without a network."""

    def __init__(self, world: World) -> None:
        self._zone = world.zone
        self._listings = world.listings
        self._zones = zones_from(world.listings)

    @cached_property
    def _above(self) -> frozenset[str]:
        """Names that exist because something stands below them (RFC 8020)."""
        names = set()
        for name in self._zone:
            rest = name.partition(".")[2]
            while rest and rest not in names:
                names.add(rest)
                rest = rest.partition(".")[2]
        return frozenset(names)

    def answer(self, question: Question) -> Answer:
        """What a resolver would answer."""
        name = question.name.rstrip(".").lower()
        for zone, listed in self._listings.items():
            if is_within(name, zone):
                return found(LISTED) if _address(name, zone) in listed else NXDOMAIN
        records = self._zone.get(name)
        if records is None:
            return NODATA if name in self._above else NXDOMAIN
        if any(rtype == "SERVFAIL" for rtype, _ in records):
            return FAILED
        values = tuple(text.rstrip(".") for rtype, text in records if rtype == question.rtype)
        return found(*values) if values else NODATA

    def evidence(self, address: str, geo: Geo | None) -> Evidence:
        """The evidence on an address."""
        ip = ip_address(address)
        host = answered(host_name(ip), self.answer)
        told = answered(listings(ip, self._zones), self.answer)
        place, asn, as_name, as_domain = geo.lookup(address) if geo is not None else _nowhere()
        return Evidence(
            address, host.state, host.name, host.confirmed, place, asn, as_name, as_domain, told.listed, told.asked, at=1
        )

    def own(self, domain: str, wanted: Wanted, *, is_parked: bool) -> OwnRecords:
        """The own records of a domain, asked about what its failing mail names."""
        published, withdrawn = set(), set()
        for signer, selector in wanted.keys:
            answer = self.answer(Question(f"{selector}._domainkey.{signer}", "TXT"))
            if answer.found:
                published.add((signer, selector))
            elif not answer.failed:
                withdrawn.add((signer, selector))
        names = {name: self._exists(name) for name in wanted.names}
        mx = answered(ask_exchangers(domain), self.answer)
        permitted = {address: self._permits(domain, address) for address in wanted.addresses}
        return OwnRecords(
            domain,
            frozenset(mx.addresses if mx.hosts else ()),
            tuple(sorted(exchanger.host for exchanger in mx.hosts)),
            frozenset(answered(ask_web(domain), self.answer)),
            is_parked,
            frozenset(published),
            frozenset(withdrawn),
            names,
            permitted=permitted,
        )

    def _exists(self, name: str) -> Found:
        answer = self.answer(Question(name, "A"))
        return Found.UNKNOWN if answer.failed else Found.NO if answer.nxdomain else Found.YES

    def _permits(self, domain: str, address: str) -> Found:
        result = answered(check_mail_from(Client(ip_address(address), ""), f"postmaster@{domain}"), self.answer).result
        if result is AuthResult.PASS:
            return Found.YES
        unknown = (AuthResult.TEMPERROR, AuthResult.PERMERROR, AuthResult.NONE)
        return Found.UNKNOWN if result in unknown else Found.NO


class Wanted:
    """What the failing mail of a domain names."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()
        self.names: set[str] = set()
        self.addresses: set[str] = set()


def _nowhere() -> tuple:
    return Evidence("").place, 0, "", ""


def _address(name: str, zone: str) -> str:
    """The address that a question to a list is about."""
    labels = name.removesuffix(zone).strip(".").split(".")[::-1]
    if len(labels) == 4:
        return ".".join(labels)
    text = "".join(labels)
    return str(ip_address(int(text, 16))) if len(text) == 32 else ""
