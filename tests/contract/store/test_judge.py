"""What every store promises to the judge: contexts, verdicts, evidence, and what is to be judged again."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from sekisho.core.facts import Beat, Context, Evidence, Flow, Group
from sekisho.core.reports.values import DkimAuth, Record
from sekisho.core.terms import Aligned, AuthResult, Class
from sekisho.core.ways import way_of
from sekisho.store.base import Store
from sekisho.store.query import Change, Filter, Split
from tests.contract.store.build import (
    ALICE,
    DAY,
    arrival,
    everything,
    evidence,
    group,
    judged,
    row,
    said,
)


def flows(store: Store, domain: str = "example.com", **words: object) -> dict[str, tuple[Flow, Context]]:
    """The failing flows by address."""
    found = store.failing_flows(ALICE, [domain], since=DAY - 10, until=DAY + 10, **words)  # type: ignore[arg-type]
    return {flow.key.source_ip: (flow, context) for flow, context in found}


def test_a_flow_is_summed_over_reports_and_days(store: Store) -> None:
    store.keep([arrival(n, [row("192.0.2.1", 3)], day=DAY + n % 2, reporter=f"r{n % 3}.example") for n in range(5)])
    flow, _ = flows(store)["192.0.2.1"]
    assert (flow.messages, flow.first_day, flow.last_day, flow.days, flow.reporters) == (15, DAY, DAY + 1, 2, 3)
    assert flow.way == way_of(said())


def test_the_context_tells_what_the_same_address_delivered(store: Store) -> None:
    rows = [row("192.0.2.1", 4, dkim=True, selector="k1"), row("192.0.2.1", 2, dkim=True, spf=True), row("192.0.2.1", 1)]
    store.keep([arrival(1, rows, day=DAY - 3), arrival(2, [row("192.0.2.1", 5)])])
    _, context = flows(store)["192.0.2.1"]
    assert (context.source_dkim, context.source_spf, context.source_failed) == (6, 2, 6)
    assert (context.source_first_day, context.source_last_pass_day) == (DAY - 3, DAY - 3)
    assert (context.domain_passed, context.signed_share) == (6, 1.0)
    assert context.real_selectors == {("example.com", "k1"), ("example.com", "s1")}


def test_what_is_older_than_the_window_counts_only_as_first_seen(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 4, dkim=True)], day=DAY - 30), arrival(2, [row("192.0.2.1", 5)])])
    _, context = flows(store)["192.0.2.1"]
    assert (context.source_dkim, context.domain_passed, context.signed_share) == (0, 0, None)
    assert (context.source_first_day, context.source_last_pass_day) == (DAY - 30, DAY - 30)


def test_others_of_the_group_and_the_network_count_without_the_address_itself(store: Store) -> None:
    rows = [row(f"192.0.2.{n}", n, spf=True) for n in (1, 2, 3)]
    store.keep([arrival(1, [*rows, row("192.0.2.1", 9), row("198.51.100.4", 7, spf=True)])])
    store.keep_evidence([(evidence(ip), group("svc.mailer")) for ip in ("192.0.2.1", "192.0.2.2", "198.51.100.4")])
    _, context = flows(store)["192.0.2.1"]
    assert (context.group_passed, context.group_hosts) == (2 + 7, 2)
    assert (context.network, context.network_passed) == ("192.0.2.0/24", 2 + 3)
    assert context.services == {"mailer"}


def test_addresses_without_a_group_are_no_group(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 9), row("198.51.100.4", 7, spf=True)])])
    _, context = flows(store)["192.0.2.1"]
    assert (context.group_passed, context.group_hosts, context.services) == (0, 0, frozenset())


def test_mail_with_the_same_envelope_domain_counts_by_organizational_domain(store: Store) -> None:
    passing = row("198.51.100.4", 7, dkim=True, envelope="a.bounce.example.net")
    store.keep([arrival(1, [passing, row("192.0.2.1", 9, envelope="b.example.net"), row("192.0.2.2", 1, envelope="example.org")])])
    found = flows(store)
    assert found["192.0.2.1"][1].envelope_passed == 7
    assert found["192.0.2.2"][1].envelope_passed == 0


def test_domains_claimed_count_unrelated_domains_of_the_organisation(store: Store) -> None:
    claims = ("example.com", "mail.example.com", "example.org", "example.net")
    store.keep([arrival(n, [row("192.0.2.1", 1, domain=name)], domain=name) for n, name in enumerate(claims)])
    store.keep([arrival(9, [row("192.0.2.2", 1)])])
    found = flows(store)
    assert found["192.0.2.1"][1].domains_claimed == 3
    assert found["192.0.2.2"][1].domains_claimed == 1


def test_addresses_that_began_together_are_those_first_seen_on_one_day_without_a_pass(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.9", 1, dkim=True)], day=DAY - 5), arrival(2, [row("192.0.2.8", 1)], day=DAY - 1)])
    store.keep([arrival(3, [row(f"192.0.2.{n}", 1) for n in (1, 2, 3, 8, 9)])])
    found = flows(store)
    assert found["192.0.2.1"][1].began_together == 2
    assert found["192.0.2.8"][1].began_together == 0
    assert found["192.0.2.9"][1].began_together == 0


def test_other_organisations_an_address_fails_for_are_counted(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1"), row("192.0.2.2")])])
    store.keep([arrival(1, [row("192.0.2.1"), row("192.0.2.2", dkim=True)], org=org) for org in (5, 6)])
    found = flows(store)
    assert found["192.0.2.1"][1].organisations == 2
    assert found["192.0.2.2"][1].organisations == 0


def test_other_organisations_an_address_passes_for_are_counted(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1"), row("192.0.2.2")])])
    store.keep([arrival(1, [row("192.0.2.1", dkim=True), row("192.0.2.2")], org=org) for org in (5, 6)])
    found = flows(store)
    assert found["192.0.2.1"][1].passes_for == 2
    assert found["192.0.2.2"][1].passes_for == 0


def test_receivers_that_never_name_a_signature_leave_it_untold(store: Store) -> None:
    passing = row("198.51.100.4", 7, dkim=True)
    bare = replace(passing.said, dkim=(), memo={})
    unsigned = replace(said(), dkim=(), memo={})
    store.keep([arrival(1, [passing, Record("192.0.2.1", 3, unsigned)], reporter="telling.example")])
    store.keep([arrival(2, [Record("198.51.100.4", 7, bare), Record("192.0.2.1", 1, unsigned)], reporter="mute.example")])
    store.keep([arrival(3, [Record("192.0.2.2", 1, unsigned)], reporter="unknown.example")])
    found = flows(store)
    assert found["192.0.2.1"][1].untold == 0.25
    assert found["192.0.2.2"][1].untold == 0.0


def test_addresses_with_the_same_way_are_counted(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 2), row("192.0.2.2", 3)], day=DAY - 4), arrival(2, [row("192.0.2.3", 4)], day=DAY)])
    _, context = flows(store)["192.0.2.1"]
    assert context.way_hosts == 3
    assert (context.strangers, context.domain_first_day, context.until) == (3, DAY - 4, DAY + 10)


def test_the_days_of_a_source_and_of_its_kin_are_told(store: Store) -> None:
    hosts = ("192.0.2.1", "192.0.2.2")
    store.keep(
        [
            arrival(
                n, [row(ip, 2, envelope="mail.example.net") for ip in hosts[: n + 1]], day=DAY + n, reporter=f"r{n % 3}.example"
            )
            for n in range(8)
        ]
    )
    for ip in hosts:
        store.keep_evidence([(Evidence(ip, listed=("zen",) if ip == hosts[1] else ()), Group("net.example.net", "Example"))])
    context = flows(store)["192.0.2.2"][1]
    weekend = sum(2 for n in range(1, 8) if (DAY + n + 4) % 7 in (0, 6))
    assert context.beat == Beat(14, weekend, 7, DAY + 1, DAY + 7, 3)
    assert (context.kin.messages, context.kin.days, context.kin.first_day) == (30, 8, DAY)
    assert (context.kin.hosts, context.kin.listed) == (2, 1)


def test_what_an_address_does_for_other_domains_is_counted_and_never_whose_they_are(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1"), row("192.0.2.2", dkim=True), row("192.0.2.2")])])
    store.keep([arrival(1, [row("192.0.2.1", dkim=True, domain="other.example")], org=5, domain="other.example")])
    store.keep([arrival(2, [row("192.0.2.1", spf=True, domain="mine.example")], domain="mine.example")])
    found = flows(store)
    assert (found["192.0.2.1"][1].carries_for, found["192.0.2.1"][1].permitted_for, found["192.0.2.1"][1].siblings) == (1, 1, 1)
    assert (found["192.0.2.2"][1].carries_for, found["192.0.2.2"][1].permitted_for) == (0, 0)


def test_a_reporter_that_never_shows_a_broken_signature_leaves_it_untold(store: Store) -> None:
    bare = replace(said(), dkim=(), memo={})
    broken = replace(said(), dkim=(DkimAuth("example.com", "s1", AuthResult.FAIL),), memo={})
    store.keep([arrival(n, [Record("192.0.2.1", 1, broken)], reporter="telling.example") for n in range(9)])
    store.keep([arrival(20 + n, [Record("192.0.2.1", 1, bare)], reporter="hiding.example") for n in range(12)])
    told = {flow.way.dkim: context.untold for flow, context in store.failing_flows(ALICE, ["example.com"], since=0, until=DAY)}
    assert told == {(): 1.0, broken.dkim: 0.0}


def test_mail_whose_envelope_only_spf_tells_counts_by_it(store: Store) -> None:
    passing = row("198.51.100.4", 7, dkim=True, envelope="bounce.example.net")
    failing = replace(row("192.0.2.1", envelope="example.net").said, envelope_from="", memo={})
    store.keep([arrival(1, [passing, Record("192.0.2.1", 1, failing)])])
    assert flows(store)["192.0.2.1"][1].envelope_passed == 7


def test_keys_that_only_one_group_passes_with_are_its_own(store: Store) -> None:
    rows = [row("192.0.2.1", 1, dkim=True, selector="theirs"), row("192.0.2.1", 1, dkim=True), row("192.0.2.2", 1, dkim=True)]
    store.keep([arrival(1, [*rows, row("192.0.2.1"), row("192.0.2.2"), row("192.0.2.3")])])
    store.keep_evidence([(evidence(f"192.0.2.{n}"), group(f"dom.g{n}.example")) for n in (1, 2)])
    found = flows(store)
    assert found["192.0.2.1"][1].group_keys == {("example.com", "theirs")}
    assert found["192.0.2.2"][1].group_keys == frozenset()
    assert found["192.0.2.2"][1].group_selectors == {("example.com", "s1")}
    assert found["192.0.2.3"][1].group_keys == frozenset()


def test_flows_can_be_asked_for_by_address(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.2.{n}") for n in range(5)])])
    assert set(flows(store, addresses=["192.0.2.1", "192.0.2.4", "203.0.113.1"])) == {"192.0.2.1", "192.0.2.4"}
    assert flows(store, addresses=[]) == {}


@pytest.mark.parametrize("store", ["embedded"], indirect=True)  # many flows take the plain store minutes
def test_verdicts_can_be_written_while_flows_are_read(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.{n // 250}.{n % 250}") for n in range(5000)])])
    with store.transaction():
        found = store.failing_flows(ALICE, ["example.com"], since=0, until=DAY)
        told = (judged(Class.SPOOF, flow.key.source_ip, said()) for flow, _ in found)
        assert store.judged(told, at=1, why="new_reports") == 5000
    assert store.split(everything()) == Split(spoof=5000)


def test_flows_need_not_be_read_to_the_end(store: Store) -> None:
    store.keep([arrival(1, [row(f"192.0.2.{n}") for n in range(9)])])
    with store.transaction():
        found = store.failing_flows(ALICE, ["example.com"], since=0, until=DAY)
        assert len(list(islice(found, 2))) == 2
    found.close()  # type: ignore[attr-defined]
    store.keep([arrival(2, [row("192.0.2.1")])])
    assert len(flows(store)) == 9


def test_a_verdict_goes_to_all_failing_facts_of_its_flow_and_no_other(store: Store) -> None:
    other = said(selector="s9")
    store.keep([arrival(n, [row("192.0.2.1", 1), row("192.0.2.1", 1, dkim=True)], day=DAY + n) for n in range(3)])
    store.keep([arrival(9, [row("192.0.2.1", 1, selector="s9"), row("192.0.2.2", 1)])])
    changed = store.judged([judged(Class.FORWARDED, "192.0.2.1", said(), "forwarder", sure=0.75)], at=5, why="new_reports")
    assert changed == 1
    assert store.split(everything()) == Split(normal=3, forwarded=3, failing=2)
    (flow,) = store.flows(everything())
    assert (flow.klass, flow.confidence, flow.messages, flow.judged_at, flow.was) == ("forwarded", 0.75, 3, 5, "")
    assert flow.because == ({"code": "forwarder", "toward": "forwarded", "weight": 3, "values": {"host": "mail.example.net"}},)
    assert way_of(other) != way_of(said())


def test_a_pass_with_the_same_raw_results_as_a_judged_failure_stays_normal(store: Store) -> None:
    failed = said()
    passed = replace(failed, dkim_aligned=Aligned.PASS, memo={})
    store.keep([arrival(1, [Record("192.0.2.1", 1, failed), Record("192.0.2.1", 2, passed)])])
    store.judged([judged(Class.SPOOF, "192.0.2.1", failed)], at=1, why="new_reports")
    store.keep([arrival(2, [Record("192.0.2.1", 4, passed)])])
    assert store.split(everything()) == Split(normal=6, spoof=1)


def test_a_change_is_noted_only_where_a_verdict_becomes_another(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)])])
    told = ((Class.FAILING, 1), (Class.FAILING, 2), (Class.SPOOF, 3), (Class.FORWARDED, 4))
    changed = [store.judged([judged(klass, "192.0.2.1", said())], at=at, why=f"why {at}") for klass, at in told]
    assert changed == [1, 0, 1, 1]
    assert store.changes(ALICE, "192.0.2.1") == [
        Change(4, "example.com", "spoof", "forwarded", "why 4"),
        Change(3, "example.com", "failing", "spoof", "why 3"),
    ]
    assert store.changes(ALICE, "192.0.2.1", limit=1) == [Change(4, "example.com", "spoof", "forwarded", "why 4")]
    (flow,) = store.flows(everything())
    assert (flow.judged_at, flow.was) == (4, "spoof")


def test_a_surer_verdict_of_the_same_class_is_written_without_a_change(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)])])
    told = ((Class.FAILING, 0.5), (Class.SPOOF, 0.6), (Class.SPOOF, 0.9))
    for at, (klass, sure) in enumerate(told):
        store.judged([judged(klass, "192.0.2.1", said(), sure=sure)], at=at, why="new_reports")
    (flow,) = store.flows(everything())
    assert (flow.confidence, flow.judged_at, flow.was) == (0.9, 2, "failing")
    assert [fact.confidence for fact in store.export(everything())] == [0.9]
    assert len(store.changes(ALICE, "192.0.2.1")) == 1


def test_the_same_verdict_again_changes_nothing(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)])])
    for at in (1, 2):
        store.judged([judged(Class.SPOOF, "192.0.2.1", said(), "a")], at=at, why="new_reports")
    assert [flow.judged_at for flow in store.flows(everything())] == [1]


def test_of_two_verdicts_on_one_flow_the_later_counts(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)])])
    told = [judged(klass, "192.0.2.1", said()) for klass in (Class.SPOOF, Class.FORWARDED)]
    assert store.judged(told, at=1, why="new_reports") == 1
    assert store.split(everything()) == Split(forwarded=1)


def test_new_addresses_wait_for_a_look_up_failing_and_busy_ones_first(store: Store) -> None:
    rows = [row("192.0.2.1", 9, dkim=True), row("192.0.2.2", 1), row("192.0.2.3", 5), row("192.0.2.4", 2, spf=True), row("", 50)]
    store.keep([arrival(1, rows)])
    assert store.unknown_addresses(limit=9) == ["192.0.2.3", "192.0.2.2", "192.0.2.1", "192.0.2.4"]
    assert store.unknown_addresses(limit=2) == ["192.0.2.3", "192.0.2.2"]


def test_an_address_waits_again_when_its_look_up_is_old(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1), row("192.0.2.2", 1), row("192.0.2.3", 1)])])
    store.keep_evidence([(evidence("192.0.2.1", at=100), group("unknown")), (evidence("192.0.2.2", at=200), group("unknown"))])
    assert store.unknown_addresses(limit=9) == ["192.0.2.3"]
    assert store.unknown_addresses(limit=9, older_than=150) == ["192.0.2.3", "192.0.2.1"]


def test_evidence_without_a_look_up_leaves_the_address_waiting_for_one(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1), row("192.0.2.2", 2), row("192.0.2.3", 3, dkim=True)])])
    assert store.without_evidence(limit=9, failing=False) == ["192.0.2.3", "192.0.2.2", "192.0.2.1"]
    assert store.without_evidence(limit=9, failing=True) == ["192.0.2.2", "192.0.2.1"]
    store.keep_evidence([(evidence("192.0.2.1", asn=64500), group("net.example"))])
    assert store.without_evidence(limit=9, failing=True) == ["192.0.2.2"]
    assert "192.0.2.1" in store.unknown_addresses(limit=9)


def test_flows_of_several_domains_keep_the_context_of_each(store: Store) -> None:
    store.keep(
        [
            arrival(n, [row("192.0.2.1", 1, dkim=True), row("192.0.2.1", n)], domain=d)
            for n, d in ((2, "example.com"), (3, "example.org"))
        ]
    )
    store.keep([arrival(9, [row("192.0.2.9", 5, dkim=True, domain="example.net")], domain="example.net")])
    found = list(store.failing_flows(ALICE, ["example.com", "example.org", "example.net"], since=DAY, until=DAY))
    told = {flow.key.domain: (flow.messages, context.source_failed, context.domain_passed) for flow, context in found}
    assert told == {"example.com": (2, 2, 1), "example.org": (3, 3, 1)}


def test_evidence_is_given_back_as_kept_and_the_newest_counts(store: Store) -> None:
    first = evidence("192.0.2.1", "mx.example.net", at=100, listed=("list.example",), asn=64500)
    store.keep_evidence([(first, group("dom.example.net"))])
    store.keep_evidence([(evidence("192.0.2.1", at=50), group("unknown"))])
    assert store.evidence(["192.0.2.1", "192.0.2.2"]) == {"192.0.2.1": (first, group("dom.example.net"))}


def test_facts_follow_their_address_into_its_group(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 4), row("192.0.2.2", 5)])])
    assert store.keep_evidence([(evidence("192.0.2.1"), group("svc.mailer"))]) == {"192.0.2.1"}
    assert store.split(everything(groups=("svc.mailer",))).messages == 4
    store.keep([arrival(2, [row("192.0.2.1", 6)])])
    assert {share.value: share.messages for share in store.shares(everything(), "sgroup")} == {"svc.mailer": 10, "unknown": 5}


def test_only_evidence_that_matters_to_the_judge_is_called_changed(store: Store) -> None:
    first = evidence("192.0.2.1", "mx.example.net", at=100)
    assert store.keep_evidence([(first, group("dom.example.net"))]) == {"192.0.2.1"}
    assert store.keep_evidence([(evidence("192.0.2.1", "mx.example.net", at=200), group("dom.example.net"))]) == set()
    listed = evidence("192.0.2.1", "mx.example.net", at=300, listed=("list.example",))
    assert store.keep_evidence([(listed, group("dom.example.net"))]) == {"192.0.2.1"}


def test_reports_and_evidence_touch_their_domains_until_settled(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1")]), arrival(2, [row("192.0.2.2")], domain="example.org")])
    assert sorted(store.touched()) == [(ALICE, "example.com"), (ALICE, "example.org")]
    for domain in ("example.com", "example.org"):
        list(store.failing_flows(ALICE, [domain], since=0, until=DAY))
        store.settle_touched(ALICE, [domain])
    assert store.touched() == []
    store.keep([arrival(1, [row("192.0.2.1")])])
    assert store.touched() == []
    store.keep_evidence([(evidence("192.0.2.2", "mx.example.net", at=1), group("dom.example.net"))])
    assert store.touched() == [(ALICE, "example.org")]


def test_erasing_old_days_takes_verdicts_without_facts_along(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 1)], day=DAY - 5), arrival(2, [row("192.0.2.2", 1)])])
    for at, klass in enumerate((Class.SPOOF, Class.FAILING)):
        store.judged([judged(klass, ip, said()) for ip in ("192.0.2.1", "192.0.2.2")], at=at, why="new_reports")
    assert store.erase(ALICE, before_day=DAY) == 1
    assert store.bounds(ALICE) == (DAY, DAY)
    assert [flow.source_ip for flow in store.flows(everything())] == ["192.0.2.2"]
    assert store.changes(ALICE, "192.0.2.1") == []
    assert len(store.changes(ALICE, "192.0.2.2")) == 1
    assert store.unknown_addresses(limit=9) == ["192.0.2.2"]
    assert store.reporters_seen(Filter(ALICE, 0, DAY + 9))[0] == 1


def test_an_erased_report_can_be_kept_again(store: Store) -> None:
    store.keep([arrival(1, [row("192.0.2.1", 3)])])
    store.erase(ALICE, domain="example.com")
    with store.transaction():
        (kept,) = store.keep([arrival(1, [row("192.0.2.1", 3)])])
    assert kept.is_new
    assert [fact.count for fact in store.export(everything())] == [3]
    assert store.touched() == [(ALICE, "example.com")]
