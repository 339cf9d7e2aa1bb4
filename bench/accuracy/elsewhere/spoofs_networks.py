"""Spoofers by the networks they send from: home computers, rented servers, hacked sites, open relays."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.elsewhere.chance import word
from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Mail, Rhythm, Signature, Stream
from bench.accuracy.elsewhere.networks import of_kind
from bench.accuracy.elsewhere.receivers import DOCOMO, GOOGLE, KDDI, OUTLOOK, YAHOO_JP
from bench.accuracy.elsewhere.services import SERVICES, publish_key

from sekisho.core.terms import Class

SPOOF = Class.SPOOF
WORLD_SHARED = ("bluehost", "hostgator", "ovh-web", "beget")
PHONES = (DOCOMO, KDDI, YAHOO_JP, GOOGLE, OUTLOOK)


@kind(SPOOF)
def botnet_dialup(play: Play) -> Iterator[Stream]:
    """Home computers all over the world, a few mails each, the victim in the envelope."""
    for domain in play.senders(8):
        for _ in range(play.rng.randrange(15, 60)):
            day = play.rng.randrange(90)
            host = play.places.host(play.some(*of_kind("dialup")), play.rng)
            play.places.lists(host, play.rng, zen=0.85, others=0.35)
            mail = Mail(domain.name, domain.name if play.rng.random() < 0.7 else play.throwaway())
            yield stream(domain, mail, [host], Rhythm(play.rng.uniform(1, 3), day, day + 1, 1.0))


@kind(SPOOF)
def bulletproof(play: Play) -> Iterator[Stream]:
    """A few servers without names at hosters that do not answer complaints; much, for days."""
    for domain in play.senders(5):
        day = play.rng.randrange(75)
        hosts = [play.places.host(play.some("selectel", "m247", "colocrossing", "iran"), play.rng) for _ in range(4)]
        for host in hosts:
            play.places.lists(host, play.rng, zen=0.8, others=0.5)
        rhythm = Rhythm(90, day, day + play.rng.randrange(3, 14), 1.0)
        yield stream(domain, Mail(domain.name, domain.name), hosts, rhythm)


@kind(SPOOF)
def phishing_vps(play: Play) -> Iterator[Stream]:
    """Phishing on Japanese readers from rented servers in East Asia: other addresses each day, made-up envelope domains."""
    for domain in play.senders(4):
        start = play.rng.randrange(60)
        for day in range(start, start + play.rng.randrange(8, 25)):
            for _ in range(play.rng.randrange(1, 5)):
                host = play.places.host(play.some("aliyun", "tencent", "chinanet", "vultr", "conoha", "contabo"), play.rng)
                play.places.lists(host, play.rng, zen=0.5, others=0.15)
                envelope = play.rng.choice((domain.name, play.throwaway(), f"mail{play.rng.randrange(99)}.{play.throwaway()}"))
                yield stream(domain, Mail(domain.name, envelope), [host], Rhythm(12, day, day + 1, 1.0), PHONES)


@kind(SPOOF)
def burst(play: Play) -> Iterator[Stream]:
    """One day, some hundred addresses."""
    for domain in play.senders(2):
        day = play.rng.randrange(5, 85)
        for _ in range(play.rng.randrange(120, 200)):
            host = play.places.host(play.some(*of_kind("dialup"), "aliyun"), play.rng)
            play.places.lists(host, play.rng, zen=0.6, others=0.2)
            yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(4, day, day + 1, 1.0))


@kind(SPOOF)
def snowshoe(play: Play) -> Iterator[Stream]:
    """A range with good names, SPF and signatures of throw-away domains, little from each address."""
    for domain in play.senders(3):
        throwaway, day = play.throwaway(), play.rng.randrange(50)
        first = play.places.host(play.some("ovh", "hetzner", "colocrossing"), play.rng, f"a0.{throwaway}")
        hosts = [first] + [play.places.beside(first, n, f"a{n}.{throwaway}") for n in range(1, 9)]
        play.dns.add(throwaway, "TXT", "v=spf1 " + " ".join(f"ip4:{host.ip}" for host in hosts) + " -all")
        publish_key(play.dns, throwaway, "dkim", play.rng)
        for host in hosts:
            play.places.lists(host, play.rng, zen=0.3, others=0.1)
        mail = Mail(domain.name, throwaway, (Signature(throwaway, "dkim"),))
        yield stream(domain, mail, hosts, Rhythm(14, day, day + 30, 1.0, 0.6))


@kind(SPOOF, hard=True)
def hacked_site(play: Play) -> Iterator[Stream]:
    """Hacked WordPress sites at hosters, Japan's too. Hard: from the same machines the owners' own sites might send."""
    for domain in play.senders(8):
        for _ in range(play.rng.randrange(1, 4)):
            network, day = play.some(*WORLD_SHARED, *WORLD_SHARED, "xserver", "sakura", "lolipop"), play.rng.randrange(80)
            host = play.rng.choice(play.places.pool(network, 9))
            play.dns.add(host.helo, "TXT", "v=spf1 a ~all")
            play.places.lists(host, play.rng, others=0.1)
            victim = f"{word(play.rng, 7)}.example"
            play.dns.add(victim, "TXT", f"v=spf1 ip4:{host.ip} ~all")
            mail = Mail(domain.name, play.rng.choice((host.helo, victim, domain.name)))
            yield stream(domain, mail, [host], Rhythm(15, day, min(90, day + play.rng.randrange(2, 12)), 1.0))


@kind(SPOOF, hard=True)
def open_relay(play: Play) -> Iterator[Stream]:
    """A firm's mail server that relays for anybody. Hard: a good host name and no listing at first, as forwarders have."""
    for domain in play.senders(4):
        day = play.rng.randrange(70)
        host = play.places.host(play.some("firms", "firms-world"), play.rng, f"mail.{word(play.rng, 6)}-trading.example")
        play.places.lists(host, play.rng, others=0.25)
        yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(30, day, day + play.rng.randrange(3, 15), 1.0))


