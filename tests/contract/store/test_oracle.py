"""Every answer of the embedded store on small made-up worlds equals the plain store's, which goes through all facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sekisho.core.facts import Context, Evidence, Flow, FlowKey, Group, Place, Verdict
from sekisho.core.reports.values import Record
from sekisho.core.terms import Class, Disposition, Found, Policy
from sekisho.store.base import Arrival, Judged
from sekisho.store.embedded import EmbeddedStore, StoreSettings
from sekisho.store.query import Answer, Filter, Page
from tests.contract.store.build import DAY, report, said, verdict
from tests.contract.store.plain import PlainStore, sort_key

ORGS = (1, 2)
DOMAINS = ("example.com", "mail.example.com", "example.org")
IPS = ("192.0.2.1", "192.0.2.77", "192.0.3.1", "198.51.100.9", "2001:db8::1", "2001:db8:0:1::2", "2001:db8:1::1", "no address")
REPORTERS = ("receiver.example", "Näher & 100%_Söhne", "受信者 'x' \"y\" \\", "RECEIVER.test")
GROUPS = ("unknown", "svc.mailer", "svc.shop", "dom.example.net")
CODES = st.lists(st.sampled_from(("own_pass", "no_ptr", "listed")), max_size=2)

saids = st.builds(
    said,
    st.sampled_from(DOMAINS),
    dkim=st.booleans(),
    spf=st.booleans(),
    envelope=st.sampled_from(("", "bounce.example.com", "example.net")),
    selector=st.sampled_from(("s1", "s2")),
    disposition=st.sampled_from(Disposition),
)
records = st.builds(Record, st.sampled_from(IPS), st.sampled_from((0, 1, 2, 3, 1000)), saids)
reports = st.builds(
    report,
    st.integers(0, 5),
    st.lists(records, max_size=5),
    domain=st.sampled_from(DOMAINS),
    reporter=st.sampled_from(REPORTERS),
    day=st.integers(DAY, DAY + 3),
    p=st.sampled_from(Policy),
)
arrivals = st.builds(
    lambda org, delivery, r: Arrival(org, r.policy.domain, delivery, r), st.sampled_from(ORGS), st.integers(1, 9), reports
)
places = st.sampled_from((Place(), Place("JP"), Place("JP", "Tokyo", 35.5, 139.5), Place("DE", "Köln", 50.75, 7.0)))
evidences = st.builds(
    Evidence,
    st.sampled_from(IPS),
    ptr_state=st.sampled_from(Found),
    ptr=st.sampled_from(("", "mx.example.net", "a.b.example.net")),
    confirmed=st.sampled_from(Found),
    place=places,
    asn=st.sampled_from((0, 64500)),
    as_name=st.sampled_from(("", "Example Net")),
    listed=st.sampled_from(((), ("list.example",))),
    lists_asked=st.integers(0, 2),
    at=st.integers(0, 3),
)
found = st.tuples(evidences, st.sampled_from(GROUPS).map(lambda key: Group(key, key[4:].title())))
verdicts: st.SearchStrategy[Verdict] = st.builds(
    lambda klass, sure, codes, advice: verdict(klass, sure, *codes, advice=advice),
    st.sampled_from((Class.FORWARDED, Class.FAILING, Class.SPOOF)),
    st.sampled_from((0.5, 0.75, 0.9)),
    CODES,
    st.sampled_from(("", "fix_dkim", "report")),
)
steps = st.one_of(
    st.tuples(st.just("keep"), st.lists(arrivals, min_size=1, max_size=6)),
    st.tuples(st.just("evidence"), st.lists(found, max_size=6)),
    st.tuples(st.just("judge"), st.lists(st.tuples(st.integers(0, 30), verdicts), max_size=8)),
)


def some(values: Sequence[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Mostly no condition, for many together find nothing."""
    nothing = st.just(())
    return st.one_of(nothing, nothing, nothing, nothing, st.lists(st.sampled_from(values), min_size=1, max_size=2).map(tuple))


