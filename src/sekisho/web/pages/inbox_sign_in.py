"""Sign-in of a person to a mailbox by API: a device code at Microsoft (RFC 8628), consent with PKCE at Google (RFC 7636)."""

from __future__ import annotations

import secrets
import time
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sekisho.core.errors import SettingsError
from sekisho.ingest import gmail, graph
from sekisho.ingest.errors import IngestError
from sekisho.ingest.oauth import DeviceCode
from sekisho.intake import words
from sekisho.intake.kinds import config_of, only_public
from sekisho.registry import inboxes as registry
from sekisho.registry.audit import Action, note
from sekisho.registry.models import Inbox
from sekisho.web.frame import OrgRequest
from sekisho.web.pages.roles import admin_page
from sekisho.web.parts import Crumb

SESSION = "inbox_sign_in"
"""What has begun, in the session on the server: the device code and the verifier never go to the browser."""
CONSENT_S = 900
TOKEN = "refresh_token"


@never_cache
@admin_page
@require_POST
def begin(request: OrgRequest, number: int) -> HttpResponse:
    """Begins at the service, and shows the person where to go."""
    inbox = _mine(request, number)
    config = _config(request, inbox)
    begun: dict[str, Any]
    if isinstance(config, graph.GraphConfig):
        try:
            code = graph.begin_sign_in(config, only_public=only_public())
        except IngestError as error:
            return _failed(request, inbox, error)
        begun = asdict(code) | {"until": time.time() + code.expires_s}
        context: dict[str, object] = {"code": code.user_code, "link": code.uri}
    elif isinstance(config, gmail.GmailConfig):
        consent = gmail.Consent.to(request.build_absolute_uri(reverse("settings_inbox_google", args=[request.org.slug])))
        begun = asdict(consent) | {"until": time.time() + CONSENT_S}
        context = {"link": gmail.consent_url(config, consent), "redirect": consent.redirect}
    else:
        return redirect("settings_inbox", org=request.org.slug, number=number)
    request.session[SESSION] = begun | {"inbox": inbox.pk, "revision": inbox.revision}
    note(request, Action.INBOX_SIGN_IN_BEGUN, inbox.title)
    return _show(request, inbox, context)


@never_cache
@admin_page
@require_POST
def end(request: OrgRequest, number: int) -> HttpResponse:
    """Asks Microsoft whether the person has signed in."""
    inbox = _mine(request, number)
    begun, config = _begun(request, inbox), _config(request, inbox)
    if begun is None or not isinstance(config, graph.GraphConfig) or "device_code" not in begun:
        messages.warning(request, _("The sign-in took too long, or the inbox was changed meanwhile. Begin again."))
        return redirect("settings_inbox", org=request.org.slug, number=number)
    code = DeviceCode(**{name: begun[name] for name in DeviceCode.__dataclass_fields__})
    try:
        token = graph.end_sign_in(config, code, only_public=only_public())
    except IngestError as error:
        return _failed(request, inbox, error)
    if token is None:
        messages.warning(request, _("Microsoft does not know of a sign-in with this code yet. Sign in there first, then continue."))
        return _show(request, inbox, {"code": code.user_code, "link": code.uri})
    return _signed_in(request, inbox, token)


@never_cache
@admin_page
@require_safe
def google(request: OrgRequest) -> HttpResponse:
    """Where Google sends the person back to; only what this session has begun counts (RFC 6749, 10.12)."""
    begun = request.session.get(SESSION) or {}
    inbox = request.org.inboxes.filter(pk=begun.get("inbox") or 0).first()
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if inbox is None or not secrets.compare_digest(state.encode(), str(begun.get("state") or secrets.token_hex()).encode()):
        raise Http404
    known, config = _begun(request, inbox), _config(request, inbox)
    if known is None or not code or not isinstance(config, gmail.GmailConfig):
        messages.warning(request, _("Google did not give the permission, or it took too long. Begin again."))
        return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)
    consent = gmail.Consent(*(str(known[name]) for name in ("redirect", "state", "verifier")))
    try:
        token = gmail.end_sign_in(config, code, consent, only_public=only_public())
    except IngestError as error:
        return _failed(request, inbox, error)
    return _signed_in(request, inbox, token)


def offers_sign_in(inbox: Inbox) -> bool:
    """Whether a person can sign in to this inbox: it has an app, and neither its own secret nor a service account does the work."""
    try:
        config = config_of(inbox)
    except SettingsError:
        return False
    if isinstance(config, graph.GraphConfig):
        return not config.client_secret
    return isinstance(config, gmail.GmailConfig) and bool(config.client_id) and not config.service_account


def _signed_in(request: OrgRequest, inbox: Inbox, token: str) -> HttpResponse:
    request.session.pop(SESSION, None)
    registry.renew_secret(inbox.pk, TOKEN, token)
    note(request, Action.INBOX_SIGNED_IN, inbox.title)
    if not inbox.is_paused:
        registry.resume(inbox)
    messages.success(request, _("Signed in. The mailbox is looked at in a few seconds; its state stands below."))
    return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)


def _failed(request: OrgRequest, inbox: Inbox, error: IngestError) -> HttpResponse:
    request.session.pop(SESSION, None)
    said = f"{_(words.trouble(error.trouble))} ({error.said})" if error.said else _(words.trouble(error.trouble))
    messages.error(request, said)
    return redirect("settings_inbox", org=request.org.slug, number=inbox.pk)


def _show(request: OrgRequest, inbox: Inbox, context: dict[str, object]) -> HttpResponse:
    home = f"/{request.org.slug}/settings/inboxes/"
    crumbs = [Crumb(_("Inboxes"), home), Crumb(inbox.title, f"{home}{inbox.pk}/"), Crumb(_("Sign-in"))]
    return render(request, "pages/inbox_sign_in.html", {"inbox": inbox, "crumbs": crumbs, **context})


def _begun(request: OrgRequest, inbox: Inbox) -> dict[str, Any] | None:
    """What has begun for this inbox, with these settings, not too long ago."""
    begun = request.session.get(SESSION) or {}
    same = (begun.get("inbox"), begun.get("revision")) == (inbox.pk, inbox.revision)
    return begun if same and time.time() < float(begun.get("until", 0)) else None


def _config(request: OrgRequest, inbox: Inbox) -> object:
    try:
        return config_of(inbox)
    except SettingsError:
        messages.error(request, _(words.trouble(words.SETTINGS)))
        return None


def _mine(request: OrgRequest, number: int) -> Inbox:
    found = request.org.inboxes.filter(pk=number).first()
    if found is None:
        raise Http404
    return found
