"""Mailing lists that leave the From line as it is: what each kind of list software changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.elsewhere.kinds import Play, kind, stream
from bench.accuracy.elsewhere.mail import Host, Mail, Rhythm, Stream
from bench.accuracy.elsewhere.receivers import DOCOMO, GOOGLE, MICROSOFT, OUTLOOK, SMALL, YAHOO_JP
from bench.accuracy.elsewhere.services import SERVICES, publish_key

from sekisho.core.terms import Class

READERS = (GOOGLE, GOOGLE, MICROSOFT, OUTLOOK, YAHOO_JP, DOCOMO, *SMALL[:5])


def posted(mail: Mail, envelope: str, *, changed: bool) -> Mail:
    """The post as the list sends it to a member."""
    return replace(mail.broken() if changed else mail, mail_from=envelope, way="list")


def _members(play: Play) -> tuple[str, ...]:
    """The reporters at which a list has members."""
    return tuple(dict.fromkeys(play.rng.choices(READERS, k=6)))


def _server(play: Play, name: str, network: str) -> Host:
    host = play.shared("list", network, name)
    play.dns.add(name, "TXT", "v=spf1 a -all")
    return host


def _posts(play: Play, host: Host, envelope: str, changed: float, count: int, signer: str = "") -> Iterator[Stream]:
    """The posts of some domains' people; `changed` part of them with text changed."""
    members = _members(play)
    for domain in play.senders(count, untroubled=True):
        mail = posted(play.people(domain), envelope, changed=play.rng.random() < changed)
        mail = mail.signed(signer, "list") if signer else mail
        yield stream(domain, mail, [host], Rhythm(play.rng.uniform(3, 8), chance=0.3), members)


@kind(Class.FORWARDED)
def mailman2_footer(play: Play) -> Iterator[Stream]:
    """Mailman 2 without From munging, with subject prefix and footer."""
    host = _server(play, "lists.gakkai-jimu.example", "sinet")
    yield from _posts(play, host, "lists.gakkai-jimu.example", 1.0, 7)


@kind(Class.FORWARDED)
def mailman3_munge_off(play: Play) -> Iterator[Stream]:
    """Mailman 3 without From munging, signing its own posts."""
    host = _server(play, "ml.oss-users.example", "sakura-vps")
    publish_key(play.dns, "ml.oss-users.example", "list", play.rng)
    yield from _posts(play, host, "ml.oss-users.example", 0.85, 6, "ml.oss-users.example")


@kind(Class.FORWARDED)
def google_group(play: Play) -> Iterator[Stream]:
    """Google Groups, public and of a Workspace customer, with footer and its own signature."""
    for envelope, signer, selector in (
        ("googlegroups.com", "googlegroups.com", "20230601"),
        ("partner-kogyo.example", "partner-kogyo-example.20230601.gappssmtp.com", "20230601"),
    ):
        if signer != "googlegroups.com":
            publish_key(play.dns, signer, selector, play.rng)
            play.dns.add("bnc.partner-kogyo.example", "TXT", "v=spf1 include:_spf.google.com ~all")
            envelope = "bnc.partner-kogyo.example"
        members = _members(play)
        for domain in play.senders(6, untroubled=True):
            mail = posted(play.people(domain), envelope, changed=play.rng.random() < 0.8).signed(signer, selector)
            hosts = play.places.pool("google", 14)[play.rng.randrange(11) :][:3]
            yield stream(domain, replace(mail, sealed=play.rng.random() < 0.5), hosts, Rhythm(4, chance=0.3), members)


@kind(Class.FORWARDED)
def fml_list(play: Play) -> Iterator[Stream]:
    """fml on a rented server in Japan: number in the subject, body as it was."""
    host = _server(play, "www55.sakura.ne.jp", "sakura")
    yield from _posts(play, host, "ml-chiiki.example", 1.0, 5)


@kind(Class.FORWARDED)
def ezmlm_list(play: Play) -> Iterator[Stream]:
    """ezmlm: envelope with the member's address in it, text mostly as it was."""
    host = _server(play, "ezlist.qmail-fan.example", "firms-world")
    play.places.lists(host, play.rng, others=0.1)
    yield from _posts(play, host, "ezlist.qmail-fan.example", 0.4, 5)


@kind(Class.FORWARDED)
def public_lists(play: Play) -> Iterator[Stream]:
    """Well-known list hosts of the book."""
    for network in ("python", "groupsio", "janog"):
        service, members = SERVICES[network], _members(play)
        for domain in play.senders(4, untroubled=True):
            mail = posted(play.people(domain), service.envelope, changed=True)
            mail = mail.signed(service.signer, service.selector) if service.signer else mail
            yield stream(domain, mail, play.places.pool(network, 2), Rhythm(4, chance=0.25), members)


@kind(Class.FORWARDED, hard=True)
def alias_to_many(play: Play) -> Iterator[Stream]:
    """An alias on a firm's server that spreads mail to members, envelope kept. Hard: no list marks, SPF fails at many receivers."""
    host = play.places.host("firms", play.rng, "mail.kumiai-jimukyoku.example")
    for domain in play.senders(5, untroubled=True):
        mail = replace(play.people(domain), way="forwarded")
        mail = mail.broken() if play.rng.random() < 0.3 else mail
        yield stream(domain, mail, [host], Rhythm(5, chance=0.15), _members(play))
