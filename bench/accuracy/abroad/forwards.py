"""Forwarders: the owners' genuine mail, sent on by mailboxes, aliases and privacy-minded small servers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.accuracy.abroad.chance import Dice
from bench.accuracy.abroad.letters import Letter, Stream, forwarded, forwarded_hard
from bench.accuracy.abroad.nets import LEARNING
from bench.accuracy.abroad.ordinary import seals_of, way_hosts
from bench.accuracy.abroad.people import Home
from bench.accuracy.abroad.rhythm import between, office, shop, steady
from bench.accuracy.abroad.town import DEAD, Town

GREAT = {"google": 6.0, "outlook": 3.0, "yahoo": 1.0}
"""Where people have their mail forwarded to."""
PHONES = {"docomo": 5.0, "kddi": 3.0, "google": 4.0}


def envelope_of(home: Home, dice: Dice) -> str:
    """A reverse-path as the owner's mail has it."""
    esp = [w for w, _, _ in home.ways if w not in ("own", "m365", "google", "proofpoint")]
    return f"bounce.{home.domain}" if esp and dice.odds(0.5) else home.domain


def passed_on(
    home: Home, hosts: list[str], *, broken: float, envelope: str = "", travelled: str = "forward", **more: object
) -> Stream:
    """Mail of a home that hosts pass on: signatures break with this chance, the envelope is kept or replaced."""
    base = more.pop("rate", 0.5)
    assert isinstance(base, float)

    def write(dice: Dice, _: int) -> Letter:
        kept = envelope or envelope_of(home, dice)
        return Letter(dice.choice(hosts), home.domain, kept, seals_of(home, dice, broken=broken), travelled=travelled)

    rate = base if home.signs else base * 0.6
    return Stream(home.domain, rate, write, lots=2, **more)  # type: ignore[arg-type]


@forwarded
def isp_autoforward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Providers' mailboxes forward with the envelope kept. Their relays have proper names and many customers: easy."""
    for net, audience in (("ocn_relay", PHONES), ("telekom_relay", GREAT), ("comcast_relay", GREAT)):
        hosts = [town.host(net) for _ in range(5)]
        town.relays += hosts[:2]
        for home in town.sending(dice, 9):
            yield passed_on(home, hosts, broken=0.3, audience=audience, rate=dice.uniform(0.2, 0.7))


@forwarded
def university_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """Alumni aliases of universities forward with the envelope kept; a scanner there rewrites parts and breaks signatures."""
    for number, net in enumerate(LEARNING):
        name = f"uni{number}-{dice.word(4, 'abdelnorstu')}.example"
        hosts = [town.host(net, f"mx-out{n}.{name}") for n in (1, 2)]
        for home in town.sending(dice, 7):
            yield passed_on(home, hosts, broken=0.35, audience=GREAT, rate=dice.uniform(0.05, 0.4), rhythm=office)


@forwarded
def srs_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hosters' forwardings that rewrite the envelope (SRS) to the customer's domain, so that SPF passes, unaligned; a filter
    adds a line."""
    for number in range(9):
        name = f"kunde{number}-{dice.word(4)}.example"
        host = town.host(
            dice.choice(("strato", "gandi", "hetzner", "namecheap")), f"fwd{number}.{dice.word(5, 'aeioklmnst')}-hosting.example"
        )
        town.text(name, f"v=spf1 ip4:{host} ~all")
        for home in town.sending(dice, 5):
            yield passed_on(home, [host], broken=0.45, envelope=name, audience=GREAT, rate=dice.uniform(0.1, 0.35))


@forwarded
def gmail_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Gmail forwards with a Gmail envelope (`+caf_=`), which passes SPF; what was unsigned has nothing left. Breaks little."""
    for home in town.sending(dice, 14):
        yield passed_on(
            home, way_hosts(town, "google"), broken=0.1, envelope="gmail.com", travelled="arc",
            audience={"outlook": 3, "yahoo": 2, "gmx": 1, "fastmail": 1, "m365": 2}, rate=dice.uniform(0.15, 0.7),
        )  # fmt: skip


@forwarded
def m365_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mailbox rules of tenants forward; Microsoft rewrites the envelope to the tenant's domain and re-encodes some bodies."""
    for number in range(10):
        name = f"tenant{number}-{dice.word(4)}.example"
        town.text(name, "v=spf1 include:spf.protection.outlook.com -all")
        for home in town.sending(dice, 4):
            yield passed_on(
                home,
                way_hosts(town, "m365"),
                broken=0.35,
                envelope=name,
                travelled="arc",
                audience=GREAT,
                rate=dice.uniform(0.1, 0.5),
            )


