"""Tokens: what programs show at the HTTP interface; each member makes its own, no stronger than its role, and revokes them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

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
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Token
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.roles import may_administer
from sekisho.web.parts import Tone

PAGE_SIZE = 50
MOST = 200
"""Tokens of one organisation that are good at a time."""
SCOPES = {
    registry.READ: gettext_lazy("Read what the pages show"),
    registry.WRITE: gettext_lazy("Decide, act on alerts, add domains"),
    registry.INGEST: gettext_lazy("Deliver reports"),
    registry.FAILURES: gettext_lazy("See failure reports without redaction"),
    registry.ADMIN: gettext_lazy("Manage inboxes, channels and tokens"),
    registry.AGENCY: gettext_lazy("Manage your agencies, their organisations and people"),
}
DAYS = (("90", gettext_lazy("90 days")), ("365", gettext_lazy("1 year")), ("0", gettext_lazy("Never")))


class TokenForm(forms.Form):
    """A name for people, what the token is for, and how long it is good; `allowed` are the scopes of the person's role."""

    name = forms.CharField(
        label=gettext_lazy("Name"), help_text=gettext_lazy("Which program uses it, such as “mail gateway”."), max_length=100
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it is for"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("As little as the program needs. It never opens more than your own role, also when that changes."),
    )
    days = forms.ChoiceField(label=gettext_lazy("Expires after"), choices=DAYS, initial="365")

    def __init__(self, allowed: frozenset[str], data: Any = None) -> None:
        super().__init__(data)
        chosen = [(scope, words) for scope, words in SCOPES.items() if scope in allowed]
        self.fields["scopes"].choices = chosen  # type: ignore[attr-defined]
        self.initial["scopes"] = [registry.INGEST if registry.INGEST in allowed else registry.READ]


@dataclass(frozen=True, slots=True)
class Line:
    """A token as the list shows it."""

    token: Token
    scopes: list[str]
    tone: Tone
    state: str

    @property
    def may_be_revoked(self) -> bool:
        """Whether that changes anything."""
        return self.token.revoked is None


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: OrgRequest) -> HttpResponse:
    """The list and the form; a POST makes a token and shows its text, this once: it is in no address and no session."""
    allowed = registry.allowed(registry.role_of(request.org.pk, request.user.pk))
    if not request.user.agencies.exists():
        allowed -= {registry.AGENCY}
    form = TokenForm(allowed, request.POST if request.method == "POST" else None)
    made, text = _make(request, form) if form.is_valid() else (None, "")
    if made is not None:
        form = TokenForm(allowed)
    page = Paginator(_shown(request), PAGE_SIZE).get_page(request.GET.get("page"))
    now = timezone.now()
    context: dict[str, object] = {
        "form": form,
        "made": made,
        "text": text,
        "lines": [_line(row, now) for row in page],
        "page": page,
    }
    context["address"] = request.build_absolute_uri("/api/v1/deliveries")
    context["example"] = request.build_absolute_uri(f"/api/v1/organisations/{request.org.slug}/hosts?class=spoof")
    context["is_admin"] = may_administer(request)
    return render(request, "pages/tokens.html", {**context, "page_size": PAGE_SIZE})


def _make(request: OrgRequest, form: TokenForm) -> tuple[Token | None, str]:
    if Token.objects.filter(organisation=request.org, revoked=None).count() >= MOST:
        messages.error(request, _("There are too many tokens. Revoke those that are not used any more."))
        return None, ""
    given, days = form.cleaned_data, int(form.cleaned_data["days"])
    made, text = registry.add(
        request.org.pk, given["name"], scopes=given["scopes"], expires=registry.until(days), person=request.user
    )
    note(request, Action.TOKEN_MADE, made.name, days=days, scopes=made.scopes)
    return made, text


@org_page
@require_POST
def revoke(request: OrgRequest, number: int) -> HttpResponse:
    """Makes a token good for nothing; owners and administrators may do that with everybody's."""
    found = _shown(request).filter(pk=number).first()
    if found is None:
        raise Http404
    registry.revoke(found)
    note(request, Action.TOKEN_REVOKED, found.name)
    messages.success(request, _("%(name)s is revoked. A program that shows it is turned away from now on.") % {"name": found.name})
    return redirect("settings_tokens", org=request.org.slug)


def _shown(request: OrgRequest) -> QuerySet[Token]:
    """The person's own tokens; to owners and administrators all."""
    rows = Token.objects.filter(organisation=request.org).select_related("person").defer("digest")
    rows = rows if may_administer(request) else rows.filter(person=request.user)
    return rows.order_by(F("revoked").asc(nulls_first=True), "-pk")


def _line(token: Token, now: dt.datetime) -> Line:
    names = [str(SCOPES.get(scope, scope)) for scope in token.scopes.split()]
    opens = registry.opens(token)
    if token.revoked is not None:
        return Line(token, names, Tone.PLAIN, _("Revoked"))
    if token.expires is not None and token.expires <= now:
        return Line(token, names, Tone.WARN, _("Expired"))
    if not opens:
        return Line(token, names, Tone.WARN, _("Opens nothing any more"))
    if len(opens) < len(names):
        return Line(token, names, Tone.WARN, _("Opens less than it was made for"))
    return Line(token, names, Tone.OK, pgettext("token", "Good"))
