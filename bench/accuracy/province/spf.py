"""What a receiver finds for SPF in the town's DNS (RFC 7208): a small evaluator of the world's own."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from bench.accuracy.province.town import Town

from sekisho.core.terms import AuthResult

MAX_LOOKUPS = 10
QUALIFIERS = {"+": AuthResult.PASS, "-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL}


class _Broken(Exception):
    """The record cannot be evaluated (permerror)."""


class Spf:
    """Checks, remembered."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._known: dict[tuple[str, str, bool], AuthResult] = {}

    def check(self, domain: str, ip: str, day: int) -> AuthResult:
        """The result for a domain, an address and a day of the world."""
        changed = day < self._town.earlier[domain][0] if domain in self._town.earlier else False
        key = (domain, ip, changed)
        if key not in self._known:
            try:
                self._known[key] = self._evaluate(domain, ip, day, [0]) or AuthResult.NEUTRAL
            except _Broken:
                self._known[key] = AuthResult.PERMERROR
        return self._known[key]

    def _record(self, domain: str, day: int) -> str:
        if domain in self._town.earlier and day < self._town.earlier[domain][0]:
            return self._town.earlier[domain][1]
        found = [text for rtype, text in self._town.records.get(domain, ()) if rtype == "TXT" and text.startswith("v=spf1")]
        return found[0] if found else ""

    def _evaluate(self, domain: str, ip: str, day: int, asked: list[int]) -> AuthResult | None:
        record = self._record(domain, day)
        if not record:
            return AuthResult.NONE
        redirect = ""
        for term in record.split()[1:]:
            if term.startswith("redirect="):
                redirect = term[9:]
                continue
            qualifier, name = (term[0], term[1:]) if term[0] in QUALIFIERS else ("+", term)
            if self._matches(name, domain, ip, day, asked):
                return QUALIFIERS[qualifier]
        return self._evaluate(redirect, ip, day, asked) if redirect else None

    def _matches(self, term: str, domain: str, ip: str, day: int, asked: list[int]) -> bool:
        name, _, value = term.partition(":")
        if name == "all":
            return True
        if name in ("ip4", "ip6"):
            return ip_address(ip) in ip_network(value, strict=False)
        if name not in ("include", "a", "mx"):
            raise _Broken
        asked[0] += 1
        if asked[0] > MAX_LOOKUPS:
            raise _Broken
        if name == "include":
            found = self._evaluate(value, ip, day, asked)
            if found is AuthResult.NONE:
                raise _Broken
            return found is AuthResult.PASS
        names = [value or domain]
        if name == "mx":
            names = [text.split()[1].rstrip(".") for rtype, text in self._town.records.get(names[0], ()) if rtype == "MX"]
        return any((rtype, ip) in self._town.records.get(at, ()) for at in names for rtype in ("A", "AAAA"))
