"""Inboxes of an organisation: where reports come in; what is secret goes in and never comes out."""

from __future__ import annotations

import time
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.intake.addressing import inbox_address
from sekisho.intake.kinds import KINDS, LOCAL, fields_of, is_same_mailbox
from sekisho.registry import inboxes as registry
from sekisho.registry.audit import Action
from sekisho.registry.models import Inbox
from sekisho.registry.tokens import ADMIN
from sekisho.web import exports, formats
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, accepted, chosen, missing, unknown
from sekisho.web.api.queries import PAGES, listed
from sekisho.web.pages import inbox_words
from sekisho.web.pages.inbox_form import InboxForm
from sekisho.web.pages.roles import may_use_machine

inboxes = Section("Settings")
Row = dict[str, object]
Title = Annotated[str, Field(max_length=registry.MAX_TITLE)]
Settings = Annotated[dict[str, str | int | bool], Field(max_length=50)]


class NewInbox(Schema):
    """An inbox to be added: `settings` by their names, secret ones too, as `sekisho inbox kinds KIND` tells them."""

    kind: Literal[*KINDS]  # type: ignore[valid-type]
    title: Title = ""
    adopt: bool = False
    settings: Settings


class InboxChange(Schema):
    """What of an inbox shall be otherwise; settings that are not named stay as they are, secrets too."""

    is_paused: bool | None = None
    title: Title | None = None
    adopt: bool | None = None
    settings: Settings = {}


class InboxShape(TypedDict):
    """Where reports come in, and how it is doing."""

    number: int
    kind: str
    title: str
    settings: dict[str, object]
    """Without those that are secret."""
    report_address: str
    """Of a listener: mail to it counts for this inbox; ends with `@` while no listener says its name. Else empty."""
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
    """The server's own words."""
    state: str
    """How it is doing, for people."""
    meaning: str
    """What is wrong and what to do about it; empty where all is well."""
    refused: int


class Inboxes(TypedDict):
    """A page of inboxes."""

    items: list[InboxShape]
    total: int
    page: int
    size: int


@inboxes.get("/inboxes", Inboxes, scope=ADMIN, parameters=PAGES)
def list_inboxes(request: ApiRequest) -> Row:
    """Inboxes and how each is doing."""
    return listed(request, request.org.inboxes.defer("sealed").select_related("organisation").order_by("pk"), _inbox)


@inboxes.get("/inboxes/{int:number}", InboxShape, scope=ADMIN)
def inbox(request: ApiRequest, number: Number) -> Row:
    """One inbox."""
    return _inbox(the_inbox(request, number))


@inboxes.change("POST", "/inboxes", InboxShape, scope=ADMIN, status=201)
def add_inbox(request: ApiRequest, body: NewInbox) -> Row:
    """Adds an inbox; it is looked at within seconds. Files and ports of the machine only where one organisation has the install."""
    form = _form(request, body.kind, {"title": body.title, "adopt": body.adopt}, body.settings)
    assert form.setup is not None
    made = registry.add(request.org.pk, form.setup)
    note(request, Action.INBOX_ADDED, made.title, kind=made.kind)
    made.refresh_from_db()
    return _inbox(made)


@inboxes.change("PATCH", "/inboxes/{int:number}", InboxShape, scope=ADMIN)
def change_inbox(request: ApiRequest, number: Number, body: InboxChange) -> Row:
    """Changes the settings of an inbox, pauses it, or lets it go on where it stopped.

    Where it would connect to another server or account, its secrets have to be given again.
    """
    found, given = the_inbox(request, number), chosen(body)
    settings, is_paused = given.pop("settings", {}), given.pop("is_paused", None)
    if given or settings:
        form = _form(request, found.kind, {"title": found.title, "adopt": found.adopt, **given}, settings, found)
        assert form.setup is not None
        registry.change(found, form.setup, from_start=not is_same_mailbox(found, form.setup))
        note(request, Action.INBOX_CHANGED, found.title, kind=found.kind)
    if is_paused is not None:
        (registry.pause if is_paused else registry.resume)(found)
        note(request, Action.INBOX_PAUSED if is_paused else Action.INBOX_RESUMED, found.title)
    found.refresh_from_db()
    return _inbox(found)


def _form(request: ApiRequest, kind: str, about: Row, settings: Settings, old: Inbox | None = None) -> InboxForm:
    """The form of the page with what is stored or usual, and over it what is given; a problem where it refuses."""
    machine = may_use_machine(request)
    if kind in LOCAL and not machine:
        raise Problem(403, _("Files and ports of this machine are for whoever runs it."))
    usual = {field.name: field.default for field in fields_of(kind) if field.default is not None}
    kept = old.values if old is not None else {}
    form = InboxForm(kind, {**usual, **kept, **settings, **about}, old=old, allow_paths=machine)
    unknown(name for name in settings if name not in form.fields)
    accepted(form)
    return form


@inboxes.change("DELETE", "/inboxes/{int:number}", None, scope=ADMIN)
def remove_inbox(request: ApiRequest, number: Number) -> None:
    """Forgets an inbox and its secrets; what it brought stays."""
    found = the_inbox(request, number)
    registry.remove(found)
    note(request, Action.INBOX_REMOVED, found.title)


def the_inbox(request: ApiRequest, number: int) -> Inbox:
    """An inbox of the organisation by its number; a problem (404) for any other."""
    found = request.org.inboxes.filter(pk=number).first()
    if found is None:
        raise missing()
    return found


def _inbox(row: Inbox) -> Row:
    lag = row.stored_at - row.mail_at if row.stored_at and row.mail_at else None
    address = inbox_address(row)
    health = inbox_words.health(row, formats.zone(row.organisation.timezone), int(time.time()))
    return {
        "number": row.pk,
        "kind": row.kind,
        "title": row.title,
        "settings": row.values,
        "report_address": address.text if address is not None else "",
        "adopt": row.adopt,
        "is_paused": row.is_paused,
        "taken": row.taken,
        "looked_at": exports.utc(row.looked_at) if row.looked_at else None,
        "stored_at": exports.utc(row.stored_at) if row.stored_at else None,
        "lag_s": max(0, round(lag.total_seconds())) if lag is not None else None,
        "failures": row.failures,
        "trouble": row.trouble,
        "said": row.said,
        "state": health.sentence,
        "meaning": health.meaning,
        "refused": row.refused,
    }
