"""The letters of digests: one value holds what is said, and becomes text and HTML with the same sentences in the same order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.alerts.message import Attachment, Message
from sekisho.core.alerts.values import Severity
from sekisho.core.terms import URGENCY, Class
from sekisho.registry import digests
from sekisho.registry.alerts import unended
from sekisho.registry.channels import FAULT, SEVERAL
from sekisho.registry.digests import Digest
from sekisho.registry.models import Organisation
from sekisho.web import formats, mailing
from sekisho.web.digests import sections
from sekisho.web.digests.gathered import Gathered, gather
from sekisho.web.digests.periods import Kind
from sekisho.web.digests.sections import MARKS, Section
from sekisho.web.mailing import Bar
from sekisho.web.pages import words
from sekisho.web.templatetags.words import class_word

MOST_BARS = 7
BARRED = (Class.SPOOF, Class.FAILING)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four numbers."""

    klass: str
    mark: str
    colour: str
    name: str
    value: str
    change: str
    """Against the period before; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a digest says."""

    subject: str
    title: str
    kind: str
    lead: tuple[str, ...]
    colour: str
    action: str
    url: str
    sections: tuple[Section, ...] = ()
    figures: tuple[Figure, ...] = ()
    bars: tuple[Bar, ...] = ()
    bars_title: str = ""
    compared: str = ""
    """What the changes of the figures are against."""


def message(digest: Digest, language: str, *, mail: bool = True) -> Message:
    """The digest as a message; `mail` also with what is attached."""
    org = digest.organisation
    with translation.override(language):
        letter = _LETTERS[digest.kind](digest)
        values = {
            "org": org,
            "letter": letter,
            "lang": language,
            "foot": _("Sekisho for %(name)s.") % {"name": org.name},
            "settings_url": mailing.org_url(org, "notifications/"),
        }
        html = render_to_string("mail/digest.html", values)
        files = _attached(digest, language) if mail else ()
        brief = "\n".join((*letter.lead, *_briefly(letter)))
        data = _data(digest, letter)
        return Message(
            letter.subject,
            _text(letter, values),
            html,
            letter.url,
            data,
            mailing.list_id(org, digest.kind),
            brief,
            attachments=files,
        )


def _briefly(letter: Letter) -> list[str]:
    """The first thing to do, for chats."""
    return [f"{section.title}: {section.items[0].title}" for section in letter.sections[:1] if section.items]


def _data(digest: Digest, letter: Letter) -> dict[str, object]:
    """For programs."""
    return {
        "type": f"digest.{digest.kind}",
        "period": digest.period,
        "organisation": digest.organisation.slug,
        "first_day": formats.day_iso(digest.first_day),
        "last_day": formats.day_iso(digest.last_day),
        "title": letter.title,
        "text": "\n".join(letter.lead),
        "url": letter.url,
    }


def _attached(digest: Digest, language: str) -> tuple[Attachment, ...]:
    """The monthly report as a PDF."""
    if digest.kind != Kind.MONTHLY:
        return ()
    from sekisho.web.paper import printing  # sets a document; only here and on its page

    paper = printing.paper(digest.organisation, digest.period, language)
    return (Attachment(printing.file_name(digest.organisation, digest.period, language), "application/pdf", paper),)


