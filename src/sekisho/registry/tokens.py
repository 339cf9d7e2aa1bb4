"""Tokens of programs: shown once, kept as hashes, bound to scopes, to a time, and to the role of whoever made them."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone

from sekisho.registry.models import Member, Token, User
from sekisho.registry.roles import Ability, may

READ, WRITE, INGEST, FAILURES, ADMIN, AGENCY = "read", "write", "ingest", "failures", "admin", "agency"
SCOPES = (READ, WRITE, INGEST, FAILURES, ADMIN, AGENCY)
"""What a token may be for: reading, changing, delivering reports, failure reports without redaction, settings and people, and
the agencies of whoever made it, where the role that the person has there decides."""
ABILITIES = {
    READ: Ability.SEE,
    WRITE: Ability.WORK,
    INGEST: Ability.WORK,
    FAILURES: Ability.WORK,
    ADMIN: Ability.ADMINISTER,
    AGENCY: Ability.SEE,
}
"""What a person must be able to do for a token to do it."""
PREFIX = "sek_"
DAYS = 365
"""A token is good for a year unless something else is asked for."""
MOST_DAYS = 3650
USED_EVERY_S = 60
"""The last use is written at most so often."""


def allowed(role: str) -> frozenset[str]:
    """The scopes that a role opens; none for no role."""
    return frozenset(scope for scope, ability in ABILITIES.items() if may(role, ability))


def role_of(org: int, user: int | None) -> str:
    """The role of an active person in an organisation; empty where there is none."""
    found = Member.objects.filter(organisation_id=org, user_id=user, user__is_active=True) if user else Member.objects.none()
    return found.values_list("role", flat=True).first() or ""


def add(
    org: int, name: str, *, scopes: Iterable[str] = (INGEST,), expires: dt.datetime | None = None, person: User | None = None
) -> tuple[Token, str]:
    """A new token and its text, which nobody can show again.

    Without a person it is the operator's, made at the shell; else it never opens more than the person's role at that moment.
    """
    text = PREFIX + secrets.token_urlsafe(32)
    given = set(scopes)
    token = Token.objects.create(
        organisation_id=org,
        name=name[:100],
        scopes=" ".join(scope for scope in SCOPES if scope in given),
        digest=_digest(text),
        expires=expires,
        person=person,
        is_personal=person is not None,
    )
    return token, text


def until(days: int) -> dt.datetime | None:
    """When a token ends that is good for some days; None for 0, which is never."""
    return timezone.now() + dt.timedelta(days=days) if days else None


def find(text: str) -> Token | None:
    """The token behind a text, when it is good now for anything; notes its use."""
    now = timezone.now()
    good = Token.objects.filter(digest=_digest(text), revoked=None).select_related("organisation", "person")
    token = good.filter(Q(expires=None) | Q(expires__gt=now)).first()
    if token is None or not opens(token):
        return None
    if token.last_used is None or (now - token.last_used).total_seconds() > USED_EVERY_S:
        Token.objects.filter(pk=token.pk).update(last_used=now)
    return token


def opens(token: Token) -> frozenset[str]:
    """What a token opens now: its scopes, as far as the role of whoever made it still reaches."""
    mine = frozenset(token.scopes.split())
    return mine & allowed(role_of(token.organisation_id, token.person_id)) if token.is_personal else mine


def check(text: str, scope: str) -> Token | None:
    """The token behind a text, when it is good now for this scope; notes its use."""
    token = find(text)
    return token if token is not None and scope in opens(token) else None


def revoke(token: Token) -> None:
    """The token is good for nothing from now on."""
    Token.objects.filter(pk=token.pk, revoked=None).update(revoked=timezone.now())


def _digest(text: str) -> bytes:
    """A plain hash will do: the text is random and long, so it cannot be guessed from it."""
    return sha256(text.encode()).digest()
