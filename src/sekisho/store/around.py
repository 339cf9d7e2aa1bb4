"""Failing flows with all that the store knows around them, in a few sums over the domain, never a question a flow."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, NamedTuple

from sekisho.core.errors import StoreError
from sekisho.core.facts import Context, Flow, FlowKey, Way
from sekisho.core.names import aligned, organizational_domain
from sekisho.core.terms import AuthResult
from sekisho.core.ways import way_from_text
from sekisho.store.duck import Duck, Row
from sekisho.store.span import canonical
from sekisho.store.sql import clean

Run = Callable[..., list[Row]]

PIECE = 2_000
"""Flows fetched at a time."""
KNOWN_WAYS = 5_000
"""Ways remembered while flows are read."""

_numbers = count(1)

_SOURCES = """
CREATE TEMP TABLE {name}_source AS
SELECT a.*, h.source_ip, h.span, h.sgroup, h.network
FROM (
  SELECT host,
    SUM(CASE WHEN day >= ? AND dkim_aligned = 1 THEN messages ELSE 0 END) AS dkim,
    SUM(CASE WHEN day >= ? AND spf_aligned = 1 THEN messages ELSE 0 END) AS spf,
    SUM(CASE WHEN day >= ? AND dkim_aligned + spf_aligned > 0 THEN messages ELSE 0 END) AS passed,
    SUM(CASE WHEN day >= ? AND dkim_aligned + spf_aligned = 0 THEN messages ELSE 0 END) AS failed,
    MIN(day) AS first_day, MAX(CASE WHEN dkim_aligned + spf_aligned > 0 THEN day ELSE 0 END) AS last_pass
  FROM fact WHERE org = ? AND domain = ? AND day <= ? GROUP BY host
) a JOIN host h ON h.id = a.host
"""
_FLOWS = """
CREATE TEMP TABLE {name}_flow AS
SELECT ROW_NUMBER() OVER (ORDER BY messages DESC, host, way) AS n, * FROM (
  SELECT host, way, SUM(messages) AS messages, MIN(day) AS first_day, MAX(day) AS last_day,
    COUNT(DISTINCT day) AS days, COUNT(DISTINCT reporter) AS reporters
  FROM fact WHERE org = ? AND domain = ? AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0 {only}
  GROUP BY host, way
)
"""
_CLAIMS = """
CREATE TEMP TABLE {name}_claim AS
SELECT host, COUNT(DISTINCT base) AS claimed FROM (
  SELECT DISTINCT host, domain FROM fact
  WHERE org = ? AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0 AND host IN (SELECT host FROM {name}_flow)
) c JOIN (SELECT unnest(CAST(? AS VARCHAR[])) AS domain, unnest(CAST(? AS VARCHAR[])) AS base) b ON b.domain = c.domain
GROUP BY host
"""
_PIECE = """
SELECT s.source_ip, f.way, w.words, f.messages, f.first_day, f.last_day, f.days, f.reporters,
  s.dkim, s.spf, s.passed, s.failed, s.first_day, s.last_pass, s.sgroup, s.network, COALESCE(c.claimed, 1)
