"""Mail of the owner, or by the owner's order, that fails because of how it was set up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Flow, Letter, Rhythm, Sig, State, kind
from bench.accuracy.valley.owners import Home
from bench.accuracy.valley.receivers import FIRMS
from bench.accuracy.valley.services import SERVICES
from bench.accuracy.valley.stage import Stage
from bench.accuracy.valley.town import DIAL, LOOSE, SPAM, Host

from sekisho.core.terms import Class


def fixed(hosts: Sequence[Host], header_from: str, mfrom: str, sigs: tuple[Sig, ...] = ()) -> Callable[[Dice], Letter]:
    """Always the same letter, from one of the hosts."""
    return lambda dice: Letter(dice.pick(hosts), header_from, mfrom, sigs)


def troubled(stage: Stage, dice: Dice, number: int, *countries: str) -> list[Home]:
    """Owners who have such a fault, none twice."""
    homes = [h for h in stage.homes.values() if not h.parked and not h.calm and (not countries or h.country in countries)]
    return dice.sample(homes, min(number, len(homes)))


def half_set_up(stage: Stage, dice: Dice, names: Sequence[str], number: int, total: float, *countries: str) -> Iterator[Flow]:
    """A service that writes in the owner's name with its own envelope and signature only."""
    for home in troubled(stage, dice, number, *countries):
        name = dice.pick([each for each in names if each not in home.services])
        service, hosts = SERVICES[name], stage.pool(name)
        make = fixed(hosts, home.domain, stage.envelope(service, dice) or home.domain, stage.signature(service))
        rhythm = dice.pick((Rhythm.BURST, Rhythm.WEEKLY, Rhythm.WORK))
        yield Flow(
            home.domain, make, dice.spread(total), rhythm, where={**FIRMS, "outlook": 9, "yahoo": 6} if dice.chance(0.3) else None
        )


