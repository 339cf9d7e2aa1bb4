"""The first hour: domains are added, their records published and checked, and the first report is waited for."""

from __future__ import annotations

from dataclasses import fields

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sekisho.core.errors import UsageError
from sekisho.intake.addressing import asked_at, is_address, report_address
from sekisho.registry import deliveries, proofs
from sekisho.registry.audit import Action, note
from sekisho.registry.domains import checked
from sekisho.registry.models import Domain, Organisation
from sekisho.registry.proofs import Proof
from sekisho.store.query import Filter
from sekisho.web import facts
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.domains import registered_domain
from sekisho.web.pages.publishing import EVER, steps
from sekisho.web.pages.roles import may_administer, may_change
from sekisho.web.parts import Crumb

MOST_AT_ONCE = 500
"""Domains of one pasted list."""
MOST_TEXT = 64_000
MOST_BAD = 10
"""Lines that cannot be a domain which are shown."""
MOST_WAITING = 50
"""Domains without reports that the page lists."""


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OrgRequest) -> HttpResponse:
    """The form for one domain or a list of them; a POST registers them and leads to the records."""
    text = request.POST.get("names", "")[:MOST_TEXT] if request.method == "POST" else ""
    bad: list[str] = []
    if request.method == "POST":
        if not may_change(request):
            raise PermissionDenied
        good, bad = _read(text)
        for name in good:
            _add(request, name)
        if len(good) == 1 and not bad:
            return redirect("domain_start", org=request.org.slug, name=good[0])
        if good:
            told = ngettext("%(n)d domain is added.", "%(n)d domains are added.", len(good)) % {"n": len(good)}
            messages.success(request, told)
            text = "\n".join(bad)
    context = {
        "text": text,
        "bad": bad[:MOST_BAD],
        "bad_more": max(0, len(bad) - MOST_BAD),
        "may_change": may_change(request),
        "may_administer": may_administer(request),
        "address": asked_at(request.org),
        "waiting": waiting(request.org)[:MOST_WAITING],
        "crumbs": [Crumb(_("Domains"), f"/{request.org.slug}/domains/"), Crumb(_("Add a domain"))],
    }
    return render(request, "pages/domain_new.html", context)


def _read(text: str) -> tuple[list[str], list[str]]:
    """The domains of a pasted list, each once, and what in it cannot be one."""
    good: dict[str, None] = {}
    bad: list[str] = []
    for word in text.replace(",", " ").replace(";", " ").replace("、", " ").split()[:MOST_AT_ONCE]:
        try:
            good[checked(word.removeprefix("https://").removeprefix("http://").strip("/"))] = None
        except UsageError:
            bad.append(word[:253])
    return list(good), bad


def _add(request: OrgRequest, name: str) -> None:
    is_new = not Domain.objects.filter(organisation=request.org, name=name).exists()
    deliveries.adopt(request.org.pk, name)
    if is_new:
        note(request, Action.DOMAIN_ADDED, name)


def waiting(org: Organisation) -> list[str]:
    """The registered domains on which no report has come."""
    heard = {line.domain for line in facts.store().domains(Filter(org.pk, 0, EVER))}
    return [name for name in org.domains.order_by("name").values_list("name", flat=True) if name not in heard]


@never_cache
@org_page
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: OrgRequest, name: str) -> HttpResponse:
    """The four steps of one domain; a POST says where its reports shall go."""
    domain = registered_domain(request, name)
    proof = proofs.of(domain.pk)
    if request.method == "POST":
        if not may_change(request):
            raise PermissionDenied
        return _take_address(request, domain, proof)
    context = {
        **_context(request, domain, proof),
        "crumbs": [Crumb(_("Domains"), f"/{request.org.slug}/domains/"), Crumb(name)],
        "may_change": may_change(request),
        "may_administer": may_administer(request),
        "own_address": report_address(request.org).text if report_address(request.org).is_whole else "",
    }
    return render(request, "pages/domain_start.html", context)


def _take_address(request: OrgRequest, domain: Domain, proof: Proof) -> HttpResponse:
    address = request.POST.get("report_address", "").strip()[:254]
    if address and not is_address(address):
        messages.error(request, _("“%(text)s” is not an e-mail address that a record can name.") % {"text": address})
    else:
        proof.report_address = address
        proof.save(update_fields=("report_address",))
        note(request, Action.DOMAIN_CHANGED, domain.name, report_address=address)
    return redirect("domain_start", org=request.org.slug, name=domain.name)


@never_cache
@org_page
@require_safe
def check(request: OrgRequest, name: str) -> HttpResponse:
    """The steps alone, looked at anew: the page asks for them again and again while it is open."""
    domain = registered_domain(request, name)
    context = _context(request, domain, proofs.of(domain.pk))
    return HttpResponse(render_to_string("pages/_start_steps.html", {**context, "org": request.org}, request))


def _context(request: OrgRequest, domain: Domain, proof: Proof) -> dict[str, object]:
    """What the four steps show."""
    now = steps(request.org, domain, proof)
    shown = {field.name: getattr(now, field.name) for field in fields(now)}
    about = {"domain": domain, "proof": proof, "is_alone": Organisation.objects.count() == 1}
    return {**shown, **about, "is_asking": now.is_asking, "now": now.number}
