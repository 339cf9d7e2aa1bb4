"""Stored mail under another policy: every store answers as the plain one does, which goes through all facts with values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Record, Rows, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Disposition, Found, Policy, SpfScope
from sekisho.core.whatif.trial import Trial, read_trial
from sekisho.store.base import Arrival, Store
from sekisho.store.query import Filter
from tests.contract.store.build import ALICE, CHARLIE, DAY, arrival, everything, judged, row, said
from tests.contract.store.test_oracle import GROUPS, IPS, found, small, verdicts, worlds

NAMES = ("example.com", "mail.example.com", "shop.example.com", "example.org", "")
KNOWN = {"mail.example.com": Found.YES, "shop.example.com": Found.NO, "example.org": Found.UNKNOWN}
MODES = (AlignmentMode.RELAXED, AlignmentMode.STRICT, AlignmentMode.ABSENT)
RESULTS = (AuthResult.PASS, AuthResult.FAIL)
dkims = st.lists(st.builds(DkimAuth, st.sampled_from(NAMES[:4]), st.just("s1"), st.sampled_from(RESULTS)), max_size=2).map(tuple)
spfs = st.lists(
    st.builds(SpfAuth, st.sampled_from(NAMES[:4]), st.sampled_from((SpfScope.MFROM, SpfScope.HELO)), st.sampled_from(RESULTS)),
    max_size=1,
).map(tuple)
saids = st.builds(
    Said,
    st.sampled_from(Disposition),
    st.sampled_from(Aligned),
    st.sampled_from(Aligned),
    st.just(()),
    st.sampled_from(NAMES),
    st.sampled_from(NAMES),
    st.just(""),
    dkims,
    spfs,
)
reports = st.builds(
    lambda number, rows, domain, day, adkim, aspf: AggregateReport(
        org_name="receiver.example",
        email="",
        extra_contact_info="",
        report_id=f"id-{number}",
        begin=day * 86_400,
        end=day * 86_400 + 86_399,
        policy=PolicyPublished(domain, Policy.NONE, adkim=adkim, aspf=aspf),
        rows=Rows.of(rows),
    ),
    st.integers(0, 5),
    st.lists(st.builds(Record, st.sampled_from(IPS), st.sampled_from((0, 1, 2, 1000)), saids), max_size=5),
    st.sampled_from(("example.com", "mail.example.com")),
    st.integers(DAY, DAY + 2),
    st.sampled_from(MODES),
    st.sampled_from(MODES),
)
arrivals = st.builds(lambda org, report: Arrival(org, "example.com", 1, report), st.sampled_from((1, 2)), reports)
missing = verdicts.flatmap(lambda v: st.sampled_from((v, replace(v, because=_missing()))))
steps = st.one_of(
    st.tuples(st.just("keep"), st.lists(arrivals, min_size=1, max_size=6)),
    st.tuples(st.just("evidence"), st.lists(found, max_size=6)),
    st.tuples(st.just("judge"), st.lists(st.tuples(st.integers(0, 30), missing), max_size=8)),
)
trials = st.builds(
    Trial,
    st.sampled_from((Policy.NONE, Policy.QUARANTINE, Policy.REJECT)),
    st.sampled_from(Policy),
    st.sampled_from(Policy),
    st.sampled_from(MODES[:2]),
    st.sampled_from(MODES[:2]),
    st.booleans(),
)
filters = st.builds(
    Filter,
    st.sampled_from((1, 2)),
    st.integers(DAY - 1, DAY + 1),
    st.integers(DAY + 1, DAY + 3),
    domains=st.just(("example.com",)),
    groups=st.sampled_from(((), (), GROUPS[:1])),
)


def _missing() -> tuple[Any, ...]:
    from sekisho.core.facts import Because

    return (Because("nonexistent_subdomain", Class.SPOOF, 3, {"name": "shop.example.com"}),)


@given(st.lists(steps, min_size=2, max_size=7), st.lists(st.tuples(filters, trials), min_size=1, max_size=4))
@small
@pytest.mark.slow
def test_another_policy_meets_what_the_plain_store_says(story: list[Any], questions: list[tuple[Filter, Trial]]) -> None:
    with worlds(story) as (store, plain):
        for f, trial in questions:
            assert store.replay(f, trial) == plain.replay(f, trial)
            assert store.replay(f, trial, KNOWN) == plain.replay(f, trial, KNOWN)
            assert store.beginnings(replace(f, domains=())) == plain.beginnings(replace(f, domains=()))


def test_what_was_looked_up_tells_which_policy_a_name_meets(store: Store) -> None:
    rows = [row("192.0.2.1", 20, domain="shop.example.com"), row("192.0.2.1", 40, domain="no.example.com")]
    store.keep([arrival(1, rows)])
    found = store.replay(example(), read_trial("p=none; np=reject"), {"no.example.com": Found.NO, "shop.example.com": Found.YES})
    assert (found.hit(Policy.REJECT).messages, found.missing, found.unclear) == (40, ("no.example.com",), ())


def example(**words: object) -> Filter:
    """All of example.com."""
    return everything(domains=("example.com",), **words)


def test_each_name_meets_the_policy_of_its_place(store: Store) -> None:
    rows = [row("192.0.2.1", 10), row("192.0.2.1", 20, domain="shop.example.com"), row("192.0.2.1", 40, spf=True)]
    store.keep([arrival(1, rows)])
    store.judged([judged(Class.SPOOF, "192.0.2.1", said(), sure=1.0)], at=1, why="new_reports")
    found = store.replay(example(), read_trial("p=reject; sp=quarantine"))
    assert (found.hit(Policy.REJECT).spoof, found.hit(Policy.REJECT).messages) == (10, 10)
    assert found.hit(Policy.QUARANTINE).failing == 20
    assert found.split.messages == 70
    assert not found.unclear
    found = store.replay(example(), read_trial("p=reject; sp=none; np=reject"))
    assert found.hit(Policy.NONE).messages == 20
    assert found.unclear == (("shop.example.com", 20),)


def test_a_rehearsal_asks_for_one_step_less(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 10)])])
    assert store.replay(example(), read_trial("p=reject; t=y")).hit(Policy.QUARANTINE).messages == 10
    nothing = store.replay(example(), read_trial("p=quarantine; t=y"))
    assert nothing.hit(Policy.NONE).messages == 10
    assert nothing.groups == ()


def test_strict_alignment_hits_genuine_mail_of_other_names_and_says_what_to_mend(store: Store) -> None:
    relaxed = Said(
        Disposition.NONE,
        Aligned.PASS,
        Aligned.FAIL,
        (),
        "example.com",
        "",
        "",
        (DkimAuth("mail.example.com", "s1", AuthResult.PASS),),
        (),
    )
    silent = replace(relaxed, dkim=(), memo={})
    store.keep([arrival(1, [Record("192.0.2.1", 7, relaxed), Record("192.0.2.1", 5, silent)])])
    assert store.replay(example(), read_trial("p=reject")).groups == ()
    (hit,) = (answer := store.replay(example(), read_trial("p=reject; adkim=s"))).groups
    assert (hit.klass, hit.messages, hit.advice) == (Class.NORMAL, 7, "relax_alignment")
    assert answer.untold == 5


def test_names_with_a_record_of_their_own_are_left_out(store: Store) -> None:
    own = arrival(1, [row("192.0.2.1", 9, domain="mail.example.com")], domain="mail.example.com")
    store.keep([own._replace(domain="example.com"), arrival(2, [row("192.0.2.1", 1)])])
    found = store.replay(example(), read_trial("p=reject"))
    assert (found.hit(Policy.REJECT).messages, found.own_record.messages) == (1, 9)


def test_nothing_of_another_organisation_is_replayed(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 10)], org=CHARLIE)])
    assert store.replay(example(), read_trial("p=reject")).split.messages == 0
    store.judged([judged(Class.SPOOF, "192.0.2.1", said(), org=CHARLIE)], at=1, why="new_reports")
    assert store.beginnings(everything(ALICE)) == []
    assert [b.messages for b in store.beginnings(everything(CHARLIE))] == [10]


def test_campaigns_are_looked_for_among_the_busiest_sources(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 10), row("192.0.2.77", 30), row("192.0.3.1", 20)])])
    store.judged([judged(Class.SPOOF, ip, said()) for ip in ("192.0.2.1", "192.0.2.77", "192.0.3.1")], at=1, why="new_reports")
    assert [b.source_ip for b in store.beginnings(example(), limit=2)] == ["192.0.2.77", "192.0.3.1"]
