"""The alarm of the pages while suspected spoofing surges: whose name, since when, who is behind it, and the banner that says so."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.terms import Class
from sekisho.store.query import Filter, Page
from sekisho.web import formats
from sekisho.web.pages import surges, words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.senders import named
from sekisho.web.pages.surges import Surge
from sekisho.web.parts import Banner, Event

GROUPS_ASKED = 10


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
    last = asked.horizon.last
    if asked.horizon.oldest is None:
        return Alarm({})
    window = Filter(asked.org.pk, last - surges.WINDOW + 1, last, domains=domains or asked.state.domain, classes=(Class.SPOOF,))
    known = last - asked.horizon.oldest + 1
    found = [surges.surge(line.domain, line.spark, last, known_days=known) for line in asked.store.domains(window)]
    holding = {s.domain: s for s in sorted((s for s in found if s), key=lambda s: -s.messages)}
    return Alarm(holding, *_behind(asked, next(iter(holding.values())))) if holding else Alarm({})


def _behind(asked: Asked, surge: Surge) -> tuple[tuple[str, ...], int]:
    """The sending groups behind a surge, and how many hosts they have."""
    f = Filter(asked.org.pk, surge.first_day, asked.horizon.last, domains=(surge.domain,), classes=(Class.SPOOF,))
    shares = asked.store.shares(f, "sgroup", limit=GROUPS_ASKED)
    large = tuple(s.value for s in shares if s.messages * 10 >= surge.messages) or tuple(s.value for s in shares[:1])
    f = Filter(f.org, f.since, f.until, domains=f.domains, classes=f.classes, groups=large)
    return large, asked.store.hosts(f, Page(size=1)).total


def banner(asked: Asked, found: Alarm) -> Banner | None:
    """What stands above the page while suspected spoofing surges."""
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
    return Banner(lead, text, asked.url("group", key=found.groups[0]), _("Look at the source and act"), more=len(found.surges) - 1)


def events(found: Alarm) -> list[Event]:
    """The first days of surges, for the chart."""
    days = sorted({surge.first_day for surge in found.surges.values()})
    return [Event(day, _("%(day)s: surge") % {"day": formats.day_short(day, words.lang())}) for day in days[:3]]
