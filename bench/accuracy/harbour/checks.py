"""SPF as a receiver checks it (RFC 7208), over the records of a day: ip4, ip6, a, mx, include and all."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from bench.accuracy.harbour.directory import Directory

from sekisho.core.terms import AuthResult

MAX_LOOKUPS = 10
"""Terms that ask the DNS (RFC 7208, 4.6.4)."""

ENDS = {"+": AuthResult.PASS, "-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL}


class _TooMany(Exception):
    """More look-ups than allowed, or an include without a record."""


class Spf:
    """Checks, remembered."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[tuple[str, str, int], AuthResult] = {}

    def check(self, domain: str, ip: str, day: int) -> AuthResult:
        """The result for a domain and an address on a day."""
        epoch = day if domain in self._directory.before else 0
        at = self._known.get((domain, ip, epoch))
        if at is None:
            try:
                at = self._evaluate(domain, ip, day, [0])
            except _TooMany:
                at = AuthResult.PERMERROR
            self._known[domain, ip, epoch] = at
        return at

    def _evaluate(self, domain: str, ip: str, day: int, asked: list[int]) -> AuthResult:
        record = self._directory.spf_at(domain, day)
        if record is None:
            return AuthResult.NONE
        for term in record.split()[1:]:
            sign, term = (term[0], term[1:]) if term[0] in ENDS else ("+", term)
            if self._matches(term, domain, ip, day, asked):
                return ENDS[sign]
        return AuthResult.NEUTRAL

    def _matches(self, term: str, domain: str, ip: str, day: int, asked: list[int]) -> bool:
        kind, _, value = term.partition(":")
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return ip_address(ip) in ip_network(value)
        asked[0] += 1
        if asked[0] > MAX_LOOKUPS:
            raise _TooMany
        if kind == "include":
            result = self._evaluate(value, ip, day, asked)
            if result in (AuthResult.NONE, AuthResult.PERMERROR):
                raise _TooMany
            return result is AuthResult.PASS
        names = [value or domain]
        if kind == "mx":
            names = [text.split()[1].rstrip(".") for rtype, text in self._directory.zone.get(names[0], ()) if rtype == "MX"]
        return any(
            (rtype, text) in (("A", ip), ("AAAA", ip)) for name in names for rtype, text in self._directory.zone.get(name, ())
        )
