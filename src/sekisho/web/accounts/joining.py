"""Where the link of an invitation leads: to join as who one is, to sign in first, or to become somebody here."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sekisho.core.errors import UsageError
from sekisho.registry import invitations
from sekisho.registry.audit import Action, Actor, note
from sekisho.registry.invitations import Invitation
from sekisho.registry.models import Organisation, User
from sekisho.web.roles import role_word

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class NewPerson(forms.Form):
    """Name and password of somebody who has no account."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"}))
    password = forms.CharField(
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 10 characters."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        max_length=200,
    )

    def __init__(self, data: object, email: str) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.email = email

    def clean_password(self) -> str:
        """A password that is not easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, text: str) -> HttpResponse:
    """The invitation; a POST accepts it. The same page says that a link is good for nothing, whatever the reason."""
    found = invitations.find(text)
    if found is None:
        return render(request, "account/invitation.html", {"invitation": None}, status=404)
    if isinstance(request.user, User):
        return _join(request, found, request.user) if request.method == "POST" else _show(request, found)
    if User.objects.filter(email__iexact=found.email).exists():
        return _show(request, found, must_sign_in=True)
    form = NewPerson(request.POST if request.method == "POST" else None, found.email)
    return _become(request, found, form) if form.is_valid() else _show(request, found, form=form)


def _show(request: HttpRequest, found: Invitation, **more: object) -> HttpResponse:
    context = {"invitation": found, "role": role_word(found.role), **more}
    return render(request, "account/invitation.html", context)


def _become(request: HttpRequest, found: Invitation, form: NewPerson) -> HttpResponse:
    """Makes the account, signs the person in, and joins."""
    user = User.objects.create_user(found.email, form.cleaned_data["password"], name=form.cleaned_data["name"])
    login(request, user, backend=BACKEND)
    return _join(request, found, user)


def _join(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    try:
        member = invitations.accept(found, user)
    except UsageError:
        return render(request, "account/invitation.html", {"invitation": None}, status=404)
    by = Actor(user, address=str(request.META.get("REMOTE_ADDR", "")))
    host = found.host
    orgs = [host] if isinstance(host, Organisation) else Organisation.objects.filter(customer__agency=host)
    for org in orgs:
        note(by, Action.INVITATION_ACCEPTED, user.email, org=org, role=member.role, invited=found.email)
    messages.success(request, _("You are now in %(name)s.") % {"name": host.name})
    return redirect("overview", org=host.slug) if isinstance(host, Organisation) else redirect("agency")
