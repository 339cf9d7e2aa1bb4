"""Answers about days, domains and shares."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sekisho.core.terms import Class, Disposition
from sekisho.store.query import DaySplit, DomainSum, Filter, Share, Split
from sekisho.store.span import canonical
from sekisho.store.sql import (
    OF_ADDRESS,
    RESUM,
    SPLIT,
    TOTAL,
    Ask,
    Rows,
    Where,
    is_about_reports,
    marks,
    split_of,
    where,
    where_report,
)
from sekisho.store.sums import by_host

SPARK_DAYS = 800
"""Days a spark has at most, so that a careless range costs nothing."""


def days(ask: Ask, f: Filter) -> list[DaySplit]:
    """See `Store.days`."""
    w = where(f)
    rows = ask(f"SELECT day, {SPLIT} FROM fact WHERE {w.text} GROUP BY day ORDER BY day", w.values)
    return [DaySplit(day, split_of(sums)) for day, *sums in rows]


def split(ask: Ask, f: Filter) -> Split:
    """See `Store.split`."""
    w = where(f)
    return split_of(ask(f"SELECT {SPLIT} FROM fact WHERE {w.text}", w.values)[0])


def domains(ask: Ask, f: Filter) -> list[DomainSum]:
    """See `Store.domains`; the largest first."""
    w = where(f)
    sums = ask(f"SELECT domain, {SPLIT} FROM fact WHERE {w.text} GROUP BY domain", w.values)
    counts = {domain: (reports, reporters) for domain, reports, reporters in ask(*_report_counts(f, "domain"))}
    policies = _newest_policies(ask, f)
    sparks = _sparks(ask, w)
    found = [
        DomainSum(domain, split_of(row), *counts[domain], policies.get(domain, "absent"), spark(f, sparks[domain]))
        for domain, *row in sums
    ]
    return sorted(found, key=lambda d: (-d.split.messages, d.domain))


def _report_counts(f: Filter, by: str) -> tuple[str, tuple[object, ...]]:
    """The question how many reports and reporters a filter meets, by a column."""
    if is_about_reports(f):
        w = where_report(f)
        return f"SELECT {by}, COUNT(*), COUNT(DISTINCT reporter) FROM report WHERE {w.text} GROUP BY {by}", w.values
    w = where(f)
    return f"SELECT {by}, COUNT(DISTINCT report), COUNT(DISTINCT reporter) FROM fact WHERE {w.text} GROUP BY {by}", w.values


def _newest_policies(ask: Ask, f: Filter) -> dict[str, str]:
    """The newest published `p` by domain, of reports on the domain's own record where there are some.

    Of several that are equally new it is the strictest, which the letters of their names happen to order.
    """
    sql = (
        "SELECT domain, policy, CASE WHEN policy_domain = domain THEN 1 ELSE 0 END AS own, MAX(begins) FROM report"
        " WHERE org = ? AND day >= ? AND day <= ? GROUP BY domain, policy, own"
    )
    best: dict[str, tuple[int, int, str]] = {}
    for domain, policy, own, begins in ask(sql, (f.org, f.since, f.until)):
        found = (own, begins, policy)
        best[domain] = max(best.get(domain, found), found)
    return {domain: policy for domain, (_, _, policy) in best.items()}


def spark(f: Filter, by_day: Mapping[int, int]) -> tuple[int, ...]:
    """Messages of each day of the filter, of the newest `SPARK_DAYS` at most."""
    return tuple(by_day.get(day, 0) for day in range(max(f.since, f.until - SPARK_DAYS + 1), f.until + 1))


def _sparks(ask: Ask, w: Where) -> dict[str, dict[int, int]]:
    """Suspected spoofing by domain and day."""
    w = w.but("klass = 'spoof'")
    sparks: dict[str, dict[int, int]] = defaultdict(dict)
    for domain, day, messages in ask(f"SELECT domain, day, SUM(messages) FROM fact WHERE {w.text} GROUP BY domain, day", w.values):
        sparks[domain][day] = int(messages)
    return sparks


def shares(ask: Ask, f: Filter, column: str, by: str, limit: int) -> list[Share]:
    """See `Store.shares`; the largest first. Raises KeyError for a column that has no shares."""
    return sorted(_shares(ask, where(f), column, by, limit), key=lambda share: (-share.messages, share.value))


def _shares(ask: Ask, w: Where, column: str, by: str, limit: int) -> list[Share]:
    first = _Column(column)
    if by in _PARTS:
        return _shares_in_parts(ask, w, first, by, limit)
    top = ask(f"{_sums(w, first)} GROUP BY {first.name} ORDER BY total DESC, {first.name} LIMIT ?", (*w.values, limit))
    if not by or not top:
        return [Share(value, int(total)) for value, total in top]
    second = _Column(by)
    values = [value for value, _ in top]
    sql = f"{_sums(w, first, second)} WHERE {first.name} IN ({marks(values)}) GROUP BY {first.name}, {second.name}"
    parts: dict[str, list[tuple[str, int]]] = {value: [] for value in values}
    for value, name, total in ask(sql, (*w.values, *values)):
        parts[value].append((name, int(total)))
    return [Share(value, int(total), _largest_first(parts[value])) for value, total in top]


_PARTS = {"class": tuple(k.value for k in Class), "disposition": tuple(d.value for d in Disposition)}
"""Second columns with few values, all known: one look at the facts is enough."""


def _shares_in_parts(ask: Ask, w: Where, first: _Column, by: str, limit: int) -> list[Share]:
    """The shares and their parts at once."""
    names = _PARTS[by]
    if first.of_host and by == "class":
        return _shares_by_host(ask, w, first, limit)
    kept = first.kept
    cases = ", ".join(f"SUM(CASE WHEN {_KEPT[by]} = '{n}' THEN messages ELSE 0 END) AS part_{n}" for n in names)
    sums = f"SELECT {kept}, SUM(messages) AS total, {cases} FROM fact WHERE {w.text} GROUP BY {kept}"
    if first.of_host:
        again = ", ".join(f"SUM(part_{n}) AS part_{n}" for n in names)
        of_host = f"JOIN (SELECT id, {first.name} FROM host) h ON h.id = a.host"
        sums = f"SELECT {first.name}, SUM(total) AS total, {again} FROM ({sums}) a {of_host} GROUP BY {first.name}"
    lines = ask(f"{sums} ORDER BY total DESC, {first.name} LIMIT ?", (*w.values, limit))
    return [Share(value, int(total), _largest_first(zip(names, map(int, parts), strict=True))) for value, total, *parts in lines]


def _shares_by_host(ask: Ask, w: Where, first: _Column, limit: int) -> list[Share]:
    """The shares of what stands in `host`, and their classes, from the sums by address."""
    names = _PARTS["class"]
    of_host = f"JOIN (SELECT id, {first.name} FROM host) h ON h.id = a.host"
    sums = f"SELECT {first.name}, SUM({TOTAL}) AS total, {RESUM} FROM {by_host(w).text} a {of_host} GROUP BY {first.name}"
    lines = ask(f"{sums} ORDER BY total DESC, {first.name} LIMIT ?", (*w.values, limit))
    return [Share(value, int(total), _largest_first(zip(names, map(int, parts), strict=True))) for value, total, *parts in lines]


def _largest_first(parts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """The parts of a share; those without messages are none."""
    return tuple(sorted((p for p in parts if p[1]), key=lambda p: (-p[1], p[0])))


class _Column:
    """A column that has shares: its name in an answer, and what facts have of it."""

    def __init__(self, column: str) -> None:
        self.of_host = column in ("sgroup", "source_ip")
        self.kept = "host" if self.of_host else _KEPT[column]
        self.name = column if self.of_host else self.kept


_KEPT = {c: c for c in ("domain", "reporter", "header_from", "envelope_from", "disposition")} | {"class": "klass"}


def _sums(w: Where, *columns: _Column) -> str:
    """The beginning of a question for messages by columns; what stands in `host` is joined to sums, not to facts."""
    kept = ", ".join(sorted({c.kept for c in columns}))
    names = ", ".join(c.name for c in columns)
    inner = f"SELECT {kept}, SUM(messages) AS part FROM fact WHERE {w.text} GROUP BY {kept}"
    if kept == "host":
        inner = f"SELECT host, {TOTAL} AS part FROM {by_host(w).text} s"
    joined = " JOIN (SELECT id, source_ip, sgroup FROM host) h ON h.id = a.host" if any(c.of_host for c in columns) else ""
    return f"SELECT {names}, SUM(part) AS total FROM ({inner}) a{joined}"


def bounds(ask: Ask, org: int) -> tuple[int, int] | None:
    """See `Store.bounds`."""
    return _days(ask("SELECT MIN(day), MAX(day), COUNT(*) FROM fact WHERE org = ?", (org,)))


def first_seen(ask: Ask, org: int, source_ip: str) -> tuple[int, int] | None:
    """See `Store.first_seen`."""
    sql = f"SELECT MIN(day), MAX(day), COUNT(*) FROM fact WHERE org = ? AND {OF_ADDRESS}"
    return _days(ask(sql, (org, canonical(source_ip))))


def _days(rows: Rows) -> tuple[int, int] | None:
    """First and last day, None where nothing was counted."""
    ((first, last, count),) = rows
    return (first, last) if count else None


def elsewhere(ask: Ask, org: int, source_ip: str) -> int:
    """See `Store.elsewhere`."""
    sql = f"SELECT COUNT(DISTINCT org) FROM fact WHERE org > 0 AND org <> ? AND dkim_aligned + spf_aligned = 0 AND {OF_ADDRESS}"
    return int(ask(sql, (org, canonical(source_ip)))[0][0])


def reporters_seen(ask: Ask, f: Filter) -> tuple[int, int, int]:
    """See `Store.reporters_seen`."""
    if is_about_reports(f):
        w = where_report(f)
    else:
        w = where(f)
        w = Where(f"org = ? AND key IN (SELECT report FROM fact WHERE {w.text})", (f.org, *w.values))
    ((reports, reporters, newest),) = ask(
        f"SELECT COUNT(*), COUNT(DISTINCT reporter), MAX(ends) FROM report WHERE {w.text}", w.values
    )
    return reports, reporters, newest or 0
