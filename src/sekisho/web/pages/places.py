"""The map: where mail in our name comes from, with the same places as a table."""

from __future__ import annotations

from django.http import HttpResponse

from sekisho.store.query import PlaceSum
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import bar, groups, words
from sekisho.web.pages.asked import Asked, ask

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
        **bar.context(asked, "range", "domain", "class", "reporter", "group", "host", "place", "disposition", "dkim", "spf", "q"),
        places=found,
        place_urls={wire(place): _hosts_at(asked, place) for place in known},
        known=[
            (words.place(place.city, place.country), place, _hosts_at(asked, place))
            for place in sorted(known, key=_urgent)[:IN_THE_TABLE]
        ],
        known_count=len(known),
        unknown=unknown[0] if unknown else None,
        hosts_url=asked.url("hosts"),
    )


def wire(place: PlaceSum) -> str:
    """The place as the filter names it."""
    return f"{place.country}/{place.city}"


def _hosts_at(asked: Asked, place: PlaceSum) -> str:
    """The list of hosts of a place, the filters kept."""
    return asked.with_("hosts", place=(wire(place),))


def _urgent(place: PlaceSum) -> tuple[int, int, int, int]:
    split = place.split
    return -split.spoof, -split.failing, -split.forwarded, -split.normal
