"""Failure reports: kept once and in short, found by campaign, looked at with a reason, erased in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Max, Min, QuerySet, Sum

from sekisho.core.redact import Redactor, visible
from sekisho.core.reports.incident import Incident, incident
from sekisho.core.reports.values import FailureReport
from sekisho.registry import audit, deliveries, keeping
from sekisho.registry.models import Delivery, Failure, User

if TYPE_CHECKING:
    from django.http import HttpRequest

KEEP_DAYS = 90
"""Days after which a failure report and the bytes it came with are erased."""
MOST_AHEAD = dt.timedelta(days=1)
"""How far the clock of a reporter may be ahead of ours; a message that comes later than its report did not."""
OLDEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
MAX_WHY = 500
"""Characters of a reason."""


class Campaign(NamedTuple):
    """Failure reports on messages of one subject pattern from one network."""

    pattern: str
    network: str
    reports: int
    messages: int
    """What the reports stand for; some are sent for many messages."""
    hosts: int
    first: dt.datetime
    last: dt.datetime
    newest: Failure


class Look(NamedTuple):
    """Who had a failure report shown without redaction, when and why."""

    person: str
    at: dt.datetime
    why: str


def keep(org: int, domain: str, delivery: int, report: FailureReport) -> tuple[int, bool, int]:
    """Keeps a failure report, once: its number, whether it is new, and the delivery it first came by."""
    found = incident(report)
    received = Delivery.objects.values_list("received", flat=True).get(pk=delivery)
    with transaction.atomic():
        row, is_new = Failure.objects.get_or_create(
            organisation_id=org,
            digest=found.digest,
            defaults={
                **_columns(report, found),
                "delivery_id": delivery,
                "domain": domain,
                "arrival": _arrival(report.arrival, received),
                "expires": received + dt.timedelta(days=KEEP_DAYS),
            },
        )
    return row.pk, is_new, row.delivery_id


def _columns(report: FailureReport, found: Incident) -> dict[str, object]:
    """What the report itself fills. It says what it likes, so people may stand anywhere."""
    plain = Redactor().line
    return {
        "reported_domain": visible(report.reported_domain)[:253],
        "reporter": visible(report.reporter)[:253],
        "source_ip": plain(report.source_ip)[:100],
        "network": found.network,
        "header_from": visible(found.header_from)[:253],
        "envelope_from": found.envelope_from[:253],
        "envelope_to": found.envelope_to[:253],
        "subject": found.subject,
        "pattern": found.pattern,
        "auth_failure": plain(", ".join(report.auth_failure))[:200],
        "identity_alignment": plain(", ".join(report.identity_alignment))[:200],
        "meaning": found.alignment.meaning.value,
        "dkim_aligned": found.alignment.dkim,
        "spf_aligned": found.alignment.spf,
        "dkim_domain": visible(found.dkim_domain)[:253],
        "dkim_selector": plain(found.dkim_selector)[:253],
        "delivery_result": found.delivery_result,
        "incidents": found.incidents,
    }


def _arrival(said: int | None, received: dt.datetime) -> dt.datetime:
    """The time said, where it can be."""
    try:
        told = dt.datetime.fromtimestamp(said or 0, dt.UTC)
    except (OverflowError, ValueError, OSError):
        return received
    return told if OLDEST <= told <= received + MOST_AHEAD else received


def between(org: int, since: int, until: int, domains: Sequence[str] = ()) -> QuerySet[Failure]:
    """The reports on messages of some days (UTC, inclusive, days since 1970), of all domains or some; the newest first."""
    first, last = _day(since), _day(until + 1)
    found = _shown(org).filter(arrival__gte=first, arrival__lt=last)
    return (found.filter(domain__in=domains) if domains else found).order_by("-arrival", "-id")


def _shown(org: int) -> QuerySet[Failure]:
    """The reports of an organisation, without those on domains that were removed and wait for their end."""
    return Failure.objects.filter(organisation_id=org).exclude(domain__in=keeping.hidden(org))


def _day(day: int) -> dt.datetime:
    """The beginning of a day, within what a calendar has."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=max(-700_000, min(2_900_000, day)))


def campaigns(found: QuerySet[Failure], start: int, stop: int) -> tuple[list[Campaign], int]:
    """Some of the campaigns of the reports found, the latest first, and how many there are in all."""
    sums = (
        found.order_by()
        .values("pattern", "network")
        .annotate(
            reports=Count("id"),
            messages=Sum("incidents"),
            hosts=Count("source_ip", distinct=True),
            first=Min("arrival"),
            last=Max("arrival"),
            number=Max("id"),
        )
        .order_by("-last", "-number")
    )
    lines = list(sums[start:stop])
    newest = Failure.objects.in_bulk([line["number"] for line in lines])
    return [_campaign(newest, **line) for line in lines], sums.count()


def _campaign(newest: dict[int, Failure], *, number: int, **sums: Any) -> Campaign:
    return Campaign(**sums, newest=newest[number])


def alike(failure: Failure) -> QuerySet[Failure]:
    """The reports of the same campaign, this one among them, the newest first."""
    same = _shown(failure.organisation_id).filter(pattern=failure.pattern, network=failure.network)
    return same.order_by("-arrival", "-id")


def one(org: int, number: int) -> Failure | None:
    """A report of this organisation; None when it has none such."""
    return _shown(org).filter(pk=number).select_related("delivery").first()


def bounds(org: int) -> dt.datetime | None:
    """The time of the oldest message that is reported; None where there is no report."""
    oldest: dt.datetime | None = _shown(org).aggregate(oldest=Min("arrival"))["oldest"]
    return oldest


def all_between(org: int, since: int, until: int, domains: Sequence[str] = ()) -> Iterator[Failure]:
    """The same as `between` for an export: the oldest first, streamed."""
    return between(org, since, until, domains).order_by("arrival", "id").iterator(chunk_size=1000)


def look(failure: Failure, by: HttpRequest | audit.Actor | User, why: str) -> None:
    """Writes into the audit log that a person has the report shown without redaction, and why."""
    audit.note(by, audit.Action.FAILURE_SHOWN, failure.pk, org=failure.organisation_id, domain=failure.domain, why=why[:MAX_WHY])


def looks(failure: Failure, *, most: int = 20) -> list[Look]:
    """Who looked, the last first."""
    mine = audit.between(failure.organisation_id).filter(action=audit.Action.FAILURE_SHOWN, target=str(failure.pk))
    return [Look(str(entry.person or entry.who), entry.at, str(entry.detail.get("why", ""))) for entry in mine[:most]]


def erase_expired(now: dt.datetime) -> int:
    """Erases the reports whose time is over, and the bytes they came with, duplicates and strays too; returns reports erased."""
    orgs = set(Delivery.objects.filter(failures__gt=0).values_list("organisation_id", flat=True).distinct())
    orgs |= set(Failure.objects.values_list("organisation_id", flat=True).distinct())
    return sum(_erase_expired(org, now) for org in sorted(orgs))


def _erase_expired(org: int, now: dt.datetime) -> int:
    """The same of one organisation: after as many days as it says, and nothing while a hold stands over it."""
    days, held = min(keeping.of(org).failures_days, KEEP_DAYS), keeping.held(org)
    if held.all:
        return 0
    with transaction.atomic():
        if not held:
            deliveries.erase_bytes(org, now - dt.timedelta(days=days), failures=True)
        old = Failure.objects.filter(organisation_id=org, expires__lte=now + dt.timedelta(days=KEEP_DAYS - days))
        erased, _ = old.exclude(domain__in=held.domains).delete()
    return erased
