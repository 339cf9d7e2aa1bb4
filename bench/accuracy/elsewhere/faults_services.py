"""Faults with services: somebody sends on the owner's behalf, and it was not set up, not whole, or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Host, Mail, Rhythm, Signature, Stream
from bench.accuracy.elsewhere.receivers import GOOGLE, MICROSOFT
from bench.accuracy.elsewhere.services import SERVICES, publish_key

from sekisho.core.terms import Class

BEHALF = Class.FAILING
SHARED = ("xserver", "sakura", "lolipop", "onamae", "kagoya", "heteml")


def _hosts(play: Play, service: str, count: int = 3) -> tuple[Host, ...]:
    return play.places.pool(service, 8)[play.rng.randrange(0, 9 - count) :][:count]


@kind(BEHALF, hard=True)
def service_never_set_up(play: Play) -> Iterator[Stream]:
    """A mail service sends for a department; nothing is set up. Hard: an account of a spoofer there looks the same."""
    for domain in play.senders(7):
        service = play.some("sendgrid", "ses", "mailchimp", "mailgun", "brevo", "bmsend", "blastengine", "willmail")
        if service not in domain.services:
            rhythm = Rhythm(play.rng.uniform(3, 30), weekend=0.1, chance=play.rng.choice((0.15, 0.6)))
            yield stream(domain, SERVICES[service].unaligned(domain.name), _hosts(play, service), rhythm)


@kind(BEHALF)
def second_account_of_service(play: Play) -> Iterator[Stream]:
    """The owner's own service, well set up elsewhere in the house, used by another team without authentication."""
    for domain in [d for d in play.senders() if d.services][:5]:
        service = domain.services[0]
        yield stream(domain, SERVICES[service].unaligned(domain.name), _hosts(play, service), Rhythm(9, weekend=0.1, chance=0.4))


@kind(BEHALF)
def service_new(play: Play) -> Iterator[Stream]:
    """A service switched on in the middle of the window, unaligned for two weeks, then set up."""
    for domain in play.senders(3):
        service, day = play.some("ses", "sendgrid", "hubspot", "blastengine"), play.rng.randrange(20, 60)
        selector, hosts, ready = f"new{day}", _hosts(play, service), day + play.rng.randrange(6, 16)
        publish_key(play.dns, domain.name, selector, play.rng, start=ready)
        yield stream(domain, SERVICES[service].unaligned(domain.name), hosts, Rhythm(20, day, ready))
        yield stream(domain, SERVICES[service].aligned(domain.name, domain.name, selector), hosts, Rhythm(20, ready))


@kind(BEHALF)
def service_key_missing(play: Play) -> Iterator[Stream]:
    """The service signs for the domain, but its CNAME was never published or has been cleaned away."""
    for domain in play.senders(4):
        service, gone = play.some("ses", "sendgrid", "mailgun"), play.rng.choice((0, 40))
        selector = f"{service[:3]}{play.rng.randrange(100, 999)}"
        if gone:
            publish_key(play.dns, domain.name, selector, play.rng, end=gone)
        yield stream(
            domain, SERVICES[service].aligned(domain.name, domain.name, selector), _hosts(play, service), Rhythm(10, chance=0.6)
        )


@kind(BEHALF)
def japanese_delivery(play: Play) -> Iterator[Stream]:
    """Newsletters by a Japanese delivery service that signs nothing; bounces to the service."""
    for domain in play.senders(5):
        service = play.some("cuenote", "haihai", "spiral", "willmail")
        mail = SERVICES[service].unaligned(domain.name)
        yield stream(domain, mail, _hosts(play, service), Rhythm(40, weekend=0.3, chance=0.25))


@kind(BEHALF)
def delivery_own_envelope(play: Play) -> Iterator[Stream]:
    """A delivery service with the owner's domain in the envelope, but the SPF record does not include it."""
    for domain in play.senders(4):
        service = play.some("cuenote", "haihai", "spiral", "blastengine")
        yield stream(domain, Mail(domain.name, domain.name), _hosts(play, service, 2), Rhythm(25, chance=0.3))


@kind(BEHALF)
def saas_notice(play: Play) -> Iterator[Stream]:
    """Payroll, surveys, contracts, tickets and CRM that write in the name of staff."""
    for domain in play.senders(9):
        service = play.some("salesforce", "zendesk", "hubspot", "surveymonkey", "workday", "docusign", "jobcan")
        if service not in domain.services:
            rhythm = Rhythm(2.5, weekend=0.1, chance=0.5)
            yield stream(domain, SERVICES[service].unaligned(domain.name), _hosts(play, service, 2), rhythm)


