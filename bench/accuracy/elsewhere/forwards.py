"""Forwarders and gateways: what they do to the envelope and to the text, with genuine mail of the owners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Mail, Rhythm, Stream
from bench.accuracy.elsewhere.receivers import FIRMS, GOOGLE, MICROSOFT, OUTLOOK, SMALL, YAHOO_JP
from bench.accuracy.elsewhere.services import SERVICES

from sekisho.core.terms import Class

FORWARDED = Class.FORWARDED
PROVIDERS = ("nifty", "ocn-mail", "biglobe", "sonet", "plala", "eonet", "asahi")


def passed_on(mail: Mail, envelope: str | None = None, *, changed: bool = False) -> Mail:
    """The mail after a forwarder: the envelope kept (None) or its own; the text kept or changed."""
    mail = mail.broken() if changed else mail
    return replace(mail, mail_from=mail.mail_from if envelope is None else envelope, way="forwarded")


@kind(FORWARDED)
def provider_plain(play: Play) -> Iterator[Stream]:
    """A Japanese provider forwards its user's mail with the envelope kept; some gets a spam filter's mark in the subject."""
    for network in PROVIDERS:
        hosts = play.places.pool(network, 2)
        for domain in play.senders(7, untroubled=True):
            mail, audience = play.any_mail(domain), [play.some(GOOGLE, YAHOO_JP, OUTLOOK)]
            yield stream(domain, passed_on(mail), hosts, Rhythm(2.0, chance=0.6), audience)
            if play.rng.random() < 0.6:
                yield stream(domain, passed_on(mail, changed=True), hosts, Rhythm(1.2, chance=0.15), audience)


@kind(FORWARDED)
def provider_own_envelope(play: Play) -> Iterator[Stream]:
    """Forwarding services and hosters that put their own envelope sender (SRS); unsigned mail loses its SPF."""
    for network in ("improvmx", "simplelogin", "cloudflare", "namecheap", "fastmail", "gmx"):
        service = SERVICES[network]
        for domain in play.senders(5, untroubled=True):
            changed = play.rng.random() < 0.3
            mail = passed_on(play.any_mail(domain), service.envelope, changed=changed)
            if service.signer and play.rng.random() < 0.5:
                mail = mail.signed(service.signer, service.selector)
            yield stream(domain, mail, play.places.pool(network, 3), Rhythm(1.5, chance=0.4), [GOOGLE])


@kind(FORWARDED)
def rented_space(play: Play) -> Iterator[Stream]:
    """A mailbox on rented web space hands everything on to Gmail, envelope kept."""
    for network in ("xserver", "sakura", "lolipop", "onamae"):
        host = play.shared("space", network)
        for domain in play.senders(5, untroubled=True):
            yield stream(domain, passed_on(play.any_mail(domain)), [host], Rhythm(1.6, chance=0.5), [GOOGLE])


@kind(FORWARDED)
def alumni(play: Play) -> Iterator[Stream]:
    """A university's address for life; its filter adds a line to the body of some mail."""
    host = play.shared("alumni", "sinet", "alumni-gw.example8.ac.jp")
    for domain in play.senders(9, untroubled=True):
        mail = play.any_mail(domain)
        yield stream(domain, passed_on(mail), [host], Rhythm(2, chance=0.6), [GOOGLE, YAHOO_JP])
        yield stream(domain, passed_on(mail, changed=True), [host], Rhythm(1.1, chance=0.3), [GOOGLE, YAHOO_JP])


@kind(FORWARDED)
def mobile_carrier(play: Play) -> Iterator[Stream]:
    """Carriers forward from the phone's mailbox: own envelope, body converted."""
    for network in ("docomo", "au", "softbank-mobile"):
        for domain in play.senders(6, untroubled=True):
            mail = passed_on(play.any_mail(domain), SERVICES[network].envelope, changed=True)
            yield stream(domain, mail, play.places.pool(network, 3), Rhythm(1.4, chance=0.4), [GOOGLE, YAHOO_JP])


@kind(FORWARDED)
def gmail_forwarding(play: Play) -> Iterator[Stream]:
    """Gmail forwards to another mailbox (envelope `user+caf_`), sealed by ARC; most signatures live, a few break."""
    for domain in play.senders(8, untroubled=True):
        mail, hosts = passed_on(play.any_mail(domain), "gmail.com"), play.places.pool("google", 14)[play.rng.randrange(11) :][:3]
        audience = [play.some(MICROSOFT, OUTLOOK, YAHOO_JP, *SMALL)]
        yield stream(domain, replace(mail, sealed=True), hosts, Rhythm(1.8, chance=0.5), audience)
        yield stream(domain, replace(mail.broken(), sealed=True), hosts, Rhythm(1.1, chance=0.15), audience)


@kind(FORWARDED)
def microsoft_rule(play: Play) -> Iterator[Stream]:
    """A tenant at Microsoft forwards by rule: own envelope, links rewritten, sealed by ARC."""
    for tenant in FIRMS:
        play.dns.add(tenant, "TXT", "v=spf1 include:spf.protection.outlook.com -all")
        for domain in play.senders(5, untroubled=True):
            mail = passed_on(play.any_mail(domain), tenant, changed=play.rng.random() < 0.6)
            hosts = play.places.pool("microsoft", 14)[play.rng.randrange(11) :][:3]
            audience = [play.some(MICROSOFT, GOOGLE)]
            yield stream(
                domain, replace(mail, sealed=play.rng.random() < 0.7), hosts, Rhythm(1.5, weekend=0.1, chance=0.5), audience
            )


