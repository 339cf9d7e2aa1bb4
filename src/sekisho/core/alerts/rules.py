"""The rules of warnings: each looks at the days of a domain and says what is out of the ordinary, or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sekisho.core.alerts.thresholds import DEFAULT, Thresholds
from sekisho.core.alerts.values import DomainDays, Finding, GroupDays, Rule
from sekisho.core.terms import Class

DAYS_SHOWN = 14
"""Days of the small chart in a warning."""
BEHIND = 0.1
"""Share of a surge from which a sending group counts as one of those behind it."""
MOST_GROUPS = 10
LOUD_DAYS = 3
"""Days left out of what is usual: a surge that is seen late has begun in the history already."""


def findings(d: DomainDays, t: Thresholds = DEFAULT) -> list[Finding]:
    """All that is out of the ordinary for a domain, the most urgent rule first.

    1. What lies long back is no news: an archive that is read in warns of nothing.
    2. Nothing is new while a domain itself is: the first days teach what is usual.
    3. A surge takes in the new spoofers behind it: one event, one warning.
    """
    if d.now - d.today > t.stale_days:
        return []
    found = list(reports_stopped(d, t))
    if d.today - d.first < t.learning_days:
        return found
    surges = list(surge(d, t))
    behind = {group for s in surges for group in s.groups}
    found += surges
    found += [f for f in new_spoofers(d, t) if f.about not in behind]
    for rule in (genuine_stopped, genuine_fails, policy_changed, new_sources):
        found += rule(d, t)
    order = list(Rule)
    return sorted(found, key=lambda f: (order.index(f.rule), -f.messages, f.about))


def surge(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Suspected spoofing of the domain, far above its usual."""
    by_day = _by_day(d.groups, Class.SPOOF)
    start = d.today - t.recent_days + 1
    recent = _sum(by_day, start, d.today)
    usual = _usual(d, by_day, start, t)
    if recent < t.surge_messages or recent < t.surge_factor * usual * t.recent_days:
        return
    first = _beginning(by_day, start, d.today, least=max(1.0, t.surge_factor * usual))
    sums = [(g.total(Class.SPOOF, first, d.today), g) for g in d.groups]
    whole = sum(n for n, _ in sums)
    large = sorted(((n, g) for n, g in sums if n >= BEHIND * whole and n), key=lambda pair: (-pair[0], pair[1].group))
    large = large or sorted(((n, g) for n, g in sums if n), key=lambda pair: (-pair[0], pair[1].group))[:1]
    groups = tuple(g.group for _, g in large[:MOST_GROUPS])
    hosts = sum(g.hosts for _, g in large)
    yield Finding(Rule.SURGE, d.domain, "", first, d.today, whole, usual, hosts, groups, _shown(by_day, d.today))


