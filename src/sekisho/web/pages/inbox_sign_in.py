"""Sign-in of a person to a mailbox by API, on pages; what has begun stands in the session on the server."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sekisho.core.errors import SettingsError
from sekisho.ingest.errors import IngestError
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Inbox
from sekisho.web import granting
from sekisho.web.frame import OrgRequest
from sekisho.web.granting import Kept
from sekisho.web.pages.roles import admin_page
from sekisho.web.parts import Crumb

SESSION = "inbox_sign_in"
"""What has begun, in the session on the server: the device code and the verifier never go to the browser."""


@never_cache
@admin_page
@require_POST
def begin(request: OrgRequest, number: int) -> HttpResponse:
    """Begins at the service, and shows the person where to go."""
    inbox = _mine(request, number)
    try:
        begun = granting.begin(inbox, back_to(request))
    except (IngestError, SettingsError) as error:
        return _failed(request, inbox, error)
    if begun is None:
        return redirect("settings_inbox", org=request.org.slug, number=number)
    request.session[SESSION] = begun.kept
    note(request, Action.INBOX_SIGN_IN_BEGUN, inbox.title)
    return _show(request, inbox, {"code": begun.code, "link": begun.link, "redirect": begun.redirect})


def back_to(request: OrgRequest) -> str:
    """Where Google sends a person back to."""
    return request.build_absolute_uri(reverse("settings_inbox_google", args=[request.org.slug]))


@never_cache
@admin_page
@require_POST
def end(request: OrgRequest, number: int) -> HttpResponse:
    """Asks Microsoft whether the person has signed in."""
    inbox, kept = _mine(request, number), request.session.get(SESSION) or {}
    if not granting.is_good(kept, inbox) or "device_code" not in kept:
        messages.warning(request, _("The sign-in took too long, or the inbox was changed meanwhile. Begin again."))
        return redirect("settings_inbox", org=request.org.slug, number=number)
    try:
        is_done = granting.end(inbox, kept)
    except (IngestError, SettingsError) as error:
        return _failed(request, inbox, error)
    if not is_done:
        messages.warning(request, _("Microsoft does not know of a sign-in with this code yet. Sign in there first, then continue."))
        return _show(request, inbox, {"code": kept["user_code"], "link": kept["uri"]})
    return _signed_in(request, inbox)


@never_cache
@admin_page
@require_safe
def google(request: OrgRequest) -> HttpResponse:
    """Where Google sends the person back to; only what this person has begun counts (RFC 6749, 10.12)."""
    state, code = request.GET.get("state", "")[:200], request.GET.get("code", "")
    kept = _begun(request, state)
    inbox = request.org.inboxes.filter(pk=kept.get("inbox") or 0).first()
    if inbox is None:
        raise Http404
    if not granting.is_good(kept, inbox) or not code:
        messages.warning(request, _("Google did not give the permission, or it took too long. Begin again."))
        return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)
    cache.delete(key_of(inbox))
    try:
        granting.end(inbox, kept, code)
    except (IngestError, SettingsError) as error:
        return _failed(request, inbox, error)
    return _signed_in(request, inbox)


def key_of(inbox: Inbox) -> str:
    """Where the cache has what a person has begun by the interface."""
    return f"granting:{inbox.pk}"


def _begun(request: OrgRequest, state: str) -> Kept:
    """What this person has begun with this state, on the pages or by the interface; empty where nothing."""
    there = [request.session.get(SESSION), *(cache.get(key_of(inbox)) for inbox in request.org.inboxes.filter(kind="gmail"))]
    for kept in there:
        is_hers = kept is not None and kept.get("person", request.user.pk) == request.user.pk
        if is_hers and secrets.compare_digest(state.encode(), str(kept.get("state") or secrets.token_hex()).encode()):
            return dict(kept)
    return {}


def _signed_in(request: OrgRequest, inbox: Inbox) -> HttpResponse:
    request.session.pop(SESSION, None)
    note(request, Action.INBOX_SIGNED_IN, inbox.title)
    messages.success(request, _("Signed in. The mailbox is looked at in a few seconds; its state stands below."))
    return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)


def _failed(request: OrgRequest, inbox: Inbox, error: IngestError | SettingsError) -> HttpResponse:
    request.session.pop(SESSION, None)
    messages.error(request, granting.said(error))
    return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)


def _show(request: OrgRequest, inbox: Inbox, context: dict[str, object]) -> HttpResponse:
    home = f"/{request.org.slug}/settings/inboxes/"
    crumbs = [Crumb(_("Inboxes"), home), Crumb(inbox.title, f"{home}{inbox.pk}/"), Crumb(_("Sign-in"))]
    return render(request, "pages/inbox_sign_in.html", {"inbox": inbox, "crumbs": crumbs, **context})


def _mine(request: OrgRequest, number: int) -> Inbox:
    found = request.org.inboxes.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
