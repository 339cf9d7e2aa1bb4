"""`{% load sekisho %}`: numbers and dates by language, classes, bars, tables, pagers, lists of reasons and steps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from django import template
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sekisho.core.terms import URGENCY, Class
from sekisho.store.query import Split
from sekisho.web import formats
from sekisho.web.parts import Chip, DayState, ReasonLine, Rung, Step
from sekisho.web.templatetags import pictures
from sekisho.web.templatetags.words import class_word, lang, listed

register = template.Library()

QUERY_ORDER = (
    *("range", "from", "to", "compare", "domain", "group", "host", "reporter", "class", "disposition", "dkim", "spf"),
    *("q", "sort", "page", "size", "cols", "view"),
)
"""The order of keys in the query string, so that the same filters always make the same address."""
MOST_WEIGHT = 5


# ---- numbers and dates ----


@register.filter
def number(value: int | None) -> str:
    """`{{ n|number }}` → 12,027; a dash for nothing known."""
    return formats.EN_DASH if value is None else formats.number(int(value))


@register.filter
def messages(value: int) -> str:
    """`{{ n|messages }}` → 12,027 通 / 12,027."""
    return formats.messages(int(value), lang())


@register.filter
def share(part: int, whole: int) -> str:
    """`{{ part|share:whole }}` → 1.6%, 0.1%未満 / < 0.1%."""
    return formats.share(int(part), int(whole), lang())


@register.filter
def change(now: int, before: int) -> str:
    """`{{ now|change:before }}` → +12.4%, 12.9 倍 / 12.9×, 新規 / new."""
    return formats.change(int(now), int(before), lang())


@register.filter
def confidence(value: float) -> str:
    """`{{ 0.97|confidence }}` → 高（97%） / high (97%)."""
    return formats.confidence(float(value), lang())


@register.filter
def size(value: int) -> str:
    """`{{ bytes|size }}` → 1.4 KiB."""
    return formats.size(int(value))


@register.filter
def day(value: formats.Day) -> SafeString:
    """`{{ d|day }}` → 11/23 / 23 Nov, in `<time>`; days are UTC days."""
    return _time(value, formats.day_short(value, lang()))


@register.filter
def day_named(value: formats.Day) -> SafeString:
    """`{{ d|day_named }}` → 11/23（月） / 23 Nov, in `<time>`."""
    return _time(value, formats.day_named(value, lang()))


@register.filter
def day_long(value: formats.Day) -> SafeString:
    """`{{ d|day_long }}` → 2026年11月23日 / 23 November 2026, in `<time>`."""
    return _time(value, formats.day_long(value, lang()))


@register.filter
def iso(value: formats.Day) -> SafeString:
    """`{{ d|iso }}` → 2026-11-23, in `<time>`."""
    return _time(value, formats.day_iso(value))


@register.filter
def day_range(first: formats.Day, last: formats.Day) -> str:
    """`{{ first|day_range:last }}` → 10/25–11/23 / 25 Oct – 23 Nov."""
    return formats.day_range(first, last, lang())


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], at: int | dt.datetime, now: int | None = None) -> SafeString:
    """`{% moment at %}` → 11/24 06:12 in the organisation's zone, outside of any `11/24 06:12 UTC`; UTC is in its tooltip.

    With `now=`, minutes ago under an hour.
    """
    seconds = int(at.timestamp()) if isinstance(at, dt.datetime) else int(at)
    org = context.get("org")
    zone = formats.zone(getattr(org, "timezone", "UTC"))
    text = formats.moment(seconds, lang(), zone) if now is None else formats.ago(seconds, now, lang(), zone)
    if org is None and now is None:
        text += " UTC"
    exact = dt.datetime.fromtimestamp(seconds, dt.UTC)
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>', f"{exact:%Y-%m-%dT%H:%M:%SZ}", f"{exact:%Y-%m-%d %H:%M:%S}", text
    )


@register.filter
def country(code: str) -> str:
    """`{{ "NL"|country }}` → オランダ / Netherlands."""
    return formats.country(code, lang()) if code else ""


def _time(value: formats.Day, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', formats.day_iso(value), text)


BACKTICKED = re.compile(r"`([^`]{1,2000})`")


@register.filter
def ticks(text: str) -> SafeString:
    """`{{ sentence|ticks }}`: what stands between backticks becomes `<code>`; all is escaped first."""
    return mark_safe(BACKTICKED.sub(r"<code>\1</code>", conditional_escape(text)))  # noqa: S308 - escaped


# ---- classes ----


@register.simple_tag
def mark(klass: Class | str) -> SafeString:
    """`{% mark klass %}`: the shape of a class alone; a word must stand beside it."""
    return pictures.mark(klass)


@register.filter(name="class_word")
def class_word_filter(klass: Class | str) -> str:
    """`{{ klass|class_word }}` → なりすまし疑い / Suspected spoofing."""
    return class_word(klass)


@register.simple_tag
def cls(klass: Class | str) -> SafeString:
    """`{% cls klass %}`: shape and word of a class."""
    return format_html('<span class="cls {}">{}{}</span>', Class(klass).value, pictures.mark(klass), class_word(klass))


@register.simple_tag
def badge(klass: Class | str) -> SafeString:
    """`{% badge klass %}`: shape and word on the ground of a class, for the verdict itself."""
    return format_html('<span class="badge {}">{}{}</span>', Class(klass).value, pictures.mark(klass), class_word(klass))


@register.simple_tag
def split(parts: Split) -> SafeString:
    """`{% split row.split %}`: the shares of the four classes as one bar with its label."""
    counts = {klass: parts.of(klass) for klass in Class}
    label = listed(f"{class_word(klass)} {share(count, parts.messages)}" for klass, count in counts.items() if count)
    return pictures.split_bar(counts, label or gettext("No mail"))


@register.simple_tag
def spark(values: Sequence[int], hot: bool = False) -> SafeString:
    """`{% spark row.spark hot=True %}`: daily figures as a small line."""
    return pictures.spark(values, is_hot=hot)


@register.simple_tag
def share_bar(part: int, whole: int, klass: Class | str | None = None) -> SafeString:
    """`{% share_bar n most klass="failing" %}`: one bar of a sorted table; `most` fills the width."""
    return pictures.share_bar(100 * part / whole if whole else 0.0, klass)


@register.inclusion_tag("parts/four.html", takes_context=True)
def four(context: Mapping[str, Any], parts: Split, before: Split | None = None, days: int = 30, url: str = "") -> dict[str, object]:
    """`{% four split before days=30 %}`: the four numbers, links that add a class to the filters (of `url` or this page)."""
    boxes = [_box(context, klass, parts, before, url) for klass in URGENCY]
    return {"boxes": boxes, "days": days, "has_before": before is not None}


def _box(context: Mapping[str, Any], klass: Class, parts: Split, before: Split | None, url: str) -> dict[str, object]:
    now = parts.of(klass)
    was = before.of(klass) if before else 0
    return {
        "klass": klass,
        "count": now,
        "unit": formats.counter(lang()),
        "share": share(now, parts.messages),
        "before": was,
        "change": change(now, was),
        "is_surge": before is not None and formats.is_surge(now, was),
        "is_fresh": before is not None and now > 0 and was == 0,
        "is_hot": before is not None and klass is Class.SPOOF and formats.is_surge(now, was),
        "url": _with_class(url, klass) if url else query(context, **{"class": klass.value, "page": None}),
    }


def _with_class(url: str, klass: Class) -> str:
    path, _, filters = url.partition("?")
    return path + _query(QueryDict(filters), {"class": klass.value})


# ---- addresses, tables ----


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """`?…` of this page with keys changed, in the canonical order; a key set to None or empty is dropped."""
    request = context.get("request")
    return _query(request.GET if request is not None else QueryDict(), changes)


def _query(now: QueryDict, changes: Mapping[str, object]) -> str:
    values = now.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = str(value)
    order = {key: place for place, key in enumerate(QUERY_ORDER)}
    pairs = [
        f"{quote(key)}={quote(value, safe=':/,@')}"
        for key in sorted(values, key=lambda name: order.get(name, len(order)))
        for value in values.getlist(key)
        if value
    ]
    return "?" + "&".join(pairs)


@register.inclusion_tag("parts/filters.html", takes_context=True)
def filter_bar(context: Mapping[str, Any]) -> dict[str, object]:
    """Drawn by base.html from the page's `filters`, `compare_url`, `is_compared`, `csv_url`; other keys are kept."""
    chips = list(context.get("filters") or ())
    own = {chip.key for chip in chips} | {"page"}
    if any(chip.dates is not None for chip in chips):
        own |= {"from", "to"}
    request = context.get("request")
    kept = (
        [(key, value) for key, values in request.GET.lists() if key not in own for value in values] if request is not None else []
    )
    return {
        "chips": [(chip, _reset(context, chip)) for chip in chips if chip.is_set or not chip.is_extra],
        "extra": [chip for chip in chips if chip.is_extra and not chip.is_set],
        "kept": kept,
    } | {key: context.get(key) for key in ("compare_url", "is_compared", "csv_url")}


