"""What may be asked of the facts, and the shapes of the answers. Days are days since 1970-01-01 (UTC)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sekisho.core.reports.values import TlsPolicy
from sekisho.core.terms import Class, Policy


@dataclass(frozen=True, slots=True)
class Filter:
    """Which facts are meant. An organisation is always named: no question crosses organisations."""

    org: int
    since: int
    """First day, inclusive."""
    until: int
    """Last day, inclusive."""
    domains: tuple[str, ...] = ()
    """Registered domains; empty means all. So for the others."""
    groups: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """Addresses or networks in CIDR form."""
    places: tuple[str, ...] = ()
    """`COUNTRY/CITY` as `PlaceSum` tells them, the city being empty where it is not known; `COUNTRY` means all of it."""
    reporters: tuple[str, ...] = ()
    classes: tuple[Class, ...] = ()
    dispositions: tuple[str, ...] = ()
    dkim: bool | None = None
    """Aligned DKIM result."""
    spf: bool | None = None
    report: int | None = None
    """Only this report (its key)."""
    text: str = ""
    """Free text: part of a domain, address, host name, group or report id, case folded."""


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a long answer: `sort` is a column name of the answer, with `-` before it for descending."""

    sort: str = "-messages"
    number: int = 1
    size: int = 25


@dataclass(frozen=True, slots=True)
class Split:
    """Messages by class."""

    normal: int = 0
    forwarded: int = 0
    failing: int = 0
    spoof: int = 0

    @property
    def messages(self) -> int:
        """All of them."""
        return self.normal + self.forwarded + self.failing + self.spoof

    def of(self, klass: Class) -> int:
        """The messages of one class."""
        return int(getattr(self, klass.value))

    @property
    def worst(self) -> Class:
        """The most urgent class that occurs."""
        for klass in (Class.SPOOF, Class.FAILING, Class.FORWARDED):
            if self.of(klass):
                return klass
        return Class.NORMAL


class DaySplit(NamedTuple):
    """Messages of a day by class."""

    day: int
    split: Split


class DomainSum(NamedTuple):
    """A domain's sums; `policy` is the newest published policy seen (`p`), `spark` its suspected spoofing per day."""

    domain: str
    split: Split
    reports: int
    reporters: int
    policy: str
    spark: tuple[int, ...]


class OrgSum(NamedTuple):
    """Sums of an organisation with reports; `spark` its suspected spoofing per day, `policies` its domains by published policy."""

    org: int
    split: Split
    spark: tuple[int, ...]
    newest: int
    """End of the newest report (Unix seconds)."""
    policies: dict[str, int]


class GroupSum(NamedTuple):
    """A sending group's sums; `spark` its messages per day of the filter's range."""

    group: str
    split: Split
    passed: int
    hosts: int
    domains: int
    first_day: int
    last_day: int
    spark: tuple[int, ...]
    sample_host: str
    """The address with most messages."""
    advice: str
    """Code of what to do for the group's worst flow; empty when none."""


class HostSum(NamedTuple):
    """A source host's sums with the evidence on it that a table shows."""

    source_ip: str
    split: Split
    group: str
    ptr: str
    confirmed: str
    country: str
    city: str
    asn: int
    as_name: str
    domains: int
    first_day: int
    last_day: int
    confidence: float
    """Of its worst flow; 1.0 for a host that only passes."""


class PlaceSum(NamedTuple):
    """Messages from one place; without a known place, latitude is None."""

    country: str
    city: str
    latitude: float | None
    longitude: float | None
    split: Split
    hosts: int


class ReportSum(NamedTuple):
    """A line of the list of reports."""

    key: int
    reporter: str
    report_id: str
    domain: str
    begin: int
    end: int
    rows: int
    split: Split
    policy: str
    generation: str
    notes: int
    delivery: int
    """Number of the delivery it came by, which has the raw bytes."""


class RowFact(NamedTuple):
    """One fact with all that the export and the report page show of it; reasons as codes."""

    day: int
    domain: str
    reporter: str
    report_id: str
    report: int
    row: int
    source_ip: str
    header_from: str
    envelope_from: str
    count: int  # type: ignore[assignment]  # the RFC's word; nobody counts in a fact
    disposition: str
    dkim_aligned: bool
    spf_aligned: bool
    klass: str
    confidence: float
    group: str
    reasons: tuple[str, ...]
    way: str
    """`core.ways.way_text`."""


