"""How an owner's letters go on from somebody else's host, and how other people's domains come about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Sign, Stream, through
from bench.accuracy.island.people import Site
from bench.accuracy.island.town import Station, Town

USUAL = 20.0
"""Mails a day of an owner of usual size."""

FORWARD = frozenset({"forward"})
SEALED = frozenset({"forward", "arc"})
LIST = frozenset({"list"})
SEALED_LIST = frozenset({"list", "arc"})

LOCAL = {
    "jp": ("sakura", "xserver", "lolipop", "heteml"),
    "de": ("ionos_web", "strato"),
    "fr": ("ovh_web",),
    "br": ("hostgator_br", "locaweb_web"),
    "in": ("bigrock", "godaddy"),
    "ng": ("whogohost", "bluehost"),
    "us": ("bluehost", "godaddy"),
    "uk": ("ionos_web", "godaddy"),
}
"""Where websites stand, by country."""

CLOUD = {
    "jp": ("aws", "sakura_vps", "conoha", "gcp"),
    "br": ("aws", "locaweb", "azure"),
    "de": ("hetzner", "azure"),
    "fr": ("ovh", "azure"),
}
"""Clouds that owners rent machines of, by country."""


def cloud(site: Site, dice: Dice) -> str:
    """A rented machine's network, as owners of the country choose it."""
    return dice.choice(CLOUD.get(site.country, ("aws", "azure", "digitalocean")))


def size(site: Site) -> float:
    """Of a big owner's mail more goes everywhere, though not in proportion."""
    return float((max(site.volume, 1.0) / USUAL) ** 0.6)


def carry(
    town: Town, site: Site, hosts: Sequence[Host], rate: float, *, envelope: str | None = None, breaks: float = 0.0, **more: object
) -> Iterator[Stream]:
    """A site's letters by other hosts; the envelope stays where none is given."""
    letters = town.letters[site.domain]
    for letter in dict.fromkeys(letters):
        went = letter if envelope is None else letter._replace(envelope=envelope)
        share = letters.count(letter) / len(letters)
        stream = Stream(site, through(hosts, went), rate * share * size(site), breaks=breaks)
        for name, value in more.items():
            setattr(stream, name, value)
        yield stream


def letter_of(town: Town, site: Site, dice: Dice) -> Letter:
    """One of a site's proper letters, the usual ones more often."""
    letters = town.letters[site.domain]
    return dice.choice(letters) if letters else Letter(site.domain, site.domain)


def domain(dice: Dice, *suffixes: str) -> str:
    """A name that somebody has registered."""
    return f"{dice.word()}{dice.choice(('', '', '-' + dice.word(3, 5)))}.{dice.choice(suffixes)}"


STATIONS = {
    "mailman2": (("ac.jp", "nuro"), ("edu", "comcast_biz"), ("org", "hetzner"), ("or.jp", "sakura_vps"), ("in", "airtel")),
    "mailman2 signing": (("org", "hetzner"), ("de", "ovh")),
    "fml": (("or.jp", "ocn_fixed"), ("gr.jp", "usen"), ("jp", "sakura_vps")),
    "alumni": (("ac.jp", "nuro"), ("edu", "comcast_biz"), ("fr", "orange_pro"), ("ac.jp", "ocn_fixed")),
    "alumni tagging": (("edu", "comcast_biz"), ("org", "linode")),
}
"""What passes on true and false mail: endings of names, and networks."""

LISTED = 0.04
"""Share of honest mail hosts that a block list has."""


def stations(town: Town, what: str) -> list[Station]:
    """The forwarders or list hosts of a make; the same for all who ask."""
    if what not in town.stations:
        dice = Dice.of(town.seed, "stations", what)
        town.stations[what] = []
        for suffix, net in STATIONS[what]:
            name = domain(dice, suffix)
            sign = "lists" if "signing" in what else ""
            hosts = mailers(town, dice, net, name, dice.randint(1, 2), sign=sign)
            town.stations[what].append(Station(name, hosts, (Sign(name, sign),) if sign else ()))
    return town.stations[what]


def mailers(town: Town, dice: Dice, net: str, name: str, count: int = 1, *, sign: str = "") -> list[Host]:
    """Mail hosts of another party's domain, permitted by it."""
    hosts = [
        town.machine(net, dice, f"{dice.choice(('mail', 'mx', 'smtp', 'mta'))}{n or ''}.{name}", forward=True) for n in range(count)
    ]
    town.firm(name, hosts, sign=sign)
    for host in hosts:
        if dice.happens(LISTED):
            town.directory.list_(host.address, dice.randint(0, 1))
    return hosts


def signed(town: Town, name: str, selector: str) -> Sign:
    """A good signature of another party."""
    town.directory.key(selector, name)
    return Sign(name, selector)
