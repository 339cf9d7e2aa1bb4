"""Trying out what is set up: an inbox step by step, a channel by a test message, with what the other side said."""

from __future__ import annotations

from django.utils.translation import gettext as _
from typing_extensions import TypedDict

from sekisho.alerts.message import SendFailed
from sekisho.core.errors import SettingsError
from sekisho.ingest.inbox import Probe
from sekisho.registry.audit import Action
from sekisho.registry.tokens import ADMIN
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.channels import the_channel
from sekisho.web.api.inboxes import the_inbox
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem
from sekisho.web.pages import channels as channel_pages
from sekisho.web.pages import inbox_words
from sekisho.web.pages import inboxes as inbox_pages

trials = Section("Settings")
Row = dict[str, object]
BUSY_S = 60
"""A test may wait for a server for so long; then there is room for another."""


class Tried(TypedDict):
    """A step of a test."""

    step: str
    label: str
    ok: bool
    said: str
    """The server's own words."""
    trouble: str
    """What went wrong, as a word for programs; empty where nothing did."""
    meaning: str
    """The same for people, with what to do."""


class InboxTrial(TypedDict):
    """A test of an inbox: its steps up to the first that failed."""

    is_well: bool
    steps: list[Tried]


class ChannelTrial(TypedDict):
    """A test of a channel: whether the message was handed over."""

    is_sent: bool
    said: list[str]
    """What the other sides answered."""
    trouble: str
    """Why it was not sent; else empty."""


@trials.change("POST", "/inboxes/{int:number}/test", InboxTrial, scope=ADMIN)
def try_inbox(request: ApiRequest, number: Number) -> Row:
    """Tries an inbox step by step, and says what the server said and what it means; it may take a minute.

    Where all goes well, an inbox that waits after failures goes on at once.
    """
    found = the_inbox(request, number)
    probes = inbox_pages.attempt(found)
    if probes is None:
        raise Problem(503, _("Other tests are running. Try again in a minute."), Retry_After=str(BUSY_S))
    is_well = all(probe.ok for probe in probes)
    note(request, Action.INBOX_TESTED, found.title, worked=is_well)
    return {"is_well": is_well, "steps": [_step(probe) for probe in probes]}


def _step(probe: Probe) -> Row:
    words = inbox_words.tried(probe)
    told = {"label": words.label, "ok": words.ok, "said": str(words.said), "meaning": words.meaning}
    return {"step": str(probe.step), **told, "trouble": str(probe.trouble or "")}


@trials.change("POST", "/channels/{int:number}/test", ChannelTrial, scope=ADMIN)
def try_channel(request: ApiRequest, number: Number) -> Row:
    """Sends a test message by a channel: to whoever asks where it tells the members, else to those it names."""
    found = the_channel(request, number)
    said, trouble = [], ""
    try:
        said = channel_pages.try_out(found, request.auth.person)
    except (SendFailed, SettingsError) as error:
        trouble = str(error)
    note(request, Action.CHANNEL_TESTED, found.title)
    if not said and not trouble:
        trouble = _("There is nobody to send it to.")
    return {"is_sent": not trouble, "said": said, "trouble": trouble}
