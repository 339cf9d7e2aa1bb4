"""The town: its DNS, its hosts and their addresses, and what block lists think of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from bench.accuracy.province.chance import Dice

WIDE, TRAPS, SILENT = "bl.wide.test", "bl.traps.test", "bl.silent.test"
"""A list of bots, bad nets and dial-up ranges; one of what fell into traps of late; one that lists nothing."""


@dataclass(frozen=True, slots=True)
class Net:
    """Where addresses come from and how their operator names them; `{...}` are parts of the address or words of chance."""

    prefixes: tuple[str, ...]
    pattern: str = ""
    """Host name; empty: the operator writes no PTR."""
    listed: float = 0.02
    """Share of its addresses on the wide list."""
    trapped: float = 0.02
    kept: float = 0.98
    """Share of its host names that lead back to the address."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host that sends."""

    ip: str
    name: str
    """What it says in HELO: its PTR where that is well kept."""


class Town:
    """Everything of a world that is there before the first mail; filled by all rooms, published once."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.records: dict[str, list[tuple[str, str]]] = {}
        self.earlier: dict[str, tuple[int, str]] = {}
        """Name -> (day on which it changed, SPF record before that)."""
        self.listings: dict[str, set[str]] = {WIDE: set(), TRAPS: set(), SILENT: set()}
        self.pools: dict[str, tuple[Host, ...]] = {}
        self._taken: set[str] = set()

    def add(self, name: str, rtype: str, text: str) -> None:
        """Adds a record, once."""
        records = self.records.setdefault(name, [])
        if (rtype, text) not in records:
            records.append((rtype, text))

    def address(self, net: Net, dice: Dice) -> str:
        """A free address of a net."""
        while True:
            block = ip_network(dice.choice(net.prefixes))
            offset = dice.randrange(3, min(block.num_addresses, 2**80) - 2) if block.num_addresses > 8 else dice.randrange(8)
            found = str(block[offset])
            if found not in self._taken:
                self._taken.add(found)
                return found

    def host(self, net: Net, dice: Dice, name: str | None = None, *, ptr: str | None = None, confirmed: bool = True) -> Host:
        """A new host. `name` in place of the operator's pattern; `ptr` where the PTR says another thing (`-`: none, `!`: fails)."""
        ip = self.address(net, dice)
        called = filled(net.pattern if name is None else name, ip, dice)
        told = called if ptr is None else ptr
        if told == "!":
            self.add(reverse(ip), "SERVFAIL", "")
        elif told not in ("", "-"):
            self.add(reverse(ip), "PTR", f"{told}.")
            if confirmed and dice.random() < net.kept:
                self.add(told, "A" if "." in ip else "AAAA", ip)
        if dice.random() < net.listed:
            self.listings[WIDE].add(ip)
        if dice.random() < net.trapped:
            self.listings[TRAPS].add(ip)
        return Host(ip, called or f"[{ip}]")

    def pool(self, name: str, net: Net, size: int) -> tuple[Host, ...]:
        """The hosts of an operator, the same for everybody who asks."""
        if name not in self.pools:
            dice = Dice.of(self.seed, "pool", name)
            self.pools[name] = tuple(self.host(net, dice) for _ in range(size))
        return self.pools[name]

    def spf(self, name: str, text: str) -> None:
        """The SPF record of a name, if it has none yet."""
        if not any(rtype == "TXT" and said.startswith("v=spf1") for rtype, said in self.records.get(name, ())):
            self.add(name, "TXT", text)

    def key(self, domain: str, selector: str) -> None:
        """A DKIM key."""
        name = f"{selector}._domainkey.{domain}"
        if name not in self.records:
            self.add(name, "TXT", f"v=DKIM1; k=rsa; p=MIIBIjANBgkqh{Dice.of(self.seed, name).hex(48)}IDAQAB")

    def zone(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The DNS as it is at the end."""
        return {name: tuple(records) for name, records in sorted(self.records.items())}


def reverse(ip: str) -> str:
    """The name under which the PTR of an address stands."""
    return ip_address(ip).reverse_pointer


def filled(pattern: str, ip: str, dice: Dice) -> str:
    """A host name of a pattern: {a}..{d} octets, {x} the address in hexadecimal, {n} a number, {w} a word, {h} digits."""
    if "{" not in pattern:
        return pattern
    octets = ip.split(".") if "." in ip else ip_address(ip).exploded.replace(":", "")[16:32]
    parts = list(octets) if "." in ip else ["".join(octets[n : n + 4]) for n in range(0, 16, 4)]
    words = {letter: parts[n] for n, letter in enumerate("abcd")}
    hexed = "".join(f"{int(part):02x}" for part in parts) if "." in ip else "".join(parts)
    return pattern.format(**words, x=hexed, n=dice.randint(1, 98), w=dice.word(dice.choice((3, 4, 5))), h=dice.hex(5))


def ip_terms(prefixes: Iterable[str]) -> str:
    """Prefixes as terms of an SPF record."""
    return " ".join(f"{'ip6' if ':' in prefix else 'ip4'}:{prefix}" for prefix in prefixes)
