"""The world while it is built: hosts and their names, DNS records, block lists, and who owns which domain."""

from __future__ import annotations

import base64
from collections import defaultdict
from collections.abc import Iterable, Sequence
from ipaddress import ip_address

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.nets import NETS, draw, name_of
from bench.accuracy.abroad.people import HOMES, Home
from bench.accuracy.abroad.services import SERVICES

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Question, found

LISTS = {"bl.mailspike.net": 0.8, "bl.spamcop.net": 0.6, "bl.blocklist.de": 1.0}
"""Block lists, and how diligent each is."""

RSA_2048 = bytes.fromhex("30820122300d06092a864886f70d01010105000382010f003082010a0282010100")
EXPONENT = bytes.fromhex("0203010001")
"""What stands around the modulus of a public key (RFC 8017, A.1.1; 65537)."""

DEAD = "-"
"""Name of a host whose reverse zone does not answer."""


class Town:
    """Hosts, names and homes of one seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.zone: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.listings: dict[str, set[str]] = {name: set() for name in LISTS}
        self.homes: Sequence[Home] = HOMES
        self.offices: dict[str, str] = {}
        """Address of an owner's office, where two kinds need the same one."""
        self.relays: list[str] = []
        """Hosts that forward for anybody, crooks too."""
        self._taken: set[str] = set()
        self._dice = Dice.of(seed, "hosts")
        self._pools: dict[tuple[str, int], list[str]] = {}
        for service in SERVICES.values():
            self.text(service.spf_name, "v=spf1 " + " ".join(f"ip{6 if ':' in r else 4}:{r}" for r in service.ranges) + " -all")
            self.text(service.return_path, f"v=spf1 include:{service.spf_name} -all")
            self.key(service.signs_as, service.selector)

    def add(self, name: str, rtype: str, value: str) -> None:
        """A DNS record."""
        self.zone[name.lower().rstrip(".")].add((rtype, value))

    def text(self, name: str, value: str) -> None:
        """A TXT record; a second SPF record of the same name is a mistake of ours."""
        if value.startswith("v=spf1"):
            assert not any(t == "TXT" and v.startswith("v=spf1") and v != value for t, v in self.zone.get(name, ())), name
        self.add(name, "TXT", value)

    def key(self, domain: str, selector: str) -> None:
        """A DKIM key."""
        modulus = Dice.of(0, domain, selector).randbytes(256)
        der = RSA_2048 + bytes([modulus[0] | 0x80]) + modulus[1:-1] + bytes([modulus[-1] | 1]) + EXPONENT
        self.text(f"{selector}._domainkey.{domain}", f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}")

    def host(self, net: str, name: str | None = None, *, lies: bool = False, listed: float = 0.0) -> str:
        """A new host of a network: its address. `name` is its PTR instead of the operator's; empty: none; DEAD: unanswered;
        with `lies` the name does not lead back. `listed` is the chance that a diligent list has it."""
        address = draw(NETS[net], self._dice)
        while address in self._taken:
            address = draw(NETS[net], self._dice)
        self._taken.add(address)
        reverse = ip_address(address).reverse_pointer
        if name == DEAD:
            self.add(reverse, "SERVFAIL", "")
            return address
        told = name_of(NETS[net], address, self._dice) if name is None else name
        if told:
            self.add(reverse, "PTR", f"{told}.")
            if not lies and (name or NETS[net].confirmed):
                self.add(told, "AAAA" if ":" in address else "A", address)
        for zone, diligence in LISTS.items():
            if listed and self._dice.odds(listed * diligence):
                self.listings[zone].add(address)
        return address

    def pool(self, net: str, size: int) -> list[str]:
        """Hosts that many share: the outgoing servers of a mail service."""
        if (net, size) not in self._pools:
            self._pools[net, size] = [
                self.host(net, listed=0.04 if net in ("sendgrid", "brevo", "mailgun") else 0) for _ in range(size)
            ]
        return self._pools[net, size]

    def answer(self, question: Question) -> Answer:
        """What a resolver would answer, for the receivers' SPF."""
        records = self.zone.get(question.name.lower().rstrip("."))
        if records is None:
            return NXDOMAIN
        if ("SERVFAIL", "") in records:
            return FAILED
        values = sorted(text.rstrip(".") for rtype, text in records if rtype == question.rtype)
        return found(*values) if values else NODATA

    def troubled(self, dice: Dice, count: int, *traits: str) -> list[Home]:
        """Some domains that may have faults and spoofers: neither parked nor untroubled; with all the traits if given."""
        mine = [h for h in self.homes if not h.parked and not h.untroubled and h.traits.issuperset(traits)]
        return dice.sample(mine, min(count, len(mine)))

    def sending(self, dice: Dice, count: int, *traits: str) -> list[Home]:
        """Some domains that send mail, untroubled ones too."""
        mine = [h for h in self.homes if not h.parked and h.traits.issuperset(traits)]
        return dice.sample(mine, min(count, len(mine)))

    def names(self, words: Iterable[str]) -> list[str]:
        """Domains of other parties, by their words."""
        return [f"{word}.example" for word in words]
