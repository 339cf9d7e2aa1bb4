"""OAuth 2.0 as mailboxes by API need it (RFC 6749, 7523, 8628): short-lived tokens, and how a person grants them."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.web import ask
from sekisho.net.http import Answer, Http

EARLY_S = 120
"""A token is renewed so long before its end."""
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
PENDING = frozenset({"authorization_pending", "slow_down"})
LATER = frozenset({"temporarily_unavailable", "server_error"})


class Tokens:
    """Access tokens from one grant, kept until shortly before their end.

    `renewed` is told a new refresh token, which some servers hand out and which then must be kept instead of the old one.
    """

    def __init__(
        self,
        http: Http,
        url: str,
        grant: Callable[[], Mapping[str, str]],
        renewed: Callable[[str], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._url = url
        self._grant = grant
        self._renewed = renewed
        self._clock = clock
        self._token = ""
        self._until = 0.0

    def get(self) -> str:
        """A token that is good now; raises IngestError."""
        if not self._token or self._clock() >= self._until:
            found = ask_token(self._http, self._url, self._grant())
            self._token = str(found["access_token"])
            self._until = self._clock() + max(0, int(found.get("expires_in", 300)) - EARLY_S)
            refresh = found.get("refresh_token")
            if isinstance(refresh, str) and refresh and self._renewed is not None:
                self._renewed(refresh)
        return self._token

    def forget(self) -> None:
        """Lets the next one be asked for: the server did not like this one."""
        self._token = ""


def ask_token(http: Http, url: str, form: Mapping[str, str]) -> dict[str, Any]:
    """The answer of a token endpoint; raises IngestError with the server's description."""
    answer = _post(http, url, form)
    found = answer.json()
    if answer.is_good and isinstance(found.get("access_token"), str):
        return found
    raise _refused(url, found, answer.status)


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """What a person types at `uri` to grant access (RFC 8628, 3.2)."""

    user_code: str
    uri: str
    device_code: str
    interval_s: int
    expires_s: int


def start_device(http: Http, url: str, form: Mapping[str, str]) -> DeviceCode:
    """Begins a device grant."""
    answer = _post(http, url, form)
    found = answer.json()
    try:
        uri = str(found.get("verification_uri") or found["verification_url"])
        interval, expires = int(found.get("interval", 5)), int(found["expires_in"])
        return DeviceCode(str(found["user_code"]), uri, str(found["device_code"]), interval, expires)
    except (KeyError, ValueError, TypeError):
        raise _refused(url, found, answer.status) from None


def poll_device(http: Http, url: str, form: Mapping[str, str]) -> str | None:
    """The refresh token once the person has agreed; None while they have not."""
    answer = _post(http, url, form)
    found = answer.json()
    if found.get("error") in PENDING:
        return None
    if answer.is_good and isinstance(found.get("refresh_token"), str):
        return str(found["refresh_token"])
    raise _refused(url, found, answer.status)


def service_assertion(account: str, scope: str, subject: str, url: str, now: float) -> str:
    """The signed assertion of a Google service account that acts for `subject` (RFC 7523, 3); `account` is its JSON key file."""
    try:
        found = json.loads(account)
        email, key_id = str(found["client_email"]), str(found.get("private_key_id", ""))
        key = serialization.load_pem_private_key(str(found["private_key"]).encode(), None)
    except (ValueError, KeyError, TypeError) as error:
        raise IngestError(Trouble.SIGN_IN, urlsplit(url).netloc, "the key file of the service account cannot be read") from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise IngestError(Trouble.SIGN_IN, urlsplit(url).netloc, "the key of the service account is no RSA key")
    claims = {"iss": email, "sub": subject, "scope": scope, "aud": url, "iat": int(now), "exp": int(now) + 3600}
    text = f"{_base64({'alg': 'RS256', 'typ': 'JWT', 'kid': key_id})}.{_base64(claims)}"
    signature = key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{text}.{urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _base64(value: Mapping[str, object]) -> str:
    return urlsafe_b64encode(json.dumps(value, separators=(",", ":")).encode()).rstrip(b"=").decode()


def _post(http: Http, url: str, form: Mapping[str, str]) -> Answer:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return ask(http, "POST", url, headers=headers, body=urlencode(form).encode())


def _refused(url: str, found: Mapping[str, object], status: int) -> IngestError:
    code = str(found.get("error", ""))
    said = f"{code} {found.get('error_description', '')}".strip() or f"HTTP {status}"
    return IngestError(Trouble.BUSY if code in LATER else Trouble.SIGN_IN, urlsplit(url).netloc, said)
