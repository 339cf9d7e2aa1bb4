"""Spoofers by what they pretend: sub-domains, parked names, signatures, somebody else's account, a forwarder's help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.elsewhere.chance import word
from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Host, Mail, Rhythm, Signature, Stream
from bench.accuracy.elsewhere.networks import of_kind
from bench.accuracy.elsewhere.receivers import DOCOMO, GOOGLE, KDDI, MICROSOFT, OUTLOOK, YAHOO_JP
from bench.accuracy.elsewhere.services import SERVICES, publish_key

from sekisho.core.terms import Class

SPOOF = Class.SPOOF
VPS = ("contabo", "vultr", "aliyun", "tencent", "hetzner", "ovh", "colocrossing")


def _bad_host(play: Play, *networks: str) -> Host:
    host = play.places.host(play.some(*networks), play.rng)
    play.places.lists(host, play.rng, zen=0.5, others=0.2)
    return host


@kind(SPOOF)
def made_up_subdomain(play: Play) -> Iterator[Stream]:
    """Sub-domains that do not exist, words or letters, from rented servers and home computers."""
    for domain in play.senders(6):
        for _ in range(play.rng.randrange(3, 9)):
            below = f"{play.rng.choice(('secure', 'info', 'account', 'mail-service', word(play.rng, 8)))}.{domain.name}"
            day = play.rng.randrange(85)
            host = _bad_host(play, *VPS, *of_kind("dialup"))
            yield stream(domain, Mail(below, play.rng.choice((below, play.throwaway()))), [host], Rhythm(9, day, day + 3, 1.0))


@kind(SPOOF)
def existing_subdomain(play: Play) -> Iterator[Stream]:
    """A sub-domain that exists (`www`) but never sends."""
    for domain in play.senders(4):
        day = play.rng.randrange(80)
        host = _bad_host(play, *VPS)
        yield stream(domain, Mail(f"www.{domain.name}", f"www.{domain.name}"), [host], Rhythm(10, day, day + 5, 1.0))


@kind(SPOOF)
def parked_name(play: Play) -> Iterator[Stream]:
    """Mail in the name of domains that send none: botnets, servers, mail services."""
    for domain in [d for d in play.domains if d.parked]:
        for _ in range(play.rng.randrange(6, 20)):
            day = play.rng.randrange(85)
            host, mail = _bad_host(play, *VPS, *of_kind("dialup")), Mail(domain.name, domain.name)
            if play.rng.random() < 0.2:
                service = play.some("sendgrid", "ses", "brevo")
                host, mail = play.rng.choice(play.places.pool(service, 8)), SERVICES[service].unaligned(domain.name)
            yield stream(domain, mail, [host], Rhythm(5, day, min(90, day + play.rng.randrange(1, 6)), 1.0))


@kind(SPOOF)
def made_up_selector(play: Play) -> Iterator[Stream]:
    """A signature with the victim's name and a selector that does not exist, or a common one that might."""
    for domain in play.senders(5):
        selector, day = play.rng.choice(("default", "mail", "dkim", "s1", word(play.rng, 6))), play.rng.randrange(80)
        hosts = [_bad_host(play, *VPS) for _ in range(3)]
        mail = Mail(domain.name, domain.name, (Signature(domain.name, selector, False),))
        yield stream(domain, mail, hosts, Rhythm(20, day, day + 6, 1.0))


@kind(SPOOF, hard=True)
def replayed_and_changed(play: Play) -> Iterator[Stream]:
    """A genuine signed mail with another text: the real selector, broken. Hard: as after a careless forwarder."""
    for domain in play.senders(4, unsigned=False):
        mail, day = play.people(domain).broken(), play.rng.randrange(80)
        envelope = play.rng.choice((domain.name, play.throwaway()))
        hosts = [_bad_host(play, *VPS, "sakura-vps") for _ in range(2)]
        yield stream(domain, replace(mail, mail_from=envelope), hosts, Rhythm(16, day, min(90, day + 7), 1.0))


@kind(SPOOF)
def replayed_intact(play: Play) -> Iterator[Stream]:
    """A genuine signed mail sent again to thousands. It passes DMARC, so by our classes it is normal; a late key makes it fail."""
    for domain in play.senders(2, unsigned=False):
        day = play.rng.randrange(80)
        mail = replace(play.people(domain), mail_from=play.throwaway())
        yield stream(domain, mail, [_bad_host(play, *VPS)], Rhythm(60, day, day + 2, 1.0))


