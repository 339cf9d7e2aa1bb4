"""The staircase: open, whose, keep, gather, judge. What comes in goes down these steps, in batches, exactly once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice
from operator import itemgetter

from sekisho.core.errors import LookupFailed, NotAReport, ReadError, StoreError, TooLarge
from sekisho.core.facts import Context, Evidence, Flow, Group
from sekisho.core.judge.classify import classify_source
from sekisho.core.judge.sources import Book, group_of
from sekisho.core.migrate.names import twins
from sekisho.core.names import organizational_domain
from sekisho.core.reports.incident import without_people
from sekisho.core.reports.open import Opened, open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, Report, TlsPolicy, TlsReport
from sekisho.core.state.own import OwnView
from sekisho.core.terms import SECONDS_A_DAY, Class, Outcome
from sekisho.enrich.address import askable
from sekisho.enrich.gather import Gatherer
from sekisho.registry import deliveries, failures, listings, networks
from sekisho.registry.decisions import Decisions
from sekisho.registry.deliveries import Settled, Waiting
from sekisho.registry.domains import Owners
from sekisho.registry.models import NetworkOwner
from sekisho.registry.states import own_of
from sekisho.store.base import Arrival, Judged, Kept, Store, TlsArrival
from sekisho.store.query import Filter, HostSum, Page

log = logging.getLogger(__name__)
JUDGE_AT_ONCE = 4000
"""Flows in memory at a time while they are judged; some 0.5 kB each."""
JUDGE_ROWS = 200_000
"""Portions of a quarter take 40 MiB less and a fifth longer: each walks through all facts."""
GATHER_AT_ONCE = 16_384
"""Addresses whose evidence at hand is gathered in one go."""
LISTED_AGAIN_S = 86_400
"""Addresses on a list are asked about daily, others weekly."""
OWNERS_A_DAY = 200
"""Networks that registries are asked about in a day without anybody looking at a page; they ask for restraint."""
SPOOFERS_LOOKED_AT = 100
SPOOFERS_SINCE_DAYS = 30
MOST_WHY = 300
"""Characters of the reason why a registry did not tell."""


@dataclass(frozen=True, slots=True)
class House:
    """What the steps need: the rooms, opened."""

    store: Store
    book: Book
    gatherer: Gatherer
    now: Callable[[], int]
    """Unix seconds."""
    step_back: Callable[[], None] = lambda: None
    """Called between small pieces of work, so that pages go first where there are any."""
    judge_rows: int = JUDGE_ROWS
    """Rows of the domains that are judged together, unless a single one has more."""
    aside: Callable[[], object] = lambda: None
    """Called between two portions of the judge, so that what has come in need not wait for all of them."""


@dataclass(slots=True)
class Step:
    """A delivery on the stairs."""

    waiting: Waiting
    opened: Opened | None = None
    refused: ReadError | None = None
    arrivals: list[Arrival] | None = None
    tls: list[tuple[str, TlsReport]] | None = None
    failures: list[tuple[str, FailureReport]] | None = None
    strays: list[str] | None = None
    kept: list[Kept] | None = None


def drain(
    house: House,
    *,
    limit: int = 1000,
    only: Sequence[int] | None = None,
    begun: Callable[[Sequence[Waiting]], None] | None = None,
    at_hand: dict[int, bytes] | None = None,
) -> list[Settled]:
    """Takes one batch of waiting deliveries through all steps but the judge and settles them; empty when none waits.

    `only` takes none but these; `begun` is told of the batch before any of it is opened; `at_hand` are bytes that need not be read
    from the archive again.

    1. take a batch, open each: what cannot be read has a reason
    2. find whose each report is: registered domain, adopted, or stray
    3. keep reports and facts in one transaction; a report that is there already changes nothing
    4. settle the deliveries, after the commit
    A process killed between 3 and 4 does the batch again and finds its own reports: they count as kept.
    """
    batch = deliveries.take(limit=limit, only=only, at_hand=at_hand)
    if not batch:
        return []
    if begun is not None:
        begun(batch)
    steps = []
    while batch:
        house.step_back()
        steps.append(_open(batch.pop()))
    steps.reverse()
    owners = Owners()
    _adopt(steps, owners)
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


def judge_touched(house: House, *, grown: set[tuple[int, str]] | None = None) -> int:
    """Judges what has grown since it was judged last; returns flows whose verdict changed. `grown` takes the domains."""
    _gather_at_hand(house)
    changed = 0
    for org, pairs in groupby(sorted(house.store.touched()), key=itemgetter(0)):
        domains = [domain for _, domain in pairs]
        if grown is not None:
            grown.update((org, domain) for domain in domains)
        changed += judge(house, org, domains, why="new_reports")
        house.store.settle_touched(org, domains)
    return changed


def judge(house: House, org: int, domains: Sequence[str], *, why: str, addresses: Sequence[str] | None = None) -> int:
    """Judges the failing flows of domains, all or of some addresses; returns flows whose verdict changed."""
    bounds = house.store.bounds(org)
    if bounds is None:
        return 0
    decisions = Decisions(org)
    changed = 0
    for some in _in_flights(house.store.sizes(org, domains), domains, house.judge_rows):
        owns = {name: OwnView(own) for name, own in own_of(org, some).items()}
        flows = house.store.failing_flows(org, some, since=bounds[0], until=bounds[1], addresses=addresses)
        verdicts = chain.from_iterable(_verdicts(house, decisions, owns, sources) for sources in _by_source(flows))
        with house.store.transaction():
            changed += house.store.judged(verdicts, at=house.now(), why=why)
        house.aside()
    return changed


def _in_flights(sizes: Mapping[str, int], domains: Sequence[str], most: int) -> Iterator[list[str]]:
    """The domains in groups with not too many rows: their sums, and what a transaction changes, have to fit into memory."""
    group: list[str] = []
    rows = 0
    for domain in domains:
        rows += sizes.get(domain, 0)
        if group and rows > most:
            yield group
            group, rows = [], sizes.get(domain, 0)
        group.append(domain)
    if group:
        yield group


Source = list[tuple[Flow, Context]]


def _by_source(flows: Iterable[tuple[Flow, Context]]) -> Iterator[list[Source]]:
    """The flows source by source, some thousand flows at a time: a domain may have a million."""
    batch: list[Source] = []
    size = 0
    for _, some in groupby(flows, key=lambda pair: pair[0].key[1:3]):
        source = list(some)
        batch.append(source)
        size += len(source)
        if size >= JUDGE_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _verdicts(house: House, decisions: Decisions, owns: Mapping[str, OwnView], sources: Sequence[Source]) -> Iterator[Judged]:
    """The verdicts, made source by source, since a source nearly always has one class."""
    known = house.store.evidence({source[0][0].key.source_ip for source in sources})
    for source in sources:
        house.step_back()
        _, domain, ip, _ = source[0][0].key
        evidence, group = known.get(ip) or (Evidence(ip), Group("unknown", ""))
        own = owns.get(domain)
        if own is not None:
            source = own.told(source)
        word = decisions.on(group.key, ip, domain)
        if word is not None:
            source = [(flow, replace(context, decision=word)) for flow, context in source]
        verdicts = classify_source(source, evidence, house.book)
        yield from (Judged(flow.key, verdict) for (flow, _), verdict in zip(source, verdicts, strict=True))


def look_up(house: House, *, limit: int = 2000, older_than: int = 0) -> int:
    """Gathers evidence from the network for addresses that lack it; returns how many were looked up."""
    if not house.gatherer.can_look_up:
        return _gather_at_hand(house, limit=limit, failing=False)
    wanted = house.store.unknown_addresses(limit=limit, older_than=older_than)
    return look_up_these(house, [*wanted, *_listed(house, limit - len(wanted), set(wanted))])


def _listed(house: House, limit: int, without: Set[str]) -> list[str]:
    """Addresses that were on a list a day ago and were not asked about since: whether they are still there matters soon."""
    before = house.now() - LISTED_AGAIN_S
    zones = [zone.name for zone in house.gatherer.zones]
    wanted = [a for a in listings.to_ask_again(zones, before, 4 * limit) if a not in without] if zones and limit > 0 else []
    known = house.store.evidence(wanted) if wanted else {}
    return [address for address in wanted if address not in known or known[address][0].at < before][:limit]


def look_up_these(house: House, wanted: Sequence[str]) -> int:
    """Gathers evidence from the network for addresses, whatever is known of them; returns how many were looked up."""
    found: list[tuple[Evidence, Group]] = []
    try:
        found.extend((evidence, group_of(evidence, house.book)) for evidence in house.gatherer.look_up(wanted))
    except LookupFailed as error:
        log.warning("%s", error)
    house.store.keep_evidence(found)
    listings.note([evidence for evidence, _ in found])
    return len(found)


def owner_of(house: House, address: str) -> NetworkOwner | None:
    """Whose network an address is in: as kept, else as the registries tell now, which takes seconds; None where none is asked."""
    kept = networks.known(address)
    registries, ip = house.gatherer.registries, askable(address)
    now = house.now()
    if registries is None or ip is None or not networks.is_due(kept, now):
        return kept
    told = registries.ask(address)
    owner = told.owner
    if owner is None:
        old = kept if kept is not None and kept.state == "yes" else None
        return old or networks.keep(told.state, ip, ip, now=now, why=told.why[:MOST_WHY])
    networks.forget_failures(owner.first, owner.last)
    return networks.keep(
        told.state,
        owner.first,
        owner.last,
        now=now,
        networks=owner.networks,
        name=owner.name,
        handle=owner.handle,
        country=owner.country,
        abuse=owner.abuse,
        source=owner.source,
        why="",
    )


def ask_owners(house: House, orgs: Iterable[int], *, limit: int) -> int:
    """Asks whose the networks of suspected spoofers are, the busiest first and not too many a day; returns how many it asked."""
    if house.gatherer.registries is None:
        return 0
    left = min(limit, OWNERS_A_DAY - networks.asked_since(house.now() - SECONDS_A_DAY))
    asked = 0
    for org in orgs:
        for address in _spoofers(house, org):
            if asked >= left:
                return asked
            if askable(address) is not None and networks.is_due(networks.known(address), house.now()):
                owner_of(house, address)
                asked += 1
    return asked


def _spoofers(house: House, org: int) -> list[str]:
    """The addresses that sent most suspected spoofing lately."""
    bounds = house.store.bounds(org)
    if bounds is None:
        return []
    f = Filter(org, bounds[1] - SPOOFERS_SINCE_DAYS + 1, bounds[1], classes=(Class.SPOOF,))
    rows = house.store.hosts(f, Page("-spoof", size=SPOOFERS_LOOKED_AT)).rows
    return [row.source_ip for row in rows if isinstance(row, HostSum)]


def _gather_at_hand(house: House, *, limit: int = GATHER_AT_ONCE, failing: bool = True) -> int:
    """Evidence that needs no network, for addresses that have none; returns how many. For the judge, all that fail."""
    total = 0
    while wanted := house.store.without_evidence(limit=limit, failing=failing):
        house.store.keep_evidence([(evidence, group_of(evidence, house.book)) for evidence in house.gatherer.at_hand(wanted)])
        total += len(wanted)
        if len(wanted) < limit or not failing:
            break
    return total


def _open(waiting: Waiting) -> Step:
    """The delivery, opened; its bytes, which may be many, are held no longer."""
    step = Step(Waiting(waiting.id, waiting.org, waiting.name, waiting.adopt, b"", waiting.door))
    try:
        step.opened = open_delivery(waiting.data, name=waiting.name)
    except ReadError as error:
        step.refused = error
    except Exception:  # one delivery never stops the others; it is kept with its reason and can be read again
        log.exception("delivery %d could not be read", waiting.id)
        step.refused = ReadError("it made the reader fail; this is a fault of Sekisho and was logged")
    return step


def _adopt(steps: Sequence[Step], owners: Owners) -> None:
    """Registers the domains that are nobody's yet, where a delivery says so; those of a batch together."""
    wanted: dict[tuple[int, str], dict[str, None]] = {}
    for step in steps:
        waiting = step.waiting
        if step.opened and waiting.adopt:
            for report in step.opened.reports:
                unowned = [name for name, piece in _claims(report) if _owner(owners, waiting, name, piece) is None]
                if unowned:
                    wanted.setdefault((waiting.org, waiting.door), {}).update(dict.fromkeys(unowned))
    for (org, door), names in wanted.items():
        owners.register(org, names, door=door)


