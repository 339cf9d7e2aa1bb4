"""Signing in to a mailbox by API through the interface: a code or a consent is begun, and ended once the person has agreed.

What has begun stays in this process: the device code and the verifier never go out. Only whoever has begun can end it.
"""

from __future__ import annotations

import secrets
import time
from typing import Annotated, Literal

from django.core.cache import cache
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.core.errors import SettingsError
from sekisho.ingest.errors import IngestError
from sekisho.registry.audit import Action
from sekisho.registry.models import Inbox
from sekisho.registry.tokens import ADMIN
from sekisho.web import granting
from sekisho.web.api.access import ApiRequest, note
from sekisho.web.api.inboxes import the_inbox
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem
from sekisho.web.granting import Kept
from sekisho.web.pages.inbox_sign_in import back_to, key_of

grants = Section("Settings")
Row = dict[str, object]


class SignInShape(TypedDict):
    """Whether somebody has signed in to a mailbox, and what is under way."""

    is_offered: bool
    """Whether this inbox is one that a person signs in to."""
    is_signed_in: bool
    is_waiting: bool
    """Whether a sign-in that you have begun waits for its end."""


class BegunSignIn(TypedDict):
    """Where the person goes now."""

    way: Literal["code", "consent"]
    link: str
    code: str
    """To be typed there; empty for a consent."""
    redirect: str
    """Where a consent leads back to; the app of the inbox must know this address."""
    expires_s: int


class Agreed(Schema):
    """What a consent sent back in its address; nothing for a code."""

    code: Annotated[str, Field(max_length=2000)] = ""
    state: Annotated[str, Field(max_length=200)] = ""


@grants.get("/inboxes/{int:number}/sign-in", SignInShape, scope=ADMIN)
def inbox_sign_in(request: ApiRequest, number: Number) -> Row:
    """Whether somebody has signed in to the mailbox of an inbox."""
    return _told(request, the_inbox(request, number))


@grants.change("POST", "/inboxes/{int:number}/sign-in", BegunSignIn, scope=ADMIN)
def begin_inbox_sign_in(request: ApiRequest, number: Number) -> Row:
    """Begins a sign-in at Microsoft, by a code, or at Google, by a consent; a person goes to `link` with a browser.

    A person who is signed in here and comes back from a consent ends it; else `code` and `state` of the address are handed over.
    """
    found = the_inbox(request, number)
    begun = None
    if granting.is_offered(found):
        try:
            begun = granting.begin(found, back_to(request))
        except (IngestError, SettingsError) as error:
            raise Problem(409, granting.said(error)) from None
    if begun is None:
        raise Problem(409, _("This inbox is none that a person signs in to."))
    left = max(0, round(begun.kept["until"] - time.time()))
    cache.set(key_of(found), begun.kept | {"person": _who(request)}, left)
    note(request, Action.INBOX_SIGN_IN_BEGUN, found.title)
    way = "code" if begun.code else "consent"
    return {"way": way, "link": begun.link, "code": begun.code, "redirect": begun.redirect, "expires_s": left}


@grants.change("POST", "/inboxes/{int:number}/sign-in/end", SignInShape, scope=ADMIN)
def end_inbox_sign_in(request: ApiRequest, number: Number, body: Agreed) -> Row:
    """Ends a sign-in: asks Microsoft whether the code was used, or takes what a consent sent back.

    While Microsoft does not know of it yet, the answer says that it waits; ask again after five seconds.
    """
    found = the_inbox(request, number)
    kept = _waiting(request, found)
    if kept is None:
        raise Problem(409, _("The sign-in took too long, or the inbox was changed meanwhile. Begin again."))
    state = str(kept.get("state", ""))
    if state and (not body.code or not secrets.compare_digest(state.encode(), body.state.encode())):
        raise Problem(422, errors=[("state", _("This is not what the consent sent back."))])
    try:
        is_done = granting.end(found, kept, body.code)
    except (IngestError, SettingsError) as error:
        cache.delete(key_of(found))
        raise Problem(409, granting.said(error)) from None
    if is_done:
        cache.delete(key_of(found))
        note(request, Action.INBOX_SIGNED_IN, found.title)
        found.refresh_from_db()
    return _told(request, found)


def _waiting(request: ApiRequest, inbox: Inbox) -> Kept | None:
    kept: Kept | None = cache.get(key_of(inbox))
    is_mine = kept is not None and kept["person"] == _who(request)
    return kept if is_mine and granting.is_good(kept, inbox) else None


def _who(request: ApiRequest) -> int:
    """The person who asks; 0 for tokens of the shell."""
    return request.auth.person.pk if request.auth.person is not None else 0


def _told(request: ApiRequest, inbox: Inbox) -> Row:
    return {
        "is_offered": granting.is_offered(inbox),
        "is_signed_in": granting.is_signed_in(inbox),
        "is_waiting": _waiting(request, inbox) is not None,
    }
