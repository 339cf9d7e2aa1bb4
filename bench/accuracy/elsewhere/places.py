"""Hosts on the networks of the world: an address nobody else has, its names in the DNS, its place on block lists."""

from __future__ import annotations

from collections import defaultdict
from ipaddress import IPv4Network, ip_address, ip_network
from random import Random

from bench.accuracy.elsewhere.chance import dice, word
from bench.accuracy.elsewhere.dns import Dns
from bench.accuracy.elsewhere.mail import Host
from bench.accuracy.elsewhere.networks import NETWORKS

LISTS = ("zen.spamhaus.org", "bl.spamcop.net", "b.barracudacentral.org", "psbl.surriel.com", "all.s5h.net")
"""Zones that are asked; what they hold is made up. The last has nothing."""


class Places:
    """Gives out hosts and keeps what is known of them."""

    def __init__(self, seed: int, dns: Dns) -> None:
        self._seed, self._dns = seed, dns
        self._taken: set[str] = set()
        self.known: dict[str, Host] = {}
        self._pools: dict[str, list[Host]] = defaultdict(list)
        self.listings: dict[str, set[str]] = defaultdict(set)

    def host(self, network: str, rng: Random, name: str | None = None, *, v6: bool = False, truth: str = "confirmed") -> Host:
        """A new host.

        `name` instead of the operator's host name. `truth` of the PTR: `confirmed` (an address record leads back), `lies`
        (it does not), `dead` (questions fail).
        """
        net = NETWORKS[network]
        ip = self._address(net.v6 if v6 else net.v4, rng)
        name = self._name(net.names, ip, rng) if name is None else name
        if truth == "dead":
            self._dns.break_name(ip_address(ip).reverse_pointer)
        elif name:
            self._dns.add(ip_address(ip).reverse_pointer, "PTR", name + ".")
            if truth == "confirmed" and name not in ("localhost", "static.vnpt.vn"):
                self._dns.add(name, "AAAA" if v6 else "A", ip)
        return Host(ip, name or f"[{ip}]")

    def beside(self, host: Host, offset: int, name: str = "") -> Host:
        """A host in the same small network."""
        ip = str(ip_address(host.ip) + offset)
        self._taken.add(ip)
        if name:
            self._dns.add(ip_address(ip).reverse_pointer, "PTR", name + ".")
            self._dns.add(name, "A" if ":" not in ip else "AAAA", ip)
        return Host(ip, name or f"[{ip}]")

    def pool(self, network: str, count: int) -> tuple[Host, ...]:
        """The first hosts of an operator: all its customers share them."""
        hosts = self._pools[network]
        while len(hosts) < count:
            hosts.append(self.host(network, dice(self._seed, "pool", network, len(hosts))))
        return tuple(hosts[:count])

    def lists(self, host: Host, rng: Random, *, zen: float = 0, others: float = 0) -> None:
        """Lists the address: `zen` chance for the first list, `others` for each further one."""
        for zone in LISTS[:-1]:
            if rng.random() < (zen if zone == LISTS[0] else others):
                self.listings[zone].add(host.ip)

    def _address(self, network: str, rng: Random) -> str:
        net = ip_network(network)
        while True:
            spread = net.num_addresses if isinstance(net, IPv4Network) else 2**40
            ip = str(net.network_address + rng.randrange(2, spread - 1))
            if ip not in self._taken and not ip.endswith((".0", ".255")):
                self._taken.add(ip)
                return ip

    @staticmethod
    def _name(pattern: str, ip: str, rng: Random) -> str:
        parts = ip.split(".")
        return pattern.format(
            dash=ip.replace(".", "-").replace(":", "-"),
            rev="-".join(reversed(parts)) if "your-server" not in pattern else ".".join(reversed(parts)),
            digits="".join(part.zfill(3) for part in parts),
            ip=ip,
            n=rng.randrange(1, 999),
            m=rng.randrange(1, 99),
            x=word(rng, 3),
        ).lower()
