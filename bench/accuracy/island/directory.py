"""The DNS of the island and what a receiver that asks it says of SPF (RFC 7208), and its block lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from sekisho.core.terms import AuthResult

MAX_LOOKUPS = 10
"""RFC 7208, 4.6.4."""

ENDS = {"+": AuthResult.PASS, "-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL}
LISTS = ("bl.spamcop.net", "bl.mailspike.net", "bl.nordspam.com")
DULL = LISTS[2]
"""Nobody is on it."""


class TooMany(Exception):
    """More look-ups than a check may make, or an include without a record."""


class Unanswered(Exception):
    """The name does not answer."""


class Directory:
    """Names and lists, filled while the town is built."""

    def __init__(self) -> None:
        self.zone: dict[str, list[tuple[str, str]]] = {}
        self.listings: dict[str, set[str]] = {name: set() for name in LISTS}
        self.check = cache(self._check)
        """What a receiver says of SPF for an address and a domain; asked only when all names are there."""

    def put(self, name: str, rtype: str, text: str) -> None:
        """Adds a record once."""
        records = self.zone.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def host(self, address: str, name: str, *, forward: bool = True) -> None:
        """A host's name in the reverse zone and, where it is true, its address."""
        self.put(backward(address), "PTR", name + ".")
        if forward:
            self.leads(name, address)

    def leads(self, name: str, address: str) -> None:
        """The address of a name."""
        self.put(name, "AAAA" if ":" in address else "A", address)

    def spf(self, name: str, text: str) -> None:
        """The SPF record of a name: there is one only."""
        if not self._spf_of(name):
            self.put(name, "TXT", text)

    def key(self, selector: str, domain: str) -> None:
        """A DKIM key."""
        self.put(f"{selector}._domainkey.{domain}", "TXT", "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ")

    def list_(self, address: str, which: int = 0) -> None:
        """Puts an address on a block list."""
        self.listings[LISTS[which]].add(address)

    def _spf_of(self, name: str) -> str:
        return next((text for rtype, text in self.zone.get(name, ()) if rtype == "TXT" and text.startswith("v=spf1")), "")

    def _check(self, address: str, domain: str) -> AuthResult:
        if not domain or not (record := self._spf_of(domain)):
            return AuthResult.TEMPERROR if self._dead(domain) else AuthResult.NONE
        try:
            return self._follow(ip_address(address), domain, record, iter(range(MAX_LOOKUPS)))
        except TooMany:
            return AuthResult.PERMERROR
        except Unanswered:
            return AuthResult.TEMPERROR

    def _dead(self, name: str) -> bool:
        return ("SERVFAIL", "") in self.zone.get(name, ())

    def _follow(self, address: IPv4Address | IPv6Address, domain: str, record: str, left: Iterator[int]) -> AuthResult:
        for term in record.split()[1:]:
            sign, body = (term[0], term[1:]) if term[0] in ENDS else ("+", term)
            word, _, value = body.partition(":")
            if word == "all":
                return ENDS[sign]
            if word.startswith("ip"):
                if address in ip_network(value):
                    return ENDS[sign]
                continue
            if next(left, None) is None:
                raise TooMany
            if self._matches(address, word, value or domain, left):
                return ENDS[sign]
        return AuthResult.NEUTRAL

    def _matches(self, address: IPv4Address | IPv6Address, word: str, name: str, left: Iterator[int]) -> bool:
        if self._dead(name):
            raise Unanswered
        if word == "include":
            if not (record := self._spf_of(name)):
                raise TooMany
            return self._follow(address, name, record, left) is AuthResult.PASS
        return any(at == str(address) for rtype, at in self.zone.get(name, ()) if rtype in ("A", "AAAA"))


def backward(address: str) -> str:
    """The name of an address in the reverse zone."""
    return ip_address(address).reverse_pointer
