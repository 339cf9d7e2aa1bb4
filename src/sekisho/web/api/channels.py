"""Channels of an organisation: by which people are told of warnings; what is secret goes in and never comes out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.registry import channels as registry
from sekisho.registry.audit import Action
from sekisho.registry.models import Channel
from sekisho.registry.tokens import ADMIN
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, accepted, chosen, missing, unknown
from sekisho.web.pages import channels as pages
from sekisho.web.pages.channel_form import KIND_WORDS, ChannelForm

channels = Section("Settings")
Row = dict[str, object]
Title = Annotated[str, Field(min_length=1, max_length=100)]
Addresses = Annotated[list[Annotated[str, Field(max_length=254)]], Field(max_length=registry.MOST_PEOPLE)]
Secret = Annotated[str, Field(max_length=2000)]
Domains = Annotated[list[Annotated[str, Field(max_length=253)]], Field(max_length=500)]
Least = Literal["notice", "important", "urgent"]
Digests = list[Literal["daily", "weekly", "monthly"]]
Language = Literal["", "ja", "en"]


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
    title: Title
    to: Addresses = []
    url: Secret = ""
    token: Secret = ""
    target: Secret = ""
    least: Least = "important"
    domains: Domains = []
    digests: Digests = []
    language: Language = ""


class MadeChannel(TypedDict):
    """A channel, and the key that a webhook is signed with, which is told this once."""

    channel: ChannelShape
    key: str


class ChannelChange(Schema):
    """What of a channel shall be otherwise; what is not named stays as it is, secrets too."""

    is_on: bool | None = None
    title: Title | None = None
    to: Addresses | None = None
    url: Secret | None = None
    token: Secret | None = None
    target: Secret | None = None
    least: Least | None = None
    domains: Domains | None = None
    digests: Digests | None = None
    language: Language | None = None


@channels.get("/channels", Channels, scope=ADMIN)
def list_channels(request: ApiRequest) -> Row:
    """Channels by which people are told of warnings."""
    return {"items": [_channel(row) for row in registry.the_channels(request.org.pk)]}


@channels.change("POST", "/channels", MadeChannel, scope=ADMIN, status=201)
def add_channel(request: ApiRequest, body: NewChannel) -> Row:
    """Adds a channel of any kind that the pages offer."""
    if Channel.objects.filter(organisation=request.org).count() >= pages.MOST:
        raise Problem(409, _("There are too many channels. Remove those that are not used any more."))
    given = {**body.dict(), "to": "\n".join(body.to)}
    form = ChannelForm(body.kind, request.org, {f"{body.kind}-{name}": value for name, value in given.items()})
    accepted(form)
    registry.the_channels(request.org.pk)
    made = Channel(organisation=request.org, kind=body.kind)
    key = registry.new_key() if body.kind == registry.WEBHOOK else ""
    pages.keep(made, form, {"key": key} if key else {})
    note(request, Action.CHANNEL_ADDED, made.title, kind=made.kind)
    return {"channel": _channel(made), "key": key}


@channels.change("PATCH", "/channels/{int:number}", ChannelShape, scope=ADMIN)
def change_channel(request: ApiRequest, number: Number, body: ChannelChange) -> Row:
    """Changes a channel, or switches it on or off; what failed is forgotten when it is switched.

    An empty `url`, `token` or `target` stays as it is; what is secret never comes out.
    """
    found, given = the_channel(request, number), chosen(body)
    is_on = given.pop("is_on", None)
    if given:
        form = _form(request, found, given)
        accepted(form)
        pages.keep(found, form, {})
    if is_on is not None:
        Channel.objects.filter(pk=found.pk).update(is_on=is_on, failures=0, trouble="")
    state = {} if is_on is None else {"is_on": is_on}
    note(request, Action.CHANNEL_CHANGED, found.title, **state, **({"changed": sorted(given)} if given else {}))
    found.refresh_from_db()
    return _channel(found)


def _form(request: ApiRequest, old: Channel, given: dict[str, Any]) -> ChannelForm:
    """The form of the page with what is stored, and over it what is given."""
    kept = {name: getattr(old, name) for name in ("title", "to", "least", "digests", "language")}
    names = set(request.org.domains.values_list("name", flat=True))
    kept["domains"] = [name for name in old.domains.split() if name in names]
    if "to" in given:
        given = {**given, "to": "\n".join(given["to"])}
    form = ChannelForm(old.kind, request.org, {f"{old.kind}-{name}": value for name, value in {**kept, **given}.items()}, old=old)
    unknown(name for name in given if name not in form.fields and name != "domains")
    return form


@channels.change("DELETE", "/channels/{int:number}", None, scope=ADMIN)
def remove_channel(request: ApiRequest, number: Number) -> None:
    """Removes a channel; the last one stays."""
    found = the_channel(request, number)
    if Channel.objects.filter(organisation=request.org).count() < 2:
        raise Problem(409, _("The last channel cannot be removed. Switch it off if nobody is to be told."))
    found.delete()
    note(request, Action.CHANNEL_REMOVED, found.title)


def the_channel(request: ApiRequest, number: int) -> Channel:
    """A channel of the organisation by its number; a problem (404) for any other."""
    found = Channel.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise missing()
    return found


def _channel(row: Channel) -> Row:
    return {
        "number": row.pk,
        "kind": row.kind,
        "title": row.title,
        "to": row.to.split() if row.kind == registry.MAIL else [],
        "least": row.least,
        "domains": row.domains.split(),
        "digests": list(row.digests),
        "language": row.language,
        "is_on": row.is_on,
        "sent": exports.utc(row.sent_at) if row.sent_at else None,
        "failures": row.failures,
        "trouble": row.trouble,
    }
