"""The map: where mail in our name comes from, with the same places as a table."""

from __future__ import annotations

from django.http import HttpResponse

from sekisho.store.query import PlaceSum
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, groups, words
from sekisho.web.pages.asked import ask

MOST_PLACES = 500
IN_THE_TABLE = 100


@org_page
def places(request: OrgRequest) -> HttpResponse:
    """The map and its table."""
    asked = ask(request, Form())
    found = asked.store.places(asked.filter, limit=MOST_PLACES)
    known = [place for place in found if place.country or place.latitude is not None]
    unknown = [place for place in found if not place.country and place.latitude is None]
    return asked.render(
        "pages/map.html",
        **groups.source_tabs(asked, "map"),
        **bar.context(asked, "range", "domain", "class", "reporter", "group", "host", "disposition", "dkim", "spf", "q"),
        places=found,
        known=[(words.place(place.city, place.country), place) for place in sorted(known, key=_urgent)[:IN_THE_TABLE]],
        known_count=len(known),
        unknown=unknown[0] if unknown else None,
        hosts_url=asked.url("hosts"),
    )


def _urgent(place: PlaceSum) -> tuple[int, int, int, int]:
    split = place.split
    return -split.spoof, -split.failing, -split.forwarded, -split.normal
