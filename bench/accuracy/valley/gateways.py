"""Filters in front of the recipients: the receiver behind them reports the filter's machine as the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.forwards import Way, correspondents, passed_on
from bench.accuracy.valley.letters import Flow, kind
from bench.accuracy.valley.stage import Stage
from bench.accuracy.valley.town import LOOSE

from sekisho.core.terms import Class

BEHIND = {"eo": 82.0, "google": 16.0, "zoho": 1.0}
"""What stands behind filters."""


def _filtered(
    stage: Stage, dice: Dice, name: str, number: int, breaks: float, where: Mapping[str, float] = BEHIND
) -> Iterator[Flow]:
    """Customers of a filter who get mail of the owners."""
    hosts = stage.pool(name)
    for home in correspondents(stage, dice, number):
        mine = dice.some(hosts, 1, 3)
        yield passed_on(stage, home, Way(mine, None, dice.pick((0.0, breaks, breaks))), dice.spread(11), where)


@kind(Class.FORWARDED)
def inbound_proofpoint(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Proofpoint in front of Microsoft 365: links in the text are rewritten, the envelope is kept."""
    yield from _filtered(stage, dice, "proofpoint", 12, 0.75)
    yield from _filtered(stage, dice, "ppe", 4, 0.7)


@kind(Class.FORWARDED)
def inbound_mimecast(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Mimecast in front of Microsoft 365 or Google: links rewritten, a line `External` on top."""
    yield from _filtered(stage, dice, "mimecast", 10, 0.8)


@kind(Class.FORWARDED)
def inbound_barracuda(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Barracuda's cloud filter; link protection is on for some customers."""
    yield from _filtered(stage, dice, "barracuda", 7, 0.5)


@kind(Class.FORWARDED)
def inbound_trend(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Trend Micro Email Security, and its stamp under the text."""
    yield from _filtered(stage, dice, "trend", 7, 0.5)


@kind(Class.FORWARDED)
def inbound_hornet(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Hornetsecurity in front of small German firms' Microsoft 365."""
    yield from _filtered(stage, dice, "hornet", 7, 0.3)


@kind(Class.FORWARDED)
def inbound_cisco(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Cisco's cloud gateway, that marks subjects with `[EXTERNAL]`."""
    yield from _filtered(stage, dice, "cisco", 6, 0.7)


@kind(Class.FORWARDED)
def inbound_messagelabs(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Symantec's MessageLabs: a disclaimer for some customers, else untouched."""
    yield from _filtered(stage, dice, "messagelabs", 5, 0.4)


@kind(Class.FORWARDED)
def inbound_sophos(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """Sophos Central: links and banner."""
    yield from _filtered(stage, dice, "sophos", 4, 0.8)


@kind(Class.FORWARDED)
def inbound_spamexperts(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A hoster's incoming filter that passes mail untouched to the customer's mailbox at Google or Microsoft."""
    yield from _filtered(stage, dice, "spamexperts", 7, 0.05, {"google": 50.0, "eo": 40.0, "zoho": 3.0})


@kind(Class.FORWARDED)
def inbound_securemx(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A Japanese provider's filter service in front of a firm's Microsoft 365; attachments are taken out or zipped."""
    hosts = stage.pool("iij")
    for home in correspondents(stage, dice, 9, ("jp",)):
        yield passed_on(stage, home, Way(hosts, None, dice.pick((0.05, 0.5))), dice.spread(12), BEHIND)


@kind(Class.FORWARDED)
def inbound_appliance(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """A firm's or school's own appliance (FortiMail, Barracuda box, Rspamd) that takes the mail first and hands it to the cloud."""
    for number in range(14):
        firm = f"{dice.word()}{dice.word()}{number}.example"
        ptr = dice.pick((None, None, "{ip}.corp-access.example", "", "SERVFAIL"))
        host = stage.town.host(
            stage.town.block(key=firm), f"{dice.pick(('mx', 'mail', 'fortimail', 'gw', 'antispam'))}.{firm}", ptr=ptr
        )
        stage.permit(firm, f"ip4:{host.ip}")
        stage.town.list_on(LOOSE, [host], dice, 0.1)
        for home in correspondents(stage, dice, 2):
            yield passed_on(
                stage, home, Way([host], None, dice.pick((0.0, 0.1, 0.8))), dice.spread(10), {"eo": 75.0, "google": 25.0}
            )


@kind(Class.FORWARDED)
def inbound_school_filter(stage: Stage, dice: Dice) -> Iterator[Flow]:
    """The shared filter of a district or a state that serves hundreds of schools and offices."""
    name = "filter.landesnetz-mitte.example"
    block = stage.town.block(key=name)
    hosts = [stage.town.host(block, f"mx{at:02d}.{name}") for at in range(1, 7)]
    for home in correspondents(stage, dice, 9):
        yield passed_on(stage, home, Way(hosts, None, 0.4), dice.spread(10), {"eo": 60.0, "google": 40.0})