def _reset(context: Mapping[str, Any], chip: Chip) -> str:
    keys = (chip.key, "page", *(("from", "to") if chip.dates is not None else ()))
    return query(context, **dict.fromkeys(keys))


@register.inclusion_tag("parts/sort_head.html", takes_context=True)
def sort_head(
    context: Mapping[str, Any],
    column: str,
    label: str,
    default: str = "-messages",
    num: bool = False,
    down: bool = False,
) -> dict[str, object]:
    """`{% sort_head "messages" label num=True %}`: a head cell that sorts; a second click reverses.

    Numbers, and columns with `down=True` such as days, begin with the greatest.
    """
    current = _current_sort(context, default)
    is_down, is_up = current == f"-{column}", current == column
    goes = column if is_down else f"-{column}" if is_up else (f"-{column}" if num or down else column)
    return {
        "label": label,
        "num": num,
        "sorted": "descending" if is_down else "ascending" if is_up else "",
        "url": query(context, sort=None if goes == default else goes, page=None),
    }


def _current_sort(context: Mapping[str, Any], default: str) -> str:
    request = context.get("request")
    return (request.GET.get("sort") if request is not None else None) or default


@register.inclusion_tag("parts/pager.html", takes_context=True)
def pager(context: Mapping[str, Any], total: int, page: int = 1, size: int = 25) -> dict[str, object]:
    """`{% pager answer.total page.number page.size %}`: 「1–25 / 1,204 件」 with previous and next."""
    last = max(1, -(-total // size))
    page = min(max(page, 1), last)
    return {
        "first": (page - 1) * size + 1,
        "upto": min(page * size, total),
        "total": total,
        "previous": query(context, page=page - 1 if page > 2 else None) if page > 1 else "",
        "next": query(context, page=page + 1) if page < last else "",
        "is_needed": total > size,
    }


# ---- lists ----


@register.inclusion_tag("parts/todo.html")
def todo(steps: Iterable[Step]) -> dict[str, object]:
    """`{% todo steps %}`: at most three numbered things to do, or that nothing need be done."""
    return {"steps": list(steps)[:3]}


@register.inclusion_tag("parts/reasons.html")
def reasons(lines: Iterable[ReasonLine]) -> dict[str, object]:
    """`{% reasons lines %}`: sentences with their weight in five marks and the evidence below."""
    return {"lines": lines}


@register.inclusion_tag("parts/weight.html")
def weight(value: int, klass: Class | str) -> dict[str, object]:
    """`{% weight 4 klass %}`: five marks, so many of them filled."""
    value = min(max(value, 0), MOST_WEIGHT)
    return {
        "value": value,
        "klass": Class(klass).value,
        "marks": [place < value for place in range(MOST_WEIGHT)],
        "most": MOST_WEIGHT,
    }


@register.inclusion_tag("parts/days.html")
def day_strip(states: Iterable[DayState | str], label: str = "") -> dict[str, object]:
    """`{% day_strip states label %}`: one mark a day; without a label it is hidden from screen readers, for a text beside it."""
    return {"states": [DayState(state).value for state in states], "label": label}


@register.inclusion_tag("parts/ladder.html")
def ladder(rungs: Iterable[Rung]) -> dict[str, object]:
    """`{% ladder rungs %}`: the steps of a policy from none to reject."""
    return {"rungs": rungs}
