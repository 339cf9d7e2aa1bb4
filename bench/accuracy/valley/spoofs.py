"""Somebody else's mail in the owner's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.faults import fixed
from bench.accuracy.valley.letters import Flow, Letter, Rhythm, Sig, State, kind, relayed
from bench.accuracy.valley.owners import Home
from bench.accuracy.valley.receivers import EVERYWHERE, FIRMS, JAPAN_CONSUMERS
from bench.accuracy.valley.services import HOSTERS, SERVICES
from bench.accuracy.valley.stage import Stage
from bench.accuracy.valley.town import DIAL, LOOSE, SPAM, Host

from sekisho.core.terms import Class

LINES = (
    "{ip}.dynamic.telemaroc.example",
    "host-{ip}.adsl.cantv-net.example",
    "{ip}.user.veloxbr.example",
    "static.vnpt-{ip}.example",
    "p{ip}.dip0.t-ipconnect.de",
    "cpe-{ip}.res.spectrum-net.example",
    "abts-north-dynamic-{ip}.airtel-net.example",
    "",
    "",
    "SERVFAIL",
)
"""What addresses of homes and offices are called."""

CLOUDS = (
    "vps-{ip}.vps.ovh.net", "static.{ip}.clients.your-server.de", "vmi{ip}.contaboserver.net", "ec2-{ip}.compute-1.amazonaws.com",
    "{ip}.bc.googleusercontent.com", "li{ip}.members.linode.com", "{ip}.cloud-xip.example", "", "", "",
)  # fmt: skip
"""What addresses of rented machines are called where nobody has set a name."""


def victims(stage: Stage, dice: Dice, number: int, *countries: str) -> list[Home]:
    """Owners whose name is used, the better known the more often."""
    homes = {h: h.fame for h in stage.homes.values() if not h.calm and (not countries or h.country in countries)}
    return [dice.weigh(homes) for _ in range(number)]


def many(stage: Stage, dice: Dice, number: int, names: Sequence[str], listed: Mapping[str, float]) -> list[Host]:
    """Hosts each in another network."""
    hosts = []
    for _ in range(number):
        ptr, helo = (
            dice.pick(names),
            dice.pick((f"[{dice.token(5)}]", f"{dice.token(8)}.example", f"mail.{dice.word()}.example", "localhost")),
        )
        hosts.append(stage.town.host(stage.town.block(), helo, ptr=ptr, back=dice.chance(0.7)))
    for zone, share in listed.items():
        stage.town.list_on(zone, hosts, dice, share)
    return hosts


def stray(
    home: Home, make: Callable[[Dice], Letter], total: float, where: Mapping[str, float] = EVERYWHERE, rhythm: Rhythm = Rhythm.BURST
) -> Flow:
    """Mail of spammers."""
    return Flow(
        home.domain, make, total, rhythm, where=where, pieces=4, crowd=Dice.of(home.domain, total).pick((1.0, 1.0, 1.0, 2.0, 5.0))
    )


def stranger(stage: Stage, dice: Dice, label: str) -> str:
    """A domain of a third party, with a record that permits nobody we know."""
    name = f"{dice.word()}{dice.word()}-{label}.example"
    stage.town.record(name, "TXT", f"v=spf1 include:spf.protection.outlook.com {dice.pick(('-all', '~all'))}")
    return name


@kind(Class.SPOOF)
def botnet_lines(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Infected machines at homes and offices; a message or two from each, the envelope in the owner's or in any other name."""
    for home in victims(stage, dice, 14):
        hosts = many(stage, dice, dice.randint(8, 30), LINES, {SPAM: 0.75, DIAL: 0.6})
        mfrom = home.domain if dice.chance(0.6) else stranger(stage, dice, "kg")
        yield stray(home, fixed(hosts, home.domain, mfrom), dice.spread(30))


