"""Faults of the owners' own machines: forgotten, moved, unsigned, broken for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Mail, Rhythm, Signature, Stream
from bench.accuracy.elsewhere.networks import NETWORKS
from bench.accuracy.elsewhere.receivers import DOCOMO, GOOGLE, KDDI, MICROSOFT
from bench.accuracy.elsewhere.services import publish_key

from sekisho.core.terms import Class

OWN = Class.FAILING


@kind(OWN, hard=True)
def branch_dialup(play: Play) -> Iterator[Stream]:
    """A branch office sends straight from its dynamic line; the address changes. Hard: it looks as a home computer of a botnet."""
    for domain in play.senders(4):
        network, day = play.some("ocn", "bbtec", "dion"), 0
        while day < 90:
            end = min(90, day + play.rng.randrange(12, 50))
            host = play.places.host(network, play.rng)
            play.places.lists(host, play.rng, zen=0.8)
            yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(2.2, day, end, 0.05, 0.8))
            day = end


@kind(OWN, hard=True)
def forgotten_cloud_server(play: Play) -> Iterator[Stream]:
    """A web application on a rented cloud server, no name of the owner anywhere. Hard: anybody can rent its neighbour."""
    for domain in play.senders(5):
        host = play.places.host(play.some("sakura-vps", "ec2", "conoha", "indigo"), play.rng)
        envelope = play.rng.choice((domain.name, f"www.{domain.name}", host.helo))
        yield stream(domain, Mail(domain.name, envelope), [host], Rhythm(4, chance=0.8, weekend=0.8))


@kind(OWN)
def named_server_unlisted(play: Play) -> Iterator[Stream]:
    """A server with a host name under the owner's domain, forward-confirmed, in no SPF record, unsigned."""
    for domain in play.senders(5):
        host = play.places.host(
            play.some("iij-static", "sakura-vps", "ec2"), play.rng, f"{play.some('crm', 'lms', 'ap01')}.{domain.name}"
        )
        yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(6, chance=0.7))


@kind(OWN)
def printer_in_office(play: Play) -> Iterator[Stream]:
    """Scanners and machines beside the owner's mail servers, on an address the SPF record lacks."""
    for domain in [d for d in play.senders() if d.platform.startswith("own:")][:3]:
        host = play.places.beside(domain.hosts[0], 5)
        yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(3, weekend=0.02), [GOOGLE, MICROSOFT])


@kind(OWN, hard=True)
def office_nat(play: Play) -> Iterator[Stream]:
    """Programs in an office send through its leased line without a name. Hard: nothing but steadiness speaks for it."""
    for domain in play.senders(4):
        host = play.places.host("firms", play.rng, "")
        yield stream(
            domain, Mail(domain.name, domain.name), [host], Rhythm(2.5, weekend=0.1, chance=0.8), [GOOGLE, MICROSOFT, DOCOMO]
        )


@kind(OWN, hard=True)
def monitoring(play: Play) -> Iterator[Stream]:
    """Monitoring mails an administrator's mailbox, envelope of a host name nobody knows. Hard: on a foreign cloud, no identity."""
    for domain in play.senders(3):
        host = play.places.host(play.some("hetzner", "ec2", "vultr"), play.rng)
        mail = Mail(domain.name, play.rng.choice(("mon01.localdomain", "localhost", f"nagios.{domain.name}")))
        yield stream(domain, mail, [host], Rhythm(2, weekend=1.0, chance=0.6), [play.some(GOOGLE, MICROSOFT)])


@kind(OWN)
def ipv6_forgotten(play: Play) -> Iterator[Stream]:
    """The mail server also sends over IPv6, which its SPF record does not name; unsigned domains."""
    for domain in play.senders(unsigned=True):
        network = domain.platform.removeprefix("own:")
        if domain.platform.startswith("own:") and NETWORKS[network].v6:
            host = play.places.host(network, play.rng, domain.hosts[0].helo, v6=True)
            yield stream(domain, play.people(domain), [host], Rhythm(domain.mean / 4, weekend=0.1), [GOOGLE, MICROSOFT])


@kind(OWN)
def backup_line(play: Play) -> Iterator[Stream]:
    """While the main line is down for some days, the relay sends unsigned through another provider's line."""
    for domain in play.senders(4, unsigned=True):
        start = play.rng.randrange(10, 80)
        host = play.places.host("ntt-static", play.rng, f"bk.{domain.name}" if play.rng.random() < 0.5 else "")
        yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(domain.mean, start, start + play.rng.randrange(2, 6)))


@kind(OWN)
def own_bounces(play: Play) -> Iterator[Stream]:
    """Bounces and absence notes of the own server: no envelope sender, a HELO name without SPF, unsigned."""
    for domain in [d for d in play.senders() if d.platform.startswith("own:")]:
        host = domain.hosts[0]._replace(helo="mx-internal.local" if play.rng.random() < 0.5 else domain.hosts[0].helo)
        yield stream(domain, Mail(domain.name, ""), [host], Rhythm(3, weekend=0.8, chance=0.7))


