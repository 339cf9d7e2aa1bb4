"""The record: each tag, each way to write it wrong, and what becomes of it."""

from __future__ import annotations

import random

import pytest

from sekisho.core.dmarc.record import MAX_NOTES, MAX_TEXT, Psd, Standing, pick, policy_for, read_record
from sekisho.core.dmarc.uri import MAX_URIS
from sekisho.core.terms import AlignmentMode, Policy


def codes(text: str) -> list[str]:
    return [note.code for note in read_record(text).notes]


COUNTS = [
    ("v=DMARC1; p=reject", Standing.APPLIES, []),
    ("v=DMARC1;p=none;rua=mailto:a@example.com", Standing.APPLIES, []),
    ("v = DMARC1 ; p = none ;", Standing.APPLIES, []),
    ("V=DMARC1; P=Reject", Standing.APPLIES, []),
    ("v=DMARC1; p=none;;; ", Standing.APPLIES, []),
    ("v=DMARC1;\tp=none;\n rua=mailto:a@example.com", Standing.APPLIES, []),
    (" v=DMARC1; p=none", Standing.APPLIES, ["leading_space"]),
    ("v=DMARC1", Standing.NOT_APPLIED, ["p_missing"]),
    ("v=DMARC1;", Standing.NOT_APPLIED, ["p_missing"]),
    ("v=DMARC1; rua=mailto:a@example.com", Standing.AS_NONE, ["p_missing"]),
    ("v=DMARC1; rua=https://example.com/r", Standing.AS_NONE, ["uri_scheme", "p_missing"]),
    ("v=DMARC1; rua=a@example.com", Standing.NOT_APPLIED, ["uri_no_scheme", "p_missing"]),
    ("v=DMARC1; p=blocked", Standing.NOT_APPLIED, ["policy_invalid"]),
    ("v=DMARC1; p=", Standing.NOT_APPLIED, ["policy_invalid"]),
    ("v=DMARC1; p=reject; sp=nothing", Standing.NOT_APPLIED, ["policy_invalid"]),
    ("v=DMARC1; p=reject; sp=nothing; rua=mailto:a@example.com", Standing.AS_NONE, ["policy_invalid"]),
    ("v=DMARC1; p=reject; np=x; rua=mailto:a@example.com", Standing.AS_NONE, ["policy_invalid"]),
    ("v=DMARC1; p=none; adkim=relaxed", Standing.APPLIES, ["value_invalid"]),
    ("v=DMARC1; p=none; aspf=x; psd=q; t=1", Standing.APPLIES, ["value_invalid"] * 3),
    ("v=DMARC1; p=none; p=reject", Standing.APPLIES, ["duplicate_tag"]),
    ("v=DMARC1; p=none; v=DMARC1", Standing.APPLIES, ["duplicate_tag"]),
    ("v=DMARC1; p=none; hello", Standing.APPLIES, ["malformed_tag"]),
    ("v=DMARC1; p=none; =x", Standing.APPLIES, ["malformed_tag"]),
    ("v=DMARC1; p=none; foo=bar", Standing.APPLIES, ["unknown_tag"]),
    ("v=DMARC1; p=reject; pct=50", Standing.APPLIES, ["pct_ignored"]),
    ("v=DMARC1; p=reject; pct=100; rf=afrf; ri=3600", Standing.APPLIES, ["historic_tag"] * 3),
    ("v=DMARC1; p=none; fo=1", Standing.APPLIES, ["fo_without_ruf"]),
    ("v=DMARC1; p=none; ruf=mailto:a@example.com; fo=0:1:d", Standing.APPLIES, ["fo_contradicts"]),
    ("v=DMARC1; p=none; ruf=mailto:a@example.com; fo=z", Standing.APPLIES, ["value_invalid"]),
    ("v=DMARC1; rua=mailto:a@example.com; p=none", Standing.APPLIES, ["p_not_second"]),
    ("v=DMARC1; p=none; rua=mailto:a@example.com!10m", Standing.APPLIES, ["uri_size"]),
    ("v=DMARC1; p=none; rua=mailto:a@example.com,,mailto:b@example.com", Standing.APPLIES, ["uri_empty"]),
    ("v=DMARC1; p=none; rua=mailto:", Standing.APPLIES, ["uri_invalid"]),
    ("v=DMARC1; p=none; rua=mailto:a@b@c", Standing.APPLIES, ["uri_invalid"]),
    ("v=DMARC1; p=none; rua=mailto:a@example.com%0d%0aBcc:x@y.example", Standing.APPLIES, ["uri_invalid"]),
    ("v=DMARC1; p=none; rua=“mailto:a@example.com”", Standing.APPLIES, ["uri_invalid", "odd_characters"]),
]


@pytest.mark.parametrize(("text", "standing", "notes"), COUNTS)
def test_a_record_counts_with_notes_on_what_is_wrong(text: str, standing: Standing, notes: list[str]) -> None:
    reading = read_record(text)
    assert reading.record is not None
    assert reading.record.standing is standing
    assert sorted(note.code for note in reading.notes) == sorted(notes)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("v=spf1 -all", "not_dmarc"),
        ("", "not_dmarc"),
        ("google-site-verification=v", "not_dmarc"),
        ("v=dmarc1; p=none", "version_case"),
        ("v=DMARC2; p=none", "version_wrong"),
        ("v=DMARC1 p=none", "version_wrong"),
        ("v=DMARC1, p=none", "version_wrong"),
        ("v=DMARC", "version_wrong"),
        ("p=none; v=DMARC1", "version_not_first"),
        ('"v=DMARC1; p=none"', "quoted"),
        ("“v=DMARC1; p=none”", "quoted"),
        ("p=none; rua=mailto:a@example.com", "version_missing"),
        ("v＝DMARC1; p=none", "version_wrong"),
        ("v=DMARC1;" + "x" * MAX_TEXT, "too_long"),
    ],
)
def test_what_does_not_count_says_why(text: str, code: str) -> None:
    assert read_record(text).record is None
    assert codes(text) == [code]


