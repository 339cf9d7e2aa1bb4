"""What a change in the DNS of a domain means: which ones somebody has to look at, and which are in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from sekisho.core.alerts.values import Finding, Rule, Severity
from sekisho.core.dmarc.record import DmarcRecord, Standing, pick
from sekisho.core.dnsrecords.dkimkey import read_key
from sekisho.core.state.changes import Change
from sekisho.core.state.findings import STRENGTH, Part
from sekisho.core.state.findings import Severity as Gravity
from sekisho.core.state.findings import findings as said_of
from sekisho.core.state.gather import DomainState
from sekisho.core.terms import Policy

RECENT_DAYS = 7
"""Older changes are history and no news, also where the server was switched off meanwhile."""
SHOWN = 500
"""Characters of a record that a warning holds."""
MOST = 20
"""Changes of one look that are told one by one; more of them are a zone that was moved or answers at random."""


class Event(StrEnum):
    """What happened to a record; the names go to channels and exports."""

    DMARC_GONE = "dmarc_gone"
    DMARC_WEAKER = "dmarc_weaker"
    DMARC_SILENT = "dmarc_silent"
    """It asks for no reports any more, or not at our address."""
    DMARC_STRONGER = "dmarc_stronger"
    DMARC_CHANGED = "dmarc_changed"
    SPF_GONE = "spf_gone"
    SPF_OPEN = "spf_open"
    """It permits everybody."""
    SPF_BROKEN = "spf_broken"
    """Receivers cannot follow it: too many look-ups, a loop, a wrong term, a missing part."""
    SPF_CHANGED = "spf_changed"
    KEY_WITHDRAWN = "key_withdrawn"
    """A key by which mail was signed."""
    KEY_CHANGED = "key_changed"
    MX_CHANGED = "mx_changed"
    SERVERS_CHANGED = "servers_changed"
    OTHER = "other_changed"


URGENCIES = {
    Event.DMARC_GONE: Severity.URGENT,
    Event.DMARC_WEAKER: Severity.URGENT,
    Event.SPF_OPEN: Severity.URGENT,
    Event.DMARC_SILENT: Severity.IMPORTANT,
    Event.SPF_GONE: Severity.IMPORTANT,
    Event.SPF_BROKEN: Severity.IMPORTANT,
    Event.KEY_WITHDRAWN: Severity.IMPORTANT,
    Event.MX_CHANGED: Severity.IMPORTANT,
    Event.SERVERS_CHANGED: Severity.IMPORTANT,
}
"""All others are for information."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A look at which records were otherwise than before."""

    day: int
    changes: Sequence[Change]
    before: DomainState
    after: DomainState


def record_findings(
    domain: str, turns: Iterable[Turn], today: int, *, used: Collection[tuple[str, str]] = (), ours: Collection[str] = ()
) -> list[Finding]:
    """A finding for each change of the last days that matters to somebody.

    `used` are the (d=, selector) by which mail of the domain was signed; `ours` the addresses where we get its reports.
    Changes in the records of others that an SPF record leads to are none of ours, unless they break it.
    """
    found = []
    for turn in turns:
        if not today - RECENT_DAYS < turn.day <= today:
            continue
        for change in turn.changes[:MOST]:
            event = _event(domain, change, turn, used, ours)
            if event is not None:
                found.append(_finding(domain, event, change, turn.day, today))
    return found


def event_of(about: str) -> tuple[Event, str]:
    """The event and the name of the record, of a warning."""
    event, _, rest = about.partition(" ")
    return (Event(event) if event in set(Event) else Event.OTHER), rest.partition(" ")[0]


def policy_of(text: str) -> str:
    """The policy that a change of a DMARC record leads to, as reports name it; `none` where no record counts."""
    record = pick(text.split("\n")).record
    return record.p.value if record is not None else Policy.NONE.value


def _finding(domain: str, event: Event, change: Change, day: int, today: int) -> Finding:
    digest = sha256(f"{change.before}\0{change.after}".encode()).hexdigest()[:8]
    about = f"{event.value} {change.name} {digest}"
    severity = URGENCIES.get(event, Severity.NOTICE)
    was, now = change.before[:SHOWN], change.after[:SHOWN]
    return Finding(Rule.RECORD_CHANGED, domain, about, day, min(day, today), was=was, now=now, urgency=severity)


