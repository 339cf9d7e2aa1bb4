"""The DNS and the block lists of the world, and what SPF says by them (RFC 7208)."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from sekisho.core.terms import AuthResult

LISTS = ("bl.spamcop.net", "bl.mailspike.net")
MOST_LOOKUPS = 10
"""RFC 7208, 4.6.4."""
QUALIFIERS = {"-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL, "+": AuthResult.PASS}
KEY = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"


class Directory:
    """Names, and addresses with a bad name."""

    def __init__(self) -> None:
        self.zone: dict[str, list[tuple[str, str]]] = {}
        self.listings: dict[str, set[str]] = {name: set() for name in LISTS}
        self._checked: dict[tuple[str, str], AuthResult] = {}

    def add(self, name: str, rtype: str, text: str) -> None:
        """Adds a record, once."""
        records = self.zone.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def spf(self, name: str, text: str) -> None:
        """Says the SPF record of a name; a later one takes its place."""
        records = [record for record in self.zone.get(name, []) if not record[1].startswith("v=spf1")]
        self.zone[name] = [*records, ("TXT", text)]
        self._checked.clear()

    def key(self, domain: str, selector: str) -> None:
        """Publishes a DKIM key."""
        self.add(f"{selector}._domainkey.{domain}", "TXT", KEY)

    def names(self, address: str, name: str, *, confirmed: bool = True) -> None:
        """Gives an address its PTR, and the name its address where it tells the truth."""
        self.add(ip_address(address).reverse_pointer, "PTR", f"{name}.")
        if confirmed:
            self.add(name, "AAAA" if ":" in address else "A", address)

    def fails(self, name: str) -> None:
        """Lets questions for a name fail."""
        self.zone[name] = [("SERVFAIL", "")]

    def blame(self, address: str, *lists: str) -> None:
        """Lists an address; without names, in all lists."""
        for name in lists or LISTS:
            self.listings[name].add(address)

    def check(self, name: str, address: str) -> AuthResult:
        """The SPF result for a domain and an address."""
        key = (name, address)
        if key not in self._checked:
            self._checked[key] = self._evaluate(name, address, [0])
        return self._checked[key]

    def _evaluate(self, name: str, address: str, spent: list[int]) -> AuthResult:
        records = self.zone.get(name, [])
        if ("SERVFAIL", "") in records:
            return AuthResult.TEMPERROR
        texts = [text for rtype, text in records if rtype == "TXT" and text.startswith("v=spf1")]
        if len(texts) != 1:
            return AuthResult.PERMERROR if texts else AuthResult.NONE
        for term in texts[0].split()[1:]:
            qualifier, rest = (term[0], term[1:]) if term[0] in QUALIFIERS else ("+", term)
            matched = self._matches(rest, name, address, spent)
            if spent[0] > MOST_LOOKUPS:
                return AuthResult.PERMERROR
            if matched:
                return QUALIFIERS[qualifier]
        return AuthResult.NEUTRAL

    def _matches(self, term: str, name: str, address: str, spent: list[int]) -> bool:
        kind, _, value = term.partition(":")
        if kind == "all":
            return True
        if kind in ("ip4", "ip6"):
            return ip_address(address) in ip_network(value)
        spent[0] += 1
        if kind == "include":
            return self._evaluate(value, address, spent) is AuthResult.PASS
        hosts = [value or name] if kind == "a" else [text.split()[-1].rstrip(".") for text in self._texts(value or name, "MX")]
        return any(address in self._texts(host, "AAAA" if ":" in address else "A") for host in hosts)

    def _texts(self, name: str, rtype: str) -> list[str]:
        return [text for kind, text in self.zone.get(name, []) if kind == rtype]
