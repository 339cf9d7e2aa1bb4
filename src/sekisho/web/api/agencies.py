"""Agencies of whoever asks: their organisations with what needs attention, new ones, and the people with a role in all of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Literal

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.errors import UsageError
from sekisho.registry import agencies as registry
from sekisho.registry import audit, invitations
from sekisho.registry.agencies import Agency, AgencyPerson
from sekisho.registry.audit import Action
from sekisho.registry.models import Organisation, Role, User
from sekisho.registry.tokens import AGENCY
from sekisho.web import customers, facts
from sekisho.web.accounts import demands
from sekisho.web.api.access import ApiRequest, Caller, actor
from sekisho.web.api.invitations import Invitations, MadeInvitation, NewInvitation, refused, sent, told
from sekisho.web.api.operations import Number, Section, View
from sekisho.web.api.problems import Problem, accepted, missing, needs
from sekisho.web.pages.agency import COLUMNS, OrganisationForm, PersonForm, values

Row = dict[str, object]
MOST = 2_000
"""Organisations that one answer tells of: as many as are summed up at a time."""


def _by_person(view: View, scope: str, *, owner: bool) -> Callable[..., object]:  # noqa: ARG001 - the door of organisations knows owners
    """The view behind the door: a signed-in person, or a token of one with the scope; what is not theirs is not there."""

    @wraps(view)
    def checked(request: HttpRequest, **values: object) -> object:
        caller: Caller = request.auth  # type: ignore[attr-defined]
        if scope not in caller.everywhere or caller.person is None:
            raise needs(scope)
        return view(request, **values)

    told = inspect.signature(view, eval_str=True)
    first, *others = told.parameters.values()
    checked.__signature__ = told.replace(  # type: ignore[attr-defined]
        parameters=[first.replace(annotation=HttpRequest), *others]
    )
    return checked


agencies = Section("Agencies", base="/agencies", door=_by_person)


class AgencyShape(TypedDict):
    """An agency, and what the asker is in it."""

    number: int
    name: str
    role: str
    organisations: int


class Agencies(TypedDict):
    """Those that the asker belongs to."""

    items: list[AgencyShape]


class CustomerShape(TypedDict):
    """An organisation with its sums, as in the file of the page."""

    organisation: str
    name: str
    domains: int
    alerts: int
    spoofing_alerts: int
    messages: int
    normal: int
    forwarded: int
    failing: int
    spoof: int
    reject: int
    """Domains with that policy; likewise `quarantine` and `none`, and `unknown` where nobody knows."""
    quarantine: int
    none: int
    unknown: int
    newest: str
    """Day of the newest report; empty where there is none."""
    inboxes: int
    inboxes_in_trouble: int


class Customers(TypedDict):
    """Organisations of an agency, those that need attention first."""

    items: list[CustomerShape]
    days: int


class NewOrganisation(Schema):
    """An organisation to be made."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    slug: Annotated[str, Field(min_length=1, max_length=63)]
    language: Literal["ja", "en"] = "ja"


class MadeOrganisation(TypedDict):
    """An organisation of an agency."""

    slug: str
    name: str
    language: str


class PersonShape(TypedDict):
    """A person of an agency, with a role in all of its organisations."""

    number: int
    email: str
    name: str
    role: str


class People(TypedDict):
    """All people of an agency."""

    items: list[PersonShape]


class NewPerson(Schema):
    """Who shall have which role; somebody with an account."""

    email: Annotated[str, Field(min_length=3, max_length=254)]
    role: Literal["owner", "admin", "analyst", "reader"] = "reader"


@agencies.get("", Agencies, scope=AGENCY)
def list_agencies(request: ApiRequest) -> Row:
    """The agencies of whoever asks, and the role in each."""
    mine = _person(request).agencies.select_related("agency").order_by("agency__name")
    return {"items": [_agency(row) for row in mine]}


@agencies.get("/{int:number}", AgencyShape, scope=AGENCY)
def agency(request: ApiRequest, number: Number) -> Row:
    """One agency."""
    return _agency(_mine(request, number))


_DAYS = {
    "in": "query",
    "name": "days",
    "required": False,
    "description": "Days that are summed up, today among them.",
    "schema": {"type": "integer", "enum": list(customers.RANGES), "default": 30},
}


@agencies.get("/{int:number}/organisations", Customers, scope=AGENCY, parameters=(_DAYS,))
def agency_organisations(request: ApiRequest, number: Number) -> Row:
    """Its organisations in which the asker is a member, with their sums, those that need attention first."""
    mine, days = _mine(request, number), request.GET.get("days") or "30"
    if days not in {str(each) for each in customers.RANGES}:
        raise Problem(422, errors=[("days", _("“%(value)s” means nothing here.") % {"value": days[:60]})])
    closed = demands.closed(request) if request.auth.user is not None else ()
    orgs = customers.found(mine.user).filter(customer__agency=mine.agency_id).exclude(pk__in=closed)[:MOST]
    lines = customers.ordered(customers.lines(facts.store(), orgs, int(days)), "urgency")
    return {"items": [dict(zip(COLUMNS, values(line), strict=True)) for line in lines], "days": int(days)}


