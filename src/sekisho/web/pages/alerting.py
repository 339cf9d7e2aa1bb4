"""Rules of warnings: on or off, from where on each speaks, how often it would have spoken, and quiet hours."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from sekisho.core.alerts.rehearse import REHEARSED_DAYS, rehearse
from sekisho.core.alerts.thresholds import DEFAULT, Thresholds
from sekisho.core.alerts.values import SEVERITY, DomainDays, Rule
from sekisho.registry import alerts as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import AlertRule
from sekisho.registry.wishes import Manners
from sekisho.web import facts
from sekisho.web.alertwords import RULE_WORDS, SEVERITY_WORDS
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.asked import horizon
from sekisho.web.pages.roles import admin_page

MOST_DOMAINS, AT_ONCE = 100, 10
"""Domains whose past is gone through for the preview."""
MOST_GROUPS = 100
"""Sending groups of each, those with mail on most days."""
MOST_DAYS = 100_000
"""Days of sending groups in all; so many cost a second of processor time."""
SHARES = frozenset(("fails_share", "fails_before", "unreadable_share", "regular_share"))
LIMITS: dict[Rule, dict[str, tuple[Promise, float, float]]] = {
    Rule.SURGE: {
        "surge_messages": (gettext_lazy("messages within 3 days, at least"), 1, 1_000_000),
        "surge_factor": (gettext_lazy("times the usual, at least"), 1.5, 100),
    },
    Rule.NEW_SPOOFER: {"spoofer_messages": (gettext_lazy("messages within 3 days, at least"), 1, 1_000_000)},
    Rule.GENUINE_FAILS: {
        "fails_messages": (gettext_lazy("failed messages within 3 days, at least"), 1, 1_000_000),
        "fails_share": (gettext_lazy("percent of its mail, at least"), 1, 100),
    },
    Rule.GENUINE_STOPPED: {"stopped_messages": (gettext_lazy("stopped messages within 3 days, at least"), 1, 1_000_000)},
    Rule.NEW_SOURCE: {"source_messages": (gettext_lazy("messages within 3 days, at least"), 1, 1_000_000)},
    Rule.REPORTS_STOPPED: {"silent_days": (gettext_lazy("days without any report, at least"), 2, 30)},
    Rule.UNREADABLE: {
        "unreadable": (gettext_lazy("broken deliveries a day, at least"), 1, 10_000),
        "unreadable_share": (gettext_lazy("percent of all deliveries, at least"), 1, 100),
    },
}
"""Rule -> threshold -> words, least and most."""
KINDS = {field.name: field.type for field in fields(Thresholds)}


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold on the page."""

    field: forms.BoundField
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A rule on the page."""

    name: str
    severity: str
    field: forms.BoundField
    limits: list[Limit]
    times: int | None
    """How often it would have warned; None for rules that do not look at reports."""


class RulesForm(forms.Form):
    """A switch for each rule, a number for each threshold, and the quiet hours."""

    quiet_from = forms.TypedChoiceField(label=gettext_lazy("Quiet from"), required=False, coerce=int, empty_value=None)
    quiet_until = forms.TypedChoiceField(label=gettext_lazy("until"), coerce=int)

    def __init__(self, data: object, t: Thresholds, off: frozenset[Rule], manners: Manners) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        hours = [(str(hour), f"{hour}:00") for hour in range(24)]
        self.fields["quiet_from"].choices = [("", _("no quiet hours")), *hours]  # type: ignore[attr-defined]
        self.fields["quiet_until"].choices = hours  # type: ignore[attr-defined]
        self.initial = {"quiet_from": manners.quiet_from, "quiet_until": manners.quiet_until}
        for rule in Rule:
            self.fields[f"on_{rule.value}"] = forms.BooleanField(required=False)
            self.initial[f"on_{rule.value}"] = rule not in off
            for name, (words, least, most) in LIMITS.get(rule, {}).items():
                self.fields[name] = _number(name, str(words), least, most)
                self.initial[name] = _shown(name, t)

    def thresholds(self) -> Thresholds:
        """The thresholds that were entered."""
        given = {name: self.cleaned_data[name] for rule in LIMITS for name in LIMITS[rule]}
        return replace(DEFAULT, **{name: value / 100 if name in SHARES else value for name, value in given.items()})


def _number(name: str, words: str, least: float, most: float) -> forms.Field:
    if KINDS[name] == "int" or name in SHARES:
        return forms.IntegerField(label=words, min_value=int(least), max_value=int(most))
    return forms.FloatField(label=words, min_value=least, max_value=most, widget=forms.NumberInput(attrs={"step": "0.5"}))


def _shown(name: str, t: Thresholds) -> float:
    value: float = getattr(t, name)
    return round(value * 100) if name in SHARES else value


@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: OrgRequest) -> HttpResponse:
    """The rules. A POST keeps them, or with `preview` only says how often they would have warned."""
    kept, off = registry.thresholds(request.org.pk)
    manners = Manners.objects.filter(organisation=request.org).first() or Manners(organisation=request.org)
    form = RulesForm(request.POST if request.method == "POST" else None, kept, off, manners)
    t = kept
    if form.is_valid():
        t = form.thresholds()
        if "preview" not in request.POST:
            _keep(request, form, t, manners)
            note(request, Action.ALERT_RULES_CHANGED)
            messages.success(request, _("Saved."))
            return redirect("settings_alerts", org=request.org.slug)
    days, is_part = _past(request, t)
    times = rehearse(days, t)
    context = {
        "form": form,
        "lines": [_line(rule, form, times) for rule in Rule if rule in RULE_WORDS],
        "days": REHEARSED_DAYS,
        "is_preview": "preview" in request.POST,
        "is_partial": is_part,
        "most": len(days),
    }
    return render(request, "pages/alerting.html", context)


def _past(request: OrgRequest, t: Thresholds) -> tuple[list[DomainDays], bool]:
    """The days of the domains, and whether that is only a part: as much as can be gone through while somebody waits."""
    store = facts.store()
    today = horizon(request.org.pk, store).today
    since = today - REHEARSED_DAYS - t.stale_days - t.history_days
    names = list(request.org.domains.order_by("name").values_list("name", flat=True)[: MOST_DOMAINS + 1])
    found, left, is_part = list[DomainDays](), MOST_DAYS, len(names) > MOST_DOMAINS
    for start in range(0, min(len(names), MOST_DOMAINS), AT_ONCE):
        if left < 0:
            return found, True
        for d in store.domain_days(request.org.pk, names[start : start + AT_ONCE], since=since, now=today):
            groups = sorted(d.groups, key=lambda g: -len(g.days))[:MOST_GROUPS]
            is_part = is_part or len(groups) < len(d.groups)
            left -= sum(len(g.days) for g in groups)
            found.append(replace(d, groups=tuple(groups)))
    return found, is_part


def _line(rule: Rule, form: RulesForm, times: dict[Rule, int]) -> Line:
    limits = [Limit(form[name], str(words)) for name, (words, _least, _most) in LIMITS.get(rule, {}).items()]
    is_told = rule not in (Rule.UNREADABLE, Rule.RECORD_CHANGED)
    return Line(
        str(RULE_WORDS[rule]),
        str(SEVERITY_WORDS[SEVERITY[rule]]),
        form[f"on_{rule.value}"],
        limits,
        times.get(rule, 0) if is_told else None,
    )


def _keep(request: OrgRequest, form: RulesForm, t: Thresholds, manners: Manners) -> None:
    with transaction.atomic():
        for rule in Rule:
            own = {name: value for name in LIMITS.get(rule, {}) if (value := getattr(t, name)) != getattr(DEFAULT, name)}
            AlertRule.objects.update_or_create(
                organisation=request.org,
                rule=rule.value,
                defaults={"is_on": form.cleaned_data[f"on_{rule.value}"], "thresholds": own},
            )
        manners.quiet_from = form.cleaned_data["quiet_from"]
        manners.quiet_until = form.cleaned_data["quiet_until"]
        manners.save()
