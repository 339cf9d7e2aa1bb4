"""Looks which digests are due, and puts each on its way once, whatever stopped or started in between."""

from __future__ import annotations

from datetime import datetime, timedelta

from sekisho.registry import channels, digests
from sekisho.registry.digests import Digest
from sekisho.registry.models import Alert, Organisation
from sekisho.web import formats
from sekisho.web.digests.gathered import sums
from sekisho.web.digests.periods import Kind, Period, latest


def plan(now: datetime, *, has_mail: bool = True) -> int:
    """Makes the digests that are due in all organisations; returns how many."""
    wanted = [
        (org, period)
        for org in Organisation.objects.order_by("id")
        for kind in Kind
        if (period := latest(kind, now, formats.zone(org.timezone))).is_due(now) and org.created <= period.due
    ]
    known = digests.known({period.name for _org, period in wanted})
    made = 0
    for org, period in wanted:
        if (org.pk, period.kind.value, period.name) not in known:
            digest = digest_of(org, period)
            is_needed = period.kind is not Kind.DAILY or has_something(org, period)
            made += digests.make(digest, whom(digest, has_mail=has_mail) if is_needed else [], now)
    if made:
        digests.forget(now)
    return made


def digest_of(org: Organisation, period: Period) -> Digest:
    """The digest of a period, not kept."""
    return Digest(
        organisation=org, kind=period.kind.value, period=period.name, first_day=period.first, last_day=period.last, made=period.due
    )


def whom(digest: Digest, *, has_mail: bool = True) -> list[tuple[int, str]]:
    """Channel and address of each who gets a digest."""
    on = [c for c in channels.the_channels(digest.organisation_id) if c.is_on and (has_mail or c.kind != channels.MAIL)]
    return [(channel.pk, to) for channel in on for to in dict.fromkeys(channels.told_of_digest(channel, digest.kind))]


def has_something(org: Organisation, period: Period) -> bool:
    """Whether anything failed or was warned of in the period."""
    split = sums(org, period.first, period.last)
    if split.failing or split.spoof:
        return True
    since = period.due - timedelta(days=period.last - period.first + 1)
    return Alert.objects.filter(organisation=org, raised__gte=since, raised__lt=period.due).exists()
