"""The watch: what the days of domains show becomes warnings, and the warnings that are due come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sekisho.core.alerts.records import RECENT_DAYS, Turn, one_story, record_findings
from sekisho.core.alerts.rules import findings, unreadable
from sekisho.core.alerts.thresholds import Thresholds
from sekisho.core.alerts.values import Finding, Rule
from sekisho.core.names import normal
from sekisho.core.state.findings import Part
from sekisho.core.state.wanted import MOST_WAYS
from sekisho.core.terms import SECONDS_A_DAY, AuthResult
from sekisho.flow import House
from sekisho.intake.addressing import report_address
from sekisho.registry import alerts, proofs, states
from sekisho.registry.models import Alert, Domain, Organisation

POLICY_DAYS = 45
"""For so long a change of policy that was told is not told again because the other side shows it: reports look back four weeks."""
AT_ONCE = 200
"""Domains whose days are in memory together."""


def watch(house: House, org: int, domains: Sequence[str]) -> list[Alert]:
    """Looks at some domains of an organisation; returns the warnings that people should be told of now."""
    t, off = alerts.thresholds(org)
    now = _now(house)
    found = _once(org, [*_found(house, org, domains, t), *_records(house, org, domains)], now)
    alerts.undo(org, found, now)
    return alerts.take(org, [f for f in found if f.rule not in off], now)


def watch_all(house: House, org: int) -> list[Alert]:
    """Looks at all that an organisation has, also at what only the time brings about, and ends what has become quiet."""
    t, off = alerts.thresholds(org)
    now = _now(house)
    names = list(Domain.objects.filter(organisation_id=org).values_list("name", flat=True))
    found = _once(org, [*_found(house, org, names, t), *_records(house, org, names), *_deliveries(org, now, t)], now)
    found = [f for f in found if f.rule not in off]
    alerts.undo(org, found, now)
    due = alerts.take(org, found, now)
    alerts.tend(org, now, still=frozenset((str(f.rule), f.domain, f.about) for f in found))
    return due


def _found(house: House, org: int, domains: Sequence[str], t: Thresholds) -> Iterable[Finding]:
    today = house.now() // SECONDS_A_DAY
    since = today - t.stale_days - t.history_days - t.recent_days
    for start in range(0, len(domains), AT_ONCE):
        for days in house.store.domain_days(org, domains[start : start + AT_ONCE], since=since, now=today):
            yield from findings(days, t)


def _records(house: House, org: int, domains: Sequence[str]) -> Iterable[Finding]:
    """What changed in the DNS lately; a question that failed is no change (`registry.states.keep`)."""
    now = _now(house)
    turns: dict[str, list[Turn]] = {}
    for start in range(0, len(domains), AT_ONCE):
        turns |= states.turns(org, domains[start : start + AT_ONCE], now - timedelta(days=RECENT_DAYS))
    if not turns:
        return
    ours = proofs.report_addresses(org, turns)
    address = report_address(Organisation.objects.get(pk=org)).text
    for name, some in turns.items():
        is_signed = any(change.part is Part.DKIM for turn in some for change in turn.changes)
        used = _signed_by(house, org, name) if is_signed else frozenset()
        yield from record_findings(
            name, some, int(now.timestamp()) // SECONDS_A_DAY, used=used, ours=(*ours.get(name, ()), address)
        )


def _signed_by(house: House, org: int, name: str) -> frozenset[tuple[str, str]]:
    """The (d=, selector) whose signatures passed in mail of the domain."""
    ways = house.store.ways(org, name, limit=MOST_WAYS)
    passed = (auth for way, _messages in ways for auth in way.dkim if auth.result is AuthResult.PASS)
    return frozenset((normal(auth.domain), normal(auth.selector)) for auth in passed)


def _once(org: int, found: Sequence[Finding], now: datetime) -> list[Finding]:
    """The findings, a change of policy told once, whether the DNS or reports showed it first."""
    if not any(f.rule in (Rule.POLICY_CHANGED, Rule.RECORD_CHANGED) for f in found):
        return list(found)
    since = int(now.timestamp()) // SECONDS_A_DAY - POLICY_DAYS
    told = {rule: alerts.policies_told(org, rule, since) for rule in (Rule.RECORD_CHANGED, Rule.POLICY_CHANGED)}
    return list(one_story(found, by_records=told[Rule.RECORD_CHANGED], by_reports=told[Rule.POLICY_CHANGED]))


def _deliveries(org: int, now: datetime, t: Thresholds) -> Iterable[Finding]:
    """What the deliveries of the last day show."""
    good, bad = alerts.outcomes_since(org, now - timedelta(days=1))
    found = unreadable(good, bad, int(now.timestamp()) // SECONDS_A_DAY, t)
    return () if found is None else (found,)


def _now(house: House) -> datetime:
    return datetime.fromtimestamp(house.now(), UTC)
