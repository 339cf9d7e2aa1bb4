"""What the rules of warnings look at, and what they find. Days are days since 1970-01-01 (UTC)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sekisho.core.terms import Class


class Rule(StrEnum):
    """What a warning is about; the names go to channels and exports."""

    SURGE = "surge"
    """Suspected spoofing of a domain rises far above what is usual for it."""
    NEW_SPOOFER = "new_spoofer"
    """A sending group without any history begins to send what looks spoofed."""
    GENUINE_FAILS = "genuine_fails"
    """A sending group whose mail passed begins to fail."""
    GENUINE_STOPPED = "genuine_stopped"
    """Receivers begin to quarantine or reject genuine mail."""
    NEW_SOURCE = "new_source"
    """A sending group nobody has seen begins to send genuine mail."""
    POLICY_CHANGED = "policy_changed"
    """Reports show another policy than before."""
    RECORD_CHANGED = "record_changed"
    """A record in the DNS changed."""
    REPORTS_STOPPED = "reports_stopped"
    """Reports that came regularly do not come any more."""
    UNREADABLE = "unreadable"
    """Many deliveries cannot be read."""


class Severity(StrEnum):
    """How soon somebody should look."""

    URGENT = "urgent"
    IMPORTANT = "important"
    NOTICE = "notice"


SEVERITY = {
    Rule.SURGE: Severity.URGENT,
    Rule.NEW_SPOOFER: Severity.URGENT,
    Rule.GENUINE_STOPPED: Severity.URGENT,
    Rule.GENUINE_FAILS: Severity.IMPORTANT,
    Rule.REPORTS_STOPPED: Severity.IMPORTANT,
    Rule.POLICY_CHANGED: Severity.IMPORTANT,
    Rule.RECORD_CHANGED: Severity.IMPORTANT,
    Rule.UNREADABLE: Severity.NOTICE,
    Rule.NEW_SOURCE: Severity.NOTICE,
}

SPOOFING = frozenset((Rule.SURGE, Rule.NEW_SPOOFER))
"""Rules whose open findings put the banner on every page."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Messages of one sending group on one day."""

    normal: int = 0
    forwarded: int = 0
    failing: int = 0
    spoof: int = 0
    stopped: int = 0
    """Of the failing ones, those that receivers quarantined or rejected."""

    def of(self, klass: Class) -> int:
        """The messages of one class."""
        return int(getattr(self, klass.value))


@dataclass(frozen=True, slots=True)
class GroupDays:
    """The days of one sending group for one domain; days without mail are left out."""

    group: str
    days: Mapping[int, Sums]
    hosts: int = 1

    def total(self, klass: Class, first: int, last: int) -> int:
        """Messages of a class from `first` to `last`, both included."""
        return sum(sums.of(klass) for day, sums in self.days.items() if first <= day <= last)


@dataclass(frozen=True, slots=True)
class DomainDays:
    """All that the rules look at for one domain."""

    domain: str
    today: int
    """The newest day with a report of the domain."""
    now: int
    """The day it is."""
    groups: tuple[GroupDays, ...]
    reports: Mapping[int, int] = field(default_factory=dict)
    """Reports by the day of their begin."""
    policies: tuple[tuple[int, str, str], ...] = ()
    """(day, reporter, published `p`) of reports on the domain's own record."""

    @property
    def first(self) -> int:
        """The first day with a report."""
        return min(self.reports, default=self.today)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. Two findings with one `key` are the same story, told again with newer figures."""

    rule: Rule
    domain: str
    about: str
    """A sending group, a record; empty when the domain itself."""
    first_day: int
    last_day: int
    messages: int = 0
    usual: float = 0.0
    """Messages a day before it began."""
    hosts: int = 0
    groups: tuple[str, ...] = ()
    """The sending groups behind it, the largest first."""
    days: tuple[int, ...] = ()
    """Messages a day, ending on `last_day`."""
    was: str = ""
    now: str = ""
    """What changed, for rules about changes."""
    urgency: Severity | None = None
    """Where a finding is more or less urgent than its rule commonly is."""

    @property
    def key(self) -> tuple[Rule, str, str]:
        """What makes it this story."""
        return self.rule, self.domain, self.about

    @property
    def severity(self) -> Severity:
        """How soon somebody should look."""
        return self.urgency or SEVERITY[self.rule]
