"""What if the policy had been another one: stored mail replayed, whom it would have hit, what to mend, what to publish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from sekisho.core.errors import UsageError
from sekisho.core.terms import URGENCY, AlignmentMode, Class, Policy
from sekisho.core.whatif.path import advise
from sekisho.core.whatif.trial import TAGS, Trial, read_trial, with_tags
from sekisho.registry.models import Domain
from sekisho.store.query import HitGroup, Replay, Split
from sekisho.web import formats
from sekisho.web.filters import RANGES, Form, write
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import advising, ladder, readiness, words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.domains import domain_tabs, registered_domain
from sekisho.web.pages.exporting import file_of
from sekisho.web.pages.senders import Named, named
from sekisho.web.parts import Choice

COLUMNS = ("group", "class", "asked", "messages", "hosts", "first_day", "last_day", "busiest", "advice")
"""Of the export, on the page and by `sekisho what-if`."""
DEFAULT = Trial(Policy.REJECT)
POLICIES = (Policy.NONE, Policy.QUARANTINE, Policy.REJECT)
SHOWN = 50
"""Groups on the page; the file has all."""
MEANING: dict[Class, Promise] = {
    Class.SPOOF: gettext_lazy("Mail that may well be stopped"),
    Class.FAILING: gettext_lazy("Genuine mail would be stopped. Mend it first"),
    Class.FORWARDED: gettext_lazy("Some of it may not arrive"),
    Class.NORMAL: gettext_lazy("Genuine mail that passes today would fail"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A genuine flow that would be hit, with what to mend."""

    hit: HitGroup
    named: Named
    url: str
    hosts_url: str
    advice: Sequence[tuple[str, SafeString | str]]
    """What to do, with the host it is about where hosts of the group differ."""


@dataclass(frozen=True, slots=True)
class Field:
    """A select of the form."""

    key: str
    label: str
    choices: tuple[Choice, ...]


def wanted(get: QueryDict) -> tuple[Trial, str]:
    """The policy in the address, and a sentence where it makes no sense; then it is `p=reject`."""
    given = {key: get.get(key, "").strip().lower() for key in TAGS}
    tags = {key: value for key, value in given.items() if value}
    if not tags:
        return DEFAULT, ""
    try:
        return read_trial("; ".join(f"{key}={value}" for key, value in {"p": "reject", **tags}.items())), ""
    except UsageError:
        return DEFAULT, _("This policy makes no sense, so reject is shown.")


def query(trial: Trial) -> str:
    """The policy as it stands in an address; the default one as nothing."""
    tags = dict(part.split("=") for part in trial.to_text().split("; "))
    return "" if trial == DEFAULT else urlencode(tags)


@org_page
def what_if(request: OrgRequest, name: str) -> HttpResponse:
    """The path to reject of a domain, and its mail under another policy.

    A form without script sends what was left as it is too; the address that can be kept is the one without it.
    """
    domain = registered_domain(request, name)
    kept = [(key, value) for key, values in request.GET.lists() for value in values if value]
    if len(kept) < sum(len(values) for _key, values in request.GET.lists()):
        return redirect(f"{request.path}?{urlencode(kept)}" if kept else request.path)
    asked = ask(request, Form(), domain=(name,))
    trial, problem = wanted(request.GET)
    values: dict[str, object] = {}
    if asked.has_reports:
        values = {**_path(asked, domain), **_trial(asked, domain, trial)}
    return asked.render(
        "pages/what_if.html", **domain_tabs(asked, name, "what_if"), **values, problem=problem, fields=_fields(asked, trial)
    )


def _path(asked: Asked, domain: Domain) -> dict[str, object]:
    """Where the domain stands, and the safe next step."""
    s = readiness.situation(asked, domain)
    advice = advise(s)
    tone, title, text = readiness.headline(s, advice)
    lines = readiness.lines(s, advice)
    return {
        "rungs": ladder.rungs_of(advice),
        "conditions": lines,
        "met": sum(line.tone == "ok" for line in lines),
        "note_tone": tone,
        "note_title": title,
        "note_text": text,
        "outlook": readiness.outlook(advice),
        "is_blocked": "mended" in advice.blocks,
        "next_record": record(asked, domain, advice.trial) if advice.trial else "",
        "next_query": "?" + query(advice.trial) if advice.trial and query(advice.trial) else "?",
        "is_ready": advice.ready,
        "dns_name": f"_dmarc.{domain.name}",
        "is_whole": readiness.published(domain) is not None or bool(_address(asked)),
    }


