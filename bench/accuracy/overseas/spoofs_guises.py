"""Spoofers by their guise: names that do not exist, made-up and copied signatures, detours by others' forwarders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice, bursts, on_days, working
from bench.accuracy.overseas.letters import Letter, Seal, Signature, Stream, spoof
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.receivers import WORLDWIDE, only
from bench.accuracy.overseas.roads import Road, people, sent_on, signed
from bench.accuracy.overseas.spoofs_nets import bots, sent
from bench.accuracy.overseas.town import Town


@spoof()
def parked_domain(town: Town, dice: Dice) -> Iterator[Stream]:
    """Domains that never send: bots and rented machines take them because nobody looks."""
    for home in [h for h in town.homes if h.parked]:
        rate = 6.0 if "famous" in home.traits else 3.0
        yield sent(home, Letter(home.domain, home.domain), bots(town, dice, 16), rate, bursts(dice, 8))
        hosts = town.nets.hosts("contabo", 2, dice)
        yield sent(home, Letter(home.domain, hosts[0].name), hosts, rate, bursts(dice, 3))


@spoof()
def name_that_does_not_exist(town: Town, dice: Dice) -> Iterator[Stream]:
    """Sub-domains that nobody made: invoice-7q.domain."""
    for home in town.choose(dice, 7) + [h for h in town.homes if h.parked][:2]:
        name = f"{dice.choice(('invoice', 'secure', 'login', 'mail', 'post'))}-{dice.code(3)}.{home.domain}"
        hosts = bots(town, dice, 8) + town.nets.hosts("vultr", 2, dice)
        yield sent(home, Letter(name, name), hosts, 4.0, bursts(dice, 5))


@spoof(hard=True)
def boss_fraud(town: Town, dice: Dice) -> Iterator[Stream]:
    """ "Are you at your desk?": one or two mails by hand from a webmail service in the name of the owner's director.

    Hard: a good service, a tiny number, and the mood of staff at home.
    """
    for home in town.choose(dice, 10):
        net, domain = dice.choice(
            (("yahoo", "yahoo.com"), ("hotmail", "outlook.com"), ("zoho", "zoho.com"), ("isp_gmx", "gmx.com"))
        )
        town.foreign(domain, net)
        letter = Letter(home.domain, domain, (signed(town, domain, "s2048"),))
        yield Stream(
            home, letter, town.pool(net, 2), 2.0, on_days(*dice.sample(range(90), 4)), only("enterprise", "google"), even=True
        )


@spoof()
def made_up_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """A signature in the owner's name with a selector that never was, so as to look signed."""
    for home in town.choose(dice, 7):
        letter = Letter(
            home.domain, home.domain, (Signature(home.domain, dice.choice(("default", "dkim", "mail", "s1024")), Seal.KEYLESS),)
        )
        hosts = town.nets.hosts("contabo", 2, dice) + town.nets.hosts("smallhost", 2, dice)
        for host in hosts[::2]:
            town.directory.blame(host.address, "bl.spamcop.net")
        yield sent(home, letter, hosts, 5.0, bursts(dice, 5))


@spoof(hard=True)
def copied_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """A real signature of the owner's copied onto another text (replay with changes).

    Hard: the owner's true selector fails on it as it does behind a forwarder that changes text.
    """
    for home in town.choose(dice, 8, lambda h: any(not use.endswith(":plain") for use in h.uses)):
        true = [s.letter for s in town.proper[home.domain] if any(x.domain == home.domain for x in s.letter.signatures)]
        if not true:
            continue
        hosts = town.nets.hosts(dice.choice(("aws", "ovh_vps", "linode")), 2, dice)
        path = town.foreign(f"{dice.word()}mail.example", "", hosts)
        letter = replace(true[0].broken(), envelope=dice.choice((path, home.domain)))
        yield sent(home, letter, hosts, 4.0, bursts(dice, 5))


@spoof()
def lookalike_signature(town: Town, dice: Dice) -> Iterator[Stream]:
    """Signed and sent for a domain that looks like the owner's: paypa1 for paypal."""
    for home in town.choose(dice, 7):
        twin = home.domain.replace("a", "aa", 1) if dice.happens(0.5) else home.domain.replace(".", "-secure.", 1)
        hosts = town.nets.hosts(dice.choice(("vultr", "contabo", "ovh_vps")), 2, dice, name=f"mail.{twin}")
        town.foreign(twin, "", hosts, selector="default")
        yield sent(home, Letter(home.domain, twin, (Signature(twin, "default"),)), hosts, 4.0, bursts(dice, 5))


