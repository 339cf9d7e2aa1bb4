"""The SMTP and LMTP listener (RFC 5321, 2033, 3207): mail for our own report addresses, durable before it is confirmed."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar

from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as SmtpEnvelope

from sekisho.core.errors import SekishoError
from sekisho.ingest.errors import IngestError, Trouble, plain
from sekisho.ingest.inbox import After

log = logging.getLogger(__name__)

LINE = 64 << 10
"""Longer lines are put together from pieces; report mails break the limit of 998 octets (RFC 5322, 2.1.1)."""
MAX_RECIPIENTS = 100
"""RFC 5321, 4.5.3.1.8: at least so many."""
MAX_COMMANDS = 1000
"""Of one kind in a connection; mail servers reuse one for a hundred mails."""
SESSION_S = 600
"""For a command with its answer, and for the data of one mail (RFC 5321, 4.5.3.2.6)."""
WORKERS = 4
"""Threads that store; more would wait for the same database."""
STOP_S = 5


_PLAIN = re.compile(
    r"<([\w!#$%&'*/=?^`{|}~+-]{1,32}(?:\.[\w+-]{1,30})?@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})>( [ -~]*|)", re.ASCII
)
"""A dot-atom at a name, and parameters behind it."""


@dataclass(frozen=True, slots=True)
class SmtpConfig:
    """The listener for report mails."""

    secrets: ClassVar[frozenset[str]] = frozenset()
    afters: ClassVar[tuple[After, ...]] = (After.DELETE,)

    host: str = "127.0.0.1"
    """Address to listen on; `0.0.0.0` or `::` for all."""
    port: int = 2525
    """Port; 25 where the domain's `rua` points straight here, else the one your mail server delivers to."""
    lmtp: bool = False
    """Speak LMTP instead of SMTP, for a mail server on the same machine or network."""
    hostname: str = "localhost"
    """Our name in greetings and in Received."""
    cert_file: str = ""
    """Certificate chain for STARTTLS; read again when the file changes."""
    key_file: str = ""
    """Private key of the certificate; in the same file when empty."""
    require_tls: bool = False
    """Refuse mail on unencrypted connections."""
    max_bytes: int = 32 << 20
    """Largest mail."""
    max_connections: int = 50
    """Connections at a time; half of them from one address."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail as it was handed over: to whom, and its bytes below our Return-Path and Received."""

    sender: str
    recipients: tuple[str, ...]
    data: bytes
    peer: str
    at: datetime


@dataclass(slots=True)
class SmtpHealth:
    """What the listener has done so far."""

    accepted: int = 0
    not_stored: int = 0
    refused: int = 0
    """Recipients that are none of ours."""
    last_at: datetime | None = None
    trouble: str = ""
    """Why the last mail could not be stored; empty when it was."""


