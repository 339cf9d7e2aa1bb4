"""The owners' proper mail, and the DNS records it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.accuracy.abroad import rhythm
from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.letters import FAIL, Letter, Seal, Stream
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import Rhythm
from bench.accuracy.abroad.services import SERVICES
from bench.accuracy.abroad.town import Town

OWN_NETS = {
    "jp": "iij_office",
    "de": "hetzner",
    "fr": "gandi",
    "cz": "hetzner",
    "us": "linode",
    "nordic": "telia_office",
    "uk": "ovh",
}
BROKEN = 0.004
"""Share of signatures that break on the way for reasons nobody finds."""

MORE_INCLUDES = 12


def own_hosts(town: Town, home: Home) -> list[str]:
    """The two mail servers in the owner's own house; always the same ones."""
    names = [f"mx{n}.{home.domain}" for n in (1, 2)]
    known = sorted(value for name in names for rtype, value in town.zone.get(name, ()) if rtype == "A")
    return known or sorted(town.host(OWN_NETS[home.public], name) for name in names)


def settle(town: Town, home: Home) -> None:
    """Publishes the records of a home."""
    terms = []
    if "own" in home.traits:
        hosts = own_hosts(town, home)
        terms += [f"ip4:{ip}" for ip in hosts]
        town.add(home.domain, "MX", f"10 mx1.{home.domain}.")
    elif not home.parked:
        town.add(home.domain, "MX", f"10 {home.domain.replace('.', '-')}.mail.protection.outlook.com.")
    for way, _, _ in home.ways:
        if way != "own":
            terms.append(f"include:{SERVICES[way].spf_name}")
            town.text(f"bounce.{home.domain}", f"v=spf1 include:{SERVICES[way].spf_name} -all") if way not in (
                "m365",
                "google",
            ) else None
    if "crowded" in home.traits:
        for number in range(MORE_INCLUDES):
            town.text(f"_spf{number}.{home.domain}", f"v=spf1 ip4:198.51.100.{number} -all")
        terms = [f"include:_spf{n}.{home.domain}" for n in range(MORE_INCLUDES)] + terms
    town.text(home.domain, " ".join(["v=spf1", *terms, home.fail]))
    town.text(f"_dmarc.{home.domain}", f"v=DMARC1; p={home.policy[-1][1]}; rua=mailto:dmarc@{home.domain}")
    for selector in home.selectors if home.signs else ():
        town.key(home.domain, selector)
    town.add(f"www.{home.domain}", "A", town.host("ovh" if home.public != "jp" else "sakura_shared"))


def proper(town: Town, home: Home) -> Iterator[Stream]:
    """The streams of a home's proper mail."""
    rhythms: dict[str, Rhythm] = {"office": rhythm.office, "shop": rhythm.shop, "steady": rhythm.steady}
    for number, (way, rate, days) in enumerate(home.ways):
        selector = home.selectors[number % len(home.selectors)]
        hosts = own_hosts(town, home) if way == "own" else way_hosts(town, way)
        when = rhythms.get(days) or _scaled(rhythm.weekly(int(days[-1])), 6.0)
        envelope = home.domain if way in ("own", "m365", "google", "proofpoint") else f"bounce.{home.domain}"
        yield Stream(home.domain, rate, _letters(home, hosts, envelope, selector), when, lots=2)


def way_hosts(town: Town, way: str) -> list[str]:
    """The outgoing hosts of a service."""
    service = SERVICES[way]
    return [ip for net in service.nets for ip in town.pool(net, service.hosts)]


def seals_of(home: Home, dice: Dice | None = None, *, broken: float = 0.0, selector: str = "") -> tuple[Seal, ...]:
    """The signature of a home on arrival, broken with this chance; none where it does not sign."""
    if not home.signs:
        return ()
    result = FAIL if dice is not None and dice.odds(broken) else Seal("", "").result
    return (Seal(home.domain, selector or home.selectors[0], result),)


def _letters(home: Home, hosts: list[str], envelope: str, selector: str) -> Callable[[Dice, int], Letter]:
    def write(dice: Dice, _: int) -> Letter:
        return Letter(dice.choice(hosts), home.domain, envelope, seals_of(home, dice, broken=BROKEN, selector=selector))

    return write


def _scaled(inner: Rhythm, factor: float) -> Rhythm:
    return lambda day: inner(day) * factor
