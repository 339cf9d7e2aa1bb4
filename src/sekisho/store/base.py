"""The protocol of a facts store: facts in, answers out. Embedded (DuckDB) and distributed stores obey it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from sekisho.core.alerts.values import DomainDays
from sekisho.core.campaigns import Beginning
from sekisho.core.facts import Context, Evidence, Flow, FlowKey, Group, Verdict, Way
from sekisho.core.reports.values import AggregateReport, TlsReport
from sekisho.core.terms import Class, Found
from sekisho.core.whatif.trial import Trial
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


class Arrival(NamedTuple):
    """An aggregate report on its way into the store."""

    org: int
    domain: str
    """The registered domain it belongs to."""
    delivery: int
    report: AggregateReport


class TlsArrival(NamedTuple):
    """A TLS report on its way into the store."""

    org: int
    domain: str
    """The registered domain it belongs to."""
    delivery: int
    report: TlsReport


class Kept(NamedTuple):
    """What became of an arrival: its key, and whether it is new (else it was there, maybe by this very delivery)."""

    key: int
    is_new: bool
    first_delivery: int


class Judged(NamedTuple):
    """A verdict to be written, for all facts of its flow."""

    key: FlowKey
    verdict: Verdict


class Store(Protocol):
    """One owner at a time. All methods are safe to call from several threads."""

    # ---- in
    def transaction(self) -> AbstractContextManager[None]:
        """All that is written inside is kept together or not at all."""

    def keep(self, arrivals: Sequence[Arrival]) -> list[Kept]:
        """Keeps reports and their rows, each once: key = hash of (org, reporter, report id, domain, begin, end).

        DMARC passes get their class at once, the others the verdict of their flow; where it has none yet, they wait as
        `failing` with confidence 0 for `judged`.
        Raises KeyCollision where two different reports have one key.
        """

    def keep_tls(self, org: int, domain: str, delivery: int, report: TlsReport) -> Kept:
        """Keeps a TLS report, once."""

    def keep_all_tls(self, arrivals: Sequence[TlsArrival]) -> list[Kept]:
        """Keeps TLS reports, each once, all or nothing."""

    def keep_evidence(self, found: Iterable[tuple[Evidence, Group]]) -> set[str]:
        """Keeps the newest evidence and the group of addresses, moves their facts into the group.

        Returns the addresses whose group or evidence changed in a way that matters to the judge.
        """

    def judged(self, verdicts: Iterable[Judged], *, at: int, why: str) -> int:
        """Writes verdicts and the class of their facts, and a `Change` where the class is another; returns flows changed."""

    def erase(self, org: int, *, domain: str | None = None, before_day: int | None = None, but: Sequence[str] = ()) -> int:
        """Removes facts, reports, flows, not those of the domains `but`; returns facts removed. Their bytes go by `rewrite`."""

    def rewrite(self) -> None:
        """Leaves no byte of what was removed in the files of the store. Raises StoreError where that cannot be done now."""

    def hide(self, org: int, domain: str) -> None:
        """Keeps what is stored of a domain out of all answers, until `show` or `erase_hidden`."""

    def show(self, org: int, domain: str) -> None:
        """Takes `hide` back."""

    def erase_hidden(self, org: int, domain: str) -> int:
        """Removes what was hidden; returns facts removed."""

    def give(self, org: int, domain: str, to: str) -> None:
        """Lets what is stored of a domain belong to another one of the organisation; its verdicts have to be made again."""

    def deliveries(self, org: int, domains: Sequence[str]) -> set[int]:
        """The deliveries by which the kept reports on some domains came first, hidden ones among them."""

    # ---- for the judge and the look-ups
    def without_evidence(self, *, limit: int, failing: bool) -> list[str]:
        """Addresses that no evidence was kept of, the busy ones first; with `failing` only those with mail that failed."""

    def unknown_addresses(self, *, limit: int, older_than: int = 0) -> list[str]:
        """Addresses without evidence, or whose DNS evidence is older (Unix seconds); failing and busy ones first."""

    def evidence(self, addresses: Iterable[str]) -> dict[str, tuple[Evidence, Group]]:
        """The evidence at hand."""

    def failing_flows(
        self, org: int, domains: Sequence[str], *, since: int, until: int, addresses: Sequence[str] | None = None
    ) -> Iterator[tuple[Flow, Context]]:
        """Flows with failing facts and their contexts (without the decision), all or those of some addresses.

        Those of one domain and address follow each other.
        """

    def ways(self, org: int, domain: str, *, limit: int) -> list[tuple[Way, int]]:
        """The ways of authentication of a domain's mail with their messages, the busiest first."""

    def sizes(self, org: int, domains: Sequence[str]) -> dict[str, int]:
        """The number of rows of each of the domains that has any."""

    def touched(self) -> list[tuple[int, str]]:
        """(org, domain) pairs whose context has grown since they were last judged whole; survives a crash."""

    def settle_touched(self, org: int, domains: Sequence[str]) -> None:
        """Notes that the domains were judged whole."""

    # ---- answers
    def days(self, f: Filter) -> list[DaySplit]:
        """Messages per day and class; days without mail are left out."""

    def split(self, f: Filter) -> Split:
        """Messages by class."""

    def domains(self, f: Filter) -> list[DomainSum]:
        """One line a domain with facts in the range."""

    def groups(self, f: Filter, page: Page) -> Answer:
        """`GroupSum` lines.

        Sort columns: messages, spoof, failing, forwarded, normal, hosts, first_day, last_day, group, urgency.
        """

    def hosts(self, f: Filter, page: Page) -> Answer:
        """`HostSum` lines, sort columns likewise, and source_ip, ptr, country, asn, confidence."""

    def places(self, f: Filter, *, limit: int = 500) -> list[PlaceSum]:
        """Messages by place, the largest first; what is beyond the limit or without place comes as one unknown place."""

    def reports(self, f: Filter, page: Page) -> Answer:
        """`ReportSum` lines. Sort columns: begin, reporter, domain, messages, rows."""

    def report(self, org: int, key: int) -> ReportSum | None:
        """One report, or None when the organisation has none of this key."""

    def report_head(self, org: int, key: int) -> dict[str, object] | None:
        """What the head of the report said (policy, contact, generator, notes …) as it was kept."""

    def rows(self, f: Filter, page: Page) -> Answer:
        """`RowFact` lines. Sort columns: messages, day, source_ip, row, class."""

    def export(self, f: Filter) -> Iterator[RowFact]:
        """All facts of the filter in the order (day, report, row), streamed."""

    def shares(self, f: Filter, column: str, *, by: str = "", limit: int = 50) -> list[Share]:
        """Messages by a column, by a second one.

        Columns: domain, reporter, header_from, envelope_from, disposition, class, sgroup, source_ip.
        """

    def flows(self, f: Filter, *, limit: int = 200) -> list[FlowVerdict]:
        """Judged flows in the filter, the worst and largest first."""

    def changes(self, org: int, source_ip: str, *, limit: int = 50) -> list[Change]:
        """How the verdicts on a host changed, the newest first."""

    def there(self, org: int, reports: Sequence[AggregateReport]) -> list[bool]:
        """Which of the reports an organisation has, by what makes a report one report; within a transaction."""

    def bounds(self, org: int) -> tuple[int, int] | None:
        """First and last day with facts."""

    def reporters_seen(self, f: Filter) -> tuple[int, int, int]:
        """Reports, distinct reporters, and the newest report's end (Unix seconds, 0 when none)."""

    def organisations(self) -> set[int]:
        """The organisations that anything is kept of, also where it is hidden."""

    def org_sums(self, orgs: Sequence[int], *, since: int, until: int) -> dict[int, OrgSum]:
        """The sums of many organisations at once; those that never had a report are left out."""

    def first_seen(self, org: int, source_ip: str) -> tuple[int, int] | None:
        """First and last day of an address in an organisation."""

    def elsewhere(self, org: int, source_ip: str) -> int:
        """In how many other organisations the address has facts that fail; never which."""

    def replay(self, f: Filter, trial: Trial, names: Mapping[str, Found] | None = None) -> Replay:
        """What the mail of the filter, which names one domain, would have met under another policy of this domain.

        `names` says of names below the domain whether they exist; of others the store knows it from mail and verdicts, or not.
        """

    def beginnings(self, f: Filter, *, limit: int = 5_000) -> list[Beginning]:
        """Sources of suspected spoofing in the filter, the busiest; `first_day` is the first of all stored days."""

    def domain_days(self, org: int, domains: Sequence[str], *, since: int, now: int) -> list[DomainDays]:
        """The days of domains with reports from the day `since` on, for the rules of warnings; without facts that wait."""

    # ---- answers about TLS reports; of the filter only days, domains, reporters and report count
    def tls_bounds(self, org: int) -> tuple[int, int] | None:
        """First and last day with TLS reports."""

    def tls_days(self, f: Filter) -> list[TlsShare]:
        """Sessions per day; days without reports are left out."""

    def tls_shares(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsShare]:
        """Sessions by a column, the busiest first. Columns: reporter, policy_type, domain."""

    def tls_failures(self, f: Filter, column: str, *, limit: int = 50) -> list[TlsFailureSum]:
        """Failed sessions by a column, most first. Columns: result_type, receiving_mx_hostname."""

    def tls_reports(self, f: Filter, page: Page) -> Answer:
        """`TlsReportSum` lines. Sort columns: begin, reporter, domain, sessions, failed."""

    def tls_report(self, org: int, key: int) -> TlsReportSum | None:
        """One TLS report with its notes, or None when the organisation has none of this key."""

    def tls_policies(self, f: Filter, page: Page) -> Answer:
        """`TlsFact` lines in the order (day, report, number)."""

    def prepare(self, may_go_on: Callable[[], bool]) -> int:
        """Shows what has changed where changes wait to be shown together; makes the answers that pages asked for just now before.

        Returns how many. `may_go_on` is asked before each; those left are made when a page asks again.
        """

    def freshen(self, may_go_on: Callable[[], bool]) -> int:
        """Makes answers anew that pages asked for lately and that facts have changed since; returns how many.

        Those of organisations whose facts change all the time have to wait. `may_go_on` is asked before each.
        """

    def close(self) -> None:
        """Gives the file back."""


__all__ = ["Arrival", "Class", "Judged", "Kept", "Store"]