def record(asked: Asked, domain: Domain, trial: Trial) -> str:
    """The record to publish: the one in the DNS with other tags; where that is not known, with our own report address."""
    there = readiness.published(domain)
    if there is not None:
        return with_tags(there.text, trial)
    return with_tags(f"v=DMARC1; p=none; rua=mailto:{_address(asked)}" if _address(asked) else "", trial)


def _address(asked: Asked) -> str:
    from sekisho.intake.addressing import report_address

    found = report_address(asked.org)
    return found.text if found.is_whole else ""


def _trial(asked: Asked, domain: Domain, trial: Trial) -> dict[str, object]:
    """What the mail would have met."""
    found = asked.store.replay(asked.filter, trial, readiness.names_known(domain))
    asks = (Policy.REJECT, Policy.QUARANTINE, Policy.NONE)
    rows = [(what, found.hit(what)) for what in asks]
    stopped = added(*(split for what, split in rows if what is not Policy.NONE))
    failing = added(*(split for _what, split in rows))
    genuine = [_hit(asked, hit) for hit in found.groups if hit.klass is not Class.SPOOF]
    after = stopped.messages - stopped.spoof - stopped.failing - stopped.normal
    return {
        "trial": trial,
        "found": found,
        "sentence": _sentence(asked, found),
        "stopped": stopped,
        "genuine": stopped.messages - stopped.spoof,
        "after": after if after < stopped.messages - stopped.spoof else None,
        "failing": failing,
        "classes": [(klass, stopped.of(klass), MEANING[klass]) for klass in URGENCY if stopped.of(klass)],
        "by_action": [(words.policy(what), split) for what, split in rows if split.messages],
        "hits": genuine[:SHOWN],
        "more": max(0, len(genuine) - SHOWN),
        "handled": _handled(found),
        "already": sum(count for _klass, wire, count in found.handled if wire in (Policy.QUARANTINE, Policy.REJECT)),
        "days": _days(found),
        "trial_record": record(asked, domain, trial),
        "unclear": found.unclear[:10],
        "unclear_messages": sum(count for _name, count in found.unclear),
        "has_files": bool(found.groups),
        "hits_csv": _file_url(asked, trial, "csv"),
        "hits_json": _file_url(asked, trial, "json"),
        "policy_word": words.policy(trial.p),
    }


def added(*splits: Split) -> Split:
    """The sums of splits."""
    return Split(**{klass.value: sum(split.of(klass) for split in splits) for klass in Class})


def _sentence(asked: Asked, found: Replay) -> str:
    """The answer in one sentence."""
    lang = words.lang()
    values = {
        "period": words.period(asked.state),
        "all": formats.messages(found.split.messages, lang),
        "rejected": formats.messages(found.hit(Policy.REJECT).messages, lang),
        "quarantined": formats.messages(found.hit(Policy.QUARANTINE).messages, lang),
    }
    if found.hit(Policy.REJECT).messages and found.hit(Policy.QUARANTINE).messages:
        return _("%(period)s: of %(all)s messages, %(rejected)s would have been rejected and %(quarantined)s quarantined.") % values
    if found.hit(Policy.REJECT).messages:
        return _("%(period)s: of %(all)s messages, %(rejected)s would have been rejected.") % values
    if found.hit(Policy.QUARANTINE).messages:
        return _("%(period)s: of %(all)s messages, %(quarantined)s would have been quarantined.") % values
    return _("%(period)s: of %(all)s messages, none would have been treated differently.") % values


