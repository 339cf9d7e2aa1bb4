"""Mail of the owners that others pass on: mailboxes and aliases that forward."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.kinds import KINDS, kind
from bench.accuracy.province.mail import Flow, Home, Sig
from bench.accuracy.province.services import hosts_of
from bench.accuracy.province.stage import Stage
from bench.accuracy.province.town import Host, Net, ip_terms

from sekisho.core.terms import Class

TO_GOOGLE = {"google.com": 80, "Outlook.com": 6, "Enterprise Outlook": 4, "Yahoo": 5, "GMX": 1, "Fastmail Pty Ltd": 1}
"""Where people let their mail be forwarded to."""

PASSED = 0.7
"""Share of what is passed on that gets to a mailbox whose operator reports."""


def passed_on(
    stage: Stage,
    name: str,
    home: Home,
    hosts: tuple[Host, ...],
    rate: float,
    *,
    envelope: str | None = None,
    altered: float = 0.004,
    added: tuple[Sig, ...] = (),
    hint: str = "known",
    reach: dict[str, float] | None = None,
    people: bool = False,
) -> Iterator[Flow]:
    """The home's proper mail as a third party passes it on, or only what its people write (`people`).

    `envelope` None leaves the reverse-path as it was.
    """
    flows = stage.proper[home.domain][:1] if people else stage.proper[home.domain]
    total = sum(flow.rate for flow in flows)
    for flow in flows:
        sent = replace(
            flow,
            kind=name,
            klass=KINDS[name].klass,
            hard=KINDS[name].hard,
            hosts=hosts,
            even=0.7,
            rate=PASSED * rate * flow.rate / total,
            envelope=flow.envelope if envelope is None else envelope,
            altered=altered,
            added=added,
            hint=hint,
            reach=reach or TO_GOOGLE,
        )
        stage.ways += [sent] if flow is flows[0] else []
        yield sent


def met_by(stage: Stage, dice: Dice, fewest: int, most: int, *, unsigned: float = 0.75) -> list[Home]:
    """Homes with some correspondent at a forwarder. Those without signatures are where it fails, so they are met a bit more."""
    homes = [home for home in stage.homes if home.parts]
    bare = [home for home in homes if not home.signs]
    some = dice.some(homes, fewest, most)
    return list(dict.fromkeys(some + [home for home in bare if home not in some and dice.random() < unsigned * 0.4]))


def bounce(stage: Stage, domain: str, net: Net) -> str:
    """The forwarder's own domain as reverse-path, with its SPF record."""
    stage.town.spf(domain, f"v=spf1 {ip_terms(net.prefixes)} ~all")
    stage.town.add(domain, "MX", f"10 mx.{domain}.")
    return domain


@kind(Class.FORWARDED)
def gmail_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Gmail mailbox that forwards to another address: reverse-path at gmail.com, nothing altered, sealed."""
    hosts = tuple(dice.some(hosts_of(stage.town, "gws"), 10, 14))
    stage.town.spf("gmail.com", "v=spf1 redirect=_spf.google.com")
    for home in met_by(stage, dice, 7, 10):
        yield from passed_on(stage, "gmail_forward", home, hosts, dice.about(0.35), envelope="gmail.com", hint="arc")


@kind(Class.FORWARDED)
def workspace_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Google Workspace tenant that routes or forwards mail onward, with the tenant's domain as reverse-path."""
    for home in met_by(stage, dice, 4, 7):
        tenant = f"{dice.word(7)}.{'co.jp' if home.country == 'jp' else 'com'}"
        stage.town.spf(tenant, "v=spf1 include:_spf.google.com ~all")
        stage.town.add(tenant, "MX", "1 aspmx.l.google.com.")
        hosts = tuple(dice.some(hosts_of(stage.town, "gws"), 5, 8))
        yield from passed_on(stage, "workspace_forward", home, hosts, dice.about(0.3), envelope=tenant, hint="arc")


