"""Talks to the running server through its socket in the home, which only its owner can open."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator, Mapping
from typing import Any

from sekisho.core.errors import SekishoError, StoreBusy
from sekisho.settings import Settings


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("localhost")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self._path)


def ask(settings: Settings, command: str, values: Mapping[str, object]) -> dict[str, Any]:
    """Lets the server do a command and returns its answer; raises StoreBusy when it cannot be reached."""
    return dict(json.loads(b"".join(stream(settings, command, values))))


def stream(settings: Settings, command: str, values: Mapping[str, object]) -> Iterator[bytes]:
    """The answer of a command in pieces."""
    connection = _Connection(str(settings.socket_path))
    try:
        connection.request("POST", "/" + command, json.dumps(values), {"Content-Type": "application/json"})
    except OSError:
        raise StoreBusy("another process owns the facts file, and no server answers in the home; stop that process first") from None
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise SekishoError("the server could not do it: {reason}", reason=answer.read(1000).decode("utf-8", "replace"))
    while piece := answer.read(1 << 16):
        yield piece
