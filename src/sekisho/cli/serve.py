"""`sekisho serve`: pages, workers and the socket for the command line, in one process that owns the facts."""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sekisho.cli import digest, evidence, export, whatif
from sekisho.cli.house import open_house, open_registry
from sekisho.cli.words import _
from sekisho.core.errors import SekishoError, UsageError

log = logging.getLogger("sekisho.serve")
THREADS = 8
SWITCH_S = 0.001
"""A thread that only computes gives way to others after so long. A page asks store and registry some fifty times, and after each
it has to wait for its turn: at the usual 5 ms a quarter of a second in all while reports are read."""
MAX_BODY = 70 << 20
"""Bytes of a request: one delivery of 64 MiB and its form."""
Start = Callable[[str, list[tuple[str, str]]], Any]


def run(args: argparse.Namespace) -> int:
    """Serves until it is told to stop."""
    settings = open_registry()
    with open_house(settings, serves=True) as house:
        serve(house, settings, args.host, args.port)
    return 0


def serve(house: Any, settings: Any, host: str, port: int) -> None:
    """Serves an opened house; returns after SIGTERM or SIGINT."""
    import waitress
    from waitress.server import create_server

    from sekisho.web.visitors import VISITORS
    from sekisho.web.wsgi import application
    from sekisho.workers import Workers

    _free(host, port)
    workers = Workers(house)
    sys.setswitchinterval(SWITCH_S)
    pages = create_server(
        VISITORS.served(application),
        host=host,
        port=port,
        threads=THREADS,
        ident="sekisho",
        max_request_body_size=MAX_BODY,
        **_proxy(settings),
    )
    settings.socket_path.unlink(missing_ok=True)
    local = create_server(Control(house), unix_socket=str(settings.socket_path), unix_socket_perms="600", threads=2)
    threading.Thread(target=local.run, name="control", daemon=True).start()
    workers.start()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)
    print(_("Sekisho is at http://{host}:{port}/").format(host=host, port=port), flush=True)
    try:
        pages.run()
    except SystemExit:
        pass
    finally:
        workers.stop()
        pages.close()
        local.close()
        settings.socket_path.unlink(missing_ok=True)
    assert waitress


def _proxy(settings: Any) -> dict[str, Any]:
    """What is believed of a proxy: client and scheme as it names them, only from its own address and where HTTPS is on."""
    if settings.https != "on":
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": settings.proxy,
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
        "clear_untrusted_proxy_headers": True,
    }


class Control:
    """The answers to the command line, which owns nothing while the server runs; the socket's mode keeps others out."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self._commands: dict[str, Callable[[Mapping[str, Any]], Iterable[bytes]]] = {
            "/export": export.pieces,
            "/what-if": whatif.pieces,
            "/digest": digest.pieces,
            "/paper": digest.paper_pieces,
            "/lookup": self._lookup,
            "/judge": self._judge,
        }

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """WSGI."""
        command = self._commands.get(environ["PATH_INFO"])
        if command is None or environ["REQUEST_METHOD"] != "POST":
            start("404 Not Found", [])
            return [b"no such command"]
        try:
            values = json.loads(environ["wsgi.input"].read(1 << 16))
            answer = command(values)
        except (SekishoError, ValueError, KeyError) as error:
            start("400 Bad Request", [])
            return [str(error).encode()]
        start("200 OK", [("Content-Type", "application/octet-stream")])
        return answer

    def _lookup(self, values: Mapping[str, Any]) -> Iterable[bytes]:
        found, changed = evidence.look_up_all(self.house, older_than=int(values["older_than"]))
        asked = evidence.owners(self.house) if values.get("owners") else 0
        return [json.dumps({"found": found, "changed": changed, "owners": asked}).encode()]

    def _judge(self, values: Mapping[str, Any]) -> Iterable[bytes]:
        changed = evidence.judge_some(self.house, all=bool(values["all"]), domain=str(values["domain"]), org=str(values["org"]))
        return [json.dumps({"changed": changed}).encode()]


def _stop(_number: int, _frame: object) -> None:
    raise SystemExit(0)


def _free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(
                "{host}:{port} cannot be used ({reason}); choose another with --port",
                host=host,
                port=port,
                reason=os.strerror(error.errno or 0),
            ) from None
