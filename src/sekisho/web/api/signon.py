"""How people sign in to an organisation: its provider of single sign-on, and whether a second factor is asked for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.registry import signon as registry
from sekisho.registry.audit import Action
from sekisho.registry.signon import SignInRules, SignOn
from sekisho.registry.tokens import ADMIN
from sekisho.web.accounts import factors
from sekisho.web.api.access import ApiRequest, note, person_of
from sekisho.web.api.operations import Section
from sekisho.web.api.problems import Problem, accepted, missing
from sekisho.web.pages.sso import FORMS, MAX_METADATA, addresses, keep

signon = Section("Signing in")
Row = dict[str, object]


class Address(TypedDict):
    """An address that the provider, or people, must be told."""

    what: str
    url: str


class ProviderShape(TypedDict):
    """A provider of single sign-on, without its secret."""

    kind: str
    values: dict[str, str]
    """OpenID Connect: `issuer`, `client_id`. SAML: `entity_id`, `sso_url`, `certificate`."""
    has_secret: bool
    is_on: bool
    is_required: bool
    """Whether members with addresses in proved domains get in no other way; owners always do."""
    join_role: str
    """The role of whoever signs in without an invitation; empty: only invited people get in."""
    addresses: list[Address]


class SignOnShape(TypedDict):
    """The provider, where there is one, and the domains it speaks for."""

    provider: ProviderShape | None
    proved: list[str]
    needs_two_factors: bool


class Provider(Schema):
    """A provider. OpenID Connect: `issuer`, `client_id`, `secret`, kept where it is empty; SAML: `metadata`, kept likewise."""

    kind: Literal["openid_connect", "saml"]
    issuer: Annotated[str, Field(max_length=500)] = ""
    client_id: Annotated[str, Field(max_length=200)] = ""
    secret: Annotated[str, Field(max_length=500)] = ""
    metadata: Annotated[str, Field(max_length=MAX_METADATA)] = ""
    join_role: Literal["", "reader", "analyst"] = ""
    is_on: bool = True
    is_required: bool = False


class Factors(Schema):
    """Whether everybody needs a second factor."""

    needs_two_factors: bool


@signon.get("/sign-on", SignOnShape, scope=ADMIN, owner=True)
def sign_on(request: ApiRequest) -> Row:
    """The provider of single sign-on, without its secret, and what is asked of people who sign in."""
    return _told(request)


@signon.change("PUT", "/sign-on", SignOnShape, scope=ADMIN, owner=True)
def change_sign_on(request: ApiRequest, body: Provider) -> Row:
    """Sets the provider of single sign-on; one for OpenID Connect is asked what it can do.

    With another issuer the secret has to be given again.
    """
    row = SignOn.objects.filter(organisation=request.org).first()
    if row is not None and row.kind != body.kind:
        raise Problem(409, _("There is a provider of another kind. Remove it first."))
    form: Any = FORMS[body.kind](body.dict(), row)
    accepted(form)
    row = row or SignOn(organisation=request.org, kind=body.kind)
    name, role = keep(row, form), row.join_role
    note(request, Action.SSO_CHANGED, name, kind=row.kind, join_role=role, is_required=row.is_required, is_on=row.is_on)
    return _told(request)


@signon.change("DELETE", "/sign-on", None, scope=ADMIN, owner=True)
def remove_sign_on(request: ApiRequest) -> None:
    """Forgets the provider and its secret; people stay, and sign in with a password or a passkey."""
    row = SignOn.objects.filter(organisation=request.org).first()
    if row is None:
        raise missing()
    row.delete()
    note(request, Action.SSO_REMOVED, request.org.slug)


@signon.change("PUT", "/sign-on/factors", SignOnShape, scope=ADMIN, owner=True)
def change_factors(request: ApiRequest, body: Factors) -> Row:
    """Sets whether everybody needs a second factor; who asks for it must have one."""
    if body.needs_two_factors and not factors.have([person_of(request).pk]):
        raise Problem(409, _("Set up your own second factor first: else you would lock yourself out."))
    wanted = {"needs_two_factors": body.needs_two_factors}
    SignInRules.objects.update_or_create(organisation=request.org, defaults=wanted)
    note(request, Action.SECURITY_CHANGED, "two_factors", after=body.needs_two_factors)
    return _told(request)


def _told(request: ApiRequest) -> Row:
    row = SignOn.objects.filter(organisation=request.org).first()
    return {
        "provider": _provider(request, row) if row is not None else None,
        "proved": sorted(registry.proved(request.org.pk)),
        "needs_two_factors": SignInRules.objects.filter(organisation=request.org, needs_two_factors=True).exists(),
    }


def _provider(request: ApiRequest, row: SignOn) -> Row:
    return {
        "kind": row.kind,
        "values": row.values,
        "has_secret": bool(row.sealed),
        "is_on": row.is_on,
        "is_required": row.is_required,
        "join_role": row.join_role,
        "addresses": [{"what": label, "url": url} for label, url in addresses(request, row)],
    }