filters = st.builds(
    Filter,
    st.sampled_from(ORGS),
    st.integers(DAY - 1, DAY + 2),
    st.integers(DAY + 1, DAY + 4),
    domains=some(DOMAINS),
    groups=some(GROUPS),
    hosts=some((*IPS, "192.0.2.0/24", "192.0.2.64/27", "192.0.0.0/15", "2001:db8::/63", "2001:db8::/32", "0.0.0.0/0", "::/0")),
    reporters=some(REPORTERS),
    classes=some(tuple(Class)),
    dispositions=some(tuple(d.value for d in Disposition)),
    dkim=st.sampled_from((None, None, None, None, True, False)),
    spf=st.sampled_from((None, None, None, None, True, False)),
    text=st.sampled_from(("",) * 20 + ("example", "100%", "_", "\\", "näHER", "受信", "id-1", "mx.", "192.0.2.", "MAILER", "'")),
)
plain_filters = st.builds(
    Filter, st.sampled_from(ORGS), st.just(DAY), st.just(DAY + 4), domains=some(DOMAINS), reporters=some(REPORTERS)
)

GROUP_SORTS = ("messages", "spoof", "failing", "forwarded", "normal", "hosts", "first_day", "last_day", "group", "urgency")
HOST_SORTS = (
    *GROUP_SORTS[:5],
    "first_day",
    "last_day",
    "group",
    "urgency",
    "domains",
    "source_ip",
    "ptr",
    "country",
    "asn",
    "confidence",
)
REPORT_SORTS = ("begin", "reporter", "domain", "messages", "rows")
ROW_SORTS = ("messages", "day", "source_ip", "row", "class")
LISTS = {"groups": GROUP_SORTS, "hosts": HOST_SORTS, "reports": REPORT_SORTS, "rows": ROW_SORTS}
WHOLE = 1000


@contextmanager
def worlds(story: list[tuple[str, Any]]) -> Iterator[tuple[EmbeddedStore, PlainStore]]:
    """Two stores that were told the same, and answered alike on the way."""
    store, plain = EmbeddedStore(StoreSettings(":memory:", stage_rows=4)), PlainStore()
    try:
        for n, (what, values) in enumerate(story):
            if what == "keep":
                assert store.keep(values) == plain.keep(values)
            elif what == "evidence":
                # of two on one address in one call the newer counts, which the plain store reaches by their order
                ordered = sorted(values, key=lambda v: v[0].at)
                store.keep_evidence(values)
                plain.keep_evidence(ordered)
            else:
                flows = sorted({f.flow for f in plain.w.facts if not f.passed})
                told = [Judged(flows[i % len(flows)], v) for i, v in values] if flows else []
                assert store.judged(told, at=n, why="new_reports") == plain.judged(told, at=n, why="new_reports")
        yield store, plain
    finally:
        store.close()


stories = st.lists(steps, min_size=1, max_size=6)
questions = st.lists(st.one_of(filters, plain_filters), min_size=1, max_size=3)
asked = given(stories, questions)
small = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a failing world smaller takes minutes
)


@asked
@small
@pytest.mark.slow
def test_sums_equal_those_of_the_plain_store(story: list[Any], questions: list[Filter]) -> None:
    with worlds(story) as (store, plain):
        for f in questions:
            assert store.split(f) == plain.split(f)
            assert store.days(f) == plain.days(f)
            assert store.domains(f) == plain.domains(f)
            assert store.reporters_seen(f) == plain.reporters_seen(f)
            assert store.places(f) == plain.places(f)
            assert store.flows(f) == plain.flows(f) or same(store.flows(f), plain.flows(f))
            for column in ("domain", "reporter", "header_from", "envelope_from", "disposition", "class", "sgroup", "source_ip"):
                assert store.shares(f, column, by="class", limit=3) == plain.shares(f, column, by="class", limit=3)
            assert store.shares(f, "reporter", by="sgroup") == plain.shares(f, "reporter", by="sgroup")
            assert store.shares(f, "source_ip", by="sgroup") == plain.shares(f, "source_ip", by="sgroup")
            assert store.bounds(f.org) == plain.bounds(f.org)


