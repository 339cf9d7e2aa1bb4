"""What a person may do in an organisation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sekisho.registry.models import Member, Organisation, Role
from sekisho.registry.roles import Ability, can
from sekisho.web.frame import OrgRequest, org_page

P = ParamSpec("P")
ADMINISTRATORS = (Role.OWNER, Role.ADMIN)
MOST_NAMES = 5


def may_change(request: OrgRequest) -> bool:
    """Whether the person may decide, add and read again: all roles but the reader."""
    return can(request.org.pk, request.user.pk, Ability.WORK)


def may_administer(request: OrgRequest) -> bool:
    """Whether the person may change the settings of the organisation: owners and administrators."""
    return can(request.org.pk, request.user.pk, Ability.ADMINISTER)


def may_own(request: OrgRequest) -> bool:
    """Whether the person may make owners and set how people sign in: owners."""
    return can(request.org.pk, request.user.pk, Ability.OWN)


def may_use_machine(request: OrgRequest) -> bool:
    """Whether the person may name files and ports of this machine: who runs it, or who has it for one organisation alone."""
    return request.user.is_superuser or Organisation.objects.count() == 1


def admin_page(
    view: Callable[Concatenate[OrgRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """A view for owners and administrators; other members get 403 and are told who can."""

    @wraps(view)
    def checked(request: OrgRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if may_administer(request) else forbidden(request)

    return org_page(checked)  # type: ignore[arg-type]


def owner_page(
    view: Callable[Concatenate[OrgRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """A view for owners; other members get 403."""

    @wraps(view)
    def checked(request: OrgRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return view(request, *args, **kwargs) if may_own(request) else forbidden(request)

    return org_page(checked)  # type: ignore[arg-type]


def forbidden(request: OrgRequest) -> HttpResponse:
    """403 in the frame, with the names of those who can."""
    able = Member.objects.filter(organisation=request.org, role__in=ADMINISTRATORS, user__is_active=True).select_related("user")
    people = [str(member.user) for member in able.order_by("user__name", "user__email")[:MOST_NAMES]]
    return render(request, "pages/forbidden.html", {"people": people}, status=403)
