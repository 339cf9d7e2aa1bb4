"""The first hour of a domain: the records to publish, and what a look found of them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sekisho.core.guidance.start import Start, ask_start, proof_record
from sekisho.core.questions import NXDOMAIN, Answer, Question, Reply, answered, found
from sekisho.core.terms import Found

ADDRESS = "k7f2q9@reports.example.net"
FAILED = Answer(Reply.FAILED, why="time-out")


def start(table: Mapping[str, str | Answer], domain: str = "example.co.jp", address: str = ADDRESS) -> Start:
    """A look at a DNS that holds these TXT records."""

    def answer(question: Question) -> Answer:
        held = table.get(question.name, NXDOMAIN) if question.rtype == "TXT" else NXDOMAIN
        return held if isinstance(held, Answer) else found(held)

    return answered(ask_start(domain, address, "tok"), answer)


def test_without_any_record_a_first_one_is_to_be_published() -> None:
    seen = start({})
    assert seen.record is not None
    assert (seen.record.name, seen.record.relative) == ("_dmarc.example.co.jp", "_dmarc")
    assert seen.record.value == f"v=DMARC1; p=none; rua=mailto:{ADDRESS}"
    assert seen.permit is not None
    assert seen.permit.name == "example.co.jp._report._dmarc.reports.example.net"
    assert (seen.permit.zone, seen.permit.relative) == ("example.net", "example.co.jp._report._dmarc.reports")
    assert (seen.proof, seen.is_asking, seen.permission) == (Found.NO, Found.NO, Found.NO)


def test_the_addresses_of_the_record_that_is_there_are_kept() -> None:
    seen = start({"_dmarc.example.co.jp": "v=DMARC1; p=quarantine; rua=mailto:postmaster@example.co.jp"})
    assert seen.record is not None
    assert seen.record.value == f"v=DMARC1; p=quarantine; rua=mailto:postmaster@example.co.jp,mailto:{ADDRESS}"
    assert seen.record.before == ("v=DMARC1; p=quarantine; rua=mailto:postmaster@example.co.jp",)


def test_a_sub_domain_changes_the_record_above_that_applies_to_it() -> None:
    seen = start({"_dmarc.example.co.jp": "v=DMARC1; p=none"}, domain="shop.example.co.jp")
    assert seen.record is not None
    assert (seen.policy_domain, seen.record.name) == ("example.co.jp", "_dmarc.example.co.jp")


def test_a_domain_under_a_public_suffix_with_a_record_gets_its_own() -> None:
    seen = start({"_dmarc.bank": "v=DMARC1; p=reject; psd=y; rua=mailto:registry@nic.bank"}, domain="foo.bank")
    assert seen.record is not None
    assert seen.record.name == "_dmarc.foo.bank"
    assert "nic.bank" not in seen.record.value


def test_no_agreement_is_needed_within_the_organizational_domain() -> None:
    seen = start({}, address="k7f2q9@reports.example.co.jp")
    assert (seen.permit, seen.permission) == (None, Found.YES)


def test_all_is_ready_once_the_three_records_are_there() -> None:
    seen = start(
        {
            "_dmarc.example.co.jp": f"v=DMARC1; p=none; rua=mailto:{ADDRESS}",
            "example.co.jp._report._dmarc.reports.example.net": "v=DMARC1",
            "_sekisho-challenge.example.co.jp": proof_record("example.co.jp", "tok").value,
        }
    )
    assert seen.is_ready
    assert seen.proof is Found.YES


def test_the_proof_of_another_organisation_proves_nothing_here() -> None:
    assert start({"_sekisho-challenge.example.co.jp": "sekisho-verification=theirs"}).proof is Found.NO


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("_dmarc.example.co.jp", "is_asking"),
        ("_sekisho-challenge.example.co.jp", "proof"),
        ("example.co.jp._report._dmarc.reports.example.net", "permission"),
    ],
)
def test_what_could_not_be_asked_is_unknown_and_never_missing(name: str, field: str) -> None:
    seen = start({name: FAILED})
    assert getattr(seen, field) is Found.UNKNOWN
    assert not seen.is_ready


def test_no_record_is_proposed_while_nobody_knows_which_one_is_there() -> None:
    assert start({"_dmarc.example.co.jp": FAILED}).record is None
