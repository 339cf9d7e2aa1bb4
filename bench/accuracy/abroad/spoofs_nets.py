"""Spoofers by where they send from: lines of strangers, rented and broken hosts, clouds, others' mail systems."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.faults_hosts import nat_of
from bench.accuracy.abroad.letters import Letter, Seal, Stream, spoof, spoof_hard
from bench.accuracy.abroad.nets import CHEAP, DIALUPS, SHARED
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.postoffices import WORLD
from bench.accuracy.abroad.rhythm import Rhythm, bursts, office, once, steady
from bench.accuracy.abroad.town import Town


def crooked(
    home: Home, rate: float, rhythm: Rhythm, write: Callable[[Dice, int], Letter], *, lots: int = 2, public: bool = False
) -> Stream:
    """A stream of spoofed mail, to the world or (`public`) to the owner's own public."""
    return Stream(home.domain, rate, write, rhythm, None if public else WORLD, lots)


def bots(town: Town, nets: Sequence[str], size: int, listed: float) -> list[str]:
    """Infected machines; the same one is seldom met twice."""
    dice = Dice.of(town.seed, "bots", *nets, size)
    return [town.host(dice.choice(nets), listed=listed) for _ in range(size)]


@spoof
def botnet_dialup(town: Town, dice: Dice) -> Iterator[Stream]:
    """A botnet on access lines of many countries, in waves, with the owner's domain as envelope."""
    herd = bots(town, DIALUPS, 420, 0.45)
    for home in town.troubled(dice, 9):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            return Letter(dice.choice(herd), home.domain, home.domain, helo="localhost")

        yield crooked(home, dice.uniform(12, 28), bursts(dice, 4, 4), write, lots=3)


@spoof
def extortion_trickle(town: Town, dice: Dice) -> Iterator[Stream]:
    """Extortion letters 'from yourself': a few each day, each from another line, null envelope or the bot's own nonsense."""
    herd = bots(town, DIALUPS, 500, 0.5)
    for home in town.troubled(dice, 18):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            envelope = home.domain if dice.odds(0.7) else f"{dice.word(8)}.example"
            return Letter(dice.choice(herd), home.domain, envelope, helo=dice.word(7))

        yield crooked(home, dice.uniform(0.3, 1.0), steady, write, lots=4)


@spoof
def parked_bots(town: Town, dice: Dice) -> Iterator[Stream]:
    """Names that send no mail at all are used by bots and cheap hosts."""
    herd = bots(town, (*DIALUPS, *CHEAP), 260, 0.4)
    for home in (h for h in town.homes if h.parked):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            return Letter(dice.choice(herd), home.domain, home.domain if dice.odds(0.6) else "mail.example")

        yield crooked(home, dice.uniform(1, 3), steady, write)
        yield crooked(home, 14.0, bursts(dice, 2, 3), write)


@spoof
def phish_exact(town: Town, dice: Dice) -> Iterator[Stream]:
    """A one-day phish from a few cheap hosts, thousands of letters to the owner's own public, unsigned, with the owner as
    envelope."""
    for home in town.troubled(dice, 8):
        hosts = [town.host(dice.choice(CHEAP), listed=0.3) for _ in range(dice.randint(3, 7))]

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts) -> Letter:
            return Letter(dice.choice(hosts), home.domain, home.domain)

        yield crooked(home, 700.0, once(dice.randint(3, 86)), write, lots=4, public=True)


@spoof_hard
def snowshoe_clean(town: Town, dice: Dice) -> Iterator[Stream]:
    """Snowshoe: a dozen hosts with clean names that lead back, a domain of their own with SPF and a key. Hard: on each host all
    is in order, as with a small service; the many hosts, new all at once and gone again, are not."""
    for number, home in enumerate(town.troubled(dice, 7)):
        name = f"{dice.word(5, 'aeiklmnorst')}{number}-offers.example"
        hosts = [
            town.host(dice.choice(("colocrossing", "ovh", "contabo")), f"{dice.word(4)}.{name}", listed=0.25) for _ in range(12)
        ]
        town.text(name, "v=spf1 " + " ".join(f"ip4:{ip}" for ip in hosts) + " -all")
        town.key(name, "dkim")

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts, name: str = name) -> Letter:
            return Letter(dice.choice(hosts), home.domain, name, (Seal(name, "dkim"),))

        yield crooked(home, 30.0, bursts(dice, 2, 4), write, lots=3)


@spoof_hard
def broken_site(town: Town, dice: Dice) -> Iterator[Stream]:
    """Broken-into sites on shared hosts mail as the hoster's user. Hard: the owner's own shop could stand on such a host."""
    for _ in range(34):
        home = dice.choice(town.troubled(dice, 20))
        net = dice.choice(SHARED)
        host = town.host(net, listed=0.3)
        name = (
            f"{dice.word(6)}.{dice.choice(('web-hosting.com', 'bluehost.com', 'stratoserver.net', 'xserver.jp', 'sakura.ne.jp'))}"
        )

        def write(_: Dice, __: int, home: Home = home, host: str = host, name: str = name) -> Letter:
            return Letter(host, home.domain, name)

        yield crooked(home, dice.uniform(15, 40), bursts(dice, 1, 3), write, lots=1)


