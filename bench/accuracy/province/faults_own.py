"""The owners' own machines and people whose mail fails: forgotten, unsigned, moved or mistyped."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.kinds import KINDS, kind
from bench.accuracy.province.mail import NIGHTLY, OFFICE, SHOP, Flow, Home, Rhythm, Sig
from bench.accuracy.province.reporters import BUSINESS
from bench.accuracy.province.services import hosts_of, some_hosts
from bench.accuracy.province.stage import Stage
from bench.accuracy.province.town import Host, Net, ip_terms

from sekisho.core.terms import Class

CLOUDS = {
    "jp": nets.AWS_JP,
    "us": nets.AWS_US,
    "br": nets.LIGHTSAIL_BR,
    "de": nets.HETZNER,
    "fr": nets.OVH_VPS,
    "in": nets.DIGITALOCEAN,
}
WEB_HOSTS = {
    "jp": nets.XSERVER,
    "us": nets.BLUEHOST,
    "br": nets.LOCAWEB,
    "de": nets.IONOS,
    "fr": nets.OVH_MUTU,
    "in": nets.HOSTINGER,
}


def own_mail(
    name: str, home: Home, host: Host, rate: float, rhythm: Rhythm, *, envelope: str | None = None, sigs: tuple[Sig, ...] = (),
    author: str = "", reach: dict[str, float] | None = None,
) -> Flow:  # fmt: skip
    """Mail of a machine of the owner's."""
    kind = KINDS[name]
    path = home.domain if envelope is None else envelope
    return Flow(home, name, kind.klass, kind.hard, (host,), path, sigs, rate, rhythm, author=author, reach=reach)