@kind(FORWARDED)
def inbound_gateway(play: Play) -> Iterator[Stream]:
    """The recipient's security gateway hands mail to Google or Microsoft: envelope kept, links or subject rewritten."""
    for network in ("proofpoint", "mimecast", "tmes", "securemx", "messagelabs", "iphmx", "barracuda"):
        hosts, audience = play.places.pool(network, 3), [play.some(GOOGLE, MICROSOFT, MICROSOFT)]
        for domain in play.senders(6, untroubled=True):
            changed = play.rng.random() < 0.45
            yield stream(
                domain, passed_on(play.any_mail(domain), changed=changed), hosts, Rhythm(2.2, weekend=0.1, chance=0.6), audience
            )


@kind(FORWARDED)
def firms_own_relay(play: Play) -> Iterator[Stream]:
    """A recipient firm's own gateway with virus footer, in front of its mailboxes in the cloud."""
    for number in range(4):
        name = f"{play.some('mailgw', 'mx1', 'av')}.{play.some('kinzoku', 'unyu', 'iryo')}{number}.example"
        host, audience = play.places.host("firms", play.rng, name), [play.some(GOOGLE, MICROSOFT)]
        for domain in play.senders(6, untroubled=True):
            mail = passed_on(play.any_mail(domain), changed=play.rng.random() < 0.7)
            yield stream(domain, mail, [host], Rhythm(1.7, weekend=0.05, chance=0.5), audience)


@kind(FORWARDED)
def journal(play: Play) -> Iterator[Stream]:
    """An Exchange server re-writes mail for an archive in the cloud; signatures of all senders break."""
    host = play.places.host("firms", play.rng, "exch01.hosp-sakurai.example")
    for domain in play.senders(8, untroubled=True):
        yield stream(domain, passed_on(play.any_mail(domain), changed=True), [host], Rhythm(1.5, weekend=0.1, chance=0.5), [GOOGLE])


@kind(FORWARDED, hard=True)
def null_sender_rule(play: Play) -> Iterator[Stream]:
    """Groupware that forwards with an empty envelope sender. Hard: the only identity is the HELO name of an unknown firm."""
    host = play.places.host("firms", play.rng, "notes.unyu-center.example")
    for domain in play.senders(6, untroubled=True):
        changed = play.rng.random() < 0.7
        yield stream(
            domain, passed_on(play.any_mail(domain), "", changed=changed), [host], Rhythm(1.2, chance=0.25), [GOOGLE, OUTLOOK]
        )


@kind(FORWARDED, hard=True)
def small_forward(play: Play) -> Iterator[Stream]:
    """A `.forward` on somebody's rented server, few mails. Hard: generic host name on a cloud, hardly any context."""
    for _ in range(8):
        host = play.places.host(play.some("sakura-vps", "conoha", "vultr", "hetzner", "ovh", "indigo"), play.rng)
        for domain in play.senders(3, untroubled=True):
            mail = passed_on(play.any_mail(domain), changed=play.rng.random() < 0.3)
            yield stream(domain, mail, [host], Rhythm(1.1, chance=0.2), [GOOGLE])


@kind(FORWARDED, hard=True)
def listed_forwarder(play: Play) -> Iterator[Stream]:
    """A forwarder that also passes on spam and got listed; its PTR lies or cannot be asked. Hard: looks worse than spoofers do."""
    for truth in ("lies", "dead", "confirmed"):
        host = play.places.host("firms-world", play.rng, f"relay.{truth}-host.example", truth=truth)
        play.places.lists(host, play.rng, zen=0.6, others=0.5)
        for domain in play.senders(5, untroubled=True):
            mail = passed_on(play.any_mail(domain), changed=play.rng.random() < 0.4)
            yield stream(domain, mail, [host], Rhythm(1.3, chance=0.4), [GOOGLE, OUTLOOK])


@kind(FORWARDED)
def recipients_backup_mx(play: Play) -> Iterator[Stream]:
    """The recipient's second MX at a provider keeps mail and relays it later, unchanged."""
    for host, receiver in ((play.places.host("iij-static", play.rng, "mx2.backup-mx.example"), name) for name in SMALL[3:6]):
        for domain in play.senders(5, untroubled=True):
            yield stream(domain, passed_on(play.any_mail(domain)), [host], Rhythm(1.5, chance=0.2), [receiver])


@kind(FORWARDED, hard=True)
def unaligned_then_forwarded(play: Play) -> Iterator[Stream]:
    """A newsletter that never was aligned, forwarded by a provider. Hard: two causes; the last hop is the forwarder."""
    for domain in play.senders(4):
        mail = SERVICES[play.some("sendgrid", "bmsend", "cuenote")].unaligned(domain.name)
        yield stream(domain, passed_on(mail), play.places.pool(play.some(*PROVIDERS), 2), Rhythm(1.3, chance=0.2), [GOOGLE])