@kind(SPOOF, hard=True)
def through_forwarder(play: Play) -> Iterator[Stream]:
    """A spoof that a genuine forwarder hands on. Hard: the source is the forwarder, with genuine mail beside it."""
    for domain in play.senders(9):
        network = play.some("xserver", "sakura", "nifty", "ocn-mail", "sinet", "biglobe")
        if network == "sinet":
            hosts = (play.shared("alumni", "sinet", "alumni-gw.example8.ac.jp"),)
        else:
            shared = network in ("xserver", "sakura")
            hosts = (play.shared("space", network),) if shared else play.places.pool(network, 2)
        mail = Mail(domain.name, play.rng.choice((domain.name, play.throwaway())), way="forwarded")
        yield stream(domain, mail, hosts, Rhythm(1.3, chance=0.12), [GOOGLE])


@kind(SPOOF, hard=True)
def through_list(play: Play) -> Iterator[Stream]:
    """A spoof posted to a mailing list. Hard: same host, same envelope as the list's genuine mail; only signatures are missing."""
    for domain in play.senders(3, unsigned=False):
        host, day = play.shared("list", "sinet", "lists.gakkai-jimu.example"), play.rng.randrange(85)
        mail = Mail(domain.name, "lists.gakkai-jimu.example", way="list")
        yield stream(domain, mail, [host], Rhythm(6, day, day + 1, 1.0), [GOOGLE, MICROSOFT, OUTLOOK])


@kind(SPOOF, hard=True)
def low_and_slow(play: Play) -> Iterator[Stream]:
    """Fraud letters to partners: one or two a week, look-alike domain with its own SPF and DKIM. Hard: next to nothing to see."""
    for domain in play.senders(4):
        lookalike = f"{domain.name.split('.')[0].replace('-', '')}-{play.some('corp', 'jp', 'office')}.example"
        network = play.some("firms-world", "vultr", "namecheap", "google")
        if network == "google":
            host = play.rng.choice(play.places.pool("google", 14))
            play.dns.add(lookalike, "TXT", "v=spf1 include:_spf.google.com ~all")
        else:
            host = play.places.host(network, play.rng, None if network != "firms-world" else f"mail.{lookalike}")
            play.dns.add(lookalike, "TXT", f"v=spf1 ip4:{host.ip} -all")
        publish_key(play.dns, lookalike, "default", play.rng)
        mail = Mail(domain.name, lookalike, (Signature(lookalike, "default"),))
        yield stream(domain, mail, [host], Rhythm(1.2, chance=0.15, weekend=0.1), [GOOGLE, MICROSOFT])


@kind(SPOOF, hard=True)
def hacked_mailbox(play: Play) -> Iterator[Stream]:
    """Hacked accounts at mailbox providers and rented servers that let any From pass. Hard: the provider's good hosts and SPF."""
    for domain in play.senders(7):
        network, day = play.some("qq", "netease", "mailru", "nifty", "sakura", "onamae", "kagoya"), play.rng.randrange(80)
        service = SERVICES[network]
        hosts = play.places.pool(network, 9)[play.rng.randrange(7) :][:2]
        mail = service.unaligned(domain.name)
        if network in ("sakura", "onamae", "kagoya"):
            envelope = f"{word(play.rng, 7)}-shoten.example"
            play.dns.add(envelope, "TXT", "v=spf1 " + " ".join(f"ip4:{host.ip}" for host in hosts) + " ~all")
            mail = Mail(domain.name, envelope)
        rhythm = Rhythm(22, day, min(90, day + play.rng.randrange(1, 6)), 1.0)
        yield stream(domain, mail, hosts, rhythm, [DOCOMO, KDDI, YAHOO_JP, GOOGLE])


@kind(SPOOF)
def null_sender_spam(play: Play) -> Iterator[Stream]:
    """Spam with an empty envelope sender, as if it were a bounce of the victim's."""
    for domain in play.senders(3):
        day = play.rng.randrange(80)
        hosts = [_bad_host(play, *of_kind("dialup"), *VPS) for _ in range(6)]
        yield stream(domain, Mail(domain.name, ""), hosts, Rhythm(12, day, day + 4, 1.0))


@kind(SPOOF)
def over_ipv6(play: Play) -> Iterator[Stream]:
    """Rented servers that send over IPv6."""
    for domain in play.senders(3):
        day = play.rng.randrange(80)
        hosts = [
            play.places.host(play.some("ovh", "conoha", "sakura-vps"), play.rng, play.rng.choice(("", None)), v6=True)
            for _ in range(3)
        ]
        yield stream(domain, Mail(domain.name, domain.name), hosts, Rhythm(12, day, day + 7, 1.0), [GOOGLE, MICROSOFT, DOCOMO])
