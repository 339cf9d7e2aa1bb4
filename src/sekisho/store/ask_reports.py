"""Answers about reports and their rows, a page or all of them."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sekisho.store.query import Answer, Filter, Page, ReportSum, RowFact, Split
from sekisho.store.sql import (
    RANK,
    RESUM,
    SPLIT,
    TOTAL,
    Ask,
    Rows,
    is_about_reports,
    marks,
    order,
    part,
    split_of,
    where,
    where_report,
)

EXPORT_ROWS = 20_000
"""Facts an export holds at a time."""
DRESS_ROWS = 2_000
"""Facts whose words are looked up together."""
KNOWN_WORDS = 5_000
"""Ways an export remembers."""

_HEAD = "key, reporter, report_id, domain, begins, ends, row_count, policy, generation, notes, delivery"
_REPORT_SORT = {"begin": "begins", "reporter": "reporter", "domain": "domain", "messages": "messages", "rows": "row_count"}
_ROW_SORT = {"messages": "messages", "day": "day", "source_ip": "span", "row": "row_no", "class": RANK}


def reports(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.reports`. A filter that takes reports whole also finds those without rows."""
    if is_about_reports(f):
        return _whole_reports(ask, f, page)
    w = where(f)
    sums = f"SELECT report, {SPLIT} FROM fact WHERE {w.text} GROUP BY report"
    ((total, *whole),) = ask(f"SELECT COUNT(*), {RESUM} FROM ({sums}) a", w.values)
    sort = order(page, _REPORT_SORT | {"messages": TOTAL}, default="-begin", tie="key")
    heads = f"SELECT {_HEAD} FROM report WHERE org = ?"
    sql = f"SELECT {_HEAD}, normal, forwarded, failing, spoof FROM ({sums}) a JOIN ({heads}) r ON r.key = a.report {sort}"
    lines = ask(f"{sql} LIMIT ? OFFSET ?", (*w.values, f.org, *part(page)))
    return Answer(tuple(_report(line[:-4], split_of(line[-4:])) for line in lines), total, split_of(whole))


