"""Genuine mail that mailboxes, aliases and hosts pass on."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.harbour.chance import Dice
from bench.accuracy.harbour.letters import Stream, forwarded, kind
from bench.accuracy.harbour.people import Home
from bench.accuracy.harbour.rhythm import between
from bench.accuracy.harbour.stage import Stage, Way, one_mailbox
from bench.accuracy.labels import DAYS

PROVIDERS = {
    "de": ("tonline", "gmx", "strato"),
    "jp": ("ocn", "xserver"),
    "us": ("icloud", "fastmail"),
    "br": ("uol", "locaweb"),
    "in": ("rediff", "zoho"),
    "it": ("libero", "aruba"),
    "pl": ("wp", "homepl"),
}
"""Whose mailboxes people of a country have forwarded."""


def _customers(stage: Stage, dice: Dice, least: int, most: int) -> list[Home]:
    """Owners whose correspondents have such a thing, small and large, in order or not."""
    return dice.some(stage.homes, least, most)


def _mailboxes(stage: Stage, dice: Dice, hosts: list[str], way: Way, size: float, homes: list[Home]) -> Iterator[Stream]:
    """One to three correspondents of each owner behind the same forwarder."""
    for home in homes:
        for _ in range(dice.choice((1, 1, 2))):
            yield from stage.passed_on(home, hosts, dice.spread(size), way, mix=one_mailbox(home, dice))


@kind(forwarded)
def isp_forward_rule(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A forwarding rule in a mailbox at a provider, the envelope as it was: SPF fails, and what is unsigned fails DMARC."""
    for home in _customers(stage, dice, 9, 13):
        hosts = dice.sample(stage.town.pool(dice.choice(PROVIDERS[home.country])), 2)
        yield from _mailboxes(stage, dice, hosts, Way(), 14, [home])


