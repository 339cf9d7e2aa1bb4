"""Forwarding by people: the owner's genuine mail that a mailbox, an alias host or a school passes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Flow, Letter, Rhythm, Sig, kind, relayed
from bench.accuracy.valley.owners import Home
from bench.accuracy.valley.services import HOSTERS, SERVICES
from bench.accuracy.valley.stage import Stage
from bench.accuracy.valley.town import LOOSE, SPAM, Host

from sekisho.core.terms import Class


class Way(NamedTuple):
    """How a forwarder treats what it passes on."""

    hosts: Sequence[Host]
    mfrom: str | None = None
    """Rewritten envelope domain; None: the envelope is kept."""
    breaks: float = 0.0
    """Share of the mail whose text it changes."""
    adds: tuple[Sig, ...] = ()
    sealed: bool = False


def passed_on(stage: Stage, home: Home, way: Way, total: float, where: Mapping[str, float] | None = None) -> Flow:
    """What one correspondent's forwarding makes of an owner's mail."""
    genuine = stage.genuine(home)
    spoiled = [False]

    def make(dice: Dice) -> Letter:
        spoiled[0] = dice.chance(way.breaks)
        return relayed(genuine(dice), dice.pick(way.hosts), mfrom=way.mfrom, breaks=spoiled[0], adds=way.adds, sealed=way.sealed)

    return Flow(home.domain, make, total, Rhythm.STRAY, where=where, pieces=2)


def correspondents(stage: Stage, dice: Dice, number: int, countries: Sequence[str] = ()) -> list[Home]:
    """Owners whose mail somebody forwards: more likely those with much mail; some twice."""
    homes = {
        home: 0.15 + home.size for home in stage.homes.values() if not home.parked and (not countries or home.country in countries)
    }
    return [dice.weigh(homes) for _ in range(number)]


def to_one(dice: Dice, weights: Mapping[str, float]) -> Mapping[str, float]:
    """Somebody's mailbox is at one receiver."""
    return {dice.weigh(weights): 1.0}


PRIVATE = {"google": 60.0, "outlook": 12.0, "yahoo": 8.0, "gmx": 4.0, "eo": 8.0, "fastmail": 2.0, "mailru": 1.5, "comcast": 2.0}


@kind(Class.FORWARDED)
def gmail_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Gmail user's automatic forwarding: Google's envelope, text untouched, ARC. Fails only for mail without a signature."""
    way = Way(stage.pool("google"), "gmail.com", 0.02, sealed=True)
    for home in correspondents(stage, dice, 26):
        yield passed_on(stage, home, way, dice.spread(9), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def workspace_routing(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Google Workspace customer routes mail to another server, with a footer or a subject warning; the envelope is kept."""
    way = Way(stage.pool("google"), None, 0.75, sealed=True)
    for home in correspondents(stage, dice, 12):
        yield passed_on(stage, home, way, dice.spread(12), {"eo": 3, "mimecast": 0.5, "google": 1})


@kind(Class.FORWARDED)
def m365_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A mailbox at a Microsoft 365 customer forwards outside: the envelope rewritten to the customer's (SRS), signed by the
    customer; the text is changed now and then by a banner `External`."""
    for home in correspondents(stage, dice, 34):
        tenant = f"{dice.word()}{dice.word()}.example"
        stage.permit(tenant, "include:spf.protection.outlook.com")
        adds = (stage.key(tenant, "selector1"),) if dice.chance(0.6) else (stage.tenant(tenant),)
        way = Way(stage.pool("m365"), tenant, dice.pick((0.1, 0.2, 0.9)), adds, sealed=True)
        yield passed_on(stage, home, way, dice.spread(9), to_one(dice, {"google": 50, "eo": 40, "yahoo": 4, "docomo": 2}))


@kind(Class.FORWARDED)
def outlook_com_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A private Outlook.com mailbox forwards: the envelope becomes outlook.com, and long lines are wrapped anew now and then."""
    way = Way(stage.pool("outlook"), "outlook.com", 0.25, sealed=True)
    for home in correspondents(stage, dice, 10):
        yield passed_on(stage, home, way, dice.spread(7), to_one(dice, {"google": 80, "yahoo": 5, "gmx": 5}))


@kind(Class.FORWARDED)
def yahoo_icloud_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Yahoo's and iCloud's forwarding of private mailboxes: the envelope is kept, the text is too."""
    for home in correspondents(stage, dice, 14):
        name = dice.pick(("yahoo", "icloud"))
        yield passed_on(stage, home, Way(stage.pool(name), None, 0.06), dice.spread(8), to_one(dice, {"google": 70, "outlook": 10}))


@kind(Class.FORWARDED)
def fastmail_zoho_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Forwarding at Fastmail, Zoho or Titan, with the envelope rewritten (SRS) to the customer's domain."""
    for home in correspondents(stage, dice, 9):
        name, firm = dice.pick(("fastmail", "zoho", "titan")), f"{dice.word()}-{dice.word()}.example"
        stage.pool(name)
        stage.permit(firm, f"include:{SERVICES[name].spf}")
        yield passed_on(
            stage, home, Way(stage.pool(name), firm, 0.08, sealed=name == "fastmail"), dice.spread(7), to_one(dice, PRIVATE)
        )


