"""The owners' proper mail."""

from __future__ import annotations

from collections.abc import Iterator

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Flow, Rhythm
from bench.accuracy.valley.receivers import BY_COUNTRY
from bench.accuracy.valley.services import PLATFORMS
from bench.accuracy.valley.stage import Sender, Stage

VOLUME = 620.0
"""Messages that reporters tell of, of an owner of size 1 and one way of sending."""

CAMPAIGNS = frozenset({"mailchimp", "brevo", "cleverreach", "dotdigital", "blastmail", "cuenote", "zoho_campaigns"})
"""Services that send to many at once."""


def ordinary(stage: Stage) -> Iterator[Flow]:
    """Every proper way of sending of every owner."""
    for home in stage.homes.values():
        for number, sender in enumerate(stage.senders[home.domain]):
            dice = Dice.of(stage.seed, "ordinary", home.domain, number)
            yield _flow(home.domain, home.country, sender, dice.spread(VOLUME * home.size * sender.weight, 0.3))


def _flow(domain: str, country: str, sender: Sender, total: float) -> Flow:
    if sender.name in CAMPAIGNS:
        return Flow(domain, sender.letter, total * 2, Rhythm.WEEKLY, pieces=2, crowd=14)
    if sender.name in PLATFORMS or len(sender.hosts) > 6:
        return Flow(domain, sender.letter, total, Rhythm.WORK, where=BY_COUNTRY[country], pieces=2, crowd=2)
    return Flow(domain, sender.letter, total, Rhythm.DAILY, pieces=2, crowd=4)
