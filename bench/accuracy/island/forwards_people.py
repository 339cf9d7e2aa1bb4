"""Mail that single people and institutes pass on: home servers, `.forward` files, redirects by hand, invitations."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.island.carrying import FORWARD, SEALED, carry, domain, mailers
from bench.accuracy.island.chance import Dice
from bench.accuracy.island.letters import Host, Letter, Stream, forwarded, through
from bench.accuracy.island.town import Town


@forwarded
def alias_service(town: Town, dice: Dice) -> Iterator[Stream]:
    """Alias services for people who hide their address (SimpleLogin, Firefox Relay kind) or run small domains (ImprovMX)."""
    for base in ("improvmx.com", "forwardemail.net"):
        hosts = mailers(town, dice, "ovh", base, 3)
        for site in town.carried(dice, 6, 9):
            yield from carry(town, site, hosts, 0.12, envelope=base, breaks=0.1, touch=SEALED, audience="world")


@forwarded
def department_relay(town: Town, dice: Dice) -> Iterator[Stream]:
    """An institute's old Sendmail with `.forward` files; its address has no name of its own in some cases."""
    for n, net in enumerate(("nuro", "orange_pro", "usen", "airtel")):
        named = n % 2 == 0
        name = domain(dice, "ac.jp", "ac.in", "fr", "go.jp")
        host = town.machine(net, dice, f"www.{name}" if named else "", helo=f"localhost.{name}", forward=None)
        for site in town.carried(dice, 5, 8):
            yield from carry(town, site, [host], 0.16, breaks=0.12, touch=FORWARD, audience="world")


@forwarded
def home_server_forward(town: Town, dice: Dice) -> Iterator[Stream]:
    """An enthusiast's server on a rented machine takes mail for a family domain and sends it on to Gmail, envelope unchanged.

    Hard: a machine in a cloud without past, with a few mails of one owner that fail all checks, looks like a spoofer's.
    """
    for net in dice.sample(("hetzner", "contabo", "sakura_vps", "vultr", "linode", "ovh"), 5):
        name = domain(dice, "net", "org", "jp", "de")
        host = town.machine(net, dice, f"mail.{name}" if dice.happens(0.6) else "", forward=None)
        town.firm(name, [Host(host.address, f"mail.{name}")])
        goal = dice.choice(("google", "google", "google", "outlook", "gmx", "fastmail"))
        for site in town.carried(dice, 2, 4):
            yield from carry(town, site, [host], 0.12, breaks=0.08, touch=FORWARD, audience=goal, rhythm="rare")


@forwarded
def redirect_by_hand(town: Town, dice: Dice) -> Iterator[Stream]:
    """A person bounces (resends, redirects) single mails from the mail program by the own provider; From stays the owner's.

    Hard: one mail from a stranger's server with the stranger's envelope, as fraud by a hijacked account has it.
    """
    for site in town.carried(dice, 8, 11):
        name = domain(dice, "com", "co.jp", "de", "org")
        hosts = mailers(town, dice, dice.choice(("ocn_fixed", "dtag_fixed", "comcast_biz", "hetzner")), name)
        yield from carry(town, site, hosts, 0.04, envelope=name, breaks=0.3, rhythm="rare")


@forwarded
def meeting_invitation(town: Town, dice: Dice) -> Iterator[Stream]:
    """An invitation that somebody passes on: the calendar sends it on with the organizer as From, unsigned.

    Hard: the owner's people are the authors, the sender is a tenant that nobody knows, and there are one or two.
    """
    for site in town.pick(dice, 9, 12, lambda site: any(way.service in ("m365", "google", "own") for way in site.ways)):
        service = dice.choice(("m365", "m365", "google"))
        name = domain(dice, "com", "co.jp", "eu", "com.br")
        town.farm(service)
        town.directory.spf(name, f"v=spf1 include:{'spf.protection.outlook.com' if service == 'm365' else '_spf.google.com'} -all")
        envelope, signs = (name, town.own(service, None, dice)[1]) if service == "m365" else (name, ())
        pairs = through(dice.sample(town.farm(service), 3), Letter(site.domain, envelope, signs))
        yield Stream(site, pairs, 0.06, "rare", "companies")
