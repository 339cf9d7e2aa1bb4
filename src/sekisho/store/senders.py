"""Answers about who sends: sending groups, hosts, places, and the verdicts on their flows.

Facts are summed by host first, so that what stands in `host` is joined to some thousand sums and not to millions of facts.
"""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sekisho.core.terms import URGENCY, Class
from sekisho.store.ask import spark
from sekisho.store.query import Answer, Change, Filter, FlowVerdict, GroupSum, HostSum, Page, PlaceSum, Split
from sekisho.store.span import canonical
from sekisho.store.sql import RESUM, SPLIT, TOTAL, URGENT, Ask, Rows, Where, marks, order, part, split_of, where

_SORT = {
    "messages": "messages",
    **{k.value: k.value for k in Class},
    "first_day": "first_day",
    "last_day": "last_day",
    "group": "sgroup",
    "urgency": "urgency",
}
_GROUP_SORT = _SORT | {"hosts": "hosts"}
_OF_HOST = {"source_ip": "span", "ptr": "ptr", "country": "country", "asn": "asn"}
_HOST_SORT = {k: v for k, v in _SORT.items() if k != "group"} | _OF_HOST
_HOST_SORT |= {"group": "sgroup", "confidence": "confidence", "domains": "domains"}

_CONFIDENCE = ", ".join(
    f"MAX(CASE WHEN klass = '{k.value}' THEN confidence END) AS sure_{k.value}" for k in URGENCY if k is not Class.NORMAL
)
_SURE = " ".join(f"WHEN {k.value} > 0 THEN sure_{k.value}" for k in URGENCY if k is not Class.NORMAL)


