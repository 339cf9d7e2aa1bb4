"""The parts of pages draw what they are given, escape it, and never write a style attribute or a script of their own."""

import json
import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import include, path
from django.utils import translation

from sekisho.core.terms import URGENCY, Class
from sekisho.store.query import DaySplit, PlaceSum, Split
from sekisho.web.parts import Banner, Chip, Choice, Crumb, DayState, Event, ReasonLine, Rung, Step, Tab
from sekisho.web.templatetags import charts, pictures

EVIL = '"><script>alert(1)</script>'
SPLIT = Split(normal=350_996, forwarded=5_982, failing=3_223, spoof=6_012)
BEFORE = Split(normal=344_790, forwarded=6_174, failing=2_867, spoof=466)
ORG = SimpleNamespace(pk=1, slug="sample", name="Sample", timezone="Asia/Tokyo")
LOADED = "{% load i18n sekisho charts frame %}"

urlpatterns = [path(f"<slug:org>/{name}", lambda request, org: None, name=name) for name in ("overview", "domains", "groups")]
urlpatterns += [path("agency/", lambda request: None, name="agency"), path("i18n/", include("django.conf.urls.i18n"))]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def draw(source, address="/", **context):
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return Template(LOADED + source).render(Context({"request": request, "user": request.user, **context}))


# ---- classes and pictures


@pytest.mark.parametrize("klass", list(Class))
def test_a_class_has_shape_and_word(klass):
    drawn = draw("{% cls k %}", k=klass)
    assert f'class="mark {klass}"' in drawn
    assert re.search(r">\w[\w ]+</span>", drawn)


def test_the_four_shapes_differ():
    assert len({draw("{% mark k %}", k=klass).replace(klass, "") for klass in Class}) == 4


def test_split_says_its_shares_and_skips_empty_classes():
    drawn = draw("{% split s %}", s=Split(normal=6_683, spoof=248))
    assert 'aria-label="Normal 96.4%, Suspected spoofing 3.6%"' in drawn
    assert drawn.count("<rect") == 4  # track, normal, spoof, one seam


def test_split_of_nothing_says_so():
    assert 'aria-label="No mail"' in draw("{% split s %}", s=Split())


@pytest.mark.parametrize("counts", [[1_000_000, 1, 1, 1], [0, 0, 0, 1], [5, 5, 5, 5], [0, 0, 0, 0], [1, 0, 10**12, 0]])
def test_bars_are_whole_and_their_parts_can_be_seen(counts):
    widths = pictures.bar_widths(counts)
    assert sum(widths) == pytest.approx(100 if sum(counts) else 0)
    assert all(
        width == 0 if not count else width >= pictures.LEAST_SHARE - 1e-9 for count, width in zip(counts, widths, strict=True)
    )


def test_spark_stays_flat_under_its_floor():
    def heights(values):
        return [float(point.split()[1]) for point in re.search(r'd="M([^"]*)"', pictures.spark(values))[1].split("L")]

    assert max(heights([0, 6, 3])) - min(heights([0, 6, 3])) <= 2
    assert max(heights([0, 600])) - min(heights([0, 600])) == 20
    assert len(heights([5])) == 2
    assert 'd=""' in pictures.spark([])


# ---- the four numbers


def test_four_numbers_link_with_the_filters_kept():
    drawn = draw("{% four s b days=30 %}", "/x?q=a&page=3&domain=example.jp&sort=-spoof", s=SPLIT, b=BEFORE)
    links = re.findall(r'href="([^"]*)"', drawn)
    assert links == [f"?domain=example.jp&amp;class={klass}&amp;q=a&amp;sort=-spoof" for klass in URGENCY]


def test_four_numbers_may_lead_to_another_page_with_its_own_filters():
    drawn = draw("{% four s url=url %}", "/x?sort=-spoof", s=SPLIT, url="/sample/groups?range=7d")
    assert 'href="/sample/groups?range=7d&amp;class=spoof"' in drawn


def test_only_a_surge_of_spoofing_is_hot():
    hot = re.findall(r'<a class="(\w+) hot"', draw("{% four s b %}", s=SPLIT, b=BEFORE))
    assert hot == ["spoof"]
    surge_of_failing = draw("{% four s b %}", s=Split(failing=500, spoof=5), b=Split(failing=5, spoof=5))
    assert " hot" not in surge_of_failing


def test_four_numbers_compare_in_words():
    drawn = re.sub(r"<[^>]+>", "", draw("{% four s b days=30 %}", s=SPLIT, b=BEFORE))
    assert "12.9× the previous 30 days (466)" in drawn
    assert "−3.1% vs previous 30 days" in drawn
    assert "previous" not in draw("{% four s %}", s=SPLIT)


# ---- addresses and tables


def test_query_keeps_one_order_and_drops_what_is_empty():
    source = '{% query class="spoof" page=None q="" %}'
    assert (
        draw(source, "/?view=total&q=x&from=2026-01-01&to=2026-01-31&zz=1&page=4")
        == "?from=2026-01-01&amp;to=2026-01-31&amp;class=spoof&amp;view=total&amp;zz=1"
    )