@kind(Class.FORWARDED)
def m365_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Microsoft 365 tenant that forwards with SRS in its own domain; it recodes some mails, which breaks their signatures."""
    for home in met_by(stage, dice, 6, 9):
        tenant = f"{dice.word(8)}.{'co.jp' if home.country == 'jp' else 'com'}"
        stage.town.spf(tenant, "v=spf1 include:spf.protection.outlook.com -all")
        stage.town.add(tenant, "MX", f"0 {tenant.replace('.', '-')}.mail.protection.outlook.com.")
        hosts = tuple(dice.some(hosts_of(stage.town, "m365"), 5, 9))
        rate = dice.about(0.4)
        yield from passed_on(stage, "m365_forward", home, hosts, rate, envelope=tenant, altered=0.25, hint="arc")


@kind(Class.FORWARDED)
def outlook_com_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A consumer mailbox at Outlook.com that forwards, with SRS at outlook.com."""
    hosts = stage.town.pool("hotmail", nets.HOTMAIL, 10)
    domain = bounce(stage, "outlook.com", nets.HOTMAIL)
    for home in met_by(stage, dice, 3, 6):
        yield from passed_on(stage, "outlook_com_forward", home, hosts, dice.about(0.15), envelope=domain, altered=0.12, hint="arc")


@kind(Class.FORWARDED)
def icloud_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An iCloud mailbox that forwards; the reverse-path stays the sender's."""
    hosts = stage.town.pool("icloud", nets.ICLOUD, 10)
    for home in met_by(stage, dice, 2, 4):
        yield from passed_on(stage, "icloud_forward", home, hosts, dice.about(0.12), hint="arc")


@kind(Class.FORWARDED)
def isp_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A provider's mailbox whose owner forwards it: reverse-path unchanged, so SPF fails in the sender's own domain."""
    isps = {
        "jp": (("ocn", nets.OCN, 6), ("biglobe", nets.BIGLOBE, 6), ("auone", nets.KDDI_OUT, 4)), "fr": (("free", nets.FREE_FR, 6),),
        "de": (("t-online", nets.TONLINE, 6),), "us": (("comcast", nets.COMCAST_OUT, 6),),
    }  # fmt: skip
    for home in met_by(stage, dice, 6, 9):
        for name, net, size in dice.some(isps.get(home.country, ()), 1, 2):
            hosts = stage.town.pool(name, net, size)
            yield from passed_on(stage, "isp_forward", home, hosts, dice.about(0.22), altered=0.01)


@kind(Class.FORWARDED)
def hosting_alias(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An address at a shared web host that is an alias for a free mailbox; the host rewrites nothing."""
    places = {
        "jp": (nets.XSERVER, nets.SAKURA, nets.HETEML),
        "br": (nets.LOCAWEB,),
        "in": (nets.HOSTINGER,),
        "fr": (nets.OVH_RELAY,),
    }
    for home in met_by(stage, dice, 7, 10):
        for _ in range(dice.randint(1, 3)):
            host = stage.town.host(dice.choice(places.get(home.country, (nets.BLUEHOST, nets.IONOS))), dice)
            yield from passed_on(stage, "hosting_alias", home, (host,), dice.about(0.15, 0.9), altered=0.01)