def _whole_reports(ask: Ask, f: Filter, page: Page) -> Answer:
    """The page from the reports alone; then the sums of its few reports, and of all."""
    w = where_report(f)
    ((total,),) = ask(f"SELECT COUNT(*) FROM report WHERE {w.text}", w.values)
    sort = order(page, _REPORT_SORT, default="-begin", tie="key")
    lines = ask(f"SELECT {_HEAD}, day FROM report WHERE {w.text} {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    splits = _splits(ask, f.org, [(line[0], line[-1]) for line in lines])
    facts = where(f)
    ((*whole,),) = ask(f"SELECT {SPLIT} FROM fact WHERE {facts.text}", facts.values)
    return Answer(tuple(_report(line[:-1], splits.get(line[0], Split())) for line in lines), total, split_of(whole))


def _splits(ask: Ask, org: int, reports: Sequence[tuple[int, int]]) -> dict[int, Split]:
    """The sums of reports, given by key and day: the days spare a look at most facts."""
    if not reports:
        return {}
    keys = [key for key, _ in reports]
    days = [day for _, day in reports]
    sql = f"SELECT report, {SPLIT} FROM fact WHERE org = ? AND day >= ? AND day <= ? AND report IN ({marks(keys)}) GROUP BY report"
    return {key: split_of(sums) for key, *sums in ask(sql, (org, min(days), max(days), *keys))}


def _report(head: Sequence[Any], split: Split) -> ReportSum:
    key, reporter, report_id, domain, begins, ends, row_count, *rest = head
    return ReportSum(key, reporter, report_id, domain, begins, ends, row_count, split, *rest)


def report(ask: Ask, org: int, key: int) -> ReportSum | None:
    """See `Store.report`."""
    for line in ask(f"SELECT {_HEAD}, day FROM report WHERE org = ? AND key = ?", (org, key)):
        return _report(line[:-1], _splits(ask, org, [(key, line[-1])]).get(key, Split()))
    return None


def report_head(ask: Ask, org: int, key: int) -> dict[str, object] | None:
    """See `Store.report_head`."""
    sql = "SELECT reporter, report_id, domain, begins, ends, generation, delivery, head FROM report WHERE org = ? AND key = ?"
    for reporter, report_id, domain, begins, ends, generation, delivery, head in ask(sql, (org, key)):
        found: dict[str, object] = {"reporter": reporter, "report_id": report_id, "domain": domain}
        found |= {"begin": begins, "end": ends, "generation": generation, "delivery": delivery}
        found |= json.loads(head)
        return found
    return None


_FACT = (
    "day, domain, reporter, report, row_no, host, header_from, envelope_from, messages, disposition, dkim_aligned, spf_aligned,"
    " klass, confidence, way"
)


def rows(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.rows`."""
    w = where(f)
    ((total, *whole),) = ask(f"SELECT COUNT(*), {SPLIT} FROM fact WHERE {w.text}", w.values)
    sort = order(page, _ROW_SORT, default="-messages", tie="day, report, row_no")
    facts = f"SELECT {_FACT} FROM fact WHERE {w.text}"
    if "span" in sort:
        facts = f"SELECT {_FACT} FROM ({facts}) a JOIN (SELECT id, span FROM host) h ON h.id = a.host"
    lines = ask(f"{facts} {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    return Answer(tuple(_Dresser(ask, f.org).dress(lines)), total, split_of(whole))


def export(ask: Ask, f: Filter) -> Iterator[RowFact]:
    """See `Store.export`. Asks day by day and piece by piece, and keeps no answer open while the reader takes its time."""
    w = where(f)
    dresser = _Dresser(ask, f.org)
    for (day,) in ask(f"SELECT DISTINCT day FROM fact WHERE {w.text} ORDER BY day", w.values):
        of_day = w.but("day = ?", day)
        last = (-1, -1)
        while True:
            after = of_day.but("(report > ? OR (report = ? AND row_no > ?))", last[0], *last)
            sql = f"SELECT {_FACT} FROM fact WHERE {after.text} ORDER BY report, row_no LIMIT ?"
            facts = ask(sql, (*after.values, EXPORT_ROWS))
            for start in range(0, len(facts), DRESS_ROWS):
                yield from dresser.dress(facts[start : start + DRESS_ROWS])
            if len(facts) < EXPORT_ROWS:
                break
            last = facts[-1][3], facts[-1][4]


class _Dresser:
    """Gives facts the words that are kept once for many: address, group, report id, way, reasons."""

    def __init__(self, ask: Ask, org: int) -> None:
        self._ask = ask
        self._org = org
        self._ways: dict[int, str] = {}

    def dress(self, facts: Rows) -> Iterator[RowFact]:
        """The facts with all their words."""
        if not facts:
            return
        hosts = self._named("id, source_ip, sgroup", "host", "id", {fact[5] for fact in facts})
        ids = self._named("key, report_id", "report", "key", {fact[3] for fact in facts})
        self._learn_ways({fact[14] for fact in facts})
        reasons = self._reasons({fact[5] for fact in facts if fact[12] != "normal"})
        for day, domain, reporter, key, row_no, host, *said, klass, confidence, way in facts:
            header_from, envelope_from, messages, disposition, dkim, spf = said
            source_ip, sgroup = hosts[host]
            yield RowFact(
                day,
                domain,
                reporter,
                ids[key][0],
                key,
                row_no,
                source_ip,
                header_from,
                envelope_from,
                messages,
                disposition,
                bool(dkim),
                bool(spf),
                klass,
                confidence,
                sgroup,
                () if klass == "normal" else reasons.get((domain, host, way), ()),
                self._ways[way],
            )

    def _named(self, columns: str, table: str, key: str, keys: set[int]) -> dict[int, tuple[Any, ...]]:
        """Columns of a table by their first, for some keys."""
        found = self._ask(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks(list(keys))})", list(keys))
        return {first: tuple(rest) for first, *rest in found}

    def _learn_ways(self, keys: set[int]) -> None:
        if len(self._ways) > KNOWN_WORDS:
            self._ways.clear()
        unknown = keys - self._ways.keys()
        if unknown:
            self._ways |= {key: words for key, (words,) in self._named("key, words", "way", "key", unknown).items()}

    def _reasons(self, hosts: set[int]) -> dict[tuple[str, int, int], tuple[str, ...]]:
        """Codes of the reasons of flows, by domain, host and way."""
        if not hosts:
            return {}
        sql = f"SELECT domain, host, way, because FROM flow WHERE org = ? AND host IN ({marks(list(hosts))})"
        found = self._ask(sql, (self._org, *hosts))
        return {(d, h, w): tuple(b["code"] for b in json.loads(because)) for d, h, w, because in found}
