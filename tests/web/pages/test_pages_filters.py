"""The filters: read, write, the same again; what is hostile or odd becomes a sentence."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.core.terms import Class
from sekisho.web.filters import MAX_DAYS, Form, Horizon, State, escaped, parse, write

TODAY = 20780
HORIZON = Horizon(TODAY, TODAY - 400, TODAY)
FORM = Form(sorts=("messages", "urgency"), sort="urgency")


def iso(day: int) -> str:
    return (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat()


def read(query: str, form: Form = FORM, horizon: Horizon = HORIZON) -> State:
    return parse(QueryDict(query), horizon, form)


def test_nothing_asked_is_thirty_days_to_yesterday_and_writes_nothing() -> None:
    state = read("")
    assert (state.first, state.last) == (TODAY - 30, TODAY - 1)
    assert write(state) == ""
    assert state.problems == ()


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("range=7d", TODAY - 7, TODAY - 1),
        ("range=90d", TODAY - 90, TODAY - 1),
        ("range=12m", TODAY - 365, TODAY - 1),
        (f"from={iso(TODAY - 9)}&to={iso(TODAY - 3)}", TODAY - 9, TODAY - 3),
        (f"from={iso(TODAY - 3)}&to={iso(TODAY - 9)}", TODAY - 9, TODAY - 3),
        (f"to={iso(TODAY - 3)}", TODAY - 32, TODAY - 3),
        (f"range={iso(TODAY - 9)}..{iso(TODAY - 3)}", TODAY - 9, TODAY - 3),
        (f"range=7d&from={iso(TODAY - 9)}&to={iso(TODAY - 3)}", TODAY - 9, TODAY - 3),
    ],
)
def test_ranges(query: str, first: int, last: int) -> None:
    state = read(query)
    assert (state.first, state.last) == (first, last)
    assert state.problems == ()


def test_month_begins_with_the_first() -> None:
    state = read("range=month")
    assert iso(state.first).endswith("-01")
    assert iso(state.first)[:7] == iso(state.last)[:7]


def test_keys_are_written_in_the_one_order_and_defaults_left_out() -> None:
    state = read(
        "view=total&size=50&page=2&sort=-messages&q=x&spf=fail&dkim=pass&disposition=none&class=normal,spoof"
        "&reporter=b&host=192.0.2.0/24&group=dom.a&domain=example.jp&compare=prev&range=7d"
    )
    assert write(state) == (
        "?range=7d&compare=prev&domain=example.jp&group=dom.a&host=192.0.2.0/24&reporter=b&class=spoof,normal"
        "&disposition=none&dkim=pass&spf=fail&q=x&sort=-messages&page=2&size=50&view=total"
    )
    assert write(read("sort=urgency&page=1&size=25&view=failed&range=30d")) == ""


@pytest.mark.parametrize(
    "query",
    [
        "range=forever",
        "from=yesterday",
        "from=0001-01-01&to=9999-12-31",
        "host=not-an-address",
        "host=192.0.2.0/99",
        "class=evil",
        "dkim=maybe",
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=²",
        "size=1000000",
        "disposition=drop",
        "view=<script>",
        "compare=never",
    ],
)
def test_what_is_not_understood_is_told_and_left_out(query: str) -> None:
    state = read(query)
    assert len(state.problems) >= 1
    assert write(state) == ""


def test_an_unknown_sort_of_another_page_is_left_out_in_silence() -> None:
    assert read("sort=-begin").problems == ()
    assert read("sort=-begin").order == "urgency"


def test_long_ranges_are_bounded_and_say_so() -> None:
    state = read(f"from=1991-01-01&to={iso(TODAY)}")
    assert state.days == MAX_DAYS
    assert state.last == TODAY
    assert len(state.problems) == 1


def test_values_with_commas_survive() -> None:
    name = "Example, Inc. \\ Mail"
    state = read("reporter=" + escaped(name).replace(" ", "%20").replace("\\", "%5C"))
    assert state.reporter == (name,)
    assert read(write(state)[1:]).reporter == (name,)


def test_repeated_keys_and_commas_both_mean_any_of() -> None:
    assert read("domain=a.example&domain=b.example,A.example").domain == ("a.example", "b.example")


def test_what_stands_in_the_path_is_neither_read_nor_written() -> None:
    state = read("domain=other.example", Form(fixed=("domain",)))
    assert state.domain == ()
    assert "domain" not in write(state, domain=("example.jp",))


def test_all_classes_mean_no_filter() -> None:
    assert read("class=spoof,failing,forwarded,normal").classes == ()


def test_delivered_means_both_wire_words() -> None:
    assert [str(d) for d in read("disposition=none").filter(1).dispositions] == ["none", "pass"]


def test_filter_always_names_its_organisation() -> None:
    f = read("domain=example.jp&class=spoof&dkim=fail&host=192.0.2.1").filter(7)
    assert (f.org, f.domains, f.classes, f.dkim, f.spf, f.hosts) == (
        7,
        ("example.jp",),
        (Class.SPOOF,),
        False,
        None,
        ("192.0.2.1",),
    )


def test_previous_period_is_as_long_and_just_before() -> None:
    state = read("range=7d&compare=prev")
    assert state.before == (TODAY - 14, TODAY - 8)


def test_a_year_before_knows_leap_days() -> None:
    leap = (dt.date(2028, 2, 29) - dt.date(1970, 1, 1)).days
    state = State(first=leap, last=leap, compare="year")
    assert [iso(day) for day in state.before] == ["2027-02-28", "2027-02-28"]


@pytest.mark.parametrize(
    ("oldest", "newest", "last", "is_stale"),
    [
        (None, None, TODAY - 1, False),
        (TODAY - 50, TODAY, TODAY - 1, False),
        (TODAY - 50, TODAY - 1, TODAY - 1, False),
        (TODAY - 50, TODAY - 2, TODAY - 2, False),
        (TODAY - 50, TODAY - 9, TODAY - 9, True),
        (TODAY, TODAY, TODAY, False),
        (TODAY - 5, TODAY + 4000, TODAY - 1, False),
    ],
)
def test_a_range_ends_at_the_last_complete_day_or_where_reports_stopped(
    oldest: int | None, newest: int | None, last: int, is_stale: bool
) -> None:
    horizon = Horizon(TODAY, oldest, newest)
    assert (horizon.last, horizon.is_stale) == (last, is_stale)


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["range", "from", "to", "domain", "host", "reporter", "class", "q", "page", "sort", "size"]), st.text()
    )
)
def test_any_query_is_read_and_reads_the_same_once_written(values: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(values)
    state = parse(query, HORIZON, FORM)
    again = parse(QueryDict(write(state)[1:]), HORIZON, FORM)
    assert again == state
    assert again.problems == ()
