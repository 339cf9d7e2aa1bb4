"""The world `province`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter, defaultdict
from ipaddress import ip_address

import pytest
from bench.accuracy.labels import DAYS, World
from bench.accuracy.province import KIND_NAMES, KINDS, make_world
from bench.accuracy.province.people import HOMES

from sekisho.core.names import aligned
from sekisho.core.questions import Answer, Question, Reply
from sekisho.core.spf.check import check_mail_from
from sekisho.core.spf.values import Client
from sekisho.core.terms import Aligned, AuthResult, Class, Disposition, Override, Policy
from tests.bench import worlds
from tests.bench.worlds import rows

SMALL = frozenset({"gmail_forward", "mailman2", "iij_inbound", "scanner", "moved_office", "botnet", "to_a_list"})
TROUBLED = (Class.FORWARDED, Class.FAILING, Class.SPOOF)
BY_THE_WAY = {("receiver_dns", Class.FAILING, True), ("rare_breakage", Class.FAILING, True)}
"""What befalls ordinary mail now and then."""


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
    assert {home.country for home in HOMES} == {"jp", "de", "us", "br", "fr", "in"}
    assert DAYS <= len({report.begin // 86_400 for _, report in world.reports}) <= DAYS + 1


def test_messages_of_a_report_add_up(world):
    worlds.adds_up(world)


def test_no_report_says_the_same_twice(world):
    for _, report in world.reports:
        keys = [(record.source_ip, id(record.said)) for record in report.rows]
        assert len(keys) == len(set(keys))


def test_every_kind_appears_in_its_class_and_says_what_it_is():
    told = [truth for seed in (7, 8, 9) for truth in make_world(seed).truth.values()]
    seen = {(truth.kind, truth.klass, truth.hard) for truth in told if truth.klass is not Class.NORMAL}
    assert seen - BY_THE_WAY == {(kind.name, kind.klass, kind.hard) for kind in KINDS.values()}
    assert len(KIND_NAMES) >= 90
    assert [kind.name for kind in KINDS.values() if not kind.play.__doc__] == []
    assert [kind.name for kind in KINDS.values() if kind.hard is not ("Hard: " in str(kind.play.__doc__))] == []


def test_classes_have_the_shares_of_life(world):
    seen = Counter(truth.klass for truth in world.truth.values())
    failed = sum(seen[klass] for klass in TROUBLED)
    assert 10_000 < seen.total() < 25_000
    assert 0.2 * seen.total() < failed < 0.35 * seen.total()
    assert all(seen[klass] > 0.2 * failed for klass in TROUBLED)
    assert 0.05 * failed < sum(truth.hard for truth in world.truth.values()) < 0.2 * failed


def test_what_the_receiver_says_of_alignment_follows_from_what_it_saw(world):
    for _, _, record, truth in rows(world):
        said = record.said
        spf = any(s.result is AuthResult.PASS and aligned(s.domain, said.header_from) for s in said.spf)
        dkim = any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from) for d in said.dkim)
        assert (said.spf_aligned is Aligned.PASS) is spf, truth
        assert (said.dkim_aligned is Aligned.PASS) is dkim or not said.dkim, truth


def test_spf_results_are_those_of_the_zone(world):
    moved = {report.policy.domain for _, report, _, truth in rows(world) if truth.kind == "moved_office"}
    seen = {(record.source_ip, spf.domain, spf.result) for _, _, record, _ in rows(world) for spf in record.said.spf if spf.domain}
    assert {result for _, _, result in seen} >= set(AuthResult) - {AuthResult.ABSENT, AuthResult.POLICY}
    for ip, domain, result in seen:
        if result is not AuthResult.TEMPERROR and domain not in moved:
            assert _checked(world, domain, ip) is result, (ip, domain)


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


def test_no_name_has_two_spf_records_and_no_pointer_is_broken_and_told(world):
    worlds.has_one_spf_record_a_name(world)


def test_a_dkim_pass_has_a_key(world):
    worlds.has_keys_for_what_passes(world)


def test_mail_that_passed_is_not_treated_and_policy_none_treats_nothing(world):
    for _, report, record, truth in rows(world):
        if truth.klass is Class.NORMAL:
            assert (record.said.disposition, record.said.reasons) == (Disposition.NONE, ())
        if report.policy.p is Policy.NONE:
            assert record.said.disposition is Disposition.NONE


def test_receivers_differ_in_what_they_tell(world):
    told = {report.reporter for _, report, record, _ in rows(world) if any(d.selector for d in record.said.dkim)}
    mute = {report.reporter for _, report in world.reports} - told
    assert "google.com" in told
    assert {"KDDI", "NTT DOCOMO"} <= mute
    reasons = {reason.type for _, _, record, _ in rows(world) for reason in record.said.reasons}
    assert reasons >= {Override.LOCAL_POLICY, Override.OTHER}


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    worlds.leaves_the_untroubled_alone(world)


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in world.owners for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_hosts_are_shared_by_mail_of_different_truth(world):
    by_source: dict[str, set[Class]] = defaultdict(set)
    for truth in world.truth.values():
        by_source[truth.source].add(truth.klass)
    for other in (Class.FORWARDED, Class.FAILING, Class.NORMAL):
        assert sum({other, Class.SPOOF} <= classes for classes in by_source.values()) >= 10


def test_block_lists_have_honest_hosts_and_miss_bad_ones(world):
    worlds.has_lists_that_err(world)


def test_without_kinds_only_proper_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary"} | {name for name, _, _ in BY_THE_WAY}
