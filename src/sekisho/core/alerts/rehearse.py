"""How often the rules would have warned in the past: the same rules, asked again for each day with what was known by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sekisho.core.alerts.rules import findings
from sekisho.core.alerts.thresholds import Thresholds
from sekisho.core.alerts.values import DomainDays, GroupDays, Rule

REHEARSED_DAYS = 30
LATE_DAYS = 7
"""Days that the newest report may lie back without the window of the rules becoming shorter."""
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
    for known in mornings(d, days, t.history_days + t.recent_days + LATE_DAYS):
        for f in findings(known, t):
            if known.now - last.get(f.key, -days - QUIET_DAYS) > QUIET_DAYS:
                yield f.rule
            last[f.key] = known.now


def mornings(d: DomainDays, days: int, window: int) -> Iterator[DomainDays]:
    """What was known on each of the last days, of mail only the last `window` days, for rules ask for no more.

    Reports tell of the days before a morning. Each value is good until the next one is asked for.
    """
    start = d.now - days + 1
    kept = {g.group: {day: s for day, s in g.days.items() if start - 1 - window <= day < start - 1} for g in d.groups}
    reports = {day: n for day, n in d.reports.items() if day < start - 1}
    for now in range(start, d.now + 1):
        for g in d.groups:
            kept[g.group].pop(now - 1 - window, None)
            if now - 1 in g.days:
                kept[g.group][now - 1] = g.days[now - 1]
        if now - 1 in d.reports:
            reports[now - 1] = d.reports[now - 1]
        groups = tuple(GroupDays(g.group, kept[g.group], g.hosts) for g in d.groups if kept[g.group])
        policies = tuple(seen for seen in d.policies if seen[0] < now)
        yield DomainDays(d.domain, max(reports, default=now), now, groups, reports, policies)
