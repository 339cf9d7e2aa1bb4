"""`{% load encrypted %}`: the chart and the bars of TLS sessions, in the manner of those of mail."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from sekisho.core.terms import Class
from sekisho.store.query import DaySplit, Split, TlsShare
from sekisho.web import formats
from sekisho.web.templatetags import pictures
from sekisho.web.templatetags.charts import MOST_DAYS, WEEK, series
from sekisho.web.templatetags.words import lang

register = template.Library()

AS_CLASS = (("failed", Class.FAILING), ("successful", Class.NORMAL))
"""What failed for its set-up looks as such mail does, and what went well as normal mail."""


def outcome_words() -> dict[str, str]:
    """The words of both outcomes."""
    return {"failed": pgettext("TLS sessions", "Failed"), "successful": pgettext("TLS sessions", "Encrypted")}


@register.simple_tag
def tls_bar(share: TlsShare) -> SafeString:
    """Both outcomes as one bar."""
    words = outcome_words()
    label = ", ".join(f"{words[name]} {formats.number(getattr(share, name))}" for name, _ in AS_CLASS)
    return pictures.split_bar({Class.NORMAL: share.successful, Class.FAILING: share.failed}, label)


@register.inclusion_tag("parts/tls_chart.html")
def tls_chart(days: Sequence[TlsShare], since: int, until: int) -> dict[str, object]:
    """`{% tls_chart days since until %}`: what failed above, all sessions below; one pane where nothing failed."""
    splits = [DaySplit(day.day, Split(normal=day.successful, failing=day.failed)) for day in days]
    drawn = series(splits, since, until)
    step = WEEK if until - since + 1 > MOST_DAYS else 1
    view = "failed" if any(split.failing for _, split in drawn) else "total"
    words = outcome_words()
    sessions = sum(split.messages for _, split in drawn)
    label = ngettext(
        "%(count)s session; the figures are in the table", "%(count)s sessions; the figures are in the table", sessions
    )
    return {
        "kind": f"classes {view}",
        "legend": [(klass, words[name]) for name, klass in AS_CLASS],
        "label": label % {"count": formats.number(sessions)},
        "first_column": gettext("Week from") if step == WEEK else gettext("Day"),
        "rows": [(formats.day_short(day, lang()), [split.of(klass) for _, klass in AS_CLASS]) for day, split in reversed(drawn)],
        "data": {
            "kind": "classes",
            "view": view,
            "step": step,
            "days": [formats.day_iso(day) for day, _ in drawn],
            "labels": [formats.day_short(day, lang()) for day, _ in drawn],
            "titles": [formats.day_named(day, lang()) for day, _ in drawn],
            "series": [
                {"klass": klass.value, "name": words[name], "values": [split.of(klass) for _, split in drawn]}
                for name, klass in AS_CLASS
            ],
            "events": [],
            "words": _titles(step),
        },
    }


def _titles(step: int) -> dict[str, str]:
    if step == WEEK:
        titles = gettext("Sessions that failed (per week)"), gettext("All sessions (per week)")
    else:
        titles = gettext("Sessions that failed (per day)"), gettext("All sessions (per day)")
    return {"failed": titles[0], "all": titles[1], "sum": gettext("Total")}
