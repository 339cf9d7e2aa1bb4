"""A person's word on a host or sending group: written, applied to the past at once, and taken back."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from sekisho.core.terms import Class
from sekisho.registry import decisions
from sekisho.registry.audit import Action, note
from sekisho.store.span import canonical
from sekisho.web.frame import OrgRequest, org_page
from sekisho.web.judging import rejudge
from sekisho.web.pages.roles import may_change
from sekisho.web.pages.senders import named
from sekisho.web.pages.verdicts import decided_word

VERDICTS = (Class.FAILING.value, Class.FORWARDED.value, Class.SPOOF.value)
UNDO = "undo"
MAX_NOTE = 2000
MAX_THING = 253


@org_page
@require_POST
def decide(request: OrgRequest) -> HttpResponse:
    """Takes `verdict` (failing, forwarded, spoof or undo) on `group` or `source_ip`, with an optional `note`."""
    group = request.POST.get("group", "")[:MAX_THING]
    source_ip = canonical(request.POST.get("source_ip", "")[:45])
    verdict = request.POST.get("verdict", "")
    if bool(group) == bool(source_ip) or verdict not in (*VERDICTS, UNDO):
        return HttpResponseBadRequest("a decision needs a verdict, and either a group or a host")
    if not may_change(request):
        messages.error(
            request, _("Your role may read, but not decide. An owner or administrator of the organisation can change that.")
        )
        return redirect(_back(request))
    what = named(group).label if group else source_ip
    if verdict == UNDO:
        decisions.undo(request.org.pk, group=group, source_ip=source_ip)
        note(request, Action.DECISION_UNDONE, group or source_ip)
    else:
        why = request.POST.get("note", "")[:MAX_NOTE]
        decisions.decide(request.org.pk, request.user, Class(verdict), group=group, source_ip=source_ip, note=why)
        note(request, Action.DECIDED, group or source_ip, verdict=verdict)
    changed = rejudge(request.org.pk, source_ip=source_ip)
    messages.success(request, _told(verdict, what, changed))
    return redirect(_back(request))


def _told(verdict: str, what: str, changed: int) -> str:
    """What was saved and what it changed."""
    if verdict == UNDO:
        saved = _("The decision on %(what)s was taken back.") % {"what": what}
    else:
        saved = _("Saved: %(what)s is %(decision)s.") % {"what": what, "decision": decided_word(verdict)}
    if not changed:
        return saved
    effect = ngettext("%(n)d verdict changed, past mail included.", "%(n)d verdicts changed, past mail included.", changed) % {
        "n": changed
    }
    return f"{saved} {effect}"


def _back(request: OrgRequest) -> str:
    """The page the person came from, on this site and in this organisation; else the overview."""
    came = urlsplit(request.POST.get("next", ""))
    home = f"/{request.org.slug}/"
    is_ours = not came.scheme and not came.netloc and came.path.startswith(home) and "\\" not in came.path
    return came.geturl() if is_ours else home + "overview"
