"""Mailing lists and desks that send the owners' mail on to many."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.forwards import bounce, met_by, passed_on
from bench.accuracy.province.kinds import kind
from bench.accuracy.province.mail import Flow, Home, Sig
from bench.accuracy.province.reporters import ANYWHERE, REACH
from bench.accuracy.province.services import hosts_of
from bench.accuracy.province.stage import Stage
from bench.accuracy.province.town import Host, Net

from sekisho.core.terms import Class, Policy


def lenient(homes: list[Home]) -> list[Home]:
    """Homes without a policy for most of the season: lists rewrite the From line of the others."""
    return [home for home in homes if home.policies[0].p is Policy.NONE]


def members(home: Home) -> dict[str, float]:
    """Whose mailboxes the members of a list have: the country's and some of the world's."""
    return {name: REACH[home.country].get(name, 0) + ANYWHERE.get(name, 0) * 0.3 for name in {**REACH[home.country], **ANYWHERE}}


def list_host(stage: Stage, dice: Dice, net: Net, label: str, domain: str, *, signed: bool) -> tuple[Host, tuple[Sig, ...], str]:
    """The host of a list, the signature it adds, and its reverse-path."""
    host = stage.town.host(net, dice, f"{label}.{domain}")
    path = bounce(stage, f"{label}.{domain}", net)
    if signed:
        stage.town.key(path, "dkim")
    return host, (Sig(path, "dkim"),) if signed else (), path


@kind(Class.FORWARDED)
def mailman2(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Mailman 2 list that leaves the From line and adds a subject mark and a footer; some hosts sign anew."""
    for _ in range(4):
        domain = f"{dice.word(7)}.{dice.choice(('org', 'or.jp', 'net', 'org.uk'))}"
        signed = dice.random() < 0.5
        host, added, path = list_host(
            stage, dice, dice.choice((nets.HETZNER, nets.UNIVERSITIES, nets.SMALL_FIRMS)), "lists", domain, signed=signed
        )
        for home in dice.some(lenient(met_by(stage, dice, 4, 6)), 1, 2):
            rate, reach = dice.about(0.5), members(home)
            yield from passed_on(
                stage, "mailman2", home, (host,), rate, envelope=path, altered=0.95, added=added, hint="list", reach=reach
            )


