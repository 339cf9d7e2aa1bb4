"""The part of the plain store that answers about TLS reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sekisho.core.reports.values import TlsFailure, TlsPolicy, TlsReport
from sekisho.store.query import Answer, Filter, Page, TlsFact, TlsFailureSum, TlsReportSum, TlsShare

Kept = tuple[int, TlsReport, int, str]
"""Key, report, delivery, domain."""


class PlainTls:
    """Goes through all TLS reports for every answer."""

    w: Any

    def _tls(self, org: int) -> list[Kept]:
        return sorted((key, r, d, domain) for key, (r, d, o, domain) in self.w.tls.items() if o == org)

    def _found(self, f: Filter) -> Iterator[Kept]:
        for key, report, delivery, domain in self._tls(f.org):
            is_meant = f.since <= _day(report) <= f.until and f.report in (None, key)
            if is_meant and (not f.domains or domain in f.domains) and (not f.reporters or report.organization_name in f.reporters):
                yield key, report, delivery, domain

    def _said(self, f: Filter) -> Iterator[tuple[Kept, int, TlsPolicy]]:
        for kept in self._found(f):
            for number, policy in enumerate(kept[1].policies):
                yield kept, number, policy

    def tls_bounds(self, org: int) -> tuple[int, int] | None:
        days = [_day(report) for _, report, _, _ in self._tls(org)]
        return (min(days), max(days)) if days else None

    def tls_days(self, f: Filter) -> list[TlsShare]:
        good: Counter[int] = Counter()
        bad: Counter[int] = Counter()
        for kept, _, policy in self._said(f):
            good[_day(kept[1])] += policy.successful
            bad[_day(kept[1])] += policy.failed
        return [TlsShare("", good[day], bad[day], day) for day in sorted(good)]

    def tls_shares(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsShare]:
        good: Counter[str] = Counter()
        bad: Counter[str] = Counter()
        for kept, _, policy in self._said(f):
            value = {"reporter": kept[1].organization_name, "policy_type": policy.policy_type, "domain": kept[3]}[column]
            good[value] += policy.successful
            bad[value] += policy.failed
        return sorted((TlsShare(v, good[v], bad[v]) for v in good), key=lambda s: (-s.sessions, s.value))[:limit]

    def tls_failures(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsFailureSum]:
        other = {"result_type": "receiving_mx_hostname", "receiving_mx_hostname": "result_type"}[column]
        said: list[tuple[TlsFailure, TlsReport]] = [(d, kept[1]) for kept, _, policy in self._said(f) for d in policy.failures]
        found = []
        for value in {getattr(detail, column) for detail, _ in said}:
            mine = [(d, r) for d, r in said if getattr(d, column) == value]
            names: Counter[str] = Counter()
            for detail, _ in mine:
                names[getattr(detail, other)] += detail.count
            others = tuple(name for name in sorted(names, key=lambda n: (-names[n], n)) if name)[:5]
            days = [_day(r) for _, r in mine]
            reporters = len({r.organization_name for _, r in mine})
            found.append(TlsFailureSum(value, sum(d.count for d, _ in mine), others, reporters, min(days), max(days)))
        return sorted(found, key=lambda s: (-s.sessions, s.value))[:limit]

    def tls_reports(self, f: Filter, page: Page) -> Answer:
        found = [_sum(*kept) for kept in self._found(f)]
        found.sort(key=lambda line: getattr(line, page.sort.removeprefix("-")), reverse=page.sort.startswith("-"))
        first = (page.number - 1) * page.size
        return Answer(tuple(found[first : first + page.size]), len(found))

    def tls_report(self, org: int, key: int) -> TlsReportSum | None:
        for kept in self._tls(org):
            if kept[0] == key:
                return _sum(*kept)._replace(notes=tuple(tuple(note) for note in kept[1].notes))
        return None

    def tls_policies(self, f: Filter, page: Page) -> Answer:
        found = [
            TlsFact(_day(r), domain, r.organization_name, r.report_id, key, n, p) for (key, r, _, domain), n, p in self._said(f)
        ]
        found.sort(key=lambda fact: (fact.day, fact.report, fact.number))
        first = (page.number - 1) * page.size
        return Answer(tuple(found[first : first + page.size]), len(found))


def _day(report: TlsReport) -> int:
    return max(0, min(10_000_000, report.begin // 86_400))


def _sum(key: int, r: TlsReport, delivery: int, domain: str) -> TlsReportSum:
    good, bad = sum(p.successful for p in r.policies), sum(p.failed for p in r.policies)
    return TlsReportSum(key, r.organization_name, r.report_id, domain, r.begin, r.end, r.contact_info, good, bad, delivery)
