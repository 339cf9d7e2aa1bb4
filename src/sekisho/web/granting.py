"""How a person grants access to a mailbox by API: a device code at Microsoft (RFC 8628), consent with PKCE at Google (RFC 7636)."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from sekisho.core.errors import SettingsError
from sekisho.ingest import gmail, graph
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.oauth import DeviceCode
from sekisho.intake import words
from sekisho.intake.kinds import config_of, only_public
from sekisho.registry import inboxes as registry
from sekisho.registry.models import Inbox

CONSENT_S = 900
TOKEN = "refresh_token"
Kept = dict[str, Any]
"""What of a sign-in stays on the server until it ends: the device code or the verifier, for which inbox, until when."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: where the person goes, and what is kept."""

    link: str
    kept: Kept = field(repr=False)
    code: str = ""
    """To be typed there; empty for a consent."""
    redirect: str = ""
    """Where a consent leads back to; empty for a code."""


def is_offered(inbox: Inbox) -> bool:
    """Whether a person can sign in to this inbox: it has an app, and neither its own secret nor a service account does the work."""
    try:
        config = config_of(inbox)
    except SettingsError:
        return False
    if isinstance(config, graph.GraphConfig):
        return not config.client_secret
    return isinstance(config, gmail.GmailConfig) and bool(config.client_id) and not config.service_account


def is_signed_in(inbox: Inbox) -> bool:
    """Whether somebody has signed in to this inbox; False where its secrets cannot be decrypted."""
    try:
        return bool(registry.secrets_of(inbox).get(TOKEN))
    except SettingsError:
        return False


def begin(inbox: Inbox, redirect: str) -> Begun | None:
    """Begins at the service; None for a kind of inbox that nobody signs in to. Raises IngestError or SettingsError."""
    config = config_of(inbox)
    about = {"inbox": inbox.pk, "revision": inbox.revision}
    if isinstance(config, graph.GraphConfig):
        code = graph.begin_sign_in(config, only_public=only_public())
        return Begun(code.uri, asdict(code) | about | {"until": time.time() + code.expires_s}, code=code.user_code)
    if isinstance(config, gmail.GmailConfig):
        consent = gmail.Consent.to(redirect)
        kept = asdict(consent) | about | {"until": time.time() + CONSENT_S}
        return Begun(gmail.consent_url(config, consent), kept, redirect=redirect)
    return None


def is_good(kept: Kept | None, inbox: Inbox) -> bool:
    """Whether what was kept is of this inbox with these settings, and not too old: else the token would go elsewhere."""
    kept = kept or {}
    return (kept.get("inbox"), kept.get("revision")) == (inbox.pk, inbox.revision) and time.time() < float(kept.get("until", 0))


def end(inbox: Inbox, kept: Kept, code: str = "") -> bool:
    """Keeps the token of whoever has signed in, and lets the inbox go on; False while Microsoft does not know of it yet.

    `code` is what Google sent back with the person. Raises IngestError or SettingsError.
    """
    config = config_of(inbox)
    token: str | None
    if isinstance(config, graph.GraphConfig) and "device_code" in kept:
        given = DeviceCode(**{name: kept[name] for name in DeviceCode.__dataclass_fields__})
        token = graph.end_sign_in(config, given, only_public=only_public())
    elif isinstance(config, gmail.GmailConfig) and "verifier" in kept:
        consent = gmail.Consent(*(str(kept[name]) for name in ("redirect", "state", "verifier")))
        token = gmail.end_sign_in(config, code, consent, only_public=only_public())
    else:
        raise IngestError(Trouble.SIGN_IN, inbox.kind, "")
    if token is None:
        return False
    registry.renew_secret(inbox.pk, TOKEN, token)
    if not inbox.is_paused:
        registry.resume(inbox)
    return True


def said(error: IngestError | SettingsError) -> str:
    """What went wrong, in words, with those of the service behind them."""
    if isinstance(error, SettingsError):
        return _(words.trouble(words.SETTINGS))
    return f"{_(words.trouble(error.trouble))} ({error.said})" if error.said else _(words.trouble(error.trouble))
