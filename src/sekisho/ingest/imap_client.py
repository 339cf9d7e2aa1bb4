"""The IMAP client of the library, with bounds on what its server may say."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from imaplib import IMAP4
from socket import socket

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError
from imapclient.imap4 import IMAP4WithTimeout
from imapclient.tls import IMAP4_TLS, wrap_socket

from sekisho.ingest import reach

TALK_BYTES = 4 << 20
"""What a server may say around the mails of one command."""
TIMEOUT = SocketTimeout(connect=15, read=60)


class Client(IMAPClient):  # type: ignore[misc]  # the library has no types
    """A client whose server may not fill the memory: the bytes of one answer are counted."""

    def allow(self, max_bytes: int) -> None:
        """Sets what may be read until the next call, and forgets what nobody asked for but news of mails."""
        self._allowed = max_bytes
        untagged = self._imap.untagged_responses
        for name in [name for name in untagged if name != "EXISTS"]:
            del untagged[name]

    def _connected(self) -> IMAP4:
        made: IMAP4 = super()._create_IMAP4()
        return made

    def _create_IMAP4(self) -> IMAP4:  # noqa: N802
        imap = self._connected()
        read, readline = imap.read, imap.readline

        def counted(size: int) -> bytes:
            self._spend(size)
            return bytes(read(size))

        def counted_line() -> bytes:
            line = bytes(readline())
            self._spend(len(line))
            return line

        imap.read, imap.readline = counted, counted_line  # type: ignore[method-assign]
        return imap

    def _spend(self, size: int) -> None:
        self._allowed = getattr(self, "_allowed", TALK_BYTES) - size
        if self._allowed < 0:
            raise IMAPClientAbortError("the server sent more than was asked for")

    def had_news(self) -> bool:
        """Whether the server has told of new mails beside an answer (once)."""
        return bool(self._imap.untagged_responses.pop("EXISTS", None))


class _Public(IMAP4WithTimeout):  # type: ignore[misc]  # the library has no types
    def _create_socket(self, timeout: float | None = None) -> socket:
        return reach.connect(self.host, self.port, timeout or self._timeout, only_public=True)


class _PublicTls(IMAP4_TLS):  # type: ignore[misc]
    def _create_socket(self, timeout: float | None = None) -> socket:
        plain = reach.connect(self.host, self.port, timeout or self._timeout, only_public=True)
        made: socket = wrap_socket(plain, self.ssl_context, self.host)
        return made


class PublicClient(Client):
    """A client for servers of the open internet only."""

    def _connected(self) -> IMAP4:
        if self.ssl:
            return _PublicTls(self.host, self.port, self.ssl_context, TIMEOUT.connect)
        return _Public(self.host, self.port, TIMEOUT.connect)


def connect(host: str, port: int, *, tls: bool, context: ssl.SSLContext, only_public: bool = False) -> Client:
    """A client that has been greeted."""
    kind = PublicClient if only_public else Client
    return kind(host, port, ssl=tls, ssl_context=context, timeout=TIMEOUT)


def is_news(told: Sequence[tuple[object, ...]]) -> bool:
    """Whether untagged answers tell of new mails."""
    return any(len(t) > 1 and t[1] in (b"EXISTS", b"RECENT") for t in told)
