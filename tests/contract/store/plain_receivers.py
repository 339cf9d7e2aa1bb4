"""How like receivers are, as plain as can be: for each kin anew, by going through all records."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sekisho.store import receivers


class Heard(NamedTuple):
    """That a receiver reported a record of an address."""

    ip: str
    reporter: str


def likeness(failing: Sequence[Heard], own: Sequence[Heard], kin: Sequence[Heard]) -> float:
    """How like the receivers of `kin`, some of the domain's failing records, are to those of its `own` passing records.

    1. Each address with failing mail has one vote, which its receivers share by their records.
    2. A receiver is like by how much more often it reports own mail than its share of the votes.
    3. The kin is like by the mean over its receivers, each with the root of its records.
    """
    if len(own) < receivers.ENOUGH:
        return 0.0
    usual, seen = _votes(failing), Counter(heard.reporter for heard in own)
    total = roots = 0
    for reporter, records in Counter(heard.reporter for heard in kin).items():
        share = max(usual[reporter] / sum(usual.values()), receivers.RARE)
        nats = math.log((seen[reporter] + receivers.UNSEEN * share) / (len(own) + receivers.UNSEEN) / share)
        root = round(1000 * math.sqrt(records))
        total += round(1000 * max(-receivers.MOST, min(receivers.MOST, nats))) * root
        roots += root
    mean = total / roots / 1000
    far = max(abs(mean) - receivers.DEAD, 0.0) * len(kin) / (len(kin) + receivers.HALF)
    return math.copysign(far, mean) if far else 0.0


def _votes(failing: Sequence[Heard]) -> Counter[str]:
    """The votes of receivers, in millionths of an address."""
    by_ip: dict[str, Counter[str]] = defaultdict(Counter)
    for heard in failing:
        by_ip[heard.ip][heard.reporter] += 1
    votes: Counter[str] = Counter()
    for reporters in by_ip.values():
        for reporter, records in reporters.items():
            votes[reporter] += round(1_000_000 * records / reporters.total())
    return votes