@kind(BEHALF, hard=True)
def phishing_drill(play: Play) -> Iterator[Stream]:
    """The owner's own phishing training. Hard: it means to look like an attack."""
    for domain in play.senders(2):
        day = play.rng.randrange(10, 80)
        hosts = _hosts(play, "knowbe4", 2)
        yield stream(domain, SERVICES["knowbe4"].unaligned(domain.name), hosts, Rhythm(30, day, day + 3), [GOOGLE, MICROSOFT])


@kind(BEHALF)
def own_wordpress(play: Play) -> Iterator[Stream]:
    """The owner's WordPress on rented space: the account's name at the hoster in the envelope. (Its address is the owner's web.)"""
    for domain in play.senders(6):
        network = play.some(*SHARED)
        host = play.rng.choice(play.places.pool(network, 9))
        play.dns.add(f"blog.{domain.name}", "A", host.ip)
        play.dns.add(host.helo, "TXT", "v=spf1 a ~all")
        yield stream(domain, Mail(domain.name, host.helo), [host], Rhythm(2.5, weekend=0.9, chance=0.8))


@kind(BEHALF, hard=True)
def visitors_form(play: Play) -> Iterator[Stream]:
    """Another site's form sends with the visitor's own address in From. Hard: a third party sent it, at a user's wish."""
    for _ in range(9):
        host, domain = play.rng.choice(play.places.pool(play.some(*SHARED, "bluehost"), 9)), play.senders(1)[0]
        play.dns.add(host.helo, "TXT", "v=spf1 a ~all")
        yield stream(domain, Mail(domain.name, host.helo), [host], Rhythm(1.2, chance=0.12), [play.some(GOOGLE, MICROSOFT)])
    for domain in play.senders(2):
        yield stream(domain, SERVICES["formzu"].unaligned(domain.name), _hosts(play, "formzu", 1), Rhythm(1.5, chance=0.3))


@kind(BEHALF, hard=True)
def gmail_send_as(play: Play) -> Iterator[Stream]:
    """Staff write from a private Gmail account under the firm's address. Hard: so might anybody with a hacked account."""
    for domain in [d for d in play.senders(8) if d.platform != "google"]:
        hosts = play.places.pool("google", 14)[play.rng.randrange(10) :][:3]
        yield stream(domain, SERVICES["google"].unaligned(domain.name), hosts, Rhythm(1.6, chance=0.5))


@kind(BEHALF)
def calendar_invitation(play: Play) -> Iterator[Stream]:
    """Invitations by Google Calendar in the name of somebody whose address is no Google account."""
    for domain in [d for d in play.senders(8) if d.platform != "google"][:4]:
        mail = Mail(domain.name, "calendar-server.bounces.google.com", (Signature("google.com", "20230601"),))
        yield stream(domain, mail, play.places.pool("google", 14)[2:5], Rhythm(1.2, chance=0.3))


@kind(BEHALF)
def hybrid_unlisted(play: Play) -> Iterator[Stream]:
    """A tenant at Microsoft sends for a domain whose SPF record and DKIM have never been set up for it."""
    for domain in [d for d in play.senders() if d.platform not in ("microsoft", "google")][:4]:
        tenant = domain.name.split(".")[0].replace("-", "") + "jp.onmicrosoft.com"
        publish_key(play.dns, tenant, "selector1-" + tenant[:6], play.rng)
        mail = Mail(domain.name, domain.name, (Signature(tenant, "selector1-" + tenant[:6]),))
        yield stream(domain, mail, play.places.pool("microsoft", 14)[3:6], Rhythm(5, weekend=0.05))


@kind(BEHALF, hard=True)
def agency_server(play: Play) -> Iterator[Stream]:
    """A partner (web agency, printer, accountant) sends for the owner from its own server. Hard: only the owner knows it."""
    for domain in play.senders(4):
        name = f"{play.some('mail', 'mx', 'smtp')}.{play.some('design', 'print', 'office')}-{play.rng.randrange(99)}.example"
        host = play.places.host(play.some("firms", "sakura-vps", "kagoya"), play.rng, name)
        partner = name.partition(".")[2]
        play.dns.add(partner, "TXT", f"v=spf1 ip4:{host.ip} -all")
        yield stream(domain, Mail(domain.name, partner), [host], Rhythm(4, weekend=0.05, chance=0.4))


@kind(BEHALF)
def service_breaks_lines(play: Play) -> Iterator[Stream]:
    """A service that breaks its own aligned signature in some of its mail (long lines), with its own bounce domain."""
    for domain in [d for d in play.senders() if d.services][:4]:
        mail, hosts = domain.routes[-1]
        bounce = SERVICES[domain.services[-1]].envelope
        signatures = (mail.signatures[0]._replace(intact=False), *mail.signatures[1:])
        yield stream(domain, replace(mail, mail_from=bounce, signatures=signatures), hosts, Rhythm(2, chance=0.5))