@kind(Class.FAILING)
def scanner(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Scanners and printers in the office that mail straight out over the office's line."""
    for home in dice.some(stage.homes_with(), 5, 7):
        line = stage.town.host(nets.OFFICES[home.country], dice, ptr=dice.choice((None, None, None, None, "-", "!")))
        said = Host(line.ip, dice.choice((line.name, "localhost.localdomain", f"mfp.{home.domain}")))
        yield own_mail("scanner", home, said, dice.about(0.3), OFFICE, reach=dict(BUSINESS))


@kind(Class.FAILING)
def branch_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A branch's own mail server that nobody told the keeper of the DNS about; its name is the firm's."""
    for home in dice.some(stage.homes_with("own", "gateway", "group", "public"), 2, 3):
        label = dice.choice(("mail2", "branch", "osaka", "lager", "north"))
        host = stage.town.host(dice.choice((nets.SMALL_FIRMS, nets.OFFICES[home.country])), dice, f"{label}.{home.domain}")
        yield own_mail("branch_server", home, host, dice.about(0.9), OFFICE)


@kind(Class.FAILING, hard=True)
def cloud_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A forgotten server of the owner's at a cloud, with the cloud's own host name, that sends reports unsigned.

    Hard: a rented machine of a stranger's has the same kind of name; steadiness and the owner's word tell.
    """
    for home in dice.some(stage.homes_with(), 4, 6):
        host = stage.town.host(CLOUDS[home.country], dice)
        if dice.random() < 0.5:
            stage.town.add(f"{dice.choice(('app', 'erp', 'stage', 'members'))}.{home.domain}", "A", host.ip)
        yield own_mail("cloud_server", home, host, dice.about(0.6), dice.choice((NIGHTLY, SHOP)))


@kind(Class.FAILING)
def monitoring(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Machines that report as root@host below the owner's domain, each in its own name, to the admins' mailboxes."""
    for home in dice.some(stage.homes_with("own", "software", "public", "gateway"), 3, 4):
        for _ in range(dice.randint(1, 3)):
            name = f"{dice.choice(('web', 'db', 'nas', 'bk', 'zbx'))}{dice.randint(1, 4)}.{home.domain}"
            host = stage.town.host(dice.choice((CLOUDS[home.country], nets.SMALL_FIRMS)), dice, ptr=dice.choice((None, name)))
            stage.town.add(name, "A", host.ip)
            said = Host(host.ip, name)
            yield own_mail("monitoring", home, said, dice.about(0.35), NIGHTLY, envelope=name, author=name, reach=dict(BUSINESS))


@kind(Class.FAILING)
def web_form_hosting(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The web site's form (wp_mail) on the shared host where the site lives: reverse-path is the account at the host."""
    for home in dice.some(
        [home for home in stage.homes_with("web", "gws", "m365") if not home.uses("hosting", "locaweb", "ovh")], 3, 5
    ):
        host = stage.webs[home.domain]
        stage.town.spf(host.name, f"v=spf1 a ip4:{host.ip} ~all")
        yield own_mail("web_form_hosting", home, host, dice.about(0.4), SHOP, envelope=host.name)


@kind(Class.FAILING)
def web_form_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The form on a rented server of the site's maker: www-data@ the server's name, which has no SPF record."""
    for home in dice.some(stage.homes_with(), 3, 4):
        net = (
            dice.choice((nets.SAKURA_VPS, nets.CONOHA))
            if home.country == "jp"
            else dice.choice((nets.OVH_VPS, nets.LINODE, nets.HETZNER))
        )
        host = stage.town.host(net, dice)
        stage.town.add(f"www2.{home.domain}", "A", host.ip)
        yield own_mail("web_form_server", home, host, dice.about(0.35), SHOP, envelope=host.name)


@kind(Class.FAILING)
def agency_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The agency's or software maker's server that mails in the name of several customers, the agency's domain as reverse-path."""
    host = stage.town.host(nets.HETZNER, dice, "envio.agenciapipa.com.br")
    stage.town.spf("envio.agenciapipa.com.br", f"v=spf1 ip4:{host.ip} -all")
    for home in stage.homes_with("customer"):
        yield own_mail("agency_server", home, host, dice.about(0.4), SHOP, envelope="envio.agenciapipa.com.br")
    for home in dice.some([home for home in stage.homes_with() if home.country == "jp"], 1, 2):
        maker = f"{dice.word(8)}-system.co.jp"
        other = stage.town.host(nets.SAKURA_VPS, dice, f"app.{maker}")
        stage.town.spf(maker, f"v=spf1 ip4:{other.ip} ~all")
        yield own_mail("agency_server", home, other, dice.about(0.4), NIGHTLY, envelope=maker)


@kind(Class.FAILING)
def provider_smarthost(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Staff at home whose mail program sends over their provider's relay, with the firm's address as reverse-path."""
    relays = {
        "jp": (("ocn", nets.OCN, 6), ("biglobe", nets.BIGLOBE, 6)), "de": (("t-online", nets.TONLINE, 6),),
        "fr": (("free", nets.FREE_FR, 6),), "us": (("comcast", nets.COMCAST_OUT, 6),),
    }  # fmt: skip
    for home in dice.some([home for home in stage.homes_with() if home.country in relays], 3, 4):
        pool = stage.town.pool(*dice.choice(relays[home.country]))
        hosts = tuple(dice.some(pool, 2, 4))
        yield Flow(home, "provider_smarthost", Class.FAILING, False, hosts, home.domain, (), dice.about(0.35), OFFICE)


@kind(Class.FAILING)
def absence_notes(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Absence notes and confirmations with a null reverse-path from an own server: SPF is asked for its HELO."""
    for home in dice.some([home for home in stage.homes_with("own", "hosting") if home.uses("own", "hosting")], 2, 3):
        server = stage.servers[home.domain]
        said = Host(server.ip, dice.choice(("localhost.localdomain", f"srv01.{home.domain.split('.')[0]}.local", server.name)))
        yield own_mail("absence_notes", home, said, dice.about(0.35), OFFICE, envelope="")


@kind(Class.FAILING)
def outbound_filter(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A new filter for outgoing mail that adds a disclaimer after signing and is not in the SPF record yet."""
    for home in dice.some(stage.homes_with("m365", "gws", "own"), 2, 2):
        service, first = dice.choice(("iij" if home.country == "jp" else "mimecast", "trend")), dice.randint(20, 60)
        proper = stage.proper[home.domain][0]
        hosts, rhythm = some_hosts(stage.town, service, dice, 4), Rhythm(first, first + dice.randint(6, 25), OFFICE.week)
        yield Flow(
            home, "outbound_filter", Class.FAILING, False, hosts, home.domain, proper.sigs, dice.about(1.2), rhythm, altered=0.95
        )


@kind(Class.FAILING)
def old_provider(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A department that still sends over the web host the firm left in spring; the SPF record names only the new one."""
    for home in dice.some(stage.homes_with("gws", "m365", "gateway"), 2, 3):
        host = stage.town.host(WEB_HOSTS[home.country], dice)
        yield own_mail("old_provider", home, host, dice.about(0.6), OFFICE)


@kind(Class.FAILING)
def moved_office(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A second own server that got another address in mid-season; the SPF record follows a few days later."""
    for home in dice.some(stage.homes_with("own"), 1, 2):
        first = dice.randint(20, 65)
        host = stage.town.host(nets.SMALL_FIRMS, dice, f"mail3.{home.domain}")
        found = next(text for rtype, text in stage.town.records[home.domain] if rtype == "TXT" and text.startswith("v=spf1"))
        stage.town.records[home.domain].remove(("TXT", found))
        stage.town.spf(home.domain, found.replace(f" {home.tail}", f" ip4:{host.ip} {home.tail}"))
        stage.town.earlier[home.domain] = (first + dice.randint(3, 9), found)
        yield own_mail("moved_office", home, host, dice.about(2.0), Rhythm(first, week=OFFICE.week))


@kind(Class.FAILING)
def new_ipv6(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An own server that got an IPv6 address, which the SPF record lacks; big receivers are reached over it, unsigned."""
    net = Net(("2001:240:bb81::/48",), "", 0.0, 0.0)
    for home in dice.some([home for home in stage.homes_with("own") if not home.signs], 1, 2):
        host = stage.town.host(net, dice, stage.servers[home.domain].name, ptr=dice.choice((None, "-")))
        yield own_mail("new_ipv6", home, host, dice.about(0.8), OFFICE, reach={"google.com": 1.0})


@kind(Class.FAILING)
def broken_own_signature(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A second relay of the owner's that is not in SPF and whose virus filter changes what was signed."""
    for home in dice.some([home for home in stage.homes_with() if home.signs and not home.uses("sendgrid")], 2, 3):
        label = dice.choice(("relay", "smtp2", "out"))
        host = stage.town.host(dice.choice((nets.SMALL_FIRMS, CLOUDS[home.country])), dice, f"{label}.{home.domain}")
        sigs = stage.proper[home.domain][0].sigs[:1]
        yield Flow(
            home, "broken_own_signature", Class.FAILING, False, (host,), home.domain, sigs, dice.about(0.8), OFFICE, altered=0.9
        )


@kind(Class.FAILING)
def too_many_lookups(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A sub-domain for notices whose SPF record asks more than ten names: permerror everywhere, and nobody signs it."""
    for home in dice.some(stage.homes_with("shop", "public", "gateway"), 1, 2):
        name = f"{dice.choice(('news', 'event', 'mailing'))}.{home.domain}"
        for n in range(11):
            stage.town.spf(f"spf{n}.{name}", f"v=spf1 {ip_terms([f'198.51.100.{n * 8}/29'])} -all")
        host = stage.town.host(CLOUDS[home.country], dice)
        stage.town.spf(name, " ".join(["v=spf1", *(f"include:spf{n}.{name}" for n in range(11)), f"ip4:{host.ip}", "~all"]))
        yield own_mail("too_many_lookups", home, host, dice.about(0.9), SHOP, envelope=name, author=name)


@kind(Class.FAILING, hard=True)
def roaming_staff(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Field staff whose old program sends straight from changing lines: few mails, ever new addresses of the owner's country.

    Hard: bots on home lines look like this; only the country and the hours differ.
    """
    for home in dice.some(stage.homes_with("own", "hosting", "club"), 2, 3):
        hosts = tuple(stage.town.host(nets.OFFICES[home.country], dice) for _ in range(dice.randint(4, 9)))
        yield Flow(home, "roaming_staff", Class.FAILING, True, hosts, home.domain, (), dice.about(0.18), OFFICE)


@kind(Class.FAILING)
def learning_platform(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Moodle or library system at its maker's that notifies from the school's address with the maker's reverse-path."""
    for home in dice.some(stage.homes_with("public"), 1, 2):
        maker = f"{dice.word(6)}lms.{'jp' if home.country == 'jp' else 'com'}"
        host = stage.town.host(dice.choice((CLOUDS[home.country], nets.HETZNER)), dice, f"moodle{dice.randint(1, 9)}.{maker}")
        stage.town.spf(maker, f"v=spf1 ip4:{host.ip} -all")
        stage.town.key(maker, "mail")
        yield own_mail("learning_platform", home, host, dice.about(0.8), SHOP, envelope=maker, sigs=(Sig(maker, "mail"),))


@kind(Class.FAILING)
def onmicrosoft_relay(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A form of Power Automate or a shared mailbox of the owner's that sends through Microsoft without connector or signature."""
    for home in dice.some([home for home in stage.homes_with("gateway", "own", "public") if not home.uses("m365", "ppe")], 1, 2):
        hosts = tuple(dice.some(hosts_of(stage.town, "m365"), 3, 5))
        yield Flow(
            home, "onmicrosoft_relay", Class.FAILING, False, hosts, home.domain, (), dice.about(0.45), OFFICE, reach=dict(BUSINESS)
        )
