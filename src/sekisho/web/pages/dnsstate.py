"""The DNS state of domains: records explained, what to do, the SPF tree, and what changed when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sekisho.core.spf.tree import Line, State, Tree
from sekisho.core.state.findings import Finding, Part, Severity, findings
from sekisho.core.state.texts import Text, texts
from sekisho.core.terms import AuthResult
from sekisho.registry import states
from sekisho.registry.audit import Action, note
from sekisho.web.dnswords import PARTS, SEVERITIES, Words, said
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.domains import domain_tabs, registered_domain
from sekisho.web.pages.roles import may_change
from sekisho.web.parts import Crumb

MOST_LINES = 300
"""Lines of an SPF tree that a page draws; a record within its limits has far fewer."""
DEEPEST = 8
"""Steps by which a line is moved to the right at most."""
MOST_CHANGES = 30
REST = timedelta(seconds=30)
"""Between two looks that people ask for."""
TONES = {
    Severity.PROBLEM: "bad",
    Severity.WARNING: "warn",
    Severity.UNKNOWN: "",
    Severity.ADVICE: "",
    Severity.GOOD: "ok",
}
URGENT = (Severity.PROBLEM, Severity.WARNING, Severity.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as the page shows it."""

    tone: str
    word: str
    words: Words


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of record: what stands there, and what is said of it."""

    anchor: str
    title: str
    tone: str
    word: str
    texts: Sequence[Text]
    is_old: bool
    """Whether the records shown are those of an earlier look, because the last one failed."""
    told: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Branch:
    """A term of the SPF tree."""

    depth: int
    text: str
    result: str
    lookups: int
    note: str
    domain: str


@org_page
@require_safe
def domain_dns(request: OrgRequest, name: str) -> HttpResponse:
    """The records of a domain now and before."""
    domain = registered_domain(request, name)
    asked = ask(request, Form(), domain=(name,))
    kept = states.latest(domain.pk)
    context = domain_tabs(asked, name, "domain_dns")
    look_url = asked.path("domain_dns_look", name=name) if may_change(request) and not _is_off() else ""
    if kept is None:
        return asked.render("pages/domain_dns.html", **context, kept=None, is_off=_is_off(), look_url="")
    now, known = kept.now, kept.known
    told = findings(now)
    tree = known.spf.tree
    return asked.render(
        "pages/domain_dns.html",
        **context,
        kept=kept,
        is_off=_is_off(),
        look_url=look_url,
        sentence=_sentence(told),
        urgent=[(_place(finding), _told(finding)) for severity in URGENT for finding in told if finding.severity is severity],
        panels=_panels(told, texts(known), {part for part, some in texts(now).items() if some}),
        tree=_branches(tree) if tree is not None and tree.root.record is not None else [],
        lookups=tree.count.lookups if tree is not None else 0,
        lookups_share=min(tree.count.lookups, 10) if tree is not None else 0,
        history=_history(states.history(domain.pk, limit=MOST_CHANGES)),
    )


def _place(finding: Finding) -> tuple[str, str]:
    return finding.part.value, _(PARTS[finding.part])


def _is_off() -> bool:
    """Whether this install asks no DNS."""
    return str(settings.HOUSE.dns_servers).strip().lower() == "off"


def _told(finding: Finding) -> Told:
    return Told(TONES[finding.severity], _(SEVERITIES[finding.severity]), said(finding, _))


def _sentence(told: Sequence[Finding]) -> str:
    """The answer first: how many things need somebody."""
    counts = Counter(finding.severity for finding in told)
    bad = counts[Severity.PROBLEM] + counts[Severity.WARNING]
    if bad:
        return ngettext("%(n)s thing needs you.", "%(n)s things need you.", bad) % {"n": bad}
    if counts[Severity.UNKNOWN]:
        return _("Not everything could be checked. What could be is in order.")
    return _("All records are in order.")


def _panels(told: Sequence[Finding], known: Mapping[Part, Sequence[Text]], shown_now: set[Part]) -> list[Panel]:
    found = []
    for part, title in PARTS.items():
        mine = [finding for finding in told if finding.part is part]
        if not mine and not known[part]:
            continue
        worst = min((list(Severity).index(finding.severity) for finding in mine), default=len(Severity) - 1)
        severity = list(Severity)[worst]
        is_old = bool(known[part]) and part not in shown_now
        found.append(
            Panel(
                part.value,
                _(title),
                TONES[severity],
                _(SEVERITIES[severity]),
                _joined(known[part]),
                is_old,
                [_told(f) for f in mine],
            )
        )
    return found


def _joined(some: Sequence[Text]) -> list[Text]:
    """The records, those that belong together (NS, MX) as one with several lines."""
    lines: dict[tuple[str, str], list[str]] = {}
    found = []
    for text in some:
        if text.rtype in ("NS", "MX"):
            lines.setdefault(text[:2], []).append(text.text)
        else:
            found.append(text)
    return [*(Text(name, rtype, "\n".join(each)) for (name, rtype), each in lines.items()), *found]


def _branches(tree: Tree) -> list[Branch]:
    return [_branch(line) for line in islice(tree.lines(), MOST_LINES)]


def _branch(line: Line) -> Branch:
    term = line.branch.term
    results = {
        AuthResult.PASS: _("permitted"),
        AuthResult.FAIL: _("refused"),
        AuthResult.SOFTFAIL: _("suspicious"),
        AuthResult.NEUTRAL: _("no statement"),
    }
    result = "" if term.name == "redirect" else results.get(term.qualifier, "")
    return Branch(min(line.depth, DEEPEST), term.text, result, line.count.lookups, _note(line), line.domain)


def _note(line: Line) -> str:
    """What is special about a line of the tree."""
    if line.is_loop:
        return _("leads back to itself")
    if line.is_repeated:
        return _("already shown above, counts again")
    if line.branch.depends:
        return _("depends on the sender")
    if line.node is None:
        failed = any(answer.failed for answer in line.branch.answers)
        return _("could not be checked") if failed else ""
    return {
        State.NONE: _("has no SPF record"),
        State.MANY: _("has several SPF records"),
        State.BROKEN: _("cannot be read"),
        State.UNKNOWN: _("could not be checked"),
        State.CUT: _("not looked at: the tree is too large"),
    }.get(line.node.state, "")


def _history(past: Sequence[states.Past]) -> list[tuple[object, list[tuple[str, object]]]]:
    return [(entry.at, [(_(PARTS[change.part]), change) for change in entry.changes[:MOST_CHANGES]]) for entry in past]


@org_page
@require_POST
def domain_dns_look(request: OrgRequest, name: str) -> HttpResponse:
    """Asks for a look at the records now; the server does it within seconds."""
    domain = registered_domain(request, name)
    if not may_change(request):
        raise PermissionDenied
    kept = states.latest(domain.pk)
    now = timezone.now()
    if kept is not None and now - kept.checked > REST:
        states.look_soon(domain.pk, now)
    note(request, Action.DNS_LOOKED, domain.name)
    messages.info(request, _("The records are being looked at. Load the page again in a few seconds."))
    return redirect("domain_dns", org=request.org.slug, name=name)


@org_page
@require_safe
def dns(request: OrgRequest) -> HttpResponse:
    """The DNS state of all domains, a page of them at a time."""
    asked = ask(request, Form())
    names = asked.org.domains.order_by("name")
    total, page = names.count(), asked.page
    number = min(max(page.number, 1), max(1, -(-total // page.size)))
    start = (number - 1) * page.size
    lines = [_line(asked, domain.pk, domain.name) for domain in names[start : start + page.size]]
    return asked.render(
        "pages/dns.html",
        crumbs=[Crumb(_("DNS state"))],
        lines=lines,
        total=total,
        number=number,
        size=page.size,
        is_off=_is_off(),
    )


def _line(asked: Asked, pk: int, name: str) -> dict[str, object]:
    kept = states.latest(pk)
    line: dict[str, object] = {"name": name, "url": asked.path("domain_dns", name=name), "kept": kept}
    if kept is not None:
        state = kept.now
        told = findings(state)
        worst = [finding for finding in told if finding.severity in URGENT]
        worst.sort(key=lambda finding: URGENT.index(finding.severity))
        line |= {
            "policy": state.dmarc.record.p.value if state.dmarc.record is not None else "",
            "policy_word": words.policy(state.dmarc.record.p.value) if state.dmarc.record is not None else "",
            "lookups": state.spf.tree.count.lookups if state.spf.tree is not None and state.spf.text else None,
            "worst": _told(worst[0]) if worst else None,
            "more": max(0, len(worst) - 1),
        }
    return line