ALIASES = (
    ("eforward{n}.registrar-servers.com", True, 0.03),
    ("fwd{n}.improvmx.com", True, 0.02),
    ("{a}.cloudflare-email.net", True, 0.02),
    ("redirect{n}.mail.ovh.net", False, 0.02),
    ("relay{n}-d.mail.gandi.net", True, 0.01),
    ("mx-fwd-{n}.porkbun.com", True, 0.03),
    ("mail-fwd{n}.gmoserver.jp", False, 0.05),
    ("mail-forward-out{n}.muumuu-mail.com", False, 0.06),
    ("pb-smtp{n}.pobox.com", True, 0.0),
)
"""Host name, whether it rewrites the envelope, share of changed text."""


@kind(Class.FORWARDED)
def registrar_alias(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An alias host of a registrar or an alias service passes a small firm's mail to its free mailbox."""
    for number, (pattern, rewrites, breaks) in enumerate(ALIASES):
        block = stage.town.block(key=pattern)
        hosts = [
            stage.town.host(block, pattern.replace("{n}", str(at + 1)).replace("{a}", f"{'abcd'[at]}{number}")) for at in range(3)
        ]
        stage.town.list_on(LOOSE, hosts, dice, 0.35)
        suffix = pattern.partition(".")[2]
        domain = f"srs.{suffix}" if rewrites else None
        if domain:
            stage.town.record(domain, "TXT", f"v=spf1 ip4:{block} -all")
        adds = (stage.key(suffix, "fwd"),) if rewrites and dice.chance(0.5) else ()
        for home in correspondents(stage, dice, 6):
            yield passed_on(stage, home, Way(hosts, domain, breaks, adds), dice.spread(8), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def alumni_address(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Addresses for life at universities and societies: a plain alias file, envelope and text kept; few rewrite."""
    for number in range(9):
        name = f"{dice.word()}-alumni{number}.example"
        block = stage.town.block(key=name)
        hosts = [stage.town.host(block, f"{label}.{name}") for label in ("mailgw1", "mailgw2")[: dice.randint(1, 2)]]
        srs = f"srs.{name}" if dice.chance(0.25) else None
        stage.permit(srs or name, *(f"ip4:{host.ip}" for host in hosts))
        stage.town.list_on(LOOSE, hosts, dice, 0.2)
        for home in correspondents(stage, dice, 5):
            yield passed_on(stage, home, Way(hosts, srs, dice.pick((0.0, 0.0, 0.1))), dice.spread(8), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def hoster_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A mailbox at a web hoster forwards to Gmail or the like; some hosters rewrite the envelope, the Japanese ones mostly not."""
    for name, book in HOSTERS.items():
        site = stage.site(name, 1)
        srs = f"{dice.word()}{dice.word()}.example" if book.srs else None
        if srs:
            stage.permit(srs, f"include:{book.spf}" if book.spf else "a", *(f"ip4:{host.ip}" for host in site.web))
        way = Way(site.web if dice.chance(0.5) else site.mail, srs, 0.04)
        for home in correspondents(stage, dice, 6, book.countries):
            yield passed_on(stage, home, way, dice.spread(9), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def isp_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The forwarding service of an internet provider's mailbox; the envelope is kept."""
    books = {
        "mfwd{n}.nifty.com": "jp",
        "fwd-{n}.ocn.ad.jp": "jp",
        "mx-fwd{n}.plala.or.jp": "jp",
        "resqmta-c{n}.comcast.net": "us",
        "smtpfwd{n}.btinternet.com": "gb",
    }
    for pattern, country in books.items():
        block = stage.town.block(key=pattern)
        hosts = [stage.town.host(block, pattern.replace("{n}", f"{at:02d}")) for at in range(1, 4)]
        for home in correspondents(stage, dice, 7, (country,)):
            where = to_one(dice, {"google": 50, "docomo": 12, "kddi": 8, "outlook": 5} if country == "jp" else PRIVATE)
            yield passed_on(stage, home, Way(hosts, None, 0.03), dice.spread(9), where)


@kind(Class.FORWARDED)
def campus_dotforward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Staff of a faculty forward their mail by a `.forward` file or a sieve rule on its old mail server."""
    for number in range(6):
        name = f"{dice.pick(('cs', 'phys', 'med', 'rz', 'edu'))}.{dice.word()}-univ{number}.example"
        host = stage.town.host(
            stage.town.block(key=name),
            f"{dice.pick(('mail', 'imap', 'smtp', 'mailhost'))}.{name}",
            ptr="SERVFAIL" if number == 4 else None,
        )
        stage.permit(name, f"ip4:{host.ip}")
        for home in correspondents(stage, dice, 5):
            yield passed_on(stage, home, Way([host], None, 0.03), dice.spread(10), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def office_exchange_redirect(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A firm's own Exchange redirects to an outside mailbox: the envelope is kept, the text is often converted, the line is an
    office's with the provider's name for a PTR."""
    for number in range(9):
        firm = f"{dice.word()}{number}-{dice.word()}.example"
        ptr = dice.pick((None, "", "{ip}.static.businessline.example", "static-{ip}.fibre-telecom.example"))
        host = stage.town.host(stage.town.block(key=firm), f"{dice.pick(('mail', 'exch01', 'webmail'))}.{firm}", ptr=ptr)
        stage.permit(firm, f"ip4:{host.ip}")
        if dice.chance(0.15):
            stage.town.list_on(SPAM, [host], dice, 1.0)
        for home in correspondents(stage, dice, 3):
            yield passed_on(stage, home, Way([host], None, dice.pick((0.1, 0.6, 1.0))), dice.spread(9), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def small_postfix_alias(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A club's or a family's own Postfix on a rented server, with `virtual_alias_maps` to free mailboxes."""
    for number in range(14):
        club = f"{dice.word()}-{dice.pick(('ev', 'club', 'verein', 'family', 'asso'))}{number}.example"
        ptr = dice.pick((None, None, None, "vps{ip}.rented-hosts.example", ""))
        host = stage.town.host(stage.town.block(key=club), f"mail.{club}", ptr=ptr)
        srs = club if dice.chance(0.35) else None
        stage.permit(club, f"ip4:{host.ip}")
        stage.town.list_on(LOOSE, [host], dice, 0.15)
        for home in correspondents(stage, dice, 2):
            yield passed_on(stage, home, Way([host], srs, 0.05), dice.spread(8), to_one(dice, PRIVATE))


@kind(Class.FORWARDED)
def backup_mx(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The receiver's own second MX or filter hands the mail on, and the receiver reports that machine as the source."""
    books = {
        "mxbackup.kirchweg-verein.example": "rspamd",
        "mx2.olivetti-labs.example": "opendmarc",
        "mx-in2.uni-weissach.example": "unidmarc",
        "filter.kenkyu-net.example": "csirt",
    }
    for name, receiver in books.items():
        host = stage.town.host(stage.town.block(key=name), name)
        for home in correspondents(stage, dice, 6):
            yield passed_on(stage, home, Way([host], None, 0.1), dice.spread(5), {receiver: 1.0})


@kind(Class.FORWARDED)
def forwarded_twice(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An alumni or hoster address that forwards to a Microsoft or Google customer which forwards again."""
    for home in correspondents(stage, dice, 8):
        tenant = f"{dice.word()}{dice.word()}-co.example"
        stage.permit(tenant, "include:spf.protection.outlook.com")
        name = dice.pick(("m365", "google"))
        way = Way(stage.pool(name), tenant if name == "m365" else "gmail.com", 0.35, sealed=True)
        yield passed_on(stage, home, way, dice.spread(6), to_one(dice, {"google": 60, "eo": 30}))


@kind(Class.FORWARDED, hard=True)
def calendar_forward(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """An invited person forwards the owner's meeting: their Microsoft 365 sends it anew in the organizer's name.

    Hard: it looks like somebody else's tenant that writes in the owner's name; only the habit of calendars explains it."""
    for home in correspondents(stage, dice, 12):
        tenant = f"{dice.word()}-{dice.word()}-group.example"
        stage.permit(tenant, "include:spf.protection.outlook.com")
        sigs = (stage.key(tenant, "selector2"),) if dice.chance(0.7) else (stage.tenant(tenant),)
        hosts = stage.pool("m365")

        def make(
            d: Dice, domain: str = home.domain, tenant: str = tenant, sigs: tuple[Sig, ...] = sigs, hosts: Sequence[Host] = hosts
        ) -> Letter:
            return Letter(d.pick(hosts), domain, tenant, sigs)

        yield Flow(home.domain, make, dice.spread(3), where={"eo": 70, "google": 30})


@kind(Class.FORWARDED)
def ticket_system_copy(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A partner's ticket system (OTRS, RT, Redmine) sends copies of the owner's mail to its agents in the writer's name."""
    for number in range(6):
        firm = f"{dice.word()}-it{number}.example"
        host = stage.town.host(stage.town.block(key=firm), f"{dice.pick(('otrs', 'rt', 'tickets', 'support'))}.{firm}")
        stage.permit(firm, f"ip4:{host.ip}")
        adds = (stage.key(firm, "dkim"),) if dice.chance(0.4) else ()
        for home in correspondents(stage, dice, 2):
            yield passed_on(stage, home, Way([host], firm, 0.9, adds), dice.spread(9), to_one(dice, {"google": 40, "eo": 50}))
