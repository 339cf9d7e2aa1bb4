"""People and tokens of an organisation, and the log of who changed what."""

from __future__ import annotations

from typing import Annotated, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.errors import UsageError
from sekisho.registry import audit, invitations
from sekisho.registry import tokens as token_registry
from sekisho.registry.audit import Action
from sekisho.registry.models import Member, Token
from sekisho.registry.roles import givable
from sekisho.registry.tokens import ADMIN, DAYS, MOST_DAYS, SCOPES
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import PAGES, Parameter, listed, one_of
from sekisho.web.pages.tokens import MOST

people = Section("People and tokens")
Row = dict[str, object]


class MemberShape(TypedDict):
    """A person in the organisation."""

    number: int
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


class NewRole(Schema):
    """The role that a member shall have."""

    role: Literal["owner", "admin", "analyst", "reader"]


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
    scopes: Annotated[
        list[Literal["read", "write", "ingest", "failures", "admin", "agency"]], Field(min_length=1, max_length=len(SCOPES))
    ]
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = DAYS


class MadeToken(TypedDict):
    """A token and its text, which is told this once."""

    token: TokenShape
    text: str


class Entry(TypedDict):
    """Something that somebody did."""

    number: int
    at: str
    who: str
    action: str
    target: str
    detail: dict[str, object]
    address: str


class Log(TypedDict):
    """A page of the audit log, the newest first."""

    items: list[Entry]
    total: int
    page: int
    size: int


@people.get("/members", Members, scope=ADMIN, parameters=PAGES)
def list_members(request: ApiRequest) -> Row:
    """People in the organisation and their roles."""
    rows = Member.objects.filter(organisation=request.org).select_related("user").order_by("user__email")
    return listed(request, rows, _member)


@people.change("PATCH", "/members/{int:number}", MemberShape, scope=ADMIN)
def change_role(request: ApiRequest, number: Number, body: NewRole) -> Row:
    """Gives a member another role, never one above that of whoever asks."""
    found = _theirs(request, number)
    if body.role not in givable(request.auth.role(request.org.pk)):
        raise Problem(403, _("Nobody gives a role above their own."))
    before = found.role
    try:
        invitations.set_role(found, body.role)
    except UsageError:
        raise _no_owner() from None
    note(request, Action.ROLE_CHANGED, found.user.email, before=before, after=body.role)
    return _member(found)


@people.change("DELETE", "/members/{int:number}", None, scope=ADMIN)
def remove_member(request: ApiRequest, number: Number) -> None:
    """Takes a person out of the organisation; never its last owner."""
    found = _theirs(request, number)
    try:
        invitations.remove(found)
    except UsageError:
        raise _no_owner() from None
    note(request, Action.PERSON_REMOVED, found.user.email, role=found.role)


def _no_owner() -> Problem:
    return Problem(409, _("An organisation needs an owner. Make somebody else an owner first."))


def _theirs(request: ApiRequest, number: int) -> Member:
    """A member whose role is not above that of whoever asks; 404 for any other, as on the page."""
    found = Member.objects.filter(organisation=request.org, pk=number).select_related("user").first()
    if found is None or found.role not in givable(request.auth.role(request.org.pk)):
        raise missing()
    return found


def _member(row: Member) -> Row:
    return {"number": row.pk, "email": row.user.email, "name": row.user.name, "role": row.role, "is_active": row.user.is_active}


@people.get("/tokens", Tokens, scope=ADMIN, parameters=PAGES)
def list_tokens(request: ApiRequest) -> Row:
    """Tokens, without what they are; those that were revoked too."""
    rows = Token.objects.filter(organisation=request.org).select_related("person").defer("digest").order_by("-pk")
    return listed(request, rows, _token)


@people.change("POST", "/tokens", MadeToken, scope=ADMIN, status=201)
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


@people.change("DELETE", "/tokens/{int:number}", None, scope=ADMIN)
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


_ACTION: Parameter = {
    "in": "query",
    "name": "action",
    "required": False,
    "schema": {"type": "string", "enum": [action.value for action in Action]},
}


@people.get("/audit", Log, scope=ADMIN, parameters=(_ACTION, *PAGES))
def list_audit(request: ApiRequest) -> Row:
    """Who changed what, and who looked at failure reports; the newest first."""
    rows, action = audit.between(request.org.pk), one_of(request, "action", list(Action))
    return listed(request, rows.filter(action=action) if action else rows, _entry)


def _entry(row: audit.AuditEntry) -> Row:
    return {
        "number": row.pk,
        "at": exports.utc(row.at),
        "who": row.who,
        "action": row.action,
        "target": row.target,
        "detail": row.detail,
        "address": row.address,
    }
