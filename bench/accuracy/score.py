"""Precision, recall and F1 of verdicts, how sure they were, and what else is counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bench.accuracy.verdicts import Told, failed

from sekisho.core.judge.classify import SURE
from sekisho.core.terms import Class

ALL = (Class.NORMAL, Class.FORWARDED, Class.FAILING, Class.SPOOF)
FAILED = ALL[1:]
Pair = tuple[Class, Class, int]
"""True class, class given, weight."""


class Score(NamedTuple):
    """Of one class."""

    precision: float
    recall: float
    f1: float
    truly: int


def scores(pairs: Iterable[Pair], classes: Sequence[Class]) -> dict[Class, Score]:
    """Of each class; a class that is neither there nor given counts as right."""
    hit: Counter[Class] = Counter()
    true: Counter[Class] = Counter()
    given: Counter[Class] = Counter()
    for truly, told, weight in pairs:
        true[truly] += weight
        given[told] += weight
        hit[truly] += weight * (truly is told)
    found = {}
    for c in classes:
        both = true[c] + given[c]
        found[c] = Score(_part(hit[c], given[c]), _part(hit[c], true[c]), 2 * hit[c] / both if both else 1.0, true[c])
    return found


def macro(found: dict[Class, Score]) -> float:
    """The mean F1 of the classes that occur."""
    here = [score.f1 for score in found.values() if score.truly]
    return sum(here) / len(here) if here else 1.0


def by_record(told: Iterable[Told]) -> list[Pair]:
    """Each record counts once."""
    return [(t.truth.klass, t.klass, 1) for t in told]


def by_message(told: Iterable[Told]) -> list[Pair]:
    """Each message counts once."""
    return [(t.truth.klass, t.klass, t.count) for t in told]


def by_source(told: Iterable[Told]) -> list[Pair]:
    """Each domain's failing source counts once: its class is that of most of its failed messages."""
    true: dict[tuple[str, str], Counter[Class]] = defaultdict(Counter)
    given: dict[tuple[str, str], Counter[Class]] = defaultdict(Counter)
    for t in failed(told):
        true[t.domain, t.truth.source][t.truth.klass] += t.count
        given[t.domain, t.truth.source][t.klass] += t.count
    return [(_most(true[key]), _most(given[key]), 1) for key in true]


class Sureness(NamedTuple):
    """Of the failed records: what share is told as sure, how many of those are right, and the genuine ones called spoof."""

    share: float
    right: float
    genuine_called_spoof: float


def sureness(told: Sequence[Told]) -> Sureness:
    """How much is said for sure, and how well."""
    sure = [t for t in told if t.confidence >= SURE]
    genuine = [t for t in sure if t.truth.klass is not Class.SPOOF]
    wrong = _share(genuine, lambda t: t.klass is Class.SPOOF, 0.0)
    return Sureness(_part(len(sure), len(told)), _share(sure, lambda t: t.klass is t.truth.klass), wrong)


def genuine_called_spoof(told: Sequence[Told]) -> float:
    """Share of the genuine failed records that are called spoof."""
    return _share([t for t in told if t.truth.klass is not Class.SPOOF], lambda t: t.klass is Class.SPOOF, 0.0)


def spoof_called_genuine(told: Sequence[Told]) -> float:
    """Share of the spoofed records that are called anything else."""
    return _share([t for t in told if t.truth.klass is Class.SPOOF], lambda t: t.klass is not Class.SPOOF, 0.0)


def calibration(told: Iterable[Told]) -> list[tuple[float, float, int, float, float]]:
    """Bounds of confidence, records, mean confidence, share that is right."""
    bounds = (0.33, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
    lines = []
    cases = list(told)
    for low, high in pairwise(bounds):
        some = [t for t in cases if low <= t.confidence < high]
        if some:
            mean = sum(t.confidence for t in some) / len(some)
            lines.append((low, high, len(some), mean, _share(some, lambda t: t.klass is t.truth.klass)))
    return lines


def confusion(told: Iterable[Told]) -> Counter[tuple[Class, Class]]:
    """Records by true class and class given."""
    return Counter((t.truth.klass, t.klass) for t in told)


def _part(some: int, whole: int) -> float:
    return some / whole if whole else 1.0


def _share(some: Sequence[Told], is_one: Callable[[Told], bool], empty: float = 1.0) -> float:
    return sum(map(is_one, some)) / len(some) if some else empty


def _most(counts: Counter[Class]) -> Class:
    return max(FAILED, key=lambda klass: (counts[klass], klass))
