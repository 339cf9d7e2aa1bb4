"""The DNS of the world and its block lists: what is published, and what was published before."""

from __future__ import annotations

import base64
from ipaddress import ip_address

from bench.accuracy.harbour.chance import Dice

LISTS = ("bl1.test", "bl2.test", "bl3.test")
"""A list of sources of spam; one of bad reputation with many false entries; one of dial-up ranges, which says nothing of spam."""

KEY_HEAD = base64.b64decode("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA")
"""The DER head of an RSA key of 2048 bits; the modulus and the exponent follow."""


class Directory:
    """Names and what stands at them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.zone: dict[str, list[tuple[str, str]]] = {}
        self.listings: dict[str, set[str]] = {name: set() for name in LISTS}
        self.before: dict[str, list[tuple[int, str]]] = {}
        """Domain -> (day from which on it no longer stood, SPF record), the oldest first."""

    def add(self, name: str, rtype: str, text: str) -> None:
        """Publishes a record, once."""
        records = self.zone.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def host(self, ip: str, name: str, *, confirmed: bool = True) -> None:
        """A PTR record, and the address record that confirms it."""
        self.add(ip_address(ip).reverse_pointer, "PTR", f"{name}.")
        if confirmed:
            self.add(name, "AAAA" if ":" in ip else "A", ip)

    def timeout(self, ip: str) -> None:
        """The name servers of an address do not answer."""
        self.zone[ip_address(ip).reverse_pointer] = [("SERVFAIL", "")]

    def spf(self, name: str, text: str) -> None:
        """The SPF record of today."""
        kept = [each for each in self.zone.get(name, []) if not (each[0] == "TXT" and each[1].startswith("v=spf1"))]
        self.zone[name] = [*kept, ("TXT", text)]

    def spf_before(self, name: str, day: int, text: str) -> None:
        """Before that day another record stood there."""
        self.before.setdefault(name, []).append((day, text))
        self.before[name].sort()

    def spf_at(self, name: str, day: int) -> str | None:
        """The SPF record of a day."""
        for until, text in self.before.get(name, ()):
            if day < until:
                return text or None
        found = [text for rtype, text in self.zone.get(name, ()) if rtype == "TXT" and text.startswith("v=spf1")]
        return found[0] if found else None

    def key(self, selector: str, domain: str) -> None:
        """A DKIM key, well-formed."""
        name = f"{selector}._domainkey.{domain}"
        if name not in self.zone:
            dice = Dice.of("key", name)
            modulus = bytes([dice.randrange(128, 256)]) + dice.randbytes(255)
            text = base64.b64encode(KEY_HEAD + modulus + bytes.fromhex("0203010001")).decode()
            self.add(name, "TXT", f"v=DKIM1; k=rsa; p={text}")

    def list(self, ip: str, *zones: int) -> None:
        """Puts an address on block lists, by their number in `LISTS`."""
        for number in zones:
            self.listings[LISTS[number]].add(ip)

    def rename(self, ip: str, name: str) -> None:
        """Another PTR record, which nothing confirms."""
        self.zone[ip_address(ip).reverse_pointer] = [("PTR", f"{name}.")]
