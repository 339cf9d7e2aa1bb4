"""The sample world as aggregate reports: each stream's mail of a day, split among its hosts, ways and reporters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from sekisho.core.reports.values import AggregateReport, PolicyPublished, Reason, Record, Rows, Said
from sekisho.core.reports.write import NAMESPACE
from sekisho.core.terms import Aligned, AlignmentMode, Disposition, Generation, Override, Policy
from sekisho.sample.cast import Host
from sekisho.sample.dice import amount, dice
from sekisho.sample.reporters import REPORTERS, Reporter
from sekisho.sample.streams import DOMAINS, STREAMS, OwnDomain, Passage, Stream

FEW = 400
"""Up to this many messages are dealt one by one; more are drawn a cell at a time."""

DAY_S = 86400


@dataclass(frozen=True, slots=True)
class World:
    """What happens in a world; the default is the sample organisation."""

    domains: tuple[OwnDomain, ...] = DOMAINS
    streams: tuple[Stream, ...] = STREAMS
    reporters: tuple[Reporter, ...] = REPORTERS


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a message of a stream may end up."""

    host: Host
    passage: Passage
    reporter: Reporter


class Telling:
    """Turns a passage into what a reporter says of it; equal words are one object, as in a report that was read."""

    def __init__(self) -> None:
        self._told: dict[tuple[object, ...], Said] = {}

    def said(self, stream: Stream, cell: Cell, policy: Policy, envelope_to: str = "") -> Said:
        """The record but for address and count."""
        key = (stream.header_from, cell.passage, cell.reporter.name, policy, envelope_to)
        found = self._told.get(key)
        if found is None:
            found = self._told[key] = _said(stream.header_from, cell.passage, cell.reporter, policy, envelope_to)
        return found


def _said(header_from: str, passage: Passage, reporter: Reporter, policy: Policy, envelope_to: str) -> Said:
    """What the reporter did and says it did."""
    disposition, reasons = _decide(passage, reporter, policy)
    return Said(
        disposition=disposition,
        dkim_aligned=Aligned.PASS if passage.dkim_aligned else Aligned.FAIL,
        spf_aligned=Aligned.PASS if passage.spf_aligned else Aligned.FAIL,
        reasons=reasons,
        header_from=header_from,
        envelope_from=passage.envelope_from,
        envelope_to=envelope_to,
        dkim=passage.dkim,
        spf=passage.spf,
    )


def _decide(passage: Passage, reporter: Reporter, policy: Policy) -> tuple[Disposition, tuple[Reason, ...]]:
    """Disposition and its reasons (RFC 9990, 3.1.1.9)."""
    is_new = reporter.habit.generation is Generation.RFC9990
    if passage.dkim_aligned or passage.spf_aligned:
        return (Disposition.PASS if is_new and policy is not Policy.NONE else Disposition.NONE), ()
    if reporter.sees_detours and passage.excuse is not Override.ABSENT:
        return Disposition.NONE, (Reason(passage.excuse, passage.comment),)
    if policy is Policy.NONE:
        return Disposition.NONE, ()
    if reporter.is_lenient:
        return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "delivered by local policy"),)
    return Disposition(policy.value), ()


def reports(world: World, seed: int, last_day: int, days: int) -> Iterator[tuple[Reporter, AggregateReport]]:
    """The reports on the days up to `last_day` (days since 1970-01-01), the oldest first; the same for the same arguments."""
    stage = _Stage(world, seed, last_day)
    for day in range(last_day - days + 1, last_day + 1):
        yield from stage.play(day)