@kind(OWN)
def dns_outage(play: Play) -> Iterator[Stream]:
    """The owner's name servers are dead for a day: the ordinary mail of that day meets time-outs."""
    for domain in [d for d in play.senders() if d.platform.startswith("own:")][:2]:
        start = play.rng.randrange(5, 85)
        play.dns.out(domain.name, start, start + 1)
        yield stream(domain, play.people(domain), domain.hosts, Rhythm(domain.mean / 2, start, start + 1))


@kind(OWN)
def rotation_without_key(play: Play) -> Iterator[Stream]:
    """A service signs with the next selector some days before the key is published; its bounce domain is its own."""
    for domain in [d for d in play.senders() if d.services][:4]:
        day, selector = play.rng.randrange(15, 75), f"n{play.rng.randrange(10, 99)}"
        late = day + play.rng.randrange(1, 5)
        publish_key(play.dns, domain.name, selector, play.rng, start=late)
        mail, hosts = domain.routes[-1]
        own = Signature(domain.name, selector)
        mail = replace(mail, mail_from=f"x{day}.bounce-mail.example", signatures=(own, *mail.signatures[1:]))
        yield stream(domain, mail, hosts, Rhythm(25, day, min(90, late + 20), chance=0.8))


@kind(OWN)
def one_host_with_old_key(play: Play) -> Iterator[Stream]:
    """One of the servers still signs with a key that has been removed, and its address is not in SPF."""
    for domain in [d for d in play.senders(unsigned=False) if d.platform.startswith("own:")]:
        gone = play.rng.randrange(20, 60)
        publish_key(play.dns, domain.name, "k2022", play.rng, end=gone)
        host = play.places.beside(domain.hosts[0], 9, f"out3.{domain.name}")
        yield stream(domain, Mail(domain.name, f"out3.{domain.name}", (Signature(domain.name, "k2022"),)), [host], Rhythm(8))


@kind(OWN)
def outbound_appliance(play: Play) -> Iterator[Stream]:
    """A security gateway for outgoing mail adds its footer after the signature, and SPF does not know it."""
    for domain in play.senders(3, unsigned=False):
        network = play.some("securemx", "tmes", "barracuda", "iphmx")
        yield stream(domain, play.people(domain).broken(), play.places.pool(network, 3), Rhythm(9, play.rng.randrange(0, 60)))


@kind(OWN, hard=True)
def broken_signer(play: Play) -> Iterator[Stream]:
    """An own mailer signs wrongly (canonicalization) from a cloud server. Hard: as if somebody had replayed a changed mail."""
    for domain in play.senders(3, unsigned=False):
        host = play.places.host(play.some("ec2", "sakura-vps", "conoha"), play.rng)
        mail = Mail(domain.name, host.helo, (play.people(domain).signatures[0]._replace(intact=False),))
        yield stream(domain, mail, [host], Rhythm(5, chance=0.6))


@kind(OWN)
def short_key(play: Play) -> Iterator[Stream]:
    """An old mailer signs with a key of 512 bits, which receivers no longer believe."""
    for domain in play.senders(2):
        publish_key(play.dns, domain.name, "old2009", play.rng, bits=512)
        host = play.places.host("ntt-static", play.rng, f"mailer.{domain.name}")
        yield stream(domain, Mail(domain.name, host.helo, (Signature(domain.name, "old2009"),)), [host], Rhythm(5, chance=0.5))


@kind(OWN)
def strict_below(play: Play) -> Iterator[Stream]:
    """Under strict alignment a mailer signs and bounces with a sub-domain."""
    for domain in [d for d in play.senders() if d.strict]:
        below = f"app.{domain.name}"
        publish_key(play.dns, below, "m1", play.rng)
        hosts = (play.places.host("ec2", play.rng, f"out.{below}"),)
        play.dns.add(below, "TXT", f"v=spf1 ip4:{hosts[0].ip} -all")
        yield stream(domain, Mail(domain.name, below, (Signature(below, "m1"),)), hosts, Rhythm(12))


@kind(OWN)
def too_many_lookups(play: Play) -> Iterator[Stream]:
    """A sub-domain's SPF record asks more than ten questions, so all its unsigned mail fails at permerror."""
    names = ("_spf.google.com", "spf.protection.outlook.com", "sendgrid.net", "amazonses.com", "servers.mcsv.net", "mailgun.org")
    more = ("spf.sendinblue.com", "_spf.salesforce.com", "mail.zendesk.com", "bmsend.com", "spf.mail.qq.com")
    for domain in play.senders(3):
        below = f"{play.some('campaign', 'shop', 'ml')}.{domain.name}"
        host = play.places.host(play.some("iij-static", "ntt-static"), play.rng, f"mx.{below}")
        includes = " ".join(f"include:{name}" for name in names + more)
        play.dns.add(below, "TXT", f"v=spf1 {includes} ip4:{host.ip} ~all")
        yield stream(domain, Mail(below, below), [host], Rhythm(5, chance=0.7), [GOOGLE, MICROSOFT, DOCOMO, KDDI])