def test_query_escapes():
    assert "<" not in draw("{% query q=evil %}", evil=EVIL)


@pytest.mark.parametrize(
    ("address", "sorted_by", "link"),
    [
        ("/", "descending", "?sort=messages"),
        ("/?sort=messages", "ascending", "?"),
        ("/?sort=hosts&page=2", "", "?"),
    ],
)
def test_a_head_cell_sorts_and_reverses(address, sorted_by, link):
    drawn = draw('{% sort_head "messages" "Messages" num=True %}', address)
    assert (f'aria-sort="{sorted_by}"' in drawn) if sorted_by else ("aria-sort" not in drawn)
    assert f'href="{link}"' in drawn


def test_days_sort_from_the_newest_without_being_numbers():
    drawn = draw('{% sort_head "begin" "Day" down=True %}')
    assert 'href="?sort=-begin"' in drawn
    assert "num" not in drawn


def test_ticks_become_code_and_nothing_else_becomes_markup():
    assert draw("{{ text|ticks }}", text="Add `ip4:192.0.2.1 <b>` & go") == "Add <code>ip4:192.0.2.1 &lt;b&gt;</code> &amp; go"


@pytest.mark.parametrize(
    ("total", "page", "shown", "previous", "following"),
    [(1204, 1, "1–25 of 1,204", None, "?page=2"), (1204, 2, "26–50 of 1,204", "?", "?page=3"),
     (1204, 49, "1,201–1,204 of 1,204", "?page=48", None), (1204, 999, "1,201–1,204 of 1,204", "?page=48", None),
     (25, 1, "1–25 of 25", None, None)],
)  # fmt: skip
def test_pager_says_where_one_is(total, page, shown, previous, following):
    drawn = draw("{% pager total page 25 %}", total=total, page=page)
    assert shown in drawn
    assert re.findall(r'rel="prev" href="([^"]*)"', drawn) == ([previous] if previous else [])
    assert re.findall(r'rel="next" href="([^"]*)"', drawn) == ([following] if following else [])


def test_pager_of_nothing_is_not_there():
    assert draw("{% pager 0 %}").strip() == ""


# ---- lists


def test_todo_shows_at_most_three_and_says_when_there_is_none():
    assert draw("{% todo steps %}", steps=[Step(f"step {number}") for number in range(5)]).count("<li>") == 3
    assert "Nothing needs to be done now." in draw("{% todo steps %}", steps=[])


def test_reasons_show_their_weight_in_five_marks():
    drawn = draw("{% reasons lines %}", lines=[ReasonLine(4, Class.SPOOF, "why", "proof")])
    assert drawn.count('class="on"') == 4
    assert drawn.count("<i") == 5
    assert 'aria-label="weight 4 of 5"' in drawn


def test_unknown_days_differ_from_days_off():
    drawn = draw("{% day_strip states %}", states=[DayState.NONE, DayState.OFF, DayState.UNKNOWN, "on"])
    assert re.findall(r"<i([^>]*)>", drawn) == ["", ' class="off"', ' class="unknown"', ' class="on"']
    assert 'aria-hidden="true"' in drawn


# ---- charts


def data_of(drawn):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', drawn, re.DOTALL)[1])


