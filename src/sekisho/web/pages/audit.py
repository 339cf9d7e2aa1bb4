"""The audit log of an organisation: found by person, action and time, and exported; for owners and administrators."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from sekisho.registry import audit as registry
from sekisho.registry.audit import AuditEntry
from sekisho.registry.models import Organisation
from sekisho.web import exports, formats
from sekisho.web.auditwords import ACTION_WORDS, action_word
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.exporting import file_of
from sekisho.web.pages.roles import admin_page

PAGE_SIZE = 50
MOST_PEOPLE = 500
"""Names to choose from; who left stays among them."""
COLUMNS = ("at", "who", "action", "target", "detail", "address")


class LogForm(forms.Form):
    """What of the log is wanted; anything wrong is taken as not said."""

    who = forms.ChoiceField(label=gettext_lazy("Person"), required=False)
    action = forms.ChoiceField(label=pgettext_lazy("audit", "What was done"), required=False)
    since = forms.DateField(label=gettext_lazy("From day"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=gettext_lazy("To day"), required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, data: object, org: Organisation) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        names = AuditEntry.objects.filter(organisation=org).order_by("who").values_list("who", flat=True).distinct()[:MOST_PEOPLE]
        anybody = ("", gettext_lazy("Everybody"))
        self.fields["who"].choices = [anybody, *((name, name) for name in names)]  # type: ignore[attr-defined]
        words = sorted(((action.value, str(word)) for action, word in ACTION_WORDS.items()), key=lambda pair: pair[1])
        self.fields["action"].choices = [("", gettext_lazy("Everything")), *words]  # type: ignore[attr-defined]
        self.full_clean()
        self.wanted = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as the list shows it."""

    entry: AuditEntry
    words: str
    details: str


@admin_page
@require_safe
def log(request: OrgRequest) -> HttpResponse:
    """The entries, the newest first."""
    form = LogForm(request.GET, request.org)
    page = Paginator(_found(request.org, form), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [Line(entry, action_word(entry.action), _details(entry)) for entry in page]
    query = urlencode({name: str(value) for name, value in form.wanted.items()})
    files = [
        (name.upper(), reverse("export_audit", kwargs={"org": request.org.slug, "format": name}) + f"?{query}")
        for name in ("csv", "json")
    ]
    context = {"form": form, "lines": lines, "page": page, "page_size": PAGE_SIZE, "files": files, "is_filtered": bool(form.wanted)}
    return render(request, "pages/audit.html", context)


@admin_page
@require_safe
def export(request: OrgRequest, format: str) -> HttpResponse:  # noqa: A002 - the address says it so
    """The same entries as a file, the oldest first; times are UTC, actions by their names in the log."""
    found = _found(request.org, LogForm(request.GET, request.org)).order_by("id").iterator(chunk_size=1000)
    return file_of("audit", format, COLUMNS, _rows(found, format))


def _rows(found: Iterator[AuditEntry], format: str) -> Iterator[tuple[object, ...]]:  # noqa: A002 - as above
    for entry in found:
        detail = entry.detail if format == "json" else _details(entry)
        yield exports.utc(entry.at), entry.who, entry.action, entry.target, detail, entry.address


def _found(org: Organisation, form: LogForm) -> QuerySet[AuditEntry]:
    """The days are those of the organisation's time zone."""
    wanted, zone = form.wanted, formats.zone(org.timezone)
    since, until = wanted.get("since"), wanted.get("until")
    found = registry.between(
        org.pk,
        dt.datetime.combine(since, dt.time.min, zone) if since else None,
        dt.datetime.combine(until + dt.timedelta(days=1), dt.time.min, zone) if until and until < dt.date.max else None,
    )
    equal = {name: wanted[name] for name in ("who", "action") if name in wanted}
    return found.filter(**equal)


def _details(entry: AuditEntry) -> str:
    """The details in a line: names of fields are the same in all languages, as in the export."""
    parts = []
    for name, value in entry.detail.items():
        parts.append(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")
    return " · ".join(parts)
