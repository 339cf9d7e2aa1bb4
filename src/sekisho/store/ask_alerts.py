"""Answers for the rules of warnings: the days of domains, by sending group."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sekisho.core.alerts.values import DomainDays, GroupDays, Sums
from sekisho.core.terms import Class
from sekisho.store.sql import Ask, marks

HOST_DAYS = 14
"""Hosts of a group are counted over so many days until now."""
MOST_LINES = 400_000
"""Lines of (domain, group, day) read for one look; those with most messages. A line is some 200 bytes."""

_OF = "f.messages ELSE 0 END)"
_SUMS = ", ".join(f"SUM(CASE WHEN f.klass = '{k.value}' THEN {_OF}" for k in Class) + (
    f", SUM(CASE WHEN f.klass = 'failing' AND f.disposition IN ('quarantine', 'reject') THEN {_OF}"
)
"""In the order of `Sums`."""
_JUDGED = "(f.klass <> 'failing' OR f.confidence > 0)"
"""Facts that wait for their verdict say nothing yet."""


def domain_days(ask: Ask, org: int, domains: Sequence[str], since: int, now: int) -> list[DomainDays]:
    """See `Store.domain_days`."""
    if not domains:
        return []
    values = (org, *domains, since)
    about = f"org = ? AND domain IN ({marks(domains)}) AND day >= ?"
    reports: dict[str, dict[int, int]] = defaultdict(dict)
    for domain, day, n in ask(f"SELECT domain, day, COUNT(*) FROM report WHERE {about} GROUP BY domain, day", values):
        reports[domain][day] = int(n)
    policies = _policies(ask, about, values)
    groups = _groups(ask, domains, values, now - HOST_DAYS)
    return [
        DomainDays(name, max(reports[name]), now, tuple(groups.get(name, ())), reports[name], tuple(policies.get(name, ())))
        for name in domains
        if name in reports
    ]


def _policies(ask: Ask, about: str, values: tuple[object, ...]) -> dict[str, list[tuple[int, str, str]]]:
    """The policies that reporters saw, of reports on the domain's own record."""
    sql = f"SELECT DISTINCT domain, day, reporter, policy FROM report WHERE {about} AND policy_domain = domain"
    found: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for domain, day, reporter, policy in sorted(ask(sql, values)):
        found[domain].append((day, reporter, policy))
    return found


def _groups(ask: Ask, domains: Sequence[str], values: tuple[object, ...], hosts_since: int) -> dict[str, list[GroupDays]]:
    """The sums of each group by day, and its hosts."""
    about = f"FROM fact f JOIN host h ON h.id = f.host WHERE f.org = ? AND f.domain IN ({marks(domains)}) AND f.day >= ?"
    days_sql = (
        f"SELECT f.domain, h.sgroup, f.day, {_SUMS} {about} AND {_JUDGED}"
        f" GROUP BY f.domain, h.sgroup, f.day ORDER BY SUM(f.messages) DESC LIMIT {MOST_LINES}"
    )
    hosts_sql = f"SELECT f.domain, h.sgroup, COUNT(DISTINCT f.host) {about} AND f.day > ? GROUP BY f.domain, h.sgroup"
    days: dict[tuple[str, str], dict[int, Sums]] = defaultdict(dict)
    for domain, group, day, *sums in ask(days_sql, values):
        days[domain, group][day] = Sums(*(int(n or 0) for n in sums))
    hosts = {(domain, group): int(n) for domain, group, n in ask(hosts_sql, (*values, hosts_since))}
    found: dict[str, list[GroupDays]] = defaultdict(list)
    for (domain, group), by_day in sorted(days.items()):
        found[domain].append(GroupDays(group, by_day, hosts.get((domain, group), 1)))
    return found