def test_chart_and_table_show_the_same_figures():
    drawn = draw("{% class_chart days 10 12 %}", days=[DaySplit(10, Split(1, 2, 3, 4)), DaySplit(12, Split(5, 6, 7, 1_008))])
    data = data_of(drawn)
    cells = [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", drawn)][1:]
    from_table = [[int(cell.replace(",", "")) for cell in row[1:]] for row in reversed(cells)]
    assert from_table == [list(day) for day in zip(*(series["values"] for series in data["series"]), strict=True)]
    assert from_table == [[4, 3, 2, 1], [0, 0, 0, 0], [1_008, 7, 6, 5]]
    assert data["days"] == ["1970-01-11", "1970-01-12", "1970-01-13"]
    assert [series["klass"] for series in data["series"]] == ["spoof", "failing", "forwarded", "normal"]


def test_many_days_become_weeks_that_end_with_the_last_day():
    drawn = charts.series([DaySplit(day, Split(normal=1)) for day in range(300)], 0, 299)
    assert len(drawn) == 42
    assert {split.normal for _day, split in drawn} == {7}
    assert drawn[-1].day == 293


def test_the_host_chart_has_only_the_classes_that_occur():
    data = data_of(draw("{% host_chart days 0 3 events=events %}", days=[DaySplit(2, Split(spoof=3))], events=[Event(2, EVIL)]))
    assert [series["klass"] for series in data["series"]] == ["spoof"]
    assert data["events"] == [{"day": "1970-01-03", "label": EVIL}]


def test_unknown_places_are_not_drawn():
    places = [PlaceSum("NL", "Amsterdam", 52.4, 4.9, Split(spoof=3), 1), PlaceSum("", "", None, None, Split(spoof=9), 1)]
    drawn = draw("{% place_map places %}", places=places)
    assert data_of(drawn)["places"] == [{"name": "Amsterdam (Netherlands)", "at": [4.9, 52.4], "url": "", "counts": {"spoof": 3}}]
    assert "DB-IP" in drawn


# ---- frame

PAGE = '{% extends "base.html" %}'


def page(address="/sample/overview", **context):
    request = RequestFactory().get(address, **context.pop("extra", {}))
    request.user = AnonymousUser()
    request.resolver_match = SimpleNamespace(url_name="overview", view_name="overview", kwargs={"org": "sample"})
    request.COOKIES.update(context.pop("cookies", {}))
    return Template(PAGE).render(Context({"request": request, "user": request.user, **context}))


@pytest.mark.urls(__name__)
def test_navigation_shows_only_what_leads_somewhere():
    drawn = page(org=ORG, organisations=[ORG], counts={"domains": 3})
    side = drawn[drawn.index('<aside class="side">') :]
    assert re.findall(r'data-nav="(\w+)"', side) == ["overview", "domains", "sources"]
    assert 'data-nav="overview" aria-current="page"' in side
    assert '<span class="count">3</span>' in side


@pytest.mark.urls(__name__)
def test_switching_the_organisation_keeps_the_page_and_drops_the_filters():
    other = SimpleNamespace(pk=2, slug="other", name="Other")
    drawn = page("/sample/overview?class=spoof", org=ORG, organisations=[ORG, other])
    assert '<li><a href="/other/overview">Other</a></li>' in drawn


@pytest.mark.parametrize(
    ("cookie", "attribute"),
    [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("auto", ""), ('x" onload="', ""), (None, "")],
)
def test_theme_comes_from_the_cookie_and_nothing_else(cookie, attribute):
    drawn = page(cookies={"sekisho_theme": cookie} if cookie else {})
    assert f'<html lang="en"{attribute}>' in drawn


def everything(evil):
    return page(
        org=SimpleNamespace(pk=1, slug="sample", name=evil, timezone="UTC"),
        organisations=[ORG, SimpleNamespace(pk=2, slug="other", name=evil)],
        banner=Banner(evil, evil, "/x", evil, more=2),
        crumbs=[Crumb(evil, "/x"), Crumb(evil)],
        tabs=[Tab(evil, "/x", is_current=True)],
        filters=[
            Chip(
                "range",
                evil,
                evil,
                [Choice(evil, evil, is_chosen=True, count=3)] * 9,
                is_many=True,
                dates=(evil, evil),
                is_set=True,
                help=evil,
            ),
            Chip("q", evil, evil, text=evil, is_extra=True),
        ],
        csv_url="/x",
    )


def parts(evil):
    days = [DaySplit(2, Split(spoof=3))]
    context = {
        "steps": [Step(evil, evil, "/x", evil)],
        "lines": [ReasonLine(9, Class.SPOOF, evil, evil)],
        "rungs": [Rung(evil, evil, evil, "now"), Rung(evil, evil, evil, "next")],
        "days": days,
        "events": [Event(2, evil)],
        "places": [PlaceSum(evil, evil, 1.0, 2.0, Split(spoof=1), 1)],
        "evil": evil,
        "s": SPLIT,
    }
    source = """
        {% todo steps %}{% reasons lines %}{% ladder rungs %}{% host_chart days 0 3 events=events %}
        {% class_chart days 0 3 events=events %}{% place_map places full=True %}{% four s s %}{% split s %}{{ evil|country }}
        {% day_strip "" evil %}{% include "parts/empty.html" with kind="filtered" title=evil text=evil %}
        {% include "parts/note.html" with title=evil text=evil %}{% include "parts/copy.html" with text=evil label=evil %}
        {% sort_head evil evil %}"""
    return draw(source, **context)


@pytest.mark.parametrize("drawing", [everything, parts])
def test_what_reports_say_is_escaped_everywhere(drawing):
    drawn = drawing(EVIL)
    assert EVIL not in drawn
    assert "alert(1)" in drawn
    assert "<script>" not in drawn


@pytest.mark.parametrize("drawing", [everything, parts])
def test_nothing_breaks_the_content_security_policy(drawing):
    drawn = drawing("plain")
    assert not re.search(r"\sstyle=", drawn)
    assert not re.search(r"\son\w+=", drawn)
    assert "<style" not in drawn
    for attributes in re.findall(r"<script([^>]*)>", drawn):
        assert 'type="application/json"' in attributes or " src=" in attributes


def test_a_moment_is_told_in_the_zone_of_the_organisation_and_outside_of_any_says_utc():
    assert "24 Nov, 06:12<" in draw("{% moment at %}", at=1795468320, org=ORG)
    assert "23 Nov, 21:12 UTC<" in draw("{% moment at %}", at=1795468320)
    assert "UTC<" not in draw("{% moment at now=at %}", at=1795468320)
