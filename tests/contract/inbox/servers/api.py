"""What the local servers for Graph and Gmail share: requests by method and path, tokens, and answers that can be told to fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Asked:
    """A request."""

    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The object in the body."""
        return json.loads(self.body)  # type: ignore[no-any-return]

    def form(self) -> dict[str, str]:
        """The fields of a form."""
        return {key: values[0] for key, values in parse_qs(self.body.decode()).items()}


@dataclass
class Reply:
    """An answer."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The bytes: JSON unless they are given."""
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


class Api:
    """A server on a free loopback port; a subclass answers in `reply`."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.asked: list[Asked] = []
        self.fails: list[Reply] = []
        """The next requests that carry a token are answered with these."""
        self.truncates = 0
        """So many of the next answers end before their length."""
        self.tokens: set[str] = set()
        self._issued = 0
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

            def handle_one(self) -> None:
                url = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(url.query, keep_blank_values=True).items()}
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with api.lock:
                    reply = api.answer(Asked(self.command, url.path, query, self.headers, body))
                    cut = api.truncates > 0 and bool(reply.data)
                    api.truncates -= cut
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.data)))
                self.end_headers()
                self.wfile.write(reply.data[: len(reply.data) // 2] if cut else reply.data)
                self.close_connection = self.close_connection or cut

            do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = handle_one

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Silence."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def answer(self, asked: Asked) -> Reply:
        """The answer, after tokens and told failures."""
        self.asked.append(asked)
        if self.is_open(asked):
            return self.reply(asked)
        if asked.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return self.unauthorized()
        if self.fails:
            return self.fails.pop(0)
        return self.reply(asked)

    def is_open(self, asked: Asked) -> bool:
        """Whether the request needs no token."""
        raise NotImplementedError

    def unauthorized(self) -> Reply:
        """The answer to a request without a good token."""
        raise NotImplementedError

    def reply(self, asked: Asked) -> Reply:
        """The answer."""
        raise NotImplementedError

    def issue(self, **more: object) -> Reply:
        """A new token."""
        self._issued += 1
        token = f"token-{self._issued}"
        self.tokens.add(token)
        return Reply(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600, **more})

    def close(self) -> None:
        """Stops."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
