"""The staircase: open, whose, gather, keep, judge. What comes in goes down these steps, in batches, exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sekisho.core.errors import LookupFailed, NotAReport, ReadError, StoreError, TooLarge
from sekisho.core.facts import Evidence, Group
from sekisho.core.judge.classify import classify
from sekisho.core.judge.sources import Book, group_of
from sekisho.core.names import organizational_domain
from sekisho.core.reports.open import Opened, open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, Report, TlsReport
from sekisho.core.terms import Outcome
from sekisho.enrich.gather import Gatherer
from sekisho.registry import deliveries
from sekisho.registry.decisions import Decisions
from sekisho.registry.deliveries import Settled, Waiting
from sekisho.registry.domains import Owners
from sekisho.store.base import Arrival, Judged, Kept, Store

log = logging.getLogger(__name__)
GATHER_AT_ONCE = 4096
"""Addresses whose evidence at hand is gathered in one go."""
EVER = 1 << 30
"""A day after all days."""


@dataclass(frozen=True, slots=True)
class House:
    """What the steps need: the rooms, opened."""

    store: Store
    book: Book
    gatherer: Gatherer
    now: Callable[[], int]
    """Unix seconds."""


@dataclass(slots=True)
class Step:
    """A delivery on the stairs."""

    waiting: Waiting
    opened: Opened | None = None
    refused: ReadError | None = None
    arrivals: list[Arrival] | None = None
    tls: list[tuple[str, TlsReport]] | None = None
    strays: list[str] | None = None
    kept: list[Kept] | None = None


def drain(house: House, *, limit: int = 1000) -> list[Settled]:
    """Takes one batch of waiting deliveries through all steps but the judge and settles them; empty when none waits.

    1. take a batch, open each: what cannot be read has a reason
    2. find whose each report is: registered domain, adopted, or stray
    3. gather the evidence at hand on its addresses
    4. keep reports and facts in one transaction; a report that is there already changes nothing
    5. settle the deliveries, after the commit
    A process killed between 4 and 5 does the batch again and finds its own reports: they count as kept.
    """
    batch = deliveries.take(limit=limit)
    if not batch:
        return []
    steps = [_open(waiting) for waiting in batch]
    owners = Owners()
    for step in steps:
        _whose(step, owners)
    try:
        _keep(house, steps)
    except StoreError:
        log.exception("a batch of %d deliveries could not be kept; trying one by one", len(steps))
        for step in steps:
            _keep_alone(house, step)
    settled = [_settled(step) for step in steps]
    deliveries.finish(settled)
    return settled


def judge_touched(house: House) -> int:
    """Judges what has grown since it was judged last; returns flows whose verdict changed."""
    changed = 0
    for org, domain in house.store.touched():
        changed += judge(house, org, domain, why="new_reports")
        house.store.settle_touched(org, domain)
    return changed


def judge(house: House, org: int, domain: str, *, why: str, addresses: Sequence[str] | None = None) -> int:
    """Judges the failing flows of a domain, all or of some addresses; returns flows whose verdict changed."""
    flows = list(house.store.failing_flows(org, domain, since=0, until=EVER, addresses=addresses))
    if not flows:
        return 0
    known = house.store.evidence({flow.key.source_ip for flow, _ in flows})
    decisions = Decisions(org)

    def verdicts() -> Iterator[Judged]:
        for flow, context in flows:
            ip = flow.key.source_ip
            evidence, group = known.get(ip) or (Evidence(ip), Group("unknown", ""))
            word = decisions.on(group.key, ip, domain)
            yield Judged(
                flow.key, classify(flow, evidence, context if word is None else replace(context, decision=word), house.book)
            )

    with house.store.transaction():
        return house.store.judged(verdicts(), at=house.now(), why=why)


def look_up(house: House, *, limit: int = 2000, older_than: int = 0) -> int:
    """Gathers evidence from the network for addresses that lack it; returns how many were looked up."""
    if not house.gatherer.can_look_up:
        return 0
    wanted = house.store.unknown_addresses(limit=limit, older_than=older_than)
    found = []
    try:
        for evidence in house.gatherer.look_up(wanted):
            found.append((evidence, group_of(evidence, house.book)))
    except LookupFailed as error:
        log.warning("%s", error)
    if found:
        with house.store.transaction():
            house.store.keep_evidence(found)
    return len(found)


def _open(waiting: Waiting) -> Step:
    try:
        return Step(waiting, opened=open_delivery(waiting.data, name=waiting.name))
    except ReadError as error:
        return Step(waiting, refused=error)
    except Exception:  # one delivery never stops the others; it is kept with its reason and can be read again
        log.exception("delivery %d could not be read", waiting.id)
        return Step(waiting, refused=ReadError("it made the reader fail; this is a fault of Sekisho and was logged"))


def _whose(step: Step, owners: Owners) -> None:
    step.arrivals, step.tls, step.strays = [], [], []
    for report in step.opened.reports if step.opened else ():
        for name, piece in _claims(report):
            owner = owners.owner(step.waiting.org, name)
            if owner is None and step.waiting.adopt:
                owner = owners.register(step.waiting.org, name)
            if owner is None:
                step.strays.append(name)
            elif isinstance(piece, AggregateReport):
                step.arrivals.append(Arrival(step.waiting.org, owner, step.waiting.id, piece))
            else:
                step.tls.append((owner, piece))


def _claims(report: Report) -> Iterator[tuple[str, AggregateReport | TlsReport]]:
    """The domains a report is about: one of an aggregate report, one or more of a TLS report."""
    if isinstance(report, AggregateReport):
        yield report.policy.domain, report
    elif isinstance(report, TlsReport):
        for name in dict.fromkeys(organizational_domain(p.policy_domain) for p in report.policies):
            mine = tuple(p for p in report.policies if organizational_domain(p.policy_domain) == name)
            yield name, replace(report, policies=mine)


def _keep(house: House, steps: Sequence[Step]) -> None:
    arrivals = [arrival for step in steps for arrival in step.arrivals or ()]
    with house.store.transaction():
        _gather_at_hand(house, arrivals)
        kept = iter(house.store.keep(arrivals))
        for step in steps:
            step.kept = list(islice(kept, len(step.arrivals or ())))
            step.kept += [house.store.keep_tls(step.waiting.org, owner, step.waiting.id, tls) for owner, tls in step.tls or ()]


def _keep_alone(house: House, step: Step) -> None:
    try:
        _keep(house, [step])
    except StoreError as error:
        log.exception("delivery %d could not be kept", step.waiting.id)
        step.refused, step.arrivals, step.tls, step.kept = ReadError(str(error)), [], [], []


def _gather_at_hand(house: House, arrivals: Sequence[Arrival]) -> None:
    """Evidence that needs no network, for addresses never seen, so that their facts begin in the right group."""
    fresh: set[str] = set()
    for arrival in arrivals:
        for _, addresses, _, _ in arrival.report.rows.blocks():
            fresh.update(addresses)
            if len(fresh) >= GATHER_AT_ONCE:
                _gather_some(house, fresh)
                fresh.clear()
    _gather_some(house, fresh)


def _gather_some(house: House, addresses: set[str]) -> None:
    unknown = addresses.difference(house.store.evidence(addresses))
    if unknown:
        found = house.gatherer.at_hand(sorted(unknown))
        house.store.keep_evidence([(evidence, group_of(evidence, house.book)) for evidence in found])


def _settled(step: Step) -> Settled:
    number, opened = step.waiting.id, step.opened
    if step.refused is not None or opened is None:
        return _refused(step)
    reports = opened.reports
    return Settled(
        number,
        _outcome(step),
        "; ".join(str(problem) for problem in opened.problems),
        reports=len(reports),
        records=sum(_size(report)[0] for report in reports),
        messages=sum(_size(report)[1] for report in reports),
        subject=opened.head.subject,
        strays=tuple(step.strays or ()),
    )


def _refused(step: Step) -> Settled:
    error = step.refused or ReadError("it could not be read")
    outcome = Outcome.NOT_A_REPORT if isinstance(error, NotAReport) and not isinstance(error, TooLarge) else Outcome.BROKEN
    return Settled(step.waiting.id, outcome, str(error))


def _outcome(step: Step) -> Outcome:
    kept = step.kept or []
    if any(k.is_new or k.first_delivery == step.waiting.id for k in kept):
        return Outcome.KEPT
    if kept:
        return Outcome.DUPLICATE
    if step.strays:
        return Outcome.STRAY
    return Outcome.KEPT  # failure reports: kept in the archive


def _size(report: Report) -> tuple[int, int]:
    """Records and messages of a report; of a TLS report policies and sessions."""
    if isinstance(report, AggregateReport):
        return len(report.rows), report.rows.messages
    if isinstance(report, FailureReport):
        return 1, 1
    return len(report.policies), sum(policy.sessions for policy in report.policies)
