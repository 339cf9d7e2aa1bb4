"""A wire that can be cut: forwards a loopback port, and ends connections after so many bytes of answers."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Wire:
    """Listens on `port` and forwards to `target`; `cut_after` is the number of bytes that still come through, None for all."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.cut_after: int | None = None
        self.answered = 0
        """Bytes of answers that came through."""
        self.connections = 0
        self._pairs: list[Pair] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops listening, and ends what is connected."""
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._server.close()
        for pair in self._pairs:
            pair.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                self.connections += 1
                try:
                    far = socket.create_connection(("127.0.0.1", self._target))
                except OSError:
                    client.close()
                    continue
                self._pairs.append(Pair(self, client, far))

    def passes(self, data: bytes) -> bytes:
        """What of an answer still comes through."""
        if self.cut_after is not None:
            data = data[: self.cut_after]
            self.cut_after -= len(data)
        self.answered += len(data)
        return data


class Pair:
    """One connection through the wire, forwarded by two threads."""

    def __init__(self, wire: Wire, client: socket.socket, far: socket.socket) -> None:
        self._wire, self._client, self._far = wire, client, far
        for end in (client, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._ask, self._answer)]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Ends both sides."""
        self._shut()
        for thread in self._threads:
            thread.join(5)
        self._client.close()
        self._far.close()

    def _shut(self) -> None:
        for end in (self._client, self._far):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> None:
        with suppress(OSError):
            while data := self._client.recv(65536):
                self._far.sendall(data)
        self._shut()

    def _answer(self) -> None:
        with suppress(OSError):
            while (data := self._far.recv(4096)) and (data := self._wire.passes(data)):
                self._client.sendall(data)
                if self._wire.cut_after == 0:
                    break
        self._shut()
