"""Addresses and their names: hosts drawn from networks, and the pools that all customers of a service share."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_network

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.directory import Directory
from bench.accuracy.harbour.nets import HOMES, NETS, OFFICES, RENTED, SENDERS, Net

POOLS = {
    "google": 48,
    "microsoft": 60,
    "sendgrid": 26,
    "ses": 26,
    "mailchimp": 20,
    "xserver": 5,
    "sakura": 5,
    "webhosting": 22,
    "homepl": 6,
}
"""How many addresses of a service this world's customers meet."""
USUAL_POOL = 9

LISTED = ((OFFICES, (0.02, 0.06, 0.0)), (SENDERS, (0.03, 0.10, 0.0)), (HOMES, (0.06, 0.08, 0.85)), (RENTED, (0.05, 0.14, 0.02)))
"""How many addresses of a network are on each block list whatever is sent from there today: earlier tenants, neighbours, ranges."""

TRIES = 500
"""Throws for a free address; a network in which they do not suffice is too small for its pool."""

STALE = 0.06
"""Share of servers with a name of their own that has not been kept in step with the address."""

SLOTS = re.compile(r"\{([a-z])(\d*)\}")


class Town:
    """The network of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.directory = Directory(seed)
        self._pools: dict[str, list[str]] = {}
        self._taken: set[str] = set()

    def pool(self, net: str) -> list[str]:
        """The addresses from which a service sends for everybody."""
        if net not in self._pools:
            dice = Dice.of(self.seed, "pool", net)
            six = round(POOLS.get(net, USUAL_POOL) / 3) if NETS[net].six else 0
            four = POOLS.get(net, USUAL_POOL) - six
            self._pools[net] = [self.host(net, dice) for _ in range(four)] + [self.host(net, dice, six=True) for _ in range(six)]
        return self._pools[net]

    def host(self, net: str, dice: Dice, *, name: str = "", six: bool = False, spam: float = 0.0) -> str:
        """A new address of a network, with its name; `spam` is the chance that its mail has brought it on the first list."""
        here = NETS[net]
        at = dice.randrange(len(here.blocks))
        ip = self._six(here, dice) if six and here.six else self._four(here.blocks[at], dice)
        lies = dice.likely(here.lies)
        if name:
            self.directory.host(ip, name, confirmed=not dice.likely(STALE))
        elif not dice.likely(here.bare):
            pattern = here.names[at % len(here.names)] if net in HOMES else dice.choice(here.names)
            text = _named(pattern, ip, dice)
            self.directory.host(ip, text, confirmed=not lies and "." in text)
        if dice.likely(0.012):
            self.directory.timeout(ip)
        usual = next(shares for nets, shares in LISTED if net in nets)
        for number, share in enumerate(usual):
            if dice.likely(share + spam * (1.0, 0.3, 0.0)[number]):
                self.directory.list(ip, number)
        return ip

    def _four(self, within: str, dice: Dice) -> str:
        block = ip_network(within)
        for _ in range(TRIES):
            ip = str(IPv4Address(int(block.network_address) + dice.randrange(1, block.num_addresses)))
            if not ip.endswith((".0", ".255")) and self._new(ip):
                return ip

        raise RuntimeError(f"no free address in {within}")

    def _six(self, net: Net, dice: Dice) -> str:
        block = ip_network(dice.choice(net.six))
        assert isinstance(block, IPv6Network)
        low = (
            dice.randrange(1, 0x1000)
            if block.prefixlen >= 64
            else (dice.getrandbits(64 - block.prefixlen) << 64) + dice.randrange(1, 0x400)
        )
        ip = str(IPv6Address(int(block.network_address) + low))
        return ip if self._new(ip) else self._six(net, dice)

    def _new(self, ip: str) -> bool:
        if ip in self._taken:
            return False
        self._taken.add(ip)
        return True


def _named(pattern: str, ip: str, dice: Dice) -> str:
    """The pattern filled."""
    octets = dict(zip("abcd", ip.split("."), strict=False)) if "." in ip else {}

    def fill(slot: re.Match[str]) -> str:
        kind, size = slot[1], int(slot[2] or 1)
        if kind == "n":
            return str(dice.randint(1, 99))
        if kind in "wx":
            return dice.letters(size) if kind == "w" else dice.hexes(size)
        return octets.get(kind) or str(dice.randint(1, 254))

    return SLOTS.sub(fill, pattern)
