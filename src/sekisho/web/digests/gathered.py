"""What a digest tells: the sums of its days, what is new, what failed, what was warned of, and how domains stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.http import QueryDict

from sekisho.core.terms import SECONDS_A_DAY, Class
from sekisho.core.whatif.path import Advice, Situation, advise
from sekisho.registry.models import Alert, Domain, Failure, Organisation
from sekisho.store.query import DaySplit, DomainSum, Filter, GroupSum, Page, Split
from sekisho.web import facts
from sekisho.web.filters import parse
from sekisho.web.frame import OrgRequest
from sekisho.web.pages import overview
from sekisho.web.pages.alarm import Alarm, alarm
from sekisho.web.pages.asked import Asked, horizon
from sekisho.web.pages.readiness import situation
from sekisho.web.parts import Step

MOST_DOMAINS = 20
"""Told of in a digest, those with most mail; each costs some ten questions."""
MOST_GROUPS = 5
GROUPS_ASKED = 200
MOST_ALERTS = 10
NEWS_DAYS = 2
"""A surge of these days after the period is told all the same: the letter goes out then."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A domain, its sums in the period, and how far it may go."""

    sum: DomainSum
    situation: Situation
    advice: Advice


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts of a period."""

    org: Organisation
    first: int
    last: int
    split: Split
    before: Split | None
    """Of as many days before; None where the facts do not reach back that far."""
    days: tuple[DaySplit, ...]
    """One a day, also without mail."""
    spoofing: tuple[GroupSum, ...]
    failing: tuple[GroupSum, ...]
    fresh: tuple[GroupSum, ...]
    """Sending groups never seen before the period."""
    alerts: tuple[Alert, ...]
    """Raised in the period, the newest first."""
    still_open: int
    standings: tuple[Standing, ...]
    domains: int
    steps: tuple[Step, ...]
    reports: int
    reporters: int
    failures: int
    """Failure reports that came."""
    stale: str

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing that anybody must look at."""
        return not self.alerts and not self.split.spoof and not self.split.failing


def question(org: Organisation, first: int, last: int) -> Asked:
    """What a page of these days would be asked for, without anybody asking."""
    request = OrgRequest()
    request.org = org
    days = horizon(org.pk, facts.store())
    state = replace(parse(QueryDict(), days), range="", first=first, last=last)
    return Asked(request, org, facts.store(), days, state)


def sums(org: Organisation, first: int, last: int) -> Split:
    """Messages of the days."""
    return facts.store().split(Filter(org.pk, first, last))


def gather(
    org: Organisation, first: int, last: int, *, raised: tuple[datetime, datetime] | None = None, standings: bool = True
) -> Gathered:
    """The facts of the days; `standings` asks how far each domain may go, which takes longest.

    Warnings come after the mail they are about: `raised` says from when until when, where it is not the days themselves.
    """
    asked = question(org, first, last)
    store, f = asked.store, asked.filter
    found, rows = _holding(alarm(asked), last), store.domains(asked.filter)
    lines = overview.domain_lines(asked, rows, found)
    reports, reporters, _newest = store.reporters_seen(f)
    begin, end = _moment(first), _moment(last + 1)
    since, until = raised or (begin, end)
    alerts = Alert.objects.filter(organisation=org, raised__gte=since, raised__lt=until).order_by("-raised", "id")
    largest = sorted(rows, key=lambda row: (-row.split.messages, row.domain))[:MOST_DOMAINS]
    return Gathered(
        org=org,
        first=first,
        last=last,
        split=store.split(f),
        before=asked.before(),
        days=_each_day(store.days(f), first, last),
        spoofing=_groups(asked, Class.SPOOF),
        failing=_groups(asked, Class.FAILING),
        fresh=_fresh(asked),
        alerts=tuple(alerts[:MOST_ALERTS]),
        still_open=Alert.objects.filter(organisation=org, state=Alert.State.OPEN).count(),
        standings=tuple(_standings(asked, largest)) if standings else (),
        domains=asked.org.domains.count(),
        steps=tuple(overview.steps(asked, found, lines)),
        reports=reports,
        reporters=reporters,
        failures=Failure.objects.filter(organisation=org, arrival__gte=begin, arrival__lt=end).count(),
        stale=asked.stale,
    )


def _holding(found: Alarm, last: int) -> Alarm:
    """The surges of today, unless the period was over before they began: they are no news of that time."""
    return Alarm({}) if found.first is not None and found.first.first_day > last + NEWS_DAYS else found


def _moment(day: int) -> datetime:
    return datetime.fromtimestamp(day * SECONDS_A_DAY, UTC)


def _each_day(days: Sequence[DaySplit], first: int, last: int) -> tuple[DaySplit, ...]:
    known = dict(days)
    return tuple(DaySplit(day, known.get(day, Split())) for day in range(first, last + 1))


def _groups(asked: Asked, klass: Class) -> tuple[GroupSum, ...]:
    """The sending groups with most mail of a class."""
    f = replace(asked.filter, classes=(klass,))
    return tuple(row for row in asked.store.groups(f, Page(size=MOST_GROUPS)).rows if isinstance(row, GroupSum))


def _fresh(asked: Asked) -> tuple[GroupSum, ...]:
    """Those of the largest sending groups that no day before the period shows; none where there is no day before."""
    if asked.horizon.oldest is None or asked.horizon.oldest >= asked.state.first:
        return ()
    rows = [row for row in asked.store.groups(asked.filter, Page(size=GROUPS_ASKED)).rows if isinstance(row, GroupSum)]
    before = replace(asked.filter, since=0, until=asked.state.first - 1, groups=tuple(row.group for row in rows))
    seen = {share.value for share in asked.store.shares(before, "sgroup", limit=GROUPS_ASKED)} if rows else set()
    return tuple(row for row in rows if row.group not in seen)[:MOST_GROUPS]


def _standings(asked: Asked, rows: Sequence[DomainSum]) -> list[Standing]:
    domains = {domain.name: domain for domain in Domain.objects.filter(organisation=asked.org, name__in=[r.domain for r in rows])}
    found = []
    for row in rows:
        if row.domain in domains:
            now = situation(asked, domains[row.domain])
            found.append(Standing(row, now, advise(now)))
    return found
