"""The days of domains for the rules of warnings: every store tells what the plain one does."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.alerts.values import Sums
from sekisho.core.terms import Class, Disposition
from sekisho.store.base import Store
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, evidence, group, judged, row, said
from tests.contract.store.test_oracle import DOMAINS, ORGS, small, steps, worlds


@given(st.lists(steps, min_size=2, max_size=7), st.integers(DAY - 1, DAY + 3), st.integers(DAY, DAY + 20))
@small
@pytest.mark.slow
def test_days_equal_those_of_the_plain_store(story: list[Any], since: int, now: int) -> None:
    with worlds(story) as (store, plain):
        for org in ORGS:
            words = {"since": since, "now": now}
            assert store.domain_days(org, DOMAINS, **words) == plain.domain_days(org, DOMAINS, **words)


def test_what_waits_for_its_verdict_says_nothing(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 5), row("192.0.2.2", 7, dkim=True)])])
    (found,) = store.domain_days(ALICE, ["example.com"], since=DAY - 5, now=DAY + 1)
    assert [g.days for g in found.groups] == [{DAY: Sums(normal=7)}]
    store.judged([judged(Class.SPOOF, "192.0.2.1", said())], at=1, why="new_reports")
    (found,) = store.domain_days(ALICE, ["example.com"], since=DAY - 5, now=DAY + 1)
    assert [g.days for g in found.groups] == [{DAY: Sums(normal=7, spoof=5)}]


def test_genuine_mail_that_was_stopped_is_counted(store: Store) -> None:
    what = said(disposition=Disposition.REJECT)
    store.keep([arrival(1, [row("192.0.2.1", 5, disposition=Disposition.REJECT), row("192.0.2.1", 2)])])
    store.keep_evidence([(evidence("192.0.2.1"), group("svc.mailer"))])
    store.judged([judged(Class.FAILING, "192.0.2.1", w) for w in (what, said())], at=1, why="new_reports")
    (found,) = store.domain_days(ALICE, ["example.com"], since=DAY - 5, now=DAY + 1)
    (mailer,) = found.groups
    assert (mailer.group, mailer.hosts, mailer.days) == ("svc.mailer", 1, {DAY: Sums(failing=7, stopped=5)})


def test_charlie_is_told_nothing_of_alices_days(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 5, dkim=True)])])
    assert store.domain_days(CHARLIE, ["example.com"], since=DAY - 5, now=DAY + 1) == []
