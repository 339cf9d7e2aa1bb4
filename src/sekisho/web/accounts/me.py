"""A person's own account: name and language, ways of signing in, organisations, and what happened to it last."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.core.errors import UsageError
from sekisho.registry import invitations
from sekisho.registry.audit import Action, AuditEntry, note
from sekisho.registry.models import Member, User
from sekisho.web.accounts import factors
from sekisho.web.auditwords import action_word
from sekisho.web.roles import role_word

LAST = 10
"""Things that happened to the account, shown."""


class Profile(forms.ModelForm):  # type: ignore[type-arg]
    """What others see, and the language of mails."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of mails"),
        choices=[("", gettext_lazy("As the organisation")), *settings.LANGUAGES],
        required=False,
    )

    class Meta:
        model = User
        fields = ("name", "language")
        labels = {"name": gettext_lazy("Your name")}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The account; a POST keeps name and language."""
    assert isinstance(request.user, User)
    form = Profile(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        note(request, Action.PROFILE_CHANGED, request.user.email)
        messages.success(request, _("Saved."))
        return redirect("my_account")
    members = Member.objects.filter(user=request.user).select_related("organisation").order_by("organisation__name")
    entries = AuditEntry.objects.filter(organisation=None, person=request.user).order_by("-id")[:LAST]
    context = {
        "form": form,
        "memberships": [(member, role_word(member.role)) for member in members],
        "has_second_factor": bool(factors.have([request.user.pk])),
        "happened": [(entry, action_word(entry.action)) for entry in entries],
    }
    return render(request, "account/me.html", context)


@login_required
@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Leaves an organisation."""
    member = get_object_or_404(Member.objects.select_related("organisation"), organisation_id=number, user=request.user)
    try:
        invitations.remove(member)
    except UsageError:
        messages.error(request, _("You are the last owner. Make somebody else an owner first."))
        return redirect("my_account")
    note(request, Action.PERSON_LEFT, member.user.email, org=number)
    messages.success(request, _("You have left %(name)s.") % {"name": member.organisation.name})
    return redirect("my_account")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the person is signed in; a POST ends all other sessions."""
    from allauth.usersessions.views import list_usersessions

    answer: HttpResponse = list_usersessions(request)
    if request.method == "POST":
        note(request, Action.SESSION_ENDED, str(getattr(request.user, "email", "")))
    return answer