def _whose(step: Step, owners: Owners) -> None:
    step.arrivals, step.tls, step.failures, step.strays = [], [], [], []
    for report in step.opened.reports if step.opened else ():
        for name, piece in _claims(report):
            owner = _owner(owners, step.waiting, name, piece)
            if owner is None:
                step.strays.append(name)
            elif isinstance(piece, AggregateReport):
                step.arrivals.append(Arrival(step.waiting.org, owner, step.waiting.id, piece))
            elif isinstance(piece, TlsReport):
                step.tls.append((owner, piece))
            else:
                step.failures.append((owner, piece))


def _owner(owners: Owners, waiting: Waiting, name: str, piece: Report) -> str | None:
    """The registered domain; a failure report may name another than its message claims to be from, and either will do."""
    found = owners.owner(waiting.org, name, door=waiting.door)
    if found is None and isinstance(piece, FailureReport):
        found = owners.owner(waiting.org, piece.header_from, door=waiting.door)
    return found


def _claims(report: Report) -> list[tuple[str, Report]]:
    """The domains a report is about: one or more of a TLS report, one of the others."""
    if isinstance(report, AggregateReport):
        return [(report.policy.domain, report)]
    if isinstance(report, FailureReport):
        return [(report.reported_domain, report)]
    parts: dict[str, list[TlsPolicy]] = {}
    for policy in report.policies:
        parts.setdefault(organizational_domain(policy.policy_domain), []).append(policy)
    return [(name, replace(report, policies=tuple(mine))) for name, mine in parts.items()]


