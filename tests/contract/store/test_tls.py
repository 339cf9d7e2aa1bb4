"""What every store answers about TLS reports; the embedded one on made-up worlds as the plain one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sekisho.core.reports.values import Note, TlsFailure, TlsPolicy, TlsReport
from sekisho.store.base import Store
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Filter, Page
from tests.contract.store.build import ALICE, CHARLIE, DAY, everything, tls_report
from tests.contract.store.plain import PlainStore

SORTS = ("begin", "reporter", "domain", "sessions", "failed")
NAMES = ("Receiver", "Näher & 100%", "受信者", "")
TYPES = ("certificate-expired", "starttls-not-supported", "", "x'y\"z")

details = st.builds(
    TlsFailure,
    st.sampled_from(TYPES),
    st.just("192.0.2.7"),
    st.sampled_from(("mx1.example.com", "mx2.example.com", "")),
    st.just("198.51.100.7"),
    st.sampled_from((0, 1, 7, 2**62)),
)
policies = st.builds(
    TlsPolicy,
    st.sampled_from(("sts", "tlsa", "no-policy-found")),
    st.just("example.com"),
    st.sampled_from(((), ("version: STSv1",))),
    st.sampled_from(((), ("mx.example.com", "受信.example"))),
    st.sampled_from((0, 3, 1000, 2**62)),
    st.sampled_from((0, 1, 2**62)),
    st.lists(details, max_size=3).map(tuple),
)
reports = st.builds(
    lambda name, number, day, said, notes: TlsReport(
        name, "a@b.example", f"id-{number}", day * 86_400, day * 86_400 + 86_399, said, notes
    ),
    st.sampled_from(NAMES),
    st.integers(0, 3),
    st.integers(DAY, DAY + 3),
    st.lists(policies, max_size=3).map(tuple),
    st.sampled_from(((), (Note("odd_count", "A number is odd", "x"),))),
)
arrivals = st.lists(
    st.tuples(st.sampled_from((ALICE, CHARLIE)), st.sampled_from(("example.com", "example.org")), reports), max_size=8
)
some = lambda values: st.lists(st.sampled_from(values), max_size=2).map(tuple)  # noqa: E731
filters = st.builds(
    Filter,
    st.sampled_from((ALICE, CHARLIE)),
    st.integers(DAY - 1, DAY + 2),
    st.integers(DAY + 1, DAY + 4),
    domains=some(("example.com", "example.org")),
    reporters=some(NAMES),
)


@given(arrivals, st.lists(filters, min_size=1, max_size=3))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@pytest.mark.slow
def test_answers_equal_those_of_the_plain_store(kept: list[Any], questions: list[Filter]) -> None:
    store, plain = EmbeddedStore(StoreSettings(":memory:")), PlainStore()
    try:
        for number, (org, domain, report) in enumerate(kept):
            mine, theirs = (s.keep_tls(org, domain, number, report) for s in (store, plain))
            assert (mine.key, mine.first_delivery) == (theirs.key, theirs.first_delivery)
        for f in questions:
            agree(store, plain, f)
    finally:
        store.close()


def agree(store: Store, plain: Any, f: Filter) -> None:
    """Every answer of both is the same."""
    assert store.tls_bounds(f.org) == plain.tls_bounds(f.org)
    assert store.tls_days(f) == plain.tls_days(f)
    for column in ("reporter", "policy_type", "domain"):
        assert store.tls_shares(f, column, limit=2) == plain.tls_shares(f, column, limit=2)
    for column in ("result_type", "receiving_mx_hostname"):
        assert store.tls_failures(f, column, limit=2) == plain.tls_failures(f, column, limit=2)
    for sort in SORTS:
        mine, theirs = (s.tls_reports(f, Page(sort, 1, 4)) for s in (store, plain))
        assert mine == theirs, sort
    assert store.tls_policies(f, Page(size=5)) == plain.tls_policies(f, Page(size=5))
    for line in plain.tls_reports(f, Page("begin", 1, 100)).rows:
        assert store.tls_report(f.org, line.key) == plain.tls_report(f.org, line.key)
        of_one = Filter(f.org, f.since, f.until, report=line.key)
        assert store.tls_policies(of_one, Page()) == plain.tls_policies(of_one, Page())


def test_sums_are_of_policies_and_failures_of_their_details(store: Store) -> None:
    for number, failed in ((1, 2), (2, 5)):
        store.keep_tls(ALICE, "example.com", number, tls_report(number, failed=failed))
    f = everything()
    (day,) = store.tls_days(f)
    assert (day.day, day.successful, day.failed) == (DAY, 20, 7)
    (kind,) = store.tls_failures(f, "result_type")
    assert (kind.value, kind.sessions, kind.others, kind.reporters) == ("certificate-expired", 7, ("mx.example.com",), 1)
    (host,) = store.tls_failures(f, "receiving_mx_hostname")
    assert (host.value, host.others) == ("mx.example.com", ("certificate-expired",))
    answer = store.tls_reports(f, Page("-failed", 1, 1))
    assert (answer.total, answer.rows[0].failed, answer.rows[0].report_id) == (2, 5, "tls-2")
    (fact,) = store.tls_policies(everything(report=answer.rows[0].key), Page()).rows
    assert fact.policy == tls_report(2, failed=5).policies[0]


def test_nothing_is_told_to_another_organisation(store: Store) -> None:
    key = store.keep_tls(ALICE, "example.com", 1, tls_report(1)).key
    f = everything(CHARLIE)
    assert store.tls_bounds(CHARLIE) is None
    assert store.tls_report(CHARLIE, key) is None
    assert (store.tls_days(f), store.tls_shares(f, "reporter"), store.tls_failures(f, "result_type")) == ([], [], [])
    assert store.tls_reports(f, Page("-begin")).total == store.tls_policies(f, Page()).total == 0


def test_erasing_takes_tls_reports_along(store: Store) -> None:
    store.keep_tls(ALICE, "example.com", 1, tls_report(1))
    store.keep_tls(ALICE, "example.org", 2, tls_report(1))
    store.erase(ALICE, domain="example.com")
    assert [line.domain for line in store.tls_reports(everything(), Page("-begin")).rows] == ["example.org"]
    store.erase(ALICE, before_day=DAY + 1)
    assert store.tls_bounds(ALICE) is None


@pytest.mark.parametrize("column", ["failures", "domain; DROP TABLE fact", ""])
def test_other_columns_are_refused(column: str) -> None:
    store = EmbeddedStore(StoreSettings(":memory:"))
    for ask in (store.tls_shares, store.tls_failures):
        with pytest.raises(ValueError, match="no column"):
            ask(everything(), column)
    store.close()
