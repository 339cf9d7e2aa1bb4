"""The people of an organisation: who they are and what they may do, invitations, and what is asked of them at sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sekisho.alerts.message import SendFailed
from sekisho.core.errors import UsageError
from sekisho.registry import invitations as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Member, Role
from sekisho.registry.roles import givable
from sekisho.registry.signon import SignInRules
from sekisho.web.accounts import factors, letters
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.roles import admin_page, may_own, owner_page
from sekisho.web.roles import ROLE_TEXTS, ROLE_WORDS, role_word

PAGE_SIZE = 100


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=Role.READER)

    def __init__(self, data: object, roles: tuple[Role, ...]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["role"].choices = [(role.value, ROLE_WORDS[role]) for role in roles]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Line:
    """A member as the list shows it."""

    member: Member
    role: str
    has_second_factor: bool
    is_me: bool
    is_mine: bool
    """Whether whoever looks may change or remove this member."""


@never_cache
@admin_page
@require_safe
def people(request: OrgRequest) -> HttpResponse:
    """The list, the open invitations, the form to invite, and the rules of signing in."""
    return _page(request)


@never_cache
@admin_page
@require_POST
def invite(request: OrgRequest) -> HttpResponse:
    """Invites somebody by mail; where no mail server is set, or it refuses, shows the link this once."""
    form = InviteForm(request.POST, givable(_my_role(request)))
    if not form.is_valid():
        return _page(request, form=form)
    try:
        made, text = registry.invite(request.org, form.cleaned_data["email"], form.cleaned_data["role"], request.user)
    except UsageError as error:
        messages.error(request, _told(error))
        return redirect("settings_people", org=request.org.slug)
    note(request, Action.PERSON_INVITED, made.email, role=made.role)
    try:
        if letters.send(made, text):
            messages.success(request, _("%(email)s is invited by mail.") % {"email": made.email})
            return redirect("settings_people", org=request.org.slug)
    except SendFailed as error:
        messages.error(request, _("The mail could not be sent: %(why)s") % {"why": error})
    return _page(request, made=made, link=letters.link_of(text))


@admin_page
@require_POST
def withdraw(request: OrgRequest, number: int) -> HttpResponse:
    """Makes the link of an invitation good for nothing."""
    found = request.org.invitations.filter(pk=number).first()
    if found is None:
        raise Http404
    registry.withdraw(found)
    note(request, Action.INVITATION_WITHDRAWN, found.email)
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": found.email})
    return redirect("settings_people", org=request.org.slug)


@admin_page
@require_POST
def change_role(request: OrgRequest, number: int) -> HttpResponse:
    """Gives a member another role, never one above the own."""
    member, role = _theirs(request, number), request.POST.get("role", "")
    if role not in givable(_my_role(request)):
        raise Http404
    before = member.role
    try:
        registry.set_role(member, role)
    except UsageError as error:
        messages.error(request, _told(error))
    else:
        note(request, Action.ROLE_CHANGED, member.user.email, before=before, after=role)
        messages.success(request, _("%(name)s: %(role)s.") % {"name": member.user, "role": role_word(role)})
    return redirect("settings_people", org=request.org.slug)


@admin_page
@require_POST
def remove(request: OrgRequest, number: int) -> HttpResponse:
    """Takes a person out of the organisation."""
    member = _theirs(request, number)
    try:
        registry.remove(member)
    except UsageError as error:
        messages.error(request, _told(error))
    else:
        note(request, Action.PERSON_REMOVED, member.user.email, role=member.role)
        messages.success(request, _("%(name)s is no longer in the organisation.") % {"name": member.user})
    return redirect("settings_people", org=request.org.slug)


@owner_page
@require_POST
def rules(request: OrgRequest) -> HttpResponse:
    """Whether a second factor is asked of everybody; an owner without one is asked to set it up first."""
    wanted = "two_factors" in request.POST
    if wanted and not factors.have([request.user.pk]):
        messages.error(request, _("Set up your own second factor first: else you would lock yourself out."))
        return redirect("mfa_index")
    SignInRules.objects.update_or_create(organisation=request.org, defaults={"needs_two_factors": wanted})
    note(request, Action.SECURITY_CHANGED, "two_factors", after=wanted)
    messages.success(request, _("Saved."))
    return redirect("settings_people", org=request.org.slug)


def _page(request: OrgRequest, form: InviteForm | None = None, **more: object) -> HttpResponse:
    mine = _my_role(request)
    members = Member.objects.filter(organisation=request.org).select_related("user").order_by("user__name", "user__email")
    page = Paginator(members, PAGE_SIZE).get_page(request.GET.get("page"))
    secured = factors.have([member.user_id for member in page])
    roles = givable(mine)
    context = {
        "lines": [
            Line(row, role_word(row.role), row.user_id in secured, row.user_id == request.user.pk, row.role in roles)
            for row in page
        ],
        "page": page,
        "page_size": PAGE_SIZE,
        "roles": [(role.value, ROLE_WORDS[role]) for role in roles],
        "explained": [(ROLE_WORDS[role], ROLE_TEXTS[role]) for role in ROLE_WORDS],
        "invitations": [(row, role_word(row.role)) for row in registry.open_invitations(request.org.pk)[: registry.MOST_OPEN]],
        "form": form or InviteForm(None, roles),
        "days": registry.DAYS,
        "needs_two_factors": SignInRules.objects.filter(organisation=request.org, needs_two_factors=True).exists(),
        "may_own": may_own(request),
        **more,
    }
    return render(request, "pages/people.html", context)


def _my_role(request: OrgRequest) -> str:
    return Member.objects.filter(organisation=request.org, user=request.user).values_list("role", flat=True).first() or ""


def _theirs(request: OrgRequest, number: int) -> Member:
    """A member of this organisation whose role is not above the own; 404 for any other."""
    found = Member.objects.filter(organisation=request.org, pk=number).select_related("user").first()
    if found is None or found.role not in givable(_my_role(request)):
        raise Http404
    return found


def _told(error: UsageError) -> str:
    """The three refusals of the registry, in the language of the page."""
    words = str(error)
    if "owner" in words:
        return _("An organisation needs an owner. Make somebody else an owner first.")
    if "member already" in words:
        return _("This person is a member already.")
    return _("There are too many invitations. Withdraw some, or wait until tomorrow.")