@kind(Class.FORWARDED)
def hosting_alias_srs(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An alias at a shared host that rewrites the reverse-path into the alias' domain (SRS)."""
    for home in met_by(stage, dice, 4, 7):
        net = dice.choice((nets.BLUEHOST, nets.HOSTINGER, nets.OVH_RELAY, nets.IONOS))
        host = stage.town.host(net, dice)
        alias = f"{dice.word(8)}.{dice.choice(('com', 'net', 'org'))}"
        stage.town.spf(alias, f"v=spf1 a mx ip4:{host.ip} ~all")
        stage.town.add(alias, "A", host.ip)
        yield from passed_on(stage, "hosting_alias_srs", home, (host,), dice.about(0.15, 0.8), envelope=alias, altered=0.02)


@kind(Class.FORWARDED)
def registrar_alias(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Free forwarding of a registrar or of a DNS operator, with SRS in its own domain."""
    for key, net, domain in (
        ("namecheap", nets.NAMECHEAP, "registrar-servers.com"),
        ("improvmx", nets.IMPROVMX, "improvmx.com"),
        ("onamae", nets.ONAMAE, "onamae.ne.jp"),
    ):
        hosts = stage.town.pool(key, net, 5)
        path = bounce(stage, f"srs.{domain}", net)
        for home in met_by(stage, dice, 2, 4):
            yield from passed_on(stage, "registrar_alias", home, hosts, dice.about(0.12, 0.8), envelope=path, altered=0.02)


@kind(Class.FORWARDED)
def cloudflare_routing(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Cloudflare's email routing: SRS in the customer's domain, sealed, with its own signature added."""
    hosts = stage.town.pool("cloudflare", nets.CLOUDFLARE, 8)
    stage.town.key("cloudflare-email.net", "cf2024-1")
    stage.town.spf("_spf.mx.cloudflare.net", f"v=spf1 {ip_terms(nets.CLOUDFLARE.prefixes)} ~all")
    for home in met_by(stage, dice, 4, 6):
        alias = f"{dice.word(7)}.{dice.choice(('dev', 'net', 'org', 'jp'))}"
        stage.town.spf(alias, "v=spf1 include:_spf.mx.cloudflare.net ~all")
        added = (Sig("cloudflare-email.net", "cf2024-1"),)
        yield from passed_on(stage, "cloudflare_routing", home, hosts, dice.about(0.2), envelope=alias, added=added, hint="arc")


@kind(Class.FORWARDED)
def alumni_address(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A lifelong address of a university or a society that forwards to the member's mailbox, some with SRS, some as it comes."""
    for n in range(dice.randint(3, 4)):
        domain = f"alumni.{dice.word(7)}.{dice.choice(('edu', 'ac.jp', 'ac.uk', 'org'))}"
        hosts = tuple(stage.town.host(nets.UNIVERSITIES, dice, f"fwd{k}.{domain}") for k in (1, 2))
        path = bounce(stage, domain, nets.UNIVERSITIES) if n % 2 else None
        for home in met_by(stage, dice, 2, 4, unsigned=0.4):
            rate = dice.about(0.12)
            yield from passed_on(stage, "alumni_address", home, hosts, rate, envelope=path, altered=0.05)


@kind(Class.FORWARDED)
def university_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A department's old mail server with .forward files, behind a filter that marks subjects of mail from outside."""
    for _ in range(3):
        domain = f"{dice.choice(('cs', 'med', 'phys', 'econ'))}.{dice.word(7)}.{dice.choice(('ac.jp', 'edu', 'ac.in'))}"
        hosts = (stage.town.host(nets.UNIVERSITIES, dice, f"mail.{domain}", ptr=dice.choice((None, None, "-"))),)
        marks = dice.choice((0.03, 0.9))
        for home in met_by(stage, dice, 2, 4, unsigned=0.3):
            yield from passed_on(stage, "university_forward", home, hosts, dice.about(0.15), altered=marks)


@kind(Class.FORWARDED)
def home_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An enthusiast's own server on a rented machine that passes all its mail on to a big mailbox."""
    for home in met_by(stage, dice, 4, 6, unsigned=0.4):
        net = dice.choice((nets.HETZNER, nets.LINODE, nets.SAKURA_VPS, nets.CONOHA, nets.OVH_VPS, nets.HETZNER6))
        named = dice.random() < 0.7
        host = stage.town.host(net, dice, f"mx.{dice.word(6)}.{dice.choice(('net', 'org', 'jp'))}" if named else None)
        yield from passed_on(stage, "home_server", home, (host,), dice.about(0.1, 0.8), altered=0.03)
