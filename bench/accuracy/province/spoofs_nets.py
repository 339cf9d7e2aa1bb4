"""Strangers in the owners' name, by the nets they send from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.kinds import KINDS, kind
from bench.accuracy.province.mail import Flow, Home, Rhythm, Sig
from bench.accuracy.province.reporters import ANYWHERE, REACH
from bench.accuracy.province.stage import Stage
from bench.accuracy.province.town import WIDE, Host, Net, ip_terms

from sekisho.core.terms import Class

FLAT = (1.0,) * 7
HOSTS_OF_BOTS = 1.3
"""Addresses a message: hardly any comes twice."""


def steady(dice: Dice) -> Rhythm:
    """Noise that never ends, denser on some days."""
    return Rhythm(week=FLAT, calm=dice.choice((0.5, 0.9, 1.2)))


def wave(dice: Dice, shortest: int, longest: int) -> Rhythm:
    """Some days of it."""
    first = dice.randrange(2, 84)
    return Rhythm(first, first + dice.randint(shortest, longest), week=FLAT, calm=0.6)


def public(home: Home) -> Mapping[str, float]:
    """Who is written to in the name of a home: the world, and the people of its country."""
    return {name: ANYWHERE.get(name, 0) + 1.2 * REACH[home.country].get(name, 0) for name in {**ANYWHERE, **REACH[home.country]}}


def lied(
    name: str,
    home: Home,
    hosts: tuple[Host, ...],
    rate: float,
    rhythm: Rhythm,
    *,
    envelope: str,
    sigs: tuple[Sig, ...] = (),
    author: str = "",
    even: float = 0.97,
    reach: Mapping[str, float] | None = None,
) -> Flow:
    """Mail of a stranger in the name of a home."""
    kind = KINDS[name]
    return Flow(
        home,
        name,
        kind.klass,
        kind.hard,
        hosts,
        envelope,
        sigs,
        rate * home.size,
        rhythm,
        author=author,
        even=even,
        reach=reach or public(home),
    )


def targets(stage: Stage, dice: Dice, fewest: int, most: int, *, parked: bool = False) -> list[Home]:
    """Homes that are lied about, the better known ones sooner."""
    homes = stage.homes_with() + ([home for home in stage.homes if "parked" in home.tags] if parked else [])
    homes.sort(key=lambda home: -home.size * dice.uniform(0.3, 1.0))
    return homes[: dice.randint(fewest, most)]


def throwaway(stage: Stage, dice: Dice, hosts: tuple[Host, ...], *, signed: bool) -> tuple[str, tuple[Sig, ...]]:
    """A domain bought for the purpose, with an SPF record for its hosts and perhaps a key."""
    tail = dice.choice(("", "-mail", "info", str(dice.randint(1, 99))))
    domain = f"{dice.word(6)}{tail}.{dice.choice(('top', 'xyz', 'com', 'shop', 'cn', 'click'))}"
    stage.town.spf(domain, "v=spf1 " + " ".join(f"ip{6 if ':' in host.ip else 4}:{host.ip}" for host in hosts[:12]) + " -all")
    if dice.random() < 0.6:
        stage.town.add(domain, "A", hosts[0].ip)
        stage.town.add(domain, "MX", f"10 mail.{domain}.")
    if signed:
        stage.town.key(domain, "default")
    return domain, (Sig(domain, "default"),) if signed else ()


def strange(stage: Stage, dice: Dice) -> str:
    """Somebody's domain, taken from a list: some are not there (any more), some have hosts only, some an SPF record too."""
    domain = f"{dice.word(dice.choice((5, 7, 9)))}.{dice.choice(('com', 'net', 'ru', 'com.br', 'it', 'co.uk', 'cn'))}"
    if dice.random() < 0.65:
        stage.town.add(domain, "A", stage.town.host(dice.choice((nets.BLUEHOST, nets.IONOS, nets.HETZNER)), dice).ip)
        stage.town.add(domain, "MX", f"10 {dice.choice(('mail.' + domain, 'aspmx.l.google.com'))}.")
        if dice.random() < 0.55:
            stage.town.spf(domain, f"v=spf1 a mx {dice.choice(('-all', '~all', '~all', '?all'))}")
    return domain


def _bots(stage: Stage, dice: Dice, rate: float, days: int, lines: tuple[Net, ...] = nets.DIALUPS) -> tuple[Host, ...]:
    count = max(2, min(140, round(rate * days * HOSTS_OF_BOTS)))
    return tuple(stage.town.host(dice.choice(lines), dice, ptr=dice.choice((None, None, "-"))) for _ in range(count))


