"""Signing in by the provider of an organisation: found by its short name or an address, then led there."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import RedirectView

from sekisho.registry import signon
from sekisho.registry.signon import SignOn

MAX_TEXT = 254


def _library() -> list[URLPattern]:
    """What the library leads to by name; nobody connects accounts by hand here."""
    from allauth.socialaccount import views

    return [
        path("login/cancelled/", views.login_cancelled, name="socialaccount_login_cancelled"),
        path("login/error/", views.login_error, name="socialaccount_login_error"),
        path("signup/", RedirectView.as_view(pattern_name="account_login"), name="socialaccount_signup"),
        path("", RedirectView.as_view(pattern_name="my_account"), name="socialaccount_connections"),
    ]


LIBRARY = _library()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Asks which organisation; says the same whether there is none of that name or it has no provider."""
    text = request.POST.get("who", "")[:MAX_TEXT]
    if request.method == "POST":
        found = signon.find(text)
        if found is not None:
            return redirect(reverse("sign_on_go", kwargs={"key": found.key}))
        messages.error(request, _("No organisation with single sign-on is known by that."))
    return render(request, "account/sign_on.html", {"who": text})


@never_cache
@require_safe
def go(request: HttpRequest, key: str) -> HttpResponse:
    """Leads on by itself, and by a link: a form would be held up by our own policy on where forms may lead."""
    row = get_object_or_404(SignOn.objects.select_related("organisation"), key=key, is_on=True)
    then = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(then, allowed_hosts={request.get_host()})
    query = {"next": then if is_ours else reverse("overview", kwargs={"org": row.organisation.slug})}
    name, part = ("openid_connect_login", "provider_id") if row.kind == signon.OIDC else ("saml_login", "organization_slug")
    url = reverse(name, kwargs={part: row.key}, query=query)
    return render(request, "account/sign_on.html", {"row": row, "url": url})


@never_cache
@require_POST
def again(request: HttpRequest, key: str) -> HttpResponse:
    """Signs out whoever came another way, and leads to the sign-in of the organisation."""
    row = get_object_or_404(SignOn, key=key, is_on=True)
    then = request.POST.get("next", "")
    logout(request)
    return redirect(reverse("sign_on_go", kwargs={"key": row.key}, query={"next": then}))


@never_cache
def finish_saml(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """The answer of a SAML provider; one that no parser takes is as wrong as one that is not signed."""
    from allauth.socialaccount.providers.saml.views import finish_acs
    from onelogin.saml2.errors import OneLogin_Saml2_Error

    try:
        answer: HttpResponse = finish_acs(request, organization_slug=organization_slug)
    except (OneLogin_Saml2_Error, SyntaxError, ValueError, LookupError):
        messages.error(request, _("The answer of the provider was not valid."))
        return redirect("account_login")
    return answer
