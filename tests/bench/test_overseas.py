"""The world `overseas`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter

import pytest
from bench.accuracy.labels import World
from bench.accuracy.overseas import KIND_NAMES, KINDS, make_world
from bench.accuracy.overseas.people import HOMES, OWNERS

from sekisho.core.names import aligned
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Override
from tests.bench import worlds
from tests.bench.worlds import permits, rows

SMALL = frozenset({"alumni_alias", "mailman3_plain", "absence_notes", "botnet", "spoof_to_a_list"})
TROUBLED = (Class.FORWARDED, Class.FAILING, Class.SPOOF)
TOLD_BEFORE = "too_many_lookups"
"""Its SPF record is another one today."""


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(7)


def test_equal_seeds_give_equal_worlds_and_others_differ():
    worlds.repeats_itself(make_world, SMALL)


def test_every_row_has_its_truth_and_no_truth_is_left_over(world):
    worlds.knows_each_row(world)


def test_a_row_is_normal_exactly_where_dmarc_passed(world):
    worlds.is_normal_where_dmarc_passed(world)


def test_reports_come_oldest_first_and_belong_to_their_owner(world):
    worlds.is_in_order(world)
    assert len({home.country for home in HOMES}) >= 7


def test_messages_of_a_report_add_up(world):
    for _, report in world.reports:
        assert report.rows.messages == sum(record.count for record in report.rows) > 0


def test_every_kind_appears_in_its_class_and_says_what_it_is(world):
    seen = {(truth.kind, truth.klass, truth.hard) for truth in world.truth.values() if truth.klass is not Class.NORMAL}
    assert seen - {("receiver_dns", Class.FAILING, True)} == {(kind.name, kind.klass, kind.hard) for kind in KINDS.values()}
    assert len(KIND_NAMES) >= 80
    assert [kind.name for kind in KINDS.values() if not kind.play.__doc__] == []
    assert [kind.name for kind in KINDS.values() if kind.hard is not ("Hard: " in kind.play.__doc__)] == []


def test_classes_have_the_shares_of_life(world):
    seen = Counter(truth.klass for truth in world.truth.values())
    failed = sum(seen[klass] for klass in TROUBLED)
    assert 0.15 * seen.total() < failed < 0.4 * seen.total()
    assert all(seen[klass] > 0.2 * failed for klass in TROUBLED)
    hard = sum(truth.hard for truth in world.truth.values())
    assert 0.1 * failed < hard < 0.27 * failed


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, report, record, truth in rows(world):
        said, strict = record.said, report.policy.adkim is AlignmentMode.STRICT or report.policy.domain == "minato-card.example"
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from, strict=strict) for s in said.spf)
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)
        assert (said.spf_aligned is Aligned.PASS) is spf, truth
        assert (said.dkim_aligned is Aligned.PASS) is dkim or not said.dkim, truth


def test_spf_results_agree_with_the_zone(world):
    seen = {
        (record.source_ip, spf.domain, spf.result)
        for _, _, record, truth in rows(world)
        for spf in record.said.spf
        if truth.kind != TOLD_BEFORE
    }
    decided = (AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NEUTRAL)
    assert {result for _, _, result in seen} >= set(decided)
    wrong = [each for each in seen if each[2] in decided and permits(world, each[1], each[0]) is not (each[2] is AuthResult.PASS)]
    assert wrong == []


def test_a_dkim_pass_has_a_key(world):
    worlds.has_keys_for_what_passes(world)


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    worlds.treats_what_failed_only(world)


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    mute = {report.reporter for _, report in world.reports} - told
    assert "google.com" in told
    assert {"KDDI", "NIFTY Corporation", "uol.com.br"} <= mute
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.SAMPLED_OUT, Override.FORWARDED, Override.MAILING_LIST}


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    untroubled = {domain for owner in OWNERS for domain in owner.untroubled}
    classes = Counter(truth.klass for _, report, _, truth in rows(world) if report.policy.domain in untroubled)
    assert set(classes) == {Class.NORMAL, Class.FORWARDED}


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in OWNERS for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_lists_and_aliases_carry_true_and_false_mail(world):
    by_source: dict[str, set[Class]] = {}
    for _, _, record, truth in rows(world):
        by_source.setdefault(record.source_ip, set()).add(truth.klass)
    assert sum({Class.FORWARDED, Class.SPOOF} <= classes for classes in by_source.values()) >= 10


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary", "receiver_dns"}