@agencies.change("POST", "/{int:number}/organisations", MadeOrganisation, scope=AGENCY, status=201)
def add_agency_organisation(request: ApiRequest, number: Number, body: NewOrganisation) -> Row:
    """Makes an organisation in which all people of the agency have their role; for its owners and administrators."""
    of = _mine(request, number, *registry.MANAGERS).agency
    form = OrganisationForm(body.dict())
    accepted(form)
    if of.customers.count() >= registry.MOST_ORGANISATIONS:
        raise Problem(409, _("There are too many organisations in this agency."))
    with transaction.atomic():
        made = Organisation.objects.create(**form.cleaned_data)
        registry.put_organisation(of, made)
    _note(request, [made], Action.ORGANISATION_MADE, made.slug, agency=of.name)
    return {"slug": made.slug, "name": made.name, "language": made.language}


@agencies.get("/{int:number}/people", People, scope=AGENCY)
def agency_people(request: ApiRequest, number: Number) -> Row:
    """Who belongs to the agency; for its owners."""
    of = _mine(request, number, Role.OWNER).agency
    return {"items": [_told(row) for row in of.people.select_related("user").order_by("user__email")]}


@agencies.change("POST", "/{int:number}/people", PersonShape, scope=AGENCY)
def put_agency_person(request: ApiRequest, number: Number, body: NewPerson) -> Row:
    """Takes somebody with an account into the agency, or gives another role, in all of its organisations; for its owners."""
    of = _mine(request, number, Role.OWNER).agency
    form = PersonForm(body.dict())
    accepted(form)
    user = form.user
    if user is None:
        raise Problem(422, errors=[("email", _("Nobody has an account with this address yet. Invite the person."))])
    if user == _person(request):
        raise Problem(409, _("Somebody else has to change your own role."))
    if registry.is_full(of, user):
        raise Problem(409, _("There are too many people in this agency."))
    row = registry.put_person(of, user, body.role)
    _note(request, _organisations(of), Action.ROLE_CHANGED, user.email, role=body.role, agency=of.name)
    return _told(row)


@agencies.change("DELETE", "/{int:number}/people/{int:person}", None, scope=AGENCY)
def remove_agency_person(request: ApiRequest, number: Number, person: Number) -> None:
    """Takes a person out of the agency, and so out of all of its organisations; for its owners, and not oneself."""
    of = _mine(request, number, Role.OWNER).agency
    row = of.people.filter(pk=person).exclude(user=_person(request)).select_related("user").first()
    if row is None:
        raise missing()
    email, there = row.user.email, list(_organisations(of))
    registry.remove_person(row)
    _note(request, there, Action.PERSON_REMOVED, email, agency=of.name)


@agencies.get("/{int:number}/invitations", Invitations, scope=AGENCY)
def agency_invitations(request: ApiRequest, number: Number) -> Row:
    """Invitations to the agency that can still be accepted; for its owners."""
    rows = invitations.open_to(_mine(request, number, Role.OWNER).agency).select_related("person")
    return {"items": [told(row) for row in rows[: invitations.MOST_OPEN]]}


@agencies.change("POST", "/{int:number}/invitations", MadeInvitation, scope=AGENCY, status=201)
def invite_to_agency(request: ApiRequest, number: Number, body: NewInvitation) -> Row:
    """Invites somebody into the agency, and so into all of its organisations; for its owners.

    Where no mail server is set, or it refuses, the answer has the link, this once.
    """
    of = _mine(request, number, Role.OWNER).agency
    form = PersonForm(body.dict())
    accepted(form)
    if registry.is_full(of):
        raise Problem(409, _("There are too many people in this agency."))
    try:
        made, text = invitations.invite(of, form.cleaned_data["email"], body.role, _person(request))
    except UsageError as error:
        raise refused(error) from None
    made.refresh_from_db()
    _note(request, _organisations(of), Action.PERSON_INVITED, made.email, role=made.role, agency=of.name)
    return sent(made, text)


@agencies.change("DELETE", "/{int:number}/invitations/{int:invitation}", None, scope=AGENCY)
def withdraw_agency_invitation(request: ApiRequest, number: Number, invitation: Number) -> None:
    """Makes the link of an invitation to the agency good for nothing; for its owners."""
    of = _mine(request, number, Role.OWNER).agency
    found = invitations.open_to(of).filter(pk=invitation).first()
    if found is None:
        raise missing()
    invitations.withdraw(found)
    _note(request, _organisations(of), Action.INVITATION_WITHDRAWN, found.email, agency=of.name)


def _person(request: ApiRequest) -> User:
    person = request.auth.person
    assert person is not None
    return person


def _mine(request: ApiRequest, number: int, *roles: str) -> AgencyPerson:
    """The asker's place in an agency: 404 for others, 403 without one of the roles."""
    found = _person(request).agencies.filter(agency_id=number).select_related("agency", "user").first()
    if found is None:
        raise missing()
    if roles and found.role not in roles:
        raise Problem(403, _("Your role in this agency is not enough for that."))
    return found


def _organisations(of: Agency) -> list[Organisation]:
    return list(Organisation.objects.filter(customer__agency=of))


def _note(request: ApiRequest, orgs: list[Organisation], action: Action, target: str, **detail: object) -> None:
    """Written down in each organisation, whose owners have a right to know."""
    token = request.auth.token
    for org in orgs:
        audit.note(actor(request), action, target, org=org, token=token.name if token else None, **detail)


def _agency(row: AgencyPerson) -> Row:
    return {"number": row.agency_id, "name": row.agency.name, "role": row.role, "organisations": row.agency.customers.count()}


def _told(row: AgencyPerson) -> Row:
    return {"number": row.pk, "email": row.user.email, "name": row.user.name, "role": row.role}
