"""The facts store in one file (DuckDB), for one machine; the protocol and its promises stand in `base`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager

from sekisho.core.facts import Evidence, Group
from sekisho.core.reports.values import TlsReport
from sekisho.store import ask, ask_reports, hosts
from sekisho.store.base import Arrival, Kept
from sekisho.store.duck import Duck, StoreSettings
from sekisho.store.keep import Keeper
from sekisho.store.query import (
    Answer,
    DaySplit,
    DomainSum,
    Filter,
    Page,
    ReportSum,
    RowFact,
    Share,
    Split,
)


class EmbeddedStore:
    """Facts in one DuckDB file, which one process owns at a time. Raises StoreBusy where another one has it."""

    def __init__(self, settings: StoreSettings) -> None:
        self._duck = Duck(settings)
        self._ask = self._duck.read
        self._hosts = hosts.Hosts(self._duck)
        self._keeper = Keeper(self._duck, self._hosts)

    def transaction(self) -> AbstractContextManager[None]:
        return self._duck.transaction()

    def keep(self, arrivals: Sequence[Arrival]) -> list[Kept]:
        return self._keeper.keep(arrivals)

    def keep_tls(self, org: int, domain: str, delivery: int, report: TlsReport) -> Kept:
        return self._keeper.keep_tls(org, domain, delivery, report)

    def keep_evidence(self, found: Iterable[tuple[Evidence, Group]]) -> set[str]:
        return self._hosts.keep(found)

    def unknown_addresses(self, *, limit: int, older_than: int = 0) -> list[str]:
        return hosts.unknown_addresses(self._duck, limit, older_than)

    def evidence(self, addresses: Iterable[str]) -> dict[str, tuple[Evidence, Group]]:
        return hosts.evidence(self._duck, addresses)

    def days(self, f: Filter) -> list[DaySplit]:
        return ask.days(self._ask, f)

    def split(self, f: Filter) -> Split:
        return ask.split(self._ask, f)

    def domains(self, f: Filter) -> list[DomainSum]:
        return ask.domains(self._ask, f)

    def reports(self, f: Filter, page: Page) -> Answer:
        return ask_reports.reports(self._ask, f, page)

    def report(self, org: int, key: int) -> ReportSum | None:
        return ask_reports.report(self._ask, org, key)

    def report_head(self, org: int, key: int) -> dict[str, object] | None:
        return ask_reports.report_head(self._ask, org, key)

    def rows(self, f: Filter, page: Page) -> Answer:
        return ask_reports.rows(self._ask, f, page)

    def export(self, f: Filter) -> Iterator[RowFact]:
        return ask_reports.export(self._ask, f)

    def shares(self, f: Filter, column: str, *, by: str = "", limit: int = 50) -> list[Share]:
        return ask.shares(self._ask, f, column, by, limit)

    def bounds(self, org: int) -> tuple[int, int] | None:
        return ask.bounds(self._ask, org)

    def reporters_seen(self, f: Filter) -> tuple[int, int, int]:
        return ask.reporters_seen(self._ask, f)

    def first_seen(self, org: int, source_ip: str) -> tuple[int, int] | None:
        return ask.first_seen(self._ask, org, source_ip)

    def elsewhere(self, org: int, source_ip: str) -> int:
        return ask.elsewhere(self._ask, org, source_ip)

    def close(self) -> None:
        self._duck.close()
