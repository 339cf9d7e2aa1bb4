"""How allauth behaves here: nobody signs up, secrets of second factors are sealed, and what happens to accounts is noted."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from sekisho.registry import sealing

PLACE = "second factor"


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by himself: people are invited, or added by `sekisho user add`."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library calls it so
        """Never."""
        return False

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tells a person of changes to the account, where a mail server is set."""
        if settings.MAIL is not None:
            super().send_notification_mail(*args, **kwargs)


def _factors() -> type[Any]:
    from allauth.mfa.adapter import DefaultMFAAdapter

    class _Factors(DefaultMFAAdapter):  # type: ignore[misc]
        """Keeps what makes codes encrypted."""

        def encrypt(self, text: str) -> str:
            """Sealed with the key file."""
            return base64.b64encode(sealing.seal({"text": text}, PLACE)).decode()

        def decrypt(self, encrypted_text: str) -> str:
            """The text again."""
            return sealing.unseal(base64.b64decode(encrypted_text), PLACE)["text"]

        def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library calls it so
            """What a new passkey is called until somebody names it."""
            from allauth.mfa.models import Authenticator

            count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
            return gettext("Passkey %(n)d") % {"n": count + 1}

    return _Factors


def __getattr__(name: str) -> Any:
    """`Factors` is made when it is asked for: its models exist only where its app is installed."""
    if name == "Factors":
        return _factors()
    raise AttributeError(name)
