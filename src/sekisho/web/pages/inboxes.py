"""Inboxes: where reports come in, how each is doing, adding, changing and trying them; for owners and administrators."""

from __future__ import annotations

import threading
from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sekisho.ingest.inbox import After, Probe
from sekisho.intake import words
from sekisho.intake.addressing import ReportAddress, inbox_address, report_address
from sekisho.intake.kinds import KINDS, LOCAL, is_same_mailbox
from sekisho.intake.trial import try_out
from sekisho.registry import inboxes as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Delivery, Inbox, Organisation
from sekisho.web import formats, granting
from sekisho.web.frame import OrgRequest
from sekisho.web.pages import deliveries, inbox_words
from sekisho.web.pages.inbox_form import InboxForm
from sekisho.web.pages.roles import admin_page, may_use_machine
from sekisho.web.parts import Crumb

PAGE_SIZE = 50
LAST = 10
"""Deliveries shown of an inbox."""
COUNTED = 5_000
"""Deliveries of the organisation that are looked through for those of one inbox: a few hundredths of a second."""
DOMAINS_SHOWN = 5
TRIALS = threading.BoundedSemaphore(2)
"""Tests at a time: each may wait for a server for a minute, and pages need threads too."""


@admin_page
@require_safe
def settings_home(request: OrgRequest) -> HttpResponse:
    """The first page of the settings."""
    return redirect("settings_inboxes", org=request.org.slug)


@admin_page
@require_safe
def inboxes(request: OrgRequest) -> HttpResponse:
    """The list with the health of each, and the report address."""
    zone = formats.zone(request.org.timezone)
    page = Paginator(request.org.inboxes.defer("sealed").order_by("pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = [inbox_words.line(row, zone) for row in page]
    return render(request, "pages/inboxes.html", {"lines": lines, "page": page, "page_size": PAGE_SIZE, **_address(request.org)})


@admin_page
@require_safe
def kinds(request: OrgRequest) -> HttpResponse:
    """The kinds to choose from."""
    machine = may_use_machine(request)
    choices = [
        {"kind": kind, "name": _(name), "text": _(text), "is_allowed": machine or kind not in LOCAL}
        for kind, (name, text) in words.KINDS.items()
    ]
    return render(request, "pages/inbox_kinds.html", {"choices": choices, "crumbs": _crumbs(request, _("Add an inbox"))})


@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OrgRequest, kind: str) -> HttpResponse:
    """The form of a kind; a POST adds the inbox."""
    machine = may_use_machine(request)
    if kind not in KINDS or (kind in LOCAL and not machine):
        raise Http404
    form = InboxForm(kind, request.POST if request.method == "POST" else None, old=None, allow_paths=machine)
    if form.is_valid() and form.setup is not None:
        made = registry.add(request.org.pk, form.setup)
        note(request, Action.INBOX_ADDED, made.title, kind=kind)
        messages.success(request, _("The inbox is added. It is looked at in a few seconds; its state stands below."))
        return redirect("settings_inbox", org=request.org.slug, number=made.pk)
    name, text = words.KINDS[kind]
    crumbs = _crumbs(request, _("Add an inbox"))
    return render(request, "pages/inbox_form.html", {"form": form, "kind": _(name), "text": _(text), "crumbs": crumbs})


@admin_page
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OrgRequest, number: int) -> HttpResponse:
    """The form with what is stored, but for the secrets; a POST changes it."""
    inbox, machine = _mine(request, number), may_use_machine(request)
    if inbox.kind in LOCAL and not machine:
        raise Http404
    form = InboxForm(inbox.kind, request.POST if request.method == "POST" else None, old=inbox, allow_paths=machine)
    if form.is_valid() and form.setup is not None:
        registry.change(inbox, form.setup, from_start=not is_same_mailbox(inbox, form.setup))
        note(request, Action.INBOX_CHANGED, inbox.title, kind=inbox.kind)
        messages.success(request, _("Saved. It is looked at with the new settings in a few seconds."))
        return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)
    name, text = words.KINDS[inbox.kind]
    crumbs = _crumbs(request, inbox.title)
    return render(
        request, "pages/inbox_form.html", {"form": form, "kind": _(name), "text": _(text), "inbox": inbox, "crumbs": crumbs}
    )


@admin_page
@require_safe
def inbox(request: OrgRequest, number: int) -> HttpResponse:
    """One inbox: its health, what it brought last, what can be done with it."""
    return _show(request, _mine(request, number))


@admin_page
@require_POST
def test(request: OrgRequest, number: int) -> HttpResponse:
    """Tries the inbox step by step and shows what the server said."""
    found = _mine(request, number)
    probes = attempt(found)
    if probes is None:
        messages.warning(request, _("Other tests are running. Try again in a minute."))
        return redirect("settings_inbox", org=request.org.slug, number=number)
    note(request, Action.INBOX_TESTED, found.title, worked=all(probe.ok for probe in probes))
    found.refresh_from_db()
    return _show(request, found, tried=[inbox_words.tried(probe) for probe in probes], is_well=all(p.ok for p in probes))


