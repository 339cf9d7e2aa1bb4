"""Spoofers by the machines that they have: bots, rented servers, hacked hosts, ranges."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.falsehood import ASIA, CHEAP, ELSEWHERE, bought, letters, listed, swarm, throwaway, wave
from bench.accuracy.island.letters import Host, Letter, Stream, spoof, through
from bench.accuracy.island.town import Town


@spoof
def botnet(town: Town, dice: Dice) -> Iterator[Stream]:
    """Infected machines on people's lines, each with a mail or two; pills, malware and threats in anybody's name."""
    for site in town.targets(dice, 18, 24):
        hosts = swarm(town, dice, ASIA + ELSEWHERE, dice.randint(10, 30), 0.65)
        yield wave(site, letters(dice, site.domain, hosts), 0.3, dice, audience="world", rhythm=dice.choice(("waves", "rare")))


@spoof
def botnet_of_one_country(town: Town, dice: Dice) -> Iterator[Stream]:
    """A wave from the lines of one provider, of routers with the same hole."""
    for site in town.targets(dice, 4, 6):
        hosts = swarm(town, dice, (dice.choice(ASIA + ELSEWHERE),), dice.randint(12, 40), 0.6)
        yield wave(site, letters(dice, site.domain, hosts), 0.35, dice, rhythm="once", audience=dice.choice(("world", "")))


@spoof
def sextortion(town: Town, dice: Dice) -> Iterator[Stream]:
    """Threats that seem to come from the reader's own mailbox, to the owner's staff only: the owner's mailbox host reports them."""
    for site in town.targets(dice, 9, 12, lambda site: not site.parked):
        hosts = swarm(town, dice, ASIA + ELSEWHERE, dice.randint(4, 14), 0.6)
        yield wave(
            site, letters(dice, site.domain, hosts, own=0.9), 0.14, dice, audience="hosted" if dice.happens(0.6) else "companies"
        )


@spoof
def phishing_from_china(town: Town, dice: Dice) -> Iterator[Stream]:
    """Waves of phishing to Japanese telephones in the name of banks and shops, from Chinese lines and clouds without names."""
    for site in town.targets(dice, 4, 5, lambda site: site.country == "jp" and site.target > 1):
        for _ in range(3):
            hosts = swarm(town, dice, ("chinanet", "unicom", "alibaba", "tencent"), dice.randint(8, 24), 0.4)
            yield wave(site, letters(dice, site.domain, hosts, own=0.5), 0.7, dice, audience="carriers", heap=2.0)


@spoof
def phishing_servers_with_spf(town: Town, dice: Dice) -> Iterator[Stream]:
    """The same waves from rented servers with bounces at a bought name, for which SPF passes and which may sign."""
    for site in town.targets(dice, 5, 7, lambda site: site.target > 1):
        for _ in range(2):
            hosts = swarm(town, dice, (*CHEAP, "conoha", "sakura_vps"), dice.randint(2, 6), 0.35)
            envelope, signs = bought(town, dice, hosts, sign=dice.happens(0.5))
            pairs = through(hosts, Letter(site.domain, envelope, signs))
            yield wave(site, pairs, 0.35, dice, audience="carriers" if site.country == "jp" else "", heap=2.0)


@spoof
def rented_server(town: Town, dice: Dice) -> Iterator[Stream]:
    """A machine rented for a few days, with the provider's default name or none."""
    for site in town.targets(dice, 12, 16):
        hosts = swarm(town, dice, CHEAP, dice.randint(1, 3), 0.35, helo=dice.choice(("", "", site.domain, "localhost")))
        yield wave(site, letters(dice, site.domain, hosts), 0.3, dice, rhythm=dice.choice(("once", "waves")))


@spoof
def rented_server_with_a_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """A rented machine whose reverse name and HELO are set with care, some after a bought name, some claiming to be a mail host."""
    for site in town.targets(dice, 7, 9):
        name = throwaway(dice)
        hosts = [
            listed(
                town,
                town.machine(dice.choice(CHEAP), dice, f"{dice.choice(('mail', 'mx', 'smtp', 'mta'))}{n}.{name}", forward=True),
                dice,
                0.3,
            )
            for n in range(dice.randint(1, 3))
        ]
        envelope = site.domain
        if dice.happens(0.5):
            town.firm(name, hosts)
            envelope = name
        yield wave(site, through(hosts, Letter(site.domain, envelope)), 0.25, dice)


