"""The words of the roles."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from sekisho.registry.models import Role

ROLE_WORDS: dict[str, Promise] = {
    Role.OWNER: pgettext_lazy("role", "Owner"),
    Role.ADMIN: pgettext_lazy("role", "Administrator"),
    Role.ANALYST: pgettext_lazy("role", "Analyst"),
    Role.READER: pgettext_lazy("role", "Read-only"),
}
ROLE_TEXTS: dict[str, Promise] = {
    Role.OWNER: gettext_lazy("All an administrator may, and makes owners and sets how people sign in."),
    Role.ADMIN: gettext_lazy("Settings, inboxes, channels, tokens, people and the audit log."),
    Role.ANALYST: gettext_lazy("Decides on sources, works on alerts, uploads, sees failure reports without redaction."),
    Role.READER: gettext_lazy("Sees all pages; failure reports with redaction only. Changes nothing."),
}


def role_word(role: str) -> str:
    """What a role is called in the language of the page."""
    return str(ROLE_WORDS.get(role, role))
