"""Filters between the owner's correspondents and their mailboxes: what the mailbox's operator reports has come through them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.province import nets
from bench.accuracy.province.chance import Dice
from bench.accuracy.province.forwards import met_by, passed_on
from bench.accuracy.province.kinds import kind
from bench.accuracy.province.mail import Flow
from bench.accuracy.province.services import hosts_of
from bench.accuracy.province.stage import Stage

from sekisho.core.terms import Class

BEHIND = {"Enterprise Outlook": 88.0, "google.com": 12.0}
"""Where the mailboxes behind a filter are."""


def _filtered(
    stage: Stage, dice: Dice, name: str, service: str, homes: tuple[int, int], rate: float, altered: float
) -> Iterator[Flow]:
    hosts = hosts_of(stage.town, service)
    for home in met_by(stage, dice, *homes, unsigned=0.5):
        some, pace = tuple(dice.some(hosts, 2, 4)), dice.about(rate, 0.7)
        yield from passed_on(stage, name, home, some, pace, altered=altered, reach=BEHIND)


@kind(Class.FORWARDED)
def mimecast_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's Mimecast in front of Microsoft 365: it rewrites links, the reverse-path stays."""
    yield from _filtered(stage, dice, "mimecast_inbound", "mimecast", (4, 6), 0.25, 0.55)


@kind(Class.FORWARDED)
def proofpoint_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's Proofpoint in front of Microsoft 365: links rewritten, a banner for mail from outside."""
    yield from _filtered(stage, dice, "proofpoint_inbound", "proofpoint", (4, 6), 0.25, 0.6)


@kind(Class.FORWARDED)
def barracuda_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's Barracuda in front of Microsoft 365, half of them with link protection."""
    yield from _filtered(stage, dice, "barracuda_inbound", "barracuda", (3, 5), 0.2, 0.45)


@kind(Class.FORWARDED)
def trend_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's Trend Micro Email Security in front of its mailboxes; it mostly leaves the mail alone."""
    yield from _filtered(stage, dice, "trend_inbound", "trend", (4, 6), 0.2, 0.15)


@kind(Class.FORWARDED)
def hornet_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's Hornetsecurity in front of its mailboxes."""
    yield from _filtered(stage, dice, "hornet_inbound", "hornet", (2, 4), 0.15, 0.2)


@kind(Class.FORWARDED)
def ironport_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A big correspondent's Cisco cloud gateway, which puts a banner on mail from outside."""
    yield from _filtered(stage, dice, "ironport_inbound", "ironport", (3, 5), 0.2, 0.6)


@kind(Class.FORWARDED)
def iij_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Japanese correspondent's IIJ Secure MX in front of Microsoft 365; some keep attachments back and alter the mail."""
    yield from _filtered(stage, dice, "iij_inbound", "iij", (3, 5), 0.3, 0.3)


@kind(Class.FORWARDED, hard=True)
def appliance_inbound(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent's own filter box on its own line before mailboxes in a cloud; names as such firms keep them.

    Hard: for owners without signatures it is a strange host on a firm's line, as open relays are.
    """
    for home in met_by(stage, dice, 7, 10, unsigned=0.6):
        domain = f"{dice.word(8)}.{'co.jp' if home.country == 'jp' else 'com'}"
        net = dice.choice((nets.SMALL_FIRMS, nets.OFFICES[home.country]))
        label = dice.choice(("mx1", "gw", "spam", "relay", "esva", "fml"))
        host = stage.town.host(net, dice, f"{label}.{domain}", ptr=dice.choice((None, None, None, "-", "!")))
        yield from passed_on(
            stage, "appliance_inbound", home, (host,), dice.about(0.2, 0.8), altered=dice.choice((0.02, 0.4)), reach=BEHIND
        )


@kind(Class.FORWARDED)
def old_exchange(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A correspondent that moved to Microsoft 365 but whose MX still leads to its old Exchange, which recodes what it relays."""
    for home in met_by(stage, dice, 3, 5, unsigned=0.4):
        domain = f"{dice.word(8)}.{'co.jp' if home.country == 'jp' else 'com'}"
        host = stage.town.host(nets.SMALL_FIRMS, dice, f"{dice.choice(('ex01', 'mail', 'owa'))}.{domain}")
        yield from passed_on(stage, "old_exchange", home, (host,), dice.about(0.2, 0.7), altered=0.5, reach=BEHIND)