@spoof
def lying_reverse_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """A reverse name that says it is the owner's mail host; the owner's DNS knows nothing of it."""
    for site in town.targets(dice, 3, 4):
        host = town.machine(dice.choice(CHEAP), dice, f"mail{dice.randint(1, 9)}.{site.domain}", forward=False)
        yield wave(site, through([host], Letter(site.domain, site.domain)), 0.25, dice)


@spoof
def snowshoe(town: Town, dice: Dice) -> Iterator[Stream]:
    """A range of neighbouring addresses, each with its own bought name and little mail."""
    for site in town.targets(dice, 4, 6):
        first = ip_address(
            town.addresses.of((dice.choice(("192.3.0.0/17", "198.46.128.0/17", "146.70.0.0/16", "5.188.112.0/20")),), dice)
        )
        pairs = []
        for n in range(dice.randint(6, 18)):
            name = throwaway(dice)
            host = town.settle(str(first + n), f"{dice.word(4, 6)}.{name}", dice)
            listed(town, host, dice, 0.45)
            town.firm(name, [host], "-all")
            pairs.append((host, Letter(site.domain, f"bounce.{name}" if dice.happens(0.3) else name)))
        yield wave(site, pairs, 0.35, dice)


@spoof
def hacked_websites(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hacked websites on shared hosting send by the hoster's good host, with the account's envelope or the victim's."""
    for site in town.targets(dice, 12, 16):
        hoster = dice.choice(
            (
                "bluehost",
                "godaddy",
                "hostgator_br",
                "ovh_web",
                "bigrock",
                "ionos_web",
                "whogohost",
                "locaweb_web",
                "sakura",
                "xserver",
            )
        )
        hosts = dice.some(town.farm(hoster), 1, 2)
        envelope = dice.choice((site.domain, hosts[0].helo, throwaway(dice)))
        yield wave(site, through(hosts, Letter(site.domain, envelope)), 0.22, dice)


@spoof
def hacked_servers(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hacked office and hospital servers all over the world, with honest names and a clean past."""
    for site in town.targets(dice, 8, 11):
        pairs = []
        for _ in range(dice.randint(1, 4)):
            net = dice.choice(("embratel", "airtel", "comcast_biz", "dtag_fixed", "mtn_biz", "usen", "bt"))
            name = f"{dice.word()}.{dice.choice(('com.br', 'co.in', 'de', 'com', 'org', 'co.jp', 'ac.id'))}"
            host = listed(
                town, town.machine(net, dice, f"mail.{name}" if dice.happens(0.7) else "", helo=f"mail.{name}"), dice, 0.3
            )
            town.firm(name, [Host(host.address, f"mail.{name}")])
            pairs.append((host, Letter(site.domain, dice.choice((name, site.domain)))))
        yield wave(site, pairs, 0.25, dice)


@spoof
def open_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """A badly kept mail host in an office lets anybody send; the envelope is the victim's."""
    for site in town.targets(dice, 4, 6):
        host = listed(town, town.machine(dice.choice(("airtel", "embratel", "usen", "ocn_fixed")), dice), dice, 0.5)
        yield wave(site, through([host], Letter(site.domain, site.domain)), 0.3, dice)


@spoof
def cloud_ipv6(town: Town, dice: Dice) -> Iterator[Stream]:
    """Rented machines by IPv6, a new address for each few mails."""
    for site in town.targets(dice, 3, 4):
        block = dice.choice(("2a01:4f8:1c1c::/48", "2400:8500:1302::/48", "2604:a880:400::/48"))
        hosts = [town.settle(town.addresses.of((block,), dice), "", dice) for _ in range(dice.randint(4, 10))]
        yield wave(site, letters(dice, site.domain, hosts), 0.3, dice, audience="world")


@spoof
def vpn_exits(town: Town, dice: Dice) -> Iterator[Stream]:
    """Single mails by hand from exits of VPN services and residential proxies."""
    for site in town.targets(dice, 4, 6):
        hosts = swarm(town, dice, ("m247", "comcast", "ocn", "wanadoo", "m247"), dice.randint(2, 5), 0.2)
        yield wave(site, letters(dice, site.domain, hosts, own=0.8), 0.06, dice, rhythm="rare")


@spoof
def office_line_with_a_worm(town: Town, dice: Dice) -> Iterator[Stream]:
    """An infected laptop behind the router of an office or hotel where the owner's people work too.

    Hard: the same line is where the owner's own machines send from.
    """
    for site in town.targets(dice, 3, 4, lambda site: not site.parked):
        host = listed(town, town.line(site), dice, 0.3)
        yield wave(site, letters(dice, site.domain, [host] * 2, own=0.6), 0.14, dice)
