"""What a receiver's SPF check says (RFC 7208): the mechanisms that records of this world use, all of them strictly."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from bench.accuracy.elsewhere.dns import Dns, NoAnswer

from sekisho.core.terms import AuthResult

MAX_LOOKUPS = 10
"""Terms that cost a question, RFC 7208, 4.6.4."""
QUALIFIERS = {"+": AuthResult.PASS, "-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL}

Address = IPv4Address | IPv6Address


class _Permanent(Exception):
    """The record cannot be used."""


class Checker:
    """Checks addresses against the DNS of the world; remembers what it has found out."""

    def __init__(self, dns: Dns) -> None:
        self._dns = dns
        self._known: dict[tuple[str, str, int], AuthResult] = {}

    def check(self, ip: str, domain: str, day: int) -> AuthResult:
        """The SPF result of an address for a domain on a day."""
        key = (ip, domain, self._dns.era(day))
        if key not in self._known:
            self._known[key] = self._fresh(ip, domain, day)
        return self._known[key]

    def _fresh(self, ip: str, domain: str, day: int) -> AuthResult:
        if not domain or "." not in domain:
            return AuthResult.NONE
        try:
            return _Walk(self._dns, ip_address(ip), day).evaluate(domain)
        except NoAnswer:
            return AuthResult.TEMPERROR
        except _Permanent:
            return AuthResult.PERMERROR


class _Walk:
    """One evaluation, with its count of questions."""

    def __init__(self, dns: Dns, address: Address, day: int) -> None:
        self._dns, self._address, self._day, self._asked = dns, address, day, 0

    def evaluate(self, domain: str) -> AuthResult:
        """The result of the record of `domain` (RFC 7208, 4.6)."""
        records = [text for text in self._dns.ask(domain, "TXT", self._day) if text == "v=spf1" or text.startswith("v=spf1 ")]
        if not records:
            return AuthResult.NONE
        if len(records) > 1:
            raise _Permanent
        redirect = ""
        for term in records[0].split()[1:]:
            if term.startswith("redirect="):
                redirect = term[9:]
                continue
            qualifier, mechanism = (term[0], term[1:]) if term[0] in QUALIFIERS else ("+", term)
            if self._matches(mechanism, domain):
                return QUALIFIERS[qualifier]
        if redirect:
            self._spend()
            result = self.evaluate(redirect)
            if result is AuthResult.NONE:
                raise _Permanent
            return result
        return AuthResult.NEUTRAL

    def _spend(self) -> None:
        self._asked += 1
        if self._asked > MAX_LOOKUPS:
            raise _Permanent

    def _matches(self, mechanism: str, domain: str) -> bool:
        name, _, value = mechanism.partition(":")
        if name == "all":
            return True
        if name in ("ip4", "ip6"):
            network = ip_network(value)
            return network.version == self._address.version and self._address in network
        self._spend()
        if name == "include":
            result = self.evaluate(value)
            if result is AuthResult.NONE:
                raise _Permanent
            return result is AuthResult.PASS
        if name == "a":
            return self._is_address_of(value or domain)
        if name == "mx":
            return any(self._is_address_of(mx.split()[1]) for mx in self._dns.ask(value or domain, "MX", self._day))
        raise _Permanent

    def _is_address_of(self, name: str) -> bool:
        rtype = "A" if self._address.version == 4 else "AAAA"
        return any(ip_address(text) == self._address for text in self._dns.ask(name, rtype, self._day))