class Listener:
    """Listens in a thread of its own; `accept` stores durably or raises, and `allowed` knows the report addresses.

    `allowed` raises IngestError where mail for the address would be taken, but not now.

    Both are called in worker threads. Whatever `accept` raises, the sender is asked to try again later; so nothing is lost.
    """

    def __init__(self, config: SmtpConfig, accept: Callable[[Envelope], None], allowed: Callable[[str], bool]) -> None:
        self.config = config
        self.health = SmtpHealth()
        self.port = config.port
        """The port in use once started, also when the configuration says 0."""
        self._accept = accept
        self._allowed = allowed
        self._pool = ThreadPoolExecutor(WORKERS, "smtp")
        self._certificate = _Certificate(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop = asyncio.Event()
        self._started: threading.Event = threading.Event()
        self._failed: OSError | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="smtp", daemon=True)
        self.open: Counter[str] = Counter()
        """Connections by address."""
        self.held = 0
        """Bytes of mails that are being received."""

    def start(self) -> None:
        """Returns when it listens; raises IngestError when the port or the certificate cannot be used."""
        where = f"{self.config.host}:{self.config.port}"
        try:
            self._certificate.context()
        except (OSError, ssl.SSLError) as error:
            raise IngestError(Trouble.FILE, self.config.cert_file, str(error)) from error
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # the library tells addresses at INFO
        self._thread.start()
        self._started.wait()
        if self._failed is not None:
            raise IngestError(Trouble.FILE, where, self._failed.strerror or str(self._failed)) from self._failed

    def stop(self) -> None:
        """Takes no more, and lets what is being stored end."""
        if self._loop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
        self._pool.shutdown()

    async def is_allowed(self, address: str) -> bool:
        """Whether mail for the address is taken."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._allowed, address)

    async def store(self, envelope: Envelope) -> bool:
        """Whether the mail is durable now."""
        try:
            await asyncio.get_running_loop().run_in_executor(self._pool, self._accept, envelope)
        except SekishoError as error:
            log.warning("a mail from %s was not stored: %s", envelope.peer, error)
            self._not_stored(error)
            return False
        except Exception as error:
            log.exception("a mail from %s was not stored", envelope.peer)
            self._not_stored(error)
            return False
        self.health.accepted += 1
        self.health.last_at = envelope.at
        self.health.trouble = ""
        return True

    def _not_stored(self, error: Exception) -> None:
        self.health.not_stored += 1
        self.health.trouble = plain(str(error)) or type(error).__name__

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        try:
            server = await self._loop.create_server(self._session, self.config.host, self.config.port)
        except OSError as error:
            self._failed = error
            self._started.set()
            return
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        end = self._loop.time() + STOP_S
        while self.held and self._loop.time() < end:
            await asyncio.sleep(0.05)

    def _session(self) -> asyncio.Protocol:
        c = self.config
        kind = _LmtpSession if c.lmtp else _SmtpSession
        return kind(
            self,
            data_size_limit=c.max_bytes,
            enable_SMTPUTF8=True,
            hostname=c.hostname,
            ident="Sekisho LMTP" if c.lmtp else "Sekisho ESMTP",
            tls_context=self._certificate.context(),
            require_starttls=c.require_tls,
            timeout=SESSION_S,
            command_call_limit=MAX_COMMANDS,
            auth_exclude_mechanism=("LOGIN", "PLAIN"),
            loop=self._loop,
        )


class _Certificate:
    """The certificate, read again when its file has changed: they live for weeks only."""

    def __init__(self, config: SmtpConfig) -> None:
        self._config = config
        self._read_at = 0
        self._context: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext | None:
        """The context for STARTTLS; None without a certificate. A file broken later leaves the old one in use."""
        c = self._config
        if not c.cert_file:
            return None
        try:
            changed = Path(c.cert_file).stat().st_mtime_ns
            if changed != self._read_at:
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(c.cert_file, c.key_file or None)
                self._context, self._read_at = context, changed
        except OSError:  # SSLError is one
            if self._context is None:
                raise
            log.warning("the certificate %s cannot be read; the old one stays in use", c.cert_file)
        return self._context


@dataclass
class _Hooks:
    """What aiosmtpd asks while mails come in; without slots, for it looks at every attribute (Python before 3.11.3)."""

    listener: Listener

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: SmtpEnvelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """The extensions without AUTH: nobody signs in here."""
        session.host_name = hostname
        return [line for line in responses if not line.startswith("250-AUTH")]

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: SmtpEnvelope, address: str, options: list[str]
    ) -> str:
        """250 for our report addresses only: nothing is relayed."""
        if len(envelope.rcpt_tos) >= MAX_RECIPIENTS:
            return "452 4.5.3 too many recipients"
        try:
            if not await self.listener.is_allowed(address):
                self.listener.health.refused += 1
                return "550 5.1.1 no such report address here"
        except IngestError as error:  # nothing can be stored now: said here, the sender need not send it first
            log.info("a mail from %s has to wait: %s", (session.peer or ("",))[0], error)
            return "451 4.3.0 cannot store, try again later"
        except Exception:
            log.exception("the report addresses cannot be read")
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"


class _SmtpSession(SMTP):
    """One connection. DATA is read by our own loop: the library's grows without end over a line without end."""

    line_length_limit = LINE
    protocol_name = "ESMTP"

    def __init__(self, listener: Listener, **options: object) -> None:
        super().__init__(_Hooks(listener), **options)  # type: ignore[arg-type]
        self._listener = listener
        self._host = ""

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Plain addresses are read at once: the library's reader of all that RFC 5322 allows takes a fifth of a mail's time."""
        plain_one = _PLAIN.fullmatch(arg) if arg else None
        return (plain_one[1], plain_one[2].lstrip()) if plain_one else super()._getaddr(arg)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Counts the connection, or turns it away."""
        if not self._host:
            self._host = str((transport.get_extra_info("peername") or ("unknown",))[0])
            limit = self._listener.config.max_connections
            self._listener.open[self._host] += 1
            if self._listener.open.total() > limit or self._listener.open[self._host] > max(1, limit // 2):
                assert isinstance(transport, asyncio.WriteTransport)
                transport.write(b"421 4.3.2 too many connections, try again later\r\n")
                transport.close()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """Counts it off."""
        if self._host:
            self._listener.open[self._host] -= 1
            if not self._listener.open[self._host]:
                del self._listener.open[self._host]
            self._host = ""
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Reads to the lone dot, stores, and only then says 250."""
        if await self.check_helo_needed():
            return
        assert self.envelope is not None
        assert self.session is not None
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 need RCPT command")
            return
        if arg:
            await self.push("501 5.5.4 Syntax: DATA")
            return
        await self.push("354 End data with <CR><LF>.<CR><LF>")
        body = bytearray()
        try:
            word = await self._body(body)
            if not word:
                word = (
                    "250 2.6.0 stored"
                    if await self._listener.store(self._made(body))
                    else "451 4.3.0 cannot store, try again later"
                )
        finally:
            self._listener.held -= len(body)
        recipients = len(self.envelope.rcpt_tos)
        self.envelope = self._create_envelope()
        for _ in range(self.replies(recipients)):
            await self.push(word)

    def replies(self, _recipients: int) -> int:
        """How many replies follow the data."""
        return 1

    async def _body(self, body: bytearray) -> str:
        """Fills in the bytes without the dots of RFC 5321, 4.5.2; a word of refusal when it is too much."""
        word, size, at_start = "", 0, True
        limit = self._listener.config.max_bytes
        while True:
            try:
                piece = await self._reader.readuntil(b"\r\n")
                ends = True
            except asyncio.LimitOverrunError as error:
                piece = await self._reader.readexactly(error.consumed)
                ends = False
            if at_start and piece == b".\r\n":
                return word
            if at_start and piece.startswith(b"."):
                piece = piece[1:]
            at_start = ends
            size += len(piece)
            if not word and size > limit:
                word = "552 5.3.4 larger than allowed"
            elif not word and self._listener.held + len(piece) > 4 * limit:
                word = "452 4.3.1 too much at a time, try again later"
            if word:
                self._listener.held -= len(body)
                body.clear()
            else:
                body += piece
                self._listener.held += len(piece)

    def _made(self, body: bytearray) -> Envelope:
        assert self.envelope is not None
        assert self.session is not None
        at = datetime.now(UTC)
        sender = (self.envelope.mail_from or "").strip("<>")
        recipients = tuple(self.envelope.rcpt_tos)
        protocol = self.protocol_name + ("S" if self.session.ssl else "")
        trace = (
            f"Return-Path: <{_safe(sender)}>\r\n"
            f"Received: from {_safe(self.session.host_name or '')} ([{_safe(self._host)}])\r\n"
            f"\tby {_safe(self._listener.config.hostname)} with {protocol} id {secrets.token_hex(8)}"
            + (f"\r\n\tfor <{_safe(recipients[0])}>" if len(recipients) == 1 else "")
            + f";\r\n\t{format_datetime(at)}\r\n"
        )
        return Envelope(sender, recipients, trace.encode() + body, self._host, at)


class _LmtpSession(_SmtpSession):
    """LMTP greets with LHLO, and answers the data once for each recipient (RFC 2033, 4.2)."""

    show_smtp_greeting = False
    protocol_name = "LMTP"

    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802
        """The greeting."""
        await super().smtp_EHLO(arg)

    async def smtp_HELO(self, _arg: str) -> None:  # noqa: N802
        """No LMTP."""
        await self.push("500 5.5.1 this is LMTP: say LHLO")

    async def smtp_EHLO(self, _arg: str) -> None:  # noqa: N802
        """No LMTP."""
        await self.push("500 5.5.1 this is LMTP: say LHLO")

    def replies(self, recipients: int) -> int:
        """One for each recipient."""
        return recipients


def _safe(text: str) -> str:
    """What a client says of itself, fit for a header line."""
    return "".join(c if c.isprintable() and c not in "<>()" else "?" for c in text[:255])
