"""No question tells one organisation anything of another, and nothing done for one touches the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sekisho.core.terms import Class
from sekisho.store.base import Store
from sekisho.store.query import Filter, Page
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, everything, evidence, group, judged, row, said

QUESTIONS: dict[str, Callable[[Store, Filter], Any]] = {
    "days": lambda s, f: s.days(f),
    "split": lambda s, f: s.split(f),
    "domains": lambda s, f: s.domains(f),
    "groups": lambda s, f: s.groups(f, Page()),
    "hosts": lambda s, f: s.hosts(f, Page()),
    "places": lambda s, f: s.places(f),
    "reports": lambda s, f: s.reports(f, Page("-begin")),
    "rows": lambda s, f: s.rows(f, Page()),
    "export": lambda s, f: list(s.export(f)),
    "shares": lambda s, f: [s.shares(f, c, by="class") for c in ("domain", "reporter", "sgroup", "source_ip", "envelope_from")],
    "flows": lambda s, f: s.flows(f),
    "changes": lambda s, f: [s.changes(f.org, ip) for ip in ("192.0.2.1", "192.0.2.2", "198.51.100.1")],
    "bounds": lambda s, f: s.bounds(f.org),
    "reporters_seen": lambda s, f: s.reporters_seen(f),
    "first_seen": lambda s, f: [s.first_seen(f.org, ip) for ip in ("192.0.2.1", "192.0.2.2", "198.51.100.1")],
    "failing_flows": lambda s, f: list(s.failing_flows(f.org, ["example.com"], since=f.since, until=f.until)),
    "touched": lambda s, f: [t for t in s.touched() if t[0] == f.org],
}


def alices(store: Store) -> None:
    """What Alice's organisation has."""
    store.keep_evidence([(evidence("192.0.2.1", "mx.example.net", at=1), group("dom.example.net"))])
    store.keep([arrival(1, [row("192.0.2.1", 3, dkim=True), row("192.0.2.2", 4)])])
    store.judged([judged(Class.FAILING, "192.0.2.2", said(), "a")], at=1, why="new_reports")
    store.judged([judged(Class.FORWARDED, "192.0.2.2", said(), "b")], at=2, why="decision")


def charlies(store: Store) -> None:
    """As much of Charlie's, with the same domain, reporters, ways and an address of its own."""
    rows = [row("192.0.2.1", 30, dkim=True), row("198.51.100.1", 50), row("192.0.2.1", 2)]
    store.keep([arrival(1, rows, org=CHARLIE), arrival(2, rows, org=CHARLIE, day=DAY + 1)])
    told = [judged(klass, "198.51.100.1", said(), org=CHARLIE) for klass in (Class.SPOOF, Class.FAILING)]
    for at, verdict in enumerate(told):
        store.judged([verdict], at=at, why="new_reports")


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_the_same_whatever_another_organisation_has(store: Store, name: str) -> None:
    alices(store)
    before = QUESTIONS[name](store, everything())
    assert before
    charlies(store)
    assert QUESTIONS[name](store, everything()) == before
    assert QUESTIONS[name](store, everything(CHARLIE)) != before


def test_a_report_of_another_organisation_is_not_found(store: Store) -> None:
    (mine,) = store.keep([arrival(1, [row("192.0.2.1")])])
    (theirs,) = store.keep([arrival(1, [row("192.0.2.1")], org=CHARLIE)])
    assert store.report(ALICE, mine.key) is not None
    assert store.report(ALICE, theirs.key) is None
    assert store.report_head(ALICE, theirs.key) is None
    assert store.split(everything(report=theirs.key)).messages == 0
    assert store.rows(everything(report=theirs.key), Page()).total == 0


def test_free_text_finds_nothing_by_the_words_of_another_organisation(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    store.keep([arrival(77, [row("192.0.2.9", 5)], org=CHARLIE, reporter="secret.example")])
    for words in ("secret", "id-77", "192.0.2.9"):
        assert store.split(everything(text=words)).messages == 0
        assert store.split(everything(CHARLIE, text=words)).messages == 5


def test_a_verdict_for_one_organisation_changes_no_fact_of_another(store: Store) -> None:
    for org in (ALICE, CHARLIE):
        store.keep([arrival(1, [row("192.0.2.1", 3)], org=org)])
    store.judged([judged(Class.SPOOF, "192.0.2.1", said())], at=1, why="new_reports")
    assert store.split(everything()).spoof == 3
    assert store.split(everything(CHARLIE)).spoof == 0


def test_erasing_one_organisation_leaves_the_other_whole(store: Store) -> None:
    alices(store)
    charlies(store)
    before = {name: ask(store, everything()) for name, ask in QUESTIONS.items()}
    assert store.erase(CHARLIE) == 6
    assert {name: ask(store, everything()) for name, ask in QUESTIONS.items()} == before
    assert store.bounds(CHARLIE) is None
    assert store.flows(everything(CHARLIE)) == []
    assert store.changes(CHARLIE, "198.51.100.1") == []


def test_elsewhere_tells_how_many_and_only_of_what_failed(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1")], org=org) for org in (ALICE, CHARLIE, 3)])
    store.keep([arrival(2, [row("192.0.2.2", dkim=True)], org=CHARLIE)])
    assert store.elsewhere(ALICE, "192.0.2.1") == 2
    assert store.elsewhere(ALICE, "192.0.2.2") == 0
    assert store.elsewhere(ALICE, "203.0.113.9") == 0
