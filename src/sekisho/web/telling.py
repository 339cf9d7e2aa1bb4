"""What a warning says outside the pages: mail and message, in the language of the channel."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from sekisho.alerts import mail, webhook
from sekisho.alerts.message import Message, SendFailed
from sekisho.core.alerts.values import Rule, Severity
from sekisho.intake.kinds import only_public
from sekisho.registry import channels
from sekisho.registry.models import Alert, Channel, Notice
from sekisho.web import alertwords, formats
from sekisho.web.alertwords import Story
from sekisho.web.pages import words

BAR_PX = 84
"""Height of the tallest bar in a mail."""
DAYS = 7
COLOURS = {"spoof": "#A3143C", "failing": "#A66000", "normal": "#1F6F54"}
PLAIN_COLOUR = "#1A4F86"
LOCAL_URL = "http://127.0.0.1:8025"
Bars = list[tuple[str, str, int]]
"""Day, figure and height of each bar."""


def base_url() -> str:
    """Where people reach the pages, without a slash at the end."""
    return str(settings.HOUSE.public_url or LOCAL_URL).rstrip("/")


def message(alert: Alert, language: str) -> Message:
    """The warning as a message; the text part has the same sentences in the same order as the HTML."""
    with translation.override(language):
        story = alertwords.story(alert)
        bars = _bars(alert)
        url = f"{base_url()}/{alert.organisation.slug}/alerts/{alert.pk}/"
        subject = _("[Alert] %(title)s") % {"title": story.title}
        values = {
            "org": alert.organisation,
            "story": story,
            "url": url,
            "subject": subject,
            "colour": COLOURS.get(str(story.klass or ""), PLAIN_COLOUR),
            "severity": alertwords.SEVERITY_WORDS[Severity(alert.severity)],
            "rule": alertwords.RULE_WORDS[Rule(alert.rule)],
            "bars": bars,
            "settings_url": f"{base_url()}/{alert.organisation.slug}/settings/channels/",
            "lang": language,
        }
        text = _text(alert, story, bars, values)
        html = render_to_string("mail/alert.html", values)
        return Message(subject, text, html, url, _data(alert, subject, story.text, url), _list_id(alert))


def _text(alert: Alert, story: Story, bars: Bars, values: Mapping[str, object]) -> str:
    """The text part."""
    todo = [f"{number}. {line}" for number, line in enumerate(story.todo, 1)]
    foot = _("Sekisho for %(name)s. You are not told of this again within 24 hours, and then only if it grows much.")
    parts = (
        [f"{values['rule']} ({values['severity']})", story.title],
        [story.text],
        [f"{day}  {count}" for day, count, _height in bars],
        [
            _("Look and act") + f": {values['url']}",
            _("Once somebody has it in hand, the others see that and are not told again."),
        ],
        [_("Why we think so"), *(f"- {line}" for line in story.why)],
        [_("What to do"), *todo],
        ["-- ", foot % {"name": alert.organisation.name}, _("Who is told of what") + f": {values['settings_url']}"],
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _bars(alert: Alert) -> Bars:
    """The bars of the last days; none where there is nothing to draw."""
    days = list(alert.values.get("days", ()))[-DAYS:]
    most = max(days, default=0)
    if not most:
        return []
    first = alert.last_day - len(days) + 1
    return [
        (formats.day_short(first + n, words.lang()), formats.number(count), max(2, round(BAR_PX * count / most)))
        for n, count in enumerate(days)
    ]


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


def _list_id(alert: Alert) -> str:
    host = (settings.MAIL.sender if settings.MAIL else "sekisho@localhost").rpartition("@")[2]
    return f"alerts.{alert.organisation.slug}.{host}"


def deliver(notice: Notice, at: int) -> str:
    """Hands a notice over; returns to whom or what came back. Raises SendFailed."""
    channel = notice.channel
    told = message(notice.alert, language_of(channel))
    return hand_over(channel, notice.to, told, number=f"notice_{notice.pk}", at=at)


def hand_over(channel: Channel, to: str, told: Message, *, number: str, at: int) -> str:
    """Hands a message to a channel. Raises SendFailed."""
    if channel.kind == channels.MAIL:
        if settings.MAIL is None:
            raise SendFailed("no mail server is set (SEKISHO_MAIL_URL, SEKISHO_MAIL_FROM)", permanent=False)
        return mail.send(settings.MAIL, to, told)
    url, key = channels.webhook_of(channel)
    return webhook.send(url, key, told, number=number, at=at, only_public=only_public())


def language_of(channel: Channel) -> str:
    """The language a channel speaks."""
    return channel.language or channel.organisation.language
