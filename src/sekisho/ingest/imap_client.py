"""The IMAP client of the library, with bounds on what its server may say."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from imaplib import IMAP4

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import IMAPClientAbortError

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

    def _create_IMAP4(self) -> IMAP4:  # noqa: N802
        imap: IMAP4 = super()._create_IMAP4()
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


def connect(host: str, port: int, *, tls: bool, context: ssl.SSLContext) -> Client:
    """A client that has been greeted."""
    return Client(host, port, ssl=tls, ssl_context=context, timeout=TIMEOUT)


def is_news(told: Sequence[tuple[object, ...]]) -> bool:
    """Whether untagged answers tell of new mails."""
    return any(len(t) > 1 and t[1] in (b"EXISTS", b"RECENT") for t in told)
