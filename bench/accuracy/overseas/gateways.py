"""Mail that the receiver's own systems sent on: security gateways before Microsoft 365, tenants that route, ISP filters."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.letters import Stream, forwarded
from bench.accuracy.overseas.receivers import only
from bench.accuracy.overseas.roads import Road, carried, signed
from bench.accuracy.overseas.town import Town


def _before_m365(town: Town, dice: Dice, net: str, homes: int, breaks: float) -> Iterator[Stream]:
    """A gateway that the receiver's MX names; it hands mail to Microsoft 365, which reports the gateway as the source."""
    for home in town.choose(dice, homes, untroubled=True):
        road = Road(town.pool(net, 5), dice.around(0.1, 0.7), only("enterprise"), breaks=breaks)
        yield from carried(town, home, road)


@forwarded()
def inbound_mimecast(town: Town, dice: Dice) -> Iterator[Stream]:
    """Mimecast before Microsoft 365 writes links anew, so signatures break; the return path stays."""
    yield from _before_m365(town, dice, "mimecast", 7, 0.7)
    yield from _before_m365(town, dice, "mimecast_eu", 4, 0.7)


@forwarded()
def inbound_proofpoint(town: Town, dice: Dice) -> Iterator[Stream]:
    """Proofpoint before Microsoft 365: links become urldefense.com."""
    yield from _before_m365(town, dice, "proofpoint", 8, 0.75)


@forwarded()
def inbound_barracuda(town: Town, dice: Dice) -> Iterator[Stream]:
    """Barracuda before Microsoft 365: links written anew for some customers only."""
    yield from _before_m365(town, dice, "barracuda", 6, 0.45)


@forwarded()
def inbound_trend_micro(town: Town, dice: Dice) -> Iterator[Stream]:
    """Trend Micro Email Security before Microsoft 365, a stamp at the end of the text."""
    yield from _before_m365(town, dice, "trendmicro", 6, 0.5)


@forwarded()
def inbound_hornet(town: Town, dice: Dice) -> Iterator[Stream]:
    """Hornetsecurity before Microsoft 365; it seldom changes text."""
    yield from _before_m365(town, dice, "hornet", 5, 0.25)


@forwarded()
def inbound_cisco(town: Town, dice: Dice) -> Iterator[Stream]:
    """Cisco's cloud gateway with [EXTERNAL] in the subject."""
    yield from _before_m365(town, dice, "cisco", 5, 0.8)


@forwarded()
def workspace_routing(town: Town, dice: Dice) -> Iterator[Stream]:
    """A Google Workspace tenant with dual delivery and a footer: the return path stays, ARC tells Google what was before."""
    for home in town.choose(dice, 7, untroubled=True):
        to = only("enterprise", "google", "google")
        yield from carried(town, home, Road(town.pool("google", 14), dice.around(0.1, 0.4), to, breaks=0.6, arc=True))


@forwarded()
def shared_mailbox_rule(town: Town, dice: Dice) -> Iterator[Stream]:
    """A rule in Microsoft 365 that redirects to a second tenant: SRS for some, a disclaimer for all."""
    for home in town.choose(dice, 6, untroubled=True):
        tenant = town.foreign(f"{dice.word(4)}-group.example", "microsoft")
        road = Road(
            town.pool("microsoft", 14), dice.around(0.1, 0.35), only("enterprise", "google"), breaks=1.0, envelope=tenant,
            signature=signed(town, tenant, "selector1"), arc=True,
        )  # fmt: skip
        yield from carried(town, home, road)


@forwarded(hard=True)
def appliance_at_the_door(town: Town, dice: Dice) -> Iterator[Stream]:
    """A receiver's own filter box on its office line, which hands mail to a rented mailbox and changes it.

    Hard: one host with the name of a line, unknown to everybody else, that only one receiver tells of.
    """
    for home in town.choose(dice, 7):
        hosts = town.single(dice.choice(("line_us", "line_de", "line_jp", "line_br")), dice)
        to = only(dice.choice(("enterprise", "rackspace", "zoho", "google")))
        yield from carried(town, home, Road(hosts, dice.around(0.1, 0.35), to, breaks=1.0), mailboxes=True)
