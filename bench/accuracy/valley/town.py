"""The addresses and the DNS of the world: networks, hosts, records, block lists, and what SPF says of an address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address, ip_network

from bench.accuracy.valley.dice import Dice

from sekisho.core.questions import Answer, Question, Reply
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client
from sekisho.core.terms import AuthResult

SPAM, DIAL, LOOSE = "spam.lists.test", "dial.lists.test", "loose.lists.test"
"""Block lists: seen spamming; lines of homes that should send no mail; a hasty one that also lists many forwarders."""

OCTETS = [n for n in range(23, 222) if n not in (100, 127, 169, 172, 192, 198, 203)]
"""First octets of made-up networks."""


@dataclass(frozen=True, slots=True)
class Host:
    """A machine that hands over mail."""

    ip: str
    name: str
    """What it calls itself (HELO); its PTR may differ."""


@dataclass(slots=True)
class Town:
    """Everything that has an address."""

    seed: int
    zone: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    listings: dict[str, set[str]] = field(default_factory=lambda: {SPAM: set(), DIAL: set(), LOOSE: set()})
    _blocks: set[str] = field(default_factory=set)
    _taken: set[str] = field(default_factory=set)
    _spf: dict[tuple[str, str], AuthResult] = field(default_factory=dict)

    def record(self, name: str, rtype: str, text: str) -> None:
        """Puts a record into the DNS, once."""
        records = self.zone.setdefault(name.lower(), [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def replace_txt(self, name: str, text: str, start: str) -> None:
        """Sets the one TXT record that begins so."""
        kept = [r for r in self.zone.get(name, []) if not (r[0] == "TXT" and r[1].startswith(start))]
        self.zone[name] = [*kept, ("TXT", text)]

    def block(self, *, inside: str = "", key: str = "") -> str:
        """A /24 that nobody has yet, in a range where one is given; IPv6 ranges give a /64."""
        dice = Dice.of(self.seed, "block", inside, key, len(self._blocks))
        while True:
            if ":" in inside:
                range_ = ip_network(inside)
                found = str(ip_network((int(range_.network_address) | dice.getrandbits(64 - range_.prefixlen) << 64, 64)))
            elif inside:
                range_ = ip_network(inside)
                at = int(range_.network_address) + (dice.randrange(max(1, range_.num_addresses // 256)) << 8)
                found = str(ip_network((at, 24)))
            else:
                found = f"{dice.pick(OCTETS)}.{dice.randrange(1, 255)}.{dice.randrange(1, 255)}.0/24"
            if found not in self._blocks:
                self._blocks.add(found)
                return found

    def address(self, block: str) -> str:
        """An address of the block that no host has yet."""
        dice = Dice.of(self.seed, "address", block, len(self._taken))
        base = int(ip_network(block).network_address)
        while True:
            ip = str(ip_address(base + (dice.randrange(1, 0xFFFF) if ":" in block else dice.randrange(2, 254))))
            if ip not in self._taken:
                self._taken.add(ip)
                return ip

    def host(self, block: str, name: str, *, ptr: str | None = None, back: bool = True) -> Host:
        """A machine with a name. `ptr`: what its address is called, where that is not its name; empty for no PTR; `SERVFAIL` for
        questions that fail. `back`: whether the PTR's name leads to the address again."""
        ip = self.address(block)
        called = name if ptr is None else ptr.replace("{ip}", ip.replace(".", "-").replace(":", "-"))
        reverse = ip_address(ip).reverse_pointer
        if called == "SERVFAIL":
            self.record(reverse, "SERVFAIL", "")
        elif called:
            self.record(reverse, "PTR", f"{called}.")
            if back:
                self.record(called, "AAAA" if ":" in ip else "A", ip)
        if (
            name
            and name != called
            and ptr is not None
            and "." in name
            and name.rpartition(".")[2].isalpha()
            and back
            and not called
        ):
            self.record(name, "AAAA" if ":" in ip else "A", ip)
        return Host(ip, name.replace("{ip}", ip.replace(".", "-")))

    def list_on(self, zone: str, hosts: Iterable[Host], dice: Dice, share: float) -> None:
        """Lists this share of the hosts."""
        self.listings[zone] |= {host.ip for host in hosts if dice.chance(share)}

    def spf(self, domain: str, ip: str) -> AuthResult:
        """What a receiver finds that checks the domain's SPF record (RFC 7208)."""
        known = self._spf.get((domain, ip))
        if known is None:
            known = self._spf[domain, ip] = self._check(domain, ip)
        return known

    def _check(self, domain: str, ip: str) -> AuthResult:
        asking = check_mail_from(Client(_parsed(ip), domain, "mx.receiver.example", 0), f"postmaster@{domain}")
        answer = None
        while True:
            try:
                answer = self._answer(asking.send(answer))  # type: ignore[arg-type]
            except StopIteration as stop:
                result: AuthResult = stop.value.result
                return result

    def _answer(self, question: Question) -> Answer:
        found = self.zone.get(question.name.lower())
        values = tuple(text.rstrip(".") for rtype, text in found or () if rtype == question.rtype)
        return Answer(Reply.FOUND if values else Reply.NODATA if found else Reply.NXDOMAIN, values)


_parsed = cache(ip_address)
