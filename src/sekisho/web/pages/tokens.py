"""Tokens: what programs show to deliver reports by HTTP; made, listed and revoked by owners and administrators."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sekisho.registry import tokens as registry
from sekisho.registry.models import Token
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.roles import admin_page
from sekisho.web.parts import Tone

PAGE_SIZE = 50
MOST = 200
"""Tokens of one organisation that are good at a time."""
SCOPES = {registry.INGEST: gettext_lazy("Deliver reports")}
DAYS = (("90", gettext_lazy("90 days")), ("365", gettext_lazy("1 year")), ("0", gettext_lazy("Never")))


class TokenForm(forms.Form):
    """A name for people, and how long the token is good."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("Which program uses it, such as “mail gateway”."), max_length=100
    )
    days = forms.ChoiceField(label=gettext_lazy("Expires after"), choices=DAYS, initial="365")


@dataclass(frozen=True, slots=True)
class Line:
    """A token as the list shows it."""

    token: Token
    scope: str
    tone: Tone
    state: str

    @property
    def is_good(self) -> bool:
        """Whether it opens anything."""
        return self.tone is Tone.OK


@never_cache
@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: OrgRequest) -> HttpResponse:
    """The list and the form; a POST makes a token and shows its text, this once: it is in no address and no session."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    made = text = None
    if form.is_valid():
        if _good(request).count() >= MOST:
            messages.error(request, _("There are too many tokens. Revoke those that are not used any more."))
        else:
            days = int(form.cleaned_data["days"])
            expires = timezone.now() + dt.timedelta(days=days) if days else None
            made, text = registry.add(request.org.pk, form.cleaned_data["name"], expires=expires)
            form = TokenForm()
    rows = Token.objects.filter(organisation=request.org).order_by(F("revoked").asc(nulls_first=True), "-pk")
    page = Paginator(rows.defer("digest"), PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    context = {"form": form, "made": made, "text": text, "lines": [_line(row, now) for row in page], "page": page}
    context["address"] = request.build_absolute_uri("/api/v1/deliveries")
    return render(request, "pages/tokens.html", {**context, "page_size": PAGE_SIZE})


@admin_page
@require_POST
def revoke(request: OrgRequest, number: int) -> HttpResponse:
    """Makes a token good for nothing."""
    found = Token.objects.filter(organisation=request.org, pk=number).first()
    if found is None:
        raise Http404
    registry.revoke(found)
    messages.success(request, _("%(name)s is revoked. A program that shows it is turned away from now on.") % {"name": found.name})
    return redirect("settings_tokens", org=request.org.slug)


def _good(request: OrgRequest) -> QuerySet[Token]:
    return Token.objects.filter(organisation=request.org, revoked=None)


def _line(token: Token, now: dt.datetime) -> Line:
    scope = str(SCOPES.get(token.scopes, token.scopes))
    if token.revoked is not None:
        return Line(token, scope, Tone.PLAIN, _("Revoked"))
    if token.expires is not None and token.expires <= now:
        return Line(token, scope, Tone.WARN, _("Expired"))
    return Line(token, scope, Tone.OK, pgettext("token", "Good"))
