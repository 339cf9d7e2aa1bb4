"""Registries of addresses on loopback: an RDAP server by HTTPS with a certificate of our own, a WHOIS server by TCP."""

from __future__ import annotations

import json
import socketserver
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

Reply = tuple[int, dict[str, str], bytes]


@dataclass
class RdapServer:
    """Says `replies[path]`, 404 for other paths; counts what it was asked."""

    url: str
    replies: dict[str, Reply | Callable[[], Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def tell(self, path: str, value: object, *, status: int = 200) -> None:
        """Answers with this as JSON."""
        self.replies[path] = (status, {}, json.dumps(value).encode())


def start_rdap(authority: trustme.CA) -> tuple[RdapServer, Callable[[], None]]:
    """A running server and what ends it."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            said.asked.append(self.path)
            reply = said.replies.get(self.path, (404, {}, b"{}"))
            status, headers, body = reply() if callable(reply) else reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    said = RdapServer(f"https://localhost:{server.server_address[1]}/rdap/")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def end() -> None:
        server.shutdown()
        server.server_close()

    return said, end


@dataclass
class WhoisServer:
    """Says `answer` to every question, piece by piece with a pause between them."""

    port: int
    answer: bytes = b""
    pause_s: float = 0.0
    asked: list[str] = field(default_factory=list)


def start_whois(host: str = "127.0.0.1") -> tuple[WhoisServer, Callable[[], None]]:
    """A running server and what ends it."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            said.asked.append(self.rfile.readline(200).decode().strip())
            try:
                for start in range(0, len(said.answer), 1000):
                    self.wfile.write(said.answer[start : start + 1000])
                    time.sleep(said.pause_s)
            except OSError:
                pass

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        block_on_close = False

    server = Server((host, 0), Handler)
    said = WhoisServer(server.server_address[1])
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

    def end() -> None:
        server.shutdown()
        server.server_close()

    return said, end


def bootstrap_file(folder: Path, *servers: str, network: str = "203.0.113.0/24") -> Path:
    """A bootstrap that names these servers."""
    made = folder / "rdap.json"
    made.write_text(json.dumps({"version": "1.0", "services": [[[network, "2001:db8::/32"], list(servers)]]}))
    return made


def network(first: str = "203.0.113.64", last: str = "203.0.113.127", **more: object) -> dict[str, object]:
    """An answer on a network, with its owner and the contact for complaints within the owner (RFC 9083, 5.4)."""
    abuse = {
        "roles": ["abuse"],
        "vcardArray": ["vcard", [["fn", {}, "text", "Abuse"], ["email", {}, "text", "abuse@host.example"]]],
    }
    owner = {
        "roles": ["registrant"],
        "vcardArray": [
            "vcard",
            [["version", {}, "text", "4.0"], ["fn", {}, "text", "例示ホスティング株式会社"], ["kind", {}, "text", "org"]],
        ],
        "entities": [abuse],
    }
    return {
        "objectClassName": "ip network",
        "handle": "NET-1",
        "name": "EXAMPLE-HOSTING",
        "country": "nl",
        "startAddress": first,
        "endAddress": last,
        "entities": [owner],
    } | more
