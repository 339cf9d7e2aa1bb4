"""The watch: what the days of domains show becomes warnings, and the warnings that are due come out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from sekisho.core.alerts.rules import findings, unreadable
from sekisho.core.alerts.thresholds import Thresholds
from sekisho.core.alerts.values import Finding
from sekisho.flow import House
from sekisho.registry import alerts
from sekisho.registry.models import Alert, Domain

SECONDS_A_DAY = 86400
AT_ONCE = 200
"""Domains whose days are in memory together."""


def watch(house: House, org: int, domains: Sequence[str]) -> list[Alert]:
    """Looks at some domains of an organisation; returns the warnings that people should be told of now."""
    t, off = alerts.thresholds(org)
    now = _now(house)
    found = [f for f in _found(house, org, domains, t) if f.rule not in off]
    return alerts.take(org, found, now)


def watch_all(house: House, org: int) -> list[Alert]:
    """Looks at all that an organisation has, also at what only the time brings about, and ends what has become quiet."""
    t, off = alerts.thresholds(org)
    now = _now(house)
    names = list(Domain.objects.filter(organisation_id=org).values_list("name", flat=True))
    found = [f for f in (*_found(house, org, names, t), *_deliveries(org, now, t)) if f.rule not in off]
    due = alerts.take(org, found, now)
    alerts.tend(org, now, still=frozenset((str(f.rule), f.domain, f.about) for f in found))
    return due


def _found(house: House, org: int, domains: Sequence[str], t: Thresholds) -> Iterable[Finding]:
    today = house.now() // SECONDS_A_DAY
    since = today - t.stale_days - t.history_days - t.recent_days
    for start in range(0, len(domains), AT_ONCE):
        for days in house.store.domain_days(org, domains[start : start + AT_ONCE], since=since, now=today):
            yield from findings(days, t)


def _deliveries(org: int, now: datetime, t: Thresholds) -> Iterable[Finding]:
    """What the deliveries of the last day show."""
    good, bad = alerts.outcomes_since(org, now - timedelta(days=1))
    found = unreadable(good, bad, int(now.timestamp()) // SECONDS_A_DAY, t)
    return () if found is None else (found,)


def _now(house: House) -> datetime:
    return datetime.fromtimestamp(house.now(), UTC)
