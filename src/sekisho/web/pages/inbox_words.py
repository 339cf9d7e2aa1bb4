"""How an inbox is doing, in sentences."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.ingest.errors import PERMANENT
from sekisho.ingest.inbox import Probe
from sekisho.intake import words
from sekisho.intake.kinds import where
from sekisho.registry.inboxes import LISTENER
from sekisho.registry.models import Inbox
from sekisho.web import formats
from sekisho.web.pages.asked import lang
from sekisho.web.parts import Tone

STALE_S = 900
"""Without a look for so long, or three times its own pace, an inbox is not well."""
_LARGER = re.compile(r"larger than (\S+) MiB")
MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Health:
    """The state of an inbox: a sentence, and where something is wrong what it means and the server's words."""

    tone: Tone
    sentence: str
    meaning: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An inbox as lists show it."""

    inbox: Inbox
    kind: str
    place: str
    health: Health
    lag: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A step of a test."""

    ok: bool
    label: str
    said: str
    meaning: str


def line(inbox: Inbox, zone: dt.tzinfo) -> Line:
    """An inbox in words."""
    kind, _text = words.KINDS.get(inbox.kind, (inbox.kind, ""))
    return Line(inbox, _(kind), where(inbox.kind, inbox.values), health(inbox, zone, int(time.time())), lag(inbox))


def health(inbox: Inbox, zone: dt.tzinfo, now: int) -> Health:
    """How an inbox is doing, at a time in Unix seconds."""
    if inbox.is_paused:
        return Health(Tone.PLAIN, _("Paused: nothing is fetched."))
    if inbox.trouble:
        since = inbox.failed_at or inbox.created
        tone = Tone.BAD if inbox.trouble in (*PERMANENT, words.SETTINGS) else Tone.WARN
        sentence = _("Failing since %(when)s") % {"when": formats.moment(int(since.timestamp()), lang(), zone)}
        return Health(tone, sentence, _(words.trouble(inbox.trouble)), inbox.said)
    if inbox.looked_at is None:
        return Health(Tone.PLAIN, _("Not looked at yet; that begins in a few seconds."))
    looked = int(inbox.looked_at.timestamp())
    when = {"when": formats.ago(looked, now, lang(), zone)}
    if now - looked > max(STALE_S, 3 * int(inbox.values.get("poll_s") or 0)):
        meaning = _("While many deliveries wait to be read this is meant. Otherwise the log of the server says why.")
        return Health(Tone.WARN, _("Not looked at since %(when)s") % when, meaning)
    if inbox.kind == LISTENER:
        return Health(Tone.OK, _("Well: it listens"))
    if now - looked < MINUTE:
        return Health(Tone.OK, _("Well: looked at just now"))
    return Health(Tone.OK, _("Well: looked at %(when)s") % when)


def lag(inbox: Inbox) -> str:
    """How long the last mail lay in its mailbox; empty where that is not known."""
    if inbox.mail_at is None or inbox.stored_at is None:
        return ""
    seconds = max(0, round((inbox.stored_at - inbox.mail_at).total_seconds()))
    if seconds < MINUTE:
        return ngettext("%(n)d second", "%(n)d seconds", seconds) % {"n": seconds}
    if seconds < HOUR:
        return ngettext("%(n)d minute", "%(n)d minutes", seconds // MINUTE) % {"n": seconds // MINUTE}
    if seconds < 2 * DAY:
        return ngettext("%(n)d hour", "%(n)d hours", seconds // HOUR) % {"n": seconds // HOUR}
    return ngettext("%(n)d day", "%(n)d days", seconds // DAY) % {"n": seconds // DAY}


def refusal(reason: str) -> str:
    """Why a mail was left where it is."""
    found = _LARGER.fullmatch(reason)
    return _("larger than %(size)s MiB") % {"size": found[1]} if found else reason


def tried(probe: Probe) -> Tried:
    """A step of a test in words."""
    meaning = "" if probe.ok else _(words.trouble(probe.trouble or words.SETTINGS))
    said = _(words.AFTERS[probe.said]) if probe.ok and probe.said in words.AFTERS else probe.said  # type: ignore[index]
    return Tried(probe.ok, _(words.STEPS[probe.step]), said, meaning)
