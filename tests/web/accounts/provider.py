"""A provider of OpenID Connect on loopback, as the specification says: codes used once, PKCE, signed tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "client-1", "secret-of-the-client"


class Provider:
    """The provider; `person` is who is signed in there."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {"sub": "1", "email": "dora@example.jp", "name": "Dora Example"}
        self.codes: dict[str, dict[str, str]] = {}
        self.problems: list[str] = []
        handler = type("Handler", (_Handler,), {"provider": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends the server."""
        self._server.shutdown()
        self._server.server_close()

    def configuration(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, 3."""
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys", "userinfo_endpoint": "me"}
        return {"issuer": self.url, "token_endpoint_auth_methods_supported": ["client_secret_post"]} | {
            name: f"{self.url}/{path}" for name, path in paths.items()
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the person is sent back to, with a code."""
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]})

    def token(self, given: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, once, for who began and holds the secret."""
        asked = self.codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        good = asked is not None and (
            given.get("client_id") == CLIENT,
            given.get("client_secret") == SECRET,
            asked["code_challenge"] == proof,
            asked["redirect_uri"] == given.get("redirect_uri"),
        ) == (True, True, True, True)
        if not good:
            self.problems.append(f"token refused: {sorted(given)}")
            return None
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "access-1", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


class _Handler(BaseHTTPRequestHandler):
    provider: ClassVar[Provider]

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._say(self.provider.configuration())
        elif parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
        elif parts.path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say({"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]})
        elif parts.path == "/me" and self.headers["Authorization"] == "Bearer access-1":
            self._say(self.provider.person)
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        made = self.provider.token({name: values[0] for name, values in parse_qs(body).items()})
        self._say(made or {"error": "invalid_grant"}, 200 if made else 400)

    def _say(self, values: dict[str, Any], status: int = 200) -> None:
        data = json.dumps(values).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args: object) -> None:
        """Silent."""