@kind(SPOOF, hard=True)
def same_service(play: Play) -> Iterator[Stream]:
    """An account at the very service the owner uses, on the same shared addresses. Hard: as an owner's forgotten account."""
    for domain in [d for d in play.senders() if d.services][:4]:
        service, day = domain.services[0], play.rng.randrange(10, 80)
        hosts = play.places.pool(service, 8)[5:8]
        rhythm = Rhythm(35, day, day + play.rng.randrange(1, 4), 1.0)
        yield stream(domain, SERVICES[service].unaligned(domain.name), hosts, rhythm, PHONES)


@kind(SPOOF, hard=True)
def trial_account(play: Play) -> Iterator[Stream]:
    """A free trial at a service the owner has never heard of. Hard: so looks a department's newsletter."""
    for domain in play.senders(5):
        service, day = play.some("sendgrid", "brevo", "mailgun", "ses", "bmsend"), play.rng.randrange(5, 85)
        if service not in domain.services:
            hosts = play.places.pool(service, 8)[play.rng.randrange(6) :][:2]
            yield stream(domain, SERVICES[service].unaligned(domain.name), hosts, Rhythm(40, day, day + 2, 1.0), PHONES)


@kind(SPOOF, hard=True)
def neighbour_on_cloud(play: Play) -> Iterator[Stream]:
    """A rented server at the cloud where owners have theirs; little a day, for weeks. Hard: as a forgotten server."""
    for domain in play.senders(3):
        host, day = play.places.host(play.some("sakura-vps", "ec2", "conoha", "indigo"), play.rng), play.rng.randrange(60)
        play.places.lists(host, play.rng, zen=0.3, others=0.15)
        rhythm = Rhythm(7, day, day + play.rng.randrange(5, 28), 1.0)
        yield stream(domain, Mail(domain.name, play.rng.choice((domain.name, host.helo))), [host], rhythm)


@kind(SPOOF, hard=True)
def lying_names(play: Play) -> Iterator[Stream]:
    """Servers whose PTR claims the victim's name or Google's; no address record leads back. Hard for whoever believes names."""
    for domain in play.senders(4):
        day = play.rng.randrange(80)
        name = play.rng.choice((f"mail1.{domain.name}", f"mx9.{domain.name}", "mail-sor-f41.google.com"))
        host = play.places.host(play.some("m247", "selectel", "contabo"), play.rng, name, truth="lies")
        play.places.lists(host, play.rng, zen=0.4, others=0.2)
        yield stream(domain, Mail(domain.name, domain.name), [host], Rhythm(18, day, min(90, day + 6), 1.0))
