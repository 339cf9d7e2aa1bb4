"""The sentences and lists of digests, in the active language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.terms import Class
from sekisho.registry.models import Alert, Organisation
from sekisho.store.query import GroupSum
from sekisho.web import alertwords, formats, mailing
from sekisho.web.digests.gathered import Gathered
from sekisho.web.pages import readiness, words
from sekisho.web.pages.senders import named

MARKS = {Class.SPOOF: "▲", Class.FAILING: "■", Class.FORWARDED: "▶", Class.NORMAL: "●"}


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list."""

    title: str
    text: str = ""
    url: str = ""
    value: str = ""
    mark: str = "•"
    colour: str = "#4A5159"
    klass: str = "none"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with a list, or a sentence where the list is empty."""

    title: str
    items: tuple[Item, ...]
    none: str = ""

    def lines(self) -> list[str]:
        """As lines of text."""
        if not self.items:
            return [self.none]
        found = []
        for item in self.items:
            found.append(f"{item.mark} {item.title}" + (f": {item.value}" if item.value else ""))
            found += [f"  {text}" for text in (item.text, item.url) if text]
        return found


def kept(*found: Section) -> tuple[Section, ...]:
    """Those that have anything to say."""
    return tuple(section for section in found if section.items or section.none)


def headline(g: Gathered) -> str:
    """The week in a few words."""
    lang = words.lang()
    if g.stale:
        return _("No reports come any more")
    if not g.split.messages:
        return _("A week without reports")
    if g.alerts:
        return ngettext("%(n)d alert", "%(n)d alerts", len(g.alerts)) % {"n": len(g.alerts)}
    if g.before is not None and g.split.spoof and formats.is_surge(g.split.spoof, g.before.spoof):
        return _("Suspicious mail rises: %(count)s") % {"count": formats.messages(g.split.spoof, lang)}
    return _("A quiet week")


def passed(g: Gathered) -> str:
    """How much mail, and how much of it passed."""
    lang = words.lang()
    if not g.split.messages:
        return _("No report tells of any mail in this time.")
    return _("%(count)s messages were reported; %(share)s passed authentication.") % {
        "count": formats.messages(g.split.messages, lang),
        "share": formats.share(g.split.normal, g.split.messages, lang),
    }


def reports(g: Gathered) -> tuple[str, ...]:
    """Whence the figures come, or that they have stopped."""
    if g.stale:
        return (g.stale,)
    if not g.reports:
        return ()
    text = ngettext("Told by %(n)s report (receivers: %(r)s).", "Told by %(n)s reports (receivers: %(r)s).", g.reports)
    return (text % {"n": formats.number(g.reports), "r": formats.number(g.reporters)},)


def failure_reports(g: Gathered) -> tuple[str, ...]:
    """Failure reports that came."""
    if not g.failures:
        return ()
    return (ngettext("%(n)d failure report came.", "%(n)d failure reports came.", g.failures) % {"n": g.failures},)


def todo(g: Gathered) -> Section:
    """The first things to do."""
    items = tuple(
        Item(step.title, step.text, mailing.base_url() + step.url if step.url else "", mark=f"{number}.")
        for number, step in enumerate(g.steps, 1)
    )
    return Section(_("What to do next"), items, _("Nothing needs to be done at present."))


def alerts(g: Gathered) -> Section:
    """The warnings that were raised."""
    return alerts_of(g.org, g.alerts, _("Alerts of this time"))


def alerts_of(org: Organisation, found: Sequence[Alert], title: str) -> Section:
    """Some warnings, each with its page and how it stands."""
    items = []
    for alert in found:
        story = alertwords.story(alert)
        klass = story.klass
        items.append(
            Item(
                story.title,
                story.text,
                mailing.org_url(org, f"alerts/{alert.pk}/"),
                str(alertwords.STATE_WORDS[alert.state]),
                MARKS[klass] if klass else "•",
                mailing.COLOURS[klass.value] if klass else mailing.PLAIN_COLOUR,
                klass.value if klass else "none",
            )
        )
    return Section(title, tuple(items))


def fresh(g: Gathered) -> Section:
    """Senders nobody had seen before."""
    return Section(_("New senders"), tuple(_group(g, row, row.split.worst) for row in g.fresh))


def failing(g: Gathered) -> Section:
    """Genuine mail that failed, by sender."""
    return Section(_("Genuine mail that failed"), tuple(_group(g, row, Class.FAILING) for row in g.failing))


def spoofing(g: Gathered) -> Section:
    """Suspected spoofing, by sender."""
    return Section(_("Suspected spoofing"), tuple(_group(g, row, Class.SPOOF) for row in g.spoofing))


def _group(g: Gathered, row: GroupSum, klass: Class) -> Item:
    count = formats.messages(row.split.of(klass), words.lang())
    return Item(
        named(row.group).label,
        named(row.group).kind,
        mailing.org_url(g.org, f"groups/{row.group}/"),
        count,
        MARKS[klass],
        mailing.COLOURS[klass.value],
        klass.value,
    )


def standings(g: Gathered) -> Section:
    """How far each domain may go."""
    items = []
    for s in g.standings:
        _tone, title, _text = readiness.headline(s.situation, s.advice)
        url = mailing.org_url(g.org, f"domains/{s.sum.domain}/")
        items.append(Item(s.sum.domain, title, url, words.policy(s.sum.policy)))
    rest = g.domains - len(items)
    if items and rest > 0:
        more = ngettext("and %(n)d more domain", "and %(n)d more domains", rest) % {"n": rest}
        items.append(Item(more, url=mailing.org_url(g.org, "domains/")))
    return Section(_("Domains and their policies"), tuple(items))


def month(first: int) -> str:
    """The month of a day: `2026年10月`, `October 2026`."""
    day = formats.as_date(first)
    if words.lang().startswith("ja"):
        return f"{day.year}年{day.month}月"
    return f"{formats.MONTHS[day.month - 1]} {day.year}"