@spoof
def cloud_machines(town: Town, dice: Dice) -> Iterator[Stream]:
    """Rented cloud machines for a day or two, named by the cloud or not at all, several at once."""
    for home in town.troubled(dice, 8):
        hosts = [town.host(dice.choice(("aws_tokyo", "gcp", "azure", "digitalocean")), listed=0.2) for _ in range(8)]

        def write(dice: Dice, _: int, home: Home = home, hosts: list[str] = hosts) -> Letter:
            return Letter(dice.choice(hosts), home.domain, home.domain if dice.odds(0.5) else f"{dice.word(6)}.example")

        yield crooked(home, 50.0, bursts(dice, 2, 2), write, lots=3)


@spoof_hard
def strangers_mail_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """A stolen account at a stranger's proper mail server: its own envelope passes, it signs as itself, its name leads back.
    Hard: a list or a ticket system of a partner looks alike; the burst and the missing signature of the owner are all there
    is."""
    for number in range(26):
        home = dice.choice(town.troubled(dice, 20))
        name = f"betrieb{number}-{dice.word(3)}.example"
        host = town.host(dice.choice(("telia_office", "iij_office", "univ_us", "hetzner", "strato")), f"mail.{name}", listed=0.1)
        town.text(name, f"v=spf1 ip4:{host} -all")
        town.key(name, "default")
        seals = (Seal(name, "default"),) if dice.odds(0.6) else ()

        def write(
            _: Dice, __: int, home: Home = home, host: str = host, name: str = name, seals: tuple[Seal, ...] = seals
        ) -> Letter:
            return Letter(host, home.domain, name, seals)

        yield crooked(home, 30.0, bursts(dice, 1, 2), write, lots=1)


@spoof_hard
def nat_guest(town: Town, dice: Dice) -> Iterator[Stream]:
    """An infected guest in the owner's office mails from the address of `nat_office`. Hard: only envelope and days tell the two
    apart."""
    for home in town.troubled(Dice.of(town.seed, "nat"), 4):
        host = nat_of(town, home)

        def write(dice: Dice, _: int, home: Home = home, host: str = host) -> Letter:
            return Letter(host, home.domain, f"{dice.word(7)}.example", helo="localhost")

        yield crooked(home, 9.0, bursts(dice, 2, 4), write)


@spoof
def telephones(town: Town, dice: Dice) -> Iterator[Stream]:
    """Infected telephones behind carriers' lines: single letters, no name or the carrier's."""
    herd = bots(town, ("kddi_line", "softbank_line", "asahi6", "vodafone6", "airtel"), 160, 0.2)
    for home in town.troubled(dice, 8):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            return Letter(dice.choice(herd), home.domain, home.domain)

        yield crooked(home, 7.0, bursts(dice, 5, 3), write, lots=4)


@spoof_hard
def six_snowshoe(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spoofers on one rented machine with an IPv6 network of its own, a new address each letter, none with a name. Hard:
    forwarders on IPv6 have no name either."""
    herd = [town.host("hetzner6_one") for _ in range(60)]
    for home in town.troubled(dice, 5):

        def write(dice: Dice, _: int, home: Home = home) -> Letter:
            return Letter(dice.choice(herd), home.domain, home.domain)

        yield crooked(home, 14.0, bursts(dice, 2, 4), write, lots=3)


@spoof_hard
def neighbour(town: Town, dice: Dice) -> Iterator[Stream]:
    """Another customer of the owner's web host sends in the owner's name from the very host that `www` points to. Hard: the
    owner's own site would send from there too; the foreign envelope and the two nights of it speak against that."""
    for home in town.troubled(dice, 4):
        host = next(text for rtype, text in sorted(town.zone[f"www.{home.domain}"]) if rtype == "A")

        def write(_: Dice, __: int, home: Home = home, host: str = host) -> Letter:
            return Letter(host, home.domain, f"kunden{host.rpartition('.')[2]}.example")

        yield crooked(home, 24.0, bursts(dice, 1, 3), write, lots=1)


@spoof_hard
def patient_desk(town: Town, dice: Dice) -> Iterator[Stream]:
    """Fraud by hand: a few letters each working day to the owner's partners from one rented host, for weeks. Hard: it keeps
    office hours and rhythm as a scanner does; a foreign country's host with the owner's envelope is all."""
    for home in town.troubled(dice, 6):
        host = town.host(dice.choice(("contabo", "colocrossing", "ovh", "linode")), listed=0.15)

        def write(_: Dice, __: int, home: Home = home, host: str = host) -> Letter:
            return Letter(host, home.domain, home.domain)

        yield crooked(home, dice.uniform(1.0, 2.0), office, write, lots=1, public=True)
