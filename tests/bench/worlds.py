"""What holds of every labelled world, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.accuracy.labels import Truth, World

from sekisho.core.reports.values import AggregateReport, Record
from sekisho.core.terms import Aligned, Class


def rows(world: World) -> Iterator[tuple[str, AggregateReport, Record, Truth]]:
    """Owner, report, record and truth of each row."""
    for owner, report in world.reports:
        for number, record in enumerate(report.rows):
            yield owner, report, record, world.truth[report.reporter, report.report_id, number]


def said_of(world: World) -> list[object]:
    """All that its reports say, as values that compare."""
    return [
        (r.report_id, r.begin, [(rec.source_ip, rec.count, rec.said.dkim, rec.said.spf) for rec in r.rows])
        for _, r in world.reports
    ]


def repeats_itself(make_world: Callable[..., World], kinds: frozenset[str]) -> None:
    """Equal seeds give equal worlds, and others differ."""
    one, two, other = (make_world(seed, kinds=kinds) for seed in (3, 3, 4))
    assert said_of(one) == said_of(two)
    assert (one.truth, one.zone, one.listings) == (two.truth, two.zone, two.listings)
    assert said_of(one) != said_of(other)


def knows_each_row(world: World) -> None:
    """Every row has its truth, and no truth is left over."""
    keys = [(report.reporter, report.report_id) for _, report in world.reports]
    assert len(keys) == len(set(keys))
    found = list(rows(world))
    assert len(found) == len(world.truth)
    assert all(record.source_ip == truth.source for _, _, record, truth in found)


def is_normal_where_dmarc_passed(world: World) -> None:
    """A row is normal exactly where DMARC passed."""
    for _, _, record, truth in rows(world):
        passed = Aligned.PASS in (record.said.dkim_aligned, record.said.spf_aligned)
        assert passed is (truth.klass is Class.NORMAL), truth
