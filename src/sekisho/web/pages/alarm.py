"""The alarm of the pages while suspected spoofing surges: whose name, since when, who is behind it, and the banner that says so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.errors import StoreError
from sekisho.core.terms import Class
from sekisho.registry.models import User
from sekisho.store.base import Store
from sekisho.store.query import Filter, Page
from sekisho.web import facts, formats
from sekisho.web.filters import Horizon
from sekisho.web.pages import surges, words
from sekisho.web.pages.asked import Asked, horizon
from sekisho.web.pages.senders import named
from sekisho.web.pages.surges import Surge
from sekisho.web.parts import Banner, Event

GROUPS_ASKED = 10
KEPT_S = 60.0
"""For so long a surge that was found stands for all pages of its organisation."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The surges that hold on the last day, the largest first, and who is behind the first of them."""

    surges: dict[str, Surge]
    groups: tuple[str, ...] = ()
    """Keys of the sending groups that sent at least a tenth of it, the largest first."""
    hosts: int = 0
    """Hosts of these groups."""

    @property
    def first(self) -> Surge | None:
        """The largest surge."""
        return next(iter(self.surges.values()), None)


def alarm(asked: Asked, domains: tuple[str, ...] = ()) -> Alarm:
    """The surges of suspected spoofing, in some domains or all that are asked for."""
    return _alarm(asked.store, asked.org.pk, asked.horizon, domains or asked.state.domain)


def _alarm(store: Store, org: int, days: Horizon, domains: tuple[str, ...] = ()) -> Alarm:
    last = days.last
    if days.oldest is None:
        return Alarm({})
    window = Filter(org, last - surges.WINDOW + 1, last, domains=domains, classes=(Class.SPOOF,))
    known = last - days.oldest + 1
    found = [surges.surge(line.domain, line.spark, last, known_days=known) for line in store.domains(window)]
    holding = {s.domain: s for s in sorted((s for s in found if s), key=lambda s: -s.messages)}
    return Alarm(holding, *_behind(store, org, last, next(iter(holding.values())))) if holding else Alarm({})


def _behind(store: Store, org: int, last: int, surge: Surge) -> tuple[tuple[str, ...], int]:
    """The sending groups behind a surge, and how many hosts they have."""
    f = Filter(org, surge.first_day, last, domains=(surge.domain,), classes=(Class.SPOOF,))
    shares = store.shares(f, "sgroup", limit=GROUPS_ASKED)
    large = tuple(s.value for s in shares if s.messages * 10 >= surge.messages) or tuple(s.value for s in shares[:1])
    f = Filter(f.org, f.since, f.until, domains=f.domains, classes=f.classes, groups=large)
    return large, store.hosts(f, Page(size=1)).total


_known: WeakKeyDictionary[Store, dict[int, tuple[float, Alarm]]] = WeakKeyDictionary()
"""By organisation: when it was found out, and what."""


def open_now(org: int) -> Alarm:
    """The surges of an organisation, at most a minute old: every page shows them, and no page waits for them twice."""
    store = facts.store()
    mine = _known.setdefault(store, {})
    at, found = mine.get(org, (float("-inf"), Alarm({})))
    if time.monotonic() - at > KEPT_S:
        found = _alarm(store, org, horizon(org, store))
        mine[org] = (time.monotonic(), found)
    return found


def context(request: HttpRequest) -> dict[str, object]:
    """The banner for every page of an organisation; a page may hand its own, with its filters kept."""
    org = getattr(request, "org", None)
    if org is None or not isinstance(request.user, User):
        return {}

    def url(key: str) -> str:
        return reverse("group", kwargs={"org": org.slug, "key": key})

    def found() -> Banner | None:
        try:
            return _banner(open_now(org.pk), url)
        except StoreError:  # a page that says what is wrong must not fail for the same reason
            return None

    return {"banner": SimpleLazyObject(found)}


def banner(asked: Asked, found: Alarm) -> Banner | None:
    """What stands above the page while suspected spoofing surges."""
    return _banner(found, lambda key: asked.url("group", key=key))


def _banner(found: Alarm, url: Callable[[str], str]) -> Banner | None:
    surge = found.first
    if surge is None or not found.groups:
        return None
    text = ngettext(
        "%(count)s messages since %(day)s, from %(n)d host of %(groups)s.",
        "%(count)s messages since %(day)s, from %(n)d hosts of %(groups)s.",
        found.hosts,
    ) % {
        "count": formats.messages(surge.messages, words.lang()),
        "day": formats.day_short(surge.first_day, words.lang()),
        "n": found.hosts,
        "groups": words.named([named(key).label for key in found.groups]),
    }
    lead = _("A surge of suspicious mail in the name of %(domain)s.") % {"domain": surge.domain}
    return Banner(lead, text, url(found.groups[0]), _("Look at the source and act"), more=len(found.surges) - 1)


def events(found: Alarm) -> list[Event]:
    """The first days of surges, for the chart."""
    days = sorted({surge.first_day for surge in found.surges.values()})
    return [Event(day, _("%(day)s: surge") % {"day": formats.day_short(day, words.lang())}) for day in days[:3]]
