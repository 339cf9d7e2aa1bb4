"""Invitations to an organisation: who is asked to join, asking somebody, and taking it back."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.alerts.message import SendFailed
from sekisho.core.errors import UsageError
from sekisho.registry import invitations as registry
from sekisho.registry.audit import Action
from sekisho.registry.invitations import Invitation
from sekisho.registry.roles import givable
from sekisho.registry.tokens import ADMIN
from sekisho.web import exports
from sekisho.web.accounts import letters
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, accepted, missing
from sekisho.web.pages.people import InviteForm

invitations = Section("People and tokens")
Row = dict[str, object]


class InvitationShape(TypedDict):
    """Somebody is asked to join; what the link holds is not told."""

    number: int
    email: str
    role: str
    person: str
    """Who invites."""
    created: str
    expires: str


class Invitations(TypedDict):
    """Those that can still be accepted, the newest first."""

    items: list[InvitationShape]


class NewInvitation(Schema):
    """Whom to invite, and as what."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    role: Literal["owner", "admin", "analyst", "reader"] = "reader"


class MadeInvitation(TypedDict):
    """An invitation, and how it reached the person."""

    invitation: InvitationShape
    is_mailed: bool
    link: str
    """To be handed on where no mail could be sent, told this once; else empty."""
    trouble: str


@invitations.get("/invitations", Invitations, scope=ADMIN)
def list_invitations(request: ApiRequest) -> Row:
    """Invitations that can still be accepted."""
    rows = registry.open_invitations(request.org.pk).select_related("person")
    return {"items": [told(row) for row in rows[: registry.MOST_OPEN]]}


@invitations.change("POST", "/invitations", MadeInvitation, scope=ADMIN, status=201)
def invite(request: ApiRequest, body: NewInvitation) -> Row:
    """Invites somebody by mail, never to a role above that of whoever asks; an older one to the same address ends.

    Where no mail server is set, or it refuses, the answer has the link, this once.
    """
    roles = givable(request.auth.role(request.org.pk))
    if body.role not in roles:
        raise Problem(403, _("Nobody gives a role above their own."))
    form = InviteForm(body.dict(), roles)
    accepted(form)
    try:
        made, text = registry.invite(request.org, form.cleaned_data["email"], body.role, request.auth.person)
    except UsageError as error:
        raise refused(error) from None
    made.refresh_from_db()
    note(request, Action.PERSON_INVITED, made.email, role=made.role)
    return sent(made, text)


def sent(made: Invitation, text: str) -> Row:
    """Mails an invitation, and says how it reached the person."""
    is_mailed, trouble = False, ""
    try:
        is_mailed = letters.send(made, text)
    except SendFailed as error:
        trouble = str(error)
    link = "" if is_mailed else letters.link_of(text)
    return {"invitation": told(made), "is_mailed": is_mailed, "link": link, "trouble": trouble}


@invitations.change("DELETE", "/invitations/{int:number}", None, scope=ADMIN)
def withdraw_invitation(request: ApiRequest, number: Number) -> None:
    """Makes the link of an invitation good for nothing."""
    found = registry.open_invitations(request.org.pk).filter(pk=number).first()
    if found is None:
        raise missing()
    registry.withdraw(found)
    note(request, Action.INVITATION_WITHDRAWN, found.email)


def refused(error: UsageError) -> Problem:
    """Why the registry did not invite."""
    if "member already" in str(error):
        return Problem(409, _("This person is a member already."))
    return Problem(409, _("There are too many invitations. Withdraw some, or wait until tomorrow."))


def told(row: Invitation) -> Row:
    """An invitation as programs see it."""
    return {
        "number": row.pk,
        "email": row.email,
        "role": row.role,
        "person": str(row.person or ""),
        "created": exports.utc(row.created),
        "expires": exports.utc(row.expires),
    }