def test_every_tag_has_its_value() -> None:
    record = read_record(
        "v=DMARC1; p=quarantine; sp=none; np=reject; adkim=s; aspf=S; psd=n; t=y; fo=1:d:s; "
        "rua=mailto:a@Example.COM!2k,mailto:b%2Cc@example.com; ruf=mailto:f@example.com; pct=20"
    ).record
    assert record is not None
    assert (record.p, record.sp, record.np) == (Policy.QUARANTINE, Policy.NONE, Policy.REJECT)
    assert (record.adkim, record.aspf) == (AlignmentMode.STRICT, AlignmentMode.STRICT)
    assert (record.psd, record.t, record.fo, record.pct) == (Psd.NO, True, ("1", "d", "s"), 20)
    assert [(uri.address, uri.max_bytes) for uri in record.rua] == [("a@example.com", 2048), ("", None)]
    assert record.ruf[0].host == "example.com"


def test_defaults_are_those_of_the_standard() -> None:
    record = read_record("v=DMARC1; p=none").record
    assert record is not None
    assert (record.sp, record.np, record.adkim, record.aspf) == (
        Policy.ABSENT,
        Policy.ABSENT,
        AlignmentMode.RELAXED,
        AlignmentMode.RELAXED,
    )
    assert (record.psd, record.t, record.fo, record.rua, record.pct) == (Psd.UNKNOWN, False, ("0",), (), None)


@pytest.mark.parametrize(
    ("suffix", "size"), [("!10m", 10 << 20), ("!5", 5), ("!1K", 1024), ("!3g", 3 << 30), ("!1t", 1 << 40), ("", None)]
)
def test_a_size_suffix_is_read_in_powers_of_two(suffix: str, size: int | None) -> None:
    record = read_record(f"v=DMARC1; p=none; rua=mailto:a@example.com{suffix}").record
    assert record is not None
    assert (record.rua[0].address, record.rua[0].max_bytes) == ("a@example.com", size)


@pytest.mark.parametrize(
    ("text", "is_own", "exists", "tag", "said", "expected"),
    [
        ("p=reject", True, True, "p", "reject", "reject"),
        ("p=reject", False, True, "p", "reject", "reject"),
        ("p=reject; sp=none", False, True, "sp", "none", "none"),
        ("p=reject; sp=none", True, True, "p", "reject", "reject"),
        ("p=none; sp=quarantine", False, False, "sp", "quarantine", "quarantine"),
        ("p=none; np=reject", False, False, "np", "reject", "reject"),
        ("p=none; np=reject", False, True, "p", "none", "none"),
        ("p=none; sp=none; np=reject", False, False, "np", "reject", "reject"),
        ("p=reject; t=y", True, True, "p", "reject", "quarantine"),
        ("p=quarantine; t=y", True, True, "p", "quarantine", "none"),
        ("p=none; t=y", True, True, "p", "none", "none"),
        ("p=none; np=reject; t=y", False, False, "np", "reject", "quarantine"),
        ("p=reject; sp=oops; rua=mailto:a@example.com", True, True, "p", "none", "none"),
    ],
)
def test_the_policy_for_a_name(text: str, is_own: bool, exists: bool, tag: str, said: str, expected: str) -> None:
    record = read_record("v=DMARC1; " + text).record
    assert record is not None
    assert policy_for(record, is_own=is_own, exists=exists) == (tag, said, expected)


def test_several_records_at_a_name_are_none() -> None:
    reading = pick(["v=DMARC1; p=none", "v=spf1 -all", "v=DMARC1; p=reject"])
    assert reading.record is None
    assert [note.code for note in reading.notes] == ["several_records"]


def test_other_texts_beside_the_record_do_not_matter() -> None:
    reading = pick(["some-verification=1", "v=DMARC1; p=reject", "v=DMARC12; p=none"])
    assert reading.record is not None
    assert reading.record.p is Policy.REJECT


def test_hostile_texts_stay_within_bounds() -> None:
    dice = random.Random(1)
    pieces = [
        "v=DMARC1",
        ";",
        "p=",
        "none",
        "rua=",
        "mailto:",
        "a@example.com",
        ",",
        "!",
        "10m",
        " ",
        "=",
        "％",
        "\0",
        "%",
        "\t",
        "\ud800",
    ]
    for _ in range(3000):
        text = ("v=DMARC1;" if dice.random() < 0.7 else "") + "".join(dice.choices(pieces, k=dice.randrange(60)))
        reading = read_record(text)
        assert len(reading.notes) <= MAX_NOTES
        assert (reading.record is not None) or reading.notes
        for uri in (*reading.record.rua, *reading.record.ruf) if reading.record else ():
            assert not any(c in uri.address for c in " \r\n\0,;<>")
    many = "v=DMARC1; p=none; rua=" + ",".join(["mailto:a@example.com"] * 300)
    record = read_record(many).record
    assert record is not None
    assert len(record.rua) == MAX_URIS
    assert "too_many_uris" in codes(many)
