"""Failing flows with all that the store knows around them, in a few sums over the domains, never a question a flow."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any, NamedTuple

from sekisho.core.errors import StoreError
from sekisho.core.facts import Beat, Context, Flow, FlowKey, Way
from sekisho.core.names import aligned, organizational_domain
from sekisho.core.terms import AuthResult
from sekisho.core.ways import envelope_of, way_from_text
from sekisho.store import receivers, rhythm
from sekisho.store.duck import Duck, Row
from sekisho.store.span import canonical
from sekisho.store.sql import clean

Run = Callable[..., list[Row]]

MOST = 2**63 - 1
"""What a BIGINT holds; a sum of more, which no mail makes, is cut to that: wider numbers take ten times as long to fetch."""
PIECE = 4_000
"""Flows fetched at a time."""

_numbers = count(1)

_SOURCES = """
CREATE TEMP TABLE {name}_source AS
SELECT a.*, h.source_ip, h.span, h.sgroup, h.network, h.country
FROM (
  SELECT domain, host,
    SUM(CASE WHEN day >= ? AND dkim_aligned = 1 THEN messages ELSE 0 END) AS dkim,
    SUM(CASE WHEN day >= ? AND spf_aligned = 1 THEN messages ELSE 0 END) AS spf,
    SUM(CASE WHEN day >= ? AND dkim_aligned + spf_aligned > 0 THEN messages ELSE 0 END) AS passed,
    SUM(CASE WHEN day >= ? AND dkim_aligned + spf_aligned = 0 THEN messages ELSE 0 END) AS failed,
    MIN(day) AS first_day, COALESCE(MIN(CASE WHEN dkim_aligned + spf_aligned > 0 THEN day END), 0) AS first_pass,
    MAX(CASE WHEN dkim_aligned + spf_aligned > 0 THEN day ELSE 0 END) AS last_pass
  FROM fact WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND day <= ? GROUP BY domain, host
) a JOIN host h ON h.id = a.host
"""
_FAILS = """
CREATE TEMP TABLE {name}_fail AS
SELECT domain, host, way, day, reporter, messages FROM fact
WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0
"""
"""The failing facts, looked for once: four of the sums below are over them."""
_FLOWS = """
CREATE TEMP TABLE {name}_flow AS
SELECT ROW_NUMBER() OVER (ORDER BY domain, host, messages DESC, way) AS n, * FROM (
  SELECT domain, host, way, SUM(messages) AS messages, MIN(day) AS first_day, MAX(day) AS last_day,
    COUNT(DISTINCT day) AS days, COUNT(DISTINCT reporter) AS reporters,
    SUM(CASE WHEN list_contains(CAST(? AS VARCHAR[]), domain || ' ' || reporter) THEN messages ELSE 0 END) AS untold
  FROM {name}_fail {only} GROUP BY domain, host, way
)
"""
_WAYS = """
CREATE TEMP TABLE {name}_way AS
SELECT domain, way, COUNT(DISTINCT host) AS hosts FROM {name}_fail {only} GROUP BY domain, way
"""
_CLAIMS = """
CREATE TEMP TABLE {name}_claim AS
SELECT host, COUNT(DISTINCT base) AS claimed FROM (
  SELECT DISTINCT host, domain FROM fact
  WHERE org = ? AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0 AND host IN (SELECT host FROM {name}_flow)
) c JOIN (SELECT unnest(CAST(? AS VARCHAR[])) AS domain, unnest(CAST(? AS VARCHAR[])) AS base) b ON b.domain = c.domain
GROUP BY host
"""
_OTHERS = """
CREATE TEMP TABLE {name}_other AS
SELECT host, COUNT(DISTINCT org) FILTER (org <> ? AND fails = 1) AS orgs,
  COUNT(DISTINCT org) FILTER (org <> ? AND passes = 1) AS passes,
  COUNT(*) FILTER (dkim = 1 AND spf = 0) AS carried, COUNT(*) FILTER (spf = 1) AS permitted,
  COUNT(*) FILTER (spf = 1 AND org = ?) AS siblings
