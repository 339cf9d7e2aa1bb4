"""Mail that people have sent on: alias hosts, mailboxes with a forward, re-injected and redirected mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.accuracy.overseas.chance import Dice, steady
from bench.accuracy.overseas.letters import Signature, Stream, forwarded
from bench.accuracy.overseas.receivers import only
from bench.accuracy.overseas.roads import FIRM, LINE, PROVIDER, Road, at, carried, people, sent_on, signed
from bench.accuracy.overseas.town import Town


@forwarded()
def alumni_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """Alumni addresses of universities: plain Postfix aliases, the return path stays, the text too."""
    for home in town.choose(dice, 9, untroubled=True):
        yield from carried(town, home, Road(town.alumni(home), dice.around(0.1, 0.5), people(home), breaks=0.15))


@forwarded()
def one_off_forwarders(town: Town, dice: Dice) -> Iterator[Stream]:
    """The long tail: dozens of hosts all over the world that send on one or two mails in three months, and never again."""
    nets = (
        "hostgator",
        "ovh",
        "strato",
        "hetzner",
        "sakura",
        "firm_us",
        "firm_de",
        "firm_fr",
        "firm_br",
        "uni_us",
        "godaddy",
        "linode",
    )
    for home in town.choose(dice, 22, untroubled=True):
        for net in dice.choices(nets, k=dice.randrange(4, 14)):
            road = Road(town.single(net, dice), 0.025, people(home), breaks=dice.choice((0.0, 0.5, 1.0)))
            yield from carried(town, home, road, mailboxes=dice.happens(0.6))


@forwarded()
def registrar_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """E-mail forwarding that comes with a domain name, with SRS; some of it adds a note for the reader."""
    for net, domain in (("namecheap_fwd", "eforward.registrar-servers.com"), ("gandi_fwd", "srs.mail.gandi.net")):
        hosts = town.pool(net, 3)
        town.foreign(domain, net)
        for home in town.choose(dice, 4, untroubled=True):
            yield from carried(town, home, Road(hosts, dice.around(0.1, 0.4), people(home), breaks=0.25, envelope=domain))


@forwarded()
def gmail_autoforward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Gmail mailbox that forwards: SRS of gmail.com, ARC, the text mostly whole."""
    town.foreign("gmail.com", "google", end="~all")
    for home in town.choose(dice, 12, untroubled=True):
        to = only("outlook", "yahoo", "enterprise", "fastmail", "google")
        yield from carried(
            town, home, Road(town.pool("google", 14), dice.around(0.1, 0.5), to, breaks=0.12, envelope="gmail.com", arc=True)
        )


@forwarded()
def m365_mailbox_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Microsoft 365 mailbox that forwards outside: SRS of the tenant, a banner on mail from outside breaks signatures."""
    for home in town.choose(dice, 9, untroubled=True):
        tenant = f"{dice.word()}.onmicrosoft.com"
        town.foreign(tenant, "microsoft")
        road = Road(
            town.pool("microsoft", 14), dice.around(0.1, 0.4), only("google", "enterprise", "gmx", "yahoo"), breaks=0.6,
            envelope=tenant, signature=signed(town, tenant, f"selector2-{tenant.partition('.')[0]}"), arc=True,
        )  # fmt: skip
        yield from carried(town, home, road)


@forwarded()
def exchange_on_premises(town: Town, dice: Dice) -> Iterator[Stream]:
    """A firm's own Exchange with a forwarding rule: it writes the MIME anew, the return path stays."""
    for home in town.choose(dice, 8, untroubled=True):
        hosts = town.single(FIRM[home.country], dice)
        yield from carried(town, home, Road(hosts, dice.around(0.08, 0.35), people(home), breaks=1.0))


@forwarded()
def isp_autoforward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A mailbox at an access provider that forwards: the return path stays; some providers put [SPAM?] into the subject."""
    for home in town.choose(dice, 10, untroubled=True):
        hosts = town.pool(PROVIDER[home.country], 2)
        yield from carried(town, home, Road(hosts, dice.around(0.1, 0.5), only("google", "outlook", "yahoo"), breaks=0.2))


@forwarded()
def cpanel_forwarder(town: Town, dice: Dice) -> Iterator[Stream]:
    """A forwarder on shared hosting (Exim, cPanel) with SpamAssassin, which rewrites subjects; no SRS."""
    for home in town.choose(dice, 8, untroubled=True):
        hosts = town.pool(dice.choice(("hostgator", "bluehost", "namecheap_web", "hostinger")), 2)
        yield from carried(town, home, Road(hosts, dice.around(0.08, 0.4), people(home), breaks=0.35))


@forwarded()
def cloudflare_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cloudflare Email Routing: SRS, ARC, IPv4 and IPv6; only unsigned mail and what was broken before fails."""
    domain = town.foreign("cf-bounce.cloudflare-email.net", "cloudflare_mail")
    signature = signed(town, "cloudflare-email.net", "cf2024-1")
    for home in town.choose(dice, 9, untroubled=True):
        hosts = town.pool("cloudflare_mail", 2) + town.pool("cloudflare_mail", 2, six=True)
        road = Road(hosts, dice.around(0.15, 0.5), only("google", "google", "outlook"), 0.08, domain, signature, arc=True)
        yield from carried(town, home, road)


@forwarded()
def improvmx_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """ImprovMX and the like: forwarding as a service on rented hosts, SRS, own signature."""
    hosts = town.pool("improvmx", 3)
    domain = town.foreign("srs.improvmx.com", "", hosts)
    for home in town.choose(dice, 5):
        road = Road(
            hosts,
            dice.around(0.1, 0.4),
            people(home),
            breaks=0.2,
            envelope=domain,
            signature=signed(town, "improvmx.com", "dkimprovmx1"),
        )
        yield from carried(town, home, road)


