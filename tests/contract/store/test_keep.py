"""What every store promises of what comes in: each report once, whole, and only its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sekisho.core.errors import KeyCollision
from sekisho.core.reports.values import DkimAuth, Note, Record, Rows
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Policy
from sekisho.store import keep
from sekisho.store.base import Arrival, Store, TlsArrival
from sekisho.store.query import DaySplit, Filter, Page, Split
from tests.contract.store import plain
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, everything, judged, report, row, said, tls_report
from tests.source import needs_source


def test_a_new_report_is_kept_with_its_messages(store: Store) -> None:
    (kept,) = store.keep([arrival(1, [row("192.0.2.1", 3, dkim=True), row("192.0.2.2", 4)])])
    assert kept.is_new
    assert kept.first_delivery == 1
    assert store.days(everything()) == [DaySplit(DAY, Split(normal=3, failing=4))]


def test_keeping_nothing_changes_nothing(store: Store) -> None:
    assert store.keep([]) == []
    assert store.touched() == []


def test_a_report_that_comes_again_changes_nothing_and_names_its_first_delivery(store: Store) -> None:
    (first,) = store.keep([arrival(1, [row("192.0.2.1", 3)], delivery=7)])
    (again,) = store.keep([arrival(1, [row("192.0.2.1", 3)], delivery=8)])
    assert (again.key, again.is_new, again.first_delivery) == (first.key, False, 7)
    assert store.split(everything()).messages == 3


def test_a_report_that_comes_twice_in_one_batch_is_kept_once(store: Store) -> None:
    same = [arrival(1, [row("192.0.2.1", 3)], delivery=n) for n in (7, 8)]
    kept = store.keep([*same, arrival(2, [row("192.0.2.1", 1)], delivery=9)])
    assert [(k.is_new, k.first_delivery) for k in kept] == [(True, 7), (False, 7), (True, 9)]
    assert store.split(everything()).messages == 4


def test_a_report_that_comes_twice_in_one_transaction_is_kept_once(store: Store) -> None:
    with store.transaction():
        store.keep([arrival(1, [row("192.0.2.1", 3)], delivery=7)])
        (again,) = store.keep([arrival(1, [row("192.0.2.1", 3)], delivery=8)])
    assert (again.is_new, again.first_delivery) == (False, 7)
    assert store.split(everything()).messages == 3


@pytest.mark.parametrize(
    "other",
    [
        arrival(1, [row("192.0.2.1")], org=CHARLIE),
        arrival(2, [row("192.0.2.1")]),
        arrival(1, [row("192.0.2.1")], reporter="other.example"),
        arrival(1, [row("192.0.2.1")], domain="example.org"),
        arrival(1, [row("192.0.2.1")], day=DAY + 1),
    ],
)
def test_reports_that_differ_in_one_part_of_their_identity_are_two(store: Store, other: Arrival) -> None:
    kept = store.keep([arrival(1, [row("192.0.2.1")]), other])
    assert [k.is_new for k in kept] == [True, True]
    assert kept[0].key != kept[1].key


@needs_source
def test_two_reports_with_one_key_are_an_error_and_nothing_of_the_batch_is_kept(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (keep, plain):
        monkeypatch.setattr(module, "key63", lambda *_: 42)
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    with pytest.raises(KeyCollision):
        store.keep([arrival(2, [row("192.0.2.2", 5)])])
    assert store.split(everything()).messages == 3


@needs_source
def test_two_reports_of_one_batch_with_one_key_are_an_error(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (keep, plain):
        monkeypatch.setattr(module, "key63", lambda *_: 42)
    with pytest.raises(KeyCollision):
        store.keep([arrival(1, [row("192.0.2.1", 3)]), arrival(2, [row("192.0.2.2", 5)])])
    assert store.split(everything()).messages == 0


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def keep_and_fail() -> None:
        with store.transaction():
            store.keep([arrival(1, [row("192.0.2.1", 3)])])
            assert store.split(everything()).messages == 3
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_fail()
    assert store.split(everything()).messages == 0
    assert store.unknown_addresses(limit=9) == []
    assert store.touched() == []
    (kept,) = store.keep([arrival(1, [row("192.0.2.1", 3)])])
    assert kept.is_new
    assert [r.way for r in store.export(everything())] != []


def test_an_inner_transaction_belongs_to_the_outer_one(store: Store) -> None:
    def keep_and_fail() -> None:
        with store.transaction():
            with store.transaction():
                store.keep([arrival(1, [row("192.0.2.1", 3)])])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_and_fail()
    assert store.bounds(ALICE) is None


def test_a_pass_is_normal_and_the_rest_waits_as_failing_without_confidence(store: Store) -> None:
    rows = [row("192.0.2.1", dkim=True), row("192.0.2.2", spf=True), row("192.0.2.3")]
    store.keep([arrival(1, rows)])
    found = [(f.klass, f.confidence, f.dkim_aligned, f.spf_aligned) for f in store.export(everything())]
    assert found == [("normal", 1.0, True, False), ("normal", 1.0, False, True), ("failing", 0.0, False, False)]


def test_what_the_receiver_does_not_say_is_derived_with_the_policy_of_that_report(store: Store) -> None:
    unsaid = replace(
        said("example.com"),
        dkim_aligned=Aligned.ABSENT,
        spf_aligned=Aligned.ABSENT,
        dkim=(DkimAuth("mail.example.com", "s1", AuthResult.PASS),),
        memo={},
    )
    relaxed, strict = (report(n, [Record("192.0.2.1", 1, unsaid)]) for n in (1, 2))
    strict = replace(strict, policy=replace(strict.policy, adkim=AlignmentMode.STRICT))
    store.keep([Arrival(ALICE, "example.com", 1, relaxed), Arrival(ALICE, "example.com", 2, strict)])
    assert sorted(f.dkim_aligned for f in store.export(everything())) == [False, True]


def test_new_facts_of_a_judged_flow_take_its_verdict(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    store.judged([judged(Class.SPOOF, "192.0.2.1", said(), "no_ptr")], at=1, why="new_reports")
    store.keep([arrival(2, [row("192.0.2.1", 4), row("192.0.2.1", 5, dkim=True)])])
    assert store.split(everything()) == Split(normal=5, spoof=7)
    assert {f.reasons for f in store.export(everything()) if f.klass == "spoof"} == {("no_ptr",)}


def test_new_facts_take_no_verdict_of_another_flow_of_the_address(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3)]), arrival(2, [row("192.0.2.2", 1)], domain="example.org")])
    store.judged([judged(Class.SPOOF, "192.0.2.1", said())], at=1, why="new_reports")
    store.keep([arrival(3, [row("192.0.2.1", 4, selector="x")]), arrival(4, [row("192.0.2.1", 5)], domain="example.org")])
    store.keep([arrival(5, [row("192.0.2.2", 6)])])
    assert store.split(everything()) == Split(failing=1 + 4 + 5 + 6, spoof=3)


def test_a_report_without_rows_is_kept_and_listed(store: Store) -> None:
    (kept,) = store.keep([arrival(1, [])])
    answer = store.reports(everything(), Page("-begin"))
    assert [r.key for r in answer.rows] == [kept.key]  # type: ignore[attr-defined]
    assert store.bounds(ALICE) is None
    assert store.touched() == []


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE fact; --", "a\0b", "\ud800", '"', "\\", "%_", "受信者", "\x1f", "x" * 5000, "?", "$1", "\u2028"]
)
def test_any_text_can_be_kept_and_asked_for(store: Store, words: str) -> None:
    what = replace(said("example.com", envelope=words), header_from=words, memo={})
    bad = report(1, [Record(words.replace("\n", ""), 2, what)], reporter=words)
    bad = replace(bad, notes=(Note(words, words, words),), errors=(words,), report_id=words)
    store.keep([Arrival(ALICE, "example.com", 1, bad), arrival(2, [row("192.0.2.1", 1)])])
    assert store.split(everything()).messages == 3
    assert [k.is_new for k in store.keep([Arrival(ALICE, "example.com", 1, bad)])] == [False]
    (fact,) = store.export(everything(report=store.keep([Arrival(ALICE, "example.com", 1, bad)])[0].key))
    assert fact.count == 2
    held = words.encode("utf-8", "replace").decode()
    if held == words:
        assert (fact.header_from, fact.reporter, fact.report_id) == (words, words, words)
        if words.strip():
            assert store.split(everything(text=words)).messages == 2
    assert store.split(everything(reporters=(held,), hosts=(held,))).messages in (0, 2)


def test_absurd_numbers_do_not_break_a_batch(store: Store) -> None:
    most = 2**63 - 1
    bad = replace(report(1, [row("192.0.2.1", most), row("192.0.2.2", most)]), begin=-(2**70), end=2**70)
    kept = store.keep([Arrival(ALICE, "example.com", 1, bad), arrival(2, [row("192.0.2.1", 1)])])
    assert [k.is_new for k in kept] == [True, True]
    assert store.split(Filter(ALICE, 0, 2**30)).messages == 2 * most + 1


def test_the_order_of_rows_is_kept_by_number(store: Store) -> None:
    rows = [row(f"192.0.2.{n % 250}", n) for n in range(3000)]
    store.keep([arrival(1, rows)])
    facts = list(store.export(everything()))
    assert [f.row for f in facts] == list(range(3000))
    assert [f.count for f in facts] == list(range(3000))
    assert [f.source_ip for f in facts] == [r.source_ip for r in rows]


def test_the_head_of_a_report_is_kept_as_said(store: Store) -> None:
    told = report(1, [row("192.0.2.1")], p=Policy.REJECT)
    told = replace(told, errors=("a", "b"), generator="Maker 1.0", notes=(Note("end_before_begin", "words", "where"),))
    (kept,) = store.keep([Arrival(ALICE, "example.com", 5, told)])
    head = store.report_head(ALICE, kept.key)
    assert head is not None
    assert head["errors"] == ["a", "b"]
    assert head["generator"] == "Maker 1.0"
    assert head["notes"] == [["end_before_begin", "words", "where"]]
    assert head["policy"]["p"] == "reject"  # type: ignore[index]
    found = store.report(ALICE, kept.key)
    assert found is not None
    assert (found.policy, found.notes, found.delivery, found.rows) == ("reject", 1, 5, 1)


def test_a_tls_report_is_kept_once(store: Store) -> None:
    first = store.keep_tls(ALICE, "example.com", 3, tls_report(1))
    again = store.keep_tls(ALICE, "example.com", 4, tls_report(1))
    other = store.keep_tls(CHARLIE, "example.com", 5, tls_report(1))
    assert (first.is_new, again.is_new, other.is_new) == (True, False, True)
    assert (again.key, again.first_delivery) == (first.key, 3)


def test_tls_reports_that_come_together_are_kept_once_each(store: Store) -> None:
    store.keep_tls(ALICE, "example.com", 3, tls_report(1))
    coming = [TlsArrival(ALICE, "example.com", delivery, tls_report(n)) for delivery, n in ((4, 1), (5, 2), (6, 2), (7, 3))]
    kept = store.keep_all_tls(coming)
    assert [k.is_new for k in kept] == [False, True, False, True]
    assert [k.first_delivery for k in kept] == [3, 5, 5, 7]
    assert store.keep_all_tls([]) == []


@pytest.mark.slow
def test_a_report_may_have_more_rows_than_go_in_at_once(store: Store) -> None:
    shared = said(dkim=True)
    rows = Rows()
    for n in range(120_000):
        rows.append(f"198.51.{n // 250 % 250}.{n % 250}", 1, shared)
    big = replace(report(1, []), rows=rows)
    store.keep([Arrival(ALICE, "example.com", 1, big)])
    assert store.split(everything()).normal == 120_000


def test_a_store_knows_what_is_there(store: Store) -> None:
    mine, other = arrival(1, [row("192.0.2.1", 3)]), arrival(2, [row("192.0.2.1", 3)])
    store.keep([mine])
    with store.transaction():
        assert store.there(mine.org, [other.report, mine.report]) == [False, True]
        assert store.there(CHARLIE, [mine.report]) == [False]
        assert store.there(mine.org, []) == []