FROM (
  SELECT host, org, domain, MAX(CASE WHEN messages > 0 THEN dkim_aligned ELSE 0 END) AS dkim,
    MAX(CASE WHEN messages > 0 THEN spf_aligned ELSE 0 END) AS spf, MAX(GREATEST(dkim_aligned, spf_aligned)) AS passes,
    MAX(CASE WHEN dkim_aligned + spf_aligned = 0 THEN 1 ELSE 0 END) AS fails
  FROM fact WHERE org > 0 AND day >= ? AND day <= ? AND host IN (SELECT host FROM {name}_flow) GROUP BY host, org, domain
) GROUP BY host
"""
"""How many others an address fails and passes for, and never which: the only question that looks over the fence."""
_LINES = """
CREATE TEMP TABLE {name}_line AS
SELECT f.n, f.domain, f.way, s.source_ip, CAST(LEAST({most}, f.messages) AS BIGINT) AS messages, f.first_day, f.last_day, f.days,
  f.reporters, CAST(LEAST({most}, f.untold) AS BIGINT) AS untold, CAST(LEAST({most}, s.dkim) AS BIGINT) AS dkim,
  CAST(LEAST({most}, s.spf) AS BIGINT) AS spf, CAST(LEAST({most}, s.passed) AS BIGINT) AS passed,
  CAST(LEAST({most}, s.failed) AS BIGINT) AS failed, s.first_day AS source_first, s.first_pass, s.last_pass, s.sgroup,
  s.network, s.country,
  COALESCE(c.claimed, 1) AS claimed, COALESCE(o.orgs, 0) AS orgs,
  COALESCE(o.passes, 0) AS passes, COALESCE(o.carried, 0) AS carried, COALESCE(o.permitted, 0) AS permitted,
  COALESCE(o.siblings, 0) AS siblings, CAST(LEAST({most}, b.weekend) AS BIGINT) AS weekend, b.days AS beats,
  b.reporters AS heard
FROM {name}_flow f JOIN {name}_source s ON s.domain = f.domain AND s.host = f.host
JOIN {name}_beat b ON b.domain = f.domain AND b.host = f.host
LEFT JOIN {name}_claim c ON c.host = f.host
LEFT JOIN {name}_other o ON o.host = f.host
"""
_PIECE = "SELECT * EXCLUDE n FROM {name}_line WHERE n > ? AND n <= ? ORDER BY n"
_PIECE_WAYS = """
SELECT y.domain, y.way, w.words, y.hosts FROM {name}_way y
JOIN (SELECT DISTINCT domain, way FROM {name}_line WHERE n > ? AND n <= ?) f
  ON f.domain = y.domain AND f.way = y.way
