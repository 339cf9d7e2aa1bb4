"""The world `elsewhere`: repeats itself, knows the truth of each row, and does not contradict its own DNS."""

from collections import Counter

import pytest
from bench.accuracy.elsewhere import KIND_NAMES, make_world
from bench.accuracy.labels import World

from sekisho.core.terms import AuthResult, Class, SpfScope
from tests.bench import worlds
from tests.bench.worlds import permits, rows

SMALL = frozenset({"provider_plain", "agency_server", "through_forwarder", "dns_outage"})


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(7)


def txt(world: World, name: str) -> list[str]:
    return [text for rtype, text in world.zone.get(name, ()) if rtype == "TXT" and text.startswith("v=spf1")]


def test_equal_seeds_give_equal_worlds_and_others_differ():
    worlds.repeats_itself(make_world, SMALL)


def test_every_row_has_its_truth_and_no_truth_is_left_over(world):
    worlds.knows_each_row(world)


def test_every_kind_of_trouble_appears(world):
    assert {truth.kind for truth in world.truth.values()} >= KIND_NAMES


def test_a_row_is_normal_exactly_where_dmarc_passed(world):
    worlds.is_normal_where_dmarc_passed(world)


def test_an_spf_pass_is_permitted_by_the_zone(world):
    passes = {
        (record.source_ip, spf.domain)
        for _, _, record, _ in rows(world)
        for spf in record.said.spf
        if spf.result is AuthResult.PASS and spf.scope is SpfScope.MFROM
    }
    assert len(passes) > 200
    assert [each for each in passes if not permits(world, each[1], each[0])] == []


def test_an_spf_fail_is_not_permitted_by_the_zone(world):
    fails = {
        (record.source_ip, spf.domain)
        for _, _, record, _ in rows(world)
        for spf in record.said.spf
        if spf.result in (AuthResult.FAIL, AuthResult.SOFTFAIL)
    }
    assert fails
    assert [each for each in fails if permits(world, each[1], each[0])] == []


def test_a_dkim_pass_has_a_key_or_the_key_was_withdrawn(world):
    withdrawn = {"service_key_missing", "one_host_with_old_key"}
    for _, _, record, truth in rows(world):
        for dkim in record.said.dkim:
            if dkim.result is AuthResult.PASS and dkim.selector and truth.kind not in withdrawn:
                assert f"{dkim.selector}._domainkey.{dkim.domain}" in world.zone


def test_untroubled_domains_have_only_passing_and_forwarded_mail(world):
    worlds.leaves_the_untroubled_alone(world)


def test_parked_domains_are_only_spoofed(world):
    parked = {domain for owner in world.owners for domain in owner.parked}
    assert {truth.klass for _, report, _, truth in rows(world) if report.policy.domain in parked} == {Class.SPOOF}


def test_all_failing_classes_have_easy_and_hard_rows(world):
    seen = Counter((truth.klass, truth.hard) for truth in world.truth.values() if truth.klass is not Class.NORMAL)
    assert all(seen[klass, hard] > 100 for klass in (Class.FORWARDED, Class.FAILING, Class.SPOOF) for hard in (True, False))


def test_without_kinds_only_ordinary_mail_is_left():
    quiet = make_world(5, kinds=frozenset())
    assert {truth.kind for truth in quiet.truth.values()} <= {"ordinary", "receiver_dns"}
