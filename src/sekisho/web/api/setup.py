"""How an organisation is set up: channels and inboxes; what is secret goes in and never comes out."""

from __future__ import annotations

from typing import Annotated, Literal

from django.forms import Form
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.intake.kinds import KINDS, LOCAL, fields_of
from sekisho.registry import channels as channel_registry
from sekisho.registry import inboxes as inbox_registry
from sekisho.registry.audit import Action
from sekisho.registry.models import Channel, Inbox
from sekisho.registry.tokens import ADMIN
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import PAGES, page_of
from sekisho.web.pages import channels as channel_pages
from sekisho.web.pages.channel_form import KIND_WORDS, ChannelForm
from sekisho.web.pages.inbox_form import InboxForm
from sekisho.web.pages.roles import may_use_machine

setup = Section("Settings")
Row = dict[str, object]


class ChannelShape(TypedDict):
    """How people are told of warnings; addresses of webhooks are secret."""

    number: int
    kind: str
    title: str
    to: list[str]
    least: str
    domains: list[str]
    digests: list[str]
    language: str
    is_on: bool
    sent: str | None
    failures: int
    trouble: str


class Channels(TypedDict):
    """All channels."""

    items: list[ChannelShape]


class NewChannel(Schema):
    """A channel to be added. `url`, `token` and `target` are what its kind must be told; they are kept encrypted."""

    kind: Literal[*KIND_WORDS]  # type: ignore[valid-type]
    title: Annotated[str, Field(min_length=1, max_length=100)]
    to: Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=channel_registry.MOST_PEOPLE)] = []
    url: Annotated[str, Field(max_length=2000)] = ""
    token: Annotated[str, Field(max_length=2000)] = ""
    target: Annotated[str, Field(max_length=2000)] = ""
    least: Literal["notice", "important", "urgent"] = "important"
    domains: Annotated[list[Annotated[str, Field(max_length=253)]], Field(max_length=500)] = []
    digests: list[Literal["daily", "weekly", "monthly"]] = []
    language: Literal["", "ja", "en"] = ""


class MadeChannel(TypedDict):
    """A channel, and the key that a webhook is signed with, which is told this once."""

    channel: ChannelShape
    key: str


class NewInbox(Schema):
    """An inbox to be added: `settings` by their names, secret ones too, as `sekisho inbox kinds KIND` tells them."""

    kind: Literal[*KINDS]  # type: ignore[valid-type]
    title: Annotated[str, Field(max_length=100)] = ""
    adopt: bool = False
    settings: Annotated[dict[str, str | int | bool], Field(max_length=50)]


class Switch(Schema):
    """On or off."""

    is_on: bool


class InboxShape(TypedDict):
    """Where reports come in, and how it is doing."""

    number: int
    kind: str
    title: str
    settings: dict[str, object]
    """Without those that are secret."""
    adopt: bool
    is_paused: bool
    taken: int
    looked_at: str | None
    stored_at: str | None
    lag_s: int | None
    """Seconds the last mail lay in its mailbox."""
    failures: int
    trouble: str
    said: str
    refused: int


class Inboxes(TypedDict):
    """A page of inboxes."""

    items: list[InboxShape]
    total: int
    page: int
    size: int


class Pause(Schema):
    """Whether an inbox is looked at."""

    is_paused: bool


@setup.get("/channels", Channels, scope=ADMIN)
def list_channels(request: ApiRequest) -> Row:
    """Channels by which people are told of warnings."""
    return {"items": [_channel(row) for row in channel_registry.the_channels(request.org.pk)]}


@setup.change("POST", "/channels", MadeChannel, scope=ADMIN, status=201)
def add_channel(request: ApiRequest, body: NewChannel) -> Row:
    """Adds a channel of any kind that the pages offer."""
    if Channel.objects.filter(organisation=request.org).count() >= channel_pages.MOST:
        raise Problem(409, _("There are too many channels. Remove those that are not used any more."))
    given = {**body.dict(), "to": "\n".join(body.to)}
    form = ChannelForm(body.kind, request.org, {f"{body.kind}-{name}": value for name, value in given.items()})
    _checked(form)
    channel_registry.the_channels(request.org.pk)
    made = Channel(organisation=request.org, kind=body.kind)
    key = channel_registry.new_key() if body.kind == channel_registry.WEBHOOK else ""
    channel_pages.keep(made, form, {"key": key} if key else {})
    note(request, Action.CHANNEL_ADDED, made.title, kind=made.kind)
    return {"channel": _channel(made), "key": key}


def _checked(form: Form) -> None:
    """Raises a problem for what the form of the page refuses."""
    if not form.is_valid():
        raise Problem(422, errors=[(name, str(text)) for name, some in form.errors.items() for text in some])


