"""The town: hosts in their networks, what DNS and block lists have of them, and who may send for whom."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.dns import Dns
from bench.accuracy.capital.letters import Host, Stream
from bench.accuracy.capital.nets import NETS, Net
from bench.accuracy.capital.people import HOMES, Home
from bench.accuracy.capital.services import SERVICE_NETS

ALL_NETS = NETS | SERVICE_NETS

LISTS = ("sbl.blc.example", "xbl.blc.example", "back.blc.example")
"""Block lists; the last one is hasty and forgets slowly."""
VOID = "void.blc.example"
"""A list that has nothing."""

SUPPLIERS = 16

UNANSWERED = 0.015
"""Share of hosts, of whatever kind, whose reverse zone does not answer."""

ROOMS = {
    "jp": ("iij_dc", "ntt_dc"),
    "us": ("lumen_dc",),
    "uk": ("colt_dc",),
    "fr": ("colt_dc",),
    "kr": ("kinx_dc",),
    "za": ("teraco_dc",),
}
"""Where firms have their machines."""

WORDS = (
    *("alder", "birch", "corvid", "delta", "ember", "fjord", "garnet", "hazel", "indigo", "juniper", "krona", "linden", "maple"),
    *("nimbus", "onyx", "pike", "quartz", "rowan", "sable", "teal", "umber", "vesper", "willow", "yarrow", "zephyr", "akane"),
    *("bettou", "cassin", "dubreuil", "eunha", "fujimi", "ginza", "hanbit", "isando", "jumeau", "kirei", "lesedi", "moinho"),
)
"""For names that operators and small firms choose."""


class Town:
    """Everything that is there before the first mail is sent."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.dns = Dns(seed)
        self.listings: dict[str, set[str]] = {name: set() for name in (*LISTS, VOID)}
        self.proper: dict[str, list[Stream]] = {}
        self._pools: dict[str, list[Host]] = {}
        self._taken: set[str] = set()
        self._suppliers: list[Host] = []
        self._permits: dict[str, list[str]] = {}
        self._ends: dict[str, str] = {}
        for net in ALL_NETS.values():
            if net.spf:
                terms = [f"ip4:{part}" for part in net.four.split()] + [f"ip6:{part}" for part in net.six.split()]
                self.dns.spf(net.spf, " ".join((*terms, "~all")))

    def homes(self, trade: str = "", *, signs: bool | None = None, office: str = "") -> list[Home]:
        """Domains that send and may have trouble, of a trade, that sign or do not, whose staff's mail is there."""
        return [
            home
            for home in HOMES
            if not home.parked
            and home.trade in (trade.split() or [home.trade])
            and (signs is None or home.signs is signs)
            and office in home.office
        ]

    def sending(self) -> list[Home]:
        """Domains whose staff writes mail."""
        return [home for home in HOMES if home.office != "none"]

    def troubled(self, trade: str = "", *, signs: bool | None = None, office: str = "") -> list[Home]:
        """As `homes`, without those that have no trouble."""
        return [home for home in self.homes(trade, signs=signs, office=office) if not home.calm]

    def host(self, net: str, dice: Dice) -> Host:
        """One of the hosts of a network."""
        pool = ALL_NETS[net].pool
        if not pool:
            return self.fresh(net, dice)
        if net not in self._pools:
            own = Dice.of(self.seed, "pool", net)
            self._pools[net] = [self.fresh(net, own) for _ in range(pool)]
        return dice.choice(self._pools[net])

    def hosts(self, net: str, dice: Dice, least: int, most: int) -> list[Host]:
        """Some of the hosts of a network, each once."""
        return list(dict.fromkeys(self.host(net, dice) for _ in range(dice.randint(least, most))))

    def fresh(self, net: str, dice: Dice, name: str = "", *, ptr: float | None = None) -> Host:
        """A host that nobody has met; with `name` it was given one by its owner."""
        place = ALL_NETS[net]
        ip = self._address(place, dice)
        told = name or _named(place.names, ip, dice)
        if told and dice.happens(place.ptr if ptr is None else ptr):
            self.dns.pointer(ip, told)
            if dice.happens(place.sure):
                self.dns.host(told, ip)
        elif dice.happens(0.05):
            self.dns.mute(ip)
        if name:
            self.dns.host(name, ip)
        if dice.happens(UNANSWERED):
            self.dns.mute(ip)
        if dice.happens(place.listed):
            for each in dice.some(LISTS, 1, 3):
                self.listings[each].add(ip)
        return Host(ip, told or f"{dice.choice(WORDS)}-{ip_address(ip).packed[-1]}")

    def machine(self, home: Home, label: str, dice: Dice, *, ptr: float = 0.85) -> Host:
        """A machine of an owner in the rooms that firms of the country use."""
        return self.fresh(dice.choice(ROOMS[home.country]), dice, f"{label}.{home.domain}", ptr=ptr)

    def supplier(self, dice: Dice) -> Host:
        """A mail server of one of a few suppliers whose work it is to pass mail on; its envelope domain permits it."""
        if not self._suppliers:
            own = Dice.of(self.seed, "suppliers")
            for number in range(SUPPLIERS):
                name = (
                    f"mail.{own.choice(WORDS)}-{own.choice(('supply', 'denki', 'batiment', 'systems', 'software'))}{number}.example"
                )
                host = self.fresh(own.choice(("aws", "hetzner", "ntt_dc", "colt_dc", "kinx_dc", "teraco_dc")), own, name)
                self.dns.spf(name.partition(".")[2], f"ip{ip_address(host.ip).version}:{host.ip} ~all")
                self._suppliers.append(host)
        return dice.choice(self._suppliers)

    def permit(self, name: str, term: str) -> None:
        """Puts a term into the SPF record of a name."""
        terms = self._permits.setdefault(name, [])
        if term not in terms:
            terms.append(term)

    def permit_host(self, name: str, host: Host) -> None:
        """Puts an address into the SPF record of a name."""
        self.permit(name, f"ip{ip_address(host.ip).version}:{host.ip}")

    def end(self, name: str, sign: str) -> None:
        """How the SPF record of a name ends."""
        self._ends[name] = sign

    def publish(self) -> None:
        """Writes the SPF records of the owners down."""
        for name in dict.fromkeys((*self._permits, *self._ends)):
            self.dns.spf(name, " ".join((*self._permits.get(name, ()), self._ends.get(name, "~all"))))

    def _address(self, net: Net, dice: Dice) -> str:
        while True:
            part = ip_network(dice.choice(net.six.split() if net.six and dice.happens(0.2) else net.four.split()))
            wide = min(part.num_addresses, 1 << 64)
            ip = str(part[dice.randrange(1, wide - 1)])
            if ip not in self._taken:
                self._taken.add(ip)
                return ip


def _named(pattern: str, ip: str, dice: Dice) -> str:
    """A host name by a pattern."""
    octets = ip.split(".") if "." in ip else [*ip_address(ip).exploded.split(":")[4:]]
    words = {
        "a": octets[0],
        "b": octets[1],
        "c": octets[2],
        "d": octets[3],
        "x": ip_address(ip).packed[-4:].hex(),
        "n": "",
        "w": "",
    }
    return "".join(_filled(pattern, words, dice))


def _filled(pattern: str, words: dict[str, str], dice: Dice) -> Iterator[str]:
    head, *rest = pattern.split("{")
    yield head
    for part in rest:
        sign, _, tail = part.partition("}")
        yield {"n": str(dice.randint(1, 99)), "w": dice.choice(WORDS)}.get(sign, words.get(sign, ""))
        yield tail


def expand(pattern: str, dice: Dice) -> str:
    """A name by a pattern of `services`."""
    words = {"w28": dice.word(28), "r": dice.choice(("ap-northeast-1", "eu-west-1", "us-east-1", "af-south-1"))}
    return "".join(_filled(pattern, words, dice))
