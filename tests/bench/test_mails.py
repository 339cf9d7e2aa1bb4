"""A labelled world sent as mails through the commands of the product is judged as the same world handed over as values."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from bench.accuracy.abroad import make_world
from bench.accuracy.labels import World
from bench.accuracy.mails import judge_by_mail, reporter_of, write_mails
from bench.accuracy.verdicts import Told, judge_world

from sekisho.core.reports.open import open_delivery
from sekisho.core.terms import Class

KINDS = frozenset({"scanner", "key_withdrawn", "old_alias_dead_dns", "botnet_dialup", "no_such_subdomain", "made_up_selector"})


def only(world: World, *names: str) -> World:
    """The world with some of its owners."""
    reports = [(owner, report) for owner, report in world.reports if owner in names]
    keys = {(report.reporter, report.report_id) for _, report in reports}
    truth = {key: value for key, value in world.truth.items() if key[:2] in keys}
    return replace(world, owners=tuple(o for o in world.owners if o.name in names), reports=reports, truth=truth)


@pytest.fixture(scope="module")
def world() -> World:
    return only(make_world(7, kinds=KINDS), "Maison Verlaine", "Castellan Holdings")


def named(told: list[Told]) -> Counter[tuple[object, ...]]:
    return Counter((t.domain, t.truth, t.count, t.klass, round(t.confidence, 3)) for t in told)


def test_each_report_is_one_mail_that_opens_to_the_same_rows(world: World, tmp_path: Path) -> None:
    write_mails(world, {owner.name: tmp_path / str(n) for n, owner in enumerate(world.owners)})
    found = Counter()
    for path in tmp_path.glob("*/*.eml"):
        (opened,) = open_delivery(path.read_bytes()).reports
        found[opened.reporter, opened.report_id] += 1
        sent = next(r for _, r in world.reports if (r.reporter, r.report_id) == (opened.reporter, opened.report_id))
        assert [(r.source_ip, r.count, r.said.dkim) for r in opened.rows] == [
            (r.source_ip, r.count, r.said.dkim) for r in sent.rows
        ]
    assert found == Counter((r.reporter, r.report_id) for _, r in world.reports)
    assert len({reporter_of(r).habit for _, r in world.reports}) > 5


@pytest.mark.slow
@pytest.mark.needs_knot
def test_mails_bring_the_classes_that_values_bring(world: World, tmp_path: Path) -> None:
    told, direct = named(judge_by_mail(world, tmp_path)), named(judge_world(world))
    assert told.total() == len(world.truth)
    assert {each[3] for each in told} >= {Class.NORMAL, Class.SPOOF}
    assert (told - direct, direct - told) == (Counter(), Counter())
