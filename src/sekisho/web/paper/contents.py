"""What the monthly report says, in one language, as plain values: the document only sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.terms import URGENCY, Class, Disposition
from sekisho.registry.models import Organisation
from sekisho.store.query import Filter, GroupSum, Page
from sekisho.web import alertwords, facts, formats
from sekisho.web.digests import sections
from sekisho.web.digests.gathered import Gathered, gather
from sekisho.web.digests.periods import Period
from sekisho.web.pages import readiness, words
from sekisho.web.pages.asked import horizon
from sekisho.web.pages.senders import named
from sekisho.web.pages.terms import BY_SLUG
from sekisho.web.paper import charts
from sekisho.web.templatetags.words import class_word

MOST = 8
"""Lines of a table; the pages have the rest."""
MENDED_DAYS = 7
"""Without failing mail for so many days, a source counts as mended."""
AFTER_DAYS = 31
"""After the month, for whether a source fails still."""
LONG_NAME = 28
PIECE = 6
"""Longer names may be broken after each so many characters."""
TERMS = (
    "suspected-spoofing",
    "authentication-failure",
    "forwarded",
    "normal",
    "dmarc",
    "spf",
    "dkim",
    "policy",
    "monitor-only",
    "quarantine",
    "reject",
    "aggregate-report",
)
Rows = list[list[str]]


def contents(org: Organisation, period: Period) -> dict[str, Any]:
    """All sentences and figures of the report, in the active language."""
    known = horizon(org.pk, facts.store()).last
    g = gather(org, period.first, min(period.last, max(known, period.first)))
    lang, mended, failing = words.lang(), *_own(g)
    return {
        "lang": "ja" if lang.startswith("ja") else "en",
        "title": _("Monthly report for %(month)s") % {"month": sections.month(g.first)},
        "subtitle": _("Mail in the name of %(name)s") % {"name": org.name},
        "organisation": org.name,
        "made": _made(g, period),
        "page": _("Page"),
        "summary": {"title": _("In short"), "sentences": _summary(g, mended, failing)},
        "figures": {"title": _("The month in figures"), "head": _head(), "rows": _figures(g)},
        "chart": _chart(g),
        "domains": _domains(g),
        "spoofing": _spoofing(g),
        "own": _problems(mended, failing),
        "todo": _todo(g),
        "glossary": {
            "title": _("Words"),
            "rows": [[str(BY_SLUG[slug].word), str(BY_SLUG[slug].line)] for slug in TERMS if slug in BY_SLUG],
        },
    }


def _made(g: Gathered, period: Period) -> str:
    """When it was made, and until when the figures of a month reach that is not over."""
    lang = words.lang()
    made = _("Made by Sekisho on %(day)s") % {"day": formats.day_long(datetime.now(formats.zone(g.org.timezone)), lang)}
    if g.last >= period.last:
        return made
    return f"{made} · " + _("Figures up to %(day)s") % {"day": formats.day_long(g.last, lang)}


def soft(name: str) -> str:
    """A name that may be broken anywhere, when it is long."""
    if len(name) <= LONG_NAME:
        return name
    return "\u200b".join(name[start : start + PIECE] for start in range(0, len(name), PIECE))


def _summary(g: Gathered, mended: Sequence[GroupSum], failing: Sequence[GroupSum]) -> list[str]:
    """The one paragraph everybody reads."""
    lang = words.lang()
    if not g.split.messages:
        return [sections.passed(g)]
    found = [
        ngettext(
            "Receivers reported %(count)s messages in the name of %(n)d domain; %(share)s of them passed authentication.",
            "Receivers reported %(count)s messages in the name of %(n)d domains; %(share)s of them passed authentication.",
            g.domains,
        )
        % {
            "count": formats.messages(g.split.messages, lang),
            "n": g.domains,
            "share": formats.share(g.split.normal, g.split.messages, lang),
        }
    ]
    found.append(_spoofing_sentence(g))
    if g.split.failing:
        text = _(
            "%(count)s genuine messages failed because a sender is set up wrong: %(open)d sources are open, %(mended)d are mended."
        )
        found.append(text % {"count": formats.messages(g.split.failing, lang), "open": len(failing), "mended": len(mended)})
    else:
        found.append(_("No genuine message failed because of its set-up."))
    rejecting = sum(1 for s in g.standings if s.sum.policy == "reject")
    found.append(
        _("%(n)d of %(all)d domains ask receivers to reject mail that is not theirs.") % {"n": rejecting, "all": len(g.standings)}
    )
    return found


def _spoofing_sentence(g: Gathered) -> str:
    lang = words.lang()
    if not g.split.spoof:
        return _("Nobody was seen to send mail in your name.")
    shares = facts.store().shares(Filter(g.org.pk, g.first, g.last, classes=(Class.SPOOF,)), "disposition", limit=10)
    stopped = sum(s.messages for s in shares if s.value in (Disposition.QUARANTINE, Disposition.REJECT))
    text = _(
        "%(count)s messages were most likely sent by third parties in your name; receivers stopped %(stopped)s of them (%(share)s)."
    )
    return text % {
        "count": formats.messages(g.split.spoof, lang),
        "stopped": formats.messages(stopped, lang),
        "share": formats.share(stopped, g.split.spoof, lang),
    }


def _head() -> list[str]:
    return [_("Verdict"), _("Messages"), _("Share"), _("Against as many days before")]


def _figures(g: Gathered) -> Rows:
    lang = words.lang()
    return [
        [
            charts.swatch(klass),
            class_word(klass),
            formats.messages(g.split.of(klass), lang),
            formats.share(g.split.of(klass), g.split.messages, lang),
            formats.change(g.split.of(klass), g.before.of(klass), lang) if g.before is not None else formats.EN_DASH,
        ]
        for klass in URGENCY
    ]


def _chart(g: Gathered) -> dict[str, Any]:
    lang = words.lang()
    titles = (_("Mail that failed DMARC (messages per day)"), _("All mail (messages per day)"))
    worst = max(g.days, key=lambda day: day.split.messages - day.split.normal)
    alt = _("Chart of messages by day and verdict. Most mail failed on %(day)s: %(count)s.") % {
        "day": formats.day_short(worst.day, lang),
        "count": formats.messages(worst.split.messages - worst.split.normal, lang),
    }
    return {
        "title": _("Day by day"),
        "svg": charts.month_chart(g.days, titles, lang),
        "alt": alt,
        "legend": [[charts.swatch(klass), class_word(klass)] for klass in URGENCY],
    }


def _domains(g: Gathered) -> dict[str, Any]:
    lang, rows = words.lang(), []
    for s in g.standings:
        _tone, title, text = readiness.headline(s.situation, s.advice)
        split = s.sum.split
        counts = [formats.number(n) for n in (split.messages, split.spoof, split.failing)]
        rows.append([soft(s.sum.domain), words.policy(s.sum.policy) or formats.EN_DASH, *counts, title, text])
    rest = g.domains - len(rows)
    more = ngettext("and %(n)d more domain", "and %(n)d more domains", rest) % {"n": rest} if rest > 0 and rows else ""
    head = [_("Domain"), _("Policy"), _("Messages"), class_word(Class.SPOOF), class_word(Class.FAILING), _("How far it may go")]
    return {"title": _("Domains and their policies"), "head": head, "rows": rows, "more": more, "lang": lang}


def _spoofing(g: Gathered) -> dict[str, Any]:
    lang = words.lang()
    f = Filter(g.org.pk, g.first, g.last, classes=(Class.SPOOF,))
    by_country: dict[str, int] = {}
    for place in facts.store().places(f, limit=500):
        by_country[place.country] = by_country.get(place.country, 0) + place.split.spoof
    largest = sorted(by_country.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    sources = [
        [
            soft(named(row.group).label),
            named(row.group).kind,
            formats.messages(row.split.spoof, lang),
            formats.day_range(row.first_day, row.last_day, lang),
        ]
        for row in g.spoofing
    ]
    return {
        "title": class_word(Class.SPOOF),
        "lead": _spoofing_sentence(g),
        "sources_head": [_("Sending group"), _("What it is"), _("Messages"), _("Days")],
        "sources": sources,
        "countries_head": [_("Country"), _("Messages"), _("Share")],
        "countries": [
            [
                formats.country(code, lang) if code else _("not known"),
                formats.messages(count, lang),
                formats.share(count, g.split.spoof, lang),
            ]
            for code, count in largest
            if count
        ],
        "alerts_title": _("Alerts of this time"),
        "alerts": [[alertwords.story(a).title, str(alertwords.STATE_WORDS[a.state]), alertwords.story(a).text] for a in g.alerts],
    }


def _own(g: Gathered) -> tuple[list[GroupSum], list[GroupSum]]:
    """Sources of genuine mail that failed in the month, with their last failing day until now: those mended, and those open."""
    store = facts.store()
    today = max(g.last, min(horizon(g.org.pk, store).last, g.last + AFTER_DAYS))  # a month that is not over ends with its facts
    f = Filter(g.org.pk, g.first, g.last, classes=(Class.FAILING,))
    rows = [row for row in store.groups(f, Page(size=MOST * 2)).rows if isinstance(row, GroupSum)]
    later = replace(f, since=g.last + 1, until=today, groups=tuple(row.group for row in rows))
    since = (
        {row.group: row.last_day for row in store.groups(later, Page(size=MOST * 2)).rows if isinstance(row, GroupSum)}
        if rows
        else {}
    )
    rows = [row._replace(last_day=since.get(row.group, row.last_day)) for row in rows]
    mended = [row for row in rows if row.last_day <= today - MENDED_DAYS]
    return mended[:MOST], [row for row in rows if row not in mended][:MOST]


def _problems(mended: Sequence[GroupSum], failing: Sequence[GroupSum]) -> dict[str, Any]:
    lang = words.lang()

    def lines(rows: Sequence[GroupSum]) -> Rows:
        return [
            [soft(named(r.group).label), formats.messages(r.split.failing, lang), formats.day_short(r.last_day, lang)] for r in rows
        ]

    return {
        "title": _("Your own mail that failed"),
        "lead": _("Genuine mail that receivers may refuse, because its sender is not set up for DMARC."),
        "head": [_("Sending group"), _("Failed messages"), _("Last failure")],
        "open_title": _("Still open"),
        "open": lines(failing),
        "open_none": _("No source is open."),
        "mended_title": _("Mended"),
        "mended": lines(mended),
        "mended_none": _("No source was mended in this time."),
    }


def _todo(g: Gathered) -> dict[str, Any]:
    return {
        "title": _("What to do next"),
        "none": _("Nothing needs to be done at present."),
        "rows": [[step.title, step.text] for step in g.steps],
    }
