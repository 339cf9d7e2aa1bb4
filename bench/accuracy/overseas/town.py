"""The stage: who uses which hosts, what the domains publish, and what the owners' proper mail looks like."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bench.accuracy.overseas.chance import Dice, Rhythm, steady
from bench.accuracy.overseas.directory import LISTS, Directory
from bench.accuracy.overseas.letters import MANY, Letter, Signature, Stream
from bench.accuracy.overseas.nets import NETS, Host, Nets
from bench.accuracy.overseas.people import HOMES, Home
from bench.accuracy.overseas.receivers import audience
from bench.accuracy.overseas.services import SERVICES

POOL = 9
POOLS = {"google": 48, "microsoft": 64, "ses": 24, "sendgrid": 18, "hotmail": 20, "mimecast": 12, "proofpoint": 12}
"""Hosts of a shared network that are seen; 9 where nothing is said."""
BLAMED = 0.06
"""How often a host that many use is on a list for what one of them did."""
LEVEL = {"none": "?all", "quarantine": "~all", "reject": "-all"}


class Town:
    """Everything that stands before the first letter is sent, and what the kinds add."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.directory = Directory()
        self.nets = Nets(self.directory)
        self.homes = HOMES
        self.proper: dict[str, list[Stream]] = {home.domain: [] for home in HOMES}
        """The owners' own mail, for those who send it on."""
        self.lists: list[tuple[tuple[Host, ...], Signature | None, str]] = []
        """Hosts, signature and return path of the mailing lists that were played."""
        self._pools: dict[tuple[str, bool], tuple[Host, ...]] = {}
        for service in SERVICES.values():
            if service.include:
                self.directory.spf(service.include, f"v=spf1 {blocks(service.net)} ~all")
            if service.signer and "{" not in service.signer:
                self.directory.key(service.signer, service.selector)

    def choose(
        self, dice: Dice, count: int, wants: Callable[[Home], bool] = lambda _: True, *, untroubled: bool = False
    ) -> list[Home]:
        """Some domains that send mail; those without trouble only where asked for."""
        fit = [h for h in self.homes if not h.parked and (untroubled or not h.untroubled) and wants(h)]
        return dice.some(fit, count)

    def pool(self, net: str, count: int, *, six: bool = False) -> tuple[Host, ...]:
        """Hosts of a network that many use: the same for everyone in the world."""
        if (net, six) not in self._pools:
            dice = Dice.of(self.seed, "pool", net, six)
            self._pools[net, six] = self.nets.hosts(net, POOLS.get(net, POOL), dice, six=six)
            for host in self._pools[net, six]:
                if dice.happens(BLAMED):
                    self.directory.blame(host.address, dice.choice(LISTS))
        dice = Dice.of(self.seed, "share", net, six, count)
        return tuple(dice.some(self._pools[net, six], count))

    def alumni(self, home: Home) -> tuple[Host, ...]:
        """The university whose graduates work at the owner, and get mail from there, true and false."""
        net = {"de": "uni_de", "fr": "uni_de", "jp": "uni_jp"}.get(home.country, "uni_us")
        return (Dice.of(self.seed, "alumni", home.domain).choice(self.pool(net, POOL)),)

    def single(self, net: str, dice: Dice, name: str = "", *, six: bool = False) -> tuple[Host, ...]:
        """One host of its own."""
        return self.nets.hosts(net, 1, dice, six=six, name=name)

    def foreign(self, domain: str, net: str = "", hosts: Sequence[Host] = (), *, selector: str = "", end: str = "-all") -> str:
        """Sets up a domain of somebody else's: SPF for a network or hosts, and a key; gives it back."""
        terms = [f"include:{service.include}" for service in SERVICES.values() if net and service.net == net and service.include][
            :1
        ]
        terms = terms or ([blocks(net)] if net else [])
        terms += [("ip6:" if ":" in host.address else "ip4:") + host.address for host in hosts]
        self.directory.spf(domain, " ".join(["v=spf1", *terms, end]))
        self.directory.add(domain, "MX", f"10 {hosts[0].name if hosts else 'mx.' + domain}.")
        if selector:
            self.directory.key(domain, selector)
        return domain

    def letter(self, home: Home, service: str, *, aligned: bool = True, header: str = "") -> Letter:
        """A letter of a customer of a service, set up (`aligned`) or as it is by default."""
        what = SERVICES[service]
        label = home.domain.partition(".")[0]
        words = {"d": home.domain, "t": label.replace("-", ""), "x": Dice.of(self.seed, service, home.domain).code(12)}
        envelope = (what.path if aligned else what.default).format(**words)
        signatures = []
        if aligned and what.aligned:
            signatures.append(Signature(home.domain, what.aligned.format(**words)))
        if what.signer and (not aligned or what.both):
            signatures.append(Signature(what.signer.format(**words), what.selector.format(**words)))
        for signature in signatures:
            self.directory.key(signature.domain, signature.selector)
        if envelope != home.domain and "TXT" not in dict(self.directory.zone.get(envelope, ())):
            self.foreign(envelope, what.net, end="~all")
        return Letter(header or home.domain, envelope, tuple(signatures))

    def stream(self, home: Home, letter: Letter, hosts: Sequence[Host], rate: float, rhythm: Rhythm | None = None) -> Stream:
        """A stream to those whom the owner writes to."""
        to = audience(home.country, home.traits)
        return Stream(home, letter, tuple(hosts), rate, rhythm or steady(), to, even=len(hosts) >= MANY)


def blocks(net: str) -> str:
    """The blocks of a network as SPF terms."""
    four = [f"ip4:{block}" for block in NETS[net].blocks.split()]
    return " ".join([*four, f"ip6:{NETS[net].six}"] if NETS[net].six else four)
