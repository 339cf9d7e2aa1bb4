"""Digests of a day, week or month: made once for each period, and on their way to each who gets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import models, transaction

KEPT = timedelta(days=400)


class Digest(models.Model):
    """That a period of an organisation was looked at: with this row it is not looked at again, server stopped or not."""

    organisation = models.ForeignKey("registry.Organisation", models.CASCADE, related_name="digests")
    kind = models.CharField(max_length=8)
    """`daily`, `weekly`, `monthly`; `several` for warnings at once; `fault` when a channel was switched off."""
    period = models.CharField(max_length=100)
    """`2026-11-23`, `2026-W47`, `2026-10`; of the others what makes them this one."""
    first_day = models.IntegerField(default=0)
    last_day = models.IntegerField(default=0)
    values = models.JSONField(default=dict)
    """Of a fault `title` and `why`, of several warnings `alerts`."""
    made = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("organisation", "kind", "period"), name="digest_once"),)

    def __str__(self) -> str:
        return f"{self.kind} digest {self.period} of organisation {self.organisation_id}"


class Sending(models.Model):
    """A digest on its way to one address or through one channel."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="sendings")
    channel = models.ForeignKey("registry.Channel", models.CASCADE, related_name="sendings")
    to = models.CharField(max_length=254, blank=True)
    attempts = models.IntegerField(default=0)
    due = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    given_up = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("digest", "channel", "to"), name="sending_once"),)
        indexes = (models.Index(fields=("due",), condition=models.Q(sent=None, given_up=None), name="sending_due"),)

    def __str__(self) -> str:
        return f"sending {self.pk} of digest {self.digest_id}"


def known(periods: Iterable[str]) -> set[tuple[int, str, str]]:
    """Organisation, kind and period of those that were looked at."""
    return set(Digest.objects.filter(period__in=list(periods)).values_list("organisation_id", "kind", "period"))


def make(digest: Digest, to: Sequence[tuple[int, str]], now: datetime, *, due: datetime | None = None) -> bool:
    """Keeps the digest with what goes to whom, channel and address, all or nothing; False where it was made before."""
    with transaction.atomic():
        _row, is_new = Digest.objects.get_or_create(
            organisation_id=digest.organisation_id,
            kind=digest.kind,
            period=digest.period,
            defaults={
                "first_day": digest.first_day,
                "last_day": digest.last_day,
                "values": digest.values,
                "made": now,
            },
        )
        if is_new:
            Sending.objects.bulk_create(
                Sending(digest=_row, channel_id=channel, to=address, due=due or now) for channel, address in to
            )
    return is_new


def forget(now: datetime) -> None:
    """Removes what is long past; nothing so old is ever looked at again."""
    Digest.objects.filter(made__lt=now - KEPT).delete()


def since(digest: Digest) -> datetime:
    """From when on the digest tells of warnings: from when the one before it was made, at most twice its own length ago."""
    length = timedelta(days=digest.last_day - digest.first_day + 1)
    before = Digest.objects.filter(organisation_id=digest.organisation_id, kind=digest.kind, made__lt=digest.made)
    last = before.exclude(period=digest.period).order_by("-made").values_list("made", flat=True).first()
    return digest.made - length if last is None else max(last, digest.made - 2 * length)


def due(now: datetime, *, limit: int = 20) -> list[Sending]:
    """What waits to be sent and whose time has come, the oldest first."""
    waiting = Sending.objects.filter(due__lte=now, sent=None, given_up=None, channel__is_on=True)
    return list(
        waiting.select_related("digest", "digest__organisation", "channel", "channel__organisation").order_by("due", "id")[:limit]
    )
