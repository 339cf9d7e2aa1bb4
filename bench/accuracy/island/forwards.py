"""Forwarders: aliases, redirects, tenants and hosters that pass an owner's mail on."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import FORWARD, SEALED, carry, domain, stations
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Stream, forwarded
from bench.accuracy.island.town import Town


@forwarded
def gmail_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A person's Gmail passes all on to another mailbox; Google puts its own bounce address, and keeps signatures whole."""
    town.directory.spf("gmail.com", "v=spf1 include:_spf.google.com ~all")
    hosts = town.farm("google")
    for site in town.carried(dice, 14, 18):
        yield from carry(town, site, dice.sample(hosts, 4), 0.35, envelope="gmail.com", breaks=0.03, touch=SEALED, audience="world")


@forwarded
def workspace_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """A company at Google Workspace routes to outside mailboxes, here with a footer of its own; Google seals it."""
    for _ in range(4):
        name = domain(dice, "com", "co.jp", "com.br", "org")
        town.directory.spf(name, "v=spf1 include:_spf.google.com ~all")
        for site in town.carried(dice, 4, 8):
            hosts = dice.sample(town.farm("google"), 4)
            yield from carry(
                town, site, hosts, 0.22, envelope=name, breaks=dice.choice((0.02, 0.6, 0.9)), touch=SEALED, audience="companies"
            )


@forwarded
def m365_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A mailbox in a Microsoft 365 tenant forwards; the envelope becomes the tenant's, and some tenants tag the subject."""
    for _ in range(6):
        name = domain(dice, "com", "co.jp", "de", "fr", "in")
        town.farm("m365")
        town.directory.spf(name, "v=spf1 include:spf.protection.outlook.com -all")
        breaks = dice.choice((0.03, 0.05, 0.95))
        for site in town.carried(dice, 5, 9):
            hosts = dice.sample(town.farm("m365"), 4)
            yield from carry(town, site, hosts, 0.25, envelope=name, breaks=breaks, touch=SEALED, audience="world")


@forwarded
def m365_redirect(town: Town, dice: Dice) -> Iterator[Stream]:
    """A transport rule of a tenant redirects with the sender's envelope as it was, to another tenant or a hosted archive."""
    for site in town.carried(dice, 8, 12):
        hosts = dice.sample(town.farm("m365"), 3)
        yield from carry(town, site, hosts, 0.3, breaks=0.35, touch=SEALED, audience="companies")


@forwarded
def outlook_com_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A private Outlook.com mailbox forwards; the envelope becomes the person's."""
    town.farm("outlook")
    town.directory.spf("outlook.com", "v=spf1 include:spf2.outlook.com -all")
    for site in town.carried(dice, 8, 12):
        yield from carry(
            town, site, town.farm("outlook")[:4], 0.12, envelope="outlook.com", breaks=0.1, touch=SEALED, audience="world"
        )


@forwarded
def registrar_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """An address at a registrar's free forwarding; some rewrite the envelope, some do not."""
    for base, net in (
        ("registrar-servers.com", "digitalocean"),
        ("onamae-fwd.jp", "conoha"),
        ("redirect.gandi.net", "ovh"),
        ("udag.de", "ionos"),
    ):
        hosts = [
            town.machine(net, dice, f"{dice.choice(('eforward', 'fwd', 'spool'))}{n}.{base}", forward=True) for n in range(1, 4)
        ]
        town.firm(base, hosts)
        envelope = base if dice.happens(0.5) else None
        for site in town.carried(dice, 5, 8):
            yield from carry(town, site, hosts, 0.18, envelope=envelope, breaks=0.05, touch=FORWARD, audience="world")


@forwarded
def cloudflare_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cloudflare Email Routing: a new envelope, a seal, the mail as it was."""
    hosts = [
        town.settle(
            town.addresses.of(("104.30.0.0/19", "2a06:98c0:3600::/64"), dice), f"{dice.word(2, 3)}-bc.cloudflare-email.net", dice
        )
        for _ in range(5)
    ]
    town.firm("cloudflare-email.net", hosts)
    for site in town.carried(dice, 9, 12):
        yield from carry(town, site, hosts, 0.2, envelope="cloudflare-email.net", breaks=0.03, touch=SEALED, audience="world")


@forwarded
def alumni_alias(town: Town, dice: Dice) -> Iterator[Stream]:
    """A university's address for life passes mail on as it came, by Postfix or Exim, without a new envelope."""
    for station in stations(town, "alumni"):
        for site in town.carried(dice, 6, 10):
            yield from carry(town, site, station.hosts, 0.22, breaks=0.06, touch=FORWARD, audience="world")


@forwarded
def alumni_with_tag(town: Town, dice: Dice) -> Iterator[Stream]:
    """An alumni host behind a scanner that marks the subject of what looks like advertising."""
    for station in stations(town, "alumni tagging"):
        for site in town.carried(dice, 5, 8):
            yield from carry(town, site, station.hosts, 0.12, breaks=0.45, touch=FORWARD, audience="world")


