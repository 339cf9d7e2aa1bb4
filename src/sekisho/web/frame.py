"""The frame of every page: who asks, in which organisation, and what the navigation shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sekisho.registry.models import Organisation, User
from sekisho.web.accounts import demands, factors

P = ParamSpec("P")
LISTED = 20
"""Organisations in the switch; of more, one is searched."""
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class OrgRequest(HttpRequest):
    """A request of a signed-in person inside an organisation."""

    user: User
    org: Organisation


def org_page(view: Callable[Concatenate[OrgRequest, P], HttpResponse]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponse]:
    """A view under `/<org>/`: signed in, and a member of that organisation; all others get 404, as if it were not there."""

    @wraps(view)
    @login_required
    def checked(request: HttpRequest, org: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            raise Http404
        request.org = get_object_or_404(Organisation, slug=org, people=request.user)  # type: ignore[attr-defined]
        if factors.is_lacking(request, request.org):  # type: ignore[attr-defined]
            messages.warning(request, _("This organisation asks for a second factor. Set one up, then go on."))
            return redirect("mfa_index")
        row = demands.wanted_provider(request, request.org)  # type: ignore[attr-defined]
        if row is not None:
            return render(request, "account/sign_on_needed.html", {"row": row}, status=403)
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    checked.is_org_page = True  # type: ignore[attr-defined]
    return checked  # type: ignore[return-value]


def context(request: HttpRequest) -> dict[str, object]:
    """What base.html needs beside the page's own values."""
    org = getattr(request, "org", None)
    if org is None or not isinstance(request.user, User):
        return {"org": None}
    from sekisho.web.pages.alerts import counts  # the pages import this frame

    some = list(request.user.organisations.order_by("name")[: LISTED + 1])
    return {
        "org": org,
        "organisations": some[:LISTED],
        "has_more_organisations": len(some) > LISTED,
        "counts": counts(org.pk),
        "theme": request.COOKIES.get("sekisho_theme", "auto"),
    }
