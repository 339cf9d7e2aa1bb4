"""The days of domains for the rules of warnings, told by going through all facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sekisho.core.alerts.values import DomainDays, GroupDays, Sums
from sekisho.core.terms import Class, Disposition

STOPPED = (Disposition.QUARANTINE, Disposition.REJECT)


class PlainAlerts:
    """The answer of the plain store that warnings need."""

    def domain_days(self: Any, org: int, domains: Sequence[str], *, since: int, now: int) -> list[DomainDays]:
        return [found for name in domains if (found := self._of_domain(org, name, since, now)) is not None]

    def _of_domain(self: Any, org: int, domain: str, since: int, now: int) -> DomainDays | None:
        reports = [r for r in self.w.reports.values() if (r.org, r.domain) == (org, domain) and r.day >= since]
        if not reports:
            return None
        by_day: dict[int, int] = defaultdict(int)
        for r in reports:
            by_day[r.day] += 1
        own = {(r.day, r.report.reporter, r.report.policy.p.value) for r in reports if r.report.policy.domain == domain}
        groups: dict[str, dict[int, Sums]] = defaultdict(dict)
        hosts: dict[str, set[str]] = defaultdict(set)
        for fact in self.w.facts:
            if (fact.of.org, fact.of.domain) != (org, domain) or fact.of.day < since:
                continue
            name, klass = self._group(fact.ip), self.klass(fact)
            if fact.of.day > now - 14:
                hosts[name].add(fact.ip)
            if klass is Class.FAILING and not self.sure(fact):
                continue
            old = groups[name].get(fact.of.day, Sums())
            stopped = fact.count if klass is Class.FAILING and fact.said.disposition in STOPPED else 0
            sums = {k.value: old.of(k) + (fact.count if k is klass else 0) for k in Class}
            groups[name][fact.of.day] = Sums(**sums, stopped=old.stopped + stopped)
        days = tuple(GroupDays(name, of, max(1, len(hosts[name]))) for name, of in sorted(groups.items()))
        return DomainDays(domain, max(by_day), now, days, dict(by_day), tuple(sorted(own)))
