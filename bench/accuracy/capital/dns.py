"""The DNS of the world: names are written down once, and SPF is checked (RFC 7208) against what was written."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from bench.accuracy.capital.chance import Dice

from sekisho.core.terms import AuthResult

LOOKUPS = 10
"""RFC 7208, 4.6.4."""

BY_SIGN = {"-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL, "+": AuthResult.PASS}


class TooMany(Exception):
    """More look-ups than SPF allows."""


class Dns:
    """Names and their records."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.zone: dict[str, list[tuple[str, str]]] = {}
        self._results: dict[tuple[str, str], AuthResult] = {}
        self._nets: dict[str, IPv4Network | IPv6Network] = {}

    def add(self, name: str, rtype: str, text: str) -> None:
        """Writes a record down, once."""
        records = self.zone.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def host(self, name: str, ip: str) -> None:
        """A name for an address."""
        self.add(name, "AAAA" if ":" in ip else "A", ip)

    def pointer(self, ip: str, name: str) -> None:
        """A PTR, also where there was none to be had."""
        self.zone.pop(ip_address(ip).reverse_pointer, None)
        self.add(ip_address(ip).reverse_pointer, "PTR", f"{name}.")

    def mute(self, ip: str) -> None:
        """The PTR of the address cannot be asked."""
        self.zone[ip_address(ip).reverse_pointer] = [("SERVFAIL", "")]

    def spf(self, name: str, terms: str) -> None:
        """Publishes an SPF record where the name has none yet."""
        if not self.spf_of(name):
            self.add(name, "TXT", f"v=spf1 {terms}")

    def spf_of(self, name: str) -> str:
        """The SPF record of a name, or nothing."""
        return next((text for rtype, text in self.zone.get(name, ()) if rtype == "TXT" and text.startswith("v=spf1")), "")

    def key(self, selector: str, domain: str) -> None:
        """Publishes a DKIM key, once."""
        name = f"{selector}._domainkey.{domain}"
        if name not in self.zone:
            letters = Dice.of(self.seed, "key", name).word(216, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
            self.add(name, "TXT", f"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEB{letters}")

    def check(self, name: str, ip: str) -> AuthResult:
        """The SPF result for a name and an address."""
        if (name, ip) not in self._results:
            try:
                self._results[name, ip] = self._check(name, ip, [0])
            except TooMany:
                self._results[name, ip] = AuthResult.PERMERROR
        return self._results[name, ip]

    def _check(self, name: str, ip: str, asked: list[int]) -> AuthResult:
        record = self.spf_of(name)
        if not record:
            return AuthResult.NONE
        address = ip_address(ip)
        for term in record.split()[1:]:
            sign, body = (term[0], term[1:]) if term[0] in BY_SIGN else ("+", term)
            kind, _, value = body.partition(":")
            if kind in ("include", "a"):
                asked[0] += 1
                if asked[0] > LOOKUPS:
                    raise TooMany
            if kind == "all":
                return BY_SIGN[sign]
            if kind in ("ip4", "ip6"):
                net = self._nets.setdefault(value, ip_network(value))
                found = address.version == net.version and address in net
            elif kind == "include":
                found = self._check(value, ip, asked) is AuthResult.PASS
            else:
                found = any(at == ip for rtype, at in self.zone.get(value or name, ()) if rtype in ("A", "AAAA"))
            if found:
                return BY_SIGN[sign]
        return AuthResult.NEUTRAL
