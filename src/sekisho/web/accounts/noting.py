"""What happens to accounts goes into the audit log: signing in and out, passwords, addresses, second factors, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.account.models import EmailAddress
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from sekisho.registry.audit import Action, Actor, note
from sekisho.registry.models import User


def connect() -> None:
    """Listens from now on; twice changes nothing."""
    auth.user_logged_in.connect(_signed_in, dispatch_uid="audit")
    auth.user_logged_in.connect(_know_address, dispatch_uid="address")
    auth.user_logged_out.connect(_signed_out, dispatch_uid="audit")
    auth.user_login_failed.connect(_failed, dispatch_uid="audit")
    for signal in (account.password_changed, account.password_set, account.password_reset):
        signal.connect(_password, dispatch_uid="audit")
    account.email_changed.connect(_email, dispatch_uid="audit")
    factors.authenticator_added.connect(_added, dispatch_uid="audit")
    factors.authenticator_removed.connect(_removed, dispatch_uid="audit")
    factors.authenticator_reset.connect(_codes, dispatch_uid="audit")


def _write(request: HttpRequest | None, user: User | None, action: Action, target: str = "", **detail: str) -> None:
    address = str(request.META.get("REMOTE_ADDR", "")) if request is not None else ""
    note(Actor(user, "" if user else "nobody", address), action, target or (user.email if user else ""), org=None, **detail)


def _signed_in(request: HttpRequest, user: User, **_values: Any) -> None:
    _write(request, user, Action.SIGNED_IN)


def _know_address(user: User, **_values: Any) -> None:
    """Tells the library the address of an account it has not made, which else has none to fall back to when it is changed."""
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)


def _signed_out(request: HttpRequest, user: User | None, **_values: Any) -> None:
    if user is not None:
        _write(request, user, Action.SIGNED_OUT)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_values: Any) -> None:
    """The address that was tried; never the password, which Django has hidden already."""
    tried = str(credentials.get("email") or credentials.get("username") or "").lower()
    user = User.objects.filter(email=tried).first() if tried else None
    if user is not None:  # what strangers type is kept nowhere: it may be a password in the wrong field
        _write(request, user, Action.SIGN_IN_FAILED)


def _password(request: HttpRequest, user: User, **_values: Any) -> None:
    _write(request, user, Action.PASSWORD_CHANGED)


def _email(request: HttpRequest, user: User, from_email_address: Any, to_email_address: Any, **_values: Any) -> None:
    before = from_email_address.email if from_email_address else ""
    _write(request, user, Action.EMAIL_CHANGED, to_email_address.email, before=before)


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_values: Any) -> None:
    codes = authenticator.type == Authenticator.Type.RECOVERY_CODES
    _write(request, user, Action.CODES_MADE if codes else Action.FACTOR_ADDED, kind=str(authenticator.type))


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_values: Any) -> None:
    _write(request, user, Action.FACTOR_REMOVED, kind=str(authenticator.type))


def _codes(request: HttpRequest, user: User, **_values: Any) -> None:
    _write(request, user, Action.CODES_MADE)
