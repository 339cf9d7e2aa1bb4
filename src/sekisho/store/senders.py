"""Answers about who sends: sending groups, hosts, places, and the verdicts on their flows.

Facts are summed by host first, so that what stands in `host` is joined to some thousand sums and not to millions of facts.
"""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sekisho.core.terms import URGENCY, Class
from sekisho.store.ask import spark
from sekisho.store.query import Answer, Change, Filter, FlowVerdict, GroupSum, HostSum, Page, PlaceSum, Split
from sekisho.store.span import canonical
from sekisho.store.sql import RANK, RESUM, SPLIT, TOTAL, URGENCY_OF, URGENT, Ask, Rows, Where, marks, order, part, split_of, where
from sekisho.store.sums import by_host

_BY_CLASS = tuple(k.value for k in Class)
_SURE_OF = [f"MAX(CASE WHEN klass = '{k.value}' THEN confidence END) AS sure_{k.value}" for k in URGENCY if k is not Class.NORMAL]
_SURE = "CASE urgency WHEN 0 THEN sure_spoof WHEN 1 THEN sure_failing WHEN 2 THEN sure_forwarded ELSE 1.0 END"
_GROUP_SORT = {name: name for name in ("messages", *_BY_CLASS, "hosts", "first_day", "last_day", "urgency")} | {"group": "sgroup"}
_OF_HOST = {"source_ip": "span", "ptr": "ptr", "country": "country", "asn": "asn", "group": "sgroup"}
_OF_FACTS = {
    "domains": ["COUNT(DISTINCT domain) AS domains"],
    "confidence": [URGENCY_OF, *_SURE_OF],
}
"""What a host is sorted by that its sums do not tell, and what must be summed for it."""
_OF_SUMS = ("messages", "urgency", *_BY_CLASS, "first_day", "last_day")
_HOST_SORT = {name: name for name in (*_OF_SUMS, "domains")} | {"confidence": _SURE} | _OF_HOST


