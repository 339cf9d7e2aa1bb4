"""The tree walk, policy discovery, alignment and report destinations: the examples of RFC 9989 and cases of our own."""

from __future__ import annotations

import random

import pytest
from tests.core.dmarc.asked import Table

from sekisho.core.dmarc.align import alignment
from sekisho.core.dmarc.destination import confirm
from sekisho.core.dmarc.discover import Method, discover
from sekisho.core.dmarc.record import read_record
from sekisho.core.dmarc.walk import MAX_QUERIES, names_on_the_way, organizational_domain, walk
from sekisho.core.questions import FAILED, Answer
from sekisho.core.terms import AlignmentMode, Found

NONE = "v=DMARC1; p=none"
REJECT = "v=DMARC1; p=reject"
LONG = "a.b.c.d.e.f.g.h.i.j.mail.example.com"


def test_a_long_name_goes_on_at_seven_labels() -> None:
    """RFC 9989, 4.10."""
    assert names_on_the_way(LONG) == (
        LONG,
        "g.h.i.j.mail.example.com",
        "h.i.j.mail.example.com",
        "i.j.mail.example.com",
        "j.mail.example.com",
        "mail.example.com",
        "example.com",
        "com",
    )


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("com", ["com"]),
        ("example.com", ["example.com", "com"]),
        ("1.2.3.4.5.6.7", ["1.2.3.4.5.6.7", "2.3.4.5.6.7", "3.4.5.6.7", "4.5.6.7", "5.6.7", "6.7", "7"]),
        (
            "1.2.3.4.5.6.7.8",
            ["1.2.3.4.5.6.7.8", "2.3.4.5.6.7.8", "3.4.5.6.7.8", "4.5.6.7.8", "5.6.7.8", "6.7.8", "7.8", "8"],
        ),
        (
            "0.1.2.3.4.5.6.7.8",
            ["0.1.2.3.4.5.6.7.8", "2.3.4.5.6.7.8", "3.4.5.6.7.8", "4.5.6.7.8", "5.6.7.8", "6.7.8", "7.8", "8"],
        ),
        ("", []),
    ],
)
def test_names_on_the_way(name: str, asked: list[str]) -> None:
    table = Table({})
    table.ask(walk(name))
    assert table.asked == [f"_dmarc.{each}" for each in asked]