@kind(Class.SPOOF)
def botnet_servers(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Broken-in servers and routers of firms all over the world."""
    for home in victims(stage, dice, 9):
        hosts = many(
            stage,
            dice,
            dice.randint(5, 15),
            ("mail{ip}.corp-host.example", "{ip}.static.businessline.example", "", "SERVFAIL"),
            {SPAM: 0.6, LOOSE: 0.4},
        )
        yield stray(home, fixed(hosts, home.domain, home.domain), dice.spread(20))


@kind(Class.SPOOF)
def extortion_to_self(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Sextortion: From, envelope and recipient are the same address, so that it reaches the owner's own receivers most."""
    for home in victims(stage, dice, 8):
        hosts = many(stage, dice, dice.randint(6, 18), LINES, {SPAM: 0.8, DIAL: 0.5})
        yield stray(
            home,
            fixed(hosts, home.domain, home.domain),
            dice.spread(12),
            {"eo": 60, "google": 40} if home.mail != "own" else EVERYWHERE,
        )


@kind(Class.SPOOF)
def phishing_japan(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Phishing of Japanese brands from rented Chinese and American clouds: daily, to mobile carriers and Gmail."""
    for home in victims(stage, dice, 9, "jp"):
        hosts = many(stage, dice, dice.randint(8, 30), CLOUDS, {SPAM: 0.5, LOOSE: 0.2})
        mfrom = dice.pick((home.domain, home.domain, f"{dice.token(7)}.{dice.word()}mail-{dice.token(3)}.example"))
        yield stray(
            home, fixed(hosts, home.domain, mfrom), dice.spread(60), JAPAN_CONSUMERS, dice.pick((Rhythm.BURST, Rhythm.DAILY))
        )


@kind(Class.SPOOF)
def rented_cloud(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A campaign from a handful of rented machines, the envelope in the owner's name or in the machine's."""
    for home in victims(stage, dice, 12):
        hosts = many(stage, dice, dice.randint(1, 5), CLOUDS, {SPAM: 0.5})
        yield stray(home, fixed(hosts, home.domain, dice.pick((home.domain, stranger(stage, dice, "biz")))), dice.spread(22))


@kind(Class.SPOOF)
def snowshoe(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A rented network with fine names, SPF and keys of throw-away domains: all passes for them, nothing for the owner."""
    for home in victims(stage, dice, 5):
        name, block = f"{dice.word()}-{dice.word()}-offers.example", stage.town.block()
        hosts = [stage.town.host(block, f"{dice.token(4)}{at}.{name}") for at in range(dice.randint(5, 12))]
        stage.town.record(name, "TXT", f"v=spf1 ip4:{block} -all")
        stage.town.list_on(SPAM, hosts, dice, 0.45)
        yield stray(
            home, fixed(hosts, home.domain, name, (stage.key(name, dice.pick(("default", "k1", "dkim"))),)), dice.spread(28)
        )


def _account(stage: Stage, dice: Dice, names: Sequence[str], number: int, total: float) -> Iterator[Flow]:
    """A broken-in or sham account at a service."""
    for home in victims(stage, dice, number):
        service, hosts = SERVICES[name := dice.pick(names)], stage.pool(name)
        yield stray(
            home, fixed(hosts, home.domain, stage.envelope(service, dice), stage.signature(service)), dice.spread(total), EVERYWHERE
        )


@kind(Class.SPOOF, hard=True)
def account_at_sendgrid_or_ses(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A stolen account at a service that the owner may use as well.

    Hard: it looks like the owner's own half-made set-up of that service."""
    yield from _account(stage, dice, ("sendgrid", "ses", "mailgun", "brevo", "sparkpost"), 5, 14)


@kind(Class.SPOOF, hard=True)
def tenant_of_m365(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A sham or broken-in Microsoft 365 tenant that sends any From through its connector.

    Hard: hosts and signature are like those of a forwarding customer."""
    for home in victims(stage, dice, 5):
        tenant = f"{dice.word()}{dice.token(4)}.onmicrosoft.com"
        stage.town.record(tenant, "TXT", "v=spf1 include:spf.protection.outlook.com -all")
        make = fixed(stage.pool("m365"), home.domain, tenant, (stage.key(tenant, f"selector1-{tenant.replace('.', '-')}"),))
        yield stray(home, make, dice.spread(12), FIRMS)


@kind(Class.SPOOF)
def hacked_mailbox(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A third party's stolen mailbox: sent by its provider, with its domain in the envelope and, often, its good signature."""
    for home in victims(stage, dice, 14):
        site = stage.site(dice.pick(list(HOSTERS)), dice.randint(0, 2))
        firm = f"{dice.word()}{dice.word()}-{dice.token(3)}.example"
        stage.permit(firm, *(f"ip4:{host.ip}" for host in site.mail))
        sigs = (stage.key(firm, "default"),) if dice.chance(0.55) else ()
        yield stray(home, fixed(site.mail, home.domain, firm, sigs), dice.spread(16))


@kind(Class.SPOOF)
def hacked_web_site(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A broken-in WordPress on shared hosting: PHP sends as the account of the web server, next door to honest sites."""
    for home in victims(stage, dice, 15):
        host = stage.site(dice.pick(list(HOSTERS)), dice.randint(0, 1)).web[0]
        stage.town.record(host.name, "TXT", f"v=spf1 ip4:{host.ip} ~all")
        stage.town.list_on(LOOSE, [host], dice, 0.5)
        yield stray(home, fixed([host], home.domain, dice.pick((host.name, home.domain))), dice.spread(14))


@kind(Class.SPOOF)
def made_up_selector(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Phishing with a signature in the owner's name under a selector that does not exist."""
    for home in victims(stage, dice, 5):
        hosts = many(stage, dice, dice.randint(2, 6), CLOUDS, {SPAM: 0.5})
        sig = Sig(home.domain, dice.pick(("default", "dkim", "mail", "key1", dice.token(6))) + dice.pick(("", "x")), State.KEYLESS)
        if f"{sig.selector}._domainkey.{home.domain}" not in stage.town.zone:
            yield stray(home, fixed(hosts, home.domain, home.domain, (sig,)), dice.spread(18))


@kind(Class.SPOOF, hard=True)
def replay_changed(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A real, signed mail of the owner whose text was changed, sent from rented machines.

    Hard: a broken true signature is what forwarders leave as well."""
    for home in victims(stage, dice, 6):
        if home.signs and not home.parked:
            hosts = many(stage, dice, dice.randint(1, 4), CLOUDS, {SPAM: 0.4})
            sigs = tuple(s._replace(state=State.BROKEN) for s in stage.senders[home.domain][0].sigs)
            yield stray(
                home, fixed(hosts, home.domain, dice.pick((home.domain, stranger(stage, dice, "r"))), sigs), dice.spread(12)
            )


@kind(Class.SPOOF)
def lookalike_envelope(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Fraud in the boss's name: envelope and good signature of a domain that looks like the owner's."""
    for home in victims(stage, dice, 5):
        fake = home.domain.replace(".example", f"-{dice.pick(('jp', 'inc', 'mail', 'group'))}.example")
        host = stage.town.host(stage.town.block(), f"mail.{fake}", ptr=dice.pick((None, *CLOUDS[:3])))
        stage.town.record(fake, "TXT", f"v=spf1 ip4:{host.ip} -all")
        yield stray(home, fixed([host], home.domain, fake, (stage.key(fake, "s1"),)), dice.spread(7), FIRMS)


@kind(Class.SPOOF)
def parked_name(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A domain that sends no mail, used by botnets and rented machines."""
    for home in [h for h in stage.homes.values() if h.parked]:
        hosts = many(stage, dice, dice.randint(8, 20), (*LINES, *CLOUDS), {SPAM: 0.6, DIAL: 0.3})
        yield stray(home, fixed(hosts, home.domain, home.domain), dice.spread(26), rhythm=Rhythm.STRAY)


@kind(Class.SPOOF)
def made_up_subdomain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Names under the owner's domain that do not exist (`billing.`, `hr-notice.`)."""
    for home in victims(stage, dice, 8):
        name = f"{dice.pick(('billing', 'hr-notice', 'secure', 'account', dice.token(6)))}.{home.domain}"
        yield stray(
            home, fixed(many(stage, dice, dice.randint(2, 10), (*LINES, *CLOUDS), {SPAM: 0.6}), name, name), dice.spread(14)
        )


@kind(Class.SPOOF, hard=True)
def through_a_forwarder(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A spoof that reached a forwarding mailbox and was passed on by Gmail or a Microsoft customer.

    Hard: the host is an honest forwarder that also passes on the owner's true mail."""
    for home in victims(stage, dice, 7):
        base, name = fixed(many(stage, dice, 2, LINES, {}), home.domain, home.domain), dice.pick(("google", "m365"))
        mfrom, hosts = ("gmail.com" if name == "google" else f"{dice.word()}{dice.word()}.example"), stage.pool(name)
        if name == "m365":
            stage.permit(mfrom, "include:spf.protection.outlook.com")

        def make(d: Dice, base: Callable[[Dice], Letter] = base, hosts: Sequence[Host] = hosts, mfrom: str = mfrom) -> Letter:
            return relayed(base(d), d.pick(hosts), mfrom=mfrom, sealed=True)

        yield stray(home, make, dice.spread(5))


@kind(Class.SPOOF, hard=True)
def through_a_filter(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A spoof that an incoming filter let through to the mailboxes behind it.

    Hard: the host is the filter's, that hands over true mail as well."""
    for home in victims(stage, dice, 7):
        hosts = dice.some(stage.pool(dice.pick(("proofpoint", "mimecast", "barracuda", "trend", "hornet"))), 1, 2)
        yield stray(home, fixed(hosts, home.domain, dice.pick((home.domain, stranger(stage, dice, "x")))), dice.spread(5), FIRMS)


@kind(Class.SPOOF)
def lying_name(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Rented machines whose PTR claims the name of a great provider or of the owner; the name does not lead back."""
    for home in victims(stage, dice, 4):
        names = (
            "mail-lf1-f41.google.com",
            "mail.protection.outlook.com",
            f"mail.{home.domain}",
            "smtp.mail.yahoo.com",
            "localhost",
        )
        hosts = [
            stage.town.host(stage.town.block(), f"mail.{home.domain}", ptr=dice.pick(names), back=False)
            for _ in range(dice.randint(1, 4))
        ]
        stage.town.list_on(SPAM, hosts, dice, 0.5)
        yield stray(home, fixed(hosts, home.domain, home.domain), dice.spread(16))


@kind(Class.SPOOF, hard=True)
def through_a_list(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A spoofed post to an open mailing list, which sends it to its members.

    Hard: the host is an honest list's; a true unsigned post would look the same."""
    for number, home in enumerate(victims(stage, dice, 2)):
        name = f"lists.{dice.word()}-open{number}.example"
        host = stage.town.host(stage.town.block(key=name), name)
        stage.permit(name, f"ip4:{host.ip}")
        yield stray(home, fixed([host], home.domain, name), dice.spread(8))