def new_spoofers(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Sending groups that were never seen for the domain and send what looks spoofed."""
    start = d.today - t.recent_days + 1
    for g in d.groups:
        messages = g.total(Class.SPOOF, start, d.today)
        if messages < t.spoofer_messages or _seen_before(g, start, t):
            continue
        by_day = _by_day((g,), Class.SPOOF)
        first = min(day for day, n in by_day.items() if n)
        yield _of_group(Rule.NEW_SPOOFER, d, g, first, by_day)


def genuine_fails(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Sending groups whose mail passed, and now mostly fails."""
    start = d.today - t.recent_days + 1
    for g in d.groups:
        bad, good = g.total(Class.FAILING, start, d.today), g.total(Class.NORMAL, start, d.today)
        if bad < t.fails_messages or bad < t.fails_share * (bad + good):
            continue
        since = start - t.history_days
        bad_before, good_before = g.total(Class.FAILING, since, start - 1), g.total(Class.NORMAL, since, start - 1)
        if good_before < t.fails_messages or bad_before > t.fails_before * (bad_before + good_before):
            continue
        by_day = _by_day((g,), Class.FAILING)
        yield _of_group(Rule.GENUINE_FAILS, d, g, _beginning(by_day, start, d.today, least=1), by_day)


def genuine_stopped(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Genuine mail that receivers begin to quarantine or reject."""
    by_day = Counter[int]()
    groups = Counter[str]()
    start = d.today - t.recent_days + 1
    for g in d.groups:
        for day, sums in g.days.items():
            by_day[day] += sums.stopped
            if day >= start:
                groups[g.group] += sums.stopped
    recent = _sum(by_day, start, d.today)
    before = _sum(by_day, start - t.history_days, start - 1)
    if recent < t.stopped_messages or before * t.recent_days * t.surge_factor > recent * t.history_days:
        return
    behind = tuple(group for group, n in groups.most_common(MOST_GROUPS) if n)
    first = _beginning(by_day, start, d.today, least=1)
    hosts = sum(g.hosts for g in d.groups if g.group in behind)
    usual = before / t.history_days
    yield Finding(Rule.GENUINE_STOPPED, d.domain, "", first, d.today, recent, usual, hosts, behind, _shown(by_day, d.today))


def new_sources(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Sending groups that were never seen for the domain and send genuine mail: a service that was switched on."""
    start = d.today - t.recent_days + 1
    for g in d.groups:
        genuine = g.total(Class.NORMAL, start, d.today) + g.total(Class.FAILING, start, d.today)
        if genuine < t.source_messages or genuine < g.total(Class.SPOOF, start, d.today) or _seen_before(g, start, t):
            continue
        by_day = Counter(_by_day((g,), Class.NORMAL)) + Counter(_by_day((g,), Class.FAILING))
        yield _of_group(Rule.NEW_SOURCE, d, g, min(by_day), by_day)


def policy_changed(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Another published policy than the one before, seen by several reporters where there are several."""
    start = d.today - t.recent_days + 1
    before = Counter(p for day, _, p in d.policies if start - t.history_days <= day < start)
    if not before:
        return
    (old, _), *_rest = before.most_common(1)
    new: dict[str, set[str]] = {}
    for day, reporter, p in d.policies:
        if day >= start and p != old:
            new.setdefault(p, set()).add(reporter)
    if not new:
        return
    p, reporters = max(new.items(), key=lambda item: (len(item[1]), item[0]))
    usual_reporters = len({reporter for day, reporter, _ in d.policies if day < start})
    newest = max(d.policies, key=lambda seen: seen[0])[2]
    if newest == old or len(reporters) < min(t.policy_reporters, usual_reporters):
        return
    first = min(day for day, _, seen in d.policies if day >= start and seen == p)
    yield Finding(Rule.POLICY_CHANGED, d.domain, p, first, d.today, was=old, now=p)


def reports_stopped(d: DomainDays, t: Thresholds) -> Iterator[Finding]:
    """Nothing comes any more, although reports came nearly every day.

    The newest report tells the last day; a reporter sends a day's report on the day after, so one more day is waited for.
    """
    silent = d.now - d.today - 1
    since = max(d.first, d.today - t.history_days + 1)
    span = d.today - since + 1
    if span < t.learning_days:
        return
    share = sum(1 for day in d.reports if since <= day <= d.today) / span
    if share < t.regular_share or silent < t.silent_days / share:
        return
    mean = sum(n for day, n in d.reports.items() if since <= day <= d.today) / span
    yield Finding(Rule.REPORTS_STOPPED, d.domain, "", d.today + 1, d.now, usual=mean)


def unreadable(good: int, bad: int, day: int, t: Thresholds = DEFAULT) -> Finding | None:
    """Many deliveries of a day that could not be read; of an organisation, not of a domain."""
    if bad < t.unreadable or bad < t.unreadable_share * (good + bad):
        return None
    return Finding(Rule.UNREADABLE, "", "", day, day, messages=bad)


def _of_group(rule: Rule, d: DomainDays, g: GroupDays, first: int, by_day: dict[int, int] | Counter[int]) -> Finding:
    """A finding about one sending group, counted from its first day."""
    days = _shown(by_day, d.today)
    return Finding(rule, d.domain, g.group, first, d.today, _sum(by_day, first, d.today), 0.0, g.hosts, (g.group,), days)


def _seen_before(g: GroupDays, start: int, t: Thresholds) -> bool:
    """Whether the group had mail in the history before `start`; stray single messages are no history of a sender."""
    before = sum(s.normal + s.forwarded + s.failing + s.spoof for day, s in g.days.items() if start - t.history_days <= day < start)
    return before >= t.recent_days


def _usual(d: DomainDays, by_day: dict[int, int], start: int, t: Thresholds) -> float:
    """Messages a day in the history, which may be shorter than asked for; its loudest days are not what is usual."""
    since = max(d.first, start - t.history_days)
    counts = sorted(by_day.get(day, 0) for day in range(since, start))[: -LOUD_DAYS or None]
    return sum(counts) / max(1, len(counts))


def _by_day(groups: Iterable[GroupDays], klass: Class) -> dict[int, int]:
    """Messages of a class by day."""
    found = Counter[int]()
    for g in groups:
        for day, sums in g.days.items():
            n = sums.of(klass)
            if n:
                found[day] += n
    return dict(found)


def _sum(by_day: dict[int, int] | Counter[int], first: int, last: int) -> int:
    return sum(n for day, n in by_day.items() if first <= day <= last)


def _beginning(by_day: dict[int, int] | Counter[int], start: int, last: int, *, least: float) -> int:
    """The first day from `start` on with at least so many, or earlier where the days before were so without a gap.

    Where no single day has so many, the first with any.
    """
    days = [day for day in range(start, last + 1) if by_day.get(day, 0)]
    first = next((day for day in days if by_day[day] >= least), days[0] if days else start)
    while first <= start and by_day.get(first - 1, 0) >= least:
        first -= 1
    return first


def _shown(by_day: dict[int, int] | Counter[int], last: int) -> tuple[int, ...]:
    """Messages of the last days, for a small chart."""
    return tuple(by_day.get(day, 0) for day in range(last - DAYS_SHOWN + 1, last + 1))
