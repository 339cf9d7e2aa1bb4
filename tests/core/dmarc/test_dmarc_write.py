"""Records made: what is written is read again, and what is merged loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.dmarc.record import pick, read_record
from sekisho.core.dmarc.uri import mailto
from sekisho.core.dmarc.write import asks_for_reports_at, merged, to_text

ME = "r@reports.example"


@pytest.mark.parametrize(
    "text",
    [
        "v=DMARC1; p=none",
        "v=DMARC1; p=reject; sp=none; np=quarantine; t=y; psd=n; adkim=s; aspf=s; rua=mailto:a@example.com,mailto:b@example.com",
        "v=DMARC1; p=none; ruf=mailto:f@example.com; fo=1:d; x-own=1",
    ],
)
def test_what_is_written_is_what_was_read(text: str) -> None:
    record = read_record(text).record
    assert record is not None
    assert to_text(record) == text


def test_historic_tags_and_defaults_are_left_out() -> None:
    record = read_record("v=DMARC1; adkim=r; p=reject; pct=100; ri=86400; rua=mailto:a@example.com!10m").record
    assert record is not None
    assert to_text(record) == "v=DMARC1; p=reject; rua=mailto:a@example.com"
    assert to_text(replace(record, t=True, rua=())) == "v=DMARC1; p=reject; t=y"


@pytest.mark.parametrize(
    ("there", "published"),
    [
        ([], f"v=DMARC1; p=none; rua=mailto:{ME}"),
        (["v=spf1 -all"], f"v=DMARC1; p=none; rua=mailto:{ME}"),
        (["v=DMARC1; p=reject"], f"v=DMARC1; p=reject; rua=mailto:{ME}"),
        (["v=DMARC1; p=reject; "], f"v=DMARC1; p=reject; rua=mailto:{ME}"),
        (["v=DMARC1;p=reject;rua=mailto:a@example.com;sp=none"], f"v=DMARC1;p=reject;rua=mailto:a@example.com,mailto:{ME};sp=none"),
        (
            ["v=DMARC1; p=reject; rua=mailto:a@x.example!5m ; x=1"],
            f"v=DMARC1; p=reject; rua=mailto:a@x.example!5m,mailto:{ME}; x=1",
        ),
        (["v=DMARC1; p=reject; rua="], f"v=DMARC1; p=reject; rua=mailto:{ME}"),
        ([f"v=DMARC1; p=none; rua=mailto:{ME.upper()}"], f"v=DMARC1; p=none; rua=mailto:{ME.upper()}"),
        (["v=DMARC1"], f"v=DMARC1; p=none; rua=mailto:{ME}"),
        (["v=dmarc1; p=reject"], f"v=DMARC1; p=reject; rua=mailto:{ME}"),
        (['"v=DMARC1; p=quarantine"'], f"v=DMARC1; p=quarantine; rua=mailto:{ME}"),
        (["p=reject; v=DMARC1"], f"v=DMARC1; p=reject; rua=mailto:{ME}"),
        (
            ["v=DMARC1; p=none; rua=mailto:a@x.example", "v=DMARC1; p=reject; rua=mailto:b@x.example; ruf=mailto:c@x.example"],
            f"v=DMARC1; p=none; rua=mailto:a@x.example,mailto:b@x.example,mailto:{ME}; ruf=mailto:c@x.example",
        ),
    ],
)
def test_merging_keeps_what_is_there(there: list[str], published: str) -> None:
    text = merged(there, ME)
    assert text == published
    assert merged([text], ME) == text
    assert asks_for_reports_at([text], ME)
    record = pick([text]).record
    assert record is not None


def test_an_address_is_added_to_a_long_list_where_it_is_read() -> None:
    there = "v=DMARC1; p=none; rua=" + ",".join(f"mailto:a{n}@x.example" for n in range(30))
    text = merged([there], ME)
    assert asks_for_reports_at([text], ME)
    assert merged([text], ME) == text


def test_odd_addresses_are_encoded_and_read_again() -> None:
    record = read_record(f"v=DMARC1; p=none; rua={mailto('a!b#c@example.com')}").record
    assert record is not None
    assert record.rua[0].address == "a!b#c@example.com"


PIECES = (
    "v=DMARC1",
    "v=dmarc1",
    "V=DMARC2",
    '"',
    ";",
    "; ",
    "p=none",
    "p=reject",
    "p=maybe",
    "sp=",
    "rua=",
    "mailto:a@x.example",
    ",",
    "!",
    "psd=n",
    "=",
    "日本",
    " ",
    "np",
)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=3))
def test_whatever_is_there_the_merged_record_counts_and_asks_for_reports(there: list[str]) -> None:
    text = merged(there, ME)
    assert asks_for_reports_at([text], ME)
    assert merged([text], ME) == text
    counted = pick(there).record
    after = read_record(text).record
    assert after is not None
    if counted is not None and "p" in dict(counted.tags):
        assert (after.p, after.sp, after.np, after.psd, after.t) == (counted.p, counted.sp, counted.np, counted.psd, counted.t)
        assert {uri.text for uri in counted.rua if uri.is_usable} <= {uri.text for uri in after.rua}