@forwarded
def filter_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Small firms put a filtering service before a rented mailbox: it hands on with the envelope kept and a mark in the subject."""
    hosts = [town.host("hetzner", f"delivery{n:02}.mailwache.example") for n in range(6)]
    for home in town.sending(dice, 12):
        yield passed_on(
            home, hosts, broken=0.6, audience={"gmx": 2, "m365": 5, "google": 3}, rate=dice.uniform(0.1, 0.5), rhythm=office
        )


@forwarded_hard
def one_letter_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """People's own small servers: a letter or two in 90 days, from rented hosts named by the hoster. Hard: each alone looks
    like any spoofer's rented host; only that the owner's signature is there, broken, or that nothing else comes from it,
    tells."""
    nets = ("hetzner", "ovh", "sakura_vps", "linode", "conoha", "contabo", "hetzner6", "digitalocean")
    for _ in range(150):
        home = dice.choice(town.sending(dice, 22))
        name = f"mail.{dice.word(6, 'abdeiklmnorstu')}.example" if dice.odds(0.45) else None
        host = town.host(dice.choice(nets), name, listed=0.02)
        yield passed_on(home, [host], broken=0.8, audience=GREAT, rate=dice.choice((0.015, 0.03, 0.06)))


@forwarded
def carrier_transfer(town: Town, dice: Dice) -> Iterator[Stream]:
    """Japanese providers' mailboxes pass mail on to telephones, with the envelope kept; long lines are folded, signatures break."""
    hosts = [town.host("iij_office", f"mta-fw{n}.yamabiko-mail.example") for n in range(4)]
    for home in town.sending(dice, 10, "jp"):
        yield passed_on(home, hosts, broken=0.4, audience=PHONES, rate=dice.uniform(0.15, 0.6), rhythm=shop)


@forwarded
def six_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """Associations' forwardings over IPv6, from hosts with proper names."""
    for number in range(6):
        host = town.host("hetzner6", f"out.verein{number}-{dice.word(3)}.example")
        for home in town.sending(dice, 4):
            yield passed_on(home, [host], broken=0.5, audience=GREAT, rate=dice.uniform(0.08, 0.3))


@forwarded_hard
def listed_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """A hoster's relay that forwards spam with everything else and so stands on block lists. Hard: the lists speak against it."""
    hosts = [town.host("namecheap", f"fwd{n}.parcelhost.example", listed=0.95) for n in range(3)]
    for home in town.sending(dice, 10):
        yield passed_on(home, hosts, broken=0.55, audience=GREAT, rate=dice.uniform(0.15, 0.5))


@forwarded_hard
def helpdesk_resend(town: Town, dice: Dice) -> Iterator[Stream]:
    """Partners' ticket systems hand a customer's letter on to another desk with its From kept. Hard: a cloud host, an own
    envelope and no signature left; only the little, working-day trickle is unlike crooks."""
    for number, net in enumerate(("aws_tokyo", "hetzner", "gcp", "azure", "ovh")):
        name = f"tickets{number}-{dice.word(3)}.example"
        host = town.host(net, f"desk.{name}" if dice.odds(0.6) else None)
        town.text(name, f"v=spf1 ip4:{host} -all")
        for home in town.sending(dice, 3):
            audience: Mapping[str, float] = {"m365": 3.0, "google": 2.0}
            yield passed_on(home, [host], broken=1.0, envelope=name, travelled="", audience=audience, rate=0.25, rhythm=office)


@forwarded
def old_alias_dead_dns(town: Town, dice: Dice) -> Iterator[Stream]:
    """A college's alias server whose reverse zone does not answer; colleges' ranges and broken signatures of the owner still
    tell."""
    for net in ("univ_us", "univ_cz"):
        host = town.host(net, DEAD)
        for home in town.sending(dice, 6):
            yield passed_on(home, [host], broken=0.5, audience=GREAT, rate=dice.uniform(0.1, 0.3))


@forwarded
def new_forwarding(town: Town, dice: Dice) -> Iterator[Stream]:
    """A subsidiary was sold; since a day in the window its old addresses forward to the buyer, by a server of the buyer."""
    for number, home in enumerate(town.sending(dice, 5)):
        host = town.host("telia_office", f"relay.kaeufer{number}.example")
        yield passed_on(
            home, [host], broken=0.5, audience={"m365": 4, "google": 1}, rate=0.9, rhythm=between(dice.randint(20, 60), 90, steady)
        )
