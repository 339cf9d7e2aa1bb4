"""Big worlds for benchmarks: as many facts as wished, told by the sample's streams and reporters on many domains."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from sekisho.core.reports.values import AggregateReport, DkimAuth, Rows, Said, SpfAuth
from sekisho.core.terms import Policy
from sekisho.sample.dice import dice
from sekisho.sample.reporters import REPORTERS, Reporter
from sekisho.sample.streams import STREAMS, Passage, Stream
from sekisho.sample.world import Cell, Telling, published, told

COUNTS = (1, 1, 1, 1, 1, 2, 2, 3, 4, 6, 9, 14, 25, 60, 200)
"""Messages of a row: most rows tell of one message, a few of hundreds."""

PARTS = (("own", 0.10), ("groupware", 0.06), ("provider", 0.22), ("erp", 0.02), ("survey", 0.05), ("bots", 0.40), ("invaded", 0.15))
"""Which streams of the sample the addresses of a domain belong to, the busiest first, and their shares of the addresses."""

SLOTS = 128
"""Pieces into which the ways of a stream are cut; rarer ways than one in 128 are left out."""

POLICIES = (Policy.NONE, Policy.NONE, Policy.QUARANTINE, Policy.REJECT)


@dataclass(frozen=True, slots=True)
class Size:
    """How big a world is."""

    facts: int
    """Rows of all reports together, exactly."""
    last_day: int
    """Days since 1970-01-01."""
    days: int = 90
    domains: int = 20
    reporters: int = 60
    addresses: int = 20_000
    """Of all domains together; each domain sees a part, which overlaps with its neighbours'."""


def bulk_reports(seed: int, size: Size) -> Iterator[AggregateReport]:
    """Reports with `size.facts` rows in all, the oldest first; one of each reporter on each domain a day while rows last.

    Sizes of reports, activity of addresses and counts are heavy-tailed. IPv4 addresses are those for benchmarks (RFC 2544).
    """
    domains = [BulkDomain(seed, number, size) for number in range(size.domains)]
    reporters = bulk_reporters(size.reporters)
    shares = [(domain.share * _slope(rank), domain, reporter) for domain in domains for rank, reporter in enumerate(reporters)]
    whole = sum(share for share, _, _ in shares) * size.days
    done, before = 0, 0.0
    for day in range(size.last_day - size.days + 1, size.last_day + 1):
        for share, domain, reporter in shares:
            before += share
            rows = round(size.facts * before / whole) - done
            if rows:
                done += rows
                yield domain.report(day, reporter, rows)


def _slope(rank: int) -> float:
    """The weight of a rank: the usual long tail."""
    return 1 / (rank + 2)


def bulk_reporters(number: int) -> list[Reporter]:
    """The sample's reporters, then smaller ones with the same habits."""
    reporters = list(REPORTERS[:number])
    for at in range(len(reporters), number):
        name = f"mx{at}.example.net"
        reporters.append(replace(REPORTERS[at % len(REPORTERS)], name=name, domain=name, email=f"dmarc@{name}"))
    return reporters


def address(number: int) -> str:
    """The number's address: three of four are IPv4."""
    if number % 4 == 3:
        return f"2001:db8:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}::25"
    return f"198.{18 + (number >> 16 & 1)}.{number >> 8 & 0xFF}.{number & 0xFF}"


class BulkDomain:
    """A domain of a big world, its addresses and their ways."""

    def __init__(self, seed: int, number: int, size: Size) -> None:
        self.name = "example.com" if number == 0 else f"d{number}.example"
        self.share = _slope(number)
        self.policy = POLICIES[number % len(POLICIES)]
        self._seed = seed
        self._telling = Telling()
        own = max(50, min(size.addresses, size.addresses * 4 // size.domains))
        start = number * size.addresses // size.domains
        self._addresses = [address((start + at) % size.addresses) for at in range(own)]
        self._weights = list(accumulate(_slope(at) for at in range(own)))
        self._streams = [_renamed(stream, self.name) for stream in _models()]
        bounds = [bound * own for bound in accumulate(share for _, share in PARTS)]
        self._kinds = [min(bisect(bounds, at), len(PARTS) - 1) for at in range(own)]
        self._tables: dict[str, list[list[Said]]] = {}

    def report(self, day: int, reporter: Reporter, number: int) -> AggregateReport:
        """A report with so many rows; an address keeps to its stream."""
        rng = dice(self._seed, "bulk", self.name, reporter.name, day)
        if reporter.name not in self._tables:
            self._tables[reporter.name] = [self._table(stream, reporter) for stream in self._streams]
        tables = self._tables[reporter.name]
        rows = Rows()
        chosen = rng.choices(range(len(self._addresses)), cum_weights=self._weights, k=number)
        slots = rng.choices(range(SLOTS), k=number)
        for at, slot, count in zip(chosen, slots, rng.choices(COUNTS, k=number), strict=True):
            rows.append(self._addresses[at], count, tables[self._kinds[at]][slot])
        return told(rng, day, published(self.name, self.policy, reporter), reporter, rows)

    def _table(self, stream: Stream, reporter: Reporter) -> list[Said]:
        """What the reporter says of mail of a stream, as often as it occurs."""
        bounds = list(accumulate(passage.share for passage in stream.passages))
        recipients = reporter.recipients or ("",)
        return [
            self._telling.said(
                stream,
                Cell(stream.hosts[0], stream.passages[bisect(bounds, (slot + 0.5) / SLOTS * bounds[-1])], reporter),
                self.policy,
                recipients[slot % len(recipients)],
            )
            for slot in range(SLOTS)
        ]


def _models() -> list[Stream]:
    """The sample's streams that `PARTS` names."""
    found = {stream.name.partition(" example.co.jp")[0]: stream for stream in reversed(STREAMS)}
    return [found[name] for name, _ in PARTS]


def _renamed(stream: Stream, name: str) -> Stream:
    """The same stream for another domain."""
    old = stream.header_from

    def new(domain: str) -> str:
        return name if domain == old else domain

    def renamed(passage: Passage) -> Passage:
        return replace(
            passage,
            dkim=tuple(DkimAuth(new(d.domain), d.selector, d.result) for d in passage.dkim),
            spf=tuple(SpfAuth(new(s.domain), s.scope, s.result) for s in passage.spf),
            envelope_from=new(passage.envelope_from),
        )

    return replace(stream, domain=name, header_from=name, passages=tuple(renamed(p) for p in stream.passages))
