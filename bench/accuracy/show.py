"""The figures as text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bench.accuracy import score
from bench.accuracy.rivals import RIVALS
from bench.accuracy.score import ALL, FAILED
from bench.accuracy.verdicts import Told, failed

from sekisho.core.judge.classify import SURE
from sekisho.core.terms import Class


def summary(told: Sequence[Told]) -> Iterator[str]:
    """Macro-F1 by record, message and source, and the counts of what must not be."""
    bad = failed(told)
    hard = [t for t in bad if t.truth.hard]
    yield f"records {len(told)}, failed {len(bad)}, hard {len(hard)}; messages {sum(t.count for t in told)}"
    for name, some, classes in (("all", told, ALL), ("failed", bad, FAILED), ("hard", hard, FAILED)):
        by_record = score.macro(score.scores(score.by_record(some), classes))
        by_message = score.macro(score.scores(score.by_message(some), classes))
        yield f"macro-F1 {name:7} by record {by_record:.4f}  by message {by_message:.4f}"
    yield f"macro-F1 by source {score.macro(score.scores(score.by_source(told), FAILED)):.4f}"
    yield f"genuine failed records called spoof {score.genuine_called_spoof(bad):.4f}"
    yield f"spoofed records called genuine {score.spoof_called_genuine(bad):.4f}"
    sure = score.sureness(bad)
    yield f"sure: share {sure.share:.4f}, right {sure.right:.4f}, genuine called spoof {sure.genuine_called_spoof:.4f}"


def untroubled(told: Iterable[Told], domains: frozenset[str]) -> str:
    """Records of domains without any trouble that were called something bad."""
    mine = [t for t in told if t.domain in domains]
    bad = Counter(t.klass for t in mine if t.klass in (Class.SPOOF, Class.FAILING))
    return f"domains without trouble: {len(mine)} records, {bad[Class.SPOOF]} called spoof, {bad[Class.FAILING]} called failing"


def table(told: Sequence[Told]) -> Iterator[str]:
    """Precision, recall and F1 of each class, by record, message and source."""
    yield "class       by record: prec.  recall  F1      by message: prec.  recall  F1      by source: prec.  recall  F1"
    kinds = [score.scores(pairs, ALL) for pairs in (score.by_record(told), score.by_message(told), score.by_source(told))]
    for klass in ALL:
        cells = (f"{k[klass].precision:.4f}  {k[klass].recall:.4f}  {k[klass].f1:.4f}" for k in kinds)
        yield f"{klass:11}            " + "              ".join(cells)


def confusion(told: Iterable[Told]) -> Iterator[str]:
    """The confusion matrix, by record."""
    counts = score.confusion(told)
    yield "true \\ told " + "".join(f"{c:>11}" for c in ALL)
    for true in ALL:
        yield f"{true:11} " + "".join(f"{counts[true, given]:11}" for given in ALL)


def sure(told: Iterable[Told]) -> list[Told]:
    """The failed records with a verdict that is sure."""
    return [t for t in failed(told) if t.confidence >= SURE]


def calibration(told: Iterable[Told]) -> Iterator[str]:
    """What was said beside what was so."""
    yield "confidence    records  mean said  right"
    for low, high, number, mean, right in score.calibration(told):
        yield f"{low:.2f} - {min(high, 1):.2f} {number:10}  {mean:.3f}      {right:.3f}"


def kinds(told: Iterable[Told]) -> Iterator[str]:
    """Each kind: records, what they were called, the share that is sure, and of those the share that is right."""
    some: dict[str, list[Told]] = defaultdict(list)
    for t in failed(told):
        some[t.truth.kind].append(t)
    yield f"{'kind':26} {'truly':10} hard records   right    sure  sure and right  spoof/forwarded/failing"
    for kind, mine in sorted(some.items(), key=lambda item: (item[1][0].truth.klass, item[0])):
        given = Counter(t.klass for t in mine)
        right = sum(t.klass is t.truth.klass for t in mine) / len(mine)
        sure = score.sureness(mine)
        counts = "/".join(str(given[c]) for c in (Class.SPOOF, Class.FORWARDED, Class.FAILING))
        mark = "hard" if mine[0].truth.hard else "    "
        head = f"{kind:26} {mine[0].truth.klass:10} {mark} {len(mine):7}"
        yield f"{head}  {right:.3f}   {sure.share:.3f}           {sure.right:.3f}  {counts}"


def agreement(one: Iterable[Told], other: Iterable[Told]) -> Iterator[str]:
    """How many records two ways of judging the same ones call alike, and what the others are called, by kind."""
    differ: Counter[tuple[str, Class]] = Counter()
    ones, others = Counter(map(_named, one)), Counter(map(_named, other))
    yield f"records {ones.total()}, called alike by the direct run {(ones & others).total()}"
    for (_, _, _, kind, klass), number in (ones - others).items():
        differ[kind, klass] += number
    for (kind, klass), number in sorted(differ.items()):
        yield f"{kind:26} called {klass:10} only this way: {number}"


def _named(t: Told) -> tuple[str, str, int, str, Class]:
    return (t.domain, t.truth.source, t.count, t.truth.kind, t.klass)


def rivals(told: Sequence[Told]) -> Iterator[str]:
    """The same figures of simple rules."""
    yield f"{'rule':26} F1 all  F1 failed  genuine called spoof  spoof called genuine"
    for name, rule in RIVALS.items():
        theirs = [t._replace(klass=rule(t)) for t in told]
        bad = failed(theirs)
        every = score.macro(score.scores(score.by_record(theirs), ALL))
        some = score.macro(score.scores(score.by_record(bad), FAILED))
        lost, missed = score.genuine_called_spoof(bad), score.spoof_called_genuine(bad)
        yield f"{name:26} {every:.4f}  {some:.4f}     {lost:.4f}                {missed:.4f}"