def _hit(asked: Asked, hit: HitGroup) -> Hit:
    name = named(hit.group)
    told: dict[str, tuple[str, str]] = {}
    for host in hit.busiest:
        told.setdefault(host.advice, (host.ptr or host.source_ip, host.source_ip))
    if len(told) < 2:
        told = {hit.advice: ("", hit.busiest[0].source_ip if hit.busiest else "")}
    domain = asked.state.domain[0]
    text = [
        (shown, advising.advice(code, service=name.label, domain=domain, source_ip=ip))
        for code, (shown, ip) in told.items()
        if code
    ]
    chosen = () if hit.klass is Class.NORMAL else (hit.klass,)
    return Hit(hit, name, asked.url("group", key=hit.group), asked.with_("hosts", group=(hit.group,), classes=chosen), text)


def _handled(found: Replay) -> list[tuple[Class, int, str]]:
    """What receivers did in fact, by class."""
    rows = []
    for klass in URGENCY:
        parts = [(wire, count) for of, wire, count in found.handled if of is klass]
        if parts:
            rows.append((klass, sum(count for _wire, count in parts), words.handled(parts)))
    return rows


def _days(found: Replay) -> list[tuple[int, Split]]:
    """Messages that something would have happened to, by day."""
    days: dict[int, Split] = {}
    for day, what, split in found.days:
        if what is not Policy.NONE:
            days[day] = added(days.get(day, Split()), split)
    return sorted(days.items(), reverse=True)


def _file_url(asked: Asked, trial: Trial, kind: str) -> str:
    address = asked.path("export_what_if", name=asked.state.domain[0], format=kind) + write(asked.state)
    return address + (("&" if "?" in address else "?") + query(trial) if query(trial) else "")


def _fields(asked: Asked, trial: Trial) -> list[Field]:
    """The selects of the form."""
    same = (Choice("", _("same as p"), is_chosen=trial.sp is Policy.ABSENT),)
    as_sp = (Choice("", _("same as sp"), is_chosen=trial.np is Policy.ABSENT),)
    modes = {AlignmentMode.RELAXED: _("relaxed"), AlignmentMode.STRICT: _("strict")}
    fields = [
        Field("p", _("Policy (p)"), _policies(trial.p)),
        Field("sp", _("Subdomains (sp)"), same + _policies(trial.sp)),
        Field("np", _("Names that do not exist (np)"), as_sp + _policies(trial.np)),
        Field(
            "t",
            _("Rehearsal (t)"),
            (Choice("", pgettext("rehearsal", "no"), not trial.t), Choice("y", pgettext("rehearsal", "yes"), trial.t)),
        ),
    ]
    for key, now in (("adkim", trial.adkim), ("aspf", trial.aspf)):
        label = _("DKIM match (adkim)") if key == "adkim" else _("SPF match (aspf)")
        choices = (Choice("" if m is AlignmentMode.RELAXED else m.value, word, is_chosen=m is now) for m, word in modes.items())
        fields.append(Field(key, label, tuple(choices)))
    ranges = [Choice("" if r == "30d" else r, str(words.RANGE_WORDS[r]), is_chosen=asked.state.range == r) for r in RANGES]
    if not asked.state.range:
        ranges.append(
            Choice(
                f"{formats.day_iso(asked.state.first)}..{formats.day_iso(asked.state.last)}",
                words.period(asked.state),
                is_chosen=True,
            )
        )
    return [*fields, Field("range", _("Period"), tuple(ranges))]


def _policies(now: Policy) -> tuple[Choice, ...]:
    return tuple(Choice(p.value, f"{words.policy(p)} ({p.value})", is_chosen=p is now) for p in POLICIES)


def rows_of(found: Replay, trial: Trial) -> Iterator[tuple[object, ...]]:
    """The lines of the export."""
    for hit in found.groups:
        busiest = " ".join(host.source_ip for host in hit.busiest)
        days = formats.day_iso(hit.first_day), formats.day_iso(hit.last_day)
        yield hit.group, hit.klass.value, trial.to_text(), hit.messages, hit.hosts, *days, busiest, hit.advice


@org_page
def export(request: OrgRequest, name: str, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """All groups that would be hit, as a file."""
    domain = registered_domain(request, name)
    asked = ask(request, Form(), domain=(name,))
    trial, _problem = wanted(request.GET)
    found = asked.store.replay(asked.filter, trial, readiness.names_known(domain))
    return file_of("what-if", format, COLUMNS, rows_of(found, trial))
