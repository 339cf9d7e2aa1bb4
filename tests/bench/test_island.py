"""The world `island`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter

import pytest
from bench.accuracy.island import KIND_NAMES, KINDS, make_world
from bench.accuracy.island.people import SITES
from bench.accuracy.labels import DAYS, World

from sekisho.core.names import aligned
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Override
from tests.bench import worlds
from tests.bench.worlds import rows

SMALL = frozenset({"alumni_alias", "mailman2_plain", "absence_notes", "botnet", "spoof_to_a_list"})
TROUBLED = (Class.FORWARDED, Class.FAILING, Class.SPOOF)


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
    assert {site.country for site in SITES} >= {"jp", "de", "fr", "br", "in", "ng", "us", "uk"}
    days = {report.begin // 86_400 for _, report in world.reports}
    assert DAYS <= len(days) <= DAYS + 1


def test_messages_of_a_report_add_up(world):
    worlds.adds_up(world)


def test_every_kind_appears_in_its_class_and_says_what_it_is(world):
    seen = {(truth.kind, truth.klass, truth.hard) for truth in world.truth.values() if truth.klass is not Class.NORMAL}
    assert seen == {(kind.name, kind.klass, kind.hard) for kind in KINDS.values()}
    assert len(KIND_NAMES) >= 120
    assert [kind.name for kind in KINDS.values() if not kind.play.__doc__] == []
    assert [kind.name for kind in KINDS.values() if kind.hard is not ("Hard: " in str(kind.play.__doc__))] == []


def test_classes_have_the_shares_of_life(world):
    seen = Counter(truth.klass for truth in world.truth.values())
    failed = sum(seen[klass] for klass in TROUBLED)
    assert 10_000 < seen.total() < 25_000
    assert 0.15 * seen.total() < failed < 0.4 * seen.total()
    assert all(seen[klass] > 0.2 * failed for klass in TROUBLED)
    hard = sum(truth.hard for truth in world.truth.values())
    assert 0.05 * failed < hard < 0.2 * failed


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, report, record, truth in rows(world):
        strict = next(site for site in SITES if site.domain == report.policy.domain).strict
        said = record.said
        assert report.policy.adkim in (AlignmentMode.ABSENT, AlignmentMode.STRICT if strict else AlignmentMode.RELAXED)
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from, strict=strict) for s in said.spf)
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)
        assert (said.spf_aligned is Aligned.PASS) is spf, truth
        assert (said.dkim_aligned is Aligned.PASS) is dkim or not said.dkim, truth


def test_spf_results_agree_with_the_zone(world):
    worlds.agrees_with_its_zone(world)


def test_no_name_has_two_spf_records_and_a_dead_name_has_nothing_else(world):
    worlds.has_one_spf_record_a_name(world)


def test_a_dkim_pass_has_a_key_and_a_made_up_selector_has_none(world):
    for _, _, record, truth in rows(world):
        for dkim in record.said.dkim:
            there = f"{dkim.selector}._domainkey.{dkim.domain}" in world.zone
            if dkim.selector and dkim.result is AuthResult.PASS:
                assert there, (dkim, truth)
            if dkim.selector and truth.kind == "made_up_selector":
                assert not there, (dkim, truth)


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    worlds.treats_what_failed_only(world)


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    mute = {report.reporter for _, report in world.reports} - told
    assert "google.com" in told
    assert {"KDDI", "NTT DOCOMO, INC.", "uol.com.br"} <= mute
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.SAMPLED_OUT, Override.FORWARDED, Override.MAILING_LIST}


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    worlds.leaves_the_untroubled_alone(world)


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in world.owners for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_hosts_are_shared_by_mail_of_different_truth(world):
    worlds.shares_hosts(world)


def test_block_lists_have_honest_hosts_and_miss_bad_ones(world):
    worlds.has_lists_that_err(world)


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert all(truth.klass is Class.NORMAL and truth.kind.startswith("proper_") for truth in quiet.truth.values())