@kind(Class.SPOOF)
def botnet(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Bots on home lines of the world, one or two mails each, mostly with the owner's domain as reverse-path too."""
    for home in targets(stage, dice, 12, 15, parked=True):
        rate = dice.about(0.3)
        path = home.domain if dice.random() < 0.65 else strange(stage, dice)
        hosts = _bots(stage, dice, rate * home.size, 90)
        yield lied("botnet", home, hosts, rate, steady(dice), envelope=path, even=1.0)


@kind(Class.SPOOF)
def sextortion(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Blackmail that seems to come from the victim's own address: bots, a few days, the victim's domain on both lines."""
    for home in targets(stage, dice, 3, 4):
        rhythm, rate = wave(dice, 2, 5), dice.about(6)
        reach = {"Enterprise Outlook": 40.0, "google.com": 40.0, "Outlook.com": 8.0}
        hosts = _bots(stage, dice, rate * home.size, rhythm.stop - rhythm.first)
        yield lied("sextortion", home, hosts, rate, rhythm, envelope=home.domain, even=1.0, reach=reach)


@kind(Class.SPOOF)
def botnet_wave(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A wave of spam from a botnet over a week, the reverse-path at domains of others."""
    for home in targets(stage, dice, 2, 2, parked=True):
        rhythm, rate = wave(dice, 5, 9), dice.about(9, 0.3)
        hosts = _bots(stage, dice, rate * home.size, 7)
        for path in (home.domain, strange(stage, dice)):
            yield lied("botnet_wave", home, hosts, rate / 2, rhythm, envelope=path, even=1.0)


@kind(Class.SPOOF)
def bots_on_ipv6(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Bots that reach Google over IPv6 lines of homes."""
    for home in targets(stage, dice, 2, 4):
        hosts = tuple(stage.town.host(nets.DIALUP6, dice, ptr="-") for _ in range(dice.randint(4, 10)))
        yield lied("bots_on_ipv6", home, hosts, 0.08, steady(dice), envelope=home.domain, reach={"google.com": 1.0})


@kind(Class.SPOOF, hard=True)
def broken_routers(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Open proxies on firms' fixed lines, whose PTR is the firm's own name or the line's.

    Hard: filters and branch servers of firms look like this too.
    """
    for home in targets(stage, dice, 5, 8):
        hosts = []
        for _ in range(dice.randint(3, 7)):
            firm = f"{dice.choice(('mail', 'fw', 'gate', 'www', 'vpn'))}.{strange(stage, dice)}"
            net = dice.choice((nets.SMALL_FIRMS, *nets.OFFICES.values()))
            hosts.append(
                stage.town.host(net, dice, firm if net is nets.SMALL_FIRMS else None, ptr=dice.choice((None, None, "-", "!")))
            )
            if dice.random() < 0.45:
                stage.town.listings[WIDE].add(hosts[-1].ip)
        path = dice.choice((home.domain, home.domain, strange(stage, dice)))
        yield lied("broken_routers", home, tuple(hosts), dice.about(0.1), steady(dice), envelope=path)


@kind(Class.SPOOF)
def rented_servers(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Rented machines that send for one to four days with the owner's domain, or none of their own, as reverse-path."""
    lots = (
        nets.DIGITALOCEAN,
        nets.OVH_VPS,
        nets.VULTR,
        nets.LINODE,
        nets.CONTABO,
        nets.HETZNER,
        nets.COLOCROSS,
        nets.AWS_US,
        nets.CONOHA,
    )
    for home in targets(stage, dice, 8, 11, parked=True):
        for _ in range(dice.randint(1, 3)):
            named = dice.random() < 0.35
            host = stage.town.host(
                dice.choice(lots),
                dice,
                f"{dice.choice(('mail', 'smtp', 'vps', 'server'))}.{strange(stage, dice)}" if named else None,
            )
            path = dice.choice((home.domain, home.domain, strange(stage, dice), ""))
            yield lied("rented_servers", home, (host,), dice.about(3, 0.9), wave(dice, 1, 4), envelope=path)


@kind(Class.SPOOF)
def rented_with_domain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Rented machines with a bought domain as reverse-path, so that SPF passes for it; some sign for it."""
    lots = (nets.DIGITALOCEAN, nets.OVH_VPS, nets.CONTABO, nets.HOSTINGER, nets.COLOCROSS, nets.VULTR)
    for home in targets(stage, dice, 5, 7):
        hosts = tuple(stage.town.host(dice.choice(lots), dice) for _ in range(dice.randint(1, 3)))
        domain, sigs = throwaway(stage, dice, hosts, signed=dice.random() < 0.5)
        yield lied("rented_with_domain", home, hosts, dice.about(1.6, 0.8), wave(dice, 2, 12), envelope=domain, sigs=sigs)


@kind(Class.SPOOF)
def snowshoe(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A spammer's whole block: neighbouring hosts with well-kept names of bought domains, little mail from each."""
    for home in targets(stage, dice, 2, 3):
        block = Net((f"{dice.choice(('193.56', '45.134', '185.222', '5.188'))}.{dice.randint(1, 250)}.0/25",), "", 0.5, 0.3)
        domain = f"{dice.word(8)}.{dice.choice(('info', 'com', 'icu'))}"
        hosts = tuple(stage.town.host(block, dice, f"{dice.word(4)}{n}.{domain}") for n in range(dice.randint(8, 18)))
        stage.town.spf(domain, f"v=spf1 {ip_terms(block.prefixes)} -all")
        stage.town.key(domain, "k1")
        yield lied(
            "snowshoe", home, hosts, dice.about(0.8), wave(dice, 15, 40), envelope=domain, sigs=(Sig(domain, "k1"),), even=1.0
        )


@kind(Class.SPOOF)
def chinese_clouds(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Phishing of Japanese mailboxes from clouds and lines in China and Hong Kong, with a made-up HELO and reverse-path."""
    for home in [home for home in targets(stage, dice, 11, 13, parked=True) if home.country == "jp"]:
        for net in dice.some((nets.TENCENT, nets.ALIBABA, nets.CHINANET), 1, 3):
            hosts = tuple(stage.town.host(net, dice, dice.choice(("", f"{dice.word(6)}.cn"))) for _ in range(dice.randint(3, 9)))
            path = dice.choice((home.domain, f"{dice.word(6)}.cn", f"mail.{dice.word(5)}.cn"))
            reach = {"NTT DOCOMO": 25.0, "KDDI": 20.0, "google.com": 40.0, "Enterprise Outlook": 10.0, "Outlook.com": 4.0}
            yield lied("chinese_clouds", home, hosts, dice.about(1.2, 0.7), wave(dice, 2, 10), envelope=path, reach=reach)


@kind(Class.SPOOF)
def guest_nets(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Infected machines behind the NAT of universities and cafes, which have proper names."""
    for home in targets(stage, dice, 3, 5):
        domain = f"{dice.word(7)}.{dice.choice(('edu', 'ac.in', 'edu.br', 'ac.jp'))}"
        host = stage.town.host(nets.UNIVERSITIES, dice, f"nat-{dice.randint(1, 99)}.{domain}")
        yield lied(
            "guest_nets",
            home,
            (host,),
            dice.about(0.4, 0.7),
            wave(dice, 5, 40),
            envelope=dice.choice((home.domain, strange(stage, dice))),
        )


@kind(Class.SPOOF)
def lying_pointer(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Hosts whose PTR claims a big service or the owner itself; no such name leads back to them."""
    for home in targets(stage, dice, 2, 4):
        claim = dice.choice((f"mail.{home.domain}", "mail-yb1-f41.google.com", "mta.smtp-out.amazonses.com", f"smtp.{home.domain}"))
        host = stage.town.host(dice.choice((nets.COLOCROSS, nets.CONTABO, nets.CHINANET)), dice, claim, confirmed=False)
        yield lied("lying_pointer", home, (host,), dice.about(1.5), wave(dice, 2, 8), envelope=home.domain)


@kind(Class.SPOOF)
def direct_send(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Mail in the owner's name delivered straight to the owner's own Microsoft tenant from rented machines."""
    for home in [home for home in stage.homes_with("m365") if dice.random() < 0.7]:
        hosts = tuple(
            stage.town.host(dice.choice((nets.VULTR, nets.DIGITALOCEAN, nets.OVH_VPS)), dice) for _ in range(dice.randint(2, 5))
        )
        reach = {"Enterprise Outlook": 1.0}
        yield lied("direct_send", home, hosts, dice.about(1.0), wave(dice, 3, 12), envelope=home.domain, reach=reach)
