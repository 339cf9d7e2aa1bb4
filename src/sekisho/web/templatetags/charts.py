"""`{% load charts %}`: containers of charts and of the map, with the same figures as JSON for the script and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from sekisho.core.terms import URGENCY, Class
from sekisho.store.query import DaySplit, PlaceSum, Split
from sekisho.web import formats
from sekisho.web.parts import Event
from sekisho.web.templatetags import pictures
from sekisho.web.templatetags.words import class_word, lang

register = template.Library()

MOST_DAYS = 120
"""Beyond these many days a chart draws weeks."""
WEEK = 7
MOST_PLACES = 2000
"""Marks a map draws; the list beside it pages through all."""
ATTRIBUTION, ATTRIBUTION_URL = "IP Geolocation by DB-IP", "https://db-ip.com"
"""Asked for by the licence of the data of places (CC BY 4.0)."""


@register.filter
def json_data(value: object) -> SafeString:
    """A value as a block of data for the script beside it, escaped so that no content of a report can leave it."""
    return json_script(value)


@register.simple_tag
def swatch(klass: Class | str) -> SafeString:
    """A piece of a class's area for a legend."""
    return pictures.swatch(klass)


def series(days: Iterable[DaySplit], since: int, until: int) -> list[DaySplit]:
    """One sum a day from `since` to `until`, zero where there was no mail; by week when there are too many days."""
    by_day = {day: split for day, split in days if since <= day <= until}
    every = [DaySplit(day, by_day.get(day, Split())) for day in range(since, until + 1)]
    if len(every) <= MOST_DAYS:
        return every
    return [_sum(every[start : start + WEEK]) for start in range(len(every) % WEEK, len(every), WEEK)]


def _sum(days: Sequence[DaySplit]) -> DaySplit:
    totals = {klass.value: sum(split.of(klass) for _day, split in days) for klass in Class}
    return DaySplit(days[0].day, Split(**totals))


@register.inclusion_tag("parts/chart.html")
def class_chart(
    days: Iterable[DaySplit], since: int, until: int, view: str = "", events: Iterable[Event] = ()
) -> dict[str, object]:
    """`{% class_chart days since until view=view events=events %}`: the two panes, or with `view="total"` one pane of all four."""
    drawn = series(days, since, until)
    return _chart("classes", drawn, view or "failed", events, classes=URGENCY, step=_step(since, until))


@register.inclusion_tag("parts/chart.html")
def host_chart(days: Iterable[DaySplit], since: int, until: int, events: Iterable[Event] = ()) -> dict[str, object]:
    """`{% host_chart days since until events=events %}`: bars per day, only of the classes that occur."""
    drawn = series(days, since, until)
    occurring = tuple(klass for klass in URGENCY if any(split.of(klass) for _day, split in drawn))
    return _chart("bars", drawn, "", events, classes=occurring or (Class.NORMAL,), step=_step(since, until))


def _step(since: int, until: int) -> int:
    return WEEK if until - since + 1 > MOST_DAYS else 1


def _chart(
    kind: str, drawn: Sequence[DaySplit], view: str, events: Iterable[Event], *, classes: Sequence[Class], step: int
) -> dict[str, object]:
    messages = sum(split.messages for _day, split in drawn)
    return {
        "kind": f"{kind} {view}".strip(),
        "classes": classes,
        "label": _label(messages, step),
        "first_column": gettext("Week from") if step == WEEK else gettext("Day"),
        "rows": [(formats.day_short(day, lang()), [split.of(klass) for klass in classes]) for day, split in reversed(drawn)],
        "data": {
            "kind": kind,
            "view": view,
            "step": step,
            "days": [formats.day_iso(day) for day, _split in drawn],
            "labels": [formats.day_short(day, lang()) for day, _split in drawn],
            "titles": [formats.day_named(day, lang()) for day, _split in drawn],
            "series": [
                {"klass": klass.value, "name": class_word(klass), "values": [split.of(klass) for _day, split in drawn]}
                for klass in classes
            ],
            "events": [{"day": formats.day_iso(event.day), "label": event.label} for event in events],
            "words": _words(step),
        },
    }


def _label(messages: int, step: int) -> str:
    count = formats.number(messages)
    if step == WEEK:
        text = ngettext(
            "%(count)s message by week; the figures are in the table",
            "%(count)s messages by week; the figures are in the table",
            messages,
        )
    else:
        text = ngettext(
            "%(count)s message by day; the figures are in the table",
            "%(count)s messages by day; the figures are in the table",
            messages,
        )
    return text % {"count": count}


def _words(step: int) -> dict[str, str]:
    if step == WEEK:
        return {
            "failed": gettext("Mail that failed DMARC (messages per week)"),
            "all": gettext("All mail (messages per week)"),
            "sum": gettext("Total"),
        }
    return {
        "failed": gettext("Mail that failed DMARC (messages per day)"),
        "all": gettext("All mail (messages per day)"),
        "sum": gettext("Total"),
    }


@register.inclusion_tag("parts/map.html")
def place_map(
    places: Iterable[PlaceSum], full: bool = False, attribution: str = ATTRIBUTION, urls: Mapping[str, str] | None = None
) -> dict[str, object]:
    """`{% place_map places full=True urls=urls %}`: shape = class, area = messages; what has no place is never drawn at 0,0.

    `urls` leads from `COUNTRY/CITY` to the hosts there.
    """
    known = [place for place in places if place.latitude is not None and place.longitude is not None][:MOST_PLACES]
    counts = [(klass, sum(place.split.of(klass) for place in known)) for klass in URGENCY]
    return {
        "is_full": full,
        "counts": counts,
        "legend": [klass for klass, count in counts if count or full],
        "label": ngettext(
            "Map of %(count)s place of origin; the places are in the table",
            "Map of %(count)s places of origin; the places are in the table",
            len(known),
        )
        % {"count": formats.number(len(known))},
        "attribution": attribution,
        "attribution_url": ATTRIBUTION_URL,
        "data": {
            "places": [_place(place, urls or {}) for place in known],
            "names": {klass.value: class_word(klass) for klass in URGENCY},
            "words": {"places": gettext("{n} places"), "unknown": pgettext("place", "Unknown")},
        },
    }


def _place(place: PlaceSum, urls: Mapping[str, str]) -> Mapping[str, Any]:
    name = formats.country(place.country, lang()) if place.country else ""
    return {
        "name": f"{place.city} ({name})"
        if place.city and name and not lang().startswith("ja")
        else f"{place.city}（{name}）"
        if place.city and name
        else place.city or name,
        "at": [place.longitude, place.latitude],
        "url": urls.get(f"{place.country}/{place.city}", ""),
        "counts": {klass.value: place.split.of(klass) for klass in Class if place.split.of(klass)},
    }
