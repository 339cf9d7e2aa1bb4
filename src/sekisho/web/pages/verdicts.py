"""The verdict on a host or group as a page shows it: the worst flow, its reasons for and against, and what people decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from sekisho.core.facts import Because
from sekisho.core.terms import Class
from sekisho.registry.models import Decision, Organisation
from sekisho.store.query import FlowVerdict
from sekisho.web import formats, words
from sekisho.web.pages.asked import Asked
from sekisho.web.pages.roles import may_change
from sekisho.web.pages.senders import Named
from sekisho.web.pages.words import class_of
from sekisho.web.parts import ReasonLine

FLOWS_SHOWN = 25
DECISIONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Panel:
    """What the verdict panel and the list of reasons show."""

    flow: FlowVerdict
    klass: Class
    name: str
    """The class in words; says so where a person has confirmed it."""
    sentence: str
    is_decided: bool
    reasons: Sequence[ReasonLine]
    against: Sequence[ReasonLine]
    flows: Sequence[FlowVerdict]
    domains: int
    """How many domains the flows claim."""


def of(asked: Asked, *, group: str = "", source_ip: str = "") -> Panel | None:
    """The verdict on the worst flow of the filter; None when nothing in it failed."""
    flows = asked.store.flows(asked.filter, limit=FLOWS_SHOWN)
    if not flows:
        return None
    worst = flows[0]
    klass = Class(worst.klass)
    word = standing(asked.org, group=group, source_ip=source_ip)
    is_confirmed = word is not None and word.verdict == Class.SPOOF
    lines = [(because, _line(because, klass)) for because in (because_of(kept, worst.domain) for kept in worst.because)]
    mine = [line for because, line in lines if because.toward in (klass, None)]
    others = [line for because, line in lines if because.toward not in (klass, None)]
    return Panel(
        worst,
        klass,
        words.class_name(klass, confirmed=is_confirmed),
        words.verdict_sentence(klass, worst.domain, confirmed=is_confirmed),
        word is not None,
        mine,
        others,
        flows,
        len({flow.domain for flow in flows}),
    )


def question(panel: Panel | None, name: Named, address: str = "") -> str:
    """The one question whose answer settles a verdict that is only likely; empty where none is needed."""
    if panel is None or panel.is_decided or panel.flow.confidence >= formats.HIGH:
        return ""
    what = address if name.key == "unknown" or name.key.startswith("net.") else name.label
    if panel.klass is Class.FORWARDED:
        return _("Does somebody have your mail forwarded through %(what)s?") % {"what": what}
    if name.sender is not None:
        return _("Do you use %(what)s?") % {"what": name.label}
    return _("Is %(what)s yours, or a service that sends for you?") % {"what": what or name.label}


def because_of(kept: Mapping[str, object], domain: str) -> Because:
    """A reason as the store keeps it; the domain of its flow stands in where the reason names none."""
    values = kept.get("values")
    return Because(
        str(kept.get("code", "")),
        class_of(str(kept.get("toward") or "")),
        int(cast(int, kept.get("weight") or 1)),
        {"domain": domain, **cast(Mapping[str, str | int], values)} if isinstance(values, Mapping) else {"domain": domain},
    )


def _line(because: Because, klass: Class) -> ReasonLine:
    return ReasonLine(because.weight, because.toward or klass, words.reason(because), words.evidence_line(because))


def standing(org: Organisation, *, group: str = "", source_ip: str = "") -> Decision | None:
    """The decision that counts for just this host or group."""
    mine = Decision.objects.filter(organisation=org, undone=None, group=group, source_ip=source_ip)
    return mine.select_related("person").order_by("-id").first()


def deciding(asked: Asked, *, group: str = "", source_ip: str = "") -> dict[str, object]:
    """What the buttons of a decision need: the word that counts now, and whether the person may change it."""
    word = standing(asked.org, group=group, source_ip=source_ip)
    return {
        "standing": word,
        "standing_word": decided_word(word.verdict) if word else "",
        "can_decide": may_change(asked.request),
        "decisions": history(asked.org, group=group, source_ip=source_ip),
    }


def history(org: Organisation, *, group: str = "", source_ip: str = "") -> list[dict[str, object]]:
    """All decisions on a host or group, the newest first, the undone ones too."""
    rows = Decision.objects.filter(organisation=org, group=group, source_ip=source_ip).select_related("person").order_by("-id")
    return [{"decision": row, "word": decided_word(row.verdict)} for row in rows[:DECISIONS_SHOWN]]


def decided_word(verdict: str) -> str:
    """What a decision says."""
    return {
        Class.FAILING.value: _("our own source"),
        Class.FORWARDED.value: _("a forwarder"),
        Class.SPOOF.value: _("confirmed spoofing"),
    }.get(verdict, verdict)
