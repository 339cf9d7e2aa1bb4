"""How an organisation is set up: channels, inboxes, people and tokens; what is secret goes in and never comes out."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.registry import channels as channel_registry
from sekisho.registry import inboxes as inbox_registry
from sekisho.registry import tokens as token_registry
from sekisho.registry.audit import Action
from sekisho.registry.models import Channel, Inbox, Member, Token
from sekisho.registry.tokens import ADMIN, DAYS, MOST_DAYS, SCOPES
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import PAGES, page_of
from sekisho.web.pages.tokens import MOST

setup = Section("Settings")
Row = dict[str, object]


class ChannelShape(TypedDict):
    """How people are told of warnings; addresses of webhooks are secret."""

    number: int
    kind: str
    title: str
    to: list[str]
    least: str
    language: str
    is_on: bool
    sent: str | None
    failures: int
    trouble: str


class Channels(TypedDict):
    """All channels."""

    items: list[ChannelShape]


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


class MemberShape(TypedDict):
    """A person in the organisation."""

    email: str
    name: str
    role: str
    is_active: bool


class Members(TypedDict):
    """A page of people."""

    items: list[MemberShape]
    total: int
    page: int
    size: int


class TokenShape(TypedDict):
    """A token, without what it is."""

    number: int
    name: str
    scopes: list[str]
    opens: list[str]
    """What it opens now: its scopes, as far as the role of whoever made it still reaches."""
    person: str
    created: str
    expires: str | None
    last_used: str | None
    revoked: str | None


class Tokens(TypedDict):
    """A page of tokens."""

    items: list[TokenShape]
    total: int
    page: int
    size: int


class NewToken(Schema):
    """A token to be made."""

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    scopes: Annotated[list[Literal["read", "write", "ingest", "failures", "admin"]], Field(min_length=1, max_length=len(SCOPES))]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = DAYS


class MadeToken(TypedDict):
    """A token and its text, which is told this once."""

    token: TokenShape
    text: str


@setup.get("/channels", Channels, scope=ADMIN)
def list_channels(request: ApiRequest) -> Row:
    """Channels by which people are told of warnings."""
    return {"items": [_channel(row) for row in channel_registry.the_channels(request.org.pk)]}


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


@setup.get("/members", Members, scope=ADMIN, parameters=PAGES)
def list_members(request: ApiRequest) -> Row:
    """People in the organisation and their roles."""
    rows = Member.objects.filter(organisation=request.org).select_related("user").order_by("user__email")
    number, size = page_of(request)
    items = [
        {"email": row.user.email, "name": row.user.name, "role": row.role, "is_active": row.user.is_active}
        for row in rows[(number - 1) * size : number * size]
    ]
    return {"items": items, "total": rows.count(), "page": number, "size": size}


@setup.get("/tokens", Tokens, scope=ADMIN, parameters=PAGES)
def list_tokens(request: ApiRequest) -> Row:
    """Tokens, without what they are; those that were revoked too."""
    rows = Token.objects.filter(organisation=request.org).select_related("person").defer("digest").order_by("-pk")
    number, size = page_of(request)
    some = rows[(number - 1) * size : number * size]
    return {"items": [_token(row) for row in some], "total": rows.count(), "page": number, "size": size}


@setup.change("POST", "/tokens", MadeToken, scope=ADMIN, status=201)
def make_token(request: ApiRequest, body: NewToken) -> Row:
    """Makes a token that opens no more than whoever asks for it; its text is told this once."""
    lacking = set(body.scopes) - request.auth.scopes(request.org.pk)
    if lacking:
        raise Problem(403, _("A token cannot make one that opens more than itself: %(scopes)s.") % {"scopes": ", ".join(lacking)})
    if Token.objects.filter(organisation=request.org, revoked=None).count() >= MOST:
        raise Problem(409, _("There are too many tokens. Revoke those that are not used any more."))
    expires = token_registry.until(body.days)
    made, text = token_registry.add(
        request.org.pk, body.name.strip(), scopes=body.scopes, expires=expires, person=request.auth.person
    )
    made.refresh_from_db()
    note(request, Action.TOKEN_MADE, made.name, scopes=made.scopes)
    return {"token": _token(made), "text": text}


@setup.change("DELETE", "/tokens/{int:number}", None, scope=ADMIN)
def revoke_token(request: ApiRequest, number: Number) -> None:
    """Makes a token good for nothing from now on."""
    found = Token.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise missing()
    token_registry.revoke(found)
    note(request, Action.TOKEN_REVOKED, found.name)


def _token(row: Token) -> Row:
    return {
        "number": row.pk,
        "name": row.name,
        "scopes": row.scopes.split(),
        "opens": sorted(token_registry.opens(row)) if row.revoked is None else [],
        "person": str(row.person or ""),
        "created": exports.utc(row.created),
        "expires": exports.utc(row.expires) if row.expires else None,
        "last_used": exports.utc(row.last_used) if row.last_used else None,
        "revoked": exports.utc(row.revoked) if row.revoked else None,
    }
