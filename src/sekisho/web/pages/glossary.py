"""Help: the words of the pages, each with its line and an address of its own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sekisho.registry.models import User
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.terms import BY_SLUG, TERMS
from sekisho.web.parts import Crumb


@org_page
def help_(request: OrgRequest) -> HttpResponse:
    """How to read the pages, and all terms."""
    return render(request, "pages/help.html", {"terms": TERMS, "org_slug": request.org.slug})


@org_page
def help_term(request: OrgRequest, term: str) -> HttpResponse:
    """One term."""
    found = BY_SLUG.get(term)
    if found is None:
        raise Http404
    crumbs = [Crumb(_("Help and glossary"), reverse("help", kwargs={"org": request.org.slug})), Crumb(str(found.word))]
    return render(request, "pages/help_term.html", {"term": found, "crumbs": crumbs, "terms": TERMS})


def help_anywhere(request: HttpRequest) -> HttpResponse:
    """`/help/`: leads to the help of the person's first organisation, else shows the terms without one."""
    if isinstance(request.user, User):
        org = request.user.organisations.order_by("name").first()
        if org is not None:
            return redirect("help", org=org.slug)
    return render(request, "pages/help.html", {"terms": TERMS, "org_slug": ""})


def no_organisation(request: HttpRequest) -> HttpResponse:
    """For a person whom nobody has taken into an organisation yet."""
    if not isinstance(request.user, User):
        return redirect("account_login")
    org = request.user.organisations.order_by("name").first()
    if org is None and request.user.agencies.exists():
        return redirect("agency")  # the first organisation of an agency is made there
    return redirect("overview", org=org.slug) if org is not None else render(request, "pages/no_organisation.html")
