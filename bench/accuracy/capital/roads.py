"""Roads that mail takes after its receiver: forwarders, gateways and lists, and what each does to a letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Host, Letter, Sig, Stream
from bench.accuracy.capital.ordinary import genuine
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.town import ALL_NETS, Town


class Road(NamedTuple):
    """What a forwarder does."""

    net: str
    srs: str = ""
    """Domain it writes into the envelope; empty where it keeps the author's."""
    changed: float = 0.1
    """Share of letters that it changes so that signatures break."""
    sealed: str = ""
    """Its ARC seal."""
    road: str = "forward"
    signs: str = ""
    """`domain/selector` of a signature it adds."""


ROADS = {
    "gmail": Road("google", "gmail.com", 0.04, "google.com", signs="gmail.com/20230601"),
    "workspace": Road("google", "", 0.06, "google.com"),
    "m365": Road("m365", "{w}{w}.onmicrosoft.com", 0.22, "microsoft.com"),
    "m365_plain": Road("m365", "", 0.3, "microsoft.com"),
    "hotmail": Road("hotmail", "outlook.com", 0.12, "microsoft.com"),
    "icloud": Road("icloud", "icloud.com", 0.08, "icloud.com"),
    "yahoo": Road("yahoo", "", 0.1),
    "fastmail": Road("fastmail", "fastmail.com", 0.03, "fastmail.com"),
    "orange": Road("orange", "", 0.08),
    "free": Road("free", "", 0.05),
    "bt": Road("btinternet", "", 0.08),
    "comcast": Road("comcast", "", 0.06),
    "nifty": Road("nifty", "", 0.06),
    "ocn": Road("ocn", "", 0.08),
    "docomo": Road("docomo", "", 0.3),
    "au": Road("au", "", 0.25),
    "naver": Road("naver", "naver.com", 0.25),
    "daum": Road("daum", "", 0.2),
    "telkom": Road("telkom_za", "", 0.1),
    "xserver": Road("xserver", "", 0.06),
    "sakura": Road("sakura", "", 0.06),
    "xneelo": Road("xneelo", "{w}-{w}.example", 0.06),
    "bluehost": Road("bluehost", "{w}-{w}.example", 0.08),
    "uk_hosting": Road("uk_hosting", "", 0.08),
    "cloudflare": Road("cloudflare", "{w}-{w}.example", 0.05, "cloudflare-email.net", signs="{w}-{w}.example/cf2024-1"),
    "gandi": Road("gandi", "", 0.04),
    "ovh": Road("ovh_shared", "{w}-{w}.example", 0.06),
    "improvmx": Road("improvmx", "improvmx.com", 0.06),
    "namecheap": Road("namecheap", "{w}-{w}.example", 0.06),
    "mimecast": Road("mimecast", "", 0.85, "mimecast.org", ""),
    "proofpoint": Road("proofpoint", "", 0.7, "", ""),
    "barracuda": Road("barracuda", "", 0.75, "", ""),
    "trend": Road("trend", "", 0.7, "", ""),
    "hornet": Road("hornet", "", 0.6, "", ""),
    "iphmx": Road("iphmx", "", 0.7, "", ""),
    "messagelabs": Road("messagelabs", "", 0.5, "", ""),
    "vade": Road("vade", "", 0.6, "", ""),
    "antispamcloud": Road("antispamcloud", "", 0.35, "", ""),
    "securemx": Road("securemx", "", 0.55, "", ""),
    "mailinblack": Road("mailinblack", "", 0.5, "", ""),
    "renater": Road("renater", "listes.renater.fr", 0.92, "renater.fr", "list", "renater.fr/sympa"),
    "groups": Road("google", "{w}-{w}.example", 0.9, "google.com", "list", "{w}-{w}.example/google"),
}
"""Roads by our name for them; hosts of a road are those of its network."""

Letters = list[tuple[float, Letter]]


def sent_along(town: Town, road: Road, letter: Letter, dice: Dice) -> Letters:
    """The letter as it comes out of a road, as it was and changed, with their shares."""
    word = f"{dice.choice(('acorn', 'bellamy', 'castle', 'dunmore', 'elgin', 'fairway', 'grove', 'hinode', 'kaigan', 'moulin'))}"
    domain = road.srs.replace("{w}{w}", f"{word}{dice.randint(1, 99)}").replace("{w}-{w}", f"{word}-{dice.randint(1, 40)}")
    if domain:
        town.dns.spf(domain, f"include:{ALL_NETS[road.net].spf} ~all")
    out = letter._replace(mail_from=domain or letter.mail_from, sealed=road.sealed, road=road.road)
    if road.signs:
        signer, _, selector = road.signs.partition("/")
        signer = domain if "{" in signer else signer
        added = Sig(signer, selector)
    sigs = (added,) if road.signs else ()
    return [(1.0 - road.changed, out.plus(*sigs)), (road.changed, out.broken().plus(*sigs))]


def along(
    town: Town,
    home: Home,
    road: Road,
    dice: Dice,
    *,
    rate: float,
    size: float = 1.0,
    hosts: list[Host] | None = None,
    to: Mapping[str, float] | None = None,
) -> Stream:
    """A stream of the owner's mail that comes by a road."""
    letters = sent_along(town, road, genuine(town, home, dice), dice)
    found = hosts or town.hosts(road.net, dice, 1, 4)
    return Stream(home, found, letters, rate, size, "office" if dice.happens(0.5) else "daily", to=dict(to or {}))


def spoofed_along(town: Town, road: Road, letter: Letter, dice: Dice) -> Letters:
    """Somebody else's letter that comes by a road: seals, where there are any, say that it failed before."""
    return [(share, out._replace(sealed="")) for share, out in sent_along(town, road, letter, dice)]
