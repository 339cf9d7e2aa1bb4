"""How often the rules would have warned in the past: the same rules, asked again for each day with what was known by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sekisho.core.alerts.rules import findings
from sekisho.core.alerts.thresholds import Thresholds
from sekisho.core.alerts.values import DomainDays, GroupDays, Rule

REHEARSED_DAYS = 30
QUIET_DAYS = 7
"""A story that is silent for longer has ended; the next finding tells it again."""


def rehearse(domains: Iterable[DomainDays], t: Thresholds, *, days: int = REHEARSED_DAYS) -> Counter[Rule]:
    """Warnings by rule in the last days, each story counted once for as long as it goes on."""
    found = Counter[Rule]()
    for d in domains:
        for rule in _stories(d, t, days):
            found[rule] += 1
    return found


def _stories(d: DomainDays, t: Thresholds, days: int) -> Iterator[Rule]:
    last: dict[tuple[Rule, str, str], int] = {}
    for day in range(d.now - days + 1, d.now + 1):
        for f in findings(until(d, day), t):
            if day - last.get(f.key, -days - QUIET_DAYS) > QUIET_DAYS:
                yield f.rule
            last[f.key] = day


def until(d: DomainDays, now: int) -> DomainDays:
    """What was known on a day: reports tell of the days before it."""
    groups = [GroupDays(g.group, kept, g.hosts) for g in d.groups if (kept := {day: s for day, s in g.days.items() if day < now})]
    reports = {day: n for day, n in d.reports.items() if day < now}
    policies = tuple(seen for seen in d.policies if seen[0] < now)
    return DomainDays(d.domain, max(reports, default=now), now, tuple(groups), reports, policies)
