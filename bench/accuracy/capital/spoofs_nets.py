"""Those who write in the owners' names, by where they send from."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Host, Letter, Sig, Stream, spoof
from bench.accuracy.capital.people import HOMES, Home
from bench.accuracy.capital.reporters import weights
from bench.accuracy.capital.town import WORDS, Town

BAD_LINES = (
    "vnpt_line",
    "vivo_line",
    "airtel_line",
    "mtn_ng_line",
    "rostelecom_line",
    "kt_line",
    "telkom_line",
    "comcast_line",
    "bt_line",
    "orange_line",
    "ocn_line",
)

EVERYBODY = {
    "google": 5.0,
    "outlook": 3.0,
    "enterprise": 2.0,
    "yahoo": 1.5,
    "mailru": 1.2,
    "seznam": 0.4,
    "gmx": 0.8,
    "webde": 0.6,
    "comcast": 0.4,
    "docomo": 0.8,
    "kddi": 0.5,
    "orange": 0.6,
    "naver": 0.6,
    "bt": 0.3,
    "laposte": 0.2,
    "fastmail": 0.2,
    "spamexperts": 0.4,
    "mimecast": 0.4,
    "rspamd_fr": 0.2,
    "opendmarc_us": 0.1,
}
"""Where mail goes that is sent to all addresses that can be bought."""


def victims(dice: Dice, least: int, most: int, trade: str = "", *, parked: bool = False) -> list[Home]:
    """Domains whose names are used."""
    known = [home for home in HOMES if not home.calm and home.parked is parked and (not trade or home.trade in trade.split())]
    return dice.some(known, least, most)


def to(dice: Dice, home: Home) -> dict[str, float]:
    """Where a spoofer's mail goes: everywhere, or to the owner's country."""
    return EVERYBODY if dice.happens(0.6) else weights(home.country)


def lie(home: Home, *, sender: str | None = None, sigs: tuple[Sig, ...] = (), author: str = "", helo: str = "") -> Letter:
    """A letter in the owner's name."""
    return Letter(author or home.domain, home.domain if sender is None else sender, sigs, helo=helo)


@spoof()
def botnet(town: Town, dice: Dice) -> Iterator[Stream]:
    """Infected computers on home lines all over the world, one or two letters each, in waves."""
    for home in victims(dice, 14, 18):
        hosts = [town.fresh(dice.choice(BAD_LINES), dice) for _ in range(dice.randint(8, 30))]
        letters = [(0.8, lie(home)), (0.2, lie(home, sender=f"{dice.choice(WORDS)}{dice.randint(1, 99)}.example"))]
        yield Stream(home, hosts, letters, 0.35, 1.2, "waves", to=to(dice, home))


@spoof(hard=True)
def cameras(town: Town, dice: Dice) -> Iterator[Stream]:
    """Routers and cameras of small firms that were taken over; their lines have proper host names and no listing yet.

    Hard: copiers of the owner's branches stand on the same kind of line, some in the same building.
    """
    for home in victims(dice, 9, 12):
        hosts = [
            town.fresh(dice.choice(("usen_office", "comcast_office", "business_kt", "bt_line", "flex_office", "flex_office")), dice)
            for _ in range(dice.randint(3, 9))
        ]
        yield Stream(home, hosts, [(1.0, lie(home))], 0.2, 1.2, "waves", to=to(dice, home))


@spoof()
def rented_machines(town: Town, dice: Dice) -> Iterator[Stream]:
    """Machines rented for a day or two, generic host names, envelope as the author or made up."""
    for home in victims(dice, 16, 22):
        nets = ("digitalocean", "vultr", "contabo", "ovh", "hetzner", "linode", "aws", "gce", "azure", "conoha")
        hosts = [town.fresh(dice.choice(nets), dice) for _ in range(dice.randint(1, 4))]
        sender = home.domain if dice.happens(0.55) else f"{dice.choice(WORDS)}-{dice.word(4)}.example"
        yield Stream(home, hosts, [(1.0, lie(home, sender=sender))], 0.22, 4.0, "waves", to=to(dice, home))


@spoof()
def named_machines(town: Town, dice: Dice) -> Iterator[Stream]:
    """Rented machines that were given a decent name, SPF and a signature of a throw-away domain."""
    for home in victims(dice, 9, 13):
        name = f"{dice.choice(WORDS)}{dice.choice(('mail', 'post', 'send', 'service'))}{dice.randint(1, 99)}.example"
        host = town.fresh(dice.choice(("vultr", "contabo", "hetzner", "ovh")), dice, f"mail.{name}", ptr=0.9)
        town.dns.spf(name, f"ip{6 if ':' in host.ip else 4}:{host.ip} -all")
        sigs = (Sig(name, dice.choice(("mail", "default", "dkim"))),) if dice.happens(0.7) else ()
        yield Stream(home, [host], [(1.0, lie(home, sender=name, sigs=sigs))], 0.2, 8.0, "waves", to=to(dice, home))


@spoof()
def snowshoe(town: Town, dice: Dice) -> Iterator[Stream]:
    """Whole ranges of well-named hosts, little mail from each, all in order but for the author."""
    for home in victims(dice, 6, 9):
        name = f"{dice.choice(WORDS)}{dice.choice(WORDS)}.info"
        hosts = [town.fresh("snow", dice, f"m{n}.{name}", ptr=0.95) for n in range(dice.randint(6, 18))]
        town.dns.spf(name, " ".join((*(f"ip4:{host.ip}" for host in hosts), "-all")))
        yield Stream(home, hosts, [(1.0, lie(home, sender=name, sigs=(Sig(name, "k1"),)))], 0.4, 2.0, "daily", to=to(dice, home))


@spoof()
def bulletproof(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hosts at operators that answer no complaint."""
    for home in victims(dice, 8, 12):
        hosts = [town.fresh("bulletproof", dice) for _ in range(dice.randint(1, 5))]
        yield Stream(home, hosts, [(1.0, lie(home))], 0.3, 5.0, "waves", to=to(dice, home))


@spoof()
def behind_a_vpn(town: Town, dice: Dice) -> Iterator[Stream]:
    """Exits of anonymising networks."""
    for home in victims(dice, 7, 10):
        hosts = [town.fresh("equinix_vpn", dice) for _ in range(dice.randint(1, 4))]
        yield Stream(home, hosts, [(1.0, lie(home))], 0.14, 1.5, "waves", to=to(dice, home))


@spoof()
def lying_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hosts whose PTR names a mail service or the owner; the name does not lead back."""
    for home in victims(dice, 8, 11):
        claimed = dice.choice(
            (
                f"mail.{home.domain}",
                f"smtp2.{home.domain}",
                "mail-ej1-f41.google.com",
                "mail-eopbgr70043.outbound.protection.outlook.com",
                "o1.ptr4412.sendgrid.net",
            )
        )
        host: Host = town.fresh("bulletproof" if dice.happens(0.5) else "digitalocean", dice, ptr=0.0)
        town.dns.pointer(host.ip, claimed)
        yield Stream(home, [host], [(1.0, lie(home, helo=claimed))], 0.2, 3.0, "waves", to=to(dice, home))


@spoof()
def six_rotating(town: Town, dice: Dice) -> Iterator[Stream]:
    """A rented IPv6 network in which each letter has an address of its own."""
    for home in victims(dice, 5, 7):
        hosts = [town.fresh("sixes", dice) for _ in range(dice.randint(10, 30))]
        yield Stream(
            home, hosts, [(1.0, lie(home))], 0.3, 1.0, "waves", to={"google": 6.0, "yahoo": 0.5, "comcast": 1.0, "gmx": 0.3}
        )
