"""The world `harbour`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter
from ipaddress import ip_address

import pytest
from bench.accuracy.harbour import KIND_NAMES, KINDS, make_world
from bench.accuracy.harbour.people import HOMES, OWNERS
from bench.accuracy.harbour.receivers import RECEIVERS
from bench.accuracy.labels import World

from sekisho.core.names import aligned
from sekisho.core.questions import Answer, Question, Reply
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Class, Override, SpfScope
from tests.bench import worlds
from tests.bench.worlds import rows

SMALL = frozenset({"isp_forward_rule", "google_group", "scanner", "moved_too_early", "botnet_dialup", "through_a_forwarder"})
TROUBLED = (Class.FORWARDED, Class.FAILING, Class.SPOOF)
STRICT = {home.domain for home in HOMES if home.mode is AlignmentMode.STRICT}
KEPT_BEFORE = "moved_too_early"
"""Where the SPF record of today is not that of then."""


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
    assert len({home.country for home in HOMES}) == 7
    assert {report.reporter for _, report in world.reports} >= {each.org_name for each in RECEIVERS.values() if each.org_name}


def test_messages_of_a_report_add_up(world):
    for _, report in world.reports:
        assert report.rows.messages == sum(record.count for record in report.rows) > 0
        assert len({(record.source_ip, id(record.said)) for record in report.rows}) <= len(report.rows)


def test_every_kind_appears_in_its_class_and_says_what_it_is():
    seen = set()
    for seed in (7, 8, 9):
        truths = make_world(seed).truth.values()
        seen |= {(truth.kind, truth.klass, truth.hard) for truth in truths if truth.klass is not Class.NORMAL}
    assert seen - {("receiver_dns", Class.FAILING, True)} == {(kind.name, kind.klass, kind.hard) for kind in KINDS.values()}
    assert len(KIND_NAMES) >= 100
    assert [kind.name for kind in KINDS.values() if not kind.play.__doc__] == []
    assert [kind.name for kind in KINDS.values() if kind.hard is not ("Hard: " in kind.play.__doc__)] == []


def test_classes_have_the_shares_of_life(world):
    seen = Counter(truth.klass for truth in world.truth.values())
    failed = sum(seen[klass] for klass in TROUBLED)
    assert 10_000 < seen.total() < 25_000
    assert 0.2 * seen.total() < failed < 0.37 * seen.total()
    assert all(seen[klass] > 0.2 * failed for klass in TROUBLED)
    assert 0.1 * failed < sum(truth.hard for truth in world.truth.values()) < 0.25 * failed


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, report, record, truth in rows(world):
        said, strict = record.said, report.policy.domain in STRICT
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from, strict=strict) for s in said.spf)
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)
        assert (said.spf_aligned is Aligned.PASS) is spf, truth
        assert said.dkim_aligned is Aligned.PASS or not dkim, truth


def test_spf_results_are_those_of_a_whole_checker_over_the_zone(world):
    then = {report.policy.domain for _, report, _, truth in rows(world) if truth.kind == KEPT_BEFORE}
    seen = {(spf.domain, record.source_ip): spf for _, _, record, _ in rows(world) for spf in record.said.spf if _stood(spf, then)}
    assert {spf.result for spf in seen.values()} >= {AuthResult.PASS, AuthResult.FAIL, AuthResult.SOFTFAIL, AuthResult.PERMERROR}
    for (domain, ip), spf in seen.items():
        assert _checked(world, domain, ip) is spf.result, (domain, ip)


def _stood(spf, then: set[str]) -> bool:
    return spf.result is not AuthResult.TEMPERROR and spf.domain not in then


def _checked(world: World, domain: str, ip: str) -> AuthResult:
    asking = check_mail_from(Client(ip_address(ip), domain, "mx.receiver.example", 0), f"postmaster@{domain}")
    answer = None
    while True:
        try:
            answer = _answer(world, asking.send(answer))
        except StopIteration as stop:
            return stop.value.result


def _answer(world: World, question: Question) -> Answer:
    found = world.zone.get(question.name)
    values = tuple(text.rstrip(".") for rtype, text in found or () if rtype == question.rtype)
    return Answer(Reply.FOUND if values else Reply.NODATA if found else Reply.NXDOMAIN, values)


def test_a_dkim_pass_has_a_key(world):
    worlds.has_keys_for_what_passes(world)


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    worlds.treats_what_failed_only(world)


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    mute = {report.reporter for _, report in world.reports} - told
    assert "google.com" in told
    assert {"KDDI", "uol.com.br", "NTT DOCOMO, INC."} <= mute
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.SAMPLED_OUT, Override.FORWARDED, Override.MAILING_LIST}
    assert any(spf.scope is SpfScope.HELO for _, _, record, _ in rows(world) for spf in record.said.spf)


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    untroubled = {domain for owner in OWNERS for domain in owner.untroubled}
    classes = Counter(truth.klass for _, report, _, truth in rows(world) if report.policy.domain in untroubled)
    assert set(classes) == {Class.NORMAL, Class.FORWARDED}


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in OWNERS for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_hosts_and_services_carry_true_and_false_mail(world):
    worlds.shares_hosts(world)


def test_block_lists_say_little_for_sure(world):
    classes: dict[bool, Counter[Class]] = {True: Counter(), False: Counter()}
    listed = world.listings["bl1.test"]
    for truth in world.truth.values():
        classes[truth.source in listed][truth.klass] += 1
    assert all(classes[True][klass] > 0 for klass in TROUBLED)
    assert classes[False][Class.SPOOF] > 0.3 * classes[True][Class.SPOOF]


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary", "receiver_dns"}