FROM {name}_flow f JOIN {name}_source s ON s.host = f.host LEFT JOIN {name}_claim c ON c.host = f.host
JOIN way w ON w.key = f.way
WHERE f.n > ? AND f.n <= ? ORDER BY f.n
"""


class Around(NamedTuple):
    """Which flows are asked for."""

    org: int
    domain: str
    since: int
    until: int
    addresses: Sequence[str] | None = None


def failing_flows(duck: Duck, asked: Around) -> Iterator[tuple[Flow, Context]]:
    """See `Store.failing_flows`; the largest first.

    1. Sum the domain's facts by source, and its failing facts by source and way, into temporary tables.
    2. Sum those by group, network, envelope domain, selector and first day: few lines, kept in memory.
    3. Read the flows piece by piece with the sums of their source, and put the contexts together.
    Messages are counted from `since` to `until`; the first day of a source and its last pass are looked for before, too.
    """
    name = f"around_{next(_numbers)}"
    with duck.session() as run:
        try:
            _prepare(run, name, asked)
            domain = _Domain(run, name, asked)
            ways: dict[int, Way] = {}
            for start in count(0, PIECE):
                lines = run(_PIECE.format(name=name), (start, start + PIECE))
                for line in lines:
                    yield domain.flow(line, ways)
                if len(lines) < PIECE:
                    return
                if len(ways) > KNOWN_WAYS:
                    ways.clear()
        finally:
            with suppress(StoreError):  # the transaction is over, and the tables with it
                for part in ("source", "flow", "claim"):
                    run(f"DROP TABLE IF EXISTS {name}_{part}")


def _prepare(run: Run, name: str, asked: Around) -> None:
    """Makes the temporary tables."""
    org, domain, since, until, addresses = asked
    only, values = "", []
    if addresses is not None:
        only = "AND host IN (SELECT id FROM host WHERE source_ip IN (SELECT unnest(CAST(? AS VARCHAR[]))))"
        values = [[clean(canonical(a)) for a in addresses]]
    run(_SOURCES.format(name=name), (since, since, since, since, org, domain, until))
    run(_FLOWS.format(name=name, only=only), (org, domain, since, until, *values))
    sql = "SELECT DISTINCT domain FROM fact WHERE org = ? AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0"
    claimed = [d for (d,) in run(sql, (org, since, until))]
    run(_CLAIMS.format(name=name), (org, since, until, claimed, [organizational_domain(d) for d in claimed]))


class _Domain:
    """The sums of a domain by all that its sources have in common."""

    def __init__(self, run: Run, name: str, asked: Around) -> None:
        self._asked = asked
        source = f"{name}_source"
        ((passed, dkim),) = run(f"SELECT COALESCE(SUM(passed), 0), COALESCE(SUM(dkim), 0) FROM {source}")
        self._passed = int(passed)
        self._signed_share = int(dkim) / int(passed) if passed else None
        by_group = run(
            f"SELECT sgroup, SUM(passed), COUNT(*) FROM {source} WHERE passed > 0 AND sgroup <> 'unknown' GROUP BY sgroup"
        )
        self._groups = {group: (int(messages), hosts) for group, messages, hosts in by_group}
        by_network = run(f"SELECT network, SUM(passed) FROM {source} WHERE passed > 0 AND network <> '' GROUP BY network")
        self._networks = {network: int(messages) for network, messages in by_network}
        began = run(f"SELECT first_day, COUNT(*) FROM {source} WHERE failed > 0 AND last_pass = 0 GROUP BY first_day")
        self._began: dict[int, int] = dict(began)
        self._services = frozenset(g.removeprefix("svc.") for g in self._groups if g.startswith("svc."))
        self._envelopes: Counter[str] = Counter()
        where = "WHERE org = ? AND domain = ? AND day >= ? AND day <= ?"
        values = (asked.org, asked.domain, asked.since, asked.until)
        sql = f"SELECT envelope_from, SUM(messages) FROM fact {where} AND dkim_aligned + spf_aligned > 0 GROUP BY envelope_from"
        for envelope, messages in run(sql, values):
            self._envelopes[organizational_domain(envelope)] += int(messages)
        signed = run(f"SELECT words FROM way WHERE key IN (SELECT way FROM fact {where} AND dkim_aligned = 1)", values)
        self._selectors = frozenset(pair for (words,) in signed for pair in _selectors(way_from_text(words)))

    def flow(self, line: Sequence[Any], ways: dict[int, Way]) -> tuple[Flow, Context]:
        """A flow and its context from a line of `_PIECE`."""
        source_ip, key, words, messages, first_day, last_day, days, reporters, *source = line
        way = ways.get(key)
        if way is None:
            way = ways[key] = way_from_text(words)
        flow = Flow(
            FlowKey(self._asked.org, self._asked.domain, source_ip, key), way, int(messages), first_day, last_day, days, reporters
        )
        return flow, self._context(way, source)

    def _context(self, way: Way, source: Sequence[Any]) -> Context:
        dkim, spf, passed, failed, first_day, last_pass, group, network, claimed = source
        passed = int(passed)
        group_passed, group_hosts = self._groups.get(group, (passed, int(passed > 0)))
        began = self._began.get(first_day, 0)
        return Context(
            window_days=self._asked.until - self._asked.since + 1,
            source_dkim=int(dkim),
            source_spf=int(spf),
            source_failed=int(failed),
            source_first_day=first_day,
            source_last_pass_day=last_pass,
            group_passed=group_passed - passed,
            group_hosts=group_hosts - (passed > 0),
            network_passed=self._networks.get(network, passed) - passed,
            network=network,
            envelope_passed=self._envelopes[organizational_domain(way.envelope_from)] if way.envelope_from else 0,
            real_selectors=self._selectors,
            signed_share=self._signed_share,
            domain_passed=self._passed,
            services=self._services,
            domains_claimed=claimed,
            began_together=began - 1 if last_pass == 0 and began else began,
        )


def _selectors(way: Way) -> Iterator[tuple[str, str]]:
    """Domain and selector of the signatures that passed and are aligned."""
    for domain, selector, result, _ in way.dkim:
        if result is AuthResult.PASS and selector and aligned(domain, way.header_from):
            yield domain, selector
