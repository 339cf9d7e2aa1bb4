"""Campaigns: suspected spoofing from sources that began together and have something in common; a pure clustering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.facts import Way
from sekisho.core.names import aligned, organizational_domain
from sekisho.core.terms import AuthResult
from sekisho.core.ways import key63

TOGETHER_DAYS = 1
"""Sources belong together that began at most so many days after the first of them."""
LEAST_SOURCES = 3
"""Two that begin on one day are chance."""
OPEN_DAYS = 7
"""A campaign is open while it sent within so many days."""
MOST_CAMPAIGNS = 100
NEWS_DAYS, NEWS_MESSAGES = 14, 100
"""What began longer ago than this and sent fewer messages is no news any more: some spoofers send a little for ever."""


class Beginning(NamedTuple):
    """A source of suspected spoofing: when it began and what it does. Days are days since 1970-01-01 (UTC)."""

    source_ip: str
    group: str
    network: str
    asn: int
    as_name: str
    country: str
    domains: tuple[str, ...]
    ways: tuple[Way, ...]
    first_day: int
    last_day: int
    messages: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """Sources that began together; the busiest source first."""

    key: int
    """The same as long as the source that began first is the same."""
    sources: tuple[Beginning, ...]
    traits: tuple[str, ...]
    """What they have in common: `group:…`, `network:…`, `as:…`, `envelope:…`, `dkim:…`; the commonest first."""

    @property
    def first_day(self) -> int:
        """The day on which it began."""
        return min(source.first_day for source in self.sources)

    def is_news(self, day: int) -> bool:
        """Whether it began a short time before a day, or sends much."""
        return self.first_day > day - NEWS_DAYS or self.messages >= NEWS_MESSAGES

    @property
    def last_day(self) -> int:
        """The last day on which it was seen."""
        return max(source.last_day for source in self.sources)

    @property
    def messages(self) -> int:
        """Messages of all its sources."""
        return sum(source.messages for source in self.sources)

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains it forges."""
        return tuple(sorted({domain for source in self.sources for domain in source.domains}))

    def counted(self, name: str) -> list[tuple[str, int]]:
        """Sources by one of their values (`country`, `network`, `group`, `as_name`), the commonest first."""
        counts: dict[str, int] = defaultdict(int)
        for source in self.sources:
            counts[str(getattr(source, name))] += 1
        return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def traits(source: Beginning) -> frozenset[str]:
    """What a source may have in common with others. Mail that merely has no signature has nothing in common."""
    found = set()
    if source.group.startswith(("svc.", "dom.", "claim.")):
        found.add(f"group:{source.group}")
    if source.network:
        found.add(f"network:{source.network}")
    if source.asn:
        found.add(f"as:{source.asn}")
    for way in source.ways:
        envelope = organizational_domain(way.envelope_from) if way.envelope_from else ""
        if envelope and not aligned(envelope, way.header_from):
            found.add(f"envelope:{envelope}")
        for auth in way.dkim:
            if auth.result is not AuthResult.PASS and auth.selector:
                found.add(f"dkim:{auth.selector}._domainkey.{auth.domain}")
            elif auth.domain and not aligned(auth.domain, way.header_from):
                found.add(f"dkim:{organizational_domain(auth.domain)}")
    return frozenset(found)


def cluster(sources: Iterable[Beginning]) -> list[Campaign]:
    """The campaigns among the sources, the newest first, at most `MOST_CAMPAIGNS`.

    In the order of their first days a source joins what began at most `TOGETHER_DAYS` before it, forges a domain it forges
    too, and shares a trait; what it shares with two makes these one.
    """
    parts: dict[int, list[Beginning]] = {}
    of: dict[tuple[str, str], int] = {}
    began: dict[int, int] = {}
    merged: dict[int, int] = {}
    for number, source in enumerate(sorted(sources, key=lambda s: (s.first_day, s.source_ip))):
        mine = traits(source)
        pairs = [(domain, trait) for domain in source.domains for trait in mine]
        known = {_last(merged, of[pair]) for pair in pairs if pair in of}
        near = {part for part in known if source.first_day - began[part] <= TOGETHER_DAYS}
        home = min(near, default=number)
        parts.setdefault(home, []).append(source)
        began.setdefault(home, source.first_day)
        for other in near - {home}:
            parts[home] += parts.pop(other)
            began[home] = min(began[home], began[other])
            merged[other] = home
        of.update(dict.fromkeys(pairs, home))
    found = [_campaign(part) for part in parts.values() if len(part) >= LEAST_SOURCES]
    return sorted(found, key=lambda c: (-c.first_day, -c.messages, c.key))[:MOST_CAMPAIGNS]


def _last(merged: dict[int, int], part: int) -> int:
    """The part that a part has become."""
    last = part
    while last in merged:
        last = merged[last]
    while part != last:  # the way is remembered, so that it is never long
        following = merged[part]
        merged[part] = last
        part = following
    return last


def _campaign(part: Sequence[Beginning]) -> Campaign:
    first = min(part, key=lambda s: (s.first_day, s.source_ip))
    counts: dict[str, int] = defaultdict(int)
    for source in part:
        for trait in traits(source):
            counts[trait] += 1
    shared = sorted((trait for trait, count in counts.items() if count > 1), key=lambda trait: (-counts[trait], trait))
    ordered = tuple(sorted(part, key=lambda s: (-s.messages, s.source_ip)))
    return Campaign(key63("campaign", first.first_day, first.source_ip), ordered, tuple(shared))
