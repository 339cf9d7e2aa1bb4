"""Second factors of people: who has one, who lacks one that the organisation asks for, and taking them all away."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from sekisho.registry.models import Organisation, User
from sekisho.registry.signon import SignInRules

SIGNED_ON = "signed_on"
"""In the session: the organisation by whose provider a person has signed in, which looks after second factors itself, and who."""


def have(users: Iterable[int]) -> set[int]:
    """Those of the people that have an authenticator app or a passkey."""
    from allauth.mfa.models import Authenticator

    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return set(Authenticator.objects.filter(user_id__in=list(users), type__in=kinds).values_list("user_id", flat=True))


def is_lacking(request: HttpRequest, org: Organisation) -> bool:
    """Whether the person must set up a second factor before seeing this organisation."""
    if not SignInRules.objects.filter(organisation=org, needs_two_factors=True).exists():
        return False
    return request.session.get(SIGNED_ON) != [org.pk, request.user.pk] and request.user.pk not in have([request.user.pk or 0])


def take_away(user: User) -> int:
    """Removes all second factors of a person, recovery codes too; returns how many there were."""
    from allauth.mfa.models import Authenticator

    removed: int = Authenticator.objects.filter(user=user).delete()[0]
    return removed