@setup.change("PATCH", "/channels/{int:number}", ChannelShape, scope=ADMIN)
def switch_channel(request: ApiRequest, number: Number, body: Switch) -> Row:
    """Switches a channel on or off; what failed is forgotten."""
    found = _the_channel(request, number)
    Channel.objects.filter(pk=found.pk).update(is_on=body.is_on, failures=0, trouble="")
    note(request, Action.CHANNEL_CHANGED, found.title, is_on=body.is_on)
    found.refresh_from_db()
    return _channel(found)


@setup.change("DELETE", "/channels/{int:number}", None, scope=ADMIN)
def remove_channel(request: ApiRequest, number: Number) -> None:
    """Removes a channel; the last one stays."""
    found = _the_channel(request, number)
    if Channel.objects.filter(organisation=request.org).count() < 2:
        raise Problem(409, _("The last channel cannot be removed. Switch it off if nobody is to be told."))
    found.delete()
    note(request, Action.CHANNEL_REMOVED, found.title)


def _the_channel(request: ApiRequest, number: int) -> Channel:
    found = Channel.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise missing()
    return found


def _channel(row: Channel) -> Row:
    return {
        "number": row.pk,
        "kind": row.kind,
        "title": row.title,
        "to": row.to.split() if row.kind == channel_registry.MAIL else [],
        "least": row.least,
        "domains": row.domains.split(),
        "digests": list(row.digests),
        "language": row.language,
        "is_on": row.is_on,
        "sent": exports.utc(row.sent_at) if row.sent_at else None,
        "failures": row.failures,
        "trouble": row.trouble,
    }


@setup.get("/inboxes", Inboxes, scope=ADMIN, parameters=PAGES)
def list_inboxes(request: ApiRequest) -> Row:
    """Inboxes and how each is doing."""
    rows = request.org.inboxes.defer("sealed").order_by("pk")
    number, size = page_of(request)
    some = rows[(number - 1) * size : number * size]
    return {"items": [_inbox(row) for row in some], "total": rows.count(), "page": number, "size": size}


@setup.get("/inboxes/{int:number}", InboxShape, scope=ADMIN)
def inbox(request: ApiRequest, number: Number) -> Row:
    """One inbox."""
    return _inbox(_the_inbox(request, number))


@setup.change("POST", "/inboxes", InboxShape, scope=ADMIN, status=201)
def add_inbox(request: ApiRequest, body: NewInbox) -> Row:
    """Adds an inbox; it is looked at within seconds. Files and ports of the machine only where one organisation has the install."""
    machine = may_use_machine(request)
    if body.kind in LOCAL and not machine:
        raise Problem(403, _("Files and ports of this machine are for whoever runs it."))
    defaults = {field.name: field.default for field in fields_of(body.kind) if field.default is not None}
    given = {**defaults, **body.settings, "title": body.title, "adopt": body.adopt}
    form = InboxForm(body.kind, given, old=None, allow_paths=machine)
    unknown = [(name, _("There is no such setting.")) for name in body.settings if name not in form.fields]
    if unknown:
        raise Problem(422, errors=unknown)
    _checked(form)
    assert form.setup is not None
    made = inbox_registry.add(request.org.pk, form.setup)
    note(request, Action.INBOX_ADDED, made.title, kind=made.kind)
    made.refresh_from_db()
    return _inbox(made)


@setup.change("PATCH", "/inboxes/{int:number}", InboxShape, scope=ADMIN)
def pause_inbox(request: ApiRequest, number: Number, body: Pause) -> Row:
    """Pauses an inbox, or lets it go on where it stopped."""
    found = _the_inbox(request, number)
    if body.is_paused:
        inbox_registry.pause(found)
    else:
        inbox_registry.resume(found)
    note(request, Action.INBOX_PAUSED if body.is_paused else Action.INBOX_RESUMED, found.title)
    found.refresh_from_db()
    return _inbox(found)


@setup.change("DELETE", "/inboxes/{int:number}", None, scope=ADMIN)
def remove_inbox(request: ApiRequest, number: Number) -> None:
    """Forgets an inbox and its secrets; what it brought stays."""
    found = _the_inbox(request, number)
    inbox_registry.remove(found)
    note(request, Action.INBOX_REMOVED, found.title)


def _the_inbox(request: ApiRequest, number: int) -> Inbox:
    found = request.org.inboxes.filter(pk=number).first()
    if found is None:
        raise missing()
    return found


def _inbox(row: Inbox) -> Row:
    lag = row.stored_at - row.mail_at if row.stored_at and row.mail_at else None
    return {
        "number": row.pk,
        "kind": row.kind,
        "title": row.title,
        "settings": row.values,
        "adopt": row.adopt,
        "is_paused": row.is_paused,
        "taken": row.taken,
        "looked_at": exports.utc(row.looked_at) if row.looked_at else None,
        "stored_at": exports.utc(row.stored_at) if row.stored_at else None,
        "lag_s": max(0, round(lag.total_seconds())) if lag is not None else None,
        "failures": row.failures,
        "trouble": row.trouble,
        "said": row.said,
        "refused": row.refused,
    }