class Share(NamedTuple):
    """A value of a column with its messages, for filter panels and small tables; `by` splits by a second column."""

    value: str
    messages: int
    by: tuple[tuple[str, int], ...] = ()


class FlowVerdict(NamedTuple):
    """A judged flow: verdict, reasons as JSON-like values, when, and what it was before."""

    domain: str
    source_ip: str
    way: str
    klass: str
    confidence: float
    because: tuple[dict[str, object], ...]
    advice: str
    messages: int
    first_day: int
    last_day: int
    judged_at: int
    was: str
    """The class before the last change; empty when it never changed."""


class Change(NamedTuple):
    """A change of a host's verdict."""

    at: int
    domain: str
    was: str
    klass: str
    why: str


class TlsShare(NamedTuple):
    """Sessions of one value of a column (a reporter, a policy type, a domain), or of one day with an empty `value`."""

    value: str
    successful: int
    failed: int
    day: int = 0

    @property
    def sessions(self) -> int:
        """All of them."""
        return self.successful + self.failed


class TlsFailureSum(NamedTuple):
    """Failed sessions by type or by mail server, as the details of reports tell them; these need not add up to the summaries."""

    value: str
    sessions: int
    others: tuple[str, ...]
    """Of a type the mail servers, of a mail server the types; the busiest first."""
    reporters: int
    first_day: int
    last_day: int


class TlsReportSum(NamedTuple):
    """A line of the list of TLS reports; times in Unix seconds."""

    key: int
    reporter: str
    report_id: str
    domain: str
    begin: int
    end: int
    contact: str
    successful: int
    failed: int
    delivery: int
    notes: tuple[tuple[str, ...], ...] = ()
    """Code, words and place of what was odd; only where one report is asked for."""

    @property
    def sessions(self) -> int:
        """All of them."""
        return self.successful + self.failed


class TlsFact(NamedTuple):
    """One policy of a TLS report, as said."""

    day: int
    domain: str
    reporter: str
    report_id: str
    report: int
    number: int
    policy: TlsPolicy


class HitHost(NamedTuple):
    """A host whose mail another policy would have met."""

    source_ip: str
    ptr: str
    messages: int
    advice: str
    """Code of what to do, as of its group."""


class HitGroup(NamedTuple):
    """A sending group whose mail of one class another policy would have met."""

    group: str
    klass: Class
    messages: int
    hosts: int
    first_day: int
    last_day: int
    busiest: tuple[HitHost, ...]
    """A few hosts, the busiest first; none of suspected spoofing."""
    advice: str
    """Code of what to do (glossary, section 4); empty when none."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Stored mail of one domain under another policy."""

    split: Split
    """All mail of the filter, by class as judged."""
    own_record: Split
    """Of it, mail below names that have a record of their own, which this policy does not reach."""
    days: tuple[tuple[int, Policy, Split], ...]
    """Messages that would fail, by day and by what receivers would be asked to do; of class normal are those that pass today."""
    groups: tuple[HitGroup, ...]
    """Those that something would happen to."""
    handled: tuple[tuple[Class, str, int], ...]
    """What receivers did in fact with the mail that would fail: class, disposition, messages."""
    untold: int = 0
    """Messages whose alignment by the strict mode cannot be told, because their reports leave the details out; taken as passing."""
    unclear: tuple[tuple[str, int], ...] = ()
    """Names, and messages that would fail, of which it is not known whether they exist; taken as existing (`sp`)."""
    missing: tuple[str, ...] = ()
    """Names that do not exist (`np`)."""

    def hit(self, asked: Policy) -> Split:
        """Messages that receivers would be asked to treat so."""
        rows = [split for _day, what, split in self.days if what is asked]
        return Split(*(sum(split.of(k) for split in rows) for k in Class))


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of rows with the number of rows and the sums of all pages."""

    rows: tuple[object, ...]
    total: int
    split: Split = field(default_factory=Split)
