"""Lifting the redaction of a failure report: with a reason, written down, for ten minutes of one session."""

from __future__ import annotations

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sekisho.registry import failures
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Delivery, Failure
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.pages.roles import may_change

LOOK_S = 600
"""Seconds for which a report is shown without redaction."""
SESSION_KEY = "failures_shown"
MOST_AT_ONCE = 50
"""Reports that a session remembers as shown."""


def shown_until(request: OrgRequest, number: int) -> int:
    """Until when (Unix seconds) this person sees the report without redaction; 0 where it is redacted."""
    until = _shown(request).get(str(number), 0)
    return until if until > time.time() and may_change(request) else 0


def may_download(request: OrgRequest, delivery: Delivery) -> bool:
    """Whether the bytes of a delivery may go out: always without failure reports, else while one of it is shown openly.

    Raises `PermissionDenied` for a person who may not lift the redaction at all.
    """
    if not delivery.failures:
        return True
    if not may_change(request):
        raise PermissionDenied
    return any(shown_until(request, number) for number in _numbers(delivery))


def first_failure(delivery: Delivery) -> int | None:
    """The first failure report that came by a delivery; None where it is of nobody here or came before by another."""
    return next(iter(_numbers(delivery)), None)


def _numbers(delivery: Delivery) -> list[int]:
    return list(Failure.objects.filter(delivery=delivery).order_by("id").values_list("id", flat=True)[:MOST_AT_ONCE])


def _shown(request: OrgRequest) -> dict[str, int]:
    kept = request.session.get(SESSION_KEY)
    return kept if isinstance(kept, dict) else {}


@org_page
@require_POST
def look(request: OrgRequest, number: int) -> HttpResponse:
    """Lifts the redaction, given a reason (`why`), or lays it on again (`hide`)."""
    found = failures.one(request.org.pk, number)
    if found is None:
        raise Http404
    if not may_change(request):
        raise PermissionDenied
    now = int(time.time())
    kept = {key: until for key, until in _shown(request).items() if until > now and key != str(number)}
    if "hide" not in request.POST:
        why = request.POST.get("why", "").strip()
        if not why:
            messages.error(request, _("Nothing was shown: please say why you need to see it."))
            return redirect("failure", org=request.org.slug, number=number)
        failures.look(found, request, why)
        kept = dict(list(kept.items())[-MOST_AT_ONCE:]) | {str(number): now + LOOK_S}
    else:
        note(request, Action.FAILURE_HIDDEN, number)
    request.session[SESSION_KEY] = kept
    return redirect("failure", org=request.org.slug, number=number)