def groups(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.groups`."""
    w = where(f)
    total, whole = _count(ask, w, "COUNT(DISTINCT sgroup)")
    if not total:
        return Answer((), 0, whole)
    by_host = (
        f"SELECT host, {SPLIT}, SUM(CASE WHEN dkim_aligned + spf_aligned > 0 THEN messages ELSE 0 END) AS passed,"
        f" MIN(day) AS first_day, MAX(day) AS last_day FROM fact WHERE {w.text} GROUP BY host"
    )
    sums = (
        f"SELECT sgroup, {RESUM}, SUM(passed) AS passed, COUNT(*) AS hosts, MIN(first_day) AS first_day,"
        f" MAX(last_day) AS last_day FROM ({by_host}) a JOIN (SELECT id, sgroup FROM host) h ON h.id = a.host GROUP BY sgroup"
    )
    sort = order(page, _GROUP_SORT, default="-messages", tie="messages DESC, sgroup")
    columns = f"sgroup, normal, forwarded, failing, spoof, passed, hosts, first_day, last_day, {TOTAL} AS messages"
    lines = ask(f"SELECT {columns}, {URGENT} AS urgency FROM ({sums}) g {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    about = _About(ask, f, w, [line[0] for line in lines])
    found = []
    for group, *rest in lines:
        passed, hosts, first_day, last_day = rest[4:8]
        more = spark(f, about.sparks[group]), about.samples.get(group, ""), about.advice.get(group, "")
        sums_of = split_of(rest[:4]), int(passed), hosts, about.domains.get(group, 0)
        found.append(GroupSum(group, *sums_of, first_day, last_day, *more))
    return Answer(tuple(found), total, whole)


def _count(ask: Ask, w: Where, what: str) -> tuple[int, Split]:
    """How many lines there are on all pages, counted over hosts, and the sums of all."""
    whole = split_of(ask(f"SELECT {SPLIT} FROM fact WHERE {w.text}", w.values)[0])
    sql = f"SELECT {what} FROM host WHERE id IN (SELECT host FROM fact WHERE {w.text})"
    return int(ask(sql, w.values)[0][0]), whole


class _About:
    """What a page of groups shows beside its sums: messages by day, the host with most messages, advice on the worst flow."""

    def __init__(self, ask: Ask, f: Filter, w: Where, names: Sequence[str]) -> None:
        self.sparks: dict[str, dict[int, int]] = defaultdict(dict)
        self.samples: dict[str, str] = {}
        self.advice: dict[str, str] = {}
        self.domains: dict[str, int] = {}
        if not names:
            return
        w = w.but(f"host IN (SELECT id FROM host WHERE sgroup IN ({marks(names)}))", *names)
        of_groups = f"JOIN (SELECT id, source_ip, sgroup FROM host WHERE sgroup IN ({marks(names)})) h ON h.id = a.host"
        by_day = f"SELECT host, day, SUM(messages) AS messages FROM fact WHERE {w.text} GROUP BY host, day"
        sql = f"SELECT sgroup, day, SUM(messages) FROM ({by_day}) a {of_groups} GROUP BY sgroup, day"
        for group, day, messages in ask(sql, (*w.values, *names)):
            self.sparks[group][day] = int(messages)
        pairs = f"SELECT host, domain FROM fact WHERE {w.text} GROUP BY host, domain"
        sql = f"SELECT sgroup, COUNT(DISTINCT domain) FROM ({pairs}) a {of_groups} GROUP BY sgroup"
        self.domains = dict(ask(sql, (*w.values, *names)))
        by_host = f"SELECT host, SUM(messages) AS messages FROM fact WHERE {w.text} GROUP BY host"
        sql = f"SELECT sgroup, messages, MIN(source_ip) FROM ({by_host}) a {of_groups} GROUP BY sgroup, messages"
        most: dict[str, int] = {}
        for group, messages, source_ip in ask(sql, (*w.values, *names)):
            if messages > most.get(group, -1):
                most[group], self.samples[group] = messages, source_ip
        flows = _flows(w, f.org)
        advice = f"SELECT sgroup, klass, SUM(messages) AS messages, advice FROM ({flows.text}) a {of_groups}"
        sql = f"{advice} GROUP BY sgroup, klass, advice"
        best: dict[str, tuple[int, int, str]] = {}
        for group, klass, messages, advice in ask(sql, (*flows.values, *names)):
            rank = (-URGENCY.index(Class(klass)), int(messages), advice)
            if rank > best.get(group, (-9, 0, "")):
                best[group], self.advice[group] = rank, advice


def _flows(w: Where, org: int) -> Where:
    """The question for judged flows with facts that fail in a filter: their sums and their verdicts."""
    facts = (
        "SELECT domain, host, way, SUM(messages) AS messages, MIN(day) AS first_day, MAX(day) AS last_day FROM fact"
        f" WHERE {w.text} AND dkim_aligned + spf_aligned = 0 GROUP BY domain, host, way"
    )
    verdicts = "SELECT domain, host, way, klass, confidence, because, advice, judged_at, was FROM flow WHERE org = ?"
    return Where(
        "SELECT f.domain AS domain, f.host AS host, f.way AS way, messages, first_day, last_day, klass, confidence, because,"
        f" advice, judged_at, was FROM ({facts}) f JOIN ({verdicts}) v"
        " ON v.domain = f.domain AND v.host = f.host AND v.way = f.way",
        (*w.values, org),
    )


def flows(ask: Ask, f: Filter, limit: int) -> list[FlowVerdict]:
    """See `Store.flows`. The reasons, which are long, are fetched for the flows that are shown."""
    found = _flows(where(f), f.org)
    rank = " ".join(f"WHEN klass = '{k.value}' THEN {n}" for n, k in enumerate(URGENCY))
    sql = (
        "SELECT domain, source_ip, way, host, messages, first_day, last_day"
        f" FROM ({found.text}) a JOIN (SELECT id, source_ip, span FROM host) h ON h.id = a.host"
        f" ORDER BY CASE {rank} END, messages DESC, domain, span, source_ip, way LIMIT ?"
    )
    lines = ask(sql, (*found.values, limit))
    words = _words(ask, "key, words", "way", "key", [line[2] for line in lines])
    columns = "host, domain, way, klass, confidence, because, advice, judged_at, was"
    verdicts = {
        key[:3]: key[3:] for key in _rows_of(ask, f"SELECT {columns} FROM flow WHERE org = ?", f.org, [line[3] for line in lines])
    }
    told = []
    for domain, source_ip, way, host, messages, first_day, last_day in lines:
        klass, sure, because, advice, judged_at, was = verdicts[host, domain, way]
        reasons = tuple(json.loads(because))
        days = first_day, last_day, judged_at
        told.append(FlowVerdict(domain, source_ip, words[way], klass, sure, reasons, advice, int(messages), *days, was))
    return told


def _words(ask: Ask, columns: str, table: str, key: str, keys: Iterable[int]) -> dict[int, str]:
    """One column of a table by another, for some keys."""
    wanted = sorted(set(keys))
    return dict(ask(f"SELECT {columns} FROM {table} WHERE {key} IN ({marks(wanted)})", wanted)) if wanted else {}


def _rows_of(ask: Ask, sql: str, org: int, hosts: Iterable[int]) -> Rows:
    """The rows of a question on some hosts."""
    wanted = sorted(set(hosts))
    return ask(f"{sql} AND host IN ({marks(wanted)})", (org, *wanted)) if wanted else []


def changes(ask: Ask, org: int, source_ip: str, limit: int) -> list[Change]:
    """See `Store.changes`."""
    sql = (
        "SELECT changed_at, domain, was, klass, why FROM change WHERE org = ? AND host IN (SELECT id FROM host WHERE source_ip = ?)"
        " ORDER BY changed_at DESC, domain, klass, was, way LIMIT ?"
    )
    return [Change(*line) for line in ask(sql, (org, canonical(source_ip), limit))]


def hosts(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.hosts`. What does not decide the order is asked for the hosts of the page alone."""
    w = where(f)
    total, whole = _count(ask, w, "COUNT(*)")
    sort = order(page, _HOST_SORT, default="-messages", tie="messages DESC, host")
    by_host = f"SELECT host, {SPLIT}{_also(sort)} FROM fact WHERE {w.text} GROUP BY host"
    sums = f"SELECT a.*, {TOTAL} AS messages, {URGENT} AS urgency, CASE {_SURE} ELSE 1.0 END AS confidence FROM ({by_host}) a"
    if "confidence" not in sort:
        sums = f"SELECT a.*, {TOTAL} AS messages, {URGENT} AS urgency FROM ({by_host}) a"
    if any(name in sort for name in ("span", "ptr", "country", "asn", "sgroup")):
        sums = f"SELECT * FROM ({sums}) b JOIN (SELECT id, span, ptr, country, asn, sgroup FROM host) h ON h.id = b.host"
    lines = ask(f"SELECT host FROM ({sums}) c {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    return Answer(tuple(_hosts_of(ask, w, [host for (host,) in lines])), total, whole)


def _also(sort: str) -> str:
    """What a sum by host needs besides the classes, to be sorted."""
    if "confidence" in sort:
        return f", {_CONFIDENCE}"
    for name, sql in _ALSO.items():
        if name in sort:
            return f", {sql} AS {name}"
    return ""


_ALSO = {"domains": "COUNT(DISTINCT domain)", "first_day": "MIN(day)", "last_day": "MAX(day)"}


def _hosts_of(ask: Ask, w: Where, ids: Sequence[int]) -> Iterator[HostSum]:
    """All that a table shows of some hosts, in their order."""
    if not ids:
        return
    w = w.but(f"host IN ({marks(ids)})", *ids)
    facts = f"SELECT host, {SPLIT}, {_CONFIDENCE}, {', '.join(f'{sql} AS {name}' for name, sql in _ALSO.items())}"
    columns = f"host, normal, forwarded, failing, spoof, domains, first_day, last_day, CASE {_SURE} ELSE 1.0 END"
    sums = {host: row for host, *row in ask(f"SELECT {columns} FROM ({facts} FROM fact WHERE {w.text} GROUP BY host) a", w.values)}
    words = "id, source_ip, sgroup, ptr, confirmed, country, city, asn, as_name"
    known = {host: row for host, *row in ask(f"SELECT {words} FROM host WHERE id IN ({marks(ids)})", ids)}
    for host in ids:
        source_ip, group, ptr, confirmed, *place = known[host]
        row = sums[host]
        yield HostSum(source_ip, split_of(row[:4]), group, ptr, confirmed, *place, *row[4:])


def places(ask: Ask, f: Filter, limit: int) -> list[PlaceSum]:
    """See `Store.places`. The unknown place comes last."""
    w = where(f)
    sums = f"SELECT host, {SPLIT} FROM fact WHERE {w.text} GROUP BY host"
    hosts, whole = _count(ask, w, "COUNT(*)")
    known = "SELECT id, country, city, latitude, longitude FROM host WHERE country <> '' OR latitude IS NOT NULL"
    sql = (
        f"SELECT country, city, latitude, longitude, COUNT(*), {RESUM}, SUM({TOTAL}) AS messages FROM ({sums}) a"
        f" JOIN ({known}) h ON h.id = a.host GROUP BY country, city, latitude, longitude"
        " ORDER BY messages DESC, country, city, latitude, longitude LIMIT ?"
    )
    found = []
    for country, city, latitude, longitude, count, *row in ask(sql, (*w.values, limit)):
        found.append(PlaceSum(country, city, latitude, longitude, split_of(row[:4]), count))
    rest = _minus(whole, [place.split for place in found])
    hosts -= sum(place.hosts for place in found)
    return [*found, PlaceSum("", "", None, None, rest, hosts)] if hosts else found


def _minus(whole: Split, parts: Sequence[Split]) -> Split:
    """What the parts leave of the whole."""
    return Split(*(whole.of(k) - sum(p.of(k) for p in parts) for k in Class))