@pytest.mark.parametrize(
    ("start", "records", "domain"),
    [
        # RFC 9989, 4.10.2
        ("a.mail.example.com", {"mail.example.com": NONE, "example.com": NONE}, "example.com"),
        ("a.mail.example.com", {"mail.example.com": NONE + "; psd=n", "example.com": NONE}, "mail.example.com"),
        ("a.mail.example.com", {"com": NONE + "; psd=y"}, "example.com"),
        # RFC 9989, B.4.3
        ("giant.bank.example", {"bank.example": NONE + "; psd=y", "giant.bank.example": REJECT}, "giant.bank.example"),
        ("mail.giant.bank.example", {"bank.example": NONE + "; psd=y", "giant.bank.example": REJECT}, "giant.bank.example"),
        ("mail.mega.bank.example", {"bank.example": NONE + "; psd=y", "giant.bank.example": REJECT}, "mega.bank.example"),
        # RFC 9989, 5.1.8: between the name and its right-most seven labels nothing is looked for
        ("mail.a.b.c.d.e.f.g.example.com", {"b.c.d.e.f.g.example.com": NONE + "; psd=n"}, "mail.a.b.c.d.e.f.g.example.com"),
        # our own
        ("example.com", {}, "example.com"),
        ("a.b.example.com", {}, "a.b.example.com"),
        ("example.com", {"example.com": NONE}, "example.com"),
        ("a.example.com", {"a.example.com": NONE}, "a.example.com"),
        ("a.example.com", {"a.example.com": NONE, "com": NONE}, "com"),
        ("bank.example", {"bank.example": NONE + "; psd=y"}, "bank.example"),
        ("bank.example", {"bank.example": NONE + "; psd=y", "example": NONE}, "bank.example"),
        ("bank.example", {"bank.example": NONE + "; psd=n", "example": NONE}, "bank.example"),
        ("a.b.c.example.com", {"c.example.com": NONE + "; psd=y", "example.com": NONE}, "b.c.example.com"),
        ("a.b.c.example.com", {"b.c.example.com": NONE, "c.example.com": NONE + "; psd=y"}, "b.c.example.com"),
        ("a.b.c.example.com", {"a.b.c.example.com": NONE, "c.example.com": NONE + "; psd=y"}, "b.c.example.com"),
        ("a.example.com", {"a.example.com": "v=DMARC1; psd=n", "example.com": NONE}, "a.example.com"),
        ("a.example.com", {"a.example.com": NONE + "; psd=u", "example.com": NONE}, "example.com"),
        ("a.example.com", {"a.example.com": NONE + "; psd=x", "example.com": NONE}, "example.com"),
        ("a.example.com", {"a.example.com": "v=dmarc1; p=none; psd=n", "example.com": NONE}, "example.com"),
        ("A.Example.COM.", {"example.com": NONE}, "example.com"),
        ("日本.example.com", {"xn--wgv71a.example.com": NONE + "; psd=n"}, "xn--wgv71a.example.com"),
        (LONG, {"g.h.i.j.mail.example.com": NONE + "; psd=n", "example.com": NONE}, "g.h.i.j.mail.example.com"),
        (LONG, {"f.g.h.i.j.mail.example.com": NONE + "; psd=n", "example.com": NONE}, "example.com"),
        (LONG, {LONG: NONE}, LONG),
    ],
)
def test_the_organizational_domain(start: str, records: dict[str, str], domain: str) -> None:
    way = Table({f"_dmarc.{name}": text for name, text in records.items()}).ask(walk(start))
    assert organizational_domain(way) == domain
    assert way.is_sure


def test_several_records_at_a_name_do_not_end_the_walk() -> None:
    table = Table({"_dmarc.a.example.com": [NONE + "; psd=n", REJECT + "; psd=n"], "_dmarc.example.com": NONE})
    assert organizational_domain(table.ask(walk("a.example.com"))) == "example.com"


def test_a_walk_ends_at_a_record_with_psd() -> None:
    table = Table({"_dmarc.example.com": NONE + "; psd=n"})
    table.ask(walk("a.example.com"))
    assert table.asked == ["_dmarc.a.example.com", "_dmarc.example.com"]


def test_a_failed_question_is_unknown_and_two_end_the_walk() -> None:
    one = Table({"_dmarc.b.example.com": FAILED, "_dmarc.example.com": NONE})
    way = one.ask(walk("a.b.example.com"))
    assert not way.is_sure
    assert organizational_domain(way) == "example.com"
    all_ = Table({f"_dmarc.{name}": FAILED for name in names_on_the_way(LONG)})
    assert not all_.ask(walk(LONG)).is_sure
    assert len(all_.asked) == 2


def test_no_name_leads_to_more_than_eight_questions() -> None:
    dice = random.Random(2)
    for _ in range(500):
        name = ".".join("".join(dice.choices("ab-_é.", k=dice.randrange(1, 4))) for _ in range(dice.randrange(1, 60)))
        table = Table({})
        assert organizational_domain(table.ask(walk(name))) != "" or name.strip(".") == ""
        assert len(table.asked) <= MAX_QUERIES


# ---- discovery


