"""A labelled world in which mail is simulated on its way: senders' machines, forwarders, receivers' checks, their reports.

It was written without knowledge of what the judge looks at, and nothing is fitted on it.
"""

from __future__ import annotations

from bench.accuracy.elsewhere.assembly import assemble
from bench.accuracy.elsewhere.kinds import KINDS
from bench.accuracy.labels import World

KIND_NAMES = frozenset(KINDS)
"""All kinds of troubled source that can be played."""


def make_world(seed: int, *, kinds: frozenset[str] | None = None) -> World:
    """The world of a seed; `kinds` limits which kinds of troubled source are played, None plays all."""
    return assemble(seed, kinds)