@forwarded
def sakura_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A mailbox at Sakura's rented server has a forwarding entry; the envelope stays the sender's."""
    for site in town.carried(dice, 12, 16, lambda site: site.country == "jp"):
        yield from carry(town, site, town.farm("sakura")[:4], 0.35, breaks=0.04, touch=FORWARD, audience="carriers")


@forwarded
def xserver_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A mailbox at Xserver forwards; the envelope becomes the forwarding address at the rented domain."""
    name = domain(dice, "jp", "com", "net")
    town.farm("xserver")
    town.directory.spf(name, "v=spf1 include:spf.sender.xserver.jp ~all")
    for site in town.carried(dice, 10, 14, lambda site: site.country == "jp"):
        yield from carry(town, site, town.farm("xserver")[:4], 0.25, envelope=name, breaks=0.05, touch=FORWARD, audience="carriers")


@forwarded
def provider_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """The forwarding option of Japanese providers: people send a copy of everything to their telephone."""
    for base, block in (
        ("ocn.ad.jp", "60.37.31.0/24"),
        ("so-net.ne.jp", "202.238.84.0/24"),
        ("asahi-net.or.jp", "202.224.39.0/24"),
    ):
        hosts = [town.settle(town.addresses.of((block,), dice), f"mfwd{n}.{base}", dice) for n in range(1, 4)]
        town.firm(base, hosts)
        for site in town.carried(dice, 7, 10, lambda site: site.country == "jp"):
            yield from carry(town, site, hosts, 0.2, breaks=0.05, touch=FORWARD, audience="carriers")


@forwarded
def cpanel_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A forwarder made in cPanel on shared hosting; Exim keeps the envelope unless the hoster switched rewriting on."""
    for hoster in ("bluehost", "hostgator_br", "bigrock", "godaddy"):
        hosts = town.farm(hoster)[:3]
        for site in town.carried(dice, 5, 8, lambda site: site.country != "jp"):
            yield from carry(town, site, hosts, 0.28, breaks=0.08, touch=FORWARD, audience="world")


@forwarded
def european_hoster_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """A redirect at OVH, IONOS or Strato, to Gmail mostly."""
    for hoster in ("ovh_web", "ionos_web", "strato"):
        for site in town.carried(dice, 4, 6, lambda site: site.country in ("de", "fr", "uk")):
            yield from carry(town, site, town.farm(hoster)[:3], 0.3, breaks=0.03, touch=FORWARD, audience="world")


@forwarded
def gmx_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """GMX and WEB.DE forward with a rewritten envelope."""
    hosts = [
        town.settle(town.addresses.of(("212.227.15.0/24", "212.227.17.0/24"), dice), f"mout{n}.gmx.net", dice) for n in range(3)
    ]
    town.firm("gmx.net", hosts)
    for site in town.carried(dice, 5, 7, lambda site: site.country in ("de", "uk", "fr")):
        yield from carry(town, site, hosts, 0.3, envelope="gmx.net", breaks=0.02, touch=FORWARD, audience="world")


@forwarded
def isp_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """An access provider's mailbox forwards without a new envelope (France, Brazil, the United States)."""
    for base, block in (
        ("orange.fr", "80.12.242.0/24"),
        ("free.fr", "212.27.42.0/24"),
        ("uhserver.com", "200.147.41.0/24"),
        ("charter.net", "47.43.20.0/24"),
    ):
        hosts = [town.settle(town.addresses.of((block,), dice), f"smtp{n:02}.{base}", dice) for n in range(1, 4)]
        town.firm(base, hosts)
        for site in town.carried(dice, 4, 6, lambda site: site.country != "jp"):
            yield from carry(town, site, hosts, 0.2, breaks=0.06, touch=FORWARD, audience="world")


@forwarded
def cpanel_forward_by_mailchannels(town: Town, dice: Dice) -> Iterator[Stream]:
    """A hoster sends all outgoing mail, forwards too, by MailChannels."""
    for site in town.carried(dice, 8, 11):
        yield from carry(town, site, town.farm("mailchannels"), 0.14, breaks=0.08, touch=FORWARD, audience="world")


@forwarded
def carrier_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """The automatic forwarding of a Japanese telephone carrier's mail; the envelope is the sender's."""
    hosts = [
        town.settle(town.addresses.of(("106.162.220.0/24", "27.85.176.0/24"), dice), f"nfmta{n:03}.ezweb.ne.jp", dice)
        for n in range(3)
    ]
    town.firm("ezweb.ne.jp", hosts)
    for site in town.carried(dice, 9, 13, lambda site: site.country == "jp"):
        yield from carry(town, site, hosts, 0.18, breaks=0.15, touch=FORWARD, audience="carriers")
