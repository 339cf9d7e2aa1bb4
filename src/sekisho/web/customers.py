"""All organisations of a person in one view: what needs attention first; a handful of questions, however many there are."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from sekisho.core.alerts.values import SPOOFING
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.registry.models import Alert, Domain, Inbox, Organisation, User
from sekisho.store.base import Store
from sekisho.store.query import OrgSum, Split

LATE_DAYS = 3
"""Without a report on a day newer than this, reports of an organisation are late: most reporters send once a day."""
MOST = 2_000
"""Organisations that are summed up at a time."""
RANGES = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in the list."""

    org: Organisation
    domains: int
    alerts: int = 0
    spoof_alerts: int = 0
    troubled: int = 0
    """Inboxes that do not work."""
    inboxes: int = 0
    split: Split = field(default_factory=Split)
    spark: tuple[int, ...] = ()
    newest: int = 0
    """Day of the newest report; 0 when there is none."""
    policies: tuple[int, int, int, int] = (0, 0, 0, 0)
    """Domains with reject, quarantine, none, and without a known policy."""
    is_late: bool = False

    @property
    def needs_attention(self) -> bool:
        """Whether somebody should open it today."""
        return bool(self.alerts or self.troubled or self.is_late)

    @property
    def urgency(self) -> tuple[int, ...]:
        """What needs attention most comes first."""
        return (-self.spoof_alerts, -self.alerts, -self.troubled, -int(self.is_late), -self.split.spoof, -self.split.failing)


SORTS = {
    "urgency": lambda line: line.urgency,
    "name": lambda line: line.org.name.casefold(),
    "domains": lambda line: line.domains,
    "alerts": lambda line: (line.spoof_alerts, line.alerts),
    "messages": lambda line: line.split.messages,
    "spoof": lambda line: line.split.spoof,
    "failing": lambda line: line.split.failing,
    "forwarded": lambda line: line.split.forwarded,
    "newest": lambda line: line.newest,
}
"""What the list can be sorted by; all but the first with a minus for the greatest first."""


def found(user: User, text: str = "") -> QuerySet[Organisation]:
    """The organisations of a person whose name, short name or a domain has the text."""
    mine = user.organisations.order_by("name", "pk")
    text = text.strip()
    if text:
        named = Domain.objects.filter(name__icontains=text).values("organisation")
        mine = mine.filter(Q(name__icontains=text) | Q(slug__icontains=text) | Q(pk__in=named))
    return mine


def lines(store: Store, orgs: Iterable[Organisation], days: int, now: float | None = None) -> list[Line]:
    """The lines of organisations over the last days, today among them."""
    orgs = list(orgs)[:MOST]
    numbers = [org.pk for org in orgs]
    today = int(now if now is not None else time.time()) // SECONDS_A_DAY
    sums = store.org_sums(numbers, since=today - days + 1, until=today)
    domains = _counts(Domain.objects.filter(organisation__in=numbers))
    unended = Alert.objects.filter(organisation__in=numbers, state__in=(Alert.State.OPEN, Alert.State.IN_HAND))
    alerts = _counts(unended)
    spoofs = _counts(unended.filter(rule__in=[rule.value for rule in SPOOFING], state=Alert.State.OPEN))
    inboxes = Inbox.objects.filter(organisation__in=numbers, is_paused=False)
    troubled, counted = _counts(inboxes.filter(failures__gt=0).exclude(trouble="")), _counts(inboxes)
    return [
        _line(
            Line(
                org,
                domains.get(org.pk, 0),
                alerts.get(org.pk, 0),
                spoofs.get(org.pk, 0),
                troubled.get(org.pk, 0),
                counted.get(org.pk, 0),
            ),
            sums.get(org.pk),
            today,
        )
        for org in orgs
    ]


def _counts(rows: QuerySet[Alert] | QuerySet[Domain] | QuerySet[Inbox]) -> dict[int, int]:
    return dict(rows.order_by().values_list("organisation").annotate(n=Count("pk")))


def _line(line: Line, sums: OrgSum | None, today: int) -> Line:
    """The line with what reports say."""
    if sums is None:
        return line
    newest = sums.newest // SECONDS_A_DAY
    known = tuple(sums.policies.get(policy, 0) for policy in ("reject", "quarantine", "none"))
    reject, quarantine, none = known
    return Line(
        line.org,
        line.domains,
        line.alerts,
        line.spoof_alerts,
        line.troubled,
        line.inboxes,
        sums.split,
        sums.spark,
        newest,
        (reject, quarantine, none, max(0, line.domains - sum(known))),
        is_late=today - newest > LATE_DAYS,
    )


def ordered(found: Sequence[Line], sort: str) -> list[Line]:
    """The lines in an order; an unknown one is that of urgency."""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    by_name = sorted(found, key=SORTS["name"])
    if name not in SORTS or name == "urgency":
        return sorted(by_name, key=SORTS["urgency"])
    return sorted(by_name, key=SORTS[name], reverse=descending)


def day_iso(day: int) -> str:
    """A day as `YYYY-MM-DD`; empty for none."""
    return dt.datetime.fromtimestamp(day * SECONDS_A_DAY, dt.UTC).date().isoformat() if day else ""
