"""A real web server that plays the chats, and the address book that leads their names to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from sekisho.net.http import Answer, Http

VALUES: dict[str, dict[str, str]] = {
    "slack": {"url": "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"},
    "teams": {
        "url": "https://default1a.2b.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/"
        "643e69f83c8944438d68119179a10a64/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0"
        "&sig=KODuebWbDGYFr0z0euVKj8aUKz7108W3wrNJZxFE5A"
    },
    "discord": {"url": "https://discord.com/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"},
    "lineworks": {"url": "https://webhook.worksmobile.com/message/0c0de0aa-secret-4beb"},
    "chatwork": {"token": "0123456789abcdefsecret", "target": "123456789"},
    "googlechat": {"url": "https://chat.googleapis.com/v1/spaces/AAAAxxxx/messages?key=AIzaSyX&token=abc-secret"},
    "telegram": {"token": "123456789:AAsecret_hijklmnopqrstu", "target": "-1001234567890"},
    "mattermost": {"url": "https://mattermost.example.jp/hooks/3ruo6f5y2fbjtr1ge83p8tgxhw"},
    "rocketchat": {"url": "https://chat.example.jp/hooks/641b3dsfsdf3/secretabcdef"},
    "ntfy": {"url": "https://ntfy.example.jp/dmarc-alerts", "token": "tk_secret0123456789"},
    "webhook": {"url": "https://receiver.example.jp/secret-path", "key": "whsec_a2tra2tra2tra2tra2tra2tra2tr"},
}
"""What a person enters for each kind; addresses in the form each service gives them out."""
HOSTS = {
    "slack": "hooks.slack.com",
    "teams": "default1a.2b.environment.api.powerplatform.com",
    "discord": "discord.com",
    "lineworks": "webhook.worksmobile.com",
    "chatwork": "api.chatwork.com",
    "googlechat": "chat.googleapis.com",
    "telegram": "api.telegram.org",
    "mattermost": "mattermost.example.jp",
    "rocketchat": "chat.example.jp",
    "ntfy": "ntfy.example.jp",
    "webhook": "receiver.example.jp",
}


@dataclass
class Receiver:
    """What came, and what is answered."""

    status: int = 200
    body: bytes = b"ok"
    location: str = ""
    got: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    """Host it was meant for, path, headers with names in lower case, body."""


@contextmanager
def serving(patch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """The server, to which every https address leads; what is said goes over a real connection of our own client."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.got.append((headers.pop("x-meant-for"), self.path, headers, body))
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self.wfile.write(receiver.body)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    real = Http.ask

    def ask(self: Http, method: str, url: str, *, headers: Any = None, **kwargs: Any) -> Answer:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        there = f"http://127.0.0.1:{server.server_port}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        return real(self, method, there, headers={**(headers or {}), "X-Meant-For": str(parts.hostname)}, **kwargs)

    patch.setattr(Http, "ask", ask)
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