@spoof(hard=True)
def spoof_through_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spoofs that a victim's alias host, university or provider sent on with the owner's true mail.

    Hard: the host is a good forwarder, and only the letter is false.
    """
    for home in town.choose(dice, 9):
        true = Road(town.alumni(home), dice.around(0.15, 0.4), people(home), breaks=0.2)
        yield from _spoofed(town, home.domain, true, dice)
    for home in town.choose(dice, 5):
        road = Road(town.pool("google", 14), 0.3, only("outlook", "yahoo"), envelope="gmail.com")
        town.foreign("gmail.com", "google", end="~all")
        yield from _spoofed(town, home.domain, road, dice)


def _spoofed(town: Town, domain: str, road: Road, dice: Dice) -> Iterator[Stream]:
    home = next(home for home in town.homes if home.domain == domain)
    yield from sent_on(home, Letter(domain, domain), replace(road, rhythm=bursts(dice, 12), breaks=0.0), road.rate * 3)


@spoof(hard=True)
def spoof_through_gateway(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spoofs that a receiver's gateway let pass and handed to Microsoft 365.

    Hard: the gateway's address has much more true mail.
    """
    for home in town.choose(dice, 10):
        net = dice.choice(("mimecast", "proofpoint", "barracuda", "trendmicro", "hornet", "cisco"))
        letter = Letter(home.domain, dice.choice((home.domain, home.domain, f"{dice.word()}.example")))
        yield from sent_on(home, letter, Road(town.pool(net, 3), 2.0, only("enterprise"), rhythm=bursts(dice, 9)), 2.0)


@spoof(hard=True)
def spoof_to_a_list(town: Town, dice: Dice) -> Iterator[Stream]:
    """Spam in the name of a member that a list took for real and sent to all.

    Hard: the list's host and return path are those of true posts.
    """
    for home in town.choose(dice, 6):
        hosts, signature, path = dice.choice(town.lists) if town.lists else _lonely_list(town, dice)
        road = Road(hosts, 4.0, WORLDWIDE, envelope=path, signature=signature, by_list=True, rhythm=bursts(dice, 2))
        yield from sent_on(home, Letter(home.domain, ""), road, 5.0)


def _lonely_list(town: Town, dice: Dice) -> tuple[tuple[Host, ...], Signature, str]:
    """A list without true posts, where no lists are played."""
    hosts = town.single("hetzner", dice, name=f"lists.{dice.word(4)}.example")
    path = town.foreign(hosts[0].name, "", hosts, selector="ml")
    return hosts, Signature(path, "ml"), path


@spoof(hard=True)
def neighbour_at_hoster(town: Town, dice: Dice) -> Iterator[Stream]:
    """Another customer of the owner's hoster who writes in the owner's name.

    Hard: the hoster's hosts are where the owner's own pages would send from.
    """
    for home in town.choose(dice, 6):
        net = {"br": "locaweb_web", "jp": "xserver", "de": "ionos_web", "fr": "ovh_vps"}.get(home.country, "bluehost")
        hosts = town.pool(net, 2)[-1:]
        path = town.foreign(f"{dice.word(4)}.example", "", hosts, end="~all")
        yield sent(home, Letter(home.domain, path), hosts, 4.0, bursts(dice, 4))


@spoof(hard=True)
def lying_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """A spoofer whose PTR claims to be Google, a gateway or the owner; the claimed name does not know the address.

    Hard: only asking back shows it.
    """
    for home in town.choose(dice, 7):
        claimed = dice.choice(
            (
                "mail-wr1-f53.google.com",
                "mx0a-001b2d01.pphosted.com",
                f"mail.{home.domain}",
                "mail-dm6nam11on2099.outbound.protection.outlook.com",
            )
        )
        address = town.nets.address(dice.choice(("smallhost", "azure", "line_ng")), dice)
        town.directory.names(address, claimed, confirmed=False)
        host = town.nets.hosts("azure", 1, dice)[0]._replace(address=address, name=claimed)
        yield sent(home, Letter(home.domain, home.domain, helo=claimed), [host], 3.0, bursts(dice, 6))


@spoof(hard=True)
def stolen_thread(town: Town, dice: Dice) -> Iterator[Stream]:
    """Malware that answers in real threads through strangers' accounts at hosters all over the world.

    Hard: each host is a proper mail server, one mail each, in working hours.
    """
    for home in town.choose(dice, 7):
        nets = ("godaddy", "isp_it", "locaweb", "ionos", "hostgator", "isp_jp")
        hosts = tuple(host for net in nets for host in town.pool(net, 2))
        path = town.foreign(f"{dice.word(4)}.example", "", hosts, end="~all")
        yield Stream(home, Letter(home.domain, path), hosts, 0.6, working(20, 60), only("enterprise", "google", "gmx"), even=True)


@spoof(hard=True)
def others_web_form(town: Town, dice: Dice) -> Iterator[Stream]:
    """Strangers' web forms ("tell a friend") that put what a spammer types into From.

    Hard: proper senders with a proper return path, and now and then an owner's man did type it.
    """
    for home in town.choose(dice, 7):
        hosts = town.single(dice.choice(("aws", "hetzner", "hetzner_shared")), dice, name=f"www.{dice.word(4)}.example")
        path = town.foreign(hosts[0].name, "", hosts)
        yield sent(home, Letter(home.domain, path), hosts, 2.5, bursts(dice, 6))


@spoof()
def brand_phishing_wave(town: Town, dice: Dice) -> Iterator[Stream]:
    """A wave against a bank's customers: many rented machines, made-up return paths without SPF, two days."""
    for home in town.choose(dice, 3, lambda h: "famous" in h.traits):
        hosts = town.nets.hosts("vultr", 4, dice) + town.nets.hosts("aws", 3, dice)
        for host in hosts:
            if dice.happens(0.5):
                town.directory.blame(host.address, "bl.spamcop.net")
        start = dice.randrange(85)
        yield sent(home, Letter(home.domain, f"{dice.word(4)}.example"), hosts, 120.0, on_days(start, start + 1))
