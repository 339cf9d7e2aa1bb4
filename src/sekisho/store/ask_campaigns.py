"""Answers about sources of suspected spoofing: when they began, and what they may have in common."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sekisho.core.campaigns import Beginning
from sekisho.core.facts import Way
from sekisho.core.ways import way_from_text
from sekisho.store.ask_whatif import numbers
from sekisho.store.query import Filter
from sekisho.store.sql import Ask, Rows, Where, where

WAYS_A_SOURCE = 3
"""The commonest ways of a source tell what it shares with others."""


def beginnings(ask: Ask, f: Filter, limit: int) -> list[Beginning]:
    """See `Store.beginnings`."""
    w = where(f).but("klass = 'spoof'")
    sql = f"SELECT host, SUM(messages) AS messages, MAX(day) FROM fact WHERE {w.text} GROUP BY host"
    sql += " ORDER BY messages DESC, host LIMIT ?"
    sums = {host: (int(messages), last) for host, messages, last in ask(sql, (*w.values, limit)) if messages}
    if not sums:
        return []
    of_them = f"host IN ({numbers(sorted(sums))})"
    first: dict[int, int] = dict(
        ask(f"SELECT host, MIN(day) FROM fact WHERE org = ? AND klass = 'spoof' AND {of_them} GROUP BY host", (f.org,))
    )
    domains: dict[int, list[str]] = defaultdict(list)
    for host, domain in ask(f"SELECT DISTINCT host, domain FROM fact WHERE {w.text} AND {of_them} ORDER BY host, domain", w.values):
        domains[host].append(domain)
    ways = _ways_of(ask, w, of_them)
    found = []
    for host, *about in ask(f"SELECT id, source_ip, sgroup, network, asn, as_name, country FROM host WHERE {_ids(sums)}", ()):
        source_ip, group, network, asn, as_name, country = about
        messages, last = sums[host]
        known = (group, network, asn, as_name, country, tuple(domains[host]), ways[host])
        found.append(Beginning(source_ip, *known, first[host], last, messages))
    return sorted(found, key=lambda b: (b.first_day, b.source_ip))


def _ids(hosts: Iterable[int]) -> str:
    """The condition for the lines of some addresses."""
    return f"id IN ({numbers(sorted(hosts))})"


def _ways_of(ask: Ask, w: Where, of_them: str) -> dict[int, tuple[Way, ...]]:
    """The commonest ways of hosts."""
    sql = f"SELECT host, way, SUM(messages) AS messages FROM fact WHERE {w.text} AND {of_them} GROUP BY host, way"
    sql += " ORDER BY messages DESC, way"
    keys: dict[int, list[int]] = defaultdict(list)
    for host, way, _messages in ask(sql, w.values):
        if len(keys[host]) < WAYS_A_SOURCE:
            keys[host].append(way)
    wanted = {key for some in keys.values() for key in some}
    rows: Rows = ask(f"SELECT key, words FROM way WHERE key IN ({numbers(sorted(wanted))})", ()) if wanted else []
    words = {key: way_from_text(text) for key, text in rows}
    return defaultdict(tuple, {host: tuple(words[key] for key in some) for host, some in keys.items()})
