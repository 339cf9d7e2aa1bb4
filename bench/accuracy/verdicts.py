"""A world through the store and the judge: for each record the verdict beside the truth."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from bench.accuracy.labels import Truth, World
from bench.accuracy.table import Table, Wanted

from sekisho.core.facts import Context, Evidence, Flow, FlowKey, Verdict
from sekisho.core.judge.book import BOOK
from sekisho.core.judge.classify import classify_source
from sekisho.core.judge.sources import group_of
from sekisho.core.names import aligned, is_within
from sekisho.core.reports.values import AggregateReport, Record, Rows, Said
from sekisho.core.state.own import own_context
from sekisho.core.terms import Class
from sekisho.core.ways import dkim_is_aligned, spf_is_aligned, way_key
from sekisho.enrich.geo import Geo, open_geo
from sekisho.store.base import Arrival
from sekisho.store.embedded import EmbeddedStore, StoreSettings


@dataclass(frozen=True, slots=True)
class Mode:
    """What is taken away from the judge."""

    dns: bool = True
    mute: float = 0.0
    """Share of the reporters that tell no DKIM results, beyond those that tell none anyway."""
    geo: bool = True
    served: bool = False
    """Whether the evidence comes from real name servers on loopback instead of the table."""


class Told(NamedTuple):
    """A record, judged."""

    truth: Truth
    klass: Class
    confidence: float
    count: int  # type: ignore[assignment]
    domain: str
    verdict: Verdict | None
    flow: Flow | None
    context: Context | None
    evidence: Evidence
    said: Said


Judged = tuple[Flow, Context, Verdict]
Arrivals = list[tuple[int, str, AggregateReport]]
Source = list[tuple[Flow, Context]]


class Row(NamedTuple):
    """A record with its truth; `flow` is None where DMARC passed."""

    truth: Truth
    flow: FlowKey | None
    count: int  # type: ignore[assignment]
    domain: str
    address: str
    said: Said


class Seen(NamedTuple):
    """All that the judge is told of a world, and the records that its verdicts are about."""

    sources: list[Source]
    evidence: dict[str, Evidence]
    rows: list[Row]


def judge_world(world: World, mode: Mode = Mode()) -> list[Told]:
    """All records of a world with their verdicts; the way is that of `flow`, without the registry."""
    return list(told_of(see_world(world, mode)))


def see_world(world: World, mode: Mode = Mode()) -> Seen:
    """A world through the store and the look-ups, up to the judge."""
    arrivals = _arrivals(world, mode)
    table = Table(world)
    geo = open_geo() if mode.geo else None
    with tempfile.TemporaryDirectory() as home:
        store = EmbeddedStore(StoreSettings(Path(home) / "facts.duckdb"))
        try:
            store.keep([Arrival(org, domain, n, report) for n, (org, domain, report) in enumerate(arrivals)])
            evidence = _gather(world, arrivals, table, geo, mode)
            store.keep_evidence([(e, group_of(e, BOOK)) for e in evidence.values()])
            sources = list(_sources(store, world, arrivals, table, mode))
        finally:
            store.close()
    return Seen(sources, evidence, list(_rows(world, arrivals)))


def told_of(seen: Seen) -> Iterator[Told]:
    """The records with the verdicts of the judge."""
    judged: dict[FlowKey, Judged] = {}
    for source in seen.sources:
        verdicts = classify_source(source, seen.evidence[source[0][0].key.source_ip], BOOK)
        for (flow, context), verdict in zip(source, verdicts, strict=True):
            judged[flow.key] = (flow, context, verdict)
    for row in seen.rows:
        evidence = seen.evidence[row.address]
        if row.flow is None:
            yield Told(row.truth, Class.NORMAL, 1.0, row.count, row.domain, None, None, None, evidence, row.said)
            continue
        flow, context, verdict = judged[row.flow]
        yield Told(row.truth, verdict.klass, verdict.confidence, row.count, row.domain, verdict, flow, context, evidence, row.said)


def _arrivals(world: World, mode: Mode) -> Arrivals:
    """The reports with their owners; muted where the mode says so."""
    numbers = {owner.name: (n, owner.domains) for n, owner in enumerate(world.owners, 1)}
    found = []
    for name, report in world.reports:
        org, domains = numbers[name]
        domain = max((d for d in domains if is_within(report.policy.domain, d)), key=len)
        found.append((org, domain, _muted(report) if _is_mute(report.reporter, mode.mute) else report))
    return found


def _is_mute(reporter: str, share: float) -> bool:
    return sum(reporter.encode()) % 100 < share * 100


def _muted(report: AggregateReport) -> AggregateReport:
    """The report without DKIM results; what aligned is still told."""
    made: dict[int, Said] = {}
    rows = []
    for address, count, said in report.rows:
        if id(said) not in made:
            made[id(said)] = replace(said, dkim=(), memo={})
        rows.append(Record(address, count, made[id(said)]))
    return replace(report, rows=Rows.of(rows))


def _gather(world: World, arrivals: Arrivals, table: Table, geo: Geo | None, mode: Mode) -> dict[str, Evidence]:
    addresses = {address for _, _, report in arrivals for address, _, _ in report.rows}
    if mode.served:
        from bench.accuracy.served import gathered  # it needs the servers' packages

        return gathered(world, addresses)
    if mode.dns:
        return {address: table.evidence(address, geo) for address in sorted(addresses)}
    if geo is None:
        return {address: Evidence(address) for address in addresses}
    return {
        a: Evidence(a, place=w.place, asn=w.asn, as_name=w.as_name, as_domain=w.as_domain)
        for a in addresses
        for w in [geo.lookup(a)]
    }


def _sources(store: EmbeddedStore, world: World, arrivals: Arrivals, table: Table, mode: Mode) -> Iterator[Source]:
    """The failing flows with their contexts, source by source."""
    domains: dict[int, set[str]] = defaultdict(set)
    for org, domain, _ in arrivals:
        domains[org].add(domain)
    parked = {domain for owner in world.owners for domain in owner.parked}
    for org, names in domains.items():
        bounds = store.bounds(org)
        assert bounds is not None
        flows = list(store.failing_flows(org, sorted(names), since=bounds[0], until=bounds[1]))
        for _, pairs in groupby(_with_own(flows, table, parked, mode), key=lambda pair: pair[0].key[1:3]):
            yield list(pairs)


def _with_own(flows: Sequence[tuple[Flow, Context]], table: Table, parked: set[str], mode: Mode) -> list[tuple[Flow, Context]]:
    """The contexts with what the own records say."""
    if not mode.dns:
        return [(flow, replace(context, is_parked=flow.key.domain in parked)) for flow, context in flows]
    wanted: dict[str, Wanted] = defaultdict(Wanted)
    for flow, _ in flows:
        want = wanted[flow.key.domain]
        want.addresses.add(flow.key.source_ip)
        want.names.add(flow.way.header_from)
        want.keys |= {(d.domain, d.selector) for d in flow.way.dkim if d.selector and aligned(d.domain, flow.key.domain)}
    own = {domain: table.own(domain, want, is_parked=domain in parked) for domain, want in wanted.items()}
    return [(flow, own_context(own[flow.key.domain], flow, context)) for flow, context in flows]


def _rows(world: World, arrivals: Arrivals) -> Iterator[Row]:
    for org, domain, report in arrivals:
        for n, (address, count, said) in enumerate(report.rows):
            truth = world.truth[report.reporter, report.report_id, n]
            passed = dkim_is_aligned(said, report.policy) or spf_is_aligned(said, report.policy)
            yield Row(truth, None if passed else FlowKey(org, domain, address, way_key(said)), count, domain, address, said)


def failed(told: Iterable[Told]) -> list[Told]:
    """The records that failed DMARC."""
    return [t for t in told if t.verdict is not None]


__all__ = ["Mode", "Seen", "Told", "failed", "judge_world", "see_world", "told_of"]
