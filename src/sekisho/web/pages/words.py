"""The words of filters, groups, policies and handling, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from sekisho.core.terms import Class, Disposition
from sekisho.web import formats
from sekisho.web.filters import State
from sekisho.web.templatetags.words import listed

RANGE_WORDS: dict[str, Promise | str] = {
    "7d": gettext_lazy("Last 7 days"),
    "30d": gettext_lazy("Last 30 days"),
    "90d": gettext_lazy("Last 90 days"),
    "12m": gettext_lazy("Last 12 months"),
    "month": gettext_lazy("This month"),
}
POLICY_WORDS: dict[str, Promise | str] = {
    "none": gettext_lazy("Monitor only"),
    "quarantine": gettext_lazy("Quarantine"),
    "reject": gettext_lazy("Reject"),
}
HANDLED_WORDS: dict[str, Promise | str] = {
    "reject": pgettext_lazy("handling", "rejected"),
    "quarantine": pgettext_lazy("handling", "quarantined"),
    "none": pgettext_lazy("handling", "delivered"),
    "absent": pgettext_lazy("handling", "not said"),
}
ALL_HANDLED_WORDS: dict[str, Promise | str] = {
    "reject": pgettext_lazy("handling", "all rejected"),
    "quarantine": pgettext_lazy("handling", "all quarantined"),
    "none": pgettext_lazy("handling", "all delivered"),
    "absent": pgettext_lazy("handling", "not said"),
}


def lang() -> str:
    """The language of the page."""
    return get_language() or "en"


def period(state: State) -> str:
    """The range in words with its days: 過去30日（10/25–11/23） / Last 30 days (25 Oct – 23 Nov)."""
    days = formats.day_range(state.first, state.last, lang())
    if not state.range:
        return days
    return _("%(range)s (%(days)s)") % {"range": RANGE_WORDS[state.range], "days": days}


def spoken_range(state: State) -> str:
    """The range as it begins a sentence: 過去30日に / In the last 30 days."""
    if not state.range:
        return _("From %(first)s to %(last)s") % {
            "first": formats.day_short(state.first, lang()),
            "last": formats.day_short(state.last, lang()),
        }
    return {
        "7d": _("In the last 7 days"),
        "30d": _("In the last 30 days"),
        "90d": _("In the last 90 days"),
        "12m": _("In the last 12 months"),
        "month": _("This month so far"),
    }[state.range]


def class_of(wire: str) -> Class | None:
    """The class of a wire name; None for any other text."""
    return next((klass for klass in Class if klass.value == wire), None)


def policy(wire: str) -> str:
    """A policy in words; empty for one that no report told."""
    return str(POLICY_WORDS.get(wire, ""))


def handled(parts: Iterable[tuple[str, int]]) -> str:
    """What a receiver did: 配信 1,979・隔離 56 / 1,979 delivered, 56 quarantined; `pass` and `none` are both delivered."""
    sums = {"none": 0, "quarantine": 0, "reject": 0, "absent": 0}
    for wire, count in parts:
        sums[_handled_key(wire)] += count
    done = [(key, count) for key, count in sums.items() if count]
    if len(done) == 1:
        return str(ALL_HANDLED_WORDS[done[0][0]])
    return listed(
        _("%(count)s %(handled)s") % {"count": formats.number(count), "handled": HANDLED_WORDS[key]} for key, count in done
    )


def place(city: str, country: str) -> str:
    """A place: アムステルダム（オランダ） / Amsterdam, Netherlands; empty for none."""
    land = formats.country(country, lang()) if country else ""
    if city and land:
        return _("%(city)s, %(country)s") % {"city": city, "country": land}
    return city or land


def handling(wire: str) -> str:
    """What a receiver did with the mail of one row."""
    return str(HANDLED_WORDS[_handled_key(wire)])


def _handled_key(wire: str) -> str:
    """`pass` of RFC 9990 is delivered like `none`; what is no disposition was not said."""
    key = "none" if wire in (Disposition.NONE, Disposition.PASS) else wire
    return key if key in HANDLED_WORDS else "absent"


def named(names: Sequence[str], most: int = 2) -> str:
    """Some names in a row: a, b and 3 more."""
    if len(names) <= most:
        return listed(names)
    rest = len(names) - most
    return ngettext("%(names)s and %(n)d more", "%(names)s and %(n)d more", rest) % {"names": listed(names[:most]), "n": rest}
