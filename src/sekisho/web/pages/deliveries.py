"""Deliveries: what came in, what could not be read and why, and whose nobody knows; adopting and reading again."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from sekisho.core.errors import UsageError
from sekisho.core.terms import Outcome
from sekisho.registry import deliveries as inbox
from sekisho.registry import proofs
from sekisho.registry.audit import Action, note
from sekisho.registry.domains import checked
from sekisho.registry.models import Delivery, Inbox, Organisation
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.asked import ask
from sekisho.web.pages.reasons import reason_words
from sekisho.web.pages.reports import report_tabs
from sekisho.web.pages.roles import may_change
from sekisho.web.parts import Crumb

PAGE_SIZE = 25
MAX_IDS = 100
"""Deliveries asked for or read again at a time."""
STATES: dict[str, tuple[str, ...]] = {
    "unread": (Outcome.BROKEN, Outcome.NOT_A_REPORT),
    "stray": (Outcome.STRAY,),
    "all": (),
}
OUTCOME_WORDS: dict[str, Promise | str] = {
    Outcome.KEPT: gettext_lazy("Kept"),
    Outcome.DUPLICATE: gettext_lazy("Already there"),
    Outcome.NOT_A_REPORT: gettext_lazy("No report in it"),
    Outcome.BROKEN: gettext_lazy("Not readable"),
    Outcome.STRAY: gettext_lazy("Owner unknown"),
}
TONES: dict[str, str] = {
    Outcome.KEPT: "ok",
    Outcome.DUPLICATE: "",
    Outcome.NOT_A_REPORT: "warn",
    Outcome.BROKEN: "bad",
    Outcome.STRAY: "warn",
}
LIST_COLUMNS = ("id", "door", "name", "size", "received", "state", "outcome", "reason", "reports", "records", "subject", "strays")


@dataclass(frozen=True, slots=True)
class Line:
    """A delivery as lists show it."""

    delivery: Delivery
    word: str
    tone: str
    reason: str
    strays: tuple[str, ...]
    door: str

    @property
    def title(self) -> str:
        """What it is called: file name, else subject, else its number."""
        return self.delivery.name or self.delivery.subject or f"#{self.delivery.pk}"


def line(delivery: Delivery) -> Line:
    """A delivery in words."""
    waits = delivery.state == Delivery.State.WAITING
    outcome = delivery.outcome
    return Line(
        delivery,
        _("Waiting") if waits else str(OUTCOME_WORDS.get(outcome, outcome)),
        "" if waits else TONES.get(outcome, ""),
        "" if waits else reason_words(delivery.reason),
        tuple(name for name in delivery.strays.split("\n") if name),
        door_words(delivery.door),
    )


def door_words(door: str) -> str:
    """By which way it came."""
    kind, _colon, number = door.partition(":")
    if kind == "inbox":
        title = Inbox.objects.filter(pk=number).values_list("title", flat=True).first()
        return title or _("an inbox that was removed")
    known = {
        "cli": _("command line"),
        "upload": _("upload"),
        "api": _("HTTP interface"),
        "imap": "IMAP",
        "pop3": "POP3",
        "smtp": "SMTP",
        "lmtp": "LMTP",
    }
    return known.get(kind, kind)


def mine(org: Organisation) -> QuerySet[Delivery]:
    """The deliveries of an organisation, the newest first, without their bytes."""
    return Delivery.objects.filter(organisation=org).order_by("-id")


def counts(org: Organisation) -> dict[str, int]:
    """How many are unread and stray."""
    done = mine(org).filter(state=Delivery.State.DONE)
    return {name: done.filter(outcome__in=outcomes).count() for name, outcomes in STATES.items() if outcomes}


@org_page
@require_safe
def deliveries(request: OrgRequest) -> HttpResponse:
    """The list: not readable, stray, or all."""
    asked = ask(request)
    view = request.GET.get("show", "unread")
    view = view if view in STATES else "unread"
    rows = mine(request.org)
    if STATES[view]:
        rows = rows.filter(state=Delivery.State.DONE, outcome__in=STATES[view])
    pages = Paginator(rows.only(*LIST_COLUMNS), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "pages/deliveries.html",
        {
            **report_tabs(asked, "deliveries"),
            "view": view,
            "counts_by": counts(request.org),
            "lines": [line(row) for row in page],
            "may_change": may_change(request),
            "total": pages.count,
            "page": page.number,
            "size": PAGE_SIZE,
            "stray_domains": stray_domains(request.org) if view == "stray" else [],
        },
    )


def stray_domains(org: Organisation) -> list[tuple[str, int]]:
    """Domains of stray reports that nobody here has registered, with the number of deliveries, the most first."""
    known = set(org.domains.values_list("name", flat=True))
    found: dict[str, int] = {}
    texts = mine(org).filter(state=Delivery.State.DONE).exclude(strays="").values_list("strays", flat=True)[:5000]
    for text in texts:
        for name in text.split("\n"):
            if name and name not in known:
                found[name] = found.get(name, 0) + 1
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:50]


@org_page
@require_safe
def delivery(request: OrgRequest, number: int) -> HttpResponse:
    """One delivery: what it was and what became of it."""
    asked = ask(request)
    found = mine(request.org).filter(pk=number).first()
    if found is None:
        raise Http404
    known = set(request.org.domains.values_list("name", flat=True))
    shown = line(found)
    return render(
        request,
        "pages/delivery.html",
        {
            "crumbs": [
                Crumb(_("Reports"), asked.path("reports")),
                Crumb(_("Deliveries"), asked.path("deliveries")),
                Crumb(f"#{found.pk}"),
            ],
            "line": shown,
            "may_change": may_change(request),
            "delivery": found,
            "unknown": [name for name in shown.strays if name not in known],
            "known": [name for name in shown.strays if name in known],
        },
    )


@org_page
@require_POST
def adopt(request: OrgRequest) -> HttpResponse:
    """Registers the domain of stray reports, which are then read again."""
    if not may_change(request):
        return _refused(request)
    try:
        name = checked(request.POST.get("domain", "")[:300])
    except UsageError:
        messages.error(request, _("That is not a domain name, so nothing was changed."))
        return redirect("deliveries", org=request.org.slug)
    count = inbox.adopt(request.org.pk, name)
    note(request, Action.DOMAIN_ADDED, name)
    if proofs.is_held(request.org.pk, name):
        text = _("Another organisation has registered %(domain)s too. Its reports are shown once you have proved that it is yours.")
        messages.warning(request, text % {"domain": name})
        return redirect("domain_start", org=request.org.slug, name=name)
    text = ngettext(
        "%(domain)s is registered. %(n)d delivery is being read again.",
        "%(domain)s is registered. %(n)d deliveries are being read again.",
        count,
    )
    messages.success(request, text % {"domain": name, "n": count})
    return redirect("domain", org=request.org.slug, name=name)


@org_page
@require_POST
def reread(request: OrgRequest) -> HttpResponse:
    """Lets deliveries be read again from the raw archive: those chosen, or all that could not be read."""
    if not may_change(request):
        return _refused(request)
    ids = _numbers(request.POST.getlist("id"))
    count = inbox.reread(request.org.pk, ids) if ids else 0
    if request.POST.get("all") == "unread":
        count = inbox.reread_broken(request.org.pk)
    if count:
        note(request, Action.REREAD, count, numbers=ids)
        text = ngettext("%(n)d delivery is being read again.", "%(n)d deliveries are being read again.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.warning(request, _("Nothing was chosen."))
    if len(ids) == 1 and "all" not in request.POST:
        return redirect("delivery", org=request.org.slug, number=ids[0])
    return redirect("deliveries", org=request.org.slug)


def _refused(request: OrgRequest) -> HttpResponse:
    messages.error(
        request, _("Your role may read, but not change this. An owner or administrator of the organisation can change that.")
    )
    return redirect("deliveries", org=request.org.slug)


@org_page
@require_safe
def status(request: OrgRequest) -> HttpResponse:
    """What became of some deliveries, for the upload page: `{"files": [{id, state, tone, text, url}]}`."""
    ids = _numbers(request.GET.get("ids", "").split(","))
    rows = {row.pk: row for row in mine(request.org).filter(pk__in=ids).only(*LIST_COLUMNS)}
    return JsonResponse({"files": [told(request, rows[pk]) for pk in ids if pk in rows]})


def told(request: OrgRequest, row: Delivery) -> dict[str, object]:
    """What became of a delivery, as the upload page reads it."""
    shown = line(row)
    waits = row.state == Delivery.State.WAITING
    return {
        "id": row.pk,
        "name": row.name,
        "state": "waiting" if waits else "done",
        "outcome": row.outcome,
        "tone": shown.tone or ("" if waits else "ok"),
        "text": outcome_sentence(shown),
        "url": reverse("delivery", kwargs={"org": request.org.slug, "number": row.pk}),
    }


def outcome_sentence(shown: Line) -> str:
    """What became of a delivery in one sentence."""
    row = shown.delivery
    if row.state == Delivery.State.WAITING:
        return _("Received; it will be read in a moment.")
    if row.outcome == Outcome.KEPT:
        text = ngettext("Kept: %(n)d report", "Kept: %(n)d reports", row.reports) % {"n": row.reports}
        return f"{text}. {shown.reason}" if shown.reason else text
    if row.outcome == Outcome.STRAY:
        return _("Kept as stray: %(domains)s is not registered here.") % {"domains": ", ".join(shown.strays[:3])}
    return f"{shown.word}: {shown.reason}" if shown.reason else shown.word


def _numbers(texts: list[str]) -> list[int]:
    """Whole numbers out of texts, each once, bounded."""
    found = [int(text) for text in texts[: MAX_IDS * 2] if text.isascii() and text.isdigit() and len(text) < 18]
    return list(dict.fromkeys(found))[:MAX_IDS]
