"""Asking providers of single sign-on by HTTP: few seconds, few bytes, no redirects, and only where tenants may lead us."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sekisho.core.errors import SekishoError
from sekisho.ingest.errors import IngestError
from sekisho.ingest.reach import connect
from sekisho.intake.kinds import only_public

if TYPE_CHECKING:
    import requests

TIMEOUT_S = 10
MAX_BYTES = 1 << 20
"""Of an answer: configuration, keys and tokens take a few thousand."""
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint")
WELL_KNOWN = "/.well-known/openid-configuration"


class OutsideFailed(SekishoError):
    """A provider that cannot be asked, or says something else than it should."""


def session() -> requests.Session:
    """A session whose every connection goes through the guard of `ingest.reach`, whatever address an answer names."""
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import NewConnectionError

    guarded = only_public()

    def opened(connection: Any) -> Any:
        try:
            return connect(connection.host, connection.port, TIMEOUT_S, only_public=guarded)
        except IngestError as error:
            raise NewConnectionError(connection, "leads into a private network") from error
        except OSError as error:
            raise NewConnectionError(connection, str(error)) from error

    class Plain(HTTPConnection):
        _new_conn = opened

    class Sealed(HTTPSConnection):
        _new_conn = opened

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SealedPool(HTTPSConnectionPool):
        ConnectionCls = Sealed

    class Guarded(HTTPAdapter):
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SealedPool}

    class Bounded(requests.Session):
        def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
            given = {**kwargs, "timeout": TIMEOUT_S, "stream": True, "allow_redirects": False}
            answer = super().request(method, url, *args, **given)
            body = answer.raw.read(MAX_BYTES + 1, decode_content=True)
            if len(body) > MAX_BYTES:
                raise requests.exceptions.ContentDecodingError("the answer is too large")
            answer._content = body
            return answer

    made = Bounded()
    made.trust_env = False
    for scheme in ("https://", "http://"):
        made.mount(scheme, Guarded())
    return made


def discover(issuer: str) -> dict[str, Any]:
    """What a provider says of itself (OpenID Connect Discovery 1.0, 4); raises OutsideFailed.

    Plain HTTP is for the own network of an install that one organisation has alone.
    """
    import requests

    issuer = issuer.rstrip("/")
    if not issuer.startswith("https://") and (only_public() or not issuer.startswith("http://")):
        raise OutsideFailed(_("the issuer must begin with https://"))
    try:
        with session() as asked:
            answer = asked.get(issuer + WELL_KNOWN)
        found = answer.json() if answer.ok else {}
    except (requests.RequestException, ValueError) as error:
        raise OutsideFailed(_("no answer that can be read")) from error
    if not isinstance(found, dict) or any(not isinstance(found.get(name), str) for name in NEEDED):
        raise OutsideFailed(_("no configuration of OpenID Connect is there"))
    if str(found["issuer"]).rstrip("/") != issuer:
        raise OutsideFailed(_("it calls itself by another name"))
    return found
