"""What each role may do in an organisation: the one table that pages ask."""

from __future__ import annotations

from enum import StrEnum

from sekisho.registry.models import Member, Role

RANKS = (Role.READER, Role.ANALYST, Role.ADMIN, Role.OWNER)
"""Each may do what those before it may."""


class Ability(StrEnum):
    """Something that not everybody may do."""

    SEE = "see"
    """Read all pages and exports, failure reports with redaction."""
    WORK = "work"
    """Decide, act on alerts, upload, read again, add domains, see failure reports without redaction."""
    ADMINISTER = "administer"
    """Change settings, inboxes, channels and tokens, invite and remove people, read the audit log."""
    OWN = "own"
    """Make and unmake owners, set single sign-on and the rules of signing in."""


LEAST = {Ability.SEE: Role.READER, Ability.WORK: Role.ANALYST, Ability.ADMINISTER: Role.ADMIN, Ability.OWN: Role.OWNER}


def may(role: str, ability: Ability) -> bool:
    """Whether a role has an ability; no role has none."""
    return role in RANKS and RANKS.index(Role(role)) >= RANKS.index(LEAST[ability])


def can(org: int, user: int | None, ability: Ability) -> bool:
    """Whether an active person may do something in an organisation."""
    if user is None:
        return False
    role = Member.objects.filter(organisation_id=org, user_id=user, user__is_active=True).values_list("role", flat=True).first()
    return may(role or "", ability)


def givable(role: str) -> tuple[Role, ...]:
    """The roles that somebody of this role may give to others: never more than the own."""
    return RANKS[: RANKS.index(Role(role)) + 1] if may(role, Ability.ADMINISTER) else ()
