"""A port of loopback that a browser is sent back to after a sign-in (RFC 8252, 7.3); it answers one address and ends."""

from __future__ import annotations

import secrets
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from sekisho.cli.words import _

READ_S = 5
"""For one request: a browser opens connections that it does not use."""


class Redirect:
    """The port, while a person is away at the sign-in."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            timeout = READ_S

            def do_GET(self) -> None:
                outer._came(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Silence: the address has the code."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """What Google calls a loopback address: any port of it is allowed for desktop apps."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.server_close()

    def wait(self, state: str, seconds: float) -> str | None:
        """The code that came with this state; None when none did in time, or the person did not agree."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._server.timeout = left
            self._server.handle_request()
            for came, code in self._found:
                if secrets.compare_digest(came.encode(), state.encode()):
                    return code or None
            self._found.clear()
        return None

    def _came(self, request: BaseHTTPRequestHandler) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(request.path).query).items()}
        if "state" in query:
            self._found.append((query["state"], query.get("code", "")))
        text = (_("Go back to the command line.") if "state" in query else "").encode()
        request.send_response(200 if text else 404)
        request.send_header("Content-Type", "text/plain; charset=utf-8")
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)
