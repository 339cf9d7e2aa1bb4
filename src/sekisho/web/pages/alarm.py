"""The alarm of the pages while a warning of spoofing is open: whose name, since when, who is behind it, and the banner."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.alerts.values import Rule
from sekisho.registry.alerts import spoofing_open
from sekisho.registry.models import Alert, User
from sekisho.web import formats
from sekisho.web.pages import words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.senders import named
from sekisho.web.parts import Banner, Event

MOST = 200
"""Open warnings of spoofing that are read; with more of them, the largest."""


@dataclass(frozen=True, slots=True)
class Surge:
    """An open warning of spoofing: its domain, first day, messages since then."""

    domain: str
    first_day: int
    messages: int
    is_new_source: bool = False
    """Not far more than usual, but from a source nobody has seen before."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The open warnings of spoofing by domain, the largest first, and who is behind the first of them."""

    surges: dict[str, Surge]
    groups: tuple[str, ...] = ()
    """Keys of the sending groups behind it, the largest first."""
    hosts: int = 0
    """Hosts of these groups."""

    @property
    def first(self) -> Surge | None:
        """The largest of them."""
        return next(iter(self.surges.values()), None)


def alarm(asked: Asked, domains: tuple[str, ...] = ()) -> Alarm:
    """What is open of spoofing, in some domains or all that are asked for."""
    only = domains or asked.state.domain
    rows = spoofing_open(asked.org.pk)
    return _of(rows.filter(domain__in=only)[:MOST] if only else rows[:MOST])


def _of(rows: Iterable[Alert]) -> Alarm:
    """The alarm of the rows, which come with the largest first; of each domain the largest stands for all."""
    largest: dict[str, Alert] = {}
    for row in rows:
        largest.setdefault(row.domain, row)
    surges = {name: Surge(name, row.first_day, row.messages, row.rule == Rule.NEW_SPOOFER) for name, row in largest.items()}
    first = next(iter(largest.values()), None)
    if first is None:
        return Alarm({})
    return Alarm(surges, tuple(map(str, first.values.get("groups", ()))), first.hosts)


def context(request: HttpRequest) -> dict[str, object]:
    """The banner for every page of an organisation; a page may hand its own, with its filters kept."""
    org = getattr(request, "org", None)
    if org is None or not isinstance(request.user, User):
        return {}

    def url(key: str) -> str:
        return reverse("group", kwargs={"org": org.slug, "key": key})

    return {"banner": SimpleLazyObject(lambda: _banner(_of(spoofing_open(org.pk)[:MOST]), url))}


def banner(asked: Asked, found: Alarm) -> Banner | None:
    """What stands above the page while a warning of spoofing is open."""
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
    lead = (
        _("A new source sends suspicious mail in the name of %(domain)s.")
        if surge.is_new_source
        else _("A surge of suspicious mail in the name of %(domain)s.")
    ) % {"domain": surge.domain}
    return Banner(lead, text, url(found.groups[0]), _("Look at the source and act"), more=len(found.surges) - 1)


def events(found: Alarm) -> list[Event]:
    """The first days of what is open, for the chart."""
    days = sorted({surge.first_day for surge in found.surges.values() if not surge.is_new_source})
    return [Event(day, _("%(day)s: surge") % {"day": formats.day_short(day, words.lang())}) for day in days[:3]]
