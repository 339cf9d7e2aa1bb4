"""The checklist of a domain: what large receivers and public guidelines ask of senders, and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from sekisho.core.guidance.bulk import Check, List, Seen, State, checklists
from sekisho.core.guidance.bulk_rules import READ, RULES
from sekisho.core.state.findings import Part, Severity, findings
from sekisho.core.state.gather import DomainState
from sekisho.core.terms import Class, Found, Policy
from sekisho.registry import states
from sekisho.store.query import Filter, HostSum, Page
from sekisho.web import formats
from sekisho.web.checkwords import POINTS, RULES_WORDS, STATES, Words
from sekisho.web.filters import Form
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages import words
from sekisho.web.pages.asked import Asked, ask
from sekisho.web.pages.domains import domain_tabs, registered_domain
from sekisho.web.parts import Tone

DAYS = 30
HOSTS_ASKED = 100
"""The busiest hosts of the domain's own mail, whose names are looked at."""
OWN = (Class.NORMAL, Class.FAILING)
TONES = {State.MET: Tone.OK, State.NOT_MET: Tone.BAD, State.UNKNOWN: Tone.PLAIN, State.UNSEEN: Tone.PLAIN}
APPLIES: dict[Found, Promise | str] = {
    Found.YES: gettext_lazy("Holds for this domain"),
    Found.NO: gettext_lazy("Does not hold: less mail goes there"),
    Found.UNKNOWN: gettext_lazy("Not known whether it holds: this receiver has reported no mail"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A point as the page shows it."""

    tone: Tone
    word: str
    words: Words
    evidence: str
    is_open: bool
    """Whether something is to be done."""


@dataclass(frozen=True, slots=True)
class Block:
    """A rule as the page shows it."""

    name: str
    title: str
    text: str
    since: date
    source: str
    applies: str
    lines: tuple[Line, ...]
    unmet: int
    """Points that are not met, where the rule holds for the domain."""


@org_page
@require_safe
def checklist(request: OrgRequest, name: str) -> HttpResponse:
    """The rules with their points, those that are not met first."""
    domain = registered_domain(request, name)
    asked = ask(request, Form(), domain=(name,))
    kept = states.latest(domain.pk)
    found = checklists(seen(asked, name, kept.now if kept is not None else None))
    blocks = [_block(each) for each in found]
    return asked.render(
        "pages/domain_checklist.html",
        **domain_tabs(asked, name, "domain_checklist"),
        blocks=blocks,
        unmet=sum(block.unmet for block in blocks),
        days=DAYS,
        read=date.fromisoformat(READ),
    )


def seen(asked: Asked, name: str, state: DomainState | None) -> Seen:
    """What reports of the last days and the records of the domain show."""
    last = asked.horizon.last
    f = Filter(asked.org.pk, last - DAYS + 1, last, domains=(name,), classes=OWN)

    def messages(**changes: object) -> int:
        return asked.store.split(replace(f, **changes)).messages  # type: ignore[arg-type]

    whole, spf, dkim = messages(), messages(spf=True), messages(dkim=True)
    both = messages(spf=True, dkim=True)
    hosts = [host for host in asked.store.hosts(f, Page("-messages", size=HOSTS_ASKED)).rows if isinstance(host, HostSum)]
    known = [host for host in hosts if host.confirmed in (Found.YES, Found.NO)]
    named = sum(host.confirmed == Found.YES for host in known)
    mail = Seen(whole, spf, dkim, both, spf + dkim - both, hosts=len(known), named=named, a_day=tuple(_volumes(asked, f)))
    return mail if state is None else _with_records(mail, state)


def _volumes(asked: Asked, f: Filter) -> Iterator[tuple[str, int]]:
    """The busiest day that each receiver has reported, of mail of all kinds that was the domain's own."""
    for rule in RULES:
        if rule.from_a_day:
            days = asked.store.days(replace(f, reporters=rule.reporters))
            yield rule.name, max((split.messages for _day, split in days), default=0)


def _with_records(mail: Seen, state: DomainState) -> Seen:
    """With what the DNS says; what could not be asked is unknown."""
    told = [finding for finding in findings(state) if finding.part is Part.SPF]
    broken = any(finding.severity is Severity.PROBLEM for finding in told)
    applies = state.dmarc.applies
    keys = [found.key for found in state.keys if found.key is not None and found.key.is_usable and found.key.key_type == "rsa"]
    return replace(
        mail,
        spf_record=Found.NO if broken else state.spf.state,
        dmarc_record=state.dmarc.state,
        policy=applies.expected if applies is not None else Policy.ABSENT,
        weakest_key=min((key.bits for key in keys), default=0),
    )


def _block(found: List) -> Block:
    rule = found.rule
    said = RULES_WORDS[rule.name]
    order = list(State)
    checks = sorted(found.checks, key=lambda check: (check.state is not State.NOT_MET, order.index(check.state)))
    lang = words.lang()
    applies = str(APPLIES[found.applies])
    if rule.from_a_day and found.a_day:
        applies = _("%(applies)s (%(n)s on the busiest day)") % {"applies": applies, "n": formats.messages(found.a_day, lang)}
    return Block(
        rule.name,
        str(said.what),
        str(said.do),
        date.fromisoformat(rule.since),
        rule.source,
        _("A recommendation") if rule.is_advice else applies,
        tuple(_line(check) for check in checks),
        found.count(State.NOT_MET) if found.applies is not Found.NO else 0,
    )


def _line(check: Check) -> Line:
    return Line(TONES[check.state], str(STATES[check.state]), POINTS[check.point], _evidence(check), check.state is State.NOT_MET)


def _evidence(check: Check) -> str:
    if not check.whole:
        return ""
    values = {"part": formats.number(check.part), "whole": formats.number(check.whole)}
    return _("%(part)s of %(whole)s") % values
