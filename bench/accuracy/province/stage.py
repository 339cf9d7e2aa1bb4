"""The stage: town and homes with their DNS laid out, and the proper mail of each home."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.mail import Flow, Home, Part, Sig
from bench.accuracy.province.people import HOMES
from bench.accuracy.province.services import SERVICES, bounce_of, hosts_of, own_signs
from bench.accuracy.province.town import Host, Net, Town, ip_terms

from sekisho.core.terms import Class

NARROW = 7
"""Hosts of a big service that one home's mail leaves by in most of a season."""

SEEN = 0.7
"""Share of a home's mail that goes to mailboxes whose operators report."""
WEBS = {
    "jp": nets.XSERVER,
    "us": nets.BLUEHOST,
    "de": nets.HETZNER,
    "fr": nets.OVH_MUTU,
    "br": nets.LOCAWEB,
    "in": nets.HOSTINGER,
}


class Stage:
    """What the kinds play on."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.town = Town(seed)
        self.homes = HOMES
        self.servers: dict[str, Host] = {}
        """Domain -> its own or shared mail server (else its web server)."""
        self.webs: dict[str, Host] = {}
        self.ways: list[Flow] = []
        """Mail that others pass on, for those whose lies go the same way."""
        self.proper: dict[str, list[Flow]] = {}
        for home in HOMES:
            self.proper[home.domain] = list(self._settle(home))

    def homes_with(self, *tags: str) -> list[Home]:
        """Homes that live, may have trouble and have one of these tags (none: all)."""
        return [home for home in HOMES if not home.tags & {"parked", "calm"} and (not tags or home.tags & set(tags))]

    def _settle(self, home: Home) -> Iterator[Flow]:
        """Lays the DNS of a home out and yields its proper mail."""
        town, dice = self.town, Dice.of(self.seed, "home", home.domain)
        town.add(f"_dmarc.{home.domain}", "TXT", f"v=DMARC1; p={home.policies[-1].p.value}; rua=mailto:rua@{home.domain}")
        if not home.parts:
            town.spf(home.domain, "v=spf1 -all")
            town.add(home.domain, "A", town.host(nets.ONAMAE, dice, f"parking.{dice.word(5)}-dns.jp").ip)
            return
        terms: list[str] = []
        for part in home.parts:
            yield from self._part(home, part, terms, dice)
        web = self.servers[home.domain] if home.uses("hosting") else town.host(WEBS[home.country], dice)
        self.servers.setdefault(home.domain, web)
        self.webs[home.domain] = web
        town.add(home.domain, "A", web.ip)
        town.add(f"www.{home.domain}", "A", web.ip)
        town.spf(home.domain, " ".join(["v=spf1", *dict.fromkeys(terms), home.tail]))
        town.add(home.domain, "MX", self._inbound(home))

    def _inbound(self, home: Home) -> str:
        dashed = home.domain.replace(".", "-")
        known = {
            "gws": "1 aspmx.l.google.com.",
            "m365": f"0 {dashed}.mail.protection.outlook.com.",
            "hornet": "10 mx01.hornetsecurity.com.",
            "ppe": "10 mx1-us1.ppe-hosted.com.",
            "ovh": "1 mx1.mail.ovh.net.",
            "locaweb": "10 mx.core.locaweb.com.br.",
        }
        return next((known[part.way] for part in home.parts if part.way in known), f"10 {self.servers[home.domain].name}.")

    def _part(self, home: Home, part: Part, terms: list[str], dice: Dice) -> Iterator[Flow]:
        hosts = self._hosts(home, part, terms, dice)
        envelope = home.domain
        if part.bounce == "":
            envelope = bounce_of(self.town, part.way, dice)
        elif part.bounce != "@":
            envelope = f"{part.bounce}.{home.domain}"
            self.town.spf(envelope, f"v=spf1 include:{SERVICES[part.way].spf} ~all")
            self.town.add(envelope, "MX", f"10 feedback.{SERVICES[part.way].bounce}.")
        sigs: tuple[Sig, ...] = ()
        if part.selector:
            self.town.key(home.domain, part.selector)
            sigs = (Sig(home.domain, part.selector),)
        if part.way in SERVICES:
            sigs += own_signs(part.way)
        yield Flow(
            home,
            "ordinary",
            Class.NORMAL,
            False,
            hosts,
            envelope,
            sigs,
            part.rate * SEEN,
            part.rhythm,
            altered=0.0 if "calm" in home.tags else 0.003,
            even=0.8,
        )

    def _hosts(self, home: Home, part: Part, terms: list[str], dice: Dice) -> tuple[Host, ...]:
        if part.way in SERVICES:
            terms.append(f"include:{SERVICES[part.way].spf}")
            hosts = hosts_of(self.town, part.way)
            return hosts if part.way in ("gws", "m365") else tuple(dice.some(hosts, NARROW - 2, NARROW))
        net: Net = home.net or nets.SMALL_FIRMS
        if part.way == "hosting":
            server = self.town.host(net, dice)
            self.town.add(server.name, "A", server.ip)
            terms += [f"a:{server.name}", f"include:spf.{net.pattern.partition('.')[2]}"]
            blocks = net.prefixes if net is nets.XSERVER else (server.ip,)  # one lets all its hosts send for all its customers
            self.town.spf(f"spf.{net.pattern.partition('.')[2]}", f"v=spf1 {ip_terms(blocks)} ~all")
        else:
            server = self.town.host(net, dice, f"{dice.choice(('mail', 'mx', 'smtp', 'ns1'))}.{home.domain}")
            self.town.add(server.name, "A", server.ip)
            terms += ["mx", f"ip4:{server.ip}"]
        self.servers[home.domain] = server
        return (server,)