@kind(Class.FAILING)
def newsletter_half_set_up(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A newsletter service begun by marketing: sends with its own envelope and signature, the DNS was never asked for."""
    yield from half_set_up(
        stage,
        dice,
        ("mailchimp", "brevo", "constantcontact", "campaignmonitor", "klaviyo", "mailjet"),
        7,
        60,
        "us",
        "gb",
        "fr",
        "in",
        "ng",
    )
    yield from half_set_up(stage, dice, ("blastmail", "haihai", "wowmail"), 4, 36, "jp")
    yield from half_set_up(stage, dice, ("cleverreach", "mailjet", "brevo"), 2, 50, "de")
    yield from half_set_up(stage, dice, ("rdstation",), 1, 60, "br")


@kind(Class.FAILING)
def transactional_half_set_up(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An application that mails through SendGrid, SES, Mailgun or the like on the service's own domain."""
    names = ("sendgrid", "ses", "mailgun", "mandrill", "sparkpost", "smtp2go", "ses_tokyo", "postmark")
    yield from half_set_up(stage, dice, names, 11, 40)


@kind(Class.FAILING)
def crm_or_desk_unaligned(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A sales or help-desk system of one department, without the owner's key."""
    yield from half_set_up(stage, dice, ("zendesk", "freshdesk", "hubspot", "salesforce", "pipedrive", "zohocrm"), 9, 28)


@kind(Class.FAILING)
def staff_service_unaligned(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Payroll, surveys, contracts, rooms or courses: a service the owner ordered writes in the owner's name."""
    yield from half_set_up(stage, dice, ("surveymonkey", "docusign", "payroll", "bookline", "schoolpost"), 7, 20)
    yield from half_set_up(stage, dice, ("jinji",), 3, 16, "jp")


@kind(Class.FAILING)
def new_service_before_dns(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A service switched on in mid-window: for some days nothing is set up, then it signs rightly."""
    for home in troubled(stage, dice, 3):
        name, first = (
            dice.pick([each for each in ("sendgrid", "brevo", "mailgun") if each not in home.services]),
            dice.randint(25, 55),
        )
        service, hosts = SERVICES[name], stage.pool(name)
        mfrom, good, last = stage.envelope(service, dice), stage.key(home.domain, "s1"), first + dice.randint(5, 16)
        yield Flow(
            home.domain, fixed(hosts, home.domain, mfrom, stage.signature(service)), dice.spread(30), Rhythm.DAILY, (first, last)
        )
        yield Flow(home.domain, fixed(hosts, home.domain, mfrom, (good,)), 60, Rhythm.DAILY, (last, 90))


@kind(Class.FAILING)
def key_rotation_gap(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The key of a service that is set up was taken out of the DNS, or replaced too early, and all fails for days."""
    homes = [h for h in stage.homes.values() if not h.calm and any(s.header_from != s.mfrom for s in stage.senders[h.domain])]
    for home in dice.sample(homes, min(3, len(homes))):
        sender = next(s for s in stage.senders[home.domain] if s.header_from != s.mfrom)
        first, state = dice.randint(5, 70), dice.pick((State.BROKEN, State.KEYLESS))
        sigs = tuple(s._replace(state=state) if s.domain == home.domain else s for s in sender.sigs)
        mfrom = stage.envelope(SERVICES[sender.name], dice) or sender.mfrom
        yield Flow(
            home.domain,
            fixed(sender.hosts, home.domain, mfrom, sigs),
            dice.spread(50),
            Rhythm.DAILY,
            (first, first + dice.randint(2, 7)),
        )


@kind(Class.FAILING)
def web_form(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The owner's web site (WordPress on shared hosting) writes with PHP's `mail()`: the envelope is the web server's account."""
    for home in troubled(stage, dice, 15):
        site = stage.site_of(home)
        host = site.web[0]
        stage.town.record(host.name, "TXT", f"v=spf1 ip4:{host.ip} ~all")
        mfrom = dice.pick((host.name, host.name, home.domain if home.mail != "hoster" else host.name))
        yield Flow(
            home.domain,
            fixed([host], home.domain, mfrom),
            dice.spread(16),
            where={"google": 40, "eo": 35, "outlook": 5, "yahoo": 5},
        )


@kind(Class.FAILING)
def cloud_application(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An own application on a rented machine (EC2, Azure, Sakura Cloud, OVH, Hetzner), forgotten by the SPF record."""
    names = (
        "ec2-{ip}.compute-1.amazonaws.com",
        "ec2-{ip}.ap-northeast-1.compute.amazonaws.com",
        "ik1-{ip}.vs.sakura.ne.jp",
        "vps-{ip}.vps.ovh.net",
        "static.{ip}.clients.your-server.de",
        "",
        None,
    )
    for home in troubled(stage, dice, 10):
        name = f"{dice.pick(('app', 'batch', 'portal', 'shop', 'web01', 'reserve'))}.{home.domain}"
        host = stage.town.host(stage.town.block(), name, ptr=dice.pick(names))
        stage.town.list_on(LOOSE, [host], dice, 0.2)
        yield Flow(
            home.domain, fixed([host], home.domain, dice.pick((home.domain, home.domain, name))), dice.spread(26), Rhythm.DAILY
        )


@kind(Class.FAILING)
def scanner_or_device(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A copier, a telephone system or a camera in the office that mails straight out of the office line."""
    for home in troubled(stage, dice, 7):
        ptr = dice.pick(("{ip}.static.businessline.example", "p{ip}.fixed-access.example", "", "host-{ip}.fibre-telecom.example"))
        host = stage.town.host(stage.town.block(), dice.pick(("BRN3C2AF4", "scanner", f"mfp.{home.domain}", "localhost")), ptr=ptr)
        stage.town.list_on(DIAL, [host], dice, 0.4)
        yield Flow(home.domain, fixed([host], home.domain, home.domain), dice.spread(9), Rhythm.WORK, where=FIRMS)


@kind(Class.FAILING)
def monitoring_host(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Cron and monitoring mail of servers: `root@host.domain`, a name without SPF record and key."""
    for home in troubled(stage, dice, 8):
        name = f"{dice.pick(('nagios', 'db1', 'backup', 'zabbix', 'git', 'esx2'))}.{home.domain}"
        host = stage.office(home, name, ptr=dice.pick((None, None, "")))
        yield Flow(home.domain, fixed([host], name, name), dice.spread(14), Rhythm.DAILY, where={"google": 30, "eo": 50})


@kind(Class.FAILING)
def old_server_after_move(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Mail moved to a cloud platform and SPF with it; some machines still send by the old server."""
    for home in [h for h in troubled(stage, dice, 12) if h.mail in ("google", "m365")][:5]:
        host = stage.office(home, f"{dice.pick(('mail', 'smtp', 'old-mx'))}.{home.domain}")
        sigs = (Sig(home.domain, "mail2019", State.KEYLESS),) if dice.chance(0.4) else ()
        yield Flow(home.domain, fixed([host], home.domain, home.domain, sigs), dice.spread(28), Rhythm.WORK)


@kind(Class.FAILING)
def ipv6_forgotten(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An own server also sends by IPv6, which the SPF record does not name; the mail is unsigned or the envelope alone counts."""
    for home in [h for h in stage.homes.values() if h.mail in ("own", "hoster") and not h.signs][:4]:
        host = stage.town.host(stage.town.block(inside="2a00::/24"), f"mail.{home.domain}", ptr=dice.pick((None, "")))
        yield Flow(
            home.domain,
            fixed([host], home.domain, home.domain),
            dice.spread(24),
            Rhythm.WORK,
            where={"google": 70, "gmx": 8, "eo": 8, "comcast": 3},
        )


@kind(Class.FAILING)
def gateway_not_in_spf(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A new outbound filter that adds a disclaimer after signing, and is not in the SPF record."""
    for home in [h for h in troubled(stage, dice, 30) if h.mail == "m365" and not h.gateway][:3]:
        hosts = stage.pool(dice.pick(("barracuda", "proofpoint", "sophos", "messagelabs")))[:3]
        sigs = tuple(s._replace(state=State.BROKEN) for s in stage.senders[home.domain][0].sigs)
        yield Flow(
            home.domain, fixed(hosts, home.domain, home.domain, sigs), dice.spread(45), Rhythm.WORK, (dice.randint(0, 40), 90)
        )


@kind(Class.FAILING)
def strict_subdomain(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Strict alignment, and a service that signs for a sub-domain."""
    for home in [h for h in stage.homes.values() if h.strict]:
        sub = f"news.{home.domain}"
        stage.permit(sub, f"include:{SERVICES['mailgun'].spf}")
        yield Flow(
            home.domain, fixed(stage.pool("mailgun"), home.domain, sub, (stage.key(sub, "mg"),)), dice.spread(60), Rhythm.WEEKLY
        )


@kind(Class.FAILING)
def subdomain_without_record(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A department's server with addresses of its own sub-domain, unknown to SPF and unsigned."""
    for home in troubled(stage, dice, 5):
        sub = f"{dice.pick(('lab', 'intern', 'event', 'museum', 'shop'))}.{home.domain}"
        host = stage.office(home, f"mail.{sub}")
        yield Flow(home.domain, fixed([host], sub, sub), dice.spread(20), Rhythm.WORK)


@kind(Class.FAILING)
def auto_reply_null_sender(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Out-of-office and delivery notes with an empty envelope, unsigned, from the platform that properly sends the owner's mail."""
    for home in [h for h in troubled(stage, dice, 34) if h.mail in ("m365", "own") or not h.signs][:9]:
        sender = stage.senders[home.domain][0]
        yield Flow(home.domain, fixed(sender.hosts, home.domain, ""), dice.spread(9), Rhythm.WORK)


@kind(Class.FAILING, hard=True)
def staff_through_isp(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Somebody of the owner's writes from home through their provider's relay, or by `send as` of a private Gmail account.

    Hard: a stranger with an account there could send just so."""
    names = ("mail-{n}.nifty.com", "smtp{n}.ocn.ne.jp", "mout-xforward.gmx.net", "out{n}.virginmedia.com", "smtp{n}.orange.fr")
    for at, home in enumerate(troubled(stage, dice, 10)):
        gmail = dice.chance(0.45)
        hosts = (
            stage.pool("google")
            if gmail
            else [stage.town.host(stage.town.block(key=str(at)), dice.pick(names).replace("{n}", str(at + 1)))]
        )
        sigs = (stage.key("gmail.com", "20230601"),) if gmail else ()
        yield Flow(home.domain, fixed(hosts, home.domain, "gmail.com" if gmail else home.domain, sigs), dice.spread(5), Rhythm.WORK)


@kind(Class.FAILING, hard=True)
def phishing_training(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A training firm sends test phishing to the owner's staff in the owner's name.

    Hard: it is made to look like a spoof, and only the owner knows of the order."""
    for home in troubled(stage, dice, 2):
        make = fixed(stage.pool("knowbe4"), home.domain, stage.envelope(SERVICES["knowbe4"], dice))
        yield Flow(home.domain, make, dice.spread(18), Rhythm.BURST, where={"eo": 60, "google": 40})


@kind(Class.FAILING, hard=True)
def agency_server(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An agency or a printer who writes to customers for the owner from their own server, known to nobody in the owner's IT.

    Hard: a server of another firm with its own good SPF, as a spammer could have."""
    for home in troubled(stage, dice, 5):
        firm = f"{dice.word()}-{dice.pick(('druck', 'media', 'studio', 'events'))}.example"
        host = stage.town.host(stage.town.block(key=firm), f"{dice.pick(('mail', 'web3', 'crm'))}.{firm}")
        stage.permit(firm, f"ip4:{host.ip}")
        stage.town.list_on(SPAM, [host], dice, 0.1)
        yield Flow(
            home.domain,
            fixed([host], home.domain, firm, (stage.key(firm, "default"),) if dice.chance(0.4) else ()),
            dice.spread(20),
            Rhythm.BURST,
        )
