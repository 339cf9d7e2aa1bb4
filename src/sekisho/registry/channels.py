"""Channels, and the notices on their way through them: queued durably, tried again with growing rests, given up aloud."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from sekisho.core.alerts.values import Severity
from sekisho.registry.models import Alert, AlertStep, Channel, Member, Notice, Role
from sekisho.registry.sealing import seal, unseal

RESTS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
)
"""Between attempts; after the last the notice is given up."""
MOST_A_DAY = 50
"""Alerts that one channel tells within 24 hours; what is more stands on the page only."""
MOST_PEOPLE = 50
"""That one mail channel writes to."""
SEVERITIES = tuple(Severity)
MAIL, WEBHOOK = "mail", "webhook"


def the_channels(org: int) -> list[Channel]:
    """The channels of an organisation; at first the one that writes to its owners and administrators."""
    found = list(Channel.objects.filter(organisation_id=org).order_by("id"))
    if not found:
        found = [Channel.objects.create(organisation_id=org, kind=MAIL, title="Administrators", least=Severity.IMPORTANT.value)]
    return found


def recipients(channel: Channel) -> list[str]:
    """The addresses of a mail channel."""
    named = [line.strip() for line in channel.to.splitlines() if line.strip()]
    if named:
        return named
    able = Member.objects.filter(organisation=channel.organisation, role__in=(Role.OWNER, Role.ADMIN), user__is_active=True)
    return list(able.order_by("id").values_list("user__email", flat=True))


def new_key() -> str:
    """A key to sign with, as receivers expect it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def seal_webhook(channel: Channel, url: str, key: str) -> None:
    """Keeps the address and key of a webhook; both are secret, for who knows the address of a chat can write there."""
    channel.sealed = seal({"url": url, "key": key}, _place(channel))


def webhook_of(channel: Channel) -> tuple[str, str]:
    """Address and key."""
    found = unseal(bytes(channel.sealed), _place(channel))
    return found.get("url", ""), found.get("key", "")


def _place(channel: Channel) -> str:
    return f"channel:{channel.organisation_id}:{channel.kind}"


def queue(alerts: Sequence[Alert], now: datetime, *, has_mail: bool = True) -> int:
    """Puts warnings into the channels that want them; returns how many notices. An alert counts as told from now on.

    Without a mail server (`has_mail`) mail channels are left out; their page says so.
    """
    made = 0
    with transaction.atomic():
        for alert in alerts:
            for channel in _wanting(alert, now):
                if channel.kind == MAIL and not has_mail:
                    continue
                people = recipients(channel)[:MOST_PEOPLE] if channel.kind == MAIL else [""]
                Notice.objects.bulk_create(Notice(alert=alert, channel=channel, to=person, due=now) for person in people)
                made += len(people)
            Alert.objects.filter(pk=alert.pk).update(told=now, told_messages=alert.messages)
    return made


def _wanting(alert: Alert, now: datetime) -> Iterable[Channel]:
    rank = SEVERITIES.index(Severity(alert.severity))
    for channel in the_channels(alert.organisation_id):
        recent = Notice.objects.filter(channel=channel, due__gt=now - timedelta(days=1)).values("alert").distinct().count()
        if channel.is_on and rank <= SEVERITIES.index(Severity(channel.least)) and recent < MOST_A_DAY:
            yield channel


def due(now: datetime, *, limit: int = 20) -> list[Notice]:
    """Notices whose time has come, the oldest first."""
    waiting = Notice.objects.filter(due__lte=now, sent=None, given_up=None, channel__is_on=True)
    return list(waiting.select_related("alert", "channel", "channel__organisation").order_by("due", "id")[:limit])


def sent(notice: Notice, now: datetime, said: str = "") -> None:
    """It was handed over."""
    notice.sent, notice.attempts = now, notice.attempts + 1
    notice.save(update_fields=("sent", "attempts"))
    Channel.objects.filter(pk=notice.channel_id).update(sent_at=now, failures=0, trouble=said[:300])
    _step(notice, "told", now, said)


def failed(notice: Notice, now: datetime, why: str, *, permanent: bool) -> None:
    """It was not: it is tried again, or, where that is no use, given up and the channel switched off, which its page says."""
    notice.attempts += 1
    channel = notice.channel
    channel.failures, channel.trouble = channel.failures + 1, why[:300]
    if permanent or notice.attempts > len(RESTS):
        notice.given_up = now
        channel.is_on = channel.is_on and not (permanent and _is_alone(notice))
        _step(notice, "failed", now, why)
    else:
        notice.due = now + RESTS[notice.attempts - 1]
    channel.save(update_fields=("failures", "trouble", "is_on"))
    notice.save(update_fields=("attempts", "due", "given_up"))


def _is_alone(notice: Notice) -> bool:
    """Whether the channel has nobody else: one wrong address of several must not silence the others."""
    return not notice.to or len(recipients(notice.channel)) == 1


def _step(notice: Notice, what: str, now: datetime, said: str) -> None:
    text = f"{notice.channel.title}: {said}" if said else notice.channel.title
    AlertStep.objects.create(alert_id=notice.alert_id, at=now, what=what, text=text)