def _event(domain: str, change: Change, turn: Turn, used: Collection[tuple[str, str]], ours: Collection[str]) -> Event | None:
    if change.part is Part.DMARC:
        return _dmarc(change, ours)
    if change.part is Part.SPF:
        return _spf(domain, change, turn)
    if change.part is Part.DKIM:
        return _key(change, used)
    if change.part is Part.MX:
        return Event.MX_CHANGED if change.before else Event.OTHER
    if change.part is Part.DOMAIN:
        return Event.SERVERS_CHANGED if change.before else Event.OTHER
    return Event.OTHER


def _dmarc(change: Change, ours: Collection[str]) -> Event:
    before, after = (pick(text.split("\n") if text else ()).record for text in (change.before, change.after))
    if before is None:
        return Event.DMARC_CHANGED
    if after is None:
        return Event.DMARC_GONE
    was, now = _strengths(before), _strengths(after)
    if any(now_is < was_is for was_is, now_is in zip(was, now, strict=True)):
        return Event.DMARC_WEAKER
    mine = {uri.address.lower() for uri in before.rua} & {address.lower() for address in ours}
    still = {uri.address.lower() for uri in after.rua if uri.is_usable}
    if (mine and not mine & still) or (before.rua and not still):
        return Event.DMARC_SILENT
    return Event.DMARC_STRONGER if was != now else Event.DMARC_CHANGED


def _strengths(record: DmarcRecord) -> tuple[float, ...]:
    """How strong a record is for the domain, its sub-domains, and names that are not there; a rehearsal counts one step less."""
    if record.standing is Standing.NOT_APPLIED:
        return (-1.0, -1.0, -1.0)
    p = STRENGTH.get(record.p, 0)
    sp = STRENGTH.get(record.sp, p)
    np = STRENGTH.get(record.np, sp)
    share = 1.0 if record.pct is None else record.pct / 100
    return tuple(max(0, each - (1 if record.t else 0)) * share for each in (p, sp, np))


def _spf(domain: str, change: Change, turn: Turn) -> Event | None:
    was, now = (_bad(state) for state in (turn.before, turn.after))
    if "spf_permits_all" in now - was:
        return Event.SPF_OPEN
    if change.name == domain and change.before and not change.after:
        return Event.SPF_GONE
    if now - was:
        return Event.SPF_BROKEN
    return Event.SPF_CHANGED if change.name == domain else None


def _bad(state: DomainState) -> set[str]:
    """Codes of what makes the SPF record fail."""
    return {f.code for f in said_of(state) if f.part is Part.SPF and f.severity is Gravity.PROBLEM and f.code != "spf_missing"}


def _key(change: Change, used: Collection[tuple[str, str]]) -> Event:
    selector, _, domain = change.name.partition("._domainkey.")
    if not change.before:
        return Event.KEY_CHANGED
    key = read_key(change.after) if change.after else None
    is_gone = key is None or key.is_revoked or not key.is_usable
    return Event.KEY_WITHDRAWN if is_gone and (domain, selector) in used else Event.KEY_CHANGED


def one_story(
    found: Iterable[Finding], *, by_records: Collection[tuple[str, str]] = (), by_reports: Collection[tuple[str, str]] = ()
) -> Iterator[Finding]:
    """The findings without those that tell the same again: a policy that changed is one story, whoever saw it first.

    Both are (domain, policy) of what was warned of before: because the record changed, and because reports showed it.
    """
    found = list(found)
    seen = set(by_records) | {(f.domain, policy_of(f.now)) for f in found if is_policy(f.rule, f.about, f.was, f.now)}
    for f in found:
        if f.rule is Rule.POLICY_CHANGED and (f.domain, f.now) in seen and (f.domain, f.now) not in by_reports:
            continue
        if is_policy(f.rule, f.about, f.was, f.now) and (f.domain, policy_of(f.now)) in by_reports:
            continue
        yield f


def is_policy(rule: str, about: str, was: str, now: str) -> bool:
    """Whether a warning of a changed record tells that the policy changed."""
    if rule != Rule.RECORD_CHANGED or not event_of(about)[1].startswith("_dmarc."):
        return False
    return policy_of(was) != policy_of(now)
