"""The owners' proper mail: what is set up right and passes."""

from __future__ import annotations

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Sign, Stream, through
from bench.accuracy.island.people import SITES, Site, Way
from bench.accuracy.island.services import ALL
from bench.accuracy.island.town import Town

SELECTORS = {
    "google": "google",
    "m365": "selector1",
    "own": "dk1",
    "mailjet": "mailjet",
    "mailchimp": "k2",
    "hubspot": "hs1",
    "ses": "5tzqkqkw4pa7ocxskmeijdnbzahdmr2l",
    "zendesk": "zendesk1",
    "salesforce": "sf2024",
}
"""Selectors that services give to customers; `s1` where none stands here."""
SIGNS_TOO = frozenset({"ses", "ses_tokyo", "mailchimp"})
"""Services that also sign for themselves where the customer is set up."""
HEAPED, AT_A_TIME = 0.15, 0.4
"""A record of proper mail stands for more mails where there are more: heaps a day, and mails of a heap, for each mail a day."""
SEEN = 4
"""Hosts of a service that one customer's mail leaves by."""


def settle(town: Town) -> list[Stream]:
    """The streams of all owners; what they send by is permitted and has its keys."""
    streams = []
    for site in SITES:
        dice = Dice.of(town.seed, "site", site.domain)
        town.directory.put(site.domain, "A", town.addresses.of(("203.0.113.0/24",), dice))
        whole = sum(way.share for way in site.ways)
        for number, way in enumerate(site.ways):
            hosts = _hosts(town, site, way, dice)
            letter = _letter(town, site, way)
            if number == 0:
                town.directory.put(site.domain, "MX", f"10 {hosts[0].helo}.")
            town.letters[site.domain] += [letter] * max(1, round(4 * way.share / whole))
            rate = site.volume * way.share / whole
            pairs = through(hosts, letter)
            streams.append(Stream(site, pairs, rate * HEAPED, way.rhythm, heap=rate * AT_A_TIME, kind=f"proper_{way.service}"))
    return streams


def _hosts(town: Town, site: Site, way: Way, dice: Dice) -> list[Host]:
    if way.service != "own":
        hosts = town.farm(way.service)
        return dice.some(hosts, SEEN, SEEN if site.volume < 50 else SEEN + 2)
    number = 1 if site.volume < 40 else 2
    hosts = [town.machine(site.lines, dice, f"mail{n or ''}.{site.domain}", forward=True) for n in range(number)]
    for host in hosts:
        town.permit(site.domain, f"ip4:{host.address}")
    return hosts


def _letter(town: Town, site: Site, way: Way) -> Letter:
    """The letter that a way makes; permits it and publishes its key."""
    spf, selector = "" if way.service == "own" else ALL[way.service].spf, SELECTORS.get(way.service, "s1")
    envelope, own = ("", ()) if way.service == "own" else town.own(way.service, site)
    if way.mode in ("both", "spf") and way.service != "own":
        term = f"include:{spf}" if spf else " ".join(f"ip4:{host.address}" for host in town.farm(way.service))
        for each in term.split(" "):
            town.permit(site.domain, each)
    if way.mode == "sub":
        envelope = f"bounce.{site.domain}" if way.service not in ("sendgrid", "postmark") else f"em.{site.domain}"
        town.directory.spf(envelope, f"v=spf1 include:{spf} -all")
        town.directory.put(envelope, "MX", f"10 {town.farm(way.service)[0].helo}.")
    if way.mode in ("both", "spf"):
        envelope = site.domain
    if way.mode == "spf":
        return Letter(site.domain, envelope, own if way.service in ("google", "m365") else ())
    town.directory.key(selector, site.domain)
    extra = own if way.service in SIGNS_TOO else ()
    return Letter(site.domain, envelope, (Sign(site.domain, selector), *extra))