def _keep(house: House, steps: Sequence[Step]) -> None:
    arrivals = [arrival for step in steps for arrival in step.arrivals or ()]
    tls = [TlsArrival(step.waiting.org, owner, step.waiting.id, report) for step in steps for owner, report in step.tls or ()]
    with house.store.transaction():
        kept = iter(house.store.keep(_under_kept_names(house, arrivals)))
        kept_tls = iter(house.store.keep_all_tls(tls) if tls else ())
        for step in steps:
            step.kept = list(islice(kept, len(step.arrivals or ())))
            if step.tls:
                step.kept += islice(kept_tls, len(step.tls))
            for owner, failure in step.failures or ():
                step.kept.append(Kept(*failures.keep(step.waiting.org, owner, step.waiting.id, failure)))


def _under_kept_names(house: House, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The arrivals; one that a migration has brought before, under the names that parsedmarc made of its own, has those names."""
    found = list(arrivals)
    for org in {arrival.org for arrival in arrivals}:
        if not deliveries.has_migrated(org):
            continue
        asked = [(n, twin) for n, arrival in enumerate(arrivals) if arrival.org == org for twin in twins(arrival.report)]
        for (n, twin), is_there in zip(asked, house.store.there(org, [twin for _, twin in asked]), strict=True):
            if is_there:
                found[n] = found[n]._replace(report=twin)
    return found


def _keep_alone(house: House, step: Step) -> None:
    try:
        _keep(house, [step])
    except StoreError as error:
        log.exception("delivery %d could not be kept", step.waiting.id)
        step.refused, step.arrivals, step.tls, step.failures, step.kept = ReadError(str(error)), [], [], [], []


def _settled(step: Step) -> Settled:
    number, opened = step.waiting.id, step.opened
    if step.refused is not None or opened is None:
        return _refused(step)
    records = messages = failed = 0
    for report in opened.reports:
        some, sent = _size(report)
        records += some
        messages += sent
        failed += isinstance(report, FailureReport)
    return Settled(
        number,
        _outcome(step),
        "; ".join(map(str, opened.problems)) if opened.problems else "",
        reports=len(opened.reports),
        records=records,
        messages=messages,
        subject=_subject(opened) if failed else opened.head.subject,
        strays=tuple(step.strays or ()),
        failures=failed,
    )


def _subject(opened: Opened) -> str:
    """The subject of a mail with failure reports: one repeats that of its message, and so the people in it, who are left out."""
    report = next(report for report in opened.reports if isinstance(report, FailureReport))
    return without_people(opened.head.subject, report)


def _refused(step: Step) -> Settled:
    error = step.refused or ReadError("it could not be read")
    outcome = Outcome.NOT_A_REPORT if isinstance(error, NotAReport) and not isinstance(error, TooLarge) else Outcome.BROKEN
    return Settled(step.waiting.id, outcome, str(error))


def _outcome(step: Step) -> Outcome:
    for kept in step.kept or ():
        if kept.is_new or kept.first_delivery == step.waiting.id:
            return Outcome.KEPT
    if step.kept:
        return Outcome.DUPLICATE
    if step.strays:
        return Outcome.STRAY
    return Outcome.KEPT  # a TLS report without policies


def _size(report: Report) -> tuple[int, int]:
    """Records and messages of a report; of a TLS report policies and sessions."""
    if isinstance(report, AggregateReport):
        return len(report.rows), report.rows.messages
    if isinstance(report, FailureReport):
        return 1, 1
    return len(report.policies), sum(policy.sessions for policy in report.policies)
