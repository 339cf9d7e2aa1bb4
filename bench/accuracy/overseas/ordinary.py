"""The owners' proper mail: mailboxes, newsletters, notices; and what their domains publish for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice, bursts, steady, working
from bench.accuracy.overseas.letters import Letter, Signature, Stream
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.roads import WEBHOST
from bench.accuracy.overseas.services import SERVICES
from bench.accuracy.overseas.town import LEVEL, Town

BULK = ("mailchimp", "brevo", "mailjet", "salesforce", "blastengine", "cuenote", "klaviyo")
BUSY = 1.3
"""Factor on all proper mail, so that about two thirds of the records pass."""
MX = {
    "google": "aspmx.l.google.com",
    "m365": "{label}-example.mail.protection.outlook.com",
    "proofpoint": "mxa-0021b201.gslb.pphosted.com",
    "hornet": "mx01.hornetsecurity.com",
    "zoho_in": "mx.zoho.in",
    "ovh": "mx1.mail.ovh.net",
    "ionos": "mx00.ionos.de",
}
"""Where services take mail."""
NOTICES = ("ses", "sendgrid", "postmark", "freshworks", "shopify", "zendesk")


def settle(town: Town, home: Home) -> None:
    """Publishes what a domain publishes, and makes its proper streams."""
    dice = Dice.of(town.seed, "home", home.domain)
    town.directory.add(f"_dmarc.{home.domain}", "TXT", f"v=DMARC1; p={home.stance(89)}; rua=mailto:dmarc@{home.domain}")
    if home.parked:
        town.directory.spf(home.domain, "v=spf1 -all")
        town.directory.add(home.domain, "MX", "0 .")
        return
    streams = list(_own(town, home, dice))
    _publish(town, home, [f"ip4:{host.address}" for stream in streams for host in stream.hosts])
    for number, use in enumerate(home.uses):
        streams += _by_service(town, home, use, dice, first=number == 0 and not home.own)
    for stream in streams:
        stream.rate *= BUSY
    town.proper[home.domain] = streams


def _publish(town: Town, home: Home, hosts: list[str]) -> None:
    """SPF, MX and the address of the pages."""
    names = [use.partition(":")[0] for use in home.uses]
    includes = [f"include:{SERVICES[name].include}" for name in names if SERVICES[name].include]
    if names and not SERVICES[names[0]].include:  # a hoster's server that is named by its address
        hosts += [f"ip4:{host.address}" for host in town.pool(SERVICES[names[0]].net, 2)]
    everything = "~all" if home.stance(0) == "none" and includes else LEVEL[home.stance(89)]
    town.directory.spf(home.domain, " ".join(["v=spf1", *includes, *hosts, everything]))
    exchanger = MX.get(names[0] if names else "", f"mx.{home.domain}").format(label=home.domain.partition(".")[0])
    town.directory.add(home.domain, "MX", f"10 {exchanger}.")
    town.directory.add(home.domain, "A", town.pool(WEBHOST[home.country], 1)[0].address)


def _own(town: Town, home: Home, dice: Dice) -> Iterator[Stream]:
    """An own mail server, with an own name and mostly a signature."""
    if not home.own:
        return
    hosts = town.nets.hosts(home.own, 2, dice, name="mailout{m}." + home.domain)
    signatures = (Signature(home.domain, "mail2023"),) if home.signs else ()
    town.directory.key(home.domain, "mail2023") if home.signs else None
    yield town.stream(home, Letter(home.domain, home.domain, signatures), hosts, home.volume * 0.6, working())


def _by_service(town: Town, home: Home, use: str, dice: Dice, *, first: bool) -> Iterator[Stream]:
    name, _, plain = use.partition(":")
    service = SERVICES[name]
    header = f"news.{home.domain}" if name == "salesforce" else ""
    letter = town.letter(home, name, aligned=not plain, header=header)
    if name in BULK:
        yield town.stream(home, letter, town.pool(service.net, 2), home.volume * 14, bursts(dice, dice.randrange(6, 16)))
    elif name in NOTICES:
        yield town.stream(home, letter, town.pool(service.net, 8), home.volume * dice.around(0.3, 1.0), steady())
    else:
        share = 0.7 if first else 0.3
        big = name in ("google", "m365")
        hosts = town.pool(service.net, 30 if big else 2)
        yield town.stream(home, letter, hosts, home.volume * share, working())
        if big:
            six = town.pool(service.net, 12, six=True)
            yield town.stream(home, letter, six, home.volume * share * 0.25, working())
        if big and not plain:  # absence notes, signed as all else
            yield town.stream(home, replace(letter, envelope=""), hosts[:9], home.volume * 0.04, working())
