"""Numbers and dates read as design section 5 says, in both languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.web import formats

NOV_23 = (dt.date(2026, 11, 23) - formats.EPOCH).days


@pytest.mark.parametrize(("value", "shown"), [(0, "0"), (12027, "12,027"), (-3, "−3"), (366213000, "366,213,000")])
def test_number_marks_thousands_and_has_a_real_minus(value, shown):
    assert formats.number(value) == shown


@pytest.mark.parametrize(
    ("lang", "shown", "unit"), [("ja", "12,027 通", "通"), ("en", "12,027", ""), ("en-gb", "12,027", ""), ("de", "12,027", "")]
)
def test_messages_have_a_counter_in_japanese_only(lang, shown, unit):
    assert formats.messages(12027, lang) == shown
    assert formats.counter(lang) == unit


@pytest.mark.parametrize(
    ("part", "whole", "ja", "en"),
    [
        (6012, 366213, "1.6%", "1.6%"),
        (0, 100, "0.0%", "0.0%"),
        (100, 100, "100.0%", "100.0%"),
        (1, 1000, "0.1%", "0.1%"),
        (1, 1001, "0.1%未満", "< 0.1%"),
        (99_999, 100_000, "99.9%", "99.9%"),
        (0, 0, "–", "–"),
    ],
)
def test_share_never_rounds_something_to_nothing_or_to_all(part, whole, ja, en):
    assert formats.share(part, whole, "ja") == ja
    assert formats.share(part, whole, "en") == en


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_share_is_whole_only_when_it_is(part, rest):
    shown = formats.share(part, part + rest, "en")
    assert shown not in {"100.0%", "0.0%"}


@pytest.mark.parametrize(
    ("now", "before", "ja", "en"),
    [
        (3223, 2867, "+12.4%", "+12.4%"),
        (5982, 6174, "−3.1%", "−3.1%"),
        (6012, 466, "12.9 倍", "12.9×"),
        (5622, 181, "31 倍", "31×"),
        (500, 100, "5.0 倍", "5.0×"),
        (499, 100, "+399.0%", "+399.0%"),
        (7, 0, "新規", "new"),
        (0, 0, "±0%", "±0%"),
        (0, 10, "−100.0%", "−100.0%"),
        (10_000, 10_001, "±0%", "±0%"),
    ],
)
def test_change_is_percent_then_factor_then_new(now, before, ja, en):
    assert formats.change(now, before, "ja") == ja
    assert formats.change(now, before, "en") == en


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [(0, "0", "0"), (5000, "5,000", "5,000"), (10_000, "1万", "10k"), (20_000, "2万", "20k"), (15_500, "1.6万", "15.5k"),
     (1_500_000, "150万", "1.5M"), (300_000_000, "3億", "300M")],
)  # fmt: skip
def test_axis_is_short_from_ten_thousand(value, ja, en):
    assert formats.axis(value, "ja") == ja
    assert formats.axis(value, "en") == en


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (0.97, "高（97%）", "high (97%)"),
        (0.9, "高（90%）", "high (90%)"),
        (0.7, "中（70%）", "medium (70%)"),
        (0.5, "低（50%）", "low (50%)"),
    ],
)
def test_confidence_has_a_word_and_a_percentage(value, ja, en):
    assert formats.confidence(value, "ja") == ja
    assert formats.confidence(value, "en") == en


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0 B"), (1023, "1023 B"), (1434, "1.4 KiB"), (5 * 2**20, "5.0 MiB"), (3 * 2**40, "3,072.0 GiB")]
)
def test_size_has_a_binary_unit(value, shown):
    assert formats.size(value) == shown


def test_days_are_written_by_language():
    assert formats.day_short(NOV_23, "ja") == "11/23"
    assert formats.day_short(NOV_23, "en") == "23 Nov"
    assert formats.day_named(NOV_23, "ja") == "11/23（月）"
    assert formats.day_named(NOV_23, "en") == "23 Nov"
    assert formats.day_long(NOV_23, "ja") == "2026年11月23日"
    assert formats.day_long(NOV_23, "en") == "23 November 2026"
    assert formats.day_iso(NOV_23) == "2026-11-23"


def test_a_day_may_be_a_number_a_date_or_a_moment():
    expected = dt.date(2026, 11, 23)
    assert formats.as_date(NOV_23) == expected
    assert formats.as_date(expected) == expected
    assert formats.as_date(dt.datetime(2026, 11, 23, 23, 59, tzinfo=dt.UTC)) == expected


def test_range_names_years_only_when_they_differ():
    oct_25 = NOV_23 - 29
    assert formats.day_range(oct_25, NOV_23, "ja") == "10/25–11/23"
    assert formats.day_range(oct_25, NOV_23, "en") == "25 Oct – 23 Nov"
    assert formats.day_range(NOV_23, NOV_23, "ja") == "11/23"
    assert formats.day_range(NOV_23 - 365, NOV_23, "ja") == "2025/11/23–2026/11/23"
    assert formats.day_range(NOV_23 - 365, NOV_23, "en") == "23 Nov 2025 – 23 Nov 2026"


def test_moment_is_in_the_zone_of_the_organisation():
    at = int(dt.datetime(2026, 11, 23, 21, 12, tzinfo=dt.UTC).timestamp())
    assert formats.moment(at, "ja", formats.zone("Asia/Tokyo")) == "11/24 06:12"
    assert formats.moment(at, "en") == "23 Nov, 21:12"


def test_unknown_zone_is_utc():
    assert formats.zone("Nowhere/Town") is dt.UTC
    assert formats.zone("../../etc/passwd") is dt.UTC


def test_ago_counts_minutes_only_under_an_hour():
    now = 1_800_000_000
    assert formats.ago(now - 300, now, "ja") == "5 分前"
    assert formats.ago(now - 300, now, "en") == "5 min ago"
    assert formats.ago(now - 20, now, "ja") == "たった今"
    assert formats.ago(now - 3600, now, "en") == formats.moment(now - 3600, "en")
    assert formats.ago(now + 60, now, "en") == formats.moment(now + 60, "en")


def test_country_is_named_by_language():
    assert formats.country("NL", "ja") == "オランダ"
    assert formats.country("nl", "en") == "Netherlands"
    assert formats.country("QQ", "en") == "QQ"
