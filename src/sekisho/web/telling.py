"""What a warning says outside the pages: mail and message, in the language of the reader; and how messages are handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from sekisho.alerts.message import Message, SendFailed
from sekisho.core.alerts.values import Rule, Severity
from sekisho.intake.kinds import only_public
from sekisho.registry import channels
from sekisho.registry.digests import Sending
from sekisho.registry.models import Alert, Channel, Notice
from sekisho.web import alertwords, formats, mailing
from sekisho.web.alertwords import Story
from sekisho.web.mailing import Bar

DAYS = 7
KIND = "alerts"


def message(alert: Alert, language: str) -> Message:
    """The warning as a message; the text part has the same sentences in the same order as the HTML."""
    with translation.override(language):
        story = alertwords.story(alert)
        colour = mailing.COLOURS.get(str(story.klass or ""), mailing.PLAIN_COLOUR)
        bars = _bars(alert, colour)
        url = mailing.org_url(alert.organisation, f"alerts/{alert.pk}/")
        subject = _("[Alert] %(title)s") % {"title": story.title}
        values = {
            "org": alert.organisation,
            "story": story,
            "url": url,
            "subject": subject,
            "colour": colour,
            "klass": str(story.klass or "plain"),
            "severity": alertwords.SEVERITY_WORDS[Severity(alert.severity)],
            "rule": alertwords.RULE_WORDS[Rule(alert.rule)],
            "bars": bars,
            "settings_url": mailing.org_url(alert.organisation, "notifications/"),
            "lang": language,
        }
        text = _text(alert, story, bars, values)
        html = render_to_string("mail/alert.html", values)
        data, brief = _data(alert, subject, story.text, url), "\n".join((story.text, *story.todo[:1]))
        return Message(subject, text, html, url, data, mailing.list_id(alert.organisation, KIND), brief)


def _text(alert: Alert, story: Story, bars: Sequence[Bar], values: Mapping[str, object]) -> str:
    """The text part."""
    todo = [f"{number}. {line}" for number, line in enumerate(story.todo, 1)]
    foot = _("Sekisho for %(name)s. You are not told of this again within 24 hours, and then only if it grows much.")
    parts = (
        [f"{values['rule']} · {values['severity']}", story.title],
        [story.text],
        [f"{bar.day}  {bar.figure}" for bar in bars],
        [
            _("Look and act") + f": {values['url']}",
            _("Once somebody has it in hand, the others see that and are not told again."),
        ],
        [_("Why we think so"), *(f"- {line}" for line in story.why)],
        [_("What to do"), *todo],
        ["-- ", foot % {"name": alert.organisation.name}, _("Who is told of what") + f": {values['settings_url']}"],
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _bars(alert: Alert, colour: str) -> list[Bar]:
    """The bars of the last days."""
    days = list(alert.values.get("days", ()))[-DAYS:]
    return mailing.bars(alert.last_day - len(days) + 1, [(count,) for count in days], (colour,))


def _data(alert: Alert, title: str, text: str, url: str) -> dict[str, object]:
    """For programs."""
    return {
        "type": f"alert.{alert.rule}",
        "id": alert.pk,
        "organisation": alert.organisation.slug,
        "severity": alert.severity,
        "domain": alert.domain,
        "about": alert.about,
        "first_day": formats.day_iso(alert.first_day),
        "last_day": formats.day_iso(alert.last_day),
        "messages": alert.messages,
        "hosts": alert.hosts,
        "groups": alert.values.get("groups", []),
        "title": title,
        "text": text,
        "url": url,
    }


def deliver(item: Notice | Sending, at: int) -> str:
    """Hands a warning or a digest over; returns to whom or what came back. Raises SendFailed."""
    channel, language = item.channel, mailing.language_for(item.channel, item.to)
    if isinstance(item, Notice):
        told, kind, number = message(item.alert, language), KIND, f"notice_{item.pk}"
    else:
        from sekisho.web.digests import letters  # what digests need is loaded when there is one

        told = letters.message(item.digest, language, mail=channel.kind == channels.MAIL)
        kind, number = item.digest.kind, f"digest_{item.pk}"
    ends = KIND if kind == channels.SEVERAL else kind
    if channel.kind == channels.MAIL and ends != channels.FAULT:
        told = replace(told, unsubscribe=mailing.unsubscribe_url(channel.organisation_id, item.to, ends))
    return hand_over(channel, item.to, told, number=number, at=at)


def _unguessable(number: str) -> str:
    """A name for a message that is the same each time, and of this install alone."""
    return hashlib.blake2s(number.encode(), key=settings.SECRET_KEY.encode()[:32]).hexdigest()


def hand_over(channel: Channel, to: str, told: Message, *, number: str, at: int) -> str:
    """Hands a message to a channel. Raises SendFailed."""
    if channel.kind == channels.MAIL:
        if settings.MAIL is None:
            raise SendFailed("no mail server is set (SEKISHO_MAIL_URL, SEKISHO_MAIL_FROM)", permanent=False)
        from sekisho.alerts import mail

        return mail.send(settings.MAIL, to, told, number=_unguessable(f"{number} {to}"))
    values = channels.values_of(channel)
    if channel.kind == channels.WEBHOOK:
        from sekisho.alerts import webhook

        return webhook.send(values["url"], values["key"], told, number=number, at=at, only_public=only_public())
    from sekisho.alerts import chats

    return chats.send(channel.kind, values, told, only_public=only_public())
