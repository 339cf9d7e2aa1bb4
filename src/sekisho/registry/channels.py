"""Channels, and what is on its way through them: queued durably, tried again with growing rests, given up aloud."""

from __future__ import annotations

import base64
import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from zlib import crc32

from django.db import transaction

from sekisho.core.alerts.values import Rule, Severity
from sekisho.registry import digests, wishes
from sekisho.registry.digests import Digest, Sending
from sekisho.registry.models import Alert, AlertStep, Channel, Member, Notice
from sekisho.registry.sealing import seal, unseal
from sekisho.registry.wishes import SEVERITIES, When

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
"""Warnings that one channel tells one reader within 24 hours; what is more stands on the page only."""
MANY = 3
"""Warnings at once, above which a reader gets a single message that lists them."""
MOST_PEOPLE = 50
"""That one mail channel writes to."""
MOST_MEMBERS = 1000
"""That are looked through for those to be written to."""
MOST_WHY = 300
MAIL, WEBHOOK = "mail", "webhook"
MEMBERS = "Members"
"""The name of the first channel, which pages translate as long as nobody gave it another."""
FAULT = "fault"
"""The kind of digest that says a channel was switched off."""
SEVERAL = "several"
"""The kind of digest that lists warnings."""


def the_channels(org: int) -> list[Channel]:
    """The channels of an organisation; at first the one that writes to its members, each as it wishes."""
    found = list(Channel.objects.filter(organisation_id=org).order_by("id"))
    if not found:
        found = [Channel.objects.create(organisation_id=org, kind=MAIL, title=MEMBERS, least=Severity.IMPORTANT.value)]
    return found


def named(channel: Channel) -> list[str]:
    """The addresses that a mail channel names; none where it writes to the members."""
    return [line.strip() for line in channel.to.splitlines() if line.strip()][:MOST_PEOPLE]


def members(channel: Channel) -> list[Member]:
    """The people a mail channel without addresses may write to."""
    able = Member.objects.filter(organisation=channel.organisation, user__is_active=True)
    return list(able.select_related("user", "organisation", "wish").order_by("id")[:MOST_MEMBERS])


def recipients(channel: Channel) -> list[str]:
    """The addresses of a mail channel, of its members those who hear of anything; of any other channel one that is empty."""
    if channel.kind != MAIL:
        return [""]
    if channel.to.strip():
        return named(channel)
    hearing = (m for m in members(channel) if any(wishes.when(wishes.wish_of(m), rule) is not When.NONE for rule in Rule))
    return [m.user.email for m in hearing][:MOST_PEOPLE]


def told_at_once(channel: Channel, alert: Alert) -> list[str]:
    """Whom the channel tells of a warning now."""
    rule, least = Rule(alert.rule), Severity(channel.least)
    if not _covers(channel, alert.domain):
        return []
    if channel.kind == MAIL and not channel.to.strip():
        severity = Severity(alert.severity)
        told = (m for m in members(channel) if wishes.when(wishes.wish_of(m), rule, least, severity) is When.ONCE)
        return [m.user.email for m in told][:MOST_PEOPLE]
    rank = SEVERITIES.index(Severity(alert.severity))
    return recipients(channel) if rank <= SEVERITIES.index(least) else []


def told_of_digest(channel: Channel, kind: str) -> list[str]:
    """Whom the channel sends a digest of a kind."""
    if channel.kind == MAIL and not channel.to.strip():
        return [m.user.email for m in members(channel) if getattr(wishes.wish_of(m), kind)][:MOST_PEOPLE]
    return recipients(channel) if kind in channel.digests else []


def _covers(channel: Channel, domain: str) -> bool:
    """Whether warnings of the domain go through the channel; what is of no domain goes everywhere."""
    only = channel.domains.split()
    return not only or not domain or domain in only