@forwarded()
def dot_forward_japan(town: Town, dice: Dice) -> Iterator[Stream]:
    """A `.forward` at a Japanese hoster or university to a phone's mailbox; the return path stays."""
    for home in town.choose(dice, 5, lambda h: h.country == "jp"):
        hosts = town.single(dice.choice(("sakura", "uni_jp", "firm_jp")), dice)
        yield from carried(town, home, Road(hosts, dice.around(0.2, 0.7), only("docomo", "kddi", "google", "google"), breaks=0.1))


@forwarded(hard=True)
def calendar_invitation_passed_on(town: Town, dice: Dice) -> Iterator[Stream]:
    """An invitation that a guest passed on: Exchange and Google keep the organizer in From, and send as the guest's tenant.

    Hard: the return path and the only good signature are a stranger's, as with a spoof by a stranger's account.
    """
    for home in town.choose(dice, 12, lambda h: "m365" in h.uses or "google" in h.uses or "proofpoint" in h.uses):
        guest = f"{dice.word(4)}.example"
        town.foreign(guest, "microsoft", selector="selector1")
        letter = replace(town.proper[home.domain][0].letter, signatures=(), envelope=guest)
        road = Road(
            town.pool("microsoft", 14),
            dice.around(0.05, 0.2),
            only("enterprise", "google", "enterprise"),
            signature=Signature(guest, "selector1"),
        )
        yield from sent_on(home, letter, road, road.rate)


@forwarded(hard=True)
def ticket_system_copy(town: Town, dice: Dice) -> Iterator[Stream]:
    """A customer's ticket system (OTRS, Zammad, RT) that sends the writer's mail on to its agents with the writer in From.

    Hard: one host of a firm, few mails, nothing of the owner's left but the From line.
    """
    for home in town.choose(dice, 8, untroubled=True):
        hosts = town.single(dice.choice(("hetzner", "aws", FIRM[home.country])), dice, name=f"tickets.{dice.word(4)}.example")
        domain = town.foreign(at(hosts), "", hosts)
        letter = replace(town.proper[home.domain][0].letter.broken(), signatures=())
        road = Road(hosts, dice.around(0.05, 0.25), only("google", "enterprise"), envelope=domain)
        yield from sent_on(home, letter, road, road.rate)


@forwarded(hard=True)
def fetched_and_sent_again(town: Town, dice: Dice) -> Iterator[Stream]:
    """A box at home (NAS, fetchmail) that fetches mail and sends it on through the line's own address.

    Hard: an address of a dial-up line, sometimes on a list, and only some of the mail keeps its signature.
    """
    for home in town.choose(dice, 7):
        hosts = town.single(LINE[home.country], dice)
        if dice.happens(0.6):
            town.directory.blame(hosts[0].address, "bl.mailspike.net")
        yield from carried(
            town, home, Road(hosts, dice.around(0.1, 0.3), people(home), breaks=0.5, rhythm=steady()), mailboxes=True
        )


@forwarded(hard=True)
def redirected_by_hand(town: Town, dice: Dice) -> Iterator[Stream]:
    """A reader who uses "redirect" in his program: his provider's relay, his own return path, the writer in From.

    Hard: one or two mails a host, and the text is written anew.
    """
    for home in town.choose(dice, 12, untroubled=True):
        hosts = town.pool(PROVIDER[home.country], 4)
        domain = town.foreign(
            {"us": "comcast.net", "de": "t-online.de", "fr": "orange.fr"}.get(home.country, f"{dice.word()}-net.example"),
            PROVIDER[home.country],
        )
        letter = town.proper[home.domain][0].letter
        road = Road(hosts, dice.around(0.04, 0.12), only("google", "outlook", "enterprise"), breaks=0.9, envelope=domain)
        yield from sent_on(home, letter, road, road.rate)


@forwarded()
def forwarded_twice(town: Town, dice: Dice) -> Iterator[Stream]:
    """An alias whose mailbox forwards again: the last hop is what is seen, both may have changed the text."""
    for home in town.choose(dice, 7, untroubled=True):
        hosts = town.pool(PROVIDER[home.country], 3)
        srs = town.foreign(f"{dice.word(4)}-alumni.example", PROVIDER[home.country])
        yield from carried(town, home, Road(hosts, dice.around(0.08, 0.3), people(home), breaks=0.55, envelope=srs))


@forwarded(hard=True)
def forwarder_with_bad_name(town: Town, dice: Dice) -> Iterator[Stream]:
    """A forwarder without PTR, or one whose DNS does not answer, that sends spam on as well and is listed for it.

    Hard: everything about the address looks like a spoofer's.
    """
    for number, home in enumerate(town.choose(dice, 7)):
        hosts = town.single(dice.choice(("digitalocean", "azure", "contabo")), dice)
        town.directory.blame(hosts[0].address)
        if number % 2:
            pointer = ".".join(reversed(hosts[0].address.split("."))) + ".in-addr.arpa"
            town.directory.fails(pointer)
        yield from carried(town, home, Road(hosts, dice.around(0.15, 0.5), people(home), breaks=0.4))


@forwarded()
def backup_mx_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """The receiver's second mail exchanger: it took the mail while the first was down, and the first judges it by its address."""
    for home in town.choose(dice, 6, untroubled=True):
        hosts = town.single("spamexperts", dice)
        to = only(dice.choice(("rspamd_de", "rspamd_fr", "opendmarc_us", "opendmarc_jp", "uni_nl", "rackspace")))
        yield from carried(town, home, Road(hosts, dice.around(0.1, 0.4), to, breaks=0.5))