@given(stories, questions, st.integers(0, 999))
@small
@pytest.mark.slow
def test_lists_equal_those_of_the_plain_store_in_every_order(story: list[Any], questions: list[Filter], turn: int) -> None:
    with worlds(story) as (store, plain):
        for f in questions:
            for ask, names in LISTS.items():
                name = names[turn % len(names)]
                page = Page("-" * (turn % 2) + name, 1, WHOLE)
                mine, theirs = getattr(store, ask)(f, page), getattr(plain, ask)(f, page)
                if ask == "groups":
                    mine, theirs = (told_busiest(answer, plain, f) for answer in (mine, theirs))
                in_order(mine, theirs, name, rows=ask == "rows")
            assert list(store.export(f)) == list(plain.export(f))


@asked
@small
@pytest.mark.slow
def test_what_the_judge_is_told_equals_that_of_the_plain_store(story: list[Any], questions: list[Filter]) -> None:
    with worlds(story) as (store, plain):
        for f in questions:
            for domains in (DOMAINS[:1], DOMAINS):
                for only in (None, ["192.0.2.1", "2001:db8::1"]):
                    words = {"since": f.since, "until": f.until, "addresses": only}
                    mine, theirs = (told(s.failing_flows(f.org, domains, **words)) for s in (store, plain))
                    assert mine.keys() == theirs.keys()
                    for key, values in mine.items():
                        assert values == theirs[key]
        assert store.evidence(IPS) == plain.evidence(IPS)
        assert sorted(store.touched()) == sorted(plain.touched())
        for ip in IPS:
            for org in ORGS:
                assert store.first_seen(org, ip) == plain.first_seen(org, ip)
                assert store.elsewhere(org, ip) == plain.elsewhere(org, ip)
                assert store.changes(org, ip) == plain.changes(org, ip)
        for older in (0, 2):
            mine, theirs = (s.unknown_addresses(limit=50, older_than=older) for s in (store, plain))
            assert sorted(mine) == sorted(theirs)
        for failing in (True, False):
            mine, theirs = (s.without_evidence(limit=50, failing=failing) for s in (store, plain))
            assert sorted(mine) == sorted(theirs)


@asked
@small
@pytest.mark.slow
def test_what_is_left_after_erasing_equals_that_of_the_plain_store(story: list[Any], questions: list[Filter]) -> None:
    with worlds(story) as (store, plain):
        for f in questions:
            before = f.since if f.dkim is None else None
            domain = f.domains[0] if f.domains else None
            assert store.erase(f.org, domain=domain, before_day=before) == plain.erase(f.org, domain=domain, before_day=before)
            for org in ORGS:
                everything = Filter(org, DAY - 9, DAY + 9)
                assert list(store.export(everything)) == list(plain.export(everything))
                assert same(store.flows(everything), plain.flows(everything))
                for ip in IPS:
                    assert store.changes(org, ip) == plain.changes(org, ip)
            assert store.evidence(IPS) == plain.evidence(IPS)
            assert sorted(store.touched()) == sorted(plain.touched())


def told(flows: Iterable[tuple[Flow, Context]]) -> dict[FlowKey, dict[str, Any]]:
    """By flow, all that is said of it and around it."""
    return {flow.key: asdict(flow) | {f"around_{k}": v for k, v in asdict(context).items()} for flow, context in flows}


def told_busiest(answer: Answer, plain: PlainStore, f: Filter) -> Answer:
    """Groups with the messages of their busiest host in place of its address, for several may be equally busy."""
    lines = [line._replace(sample_host=plain.messages(f, line.sample_host)) for line in answer.rows]
    return replace(answer, rows=tuple(lines))


def in_order(mine: Any, theirs: Any, name: str, *, rows: bool = False) -> None:
    """Equal but for the order of lines that sort alike."""
    assert (mine.total, mine.split) == (theirs.total, theirs.split)
    key = sort_key(name, rows=rows)
    assert [key(line) for line in mine.rows] == [key(line) for line in theirs.rows]
    assert same(mine.rows, theirs.rows)


def same(mine: Any, theirs: Any) -> bool:
    """Equal but for the order."""
    return sorted(map(repr, mine)) == sorted(map(repr, theirs))
