"""Answers about TLS reports (RFC 8460). Few rows: a reporter sends one report a day, with a policy or two."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sekisho.core.reports.values import TlsFailure, TlsPolicy
from sekisho.store.query import Answer, Filter, Page, TlsFact, TlsFailureSum, TlsReportSum, TlsShare
from sekisho.store.sql import Ask, Where, in_range, marks, order, part

MOST_OTHERS = 5
"""Mail servers told of a type, or types of a mail server."""
SHARES = ("reporter", "policy_type", "domain")
FAILURES = ("result_type", "receiving_mx_hostname")
_SUMS = "SUM(successful), SUM(failed)"
_HEAD = "key, reporter, report_id, domain, begins, ends, contact, successful, failed, delivery"
_POLICY = (
    "report, day, domain, reporter, policy_no, policy_type, policy_domain, policy_string, mx_hosts, successful, failed, failures"
)
_SORT = {"begin": "begins", "reporter": "reporter", "domain": "domain", "sessions": "successful + failed", "failed": "failed"}
_NO_FAILURE = "[]"


def bounds(ask: Ask, org: int) -> tuple[int, int] | None:
    """See `Store.tls_bounds`."""
    ((first, last),) = ask("SELECT MIN(day), MAX(day) FROM tls_report WHERE org = ?", (org,))
    return None if first is None else (first, last)


def days(ask: Ask, f: Filter) -> list[TlsShare]:
    """See `Store.tls_days`."""
    w = _policies(f)
    lines = ask(f"SELECT day, {_SUMS} FROM tls_policy WHERE {w.text} GROUP BY day ORDER BY day", w.values)
    return [TlsShare("", int(good), int(bad), day) for day, good, bad in lines]


def shares(ask: Ask, f: Filter, column: str, limit: int) -> list[TlsShare]:
    """See `Store.tls_shares`; raises ValueError for another column."""
    if column not in SHARES:
        raise ValueError(f"no column {column!r}; there are {', '.join(SHARES)}")
    w = _policies(f)
    sql = f"SELECT {column}, {_SUMS} FROM tls_policy WHERE {w.text} GROUP BY {column}"
    sql = f"{sql} ORDER BY SUM(successful) + SUM(failed) DESC, {column} LIMIT ?"
    return [TlsShare(value, int(good), int(bad)) for value, good, bad in ask(sql, (*w.values, limit))]


@dataclass(slots=True)
class _Sum:
    """The sum of one type or mail server in the making."""

    others: Counter[str] = field(default_factory=Counter)
    reporters: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    sessions: int = 0


def failures(ask: Ask, f: Filter, column: str, limit: int) -> list[TlsFailureSum]:
    """See `Store.tls_failures`; raises ValueError for another column. The details are kept as said, and summed here."""
    if column not in FAILURES:
        raise ValueError(f"no column {column!r}; there are {', '.join(FAILURES)}")
    other = FAILURES[1 - FAILURES.index(column)]
    w = _policies(f).but("failures <> ?", _NO_FAILURE)
    sums: dict[str, _Sum] = {}
    for day, reporter, text in ask(f"SELECT day, reporter, failures FROM tls_policy WHERE {w.text}", w.values):
        for said in json.loads(text):
            found = sums.setdefault(said[column], _Sum())
            found.sessions += said["count"]
            found.others[said[other]] += said["count"]
            found.reporters.add(reporter)
            found.days.add(day)
    lines = [_line(value, found) for value, found in sums.items()]
    return sorted(lines, key=lambda line: (-line.sessions, line.value))[:limit]


def _line(value: str, found: _Sum) -> TlsFailureSum:
    others = sorted(found.others.items(), key=lambda pair: (-pair[1], pair[0]))
    names = tuple(name for name, _ in others if name)[:MOST_OTHERS]
    return TlsFailureSum(value, found.sessions, names, len(found.reporters), min(found.days), max(found.days))


def reports(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.tls_reports`."""
    w = in_range(f) if f.report is None else in_range(f).but("key = ?", f.report)
    ((total,),) = ask(f"SELECT COUNT(*) FROM tls_report WHERE {w.text}", w.values)
    summed = _summed(w, f.org)
    sort = order(page, _SORT, default="-begin", tie="key")
    lines = ask(f"SELECT {_HEAD} FROM ({summed.text}) r {sort} LIMIT ? OFFSET ?", (*summed.values, *part(page)))
    return Answer(tuple(_report(line) for line in lines), total)


def report(ask: Ask, org: int, key: int) -> TlsReportSum | None:
    """See `Store.tls_report`."""
    summed = _summed(Where("org = ? AND key = ?", (org, key)), org)
    for *line, notes in ask(f"SELECT {_HEAD}, notes FROM ({summed.text}) r", summed.values):
        return _report(line)._replace(notes=tuple(tuple(note) for note in json.loads(notes)))
    return None


def _summed(w: Where, org: int) -> Where:
    """Reports with the sums of their policies."""
    heads = f"SELECT * FROM tls_report WHERE {w.text}"
    sums = "SELECT report, SUM(successful) AS good, SUM(failed) AS bad FROM tls_policy WHERE org = ? GROUP BY report"
    columns = "r.*, COALESCE(p.good, 0) AS successful, COALESCE(p.bad, 0) AS failed"
    return Where(f"SELECT {columns} FROM ({heads}) r LEFT JOIN ({sums}) p ON p.report = r.key", (*w.values, org))


def _report(line: Sequence[Any]) -> TlsReportSum:
    key, reporter, report_id, domain, begins, ends, contact, good, bad, delivery = line
    return TlsReportSum(key, reporter, report_id, domain, begins, ends, contact, int(good), int(bad), delivery)


def policies(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.tls_policies`."""
    w = _policies(f)
    ((total,),) = ask(f"SELECT COUNT(*) FROM tls_policy WHERE {w.text}", w.values)
    sql = f"SELECT {_POLICY} FROM tls_policy WHERE {w.text} ORDER BY day, report, policy_no LIMIT ? OFFSET ?"
    lines = ask(sql, (*w.values, *part(page)))
    keys = sorted({line[0] for line in lines})
    ids = ask(f"SELECT key, report_id FROM tls_report WHERE key IN ({marks(keys)})", keys) if keys else []
    return Answer(tuple(_facts(lines, dict[int, str](ids))), total)


def _facts(lines: Sequence[Sequence[Any]], report_ids: dict[int, str]) -> Iterator[TlsFact]:
    for key, day, domain, reporter, number, kind, name, strings, hosts, good, bad, details in lines:
        failed = tuple(TlsFailure(**said) for said in json.loads(details))
        policy = TlsPolicy(kind, name, tuple(json.loads(strings)), tuple(json.loads(hosts)), good, bad, failed)
        yield TlsFact(day, domain, reporter, report_ids[key], key, number, policy)


def _policies(f: Filter) -> Where:
    """The conditions on policies."""
    found = in_range(f)
    return found if f.report is None else found.but("report = ?", f.report)
