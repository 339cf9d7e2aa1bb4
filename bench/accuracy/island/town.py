"""The island as built for a seed: services with their hosts and names, machines, the owners' domains and proper mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.directory import Directory, backward
from bench.accuracy.island.letters import Host, Letter, Sign
from bench.accuracy.island.nets import NETS, Addresses, named
from bench.accuracy.island.people import SITES, Site
from bench.accuracy.island.services import ALL

LISTED_HONEST = 0.03
"""Share of the hosts of services that stand on a block list: neighbours misbehave."""

DEAD_REVERSE, DEAD_NAMELESS = 0.03, 0.12
"""Shares of machines whose reverse zone does not answer: of those that should have a name, and of the others."""


class Station(NamedTuple):
    """Somebody's host that passes mail on."""

    name: str
    hosts: list[Host]
    signs: tuple[Sign, ...]


class Town:
    """All places of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.directory = Directory()
        self.addresses = Addresses(seed)
        self.letters: dict[str, list[Letter]] = {site.domain: [] for site in SITES}
        """Proper letters of a domain, as often as they are sent."""
        self.stations: dict[str, list[Station]] = {}
        """Forwarders and list hosts that true and false mail pass."""
        self._terms: dict[str, list[str]] = {site.domain: [] for site in SITES}
        self._lines: dict[str, Host] = {}
        self._farms: dict[str, list[Host]] = {}

    @cached_property
    def senders(self) -> list[Site]:
        """Domains that have trouble of their own or are spoofed, and send."""
        return [site for site in SITES if not site.parked and not site.untroubled]

    def farm(self, name: str) -> list[Host]:
        """The hosts of a service."""
        if name not in self._farms:
            service, dice = ALL[name], Dice.of(self.seed, "farm", name)
            chosen = [service.prefixes[number % len(service.prefixes)] for number in range(service.size)]
            hosts = [self.settle(self.addresses.of((prefix,), dice), service.pattern, dice) for prefix in chosen]
            for host in hosts:
                if dice.happens(LISTED_HONEST):
                    self.directory.list_(host.address, dice.randint(0, 1))
            self._farms[name] = hosts
            if service.spf:
                same = [each for each in ALL.values() if each.spf == service.spf]
                nets = " ".join(f"ip{6 if ':' in net else 4}:{net}" for each in same for net in each.prefixes)
                self.directory.spf(service.spf, f"v=spf1 {nets} {'-' if 'microsoft' in name else '~'}all")
        return self._farms[name]

    def settle(self, address: str, pattern: str, dice: Dice, *, forward: bool = True) -> Host:
        """A host whose names are right; without a pattern it has none."""
        name = named(pattern, address, dice) if pattern else ""
        if name:
            self.directory.host(address, name, forward=forward)
        return Host(address, name or f"[{address}]")

    def machine(self, net: str, dice: Dice, name: str = "", *, helo: str = "", forward: bool | None = None) -> Host:
        """A machine in a network, by the operator's name for it or its own."""
        place = NETS[net]
        if dice.happens(DEAD_REVERSE if name or place.pattern else DEAD_NAMELESS):
            address = self.addresses.of(place.prefixes, dice)
            self.directory.put(backward(address), "SERVFAIL", "")
            if name:
                self.directory.leads(name, address)
            return Host(address, helo or name or f"[{address}]")
        host = self.settle(
            self.addresses.of(place.prefixes, dice),
            name or place.pattern,
            dice,
            forward=place.forward if forward is None else forward,
        )
        return Host(host.address, helo or host.helo)

    def line(self, site: Site) -> Host:
        """The router of an owner's office, which all in the house send by."""
        dice = Dice.of(self.seed, "line", site.domain)
        if site.domain not in self._lines:
            self._lines[site.domain] = self.machine(site.lines, dice)
        return self._lines[site.domain]

    def firm(self, domain: str, hosts: Sequence[Host], end: str = "~all", *, sign: str = "") -> None:
        """Another party's domain: its hosts are permitted, it has a mail host, and perhaps a key."""
        terms = " ".join(f"ip{6 if ':' in host.address else 4}:{host.address}" for host in hosts)
        self.directory.spf(domain, f"v=spf1 {terms} {end}")
        self.directory.put(domain, "MX", f"10 {hosts[0].helo if '.' in hosts[0].helo.strip('[]') else domain}.")
        self.directory.leads(domain, hosts[0].address)
        if sign:
            self.directory.key(sign, domain)

    def own(self, service: str, site: Site | None, dice: Dice | None = None) -> tuple[str, tuple[Sign, ...]]:
        """The bounce domain and signature that a service uses where the customer has set up none."""
        made = ALL[service]
        word = site.domain.partition(".")[0].replace("-", "") if site else dice.word() if dice else ""
        self.farm(service)

        def fill(text: str) -> str:
            return text.replace("{w}", word).replace("{n}", str(len(word) * 37))

        envelope, sign = fill(made.envelope), fill(made.sign)
        if envelope:
            self.directory.spf(envelope, f"v=spf1 include:{made.spf} -all" if envelope != made.spf else "")
            self.directory.put(envelope, "MX", f"10 {self.farm(service)[0].helo}.")
        if sign:
            self.directory.key(made.selector, sign)
        return envelope, (Sign(sign, made.selector),) if sign else ()

    def permit(self, domain: str, term: str) -> None:
        """Puts a term into an owner's SPF record."""
        if term not in self._terms[domain]:
            self._terms[domain].append(term)

    def publish(self) -> None:
        """Writes the owners' SPF and DMARC records, when all have said what they permit."""
        for site in SITES:
            terms = " ".join(self._terms[site.domain])
            self.directory.spf(site.domain, f"v=spf1 {terms} {site.end}".replace("  ", " "))
            policy = site.later[1] if site.later else site.policy
            strict = "; adkim=s; aspf=s" if site.strict else ""
            self.directory.put(f"_dmarc.{site.domain}", "TXT", f"v=DMARC1; p={policy}{strict}; rua=mailto:rua@{site.domain}")

    def pick(self, dice: Dice, low: int, high: int, where: Callable[[Site], bool] = lambda _: True) -> list[Site]:
        """Some sending, troubled domains that meet a condition."""
        return dice.some([site for site in self.senders if where(site)], low, high)

    def carried(self, dice: Dice, low: int, high: int, where: Callable[[Site], bool] = lambda _: True) -> list[Site]:
        """Some domains whose proper mail is passed on by others; those without trouble too."""
        return dice.some([site for site in SITES if not site.parked and where(site)], low, high)

    def targets(self, dice: Dice, low: int, high: int, where: Callable[[Site], bool] = lambda _: True) -> list[Site]:
        """Some domains that spoofers choose, the known ones more often, parked ones too."""
        left = [site for site in SITES if not site.untroubled and where(site)]
        chosen: list[Site] = []
        for _ in range(min(len(left), dice.randint(low, high))):
            site = dice.choices(left, [each.target for each in left])[0]
            left.remove(site)
            chosen.append(site)
        return chosen
