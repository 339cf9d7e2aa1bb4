"""The world `valley`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter

import pytest
from bench.accuracy.labels import World
from bench.accuracy.valley import KIND_NAMES, KINDS, make_world
from bench.accuracy.valley.owners import BY_DOMAIN, HOMES, OWNERS
from bench.accuracy.valley.receivers import RECEIVERS

from sekisho.core.names import aligned
from sekisho.core.terms import Aligned, AuthResult, Class, Disposition, Override, SpfScope
from tests.bench import worlds
from tests.bench.worlds import rows

SMALL = frozenset(
    {"gmail_forward", "mailman2_footer", "scanner_or_device", "newsletter_half_set_up", "botnet_lines", "through_a_filter"}
)
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
    assert len({home.country for home in HOMES}) == 8
    told = {report.email for _, report in world.reports}
    assert told == {each.email for each in RECEIVERS.values()}


def test_messages_of_a_report_add_up(world):
    for _, report in world.reports:
        assert report.rows.messages == sum(record.count for record in report.rows) > 0


def test_every_kind_appears_in_its_class_and_says_what_it_is():
    seen = set()
    for seed in (7, 8, 9):
        truths = make_world(seed).truth.values()
        seen |= {(truth.kind, truth.klass, truth.hard) for truth in truths if truth.klass is not Class.NORMAL}
    assert seen - {("receiver_dns", Class.FAILING, True)} == {(kind.name, kind.klass, kind.hard) for kind in KINDS.values()}
    assert len(KIND_NAMES) >= 60
    assert [kind.name for kind in KINDS.values() if not kind.play.__doc__] == []
    assert [kind.name for kind in KINDS.values() if kind.hard is not ("Hard: " in (kind.play.__doc__ or ""))] == []


def test_classes_have_the_shares_of_life(world):
    seen = Counter(truth.klass for truth in world.truth.values())
    failed = sum(seen[klass] for klass in TROUBLED)
    assert 10_000 < seen.total() < 25_000
    assert 0.15 * seen.total() < failed < 0.35 * seen.total()
    assert all(seen[klass] > 0.2 * failed for klass in TROUBLED)
    assert 0.04 * failed < sum(truth.hard for truth in world.truth.values()) < 0.2 * failed


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, report, record, truth in rows(world):
        said, strict = record.said, BY_DOMAIN[report.policy.domain].strict
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from, strict=strict) for s in said.spf)
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)
        assert (said.spf_aligned is Aligned.PASS) is spf, truth
        assert said.dkim_aligned is Aligned.PASS or not dkim, truth


def test_a_term_of_the_record_names_the_address_exactly_where_spf_passed(world):
    seen = {(spf.domain, record.source_ip, spf.result) for _, _, record, _ in rows(world) for spf in record.said.spf}
    assert {result for _, _, result in seen} >= {AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.NONE}
    for domain, ip, result in seen:
        if result in (AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL):
            assert worlds.permits(world, domain, ip) is (result is AuthResult.PASS), (domain, ip, result)


def test_a_dkim_pass_has_a_key_and_a_made_up_selector_has_none(world):
    for _, _, record, truth in rows(world):
        for dkim in record.said.dkim:
            if dkim.result is AuthResult.PASS and dkim.selector:
                assert f"{dkim.selector}._domainkey.{dkim.domain}" in world.zone, (dkim, truth)
            if truth.kind == "made_up_selector" and dkim.selector:
                assert f"{dkim.selector}._domainkey.{dkim.domain}" not in world.zone


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    for _, report, record, truth in rows(world):
        if truth.klass is Class.NORMAL or (report.policy.p == "none" and record.said.header_from == report.policy.domain):
            assert (record.said.disposition, record.said.reasons) == (Disposition.NONE, ())


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    assert "google.com" in told
    assert not told & {"KDDI", "uol.com.br", "NTT DOCOMO, INC."}
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.SAMPLED_OUT, Override.MAILING_LIST}
    assert any(spf.scope is SpfScope.HELO for _, _, record, _ in rows(world) for spf in record.said.spf)


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    untroubled = {domain for owner in OWNERS for domain in owner.untroubled}
    truths = [truth for _, report, _, truth in rows(world) if report.policy.domain in untroubled]
    assert {truth.klass for truth in truths if truth.kind != "receiver_dns"} == {Class.NORMAL, Class.FORWARDED}


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in OWNERS for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_hosts_and_services_carry_true_and_false_mail(world):
    worlds.shares_hosts(world)


def test_block_lists_say_little_for_sure(world):
    listed = frozenset().union(*world.listings.values())
    classes = {on: Counter(t.klass for t in world.truth.values() if (t.source in listed) is on) for on in (True, False)}
    assert all(classes[True][klass] > 0 for klass in TROUBLED)
    assert classes[False][Class.SPOOF] > 0.2 * classes[True][Class.SPOOF]


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary", "receiver_dns"}