def attempt(inbox: Inbox) -> list[Probe] | None:
    """The steps of a test; None while too many others run."""
    if not TRIALS.acquire(blocking=False):
        return None
    try:
        return try_out(inbox)
    finally:
        TRIALS.release()


@admin_page
@require_POST
def pause(request: OrgRequest, number: int) -> HttpResponse:
    """Fetches nothing until it is resumed."""
    found = _mine(request, number)
    registry.pause(found)
    note(request, Action.INBOX_PAUSED, found.title)
    messages.success(request, _("The inbox is paused. Mails stay where they are, and resuming goes on from there."))
    return redirect("settings_inbox", org=request.org.slug, number=number)


@admin_page
@require_POST
def resume(request: OrgRequest, number: int) -> HttpResponse:
    """Goes on where it stopped."""
    found = _mine(request, number)
    registry.resume(found)
    note(request, Action.INBOX_RESUMED, found.title)
    messages.success(request, _("The inbox is looked at again in a few seconds."))
    return redirect("settings_inbox", org=request.org.slug, number=number)


@admin_page
@require_POST
def remove(request: OrgRequest, number: int) -> HttpResponse:
    """Forgets the inbox and its secrets; what it brought stays."""
    found = _mine(request, number)
    registry.remove(found)
    note(request, Action.INBOX_REMOVED, found.title, kind=found.kind)
    messages.success(request, _("%(name)s is removed. The reports it brought stay.") % {"name": found.title})
    return redirect("settings_inboxes", org=request.org.slug)


def _show(request: OrgRequest, inbox: Inbox, **more: object) -> HttpResponse:
    brought = Delivery.objects.filter(organisation=request.org, door=f"inbox:{inbox.pk}").order_by("-pk")
    settings = [(label, value) for label, value in _settings(inbox) if value not in ("", None)]
    return render(
        request,
        "pages/inbox.html",
        {
            "inbox": inbox,
            "line": inbox_words.line(inbox, formats.zone(request.org.timezone)),
            "settings": settings,
            "outcomes": _outcomes(inbox),
            "own": _address_of(request.org, inbox_address(inbox)),
            "recent": [deliveries.line(row) for row in brought.only(*deliveries.LIST_COLUMNS)[:LAST]],
            "refusals": [{"name": r["name"], "reason": inbox_words.refusal(r["reason"])} for r in inbox.refusals],
            "offers_sign_in": granting.is_offered(inbox),
            "can_change": inbox.kind not in LOCAL or may_use_machine(request),
            "crumbs": _crumbs(request, inbox.title),
            **more,
        },
    )


def _outcomes(inbox: Inbox) -> list[tuple[str, str, int]]:
    """What became of the deliveries that came by this inbox, among the newest of the organisation: word, tone, number."""
    newest = deliveries.mine(inbox.organisation).values_list("door", "outcome")[:COUNTED]
    found = Counter(outcome for door, outcome in newest if door == f"inbox:{inbox.pk}" and outcome)
    words = deliveries.OUTCOME_WORDS
    return [(str(words.get(outcome, outcome)), deliveries.TONES.get(outcome, ""), n) for outcome, n in found.most_common()]


def _settings(inbox: Inbox) -> list[tuple[str, object]]:
    """The settings in words, without secrets."""
    found: list[tuple[str, object]] = []
    for name, value in inbox.values.items():
        if name.startswith("done_") and inbox.values.get("after") != After.MOVE:
            continue
        label = _(words.field(inbox.kind, name)[0])
        if isinstance(value, bool):
            value = _("yes") if value else ""
        elif name == "after":
            value = _(words.AFTERS[value])
        elif name == "tls":
            value = _(words.TLS[value])
        found.append((label, value))
    return found


def _address(org: Organisation) -> dict[str, object]:
    """The report address and the records that go with it."""
    return _address_of(org, report_address(org))


def _address_of(org: Organisation, address: ReportAddress | None) -> dict[str, object]:
    """An address with the records for the first domains; empty for none."""
    if address is None:
        return {}
    names = list(org.domains.order_by("name").values_list("name", flat=True)[:DOMAINS_SHOWN])
    permissions = [record for name in names if address.is_whole and (record := address.permission(name))]
    return {"address": address, "rua": f"rua=mailto:{address.text}", "permissions": permissions}


def _mine(request: OrgRequest, number: int) -> Inbox:
    """The inbox of this organisation by its number; 404 for any other."""
    found = request.org.inboxes.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _crumbs(request: OrgRequest, here: str) -> list[Crumb]:
    return [Crumb(_("Inboxes"), f"/{request.org.slug}/settings/inboxes/"), Crumb(here)]
