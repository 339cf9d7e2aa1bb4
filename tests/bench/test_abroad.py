"""The world `abroad`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter

import pytest
from bench.accuracy.abroad import KIND_NAMES, make_world
from bench.accuracy.abroad.letters import KINDS
from bench.accuracy.abroad.people import HOMES
from bench.accuracy.abroad.postoffices import OFFICES
from bench.accuracy.labels import World

from sekisho.core.names import aligned
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Override, SpfScope
from tests.bench import worlds
from tests.bench.worlds import permits, rows

SMALL = frozenset({"isp_autoforward", "scanner", "key_withdrawn", "botnet_dialup", "through_forwarder"})
SHORT = {office.org_name for office in OFFICES.values() if office.dkim != "all"}
"""Receivers that do not show all signatures."""
FAILED = (Class.FORWARDED, Class.FAILING, Class.SPOOF)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(7)


def test_equal_seeds_give_equal_worlds_and_others_differ():
    worlds.repeats_itself(make_world, SMALL)


def test_every_row_has_its_truth_and_no_truth_is_left_over(world):
    worlds.knows_each_row(world)


def test_reports_come_oldest_first_and_belong_to_their_owner(world):
    worlds.is_in_order(world)
    assert len(world.owners) >= 12


def test_every_kind_appears_and_says_why(world):
    assert len(KIND_NAMES) >= 45
    assert {truth.kind for truth in world.truth.values()} >= KIND_NAMES
    assert [k.name for k in KINDS.known.values() if k.hard and "hard" not in k.play.__doc__.lower()] == []


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, report, record, truth in rows(world):
        said, strict = record.said, report.policy.adkim is AlignmentMode.STRICT
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from, strict=strict) for s in said.spf)
        assert (said.spf_aligned is Aligned.PASS) == (spf and said.spf[0].scope is not SpfScope.HELO), truth
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)
        assert said.dkim_aligned is Aligned.PASS or not dkim, truth
        assert said.dkim_aligned is not Aligned.PASS or dkim or report.reporter in SHORT, truth


def test_a_row_is_normal_exactly_where_dmarc_passed(world):
    worlds.is_normal_where_dmarc_passed(world)


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    worlds.treats_what_failed_only(world)


def test_spf_results_agree_with_the_zone(world):
    seen = {
        (record.source_ip, spf.domain, spf.result)
        for _, _, record, _ in rows(world)
        for spf in record.said.spf
        if spf.scope is SpfScope.MFROM
    }
    said = (AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NEUTRAL)
    decided = [(ip, name, result) for ip, name, result in seen if result in said]
    assert len({result for _, _, result in decided}) == len(said)
    assert [each for each in decided if permits(world, each[1], each[0]) is not (each[2] is AuthResult.PASS)] == []


def test_a_dkim_pass_has_a_key_or_the_key_was_withdrawn(world):
    for _, _, record, truth in rows(world):
        for dkim in record.said.dkim:
            if dkim.result is AuthResult.PASS and dkim.selector and truth.kind != "key_withdrawn":
                assert f"{dkim.selector}._domainkey.{dkim.domain}" in world.zone, (dkim, truth)


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    worlds.leaves_the_untroubled_alone(world)


def test_parked_domains_are_only_spoofed(world):
    parked = {home.domain for home in HOMES if home.parked}
    assert parked == {domain for owner in world.owners for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_no_failing_class_is_rare(world):
    seen = Counter(truth.klass for truth in world.truth.values() if truth.klass is not Class.NORMAL)
    assert all(seen[klass] > 0.15 * seen.total() for klass in FAILED)


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    mute = {report.reporter for _, report in world.reports} - told
    assert "google.com" in told
    assert {"KDDI", "NIFTY"} <= mute
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.SAMPLED_OUT, Override.FORWARDED}


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary", "lost_on_arrival"}