@kind(Class.FORWARDED)
def mailman3(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Mailman 3 list without munging; it adds no footer and seals what it sends, so that many signatures survive."""
    for _ in range(3):
        domain = f"{dice.word(6)}.{dice.choice(('org', 'io', 'eu'))}"
        host, added, path = list_host(stage, dice, nets.HETZNER, "lists", domain, signed=True)
        for home in dice.some(lenient(met_by(stage, dice, 4, 6)), 1, 3):
            rate, reach = dice.about(0.35), members(home)
            yield from passed_on(
                stage, "mailman3", home, (host,), rate, envelope=path, altered=0.35, added=added, hint="arc", reach=reach
            )


@kind(Class.FORWARDED)
def sympa(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Sympa list of a university or a club federation; it removes signatures it has broken and puts its own."""
    for name, net in (("renater", nets.RENATER), ("federation", nets.OVH_VPS)):
        domain = f"{dice.word(7)}.fr" if name == "federation" else "renater-listes.fr"
        host, added, path = list_host(stage, dice, net, "listes", domain, signed=True)
        for home in [home for home in lenient(stage.homes_with()) if home.country == "fr" or dice.random() < 0.15]:
            rate, reach = dice.about(0.9 if home.country == "fr" else 0.2), members(home)
            yield from passed_on(
                stage, "sympa", home, (host,), rate, envelope=path, altered=0.9, added=added, hint="list", reach=reach
            )


@kind(Class.FORWARDED)
def google_group(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Google group of another tenant: footers break signatures, Google signs for the group's domain, and seals."""
    stage.town.key("googlegroups.com", "20230601")
    stage.town.spf("googlegroups.com", "v=spf1 redirect=_spf.google.com")
    for home in lenient(met_by(stage, dice, 8, 11)):
        hosts = tuple(dice.some(hosts_of(stage.town, "gws"), 5, 8))
        tenant = "googlegroups.com"
        if dice.random() < 0.5:
            tenant = f"{dice.word(7)}.{dice.choice(('org', 'jp', 'com'))}"
            stage.town.key(tenant, "google")
            stage.town.spf(tenant, "v=spf1 include:_spf.google.com ~all")
        added = (Sig(tenant, "20230601" if tenant == "googlegroups.com" else "google"),)
        rate, reach = dice.about(0.35), members(home)
        yield from passed_on(
            stage, "google_group", home, hosts, rate, envelope=tenant, altered=0.75, added=added, hint="arc", reach=reach
        )


@kind(Class.FORWARDED)
def groups_io(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A list at groups.io: footers, its own signature."""
    hosts = stage.town.pool("groups.io", nets.GROUPSIO, 4)
    path = bounce(stage, "groups.io", nets.GROUPSIO)
    stage.town.key("groups.io", "20240206")
    for home in dice.some(lenient(met_by(stage, dice, 5, 7)), 2, 3):
        added, rate, reach = (Sig("groups.io", "20240206"),), dice.about(0.3), members(home)
        yield from passed_on(
            stage, "groups_io", home, hosts, rate, envelope=path, altered=0.97, added=added, hint="list", reach=reach
        )


@kind(Class.FORWARDED)
def listserv(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A LISTSERV of a university or a society abroad: footer, its own reverse-path, no signature of its own."""
    domain = f"{dice.word(8)}.edu"
    host, _, path = list_host(stage, dice, nets.UNIVERSITIES, "listserv", domain, signed=False)
    for home in dice.some(lenient(met_by(stage, dice, 5, 7)), 2, 3):
        rate = dice.about(0.25)
        yield from passed_on(
            stage, "listserv", home, (host,), rate, envelope=path, altered=0.8, hint="list", reach=members(home), people=True
        )


@kind(Class.FORWARDED)
def fml_list(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An old fml or Majordomo list of a Japanese association: number in the subject, footers, reverse-path of its own."""
    for _ in range(3):
        domain = f"{dice.word(8)}.{dice.choice(('gr.jp', 'or.jp', 'jp'))}"
        net = dice.choice((nets.SAKURA, nets.SAKURA_VPS, nets.SMALL_FIRMS))
        host = stage.town.host(net, dice, None if net is nets.SAKURA else f"ml.{domain}")
        stage.town.spf(domain, f"v=spf1 ip4:{host.ip} ~all")
        for home in [home for home in lenient(stage.homes_with()) if home.country == "jp" and dice.random() < 0.5]:
            rate = dice.about(0.35)
            yield from passed_on(
                stage, "fml_list", home, (host,), rate, envelope=domain, altered=0.97, hint="list", reach=members(home)
            )


@kind(Class.FORWARDED)
def expander(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An association's alias that sends each mail on to its members as it came, the reverse-path unchanged."""
    for _ in range(3):
        domain = f"{dice.word(7)}-{dice.choice(('kai', 'assoc', 'verband', 'club'))}.{dice.choice(('jp', 'org', 'de'))}"
        host = stage.town.host(dice.choice((nets.IONOS, nets.SAKURA, nets.BLUEHOST, nets.SMALL_FIRMS)), dice, f"mail.{domain}")
        for home in met_by(stage, dice, 2, 4, unsigned=0.3):
            yield from passed_on(stage, "expander", home, (host,), dice.about(0.2), altered=0.05, reach=members(home), people=True)


@kind(Class.FORWARDED)
def member_forwards(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A list member whose Gmail mailbox forwards what the list sends: two stations, the list's signature still whole."""
    stage.town.spf("gmail.com", "v=spf1 redirect=_spf.google.com")
    for home in dice.some(lenient(stage.homes_with()), 3, 5):
        path = f"lists.{dice.word(7)}.org"
        stage.town.key(path, "dkim")
        hosts, rate = tuple(dice.some(hosts_of(stage.town, "gws"), 5, 8)), dice.about(0.2)
        added = (Sig(path, "dkim"),)
        yield from passed_on(
            stage, "member_forwards", home, hosts, rate, envelope="gmail.com", altered=0.95, added=added, hint="arc", people=True
        )


@kind(Class.FORWARDED, hard=True)
def desk_resend(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A customer's help desk (OTRS, Redmine) that sends incoming mail on to its agents with the writer's From line.

    Hard: the desk changes subject and body, so that a strange host with a strange reverse-path is all there is.
    """
    for home in met_by(stage, dice, 4, 6, unsigned=0.2):
        domain = f"{dice.word(8)}.{'co.jp' if home.country == 'jp' else 'com'}"
        net = dice.choice((nets.SMALL_FIRMS, nets.AWS_JP, nets.HETZNER))
        host = stage.town.host(net, dice, f"{dice.choice(('otrs', 'support', 'redmine', 'desk'))}.{domain}")
        stage.town.spf(domain, f"v=spf1 ip4:{host.ip} ~all")
        yield from passed_on(stage, "desk_resend", home, (host,), dice.about(0.12), envelope=domain, altered=0.98, people=True)


@kind(Class.FORWARDED, hard=True)
def calendar_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An invitation of the owner that an invited person passes on: written anew at Microsoft with the organiser's From line.

    Hard: nothing of the organiser's own signature is left, and the tenant that sends it is a stranger at a service all use.
    """
    for home in dice.some(stage.homes_with("m365", "gws", "own"), 4, 6):
        tenant = f"{dice.word(8)}.{'co.jp' if home.country == 'jp' else 'com'}"
        stage.town.spf(tenant, "v=spf1 include:spf.protection.outlook.com -all")
        stage.town.key(f"{tenant.split('.')[0]}.onmicrosoft.com", f"selector2-{tenant.split('.')[0]}-onmicrosoft-com")
        sig = Sig(f"{tenant.split('.')[0]}.onmicrosoft.com", f"selector2-{tenant.split('.')[0]}-onmicrosoft-com")
        hosts = tuple(dice.some(hosts_of(stage.town, "m365"), 3, 5))
        reach = {"Enterprise Outlook": 50.0, "google.com": 40.0, "Outlook.com": 10.0}
        signed = (sig,) if dice.random() < 0.6 else ()
        yield Flow(
            home, "calendar_forward", Class.FORWARDED, True, hosts, tenant, signed, dice.about(0.06), hint="known", reach=reach
        )