@kind(forwarded)
def workspace_forward(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A Google Workspace or Gmail mailbox forwards: envelope of the mailbox's domain, chain sealed, signatures kept."""
    for home in _customers(stage, dice, 5, 8):
        tenant = stage.third_party(f"{dice.letters(7)}-gmbh.example", "include:_spf.google.com")
        yield from _mailboxes(stage, dice, dice.sample(stage.town.pool("google"), 6), Way(tenant, arc="pass"), 14, [home])


@kind(forwarded)
def m365_forward_srs(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A Microsoft 365 tenant forwards: envelope rewritten to the tenant's, sealed; some mail changed by its transport rules."""
    for home in _customers(stage, dice, 5, 8):
        tenant = stage.third_party(f"{dice.letters(8)}.example", "include:spf.protection.outlook.com", ends="-all")
        signed = (stage.key_of(f"{tenant.split('.')[0]}.onmicrosoft.com", f"selector1-{tenant.split('.')[0]}-onmicrosoft-com"),)
        way = Way(tenant, changes=dice.choice((0.0, 0.1, 0.5)), arc="pass", signed=signed)
        yield from _mailboxes(stage, dice, dice.sample(stage.town.pool("microsoft"), 8), way, 14, [home])


@kind(forwarded)
def external_banner(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A company writes `[EXTERN]` and a warning into all mail from outside and passes some mailboxes on to its parent's tenant."""
    for home in _customers(stage, dice, 4, 6):
        hosts = dice.sample(stage.town.pool("microsoft"), 5)
        tenant = stage.third_party(f"{dice.letters(6)}-group.example", "include:spf.protection.outlook.com")
        yield from stage.passed_on(home, hosts, dice.spread(16), Way(tenant, changes=0.95, arc="pass"), mix={"m365": 1.0})


@kind(forwarded)
def alumni_alias(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Life-long addresses of a university, passed on by two old hosts that keep the envelope."""
    for place in ("alumni.uni-hochfeld.example", "alum.brookfield-college.example"):
        hosts = [stage.town.host("aws" if "brook" in place else "de", dice, name=f"relay{n}.{place}") for n in (1, 2)]
        yield from _mailboxes(stage, dice, hosts, Way(changes=0.03), 9, _customers(stage, dice, 5, 9))


@kind(forwarded)
def registrar_alias(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """The mail forwarding that comes with a domain name (registrars), with an envelope of the registrar's or of the domain's."""
    for net, envelope, terms in (
        ("namecheap", "eforward-srs.example", ("ip4:162.255.118.0/24",)),
        ("gandi", None, ()),
        ("ovh", "redirect-srs.ovh-customer.example", ("include:mx.ovh.com",)),
    ):
        if envelope:
            stage.third_party(envelope, *terms)
        yield from _mailboxes(stage, dice, dice.sample(stage.town.pool(net), 3), Way(envelope), 9, _customers(stage, dice, 3, 5))


@kind(forwarded)
def routing_service(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """Forwarding services for domains without mailboxes: envelope rewritten, sealed, now and then a signature of their own."""
    for net, domain in (("cloudflare", "cloudflare-email.net"), ("forwardemail", "forwardemail.net"), ("improvmx", "improvmx.com")):
        hosts = stage.town.pool(net)
        terms = [f"ip{6 if ':' in ip else 4}:{ip}" for ip in hosts]
        signed = (stage.key_of(domain, "cf2024-1" if net == "cloudflare" else "default"),) if dice.likely(0.7) else ()
        way = Way(stage.third_party(f"srs.{dice.letters(5)}.{domain}", *terms), arc="pass", signed=signed, changes=0.04)
        yield from _mailboxes(stage, dice, hosts[:4], way, 9, _customers(stage, dice, 4, 6))


@kind(forwarded, hard=True)
def cpanel_forwarder(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An alias on a shared web host, envelope kept. Hard: the very hosts send spam of hacked sites, with equal records."""
    for home in dice.some([home for home in stage.homes if not home.signs], 4, 6):
        net = dice.choice(("webhosting", "webhosting", "plesk", "homepl"))
        hosts = dice.sample(stage.town.pool(net), 2)
        yield from stage.passed_on(home, hosts, dice.spread(13), Way(changes=0.1), mix=one_mailbox(home, dice))


@kind(forwarded)
def small_server_alias(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A small company's Postfix with an alias to somebody's Gmail; no rewriting, its name in order or not."""
    for home in _customers(stage, dice, 6, 9):
        net = dice.choice(("hetzner", "ovhcloud", "contabo", "sakuravps", "locaweb_vps", home.country))
        name = f"{dice.choice(('mail', 'mx', 'smtp', 'srv1'))}.{dice.letters(8)}.example" if dice.likely(0.75) else ""
        hosts = [stage.town.host(net, dice, name=name, six=dice.likely(0.3))]
        yield from stage.passed_on(home, hosts, dice.spread(13), Way(changes=dice.choice((0, 0, 0.1))), mix=one_mailbox(home, dice))


@kind(forwarded)
def exchange_redirect(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An Exchange server in somebody's cellar redirects: it writes the mail anew, so signatures break; the envelope stays."""
    for home in _customers(stage, dice, 5, 8):
        net = dice.choice((home.country, home.country, "azure"))
        name = f"{dice.choice(('exchange', 'mail', 'remote', 'owa'))}.{dice.letters(7)}.example" if dice.likely(0.6) else ""
        hosts = [stage.town.host(net, dice, name=name)]
        yield from stage.passed_on(home, hosts, dice.spread(13), Way(changes=0.85), mix=one_mailbox(home, dice))


@kind(forwarded, hard=True)
def meeting_forwarded(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A guest hands an invitation on, in the organiser's name. Hard: envelope and signature are the guest's."""
    for home in _customers(stage, dice, 4, 7):
        tenant = stage.third_party(f"{dice.letters(9)}.example", "include:spf.protection.outlook.com", ends="-all")
        sig = stage.key_of(f"{tenant.split('.')[0]}.onmicrosoft.com", f"selector1-{tenant.split('.')[0]}-onmicrosoft-com")
        letter = stage.genuine(home, dice).unsigned().on(tenant, seems="").signed_by(sig)
        yield Stream(home, letter, dice.sample(stage.town.pool("microsoft"), 3), stage.proper[home.domain][0].pace, dice.spread(5))


@kind(forwarded, hard=True)
def ticket_copies(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A help desk of a correspondent deals incoming mail out to its people with the writer's From. Hard: it looks like a sender."""
    for home in _customers(stage, dice, 4, 6):
        desk = f"support.{dice.letters(8)}.example"
        ip = stage.town.host(dice.choice(("hetzner", "aws", "digitalocean")), dice, name=f"desk.{desk}")
        way = Way(
            stage.third_party(desk, f"ip4:{ip}"),
            changes=1.0,
            seems="",
            signed=(stage.key_of(desk, "otrs"),) if dice.likely(0.5) else (),
        )
        yield from stage.passed_on(home, [ip], dice.spread(9), way, mix=one_mailbox(home, dice))


@kind(forwarded)
def quarantine_release(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A host's filter releases what it had held back, from its own address and changed a little."""
    for home in _customers(stage, dice, 5, 7):
        hosts = dice.sample(stage.town.pool("antispamcloud"), 2)
        yield from stage.passed_on(home, hosts, dice.spread(6), Way(changes=0.4), mix=one_mailbox(home, dice))


@kind(forwarded)
def twice_forwarded(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """An alias to a mailbox that itself forwards: the second keeps the rewritten envelope of the first, so SPF fails."""
    first = stage.third_party("srs.vereinsverzeichnis.example", "ip4:203.0.113.25", ends="-all")
    for home in _customers(stage, dice, 5, 8):
        hosts = dice.sample(stage.town.pool(dice.choice(PROVIDERS[home.country])), 2)
        yield from stage.passed_on(home, hosts, dice.spread(8), Way(first, changes=0.15), mix=one_mailbox(home, dice))


@kind(forwarded, hard=True)
def sieve_null_sender(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A mailbox rule redirects with an empty sender against loops. Hard: only the greeting of the host is left for SPF."""
    for home in _customers(stage, dice, 4, 7):
        name = f"mail.{dice.letters(8)}.example"
        ip = stage.town.host(dice.choice(("hetzner", "ovhcloud", "sakuravps")), dice, name=name)
        if dice.likely(0.5):
            stage.third_party(name, "a", ends="-all")
        yield from stage.passed_on(home, [ip], dice.spread(8), Way("", helo=name, changes=0.05), mix=one_mailbox(home, dice))


@kind(forwarded, hard=True)
def fetched_at_home(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A hobbyist's server at home fetches a mailbox and sends it on. Hard: a dial-up address without ties to anybody."""
    for home in _customers(stage, dice, 4, 6):
        hosts = [stage.town.host(home.country, dice) for _ in range(dice.randint(1, 4))]
        yield from stage.passed_on(home, hosts, dice.spread(8), Way(changes=0.3, seems=""), mix=one_mailbox(home, dice))


@kind(forwarded)
def club_alias_pages(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """`chair@` of a club points to private mailboxes at three providers; its host rewrites the envelope to the club's domain."""
    for home in _customers(stage, dice, 4, 6):
        club = f"{dice.letters(6)}-verein.example"
        hosts = dice.sample(stage.town.pool(dice.choice(("strato", "ionos", "homepl", "sakura"))), 2)
        stage.third_party(club, *(f"ip4:{ip}" for ip in hosts))
        for _ in range(3):
            yield from stage.passed_on(home, hosts, dice.spread(4), Way(club, changes=0.1), mix=one_mailbox(home, dice))


@kind(forwarded)
def old_address_after_a_merger(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A bought company's old addresses are passed to the new tenant by a gateway that was left running for some weeks."""
    for home in _customers(stage, dice, 3, 5):
        start = dice.randint(0, 40)
        hosts = [stage.town.host(dice.choice((home.country, "azure")), dice, name=f"legacy.{dice.letters(7)}.example")]
        for stream in stage.passed_on(home, hosts, dice.spread(18), Way(changes=0.6), mix={"m365": 0.8, "google": 0.2}):
            stream.pace = between(stream.pace, start, min(DAYS, start + dice.randint(14, 45)))
            yield stream if any(stream.pace) else Stream(home, stream.letter, hosts, (1.0,) * DAYS, 1.0, stream.mix)


@kind(forwarded)
def broken_on_free_mail(stage: Stage, dice: Dice) -> Iterator[Stream]:
    """A free mailer's forwarding that turns the mail into another encoding, sometimes."""
    for home in _customers(stage, dice, 6, 9):
        net, domain = dice.choice((("yahoo", "yahoo-srs.example"), ("icloud", "icloud-srs.example"), ("gmx", ""), ("wp", "")))
        hosts = dice.sample(stage.town.pool(net), 3)
        if domain:
            stage.third_party(domain, *(f"ip4:{ip}" for ip in stage.town.pool(net)))
        yield from stage.passed_on(home, hosts, dice.spread(10), Way(domain or None, changes=0.3), mix=one_mailbox(home, dice))
