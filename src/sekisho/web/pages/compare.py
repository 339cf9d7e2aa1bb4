"""Two periods beside each other: which sending groups are new, gone, grown or shrunk, by class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from sekisho.core.terms import Class
from sekisho.store.query import Filter, Split
from sekisho.web.pages import groups
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.senders import Named, named

GROUPS_ASKED = 500
"""The largest groups of each period that are compared."""
SHOWN = 25
LEAST_MESSAGES = 5
LEAST_SHARE = 0.1
"""Of the larger figure; smaller changes are no news."""
WORDS: dict[str, Promise] = {
    "new": pgettext_lazy("change", "new"),
    "gone": pgettext_lazy("change", "gone"),
    "grown": pgettext_lazy("change", "grown"),
    "shrunk": pgettext_lazy("change", "shrunk"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A sending group whose messages of one class are more or fewer than before."""

    group: str
    klass: Class
    now: int
    was: int

    @property
    def kind(self) -> str:
        """What happened: a key of `WORDS`."""
        if not self.was:
            return "new"
        if not self.now:
            return "gone"
        return "grown" if self.now > self.was else "shrunk"


@dataclass(frozen=True, slots=True)
class Line:
    """A difference as the table shows it."""

    found: Difference
    named: Named
    word: str
    url: str
    most: int
    """The largest figure of the table, for the bars."""


def differences(now: Mapping[str, Split], was: Mapping[str, Split]) -> list[Difference]:
    """What changed by a tenth and more, the largest change first; groups that are new or gone among them."""
    found = []
    for group in {*now, *was}:
        for klass in Class:
            pair = now.get(group, Split()).of(klass), was.get(group, Split()).of(klass)
            if abs(pair[0] - pair[1]) > max(LEAST_SHARE * max(pair), LEAST_MESSAGES - 1):
                found.append(Difference(group, klass, *pair))
    return sorted(found, key=lambda d: (-abs(d.now - d.was), d.group, d.klass))


def context(asked: Asked) -> dict[str, object]:
    """The differences between the range and the period to compare with, when that is wanted and reports cover it."""
    first, last = asked.state.before
    if not asked.state.compare or asked.horizon.oldest is None or first < asked.horizon.oldest:
        return {}
    found = differences(_sums(asked, asked.filter), _sums(asked, replace(asked.filter, since=first, until=last)))
    shown = found[:SHOWN]
    most = max((max(d.now, d.was) for d in shown), default=0)
    return {
        "differences": [Line(d, named(d.group), str(WORDS[d.kind]), asked.url("group", key=d.group), most) for d in shown],
        "differences_more": len(found) - len(shown),
    }


def _sums(asked: Asked, f: Filter) -> dict[str, Split]:
    """Messages by group and class."""
    return {s.value: groups.split_of(s.by) for s in asked.store.shares(f, "sgroup", by="class", limit=GROUPS_ASKED)}