@pytest.mark.parametrize(
    ("author", "records", "at", "applies"),
    [
        ("example.com", {"_dmarc.example.com": REJECT}, "example.com", "p"),
        ("a.example.com", {"_dmarc.example.com": REJECT, "a.example.com A": "192.0.2.1"}, "example.com", "p"),
        ("a.example.com", {"_dmarc.a.example.com": NONE, "_dmarc.example.com": REJECT}, "a.example.com", "p"),
        ("a.example.com", {"_dmarc.example.com": REJECT + "; sp=none; np=reject", "a.example.com MX": "1 m"}, "example.com", "sp"),
        ("a.example.com", {"_dmarc.example.com": REJECT + "; sp=none; np=reject"}, "example.com", "np"),
        ("b.a.example.com", {"_dmarc.a.example.com": NONE, "_dmarc.example.com": REJECT}, "example.com", "p"),
        ("b.a.example.com", {"_dmarc.a.example.com": NONE + "; psd=n", "_dmarc.example.com": REJECT}, "a.example.com", "p"),
        ("x.bank.example", {"_dmarc.bank.example": "v=DMARC1; p=none; np=reject; psd=y"}, "bank.example", "np"),
        ("a.x.bank.example", {"_dmarc.bank.example": REJECT + "; psd=y", "_dmarc.x.bank.example": NONE}, "x.bank.example", "p"),
        ("bank.example", {"_dmarc.bank.example": REJECT + "; sp=none; psd=y"}, "bank.example", "p"),
    ],
)
def test_discovery(author: str, records: dict[str, str], at: str, applies: str) -> None:
    found = Table(records).ask(discover(author))
    assert (found.state, found.policy_domain) == (Found.YES, at)
    assert found.applies is not None
    assert found.applies.tag == applies


def test_no_record_anywhere_is_surely_none() -> None:
    found = Table({"example.com A": "192.0.2.1"}).ask(discover("a.example.com"))
    assert (found.state, found.record, found.applies) == (Found.NO, None, None)


@pytest.mark.parametrize("failed", ["_dmarc.a.example.com", "_dmarc.example.com", "_dmarc.com"])
def test_a_failure_on_the_way_is_never_taken_for_a_missing_record(failed: str) -> None:
    found = Table({failed: Answer(FAILED.reply, why="SERVFAIL")}).ask(discover("a.example.com"))
    assert (found.state, found.record, found.why) == (Found.UNKNOWN, None, "SERVFAIL")


def test_a_failure_above_the_record_of_the_name_itself_does_not_matter() -> None:
    found = Table({"_dmarc.example.com": REJECT, "_dmarc.com": FAILED}).ask(discover("example.com"))
    assert found.state is Found.YES


def test_existence_matters_only_where_np_differs_and_may_be_unknown() -> None:
    table = Table({"_dmarc.example.com": REJECT, "a.example.com A": FAILED})
    assert table.ask(discover("a.example.com")).exists is Found.YES
    assert "a.example.com" not in table.asked
    found = Table({"_dmarc.example.com": REJECT + "; np=none", "a.example.com A": FAILED}).ask(discover("a.example.com"))
    assert (found.exists, found.applies) == (Found.UNKNOWN, None)


def test_by_list_two_questions_are_asked_and_several_records_end_it() -> None:
    table = Table({"_dmarc.example.co.jp": REJECT, "_dmarc.jp": NONE})
    found = table.ask(discover("b.a.example.co.jp", Method.PSL))
    assert (found.policy_domain, table.asked) == ("example.co.jp", ["_dmarc.b.a.example.co.jp", "_dmarc.example.co.jp"])
    table = Table({"_dmarc.a.example.com": [NONE, REJECT], "_dmarc.example.com": REJECT})
    assert table.ask(discover("a.example.com", Method.PSL)).state is Found.NO
    assert table.ask(discover("a.example.com")).policy_domain == "example.com"
    failed = Table({"_dmarc.example.com": FAILED}).ask(discover("a.example.com", Method.PSL))
    assert failed.state is Found.UNKNOWN


# ---- alignment


RELAXED, STRICT = AlignmentMode.RELAXED, AlignmentMode.STRICT
BANK = {"_dmarc.bank.example": NONE + "; psd=y", "_dmarc.giant.bank.example": REJECT}