class _Stage:
    """A world with its dice."""

    def __init__(self, world: World, seed: int, last_day: int) -> None:
        self.world = world
        self.seed = seed
        self.last_day = last_day
        self._telling = Telling()
        self._cells = {stream.name: _cells(stream, world.reporters) for stream in world.streams}

    def play(self, day: int) -> Iterator[tuple[Reporter, AggregateReport]]:
        """One report for each reporter and domain that had mail on the day."""
        policies = {domain.name: domain.policy(day, self.last_day) for domain in self.world.domains}
        records: dict[tuple[str, str], list[Record]] = {}
        for stream in self.world.streams:
            self._send(stream, day, policies[stream.domain], records)
        for domain, policy in policies.items():
            for reporter in self.world.reporters:
                if rows := records.get((domain, reporter.name)):
                    rng = dice(self.seed, "report", reporter.name, domain, day)
                    rng.shuffle(rows)
                    yield reporter, told(rng, day, published(domain, policy, reporter), reporter, Rows.of(rows))

    def _send(self, stream: Stream, day: int, policy: Policy, records: dict[tuple[str, str], list[Record]]) -> None:
        """The mail of a stream on a day, as rows of those who receive it."""
        rng = dice(self.seed, "stream", stream.name, day)
        messages = amount(rng, stream.rhythm.mean(day, self.last_day))
        for cell, count in _deal(rng, messages, *self._cells[stream.name]):
            rows = records.setdefault((stream.domain, cell.reporter.name), [])
            for envelope_to, part in _split(rng, count, cell.reporter.recipients):
                rows.append(Record(cell.host.address, part, self._telling.said(stream, cell, policy, envelope_to)))


def _cells(stream: Stream, reporters: tuple[Reporter, ...]) -> tuple[list[Cell], list[float]]:
    """All cells of a stream and their running shares, which end at 1."""
    reach = dict(stream.reach) or {r.name: r.share for r in reporters if not r.sees or stream.domain in r.sees}
    seen = [(r, reach[r.name]) for r in reporters if r.name in reach]
    weights = stream.weights or (1.0,) * len(stream.hosts)
    cells: list[Cell] = []
    shares: list[float] = []
    for host, weight in zip(stream.hosts, weights, strict=True):
        for passage in stream.passages:
            for reporter, share in seen:
                cells.append(Cell(host, passage, reporter))
                shares.append(weight * passage.share * share)
    total = sum(shares)
    return cells, list(accumulate(share / total for share in shares))


def _deal(rng: Random, messages: int, cells: list[Cell], shares: list[float]) -> Iterator[tuple[Cell, int]]:
    """The messages dealt to the cells; only cells that got any."""
    if messages <= FEW:
        dealt = Counter(rng.choices(range(len(cells)), cum_weights=shares, k=messages))
        yield from ((cells[index], count) for index, count in sorted(dealt.items()))
        return
    before = 0.0
    for cell, until in zip(cells, shares, strict=True):
        count = amount(rng, messages * (until - before))
        before = until
        if count:
            yield cell, count


def _split(rng: Random, count: int, recipients: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """A count by recipient domain, for reporters that tell it."""
    if not recipients:
        yield "", count
        return
    for recipient in recipients[:-1]:
        part = min(count, round(count * rng.random()))
        if part:
            yield recipient, part
        count -= part
    if count:
        yield recipients[-1], count


def published(domain: str, policy: Policy, reporter: Reporter) -> PolicyPublished:
    """The policy as the reporter found it."""
    relaxed = AlignmentMode.RELAXED
    if reporter.habit.generation is Generation.RFC9990:
        return PolicyPublished(domain, policy, policy, adkim=relaxed, aspf=relaxed, testing="n", discovery_method="psl")
    return PolicyPublished(domain, policy, policy, adkim=relaxed, aspf=relaxed, pct=100, fo="0")


def told(rng: Random, day: int, policy: PolicyPublished, reporter: Reporter, rows: Rows) -> AggregateReport:
    """A day's report of one reporter on one domain."""
    begin = day * DAY_S
    n, few, hexadecimal = rng.randrange(10**19), rng.randrange(10**6), f"{rng.getrandbits(128):032x}"
    return AggregateReport(
        org_name=reporter.name,
        email=reporter.email,
        extra_contact_info=reporter.contact,
        report_id=reporter.report_id.format(n=n, few=few, hex=hexadecimal, begin=begin),
        begin=begin,
        end=begin + reporter.habit.end_slack,
        policy=policy,
        rows=rows,
        generation=reporter.habit.generation,
        namespace=NAMESPACE if reporter.habit.generation is Generation.RFC9990 else "",
        version="1.0",
    )
