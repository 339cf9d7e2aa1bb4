"""Warnings: the list by how they stand, and one of them with what happened, why, what to do, and who has it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sekisho.core.alerts.values import SPOOFING, Rule, Severity
from sekisho.core.terms import Class
from sekisho.registry import alerts as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Alert
from sekisho.web import alertwords
from sekisho.web.alertwords import Story
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.roles import may_change
from sekisho.web.pages.senders import named
from sekisho.web.parts import Crumb, Tab

SIZE = 25
MAX_NOTE = 2000
SNOOZES = {"day": dt.timedelta(days=1), "week": dt.timedelta(weeks=1), "change": None}
TABS = {"open": (Alert.State.OPEN, Alert.State.IN_HAND), "snoozed": (Alert.State.SNOOZED,), "resolved": (Alert.State.RESOLVED,)}


@dataclass(frozen=True, slots=True)
class Line:
    """A warning as pages show it."""

    alert: Alert
    story: Story
    url: str
    rule: str
    severity: str
    state: str


def line(alert: Alert, slug: str) -> Line:
    """The warning with its words."""
    return Line(
        alert,
        alertwords.story(alert),
        reverse("alert", kwargs={"org": slug, "number": alert.pk}),
        str(alertwords.RULE_WORDS[Rule(alert.rule)]),
        str(alertwords.SEVERITY_WORDS[Severity(alert.severity)]),
        str(alertwords.STATE_WORDS[alert.state]),
    )


@org_page
@require_safe
def alerts(request: OrgRequest) -> HttpResponse:
    """The warnings of the organisation, the most urgent first; `?state=` open, snoozed or resolved."""
    here = request.GET.get("state", "open")
    here = here if here in TABS else "open"
    if here == "resolved":
        rows = Alert.objects.filter(organisation=request.org, state=Alert.State.RESOLVED).order_by("-resolved", "-id")
    else:
        rows = registry.unended(request.org.pk).filter(state__in=TABS[here])
    page = Paginator(rows.select_related("person"), SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "pages/alerts.html",
        {
            "lines": [line(alert, request.org.slug) for alert in page],
            "page": page,
            "here": here,
            "tabs": _tabs(request, here),
            "tabs_label": _("How they stand"),
            "csv_url": reverse("export_alerts", kwargs={"org": request.org.slug, "format": "csv"}) if page.paginator.count else "",
            "rules": [str(words) for words in alertwords.RULE_WORDS.values()],
            "newest": Alert.objects.filter(organisation=request.org).order_by("-raised").values_list("raised", flat=True).first(),
        },
    )


def _tabs(request: OrgRequest, here: str) -> list[Tab]:
    labels = {"open": _("Open"), "snoozed": _("Snoozed"), "resolved": _("Resolved")}
    base = reverse("alerts", kwargs={"org": request.org.slug})
    return [Tab(label, base if key == "open" else f"{base}?state={key}", is_current=key == here) for key, label in labels.items()]


@org_page
@require_safe
def alert(request: OrgRequest, number: int) -> HttpResponse:
    """One warning."""
    found = _mine(request, number)
    shown = line(found, request.org.slug)
    return render(
        request,
        "pages/alert.html",
        {
            "line": shown,
            "alert": found,
            "crumbs": [Crumb(_("Alerts"), reverse("alerts", kwargs={"org": request.org.slug})), Crumb(shown.rule)],
            "days": _days(found),
            "most": max(found.values.get("days", ()), default=0),
            "steps": [(alertwords.STEP_WORDS.get(s.what, s.what), s) for s in found.steps.select_related("person").order_by("id")],
            "links": _links(found, request.org.slug),
            "can_act": may_change(request),
            "is_over": found.state == Alert.State.RESOLVED,
        },
    )


def _days(alert: Alert) -> list[tuple[int, int]]:
    """(day, messages) of the small chart."""
    days = alert.values.get("days", ())
    return [(alert.last_day - len(days) + 1 + n, count) for n, count in enumerate(days)]


def _links(alert: Alert, slug: str) -> list[tuple[str, str]]:
    """Where to look: the sources behind it, the mail itself, the domain."""
    if Rule(alert.rule) is Rule.UNREADABLE:
        return [(_("Look at the deliveries"), reverse("deliveries", kwargs={"org": slug}))]
    if Rule(alert.rule) is Rule.RECORD_CHANGED:
        return [(_("Look at the DNS state"), reverse("domain_dns", kwargs={"org": slug, "name": alert.domain}))]
    groups = alert.values.get("groups", ())[:3]
    found = [(named(key).label, reverse("group", kwargs={"org": slug, "key": key})) for key in groups]
    klass = alertwords.CLASS_OF.get(Rule(alert.rule))
    if klass in (Class.SPOOF, Class.FAILING):
        hosts = reverse("hosts", kwargs={"org": slug})
        found.append((_("All hosts behind it"), f"{hosts}?domain={alert.domain}&class={klass}"))
    if alert.domain:
        found.append((alert.domain, reverse("domain", kwargs={"org": slug, "name": alert.domain})))
    return found


@org_page
@require_POST
def act(request: OrgRequest, number: int) -> HttpResponse:
    """Takes `what`: take, snooze (with `for`), resolve, reopen, note (with `text`)."""
    found = _mine(request, number)
    what, now = request.POST.get("what", ""), timezone.now()
    if not may_change(request):
        messages.error(
            request, _("Your role may read, but not act. An owner or administrator of the organisation can change that.")
        )
        return redirect("alert", org=request.org.slug, number=number)
    if what == "take":
        registry.take_in_hand(found, request.user, now)
        messages.success(request, _("You have it in hand. The others see that."))
    elif what == "snooze" and request.POST.get("for") in SNOOZES:
        span = SNOOZES[request.POST["for"]]
        registry.snooze(found, request.user, now, None if span is None else now + span)
        messages.success(request, _("Snoozed. It comes back when its time has come or it grows much."))
    elif what == "resolve":
        registry.resolve(found, request.user, now)
        messages.success(request, _("Resolved. If it begins again, there will be a new alert."))
    elif what == "reopen":
        registry.reopen(found, request.user, now)
    elif what == "note" and request.POST.get("text", "").strip():
        registry.note(found, request.user, now, request.POST["text"].strip()[:MAX_NOTE])
    else:
        return HttpResponseBadRequest("what is to be done?")
    note(request, Action.ALERT_ACTED, number, what=what, rule=found.rule, domain=found.domain)
    return redirect("alert", org=request.org.slug, number=number)


def _mine(request: OrgRequest, number: int) -> Alert:
    return get_object_or_404(Alert.objects.select_related("person"), organisation=request.org, pk=number)


def counts(org: int) -> dict[str, int]:
    """What stands beside the navigation's line: open warnings, and how many of them are of spoofing."""
    rules = list(Alert.objects.filter(organisation_id=org, state=Alert.State.OPEN).values_list("rule", flat=True))
    return {"alerts": len(rules), "spoof_alerts": sum(1 for rule in rules if rule in SPOOFING)}
