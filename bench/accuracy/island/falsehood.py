"""What spoofers have in common: hosts that are listed in part, envelopes of several makes."""

from __future__ import annotations

from collections.abc import Sequence

from bench.accuracy.island.carrying import signed
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Sign, Stream
from bench.accuracy.island.nets import NETS
from bench.accuracy.island.people import Site
from bench.accuracy.island.town import Town

THROWAWAY = ("top", "shop", "cn", "xyz", "com", "icu", "net", "ru", "com.br", "info")
"""Where names for one wave are bought, and where hacked sites are."""


def listed(town: Town, host: Host, dice: Dice, share: float) -> Host:
    """The host, which some lists have noticed."""
    if dice.happens(share):
        town.directory.list_(host.address, 0)
    if dice.happens(share * 0.6):
        town.directory.list_(host.address, 1)
    return host


def swarm(town: Town, dice: Dice, nets: Sequence[str], count: int, share: float, *, helo: str = "") -> list[Host]:
    """Machines in several networks."""
    return [listed(town, town.machine(dice.choice(nets), dice, helo=helo), dice, share) for _ in range(count)]


def throwaway(dice: Dice) -> str:
    """A name bought for one wave."""
    name = dice.jumble(dice.randint(6, 12)) if dice.happens(0.4) else dice.word(6, 10)
    return f"{name}.{dice.choice(THROWAWAY)}"


def bought(town: Town, dice: Dice, hosts: Sequence[Host], *, sign: bool = False) -> tuple[str, tuple[Sign, ...]]:
    """A name of the spoofer with its own SPF record, and perhaps a signature."""
    name = throwaway(dice)
    town.firm(name, hosts, dice.choice(("~all", "-all", "?all")))
    return name, (signed(town, name, dice.choice(("default", "dkim", "s1", "mail"))),) if sign else ()


def letters(dice: Dice, author: str, hosts: Sequence[Host], *, own: float = 0.55) -> list[tuple[Host, Letter]]:
    """Unsigned letters; the envelope is the victim's in a share of cases, else some name without a record, or another victim's."""
    pairs = []
    for host in hosts:
        envelope = author if dice.happens(own) else throwaway(dice)
        pairs.append((host, Letter(author, envelope)))
    return pairs


def wave(site: Site, pairs: list[tuple[Host, Letter]], rate: float, dice: Dice, **more: object) -> Stream:
    """False mail comes in waves, to whom the spoofer has addresses of."""
    stream = Stream(site, pairs, rate * site.target**0.5, "waves", heap=dice.choice((1.0, 1.0, 1.0, 1.0, 1.6)))
    for name, value in more.items():
        setattr(stream, name, value)
    return stream


ASIA = tuple(name for name in NETS if name in ("vnpt", "bsnl", "telkom", "chinanet", "unicom", "kornet", "asianet", "ptcl"))
ELSEWHERE = ("telesp", "ttnet", "infinitum", "corbina", "tedata", "speedy", "mtn", "tin", "tpnet", "comcast", "wanadoo", "dtag")
CHEAP = ("ovh", "contabo", "digitalocean", "linode", "vultr", "hetzner", "colocrossing", "m247", "selectel", "alibaba", "tencent")
