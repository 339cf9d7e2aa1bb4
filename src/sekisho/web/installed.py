"""Which Django apps are installed: what signing in alone needs costs a command 150 ms and 7 MiB, so most commands go without."""

from __future__ import annotations

APPS = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "sekisho.registry",
    "sekisho.web",
)
SIGN_IN = (
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
)
NEEDED_BY = frozenset({"serve", "demo", "admin", "doctor"})
"""Files of commands that serve pages or change what belongs to signing in."""

_lean = False


def for_command(name: str) -> None:
    """Told once at the front door, before Django is set up: in which file of `cli` the command is."""
    global _lean
    _lean = name not in NEEDED_BY


def apps() -> list[str]:
    """The apps for Django's settings; all of them where nobody said otherwise."""
    return [*APPS] if _lean else [*APPS, *SIGN_IN]