def groups(ask: Ask, f: Filter, page: Page) -> Answer:
    """See `Store.groups`."""
    w = where(f)
    table = by_host(w).text
    sums = (
        f"SELECT sgroup, {RESUM}, argMax(host, {TOTAL}) AS busiest, SUM(passed) AS passed, COUNT(*) AS hosts,"
        " MIN(first_day) AS first_day, MAX(last_day) AS last_day"
        f" FROM {table} a JOIN (SELECT id, sgroup FROM host) h ON h.id = a.host GROUP BY sgroup"
    )
    sums = f"SELECT g.*, {TOTAL} AS messages, {URGENT} AS urgency FROM ({sums}) g"
    sort = order(page, _GROUP_SORT, default="-messages", tie="messages DESC, sgroup")
    columns = "sgroup, busiest, normal, forwarded, failing, spoof, passed, hosts, first_day, last_day"
    lines = ask(f"SELECT {columns} FROM ({sums}) s {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    about = _About(ask, f, w, {line[0]: split_of(line[2:6]) for line in lines})
    addresses = _words(ask, "id, source_ip", "host", "id", [line[1] for line in lines])
    found = []
    for group, busiest, *rest in lines:
        passed, hosts, first_day, last_day = rest[4:]
        sums_of = split_of(rest[:4]), int(passed), hosts, about.domains.get(group, 0), first_day, last_day
        found.append(GroupSum(group, *sums_of, spark(f, about.sparks[group]), addresses[busiest], about.advice.get(group, "")))
    return Answer(tuple(found), *_whole(ask, w, page, [row.split for row in found], groups=True))


def _whole(ask: Ask, w: Where, page: Page, shown: Sequence[Split], *, groups: bool = False) -> tuple[int, Split]:
    """How many hosts or groups there are on all pages, and the sums of all; where one page has them all, it tells."""
    size, before = part(page)
    if not before and len(shown) < size:
        return len(shown), Split(*(sum(split.of(k) for split in shown) for k in Class))
    return _count(ask, w, groups=groups)


def _count(ask: Ask, w: Where, *, groups: bool = False) -> tuple[int, Split]:
    """How many hosts or groups there are on all pages, and the sums of all."""
    table = by_host(w).text
    of_hosts = "COUNT(*)", ""
    of_groups = "COUNT(DISTINCT sgroup)", " JOIN (SELECT id, sgroup FROM host) h ON h.id = a.host"
    count, joined = of_groups if groups else of_hosts
    ((total, *whole),) = ask(f"SELECT {count}, {RESUM} FROM {table} a{joined}", w.values)
    return int(total), split_of(whole)


class _About:
    """What a page of groups shows beside its sums: messages by day, domains, advice on the worst flow."""

    def __init__(self, ask: Ask, f: Filter, w: Where, splits: Mapping[str, Split]) -> None:
        self.sparks: dict[str, dict[int, int]] = defaultdict(dict)
        self.domains: dict[str, int] = {}
        self.advice: dict[str, str] = {}
        if not splits:
            return
        of_groups = _of_groups(splits)
        facts = f"(SELECT host, day, domain, messages FROM fact WHERE {w.text}) a {of_groups.text}"
        values = (*w.values, *of_groups.values)
        for group, day, messages in ask(f"SELECT sgroup, day, SUM(messages) FROM {facts} GROUP BY sgroup, day", values):
            self.sparks[group][day] = int(messages)
        if len(f.domains) == 1:
            self.domains = dict.fromkeys(splits, 1)
        else:
            pairs = f"SELECT sgroup, domain FROM {facts} GROUP BY sgroup, domain"
            self.domains = dict(ask(f"SELECT sgroup, COUNT(*) FROM ({pairs}) p GROUP BY sgroup", values))
        self.advice = _advice(ask, f, w, splits)


def _of_groups(names: Collection[str]) -> Where:
    """Joins the addresses of some groups, with their groups, to `a`."""
    return Where(f"JOIN (SELECT id, sgroup FROM host WHERE sgroup IN ({marks(list(names))})) h ON h.id = a.host", tuple(names))


def _advice(ask: Ask, f: Filter, w: Where, splits: Mapping[str, Split]) -> dict[str, str]:
    """The advice on the worst flow of each group, of several on the one with most messages.

    Where all flows of the worst class are given the same advice, and mostly they are, the facts need not be looked at.
    """
    of_groups = _of_groups(splits)
    mine = f" AND domain IN ({marks(f.domains)})" if f.domains else ""
    verdicts = f"SELECT host, klass, advice FROM flow WHERE org = ?{mine}"
    sql = f"SELECT sgroup, klass, advice FROM ({verdicts}) a {of_groups.text} GROUP BY sgroup, klass, advice"
    given: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for group, klass, advice in ask(sql, (f.org, *f.domains, *of_groups.values)):
        given[group][klass].append(advice)
    found, open_ones = {}, []
    for group in given:
        worst = splits[group].worst
        if worst is not Class.NORMAL and len(given[group][worst.value]) == 1:
            found[group] = given[group][worst.value][0]
        else:
            open_ones.append(group)
    return found | (_advice_by_messages(ask, f, w, open_ones) if open_ones else {})


def _advice_by_messages(ask: Ask, f: Filter, w: Where, names: Sequence[str]) -> dict[str, str]:
    """The advice on the worst flow of groups, as the facts of the filter tell it."""
    of_groups = _of_groups(names)
    flows = _flows(w.but(f"host IN (SELECT id FROM host WHERE sgroup IN ({marks(names)}))", *names), f.org)
    sql = f"SELECT sgroup, klass, SUM(messages) AS messages, advice FROM ({flows.text}) a {of_groups.text}"
    best: dict[str, tuple[int, int, str]] = {}
    for group, klass, messages, what in ask(f"{sql} GROUP BY sgroup, klass, advice", (*flows.values, *names)):
        rank = (-URGENCY.index(Class(klass)), int(messages), what)
        best[group] = max(best.get(group, rank), rank)
    return {group: what for group, (_, _, what) in best.items()}


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
    sql = (
        "SELECT domain, source_ip, way, host, messages, first_day, last_day"
        f" FROM ({found.text}) a JOIN (SELECT id, source_ip, span FROM host) h ON h.id = a.host"
        f" ORDER BY {RANK}, messages DESC, domain, span, source_ip, way LIMIT ?"
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
    name = page.sort.removeprefix("-")
    if name in _OF_FACTS:
        summed = ", ".join(["host", "SUM(messages) AS messages", *_OF_FACTS[name]])
        sums = f"SELECT {summed} FROM fact WHERE {w.text} GROUP BY host"
    else:
        sums = f"SELECT a.*, {TOTAL} AS messages, {URGENT} AS urgency FROM {by_host(w).text} a"
    if name in _OF_HOST:
        word = _OF_HOST[name]
        sums = f"SELECT host, messages, {word} FROM ({sums}) a JOIN (SELECT id, {word} FROM host) h ON h.id = a.host"
    sort = order(page, _HOST_SORT, default="-messages", tie="messages DESC, host")
    lines = ask(f"SELECT host FROM ({sums}) b {sort} LIMIT ? OFFSET ?", (*w.values, *part(page)))
    found = tuple(_hosts_of(ask, w, [host for (host,) in lines]))
    return Answer(found, *_whole(ask, w, page, [row.split for row in found]))


def _hosts_of(ask: Ask, w: Where, ids: Sequence[int]) -> Iterator[HostSum]:
    """All that a table shows of some hosts, in their order."""
    if not ids:
        return
    w = w.but(f"host IN ({marks(ids)})", *ids)
    days = "MIN(day) AS first_day", "MAX(day) AS last_day"
    summed = ["host", SPLIT, URGENCY_OF, *_SURE_OF, *_OF_FACTS["domains"], *days]
    facts = f"SELECT {', '.join(summed)} FROM fact WHERE {w.text} GROUP BY host"
    columns = f"host, normal, forwarded, failing, spoof, domains, first_day, last_day, {_SURE}"
    sums = {host: row for host, *row in ask(f"SELECT {columns} FROM ({facts}) a", w.values)}
    words = "id, source_ip, sgroup, ptr, confirmed, country, city, asn, as_name"
    known = {host: row for host, *row in ask(f"SELECT {words} FROM host WHERE id IN ({marks(ids)})", ids)}
    for host in ids:
        source_ip, group, ptr, confirmed, *place = known[host]
        row = sums[host]
        yield HostSum(source_ip, split_of(row[:4]), group, ptr, confirmed, *place, *row[4:])


def places(ask: Ask, f: Filter, limit: int) -> list[PlaceSum]:
    """See `Store.places`. The unknown place, and what lies beyond the limit, comes last."""
    w = where(f)
    sql = (
        f"SELECT country, city, latitude, longitude, COUNT(*), {RESUM}, SUM({TOTAL}) AS messages FROM {by_host(w).text} a"
        " JOIN (SELECT id, country, city, latitude, longitude FROM host) h ON h.id = a.host"
        " GROUP BY country, city, latitude, longitude ORDER BY messages DESC, country, city, latitude, longitude"
    )
    found: list[PlaceSum] = []
    rest = PlaceSum("", "", None, None, Split(), 0)
    for country, city, latitude, longitude, count, *row in ask(sql, w.values):
        if len(found) < limit and (country or latitude is not None):
            found.append(PlaceSum(country, city, latitude, longitude, split_of(row[:4]), count))
        else:
            rest = rest._replace(split=_plus(rest.split, row), hosts=rest.hosts + count)
    return [*found, rest] if rest.hosts else found


def _plus(split: Split, more: Sequence[int]) -> Split:
    """The sums with those of a row added."""
    return Split(*(split.of(k) + int(n) for k, n in zip(Class, more, strict=False)))
