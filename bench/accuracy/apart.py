"""A flow taken apart into its clues, so that weights can be fitted to many: what the judge adds up, before it is added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from bench.accuracy.labels import Truth
from bench.accuracy.verdicts import Seen, Source

from sekisho.core.facts import Evidence, FlowKey
from sekisho.core.judge import classify, clues
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.case import Case, Signature
from sekisho.core.judge.rules import apply
from sekisho.core.judge.weights import PRIOR
from sekisho.core.terms import Class

ORDER = (Class.SPOOF, Class.FORWARDED, Class.FAILING)
FOLLOWING = (Signature.ABSENT, Signature.BROKEN, Signature.UNTOLD)
"""As in `classify`: flows with such a signature follow their source."""
Parts = dict[str, float]
"""Clues by their key in the table, with their scale; `+0` to `+2` are what stands beside them, for each class."""


class Example(NamedTuple):
    """A flow with records of one kind."""

    parts: Parts
    truly: int
    """Index of the true class in `ORDER`."""
    records: int
    kind: str
    hard: bool


class _Noted(clues.Scales):
    """Scales that note what is put on them."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        super().__init__()
        self.parts: Parts = dict(zip(("+0", "+1", "+2"), PRIOR, strict=True))

    def add(self, key: str, values: clues.Values, scale: float = 1.0) -> None:
        """Notes the clue and adds it."""
        super().add(key, values, scale)
        self.parts[key] = self.parts.get(key, 0.0) + scale

    def push(self, spoof: float, forwarded: float, failing: float) -> None:
        """Notes the rule and adds it."""
        super().push(spoof, forwarded, failing)
        for at, nats in enumerate((spoof, forwarded, failing)):
            self.parts[f"+{at}"] += nats


def examples(seen: Seen, prefix: str) -> Iterator[Example]:
    """The failing flows of a world, each once for every kind that its records are of; kinds are named with the prefix."""
    truths: dict[FlowKey, Counter[Truth]] = defaultdict(Counter)
    for row in seen.rows:
        if row.flow is not None:
            truths[row.flow][row.truth._replace(source="")] += 1
    for source in seen.sources:
        cases, parts = _taken(source, seen.evidence[source[0][0].key.source_ip])
        for (flow, _), some in zip(source, _followed(cases, parts), strict=True):
            for truth, records in truths[flow.key].items():
                if truth.klass in ORDER:
                    yield Example(some, ORDER.index(truth.klass), records, prefix + truth.kind, truth.hard)


def _taken(source: Source, evidence: Evidence) -> tuple[list[Case], list[Parts]]:
    """The flows of a source with their clues."""
    cases, parts = [], []
    usual = clues.Scales
    clues.Scales = _Noted  # type: ignore[misc]
    try:
        envelopes = classify.envelopes_of(source)
        for flow, context in source:
            case = Case(flow, evidence, context, BOOK, envelopes)
            scales = clues.weigh(case, BOOK)
            assert isinstance(scales, _Noted)
            apply(case, scales)
            cases.append(case)
            parts.append(scales.parts)
    finally:
        clues.Scales = usual  # type: ignore[misc]
    return cases, parts


def _followed(cases: Sequence[Case], parts: Sequence[Parts]) -> Iterator[Parts]:
    """The clues after flows without a mark of their own have moved two thirds of the way to those they follow."""
    for case, mine in zip(cases, parts, strict=True):
        like = _like(case, cases)
        if not like:
            yield mine
            continue
        shares = [sqrt(max(cases[at].flow.messages, 1)) for at in like]
        mean: Parts = defaultdict(float)
        for at, share in zip(like, shares, strict=True):
            for key, scale in parts[at].items():
                mean[key] += scale * share / sum(shares)
        yield {key: mine.get(key, 0.0) / 3 + mean.get(key, 0.0) * 2 / 3 for key in {*mine, *mean}}


def _like(case: Case, cases: Sequence[Case]) -> list[int]:
    """Which flows of the source it follows."""
    if len(cases) < 2:
        return []
    if not cases[0].is_shared:
        return list(range(len(cases))) if case.signature in FOLLOWING else []
    if case.signature is not Signature.UNTOLD:
        return []
    return [n for n, one in enumerate(cases) if one.signature is not Signature.UNTOLD and one.envelope == case.envelope]


def sums(parts: Parts, table: Mapping[str, Sequence[float]]) -> list[float]:
    """What the clues add up to with the weights of a table."""
    found = [parts["+0"], parts["+1"], parts["+2"]]
    for key, scale in parts.items():
        if key in table:
            for at, nats in enumerate(table[key]):
                found[at] += nats * scale
    return found