JOIN way w ON w.key = y.way
"""


def sizes(duck: Duck, org: int, domains: Sequence[str]) -> dict[str, int]:
    """See `Store.sizes`."""
    sql = "SELECT domain, COUNT(*) FROM fact WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) GROUP BY domain"
    return dict(duck.read(sql, (org, list(domains))))


class Around(NamedTuple):
    """Which flows are asked for."""

    org: int
    domains: Sequence[str]
    since: int
    until: int
    addresses: Sequence[str] | None = None


def failing_flows(duck: Duck, asked: Around) -> Iterator[tuple[Flow, Context]]:
    """See `Store.failing_flows`; those of one domain and source follow each other.

    1. Sum the domains' facts by source, and their failing facts by source and way, into temporary tables.
    2. Sum those by group, network, envelope domain, selector and first day: few lines, kept in memory.
    3. Read the flows piece by piece with the sums of their source, and put the contexts together.
    Messages are counted from `since` to `until`; the first day of a source and its last pass are looked for before, too.
    """
    name = f"around_{next(_numbers)}"
    with duck.session() as run:
        try:
            signing = _signing(run, asked)
            run(_FAILS.format(name=name), (asked.org, list(asked.domains), asked.since, asked.until))
            hiding = rhythm.hiding(run, name)
            _prepare(run, name, asked, sorted({*_mute(signing), *(" ".join(pair) for pair in hiding)}))
            duck.make_room(run(f"SELECT COUNT(*) FROM {name}_flow")[0][0])
            run(_LINES.format(name=name, most=MOST))
            domains = _sums(run, name, asked, signing)
            for start in count(0, PIECE):
                lines = run(_PIECE.format(name=name), (start, start + PIECE))
                ways = _ways(run, name, start)
                for domain, way, *line in lines:
                    yield domains[domain].flow(ways[domain, way], line)
                if len(lines) < PIECE:
                    return
        finally:
            with suppress(StoreError):  # the transaction is over, and the tables with it
                for part in ("fail", "source", "flow", "way", "claim", "other", "line", *rhythm.TABLES, *receivers.TABLES):
                    run(f"DROP TABLE IF EXISTS {name}_{part}")


class _Marked(NamedTuple):
    """A way of authentication with its key."""

    key: int
    way: Way
    hosts: int
    """Addresses with failing mail of the domain that is of it."""


def _ways(run: Run, name: str, start: int) -> dict[tuple[str, int], _Marked]:
    """The ways of the flows of a piece, by domain and key: there are fewer of them than of flows."""
    rows = run(_PIECE_WAYS.format(name=name), (start, start + PIECE))
    return {(domain, key): _Marked(key, way_from_text(words), hosts) for domain, key, words, hosts in rows}


class _Signing(NamedTuple):
    """That a reporter told of mail with an aligned signature, with these signatures."""

    domain: str
    reporter: str
    header_from: str
    dkim: Sequence[tuple[str, str, str]]
    """Domain, selector and result of each."""
    group: str
    """The sending group it came from."""
    messages: int


_HEAD = rf"^\[({rhythm.TEXT}),{rhythm.TEXT},(\[(?:\[{rhythm.TEXT},{rhythm.TEXT},{rhythm.TEXT}\],?)*\]),"
"""The author domain and the signatures in the text of a way."""


def _signing(run: Run, asked: Around) -> list[_Signing]:
    """The signatures of signed mail, by reporter: few, however much mail and however many ways there are."""
    distinct = """
        SELECT domain, reporter, way, h.sgroup, SUM(fact.messages) AS messages FROM fact JOIN host h ON h.id = fact.host
        WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND day >= ? AND day <= ? AND dkim_aligned = 1
        GROUP BY domain, reporter, way, h.sgroup
    """
    values = (asked.org, list(asked.domains), asked.since, asked.until)
    words = "SELECT f.domain, f.reporter, regexp_extract(w.words, ?, 1), regexp_extract(w.words, ?, 2), f.sgroup, SUM(f.messages)"
    rows = run(f"{words} FROM ({distinct}) f JOIN way w ON w.key = f.way GROUP BY 1, 2, 3, 4, 5", (_HEAD, _HEAD, *values))
    return [
        _Signing(d, reporter, json.loads(name), [(x, y, z) for x, y, z in json.loads(dkim)], group, int(n))
        for d, reporter, name, dkim, group, n in rows
    ]


def _mute(signing: Sequence[_Signing]) -> list[str]:
    """Domain and reporter where it says that DKIM passed and never which signature: there may be one where it names none."""
    telling = {f"{signed.domain} {signed.reporter}" for signed in signing if signed.dkim}
    return sorted({f"{signed.domain} {signed.reporter}" for signed in signing} - telling)


def _prepare(run: Run, name: str, asked: Around, mute: Sequence[str]) -> None:
    """Makes the temporary tables; `mute` are the reporters that name no signatures."""
    org, domains, since, until, addresses = asked
    names = list(domains)
    only, of_these, values = "", "", []
    if addresses is not None:
        only = "WHERE host IN (SELECT id FROM host WHERE source_ip IN (SELECT unnest(CAST(? AS VARCHAR[]))))"
        of_these = f"WHERE way IN (SELECT way FROM {name}_flow)"
        values = [[clean(canonical(a)) for a in addresses]]
    run(_SOURCES.format(name=name), (since, since, since, since, org, names, until))
    run(_FLOWS.format(name=name, only=only), (list(mute), *values))
    run(_WAYS.format(name=name, only=of_these))
    sql = "SELECT DISTINCT domain FROM fact WHERE org = ? AND day >= ? AND day <= ? AND dkim_aligned + spf_aligned = 0"
    claimed = [d for (d,) in run(sql, (org, since, until))]
    run(_CLAIMS.format(name=name), (org, since, until, claimed, [organizational_domain(d) for d in claimed]))
    run(_OTHERS.format(name=name), (org, org, org, since, until))
    rhythm.prepare(run, name, until)


def _sums(run: Run, name: str, asked: Around, signing: Sequence[_Signing]) -> dict[str, _Domain]:
    """The sums of each domain by what its sources have in common."""
    source = f"{name}_source"
    of_org = run("SELECT DISTINCT domain FROM report WHERE org = ?", (asked.org,))
    family = frozenset(organizational_domain(domain) for (domain,) in of_org)
    found = {domain: _Domain(asked, domain, family) for domain in asked.domains}
    for domain, passed, dkim, first_day in run(
        f"SELECT domain, SUM(passed), SUM(dkim), MIN(first_day) FROM {source} GROUP BY domain"
    ):
        found[domain].passed, found[domain].signed, found[domain].first_day = int(passed), int(dkim), first_day
    by_group = f"SELECT domain, sgroup, SUM(passed), COUNT(*), SUM(spf) FROM {source} WHERE passed > 0 AND sgroup <> 'unknown'"
    for domain, group, messages, hosts, spf in run(f"{by_group} GROUP BY 1, 2"):
        found[domain].groups[group] = (int(messages), hosts, int(spf))
    by_network = f"SELECT domain, network, SUM(passed), SUM(spf) FROM {source} WHERE passed > 0 AND network <> '' GROUP BY 1, 2"
    for domain, network, messages, spf in run(by_network):
        found[domain].networks[network] = (int(messages), int(spf))
    by_country = f"SELECT domain, country, SUM(passed) FROM {source} WHERE passed > 0 AND country <> '' GROUP BY 1, 2"
    for domain, country, messages in run(by_country):
        found[domain].countries[country] = int(messages)
    began = f"SELECT domain, first_day, COUNT(*) FROM {source} WHERE failed > 0 AND last_pass = 0 GROUP BY 1, 2"
    for domain, day, sources in run(began):
        found[domain].began[day] = sources
    where = "WHERE org = ? AND domain IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND day >= ? AND day <= ?"
    values = (asked.org, list(asked.domains), asked.since, asked.until)
    passing = f"SELECT domain, envelope_from, SUM(messages) FROM fact {where} AND dkim_aligned + spf_aligned > 0 GROUP BY 1, 2"
    for domain, envelope, messages in run(passing, values):
        found[domain].envelopes[organizational_domain(envelope)] += int(messages)
    for (domain, group, envelope), kin in rhythm.read_kin(run, name, asked.until).items():
        found[domain].kin[group, envelope] = kin
    days = (asked.since, asked.until)
    for (domain, *heard), likeness in receivers.likenesses(run, name, asked.org, asked.domains, days).items():
        found[domain].likenesses[heard[0], heard[1], heard[2]] = likeness
    for signed in signing:
        for key in _selectors(signed):
            found[signed.domain].selectors.setdefault(key, Counter())[signed.group] += signed.messages
    for sums in found.values():
        sums.finish()
    return found


def _is_home(groups: Counter[str], group: str) -> bool:
    """Whether most of the messages came from the group."""
    return groups[group] * 2 > groups.total()


_NO_KEYS: frozenset[tuple[str, str]] = frozenset()


class _Domain:
    """The sums of a domain by all that its sources have in common."""

    def __init__(self, asked: Around, name: str, family: frozenset[str]) -> None:
        self._asked = asked
        self._family = family
        self._name = name
        self.passed = 0
        self.signed = 0
        self.first_day = 0
        self.groups: dict[str, tuple[int, int, int]] = {}
        self.networks: dict[str, tuple[int, int]] = {}
        self.countries: dict[str, int] = {}
        self.began: dict[int, int] = {}
        self.envelopes: Counter[str] = Counter()
        self.selectors: dict[tuple[str, str], Counter[str]] = {}
        self.kin: dict[tuple[str, str], Beat] = {}
        self.likenesses: dict[tuple[str, str, str], float] = {}

    def finish(self) -> None:
        """Makes what the contexts of all flows share."""
        self._signed_share = self.signed / self.passed if self.passed else None
        self._selectors = frozenset(self.selectors)
        keys: dict[str, set[tuple[str, str]]] = {}
        for key, groups in self.selectors.items():
            for group in groups.keys() - {"unknown"}:
                keys.setdefault(group, set()).add(key)
        self._keys = {group: frozenset(some) for group, some in keys.items()}
        self._own_keys = {group: frozenset(k for k in some if _is_home(self.selectors[k], group)) for group, some in keys.items()}
        self._strangers = sum(self.began.values())
        self._placed = sum(self.countries.values())
        self._services = frozenset(g.removeprefix("svc.") for g in self.groups if g.startswith("svc."))

    def flow(self, marked: _Marked, line: Sequence[Any]) -> tuple[Flow, Context]:
        """A flow and its context from its way and the rest of a line of `_PIECE`."""
        source_ip, messages, first_day, last_day, days, reporters, untold, *source = line
        key = FlowKey(self._asked.org, self._name, source_ip, marked.key)
        flow = Flow(key, marked.way, messages, first_day, last_day, days, reporters)
        return flow, self._context(marked, untold / messages if untold else 0.0, source_ip, source)

    def _context(self, marked: _Marked, untold: float, source_ip: str, source: Sequence[Any]) -> Context:
        dkim, spf, passed, failed, first_day, first_pass, last_pass, group, network, country, claimed, *rest = source
        others, passes_for, carried, permitted, siblings, weekend, days, heard = rest
        beat = rhythm.beat(self._asked.until, failed, weekend, days, heard)
        group_passed, group_hosts, group_spf = self.groups.get(group, (passed, int(passed > 0), spf))
        network_passed, network_spf = self.networks.get(network, (passed, spf))
        began = self.began.get(first_day, 0)
        envelope = envelope_of(marked.way)
        kin = self.kin.get((group, envelope), beat)
        return Context(
            window_days=self._asked.until - self._asked.since + 1,
            source_dkim=dkim,
            source_spf=spf,
            source_failed=failed,
            source_first_day=first_day,
            source_first_pass_day=first_pass,
            source_last_pass_day=last_pass,
            group_passed=group_passed - passed,
            group_hosts=group_hosts - (passed > 0),
            group_spf=group_spf - spf,
            network_passed=network_passed - passed,
            network_spf=network_spf - spf,
            network=network,
            envelope_passed=self.envelopes[organizational_domain(envelope)] if envelope else 0,
            real_selectors=self._selectors,
            group_keys=self._own_keys.get(group, _NO_KEYS),
            group_selectors=self._keys.get(group, _NO_KEYS),
            signed_share=self._signed_share,
            domain_passed=self.passed,
            services=self._services,
            domains_claimed=claimed,
            began_together=began - (failed > 0 and last_pass == 0),
            organisations=others,
            passes_for=passes_for,
            until=self._asked.until,
            domain_first_day=self.first_day,
            strangers=self._strangers,
            untold=untold,
            way_hosts=marked.hosts,
            carries_for=carried - (dkim > 0 and not spf),
            permitted_for=permitted - (spf > 0),
            siblings=siblings - (spf > 0),
            country_share=self.countries.get(country, 0) / self._placed if country and self._placed else None,
            beat=beat,
            kin=kin,
            family=self._family,
            receivers=self.likenesses.get((group, source_ip if group == "unknown" else "", envelope), 0.0),
        )


def _selectors(signed: _Signing) -> Iterator[tuple[str, str]]:
    """Domain and selector of the signatures that passed and are aligned."""
    for domain, selector, result in signed.dkim:
        if result == AuthResult.PASS and selector and aligned(domain, signed.header_from):
            yield domain, selector
