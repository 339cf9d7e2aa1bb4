"""Filters that stand before the mailboxes of receivers, which report what the filter hands them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.forwards import of
from bench.accuracy.capital.letters import Stream, forwarded
from bench.accuracy.capital.reporters import BUSINESS
from bench.accuracy.capital.roads import ROADS, Road, along
from bench.accuracy.capital.town import WORDS, Town

BEHIND = {"enterprise": 8.0, "google": 1.5}
"""Whose mailboxes stand behind filters."""

BOXES = ("fortimail", "mx1", "sophos", "gw", "mailgw", "esg")


def before(town: Town, dice: Dice, name: str, least: int, most: int, *, country: str = "", rate: float = 0.22) -> Iterator[Stream]:
    """Streams through one filter."""
    for home in of(town, dice, least, most, country=country):
        yield along(town, home, ROADS[name], dice, rate=rate * home.size**0.3, size=1.5 * home.size**0.3, to=BEHIND)


@forwarded()
def mimecast_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Mimecast, which rewrites links and seals."""
    yield from before(town, dice, "mimecast", 10, 14, country="uk za us")


@forwarded()
def proofpoint_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Proofpoint, with links rewritten and banners put in."""
    yield from before(town, dice, "proofpoint", 12, 16, country="us fr uk jp")


@forwarded()
def barracuda_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Barracuda."""
    yield from before(town, dice, "barracuda", 8, 12, country="us uk")


@forwarded()
def trend_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Trend Micro, who put a stamp below each text."""
    yield from before(town, dice, "trend", 8, 12, country="jp za")


@forwarded()
def hornet_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Hornetsecurity or Vade, links rewritten."""
    yield from before(town, dice, "hornet", 4, 6, country="fr uk", rate=0.15)
    yield from before(town, dice, "vade", 4, 6, country="fr")


@forwarded()
def cisco_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind Cisco's hosted filter, which tags subjects with [EXTERNAL]."""
    yield from before(town, dice, "iphmx", 8, 12, country="us jp kr")


@forwarded()
def messagelabs_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers behind the old MessageLabs service."""
    yield from before(town, dice, "messagelabs", 6, 10, country="uk us jp", rate=0.15)


@forwarded()
def securemx_before(town: Town, dice: Dice) -> Iterator[Stream]:
    """Japanese receivers behind IIJ's filter, attachments of mail made harmless."""
    yield from before(town, dice, "securemx", 7, 9, country="jp")


@forwarded()
def hoster_filter(town: Town, dice: Dice) -> Iterator[Stream]:
    """The filters that small hosts share, before mailboxes at Microsoft and Google."""
    yield from before(town, dice, "antispamcloud", 7, 10, country="za uk fr", rate=0.16)


@forwarded()
def challenge_filter(town: Town, dice: Dice) -> Iterator[Stream]:
    """French receivers whose filter holds strangers' mail until they answer, then sends it on."""
    yield from before(town, dice, "mailinblack", 3, 5, country="fr", rate=0.2)


@forwarded()
def box_in_the_cellar(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers with a filter appliance of their own that tags and hands on to hosted mailboxes; many firms, little mail each."""
    for home in of(town, dice, 18, 26, traced=True):
        net = {"jp": "usen_office", "us": "comcast_office", "kr": "business_kt", "za": "teraco_dc"}.get(home.country, "colt_dc")
        name = f"{dice.choice(BOXES)}.{dice.choice(WORDS)}{dice.randint(2, 99)}.example"
        host = town.fresh(net, dice, name if dice.happens(0.7) else "")
        yield along(town, home, Road(net, "", dice.choice((0.3, 0.8, 1.0)), road=""), dice, rate=0.09, hosts=[host], to=BUSINESS)


@forwarded()
def sandbox_detour(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mail that Microsoft hands to a filter in a rented cloud and takes back, changed, from there."""
    for home in of(town, dice, 9, 13, traced=True):
        net = dice.choice(("azure", "aws", "gce"))
        hosts = [town.fresh(net, dice) for _ in range(dice.randint(1, 3))]
        yield along(town, home, Road(net, "", 0.8, road=""), dice, rate=0.16, hosts=hosts, to={"enterprise": 1.0})


@forwarded()
def leaving_through_the_gateway(town: Town, dice: Dice) -> Iterator[Stream]:
    """Receivers whose rule sends private mail on, and whose outgoing gateway adds a disclaimer to it as to their own."""
    for home in of(town, dice, 10, 14):
        name = dice.choice(("proofpoint", "mimecast", "hornet", "iphmx", "barracuda"))
        road = ROADS[name]._replace(changed=0.95, sealed="", srs="{w}-{w}.example" if dice.happens(0.5) else "")
        yield along(town, home, road, dice, rate=0.12)