@pytest.mark.parametrize(
    ("identifier", "author", "mode", "records", "aligned"),
    [
        ("mail.giant.bank.example", "giant.bank.example", RELAXED, BANK, Found.YES),
        ("mail.mega.bank.example", "giant.bank.example", RELAXED, BANK, Found.NO),
        ("example.com", "example.com", STRICT, {}, Found.YES),
        ("EXAMPLE.com.", "example.com", STRICT, {}, Found.YES),
        ("a.example.com", "example.com", STRICT, {"_dmarc.example.com": NONE}, Found.NO),
        ("a.example.com", "example.com", RELAXED, {"_dmarc.example.com": NONE}, Found.YES),
        ("a.example.com", "b.example.com", RELAXED, {"_dmarc.example.com": NONE}, Found.YES),
        ("a.example.com", "b.example.com", RELAXED, {"_dmarc.b.example.com": NONE + "; psd=n"}, Found.NO),
        ("example.com", "b.example.com", RELAXED, {"_dmarc.b.example.com": NONE}, Found.NO),
        ("notexample.com", "example.com", RELAXED, {"_dmarc.example.com": NONE}, Found.NO),
        ("example.net", "example.com", RELAXED, {"_dmarc.example.com": NONE}, Found.NO),
        ("", "example.com", RELAXED, {}, Found.NO),
        ("a.example.com", "example.com", RELAXED, {"_dmarc.example.com": NONE, "_dmarc.com": FAILED}, Found.UNKNOWN),
    ],
)
def test_alignment(identifier: str, author: str, mode: AlignmentMode, records: dict[str, str], aligned: Found) -> None:
    assert Table(records).ask(alignment(identifier, author, mode)) is aligned


def test_alignment_by_list_asks_nothing() -> None:
    table = Table({})
    assert table.ask(alignment("a.example.co.jp", "example.co.jp", RELAXED, Method.PSL)) is Found.YES
    assert table.ask(alignment("other.co.jp", "example.co.jp", RELAXED, Method.PSL)) is Found.NO
    assert table.asked == []


# ---- destinations


def _confirmed(address: str, records: dict[str, object]) -> tuple[Found, str, str]:
    record = read_record(f"v=DMARC1; p=none; rua=mailto:{address}").record
    assert record is not None
    table = Table({"_dmarc.example.com": NONE, "_dmarc.reports.example": NONE, **records})  # type: ignore[dict-item]
    found = table.ask(confirm("example.com", record.rua[0]))
    return found.allowed, found.name, found.target.address if found.target else ""


AGREEMENT = "example.com._report._dmarc.reports.example"


@pytest.mark.parametrize(
    ("records", "allowed", "target"),
    [
        ({AGREEMENT: "v=DMARC1"}, Found.YES, "a@reports.example"),
        ({AGREEMENT: "v=DMARC1;"}, Found.YES, "a@reports.example"),
        ({AGREEMENT: ["v=DMARC1", "v=DMARC1; x=y"]}, Found.YES, "a@reports.example"),
        ({AGREEMENT: "v=DMARC1; rua=mailto:b@reports.example"}, Found.YES, "b@reports.example"),
        ({AGREEMENT: "v=DMARC1; rua=mailto:b@elsewhere.example"}, Found.NO, ""),
        ({AGREEMENT: "v=spf1 -all"}, Found.NO, ""),
        ({AGREEMENT: "v=dmarc1"}, Found.NO, ""),
        ({}, Found.NO, ""),
        ({AGREEMENT: FAILED}, Found.UNKNOWN, ""),
    ],
)
def test_an_address_outside_needs_an_agreement(records: dict[str, object], allowed: Found, target: str) -> None:
    assert _confirmed("a@reports.example", records) == (allowed, AGREEMENT, target)


def test_an_address_of_the_same_organization_needs_none() -> None:
    assert _confirmed("a@example.com", {}) == (Found.YES, "", "a@example.com")
    assert _confirmed("a@sub.example.com", {}) == (Found.YES, "", "a@sub.example.com")


def test_whether_it_is_outside_may_be_unknown() -> None:
    assert _confirmed("a@reports.example", {"_dmarc.example": FAILED})[0] is Found.UNKNOWN


def test_a_name_too_long_for_the_dns_is_no_agreement() -> None:
    host = ".".join(["x" * 60] * 4)
    assert _confirmed(f"a@{host}", {})[0] is Found.NO
