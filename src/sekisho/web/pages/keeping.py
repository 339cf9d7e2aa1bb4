"""How long what is kept, what is held back from erasing, everything as one file, and erasing for good; for owners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekisho.keeping import leave
from sekisho.registry import audit
from sekisho.registry import keeping as registry
from sekisho.registry.keeping import Errand, Hold, Keeping
from sekisho.registry.models import Delivery, Domain, Failure
from sekisho.store.query import Filter
from sekisho.web import errands, facts
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.domains import registered_domain
from sekisho.web.pages.roles import admin_page, may_own, owner_page
from sekisho.web.parts import Crumb, Tone

SHOWN = 20
"""Errands and holds on the page, the newest."""
EVER = 1 << 30
STATES: dict[str, tuple[Promise, Tone]] = {
    Errand.State.WAITING: (gettext_lazy("Waiting"), Tone.PLAIN),
    Errand.State.RUNNING: (gettext_lazy("Under way"), Tone.WARN),
    Errand.State.DONE: (gettext_lazy("Done"), Tone.OK),
    Errand.State.FAILED: (gettext_lazy("Failed"), Tone.BAD),
}


def _choices(days: Sequence[int], *, or_for_good: bool) -> list[tuple[str, str]]:
    found = [(str(n), ngettext("%(n)s day", "%(n)s days", n) % {"n": n}) for n in days]
    return [("", _("For good")), *found] if or_for_good else found


class KeepingForm(forms.Form):
    """For how long what is kept."""

    facts_days = forms.TypedChoiceField(label=gettext_lazy("What reports said"), coerce=int, empty_value=None, required=False)
    raw_days = forms.TypedChoiceField(
        label=gettext_lazy("Mails and files as they came"),
        help_text=gettext_lazy("Without them, reports cannot be read again by a better reader. Their lines stay in the list."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    failures_days = forms.TypedChoiceField(
        label=gettext_lazy("Failure reports"),
        help_text=gettext_lazy("They are personal and never stay longer than 90 days."),
        coerce=int,
    )
    audit_days = forms.TypedChoiceField(label=gettext_lazy("Audit log"), coerce=int, empty_value=None, required=False)

    def __init__(self, data: object, kept: Keeping) -> None:
        super().__init__(data, initial={name: getattr(kept, name) or "" for name in self.base_fields})  # type: ignore[arg-type]
        for name, days in _DAYS.items():
            self.fields[name].choices = _choices(days, or_for_good=name != "failures_days")  # type: ignore[attr-defined]


_DAYS = {
    "facts_days": registry.FACTS_DAYS,
    "raw_days": registry.RAW_DAYS,
    "failures_days": registry.FAILURES_DAYS,
    "audit_days": registry.AUDIT_DAYS,
}


@never_cache
@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: OrgRequest) -> HttpResponse:
    """The page; a POST of an owner changes for how long what is kept."""
    kept = registry.of(request.org.pk)
    form = KeepingForm(request.POST if request.method == "POST" else None, kept)
    if form.is_valid() and may_own(request):
        audit.note(request, audit.Action.RETENTION_CHANGED, changed=registry.change(kept, form.cleaned_data))
        messages.success(request, _("Saved. What is older goes in the coming night."))
        return redirect("settings_keeping", org=request.org.slug)
    if request.method == "POST" and not may_own(request):
        messages.error(request, _("Only owners of the organisation may do this."))
    holds = Hold.objects.filter(organisation=request.org).order_by("lifted", "-pk")[:SHOWN]
    return render(
        request,
        "pages/keeping.html",
        {
            "form": form,
            "may_own": may_own(request),
            "holds": holds,
            "domains": sorted(registry.erasable(request.org.pk)),
            "departures": registry.Departure.objects.filter(organisation=request.org, heir="").order_by("due"),
            "errands": _errands(request),
            "status_url": reverse("settings_keeping_status", kwargs={"org": request.org.slug}),
            "export_days": registry.EXPORT_DAYS,
        },
    )


@never_cache
@admin_page
@require_safe
def status(request: OrgRequest) -> HttpResponse:
    """The list of errands alone, for the page that waits."""
    return render(request, "pages/_errands.html", {"errands": _errands(request), "may_own": may_own(request)})


def _errands(request: OrgRequest) -> list[tuple[Errand, str, Tone, int, str]]:
    """Each with state, tone, percent, and where its file is."""
    now = timezone.now()
    found = []
    for errand in Errand.objects.filter(organisation=request.org).order_by("-pk")[:SHOWN]:
        word, tone = STATES[errand.state]
        percent = 100 * errand.done // errand.total if errand.total else 0
        is_there = errand.file and errand.state == Errand.State.DONE and errand.expires is not None and errand.expires > now
        url = reverse("settings_keeping_download", kwargs={"org": request.org.slug, "number": errand.pk}) if is_there else ""
        found.append((errand, str(word), tone, min(percent, 100), url))
    return found


@owner_page
@require_POST
def hold(request: OrgRequest) -> HttpResponse:
    """Sets a legal hold on the organisation or one of its domains."""
    domain, reason = request.POST.get("domain", ""), request.POST.get("reason", "").strip()
    if not reason or (domain and domain not in registry.erasable(request.org.pk)):
        messages.error(request, _("Say why, and choose one of the domains or the whole organisation."))
        return redirect("settings_keeping", org=request.org.slug)
    made = registry.hold(request.org, domain, reason, request.user)
    audit.note(request, audit.Action.HOLD_SET, domain or request.org.slug, reason=made.reason)
    messages.success(request, _("The hold stands. Nothing of this is erased until it is lifted."))
    return redirect("settings_keeping", org=request.org.slug)


@owner_page
@require_POST
def lift(request: OrgRequest, number: int) -> HttpResponse:
    """Ends a hold."""
    found = Hold.objects.filter(organisation=request.org, pk=number, lifted=None).first()
    if found is None:
        raise Http404
    registry.lift(found, request.user, timezone.now())
    audit.note(request, audit.Action.HOLD_LIFTED, found.domain or request.org.slug)
    messages.success(request, _("The hold is lifted."))
    return redirect("settings_keeping", org=request.org.slug)


@owner_page
@require_POST
def export(request: OrgRequest) -> HttpResponse:
    """Asks for everything as one file."""
    errands.ask(Errand.Kind.EXPORT, request.org, audit.actor_of(request))
    audit.note(request, audit.Action.EXPORTED, request.org.slug)
    messages.success(request, _("The file is being made. It stands below as soon as it is ready."))
    return redirect("settings_keeping", org=request.org.slug)


@never_cache
@owner_page
@require_safe
def download(request: OrgRequest, number: int) -> HttpResponse:
    """The file, streamed, while it is not expired; who fetched it is written down."""
    path = errands.file_of(request.org.pk, number)
    if path is None:
        raise Http404
    audit.note(request, audit.Action.DOWNLOADED, path.name[:8], export=True)
    return errands.download(request.org, path)


@never_cache
@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: OrgRequest) -> HttpResponse:
    """What would go of a domain or the whole organisation; a POST with its name typed lets it go."""
    domain = (request.POST if request.method == "POST" else request.GET).get("domain", "")
    if domain and domain not in registry.erasable(request.org.pk):
        raise Http404
    wanted = domain or request.org.slug
    is_held = registry.held(request.org.pk).keeps(domain)
    is_wrong = False
    if request.method == "POST" and not is_held:
        is_wrong = request.POST.get("typed", "").strip().lower() != wanted
        if not is_wrong:
            errands.ask(Errand.Kind.ERASE, request.org, audit.actor_of(request), domain=domain)
            audit.note(request, audit.Action.ERASURE_ASKED, wanted)
            messages.success(request, _("%(name)s is being erased.") % {"name": wanted})
            return redirect("settings_keeping", org=request.org.slug)
    context = {"domain": domain, "wanted": wanted, "is_held": is_held, "is_wrong": is_wrong, "sums": _what_goes(request, domain)}
    crumbs = [Crumb(_("Retention"), reverse("settings_keeping", kwargs={"org": request.org.slug})), Crumb(_("Erase"))]
    return render(request, "pages/keeping_erase.html", {**context, "crumbs": crumbs})


def _what_goes(request: OrgRequest, domain: str) -> list[tuple[str, int]]:
    """In words and numbers what an erasure takes away."""
    domains = (domain,) if domain else ()
    org, store = request.org.pk, facts.store()
    f = Filter(org, -EVER, EVER, domains=domains)
    reports = Failure.objects.filter(organisation=request.org)
    found = [
        (_("Aggregate reports"), store.reporters_seen(f)[0]),
        (_("Messages they speak of"), store.split(f).messages),
        (_("Failure reports"), (reports.filter(domain=domain) if domain else reports).count()),
    ]
    if not domain:
        sums = Delivery.objects.filter(organisation=request.org).aggregate(n=Count("pk"), size=Sum("size"))
        found += [(_("Domains"), request.org.domains.count()), (_("Mails and files as they came"), sums["n"])]
    return found


@owner_page
@require_http_methods(["GET", "HEAD", "POST"])
def remove_domain(request: OrgRequest, name: str) -> HttpResponse:
    """Stops watching a domain; the page says what becomes of its reports."""
    found: Domain = registered_domain(request, name)
    above = registry.is_registered_above(request.org.pk, found.name)
    if request.method == "POST":
        departure = leave.leave(request.org.pk, found.name, timezone.now())
        leave.settle(facts.store())
        audit.note(request, audit.Action.DOMAIN_REMOVED, found.name, heir=above)
        if departure is not None and not departure.heir:
            day = f"{timezone.localtime(departure.due):%Y-%m-%d}"
            text = _("%(name)s is removed. Its reports are hidden, and erased on %(day)s unless you add it again.")
            messages.success(request, text % {"name": found.name, "day": day})
        else:
            messages.success(
                request, _("%(name)s is removed. Its reports belong to %(above)s now.") % {"name": name, "above": above}
            )
        return redirect("domains", org=request.org.slug)
    due = timezone.localdate() + dt.timedelta(days=registry.HIDDEN_DAYS)
    is_held = registry.held(request.org.pk).has(found.name)
    crumbs = [
        Crumb(_("Domains"), reverse("domains", kwargs={"org": request.org.slug})),
        Crumb(found.name, reverse("domain", kwargs={"org": request.org.slug, "name": found.name})),
        Crumb(_("Remove the domain")),
    ]
    context = {"domain": found, "above": above, "due": due, "days": registry.HIDDEN_DAYS, "is_held": is_held, "crumbs": crumbs}
    return render(request, "pages/domain_remove.html", context)