def new_key() -> str:
    """A key to sign with, as receivers expect it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(24)).decode()


def seal_values(channel: Channel, values: Mapping[str, str]) -> None:
    """Keeps what is secret of a channel: its address too, for who knows the address of a chat can write there."""
    channel.sealed = seal(dict(values), _place(channel))


def values_of(channel: Channel) -> dict[str, str]:
    """What was sealed."""
    return unseal(bytes(channel.sealed), _place(channel)) if channel.sealed else {}


def _place(channel: Channel) -> str:
    return f"channel:{channel.organisation_id}:{channel.kind}"


def queue(alerts: Sequence[Alert], now: datetime, *, has_mail: bool = True) -> int:
    """Puts warnings into the channels that want them; returns how many messages. An alert counts as told from now on.

    Without a mail server (`has_mail`) mail channels are left out; their page says so. What is not urgent waits for the
    end of the quiet hours. Who would get many messages at once gets one that lists them.
    """
    with transaction.atomic():
        made = sum(_queue_of(org, list(some), now, has_mail=has_mail) for org, some in _by_organisation(alerts))
        for alert in alerts:
            Alert.objects.filter(pk=alert.pk).update(told=now, told_messages=alert.messages)
    return made


def _by_organisation(alerts: Sequence[Alert]) -> Iterable[tuple[int, Iterable[Alert]]]:
    return groupby(sorted(alerts, key=lambda alert: alert.organisation_id), key=lambda alert: alert.organisation_id)


def _queue_of(org: int, alerts: Sequence[Alert], now: datetime, *, has_mail: bool) -> int:
    """The messages of one organisation."""
    due = {alert.pk: wishes.not_before(alert.organisation, Severity(alert.severity), now) for alert in alerts}
    made = 0
    for channel in the_channels(org):
        if not channel.is_on or (channel.kind == MAIL and not has_mail):
            continue
        mine: dict[tuple[str, datetime], list[Alert]] = defaultdict(list)
        for alert in alerts:
            for person in told_at_once(channel, alert):
                mine[person, due[alert.pk]].append(alert)
        for (person, at), some in mine.items():
            made += _put(channel, person, at, some, now)
    return made


def _put(channel: Channel, person: str, at: datetime, alerts: Sequence[Alert], now: datetime) -> int:
    """One message for each warning; for many, one that lists them all."""
    if len(alerts) > MANY:
        numbers = [alert.pk for alert in alerts]
        period = f"{channel.pk}:{numbers[0]}-{numbers[-1]}:{at:%m%d%H%M%S}:{crc32(person.encode()):x}"
        several = Digest(organisation_id=channel.organisation_id, kind=SEVERAL, period=period, values={"alerts": numbers})
        return int(digests.make(several, [(channel.pk, person)], now, due=at))
    recent = Notice.objects.filter(channel=channel, to=person, due__gt=now - timedelta(days=1)).count()
    some = alerts[: max(0, MOST_A_DAY - recent)]
    Notice.objects.bulk_create(Notice(alert=alert, channel=channel, to=person, due=at) for alert in some)
    return len(some)


def due(now: datetime, *, limit: int = 20) -> list[Notice]:
    """Notices whose time has come, the oldest first."""
    waiting = Notice.objects.filter(due__lte=now, sent=None, given_up=None, channel__is_on=True)
    return list(waiting.select_related("alert", "channel", "channel__organisation").order_by("due", "id")[:limit])


def sent(item: Notice | Sending, now: datetime, said: str = "") -> None:
    """It was handed over."""
    item.sent, item.attempts = now, item.attempts + 1
    item.save(update_fields=("sent", "attempts"))
    Channel.objects.filter(pk=item.channel_id).update(sent_at=now, failures=0, trouble=said[:MOST_WHY])
    _step(item, "told", now, said)


def failed(item: Notice | Sending, now: datetime, why: str, *, permanent: bool) -> None:
    """It was not: it is tried again, or, where that is no use, given up and the channel switched off.

    Its page says so, and the other channels do.
    """
    item.attempts += 1
    channel = item.channel
    channel.failures, channel.trouble = channel.failures + 1, why[:MOST_WHY]
    goes_off = channel.is_on and permanent and _is_alone(item)
    if permanent or item.attempts > len(RESTS):
        item.given_up = now
        channel.is_on = channel.is_on and not goes_off
        _step(item, "failed", now, why)
    else:
        item.due = now + RESTS[item.attempts - 1]
    with transaction.atomic():
        channel.save(update_fields=("failures", "trouble", "is_on"))
        item.save(update_fields=("attempts", "due", "given_up"))
        if goes_off:
            _tell_others(channel, now)


def _is_alone(item: Notice | Sending) -> bool:
    """Whether the channel has nobody else: one wrong address of several must not silence the others."""
    return not item.to or len(recipients(item.channel)) == 1


def _tell_others(channel: Channel, now: datetime) -> None:
    """Says through the other channels that this one is off: nobody looks at a page to see why nothing comes."""
    others = [c for c in the_channels(channel.organisation_id) if c.is_on and c.pk != channel.pk]
    fault = Digest(
        organisation_id=channel.organisation_id,
        kind=FAULT,
        period=f"{channel.pk}:{now.isoformat(timespec='seconds')}",
        values={"title": channel.title, "why": channel.trouble},
    )
    digests.make(fault, [(c.pk, to) for c in others for to in recipients(c)], now)


def _step(item: Notice | Sending, what: str, now: datetime, said: str) -> None:
    told = [item.alert_id] if isinstance(item, Notice) else item.digest.values.get("alerts", [])
    text = f"{item.channel.title}: {said}" if said else item.channel.title
    AlertStep.objects.bulk_create(AlertStep(alert_id=alert, at=now, what=what, text=text) for alert in told)
