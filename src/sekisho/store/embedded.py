"""The facts store in one file (DuckDB), for one machine; the protocol and its promises stand in `base`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, suppress
from copy import copy
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from sekisho.core.alerts.values import DomainDays
from sekisho.core.campaigns import Beginning
from sekisho.core.errors import StoreError
from sekisho.core.facts import Context, Evidence, Flow, Group, Way
from sekisho.core.reports.values import AggregateReport, TlsReport
from sekisho.core.terms import Found
from sekisho.core.whatif.trial import Trial
from sekisho.store import (
    around,
    ask,
    ask_alerts,
    ask_campaigns,
    ask_orgs,
    ask_reports,
    ask_tls,
    ask_ways,
    ask_whatif,
    hosts,
    judged,
    removing,
    senders,
)
from sekisho.store.base import Arrival, Judged, Kept, TlsArrival
from sekisho.store.duck import Duck, StoreSettings
from sekisho.store.keep import Keeper
from sekisho.store.looks import Answering, Looks
from sekisho.store.near import Near
from sekisho.store.query import (
    Answer,
    Change,
    DaySplit,
    DomainSum,
    Filter,
    FlowVerdict,
    OrgSum,
    Page,
    PlaceSum,
    Replay,
    ReportSum,
    RowFact,
    Share,
    Split,
    TlsFailureSum,
    TlsReportSum,
    TlsShare,
)
from sekisho.store.remembered import EVERYWHERE, Remembered
from sekisho.store.sql import Ask
from sekisho.store.touched import Touched

__all__ = ["EmbeddedStore", "StoreSettings"]

P = ParamSpec("P")
T = TypeVar("T")
LOOKED_FOR = ("decision", "asked")
"""Reasons to judge again after which a person looks for the new verdict at once."""


class EmbeddedStore:
    """Facts in one DuckDB file, which one process owns at a time. Raises StoreBusy where another one has it."""

    def __init__(self, settings: StoreSettings) -> None:
        self._duck = Duck(settings)
        self._near = Near(self._duck)
        self._remembered = Remembered(
            self._duck.read, is_inside=lambda: self._duck.inside, patience_s=settings.patience_s, dress=self._near.question
        )
        self._of = self._remembered.of
        self._looks = Looks()
        self._is_for_pages = False
        self._touched = Touched(self._duck)
        self._hosts = hosts.Hosts(self._duck, self._touched)
        self._keeper = Keeper(self._duck, self._hosts, self._touched)
        self._hidden = removing.hidden(self._duck)

    def for_pages(self) -> EmbeddedStore:
        """The same store for those who look at pages: what is asked of this one is what `freshen` keeps current."""
        twin = copy(self)
        twin._is_for_pages = True
        return twin

    def transaction(self) -> AbstractContextManager[None]:
        return self._duck.transaction()

    def keep(self, arrivals: Sequence[Arrival]) -> list[Kept]:
        with self._duck.transaction():
            self._show_again(arrivals)
            kept = self._keeper.keep(arrivals)
            self._changes({a.org for a, k in zip(arrivals, kept, strict=True) if k.is_new})
        return kept

    def keep_tls(self, org: int, domain: str, delivery: int, report: TlsReport) -> Kept:
        return self.keep_all_tls([TlsArrival(org, domain, delivery, report)])[0]

    def keep_all_tls(self, arrivals: Sequence[TlsArrival]) -> list[Kept]:
        with self._duck.transaction():
            self._show_again(arrivals)
            kept = self._keeper.keep_tls(arrivals)
            self._changes({a.org for a, k in zip(arrivals, kept, strict=True) if k.is_new})
        return kept

    def keep_evidence(self, found: Iterable[tuple[Evidence, Group]]) -> set[str]:
        with self._duck.transaction():
            changed = self._hosts.keep(found)
            self._changes({EVERYWHERE})
        return changed

    def judged(self, verdicts: Iterable[Judged], *, at: int, why: str) -> int:
        orgs: set[int] = set()
        with self._duck.transaction():
            changed = judged.judged(self._duck, _noting(verdicts, orgs), at, why)
            self._changes(orgs, at_once=why in LOOKED_FOR)
        return changed

    def erase(self, org: int, *, domain: str | None = None, before_day: int | None = None, but: Sequence[str] = ()) -> int:
        with self._duck.transaction():
            removed = judged.erase(self._duck, org, domain, before_day, but)
            self._keeper.forget_ways()
            self._duck.when_committed(self._keeper.forget_ways)
            self._changes({abs(org), EVERYWHERE}, at_once=True)
        return removed

    def rewrite(self) -> None:
        self._duck.rewrite(then=self._near.forget)

    def hide(self, org: int, domain: str) -> None:
        with self._duck.transaction():
            removing.hide(self._duck, org, domain)
            self._duck.when_committed(lambda: self._hidden.add((org, domain)))
            self._changes({org}, at_once=True)

    def show(self, org: int, domain: str) -> None:
        with self._duck.transaction():
            removing.show(self._duck, org, domain)
            self._duck.when_committed(lambda: self._hidden.discard((org, domain)))
            self._changes({org}, at_once=True)

    def _show_again(self, arrivals: Iterable[Arrival | TlsArrival]) -> None:
        """Reports come on a domain that is hidden: it was registered again, and has its old ones back before new ones are kept."""
        for org, domain in self._hidden & {(arrival.org, arrival.domain) for arrival in arrivals} if self._hidden else ():
            self.show(org, domain)

    def erase_hidden(self, org: int, domain: str) -> int:
        return self.erase(-org, domain=domain)

    def give(self, org: int, domain: str, to: str) -> None:
        with self._duck.transaction():
            removing.give(self._duck, org, domain, to)
            self._changes({org}, at_once=True)

    def deliveries(self, org: int, domains: Sequence[str]) -> set[int]:
        return removing.deliveries(self._duck, org, domains)

    def _changes(self, orgs: Set[int], *, at_once: bool = False) -> None:
        """Answers about organisations are made again, once this transaction has been committed."""
        if orgs:
            self._duck.when_committed(lambda: self._remembered.changed(orgs, at_once=at_once))

    def without_evidence(self, *, limit: int, failing: bool) -> list[str]:
        return hosts.without_evidence(self._duck, limit, failing=failing)

    def unknown_addresses(self, *, limit: int, older_than: int = 0) -> list[str]:
        return hosts.unknown_addresses(self._duck, limit, older_than)

    def evidence(self, addresses: Iterable[str]) -> dict[str, tuple[Evidence, Group]]:
        return hosts.evidence(self._duck, addresses)

    def failing_flows(
        self, org: int, domains: Sequence[str], *, since: int, until: int, addresses: Sequence[str] | None = None
    ) -> Iterator[tuple[Flow, Context]]:
        if addresses is None:
            self._touched.reading(org, domains)
        return around.failing_flows(self._duck, around.Around(org, domains, since, until, addresses))

    def ways(self, org: int, domain: str, *, limit: int) -> list[tuple[Way, int]]:
        return ask_ways.ways(self._of(org), org, domain, limit)

    def sizes(self, org: int, domains: Sequence[str]) -> dict[str, int]:
        return around.sizes(self._duck, org, domains)

    def touched(self) -> list[tuple[int, str]]:
        return self._touched.all()

    def settle_touched(self, org: int, domains: Sequence[str]) -> None:
        self._touched.settle(org, domains)

    def days(self, f: Filter) -> list[DaySplit]:
        return self._asked(ask.days, f)

    def split(self, f: Filter) -> Split:
        return self._asked(ask.split, f)

    def domains(self, f: Filter) -> list[DomainSum]:
        return self._asked(ask.domains, f)

    def groups(self, f: Filter, page: Page) -> Answer:
        return self._asked(senders.groups, f, page)

    def hosts(self, f: Filter, page: Page) -> Answer:
        return self._asked(senders.hosts, f, page)

    def places(self, f: Filter, *, limit: int = 500) -> list[PlaceSum]:
        return self._asked(senders.places, f, limit)

    def reports(self, f: Filter, page: Page) -> Answer:
        return self._asked(ask_reports.reports, f, page)

    def report(self, org: int, key: int) -> ReportSum | None:
        return ask_reports.report(self._of(org), org, key)

    def report_head(self, org: int, key: int) -> dict[str, object] | None:
        return ask_reports.report_head(self._of(org), org, key)

    def rows(self, f: Filter, page: Page) -> Answer:
        return self._asked(ask_reports.rows, f, page)

    def export(self, f: Filter) -> Iterator[RowFact]:
        return ask_reports.export(self._duck.read, f)

    def shares(self, f: Filter, column: str, *, by: str = "", limit: int = 50) -> list[Share]:
        return self._asked(ask.shares, f, column, by, limit)

    def flows(self, f: Filter, *, limit: int = 200) -> list[FlowVerdict]:
        return self._asked(senders.flows, f, limit)

    def changes(self, org: int, source_ip: str, *, limit: int = 50) -> list[Change]:
        return senders.changes(self._of(org), org, source_ip, limit)

    def there(self, org: int, reports: Sequence[AggregateReport]) -> list[bool]:
        return self._keeper.there(org, reports)

    def bounds(self, org: int) -> tuple[int, int] | None:
        return ask.bounds(self._of(org), org)

    def reporters_seen(self, f: Filter) -> tuple[int, int, int]:
        return self._asked(ask.reporters_seen, f)

    def organisations(self) -> set[int]:
        return removing.organisations(self._duck)

    def org_sums(self, orgs: Sequence[int], *, since: int, until: int) -> dict[int, OrgSum]:
        return ask_orgs.org_sums(self._duck.read, orgs, since, until)

    def first_seen(self, org: int, source_ip: str) -> tuple[int, int] | None:
        return ask.first_seen(self._of(org), org, source_ip)

    def elsewhere(self, org: int, source_ip: str) -> int:
        return ask.elsewhere(self._duck.read, org, source_ip)

    def replay(self, f: Filter, trial: Trial, names: Mapping[str, Found] | None = None) -> Replay:
        return ask_whatif.replay(self._of(f.org), f, trial, names or {})

    def beginnings(self, f: Filter, *, limit: int = 5_000) -> list[Beginning]:
        return self._asked(ask_campaigns.beginnings, f, limit)

    def domain_days(self, org: int, domains: Sequence[str], *, since: int, now: int) -> list[DomainDays]:
        return ask_alerts.domain_days(self._duck.read, org, domains, since, now)

    def tls_bounds(self, org: int) -> tuple[int, int] | None:
        return ask_tls.bounds(self._of(org), org)

    def tls_days(self, f: Filter) -> list[TlsShare]:
        return self._asked(ask_tls.days, f)

    def tls_shares(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsShare]:
        return self._asked(ask_tls.shares, f, column, limit)

    def tls_failures(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsFailureSum]:
        return self._asked(ask_tls.failures, f, column, limit)

    def tls_reports(self, f: Filter, page: Page) -> Answer:
        return self._asked(ask_tls.reports, f, page)

    def tls_report(self, org: int, key: int) -> TlsReportSum | None:
        return ask_tls.report(self._of(org), org, key)

    def tls_policies(self, f: Filter, page: Page) -> Answer:
        return self._asked(ask_tls.policies, f, page)

    def prepare(self, may_go_on: Callable[[], bool]) -> int:
        looks = self._looks.lately()
        return self._remembered.prepare(((f.org, partial(_look, answering, f, rest)) for answering, f, rest in looks), may_go_on)

    def freshen(self, may_go_on: Callable[[], bool]) -> int:
        count = 0
        stale = self._looks.stale(self._remembered.edition, self._newest)
        while may_go_on() and (look := next(stale, None)) is not None:
            answering, f, rest = look
            with suppress(StoreError):  # who opens the page will be told
                answering(self._of(f.org), f, *rest)
            count += 1
        return count

    def _newest(self, org: int) -> int | None:
        """The newest day with facts."""
        bounds = self.bounds(org)
        return None if bounds is None else bounds[1]

    def _asked(self, answering: Callable[Concatenate[Ask, Filter, P], T], f: Filter, *rest: P.args, **_none: P.kwargs) -> T:
        """The answer to a question that pages ask; `for_pages` it is noted, so that it can be made before it is asked again."""
        edition = self._remembered.edition(f.org)
        answer = answering(self._of(f.org), f, *rest, **_none)
        newest = self._newest(f.org) if self._is_for_pages and not self._duck.inside else None
        if newest is not None:
            self._looks.note((answering, f, rest), newest, edition)
        return answer

    def close(self) -> None:
        self._duck.close()


def _look(answering: Answering, f: Filter, rest: Sequence[object], asking: Ask) -> None:
    """Asks what a page asked, and for the days with facts, which every page asks for."""
    ask.bounds(asking, f.org)
    answering(asking, f, *rest)


def _noting(verdicts: Iterable[Judged], orgs: set[int]) -> Iterator[Judged]:
    """The verdicts, their organisations noted on the way."""
    for verdict in verdicts:
        orgs.add(verdict.key.org)
        yield verdict
