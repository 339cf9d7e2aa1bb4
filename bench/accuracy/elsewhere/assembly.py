"""Puts the world together: plays all kinds, lets the receivers judge each mail, and makes their daily reports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random
from typing import NamedTuple

from bench.accuracy.elsewhere import faults_own, faults_services, forwards, lists, spoofs_guises, spoofs_networks
from bench.accuracy.elsewhere.chance import amount, dice
from bench.accuracy.elsewhere.dns import Dns
from bench.accuracy.elsewhere.kinds import KINDS, Play, played
from bench.accuracy.elsewhere.mail import Host, Stream
from bench.accuracy.elsewhere.owners import Domain, cast, ordinary, settle
from bench.accuracy.elsewhere.places import LISTS, Places
from bench.accuracy.elsewhere.receivers import BY_NAME, REPORTERS, Reporter
from bench.accuracy.elsewhere.services import publish_services
from bench.accuracy.elsewhere.spf import Checker
from bench.accuracy.elsewhere.verdicts import Evaluator, Words
from bench.accuracy.labels import DAYS, Key, Owner, Truth, World

from sekisho.core.reports.values import AggregateReport, PolicyPublished, Record, Rows, Said
from sekisho.core.terms import Class, Generation, Policy

FIRST = 1_772_323_200
"""Day 0: Sunday, 1 March 2026, 00:00 UTC."""
DAY_S = 86_400
VOLUME = {Class.FAILING: 0.4, Class.FORWARDED: 0.8}
"""Part of the amounts that the kinds (and the ordinary mail) name, so that a world has some 40,000 rows."""
ROOMS = (faults_own, faults_services, forwards, lists, spoofs_networks, spoofs_guises)
"""Imported for their kinds."""


class Line(NamedTuple):
    """What makes two mails one row."""

    ip: str
    words: Words


@dataclass
class Desk:
    """What one reporter has counted for one domain on one day: for each row, how many mails of which truth."""

    rows: dict[Line, Counter[Truth]] = field(default_factory=lambda: defaultdict(Counter))


Desks = dict[tuple[int, str, str], Desk]
"""By day, reporter and registered domain."""


def assemble(seed: int, kinds: frozenset[str] | None) -> World:
    """The world of a seed, limited to some kinds of trouble."""
    dns = Dns()
    places = Places(seed, dns)
    publish_services(dns, dice(seed, "services"))
    domains = cast(dice(seed, "cast"))
    settle(domains, dns, places, dice(seed, "settle"))
    streams = list(ordinary(domains))
    for kind in KINDS.values():
        if kinds is None or kind.name in kinds:
            play = Play(seed, kind.name, dns, places, domains, dice(seed, "kind", kind.name))
            streams += played(kind, play)
    desks = _count(seed, streams, domains, Evaluator(dns, Checker(dns)))
    reports, truth = _write(desks, {domain.name: domain for domain in domains})
    listings = {zone: frozenset(places.listings[zone]) for zone in LISTS}
    return World("elsewhere", seed, _owners(domains), reports, truth, dns.zone(), listings)


def _owners(domains: list[Domain]) -> tuple[Owner, ...]:
    found = []
    for name in dict.fromkeys(domain.owner for domain in domains):
        own = [domain for domain in domains if domain.owner == name]
        parked = tuple(domain.name for domain in own if domain.parked)
        untroubled = tuple(domain.name for domain in own if not domain.troubled)
        found.append(Owner(name, tuple(domain.name for domain in own), parked, untroubled))
    return tuple(found)


def _count(seed: int, streams: list[Stream], domains: list[Domain], evaluator: Evaluator) -> Desks:
    """Lets every mail arrive."""
    by_name = {domain.name: domain for domain in domains}
    desks: Desks = defaultdict(Desk)
    for number, stream in enumerate(streams):
        rng = dice(seed, "stream", stream.kind, stream.domain, number)
        domain = by_name[stream.domain]
        for day, reporter, host, count in _arrivals(stream, rng):
            words = evaluator.words(stream.mail, host, domain, reporter, day, rng)
            klass = Class.NORMAL if words.passes else stream.klass
            kind = "receiver_dns" if stream.kind == "ordinary" and not words.passes else stream.kind
            truth = Truth(klass, kind, stream.hard and not words.passes, host.ip)
            desks[day, reporter.name, domain.name].rows[Line(host.ip, words)][truth] += count
    return desks


def _arrivals(stream: Stream, rng: Random) -> Iterator[tuple[int, Reporter, Host, int]]:
    """Day, reporter, host and number of mails, for all days."""
    rhythm = stream.rhythm
    receivers = [BY_NAME[name] for name in stream.audience] or list(REPORTERS)
    shares = [1 / len(receivers)] * len(receivers) if stream.audience else [receiver.share for receiver in receivers]
    for day in range(max(0, rhythm.start), min(DAYS, rhythm.end)):
        if rng.random() >= rhythm.chance:
            continue
        mean = rhythm.mean * VOLUME.get(stream.klass, 1.0) * (rhythm.weekend if day % 7 in (0, 6) else 1.0) / len(stream.hosts)
        for receiver, share in zip(receivers, shares, strict=True):
            for host in stream.hosts:
                count = amount(rng, mean * share * receiver.sampled)
                if count:
                    yield day, receiver, host, count


def _write(desks: Desks, domains: dict[str, Domain]) -> tuple[list[tuple[str, AggregateReport]], dict[Key, Truth]]:
    """The reports, the oldest first, and the truth of their rows; a row with mail of two kinds has the truth of most of it."""
    reports, truth = [], {}
    saids: dict[Words, Said] = {}
    for day, name, domain in sorted(desks):
        desk, reporter, owner = desks[day, name, domain], BY_NAME[name], domains[domain]
        report_id = _report_id(reporter, domain, day)
        records = []
        for row, (line, counted) in enumerate(desk.rows.items()):
            most = counted.most_common(1)[0][0]
            mixed = len({each.klass for each in counted}) > 1
            truth[name, report_id, row] = most._replace(hard=most.hard or mixed)
            said = saids.setdefault(line.words, Said(*line.words))
            records.append(Record(line.ip, counted.total(), said))
        reports.append((owner.owner, _report(reporter, owner, report_id, day, Rows.of(records))))
    return reports, truth


def _report_id(reporter: Reporter, domain: str, day: int) -> str:
    digest = sha256(f"{reporter.name}/{domain}/{day}".encode()).hexdigest()
    return str(int(digest[:15], 16)) if reporter.name == "google.com" else digest[:32]


def _report(reporter: Reporter, domain: Domain, report_id: str, day: int, rows: Rows) -> AggregateReport:
    begin = FIRST + day * DAY_S - reporter.hours * 3600
    new = reporter.generation is Generation.RFC9990
    step = domain.step(day)
    mode = domain.mode
    policy = PolicyPublished(
        domain.name,
        step.p,
        Policy.ABSENT if reporter.name == "Yahoo" else step.sp,
        step.sp if new else Policy.ABSENT,
        mode,
        mode,
        None if new else 100,
        discovery_method="treewalk" if new else "",
    )
    return AggregateReport(
        reporter.name, reporter.email, "", report_id, begin, begin + DAY_S - 1, policy, rows, generation=reporter.generation
    )


def kinds_of(world: World) -> Iterator[str]:
    """The kinds that have rows in a world, each once."""
    yield from dict.fromkeys(truth.kind for truth in world.truth.values())