def _text(letter: Letter, values: dict[str, object]) -> str:
    """The text part."""
    parts = [
        [letter.kind, letter.title],
        list(letter.lead),
        [f"{f.mark} {f.name}: {f.value}" + (f" ({f.change})" if f.change else "") for f in letter.figures],
        [letter.compared] if letter.compared else [],
        [letter.bars_title, *(f"{bar.day}  {bar.figure}" for bar in letter.bars)] if letter.bars else [],
        *([section.title, *section.lines()] for section in letter.sections),
        [f"{letter.action}: {letter.url}"],
        ["-- ", str(values["foot"]), _("Who is told of what") + f": {values['settings_url']}"],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _figures(g: Gathered) -> tuple[Figure, ...]:
    lang = words.lang()
    return tuple(
        Figure(
            klass.value,
            MARKS[klass],
            mailing.COLOURS[klass.value],
            class_word(klass),
            formats.messages(g.split.of(klass), lang),
            formats.change(g.split.of(klass), g.before.of(klass), lang) if g.before is not None else "",
        )
        for klass in URGENCY
    )


def _compared(g: Gathered) -> str:
    if g.before is None:
        return ""
    days = g.last - g.first + 1
    if days == 1:
        return _("Changes against the day before")
    return ngettext("Changes against the %(n)d day before", "Changes against the %(n)d days before", days) % {"n": days}


def _failed_bars(g: Gathered) -> tuple[Bar, ...]:
    """Suspected spoofing and what failed of the own mail, by day."""
    counts = [[day.split.of(klass) for klass in BARRED] for day in g.days[-MOST_BARS:]]
    return tuple(mailing.bars(g.last - len(counts) + 1, counts, [mailing.COLOURS[klass.value] for klass in BARRED]))


def _colour(g: Gathered) -> str:
    worst = Class.SPOOF if g.split.spoof else Class.FAILING if g.split.failing else Class.NORMAL
    return mailing.COLOURS[worst.value]


def _period_url(org: Organisation, g: Gathered) -> str:
    return mailing.org_url(org, f"overview?from={formats.day_iso(g.first)}&to={formats.day_iso(g.last)}")


def _range(g: Gathered) -> str:
    return formats.day_range(g.first, g.last, words.lang())


def _gathered(digest: Digest, *, standings: bool = True) -> Gathered:
    """The facts of the digest, with the warnings since the one before it."""
    days = (digest.first_day, digest.last_day)
    return gather(digest.organisation, *days, raised=(digests.since(digest), digest.made), standings=standings)


def _daily(digest: Digest) -> Letter:
    g = _gathered(digest, standings=False)
    lang = words.lang()
    title = _("Failures of %(day)s") % {"day": formats.day_named(g.last, lang)}
    return Letter(
        _("[Daily digest] %(name)s: %(title)s") % {"name": g.org.name, "title": title},
        title,
        _("Daily digest of failures"),
        (sections.passed(g), *sections.failure_reports(g)),
        _colour(g),
        _("Open the day"),
        _period_url(g.org, g),
        sections.kept(sections.alerts(g), sections.failing(g), sections.spoofing(g)),
        _figures(g),
        compared=_compared(g),
    )


def _weekly(digest: Digest) -> Letter:
    g = _gathered(digest)
    title = sections.headline(g)
    return Letter(
        _("[Weekly summary] %(name)s: %(title)s") % {"name": g.org.name, "title": title},
        title,
        _("Weekly summary, %(days)s") % {"days": _range(g)},
        (sections.passed(g), *sections.reports(g)),
        _colour(g),
        _("Open the overview"),
        _period_url(g.org, g),
        sections.kept(sections.todo(g), sections.alerts(g), sections.fresh(g), sections.standings(g)),
        _figures(g),
        _failed_bars(g),
        _("Suspected spoofing and authentication failures (messages per day)"),
        _compared(g),
    )


def _monthly(digest: Digest) -> Letter:
    g = _gathered(digest)
    title = _("Monthly report for %(month)s") % {"month": sections.month(g.first)}
    return Letter(
        f"{g.org.name}: {title}",
        title,
        _("Monthly report"),
        (_("The report is attached as a PDF; you can hand it on."), sections.passed(g)),
        mailing.PLAIN_COLOUR,
        _("All monthly reports"),
        mailing.org_url(g.org, "papers/"),
        sections.kept(sections.todo(g), sections.standings(g)),
        _figures(g),
        compared=_compared(g),
    )


def _fault(digest: Digest) -> Letter:
    title = _("The channel “%(name)s” is switched off") % {"name": digest.values.get("title", "")}
    return Letter(
        _("[Fault] %(title)s") % {"title": title},
        title,
        _("Fault of a channel"),
        (
            _("It refused a message for good: %(why)s") % {"why": digest.values.get("why", "")},
            _("Nothing is told through it until somebody corrects it and switches it on again."),
        ),
        mailing.COLOURS["failing"],
        _("Look at the channels"),
        mailing.org_url(digest.organisation, "settings/channels/"),
    )


def _several(digest: Digest) -> Letter:
    """Warnings that came at once, the most urgent first."""
    org = digest.organisation
    found = list(unended(org.pk).filter(pk__in=digest.values.get("alerts", ())))
    title = ngettext("%(n)d alert at once", "%(n)d alerts at once", len(found)) % {"n": len(found)}
    urgent = any(alert.severity == Severity.URGENT for alert in found)
    return Letter(
        _("[Alert] %(title)s") % {"title": f"{org.name}: {title}"},
        title,
        _("Alerts"),
        (_("They came together, so you get one mail. Each has its page."),),
        mailing.COLOURS["spoof"] if urgent else mailing.PLAIN_COLOUR,
        _("Open the alerts"),
        mailing.org_url(org, "alerts/"),
        sections.kept(sections.alerts_of(org, found, _("The most urgent first"))),
    )


_LETTERS: dict[str, Callable[[Digest], Letter]] = {
    Kind.DAILY: _daily,
    Kind.WEEKLY: _weekly,
    Kind.MONTHLY: _monthly,
    FAULT: _fault,
    SEVERAL: _several,
}
