"""Tokens with which programs deliver reports by HTTP: shown once, kept as hashes, checked in one query."""

from __future__ import annotations

import datetime as dt
import secrets
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone

from sekisho.registry.models import Token

DELIVER = "deliver"
"""May deliver, and ask what became of what it delivered."""
PREFIX = "sek_"
USED_EVERY_S = 60
"""The last use is written at most so often."""


def add(org: int, name: str, *, expires: dt.datetime | None = None, scope: str = DELIVER) -> tuple[Token, str]:
    """A new token and its text, which nobody can show again."""
    text = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(organisation_id=org, name=name[:100], scope=scope, digest=_digest(text), expires=expires)
    return token, text


def check(text: str, scope: str) -> Token | None:
    """The token behind a text, when it is good now for this scope; notes its use."""
    now = timezone.now()
    good = Token.objects.filter(digest=_digest(text), scope=scope, revoked=None)
    token = good.filter(Q(expires=None) | Q(expires__gt=now)).first()
    if token is not None and (token.last_used is None or (now - token.last_used).total_seconds() > USED_EVERY_S):
        Token.objects.filter(pk=token.pk).update(last_used=now)
    return token


def revoke(token: Token) -> None:
    """The token is good for nothing from now on."""
    Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now())


def _digest(text: str) -> bytes:
    """A plain hash will do: the text is random and long, so it cannot be guessed from it."""
    return sha256(text.encode()).digest()
