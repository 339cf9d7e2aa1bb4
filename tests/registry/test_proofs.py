"""Whose a domain is where organisations share an install: what is held back, and what ends it."""

from __future__ import annotations

import datetime as dt

import pytest

from sekisho import flow
from sekisho.core.terms import Found
from sekisho.flow import House
from sekisho.registry import deliveries, proofs
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Delivery, Domain, Organisation
from sekisho.store.query import Filter
from tests.builders import record, report_xml

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)


def claim(org: Organisation, name: str = "example.jp") -> Domain:
    """The organisation registers a domain."""
    return Domain.objects.get_or_create(organisation=org, name=name)[0]


def take_in(house: House, org: Organisation, *, door: str = "upload", number: int = 1, adopt: bool = False) -> Delivery:
    """A report on example.jp comes in by a door."""
    data = report_xml(number, [record("192.0.2.1", 7)])
    (pk,) = deliveries.accept(org.pk, [(f"{number}.xml", data)], door=door, adopt=adopt)
    while flow.drain(house):
        pass
    return Delivery.objects.get(pk=pk)


def seen(house: House, org: Organisation) -> int:
    """Messages that the organisation sees."""
    return house.store.split(Filter(org.pk, 0, 10**6)).messages


def test_one_who_is_alone_with_a_domain_needs_no_proof(org: Organisation, other_org: Organisation) -> None:
    assert not proofs.held(org.pk, ["example.jp"])


def test_the_second_to_claim_a_domain_has_to_prove_it(org: Organisation, other_org: Organisation) -> None:
    claim(other_org)
    assert proofs.held(other_org.pk, ["example.jp", "other.example"]) == {"example.jp"}
    assert not proofs.is_held(org.pk, "example.jp")


def test_the_proved_one_sees_and_the_first_does_not_any_more(org: Organisation, other_org: Organisation) -> None:
    theirs = claim(other_org)
    assert proofs.note(proofs.of(theirs.pk), Found.YES, NOW)
    assert not proofs.is_held(other_org.pk, "example.jp")
    assert proofs.is_held(org.pk, "example.jp")


def test_two_who_have_both_proved_it_both_see(org: Organisation, other_org: Organisation) -> None:
    for domain in (claim(org), claim(other_org)):
        proofs.note(proofs.of(domain.pk), Found.YES, NOW)
    assert not proofs.is_held(org.pk, "example.jp")
    assert not proofs.is_held(other_org.pk, "example.jp")


def test_a_name_below_the_domain_of_another_is_held_back_too(org: Organisation, other_org: Organisation) -> None:
    claim(other_org, "shop.example.jp")
    assert proofs.is_held(other_org.pk, "shop.example.jp")


def test_who_registers_a_public_suffix_holds_nobody_back(org: Organisation, other_org: Organisation) -> None:
    claim(other_org, "co.jp")
    claim(org, "bank.co.jp")
    assert not proofs.is_held(org.pk, "bank.co.jp")


def test_a_held_report_is_a_stray_until_the_proof(house: House, org: Organisation, other_org: Organisation) -> None:
    domain = claim(other_org)
    kept = take_in(house, other_org)
    assert (kept.outcome, kept.strays) == ("stray", "example.jp")
    assert seen(house, other_org) == 0
    proofs.note(proofs.of(domain.pk), Found.YES, NOW)
    assert deliveries.adopt(other_org.pk, "example.jp") == 1
    while flow.drain(house):
        pass
    assert seen(house, other_org) == 7
    assert seen(house, org) == 0


def test_an_inbox_that_adopts_cannot_take_the_domain_of_another(house: House, org: Organisation, other_org: Organisation) -> None:
    assert take_in(house, other_org, door="inbox:3", adopt=True).outcome == "stray"
    assert seen(house, other_org) == 0


def test_what_the_operator_brings_counts_as_proved(house: House, org: Organisation, other_org: Organisation) -> None:
    claim(other_org)
    assert take_in(house, other_org, door="cli").outcome == "kept"
    assert seen(house, other_org) == 7


def test_a_domain_that_the_operator_adopts_stays_seen_afterwards(house: House, org: Organisation, other_org: Organisation) -> None:
    assert take_in(house, other_org, door="cli", adopt=True).outcome == "kept"
    assert take_in(house, other_org, door="inbox:3", number=2).outcome == "kept"


def test_a_proof_that_is_gone_ends_after_a_week_and_not_by_a_failed_look(org: Organisation) -> None:
    proof = proofs.of(claim(org).pk)
    proofs.note(proof, Found.YES, NOW)
    for day in range(1, 40):
        proofs.note(proof, Found.UNKNOWN, NOW + dt.timedelta(days=day))
    assert proof.proved == NOW
    proofs.note(proof, Found.NO, NOW + dt.timedelta(days=40))
    proofs.note(proof, Found.NO, NOW + dt.timedelta(days=46))
    assert proof.proved == NOW
    proofs.note(proof, Found.NO, NOW + dt.timedelta(days=48))
    assert proof.proved is None


def test_the_audit_log_says_when_a_domain_was_proved_and_when_that_ended(org: Organisation) -> None:
    proof = proofs.of(claim(org).pk)
    for day, state in ((0, Found.YES), (1, Found.YES), (2, Found.NO), (20, Found.NO)):
        proofs.note(proof, state, NOW + dt.timedelta(days=day))
    entries = AuditEntry.objects.filter(organisation=org, action="domain.proved").order_by("id")
    assert [entry.detail["proved"] for entry in entries] == [True, False]


def test_the_word_of_the_operator_does_not_end(org: Organisation) -> None:
    domain = claim(org)
    proofs.word(domain.pk, NOW)
    proof = proofs.of(domain.pk)
    for day in (1, 30):
        proofs.note(proof, Found.NO, NOW + dt.timedelta(days=day))
    assert proofs.of(domain.pk).proved == NOW


def test_each_organisation_has_its_own_token(org: Organisation, other_org: Organisation) -> None:
    one, other = proofs.of(claim(org).pk), proofs.of(claim(other_org).pk)
    assert one.token != other.token
    assert proofs.of(one.domain_id).token == one.token
