"""Mailboxes by POP3 (RFC 1939, 2449, 2595): unique ids are the cursor, and sessions are short, for they lock the mailbox."""

from __future__ import annotations

import poplib
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import ClassVar, NamedTuple, Self

from sekisho.ingest import reach
from sekisho.ingest.config import Tls
from sekisho.ingest.cursor import Tail, digest
from sekisho.ingest.errors import IngestError, Trouble, from_os
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.pace import Pace

TIMEOUT_S = 60
LIST_BYTES = 64 << 20
"""The largest list of ids that is read: half a million mails."""
PIPELINE = 50
"""Commands sent ahead (RFC 2449, 6.6), so that a distant server costs one round trip for so many mails."""
COME_BACK = ("[IN-USE]", "[LOGIN-DELAY]", "[SYS/TEMP]")
"""Refusals to sign in that are not about the password (RFC 2449, 8.1; 3206)."""


@dataclass(frozen=True, slots=True)
class Pop3Config:
    """A POP3 mailbox."""

    secrets: ClassVar[frozenset[str]] = frozenset({"password"})
    afters: ClassVar[tuple[After, ...]] = (After.LEAVE, After.DELETE)

    host: str
    """Name of the server."""
    user: str
    """User name, often the whole address."""
    password: str = field(repr=False)
    """Password, or an app password where the provider asks for one."""
    port: int = 995
    """995 with TLS from the start, 110 otherwise."""
    tls: Tls = Tls.TLS
    """`tls`, `starttls` or `none`."""
    ca_file: str = ""
    """Certificates to trust besides the system's, for a server with its own authority."""
    after: After = After.LEAVE
    """After storing: `leave` or `delete`; POP3 knows no folders and no flags."""
    poll_s: int = 300
    """Seconds between looks."""


class _Mail(NamedTuple):
    number: int
    """Good for this session only."""
    size: int
    key: str


class _Session(poplib.POP3):
    """A session whose server may not fill the memory, and whose lines may be long: the library stops at 2,048 octets."""

    allowed = LIST_BYTES

    def __init__(self, host: str, port: int, timeout: float, *, only_public: bool) -> None:
        self._only_public = only_public
        try:
            super().__init__(host, port, timeout)
        except BaseException:  # the library forgets the socket when the greeting is bad
            if hasattr(self, "file"):
                self.close()
            raise

    def _create_socket(self, timeout: float) -> socket.socket:
        return reach.connect(self.host, self.port, timeout, only_public=self._only_public)

    def _getline(self) -> tuple[bytes, int]:
        line = self.line()
        return line.rstrip(b"\r\n"), len(line)

    def line(self) -> bytes:
        """The next line with its end."""
        line: bytes = self.file.readline(self.allowed + 1)
        self.allowed -= len(line)
        if self.allowed < 0:
            raise poplib.error_proto("the server sent more than was asked for")
        if not line.endswith(b"\n"):
            raise poplib.error_proto("-ERR EOF")
        return line

    def send(self, lines: Sequence[str]) -> None:
        """Sends commands at once."""
        self.sock.sendall("".join(f"{line}\r\n" for line in lines).encode("ascii"))

    def body(self, max_bytes: int) -> bytes | None:
        """The mail of a RETR that was sent, unaltered; None when the server refuses it."""
        self.allowed = max_bytes
        if not self.line().startswith(b"+OK"):
            return None
        parts: list[bytes] = []
        while (line := self.line()) != b".\r\n":
            parts.append(line[1:] if line.startswith(b".") else line)
        return b"".join(parts)


class _TlsSession(_Session):
    def __init__(self, host: str, port: int, timeout: float, context: ssl.SSLContext, *, only_public: bool) -> None:
        self._context = context
        super().__init__(host, port, timeout, only_public=only_public)

    def _create_socket(self, timeout: float) -> ssl.SSLSocket:
        plain = super()._create_socket(timeout)
        return self._context.wrap_socket(plain, server_hostname=self.host)


class Pop3Inbox:
    """The mailbox; one session from the first fetch to the end of its list, or to the end of a settle."""

    def __init__(self, config: Pop3Config, *, only_public: bool = False) -> None:
        self._config = config
        self._only_public = only_public
        self._where = f"{config.host}:{config.port}"
        self._session: _Session | None = None
        self._pipeline = 1
        self._mails: list[_Mail] = []
        self._next = 0
        self._at = ""
        self._pace = Pace(config.poll_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(IngestError):
            self._quit()

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next mails in the server's order, which is that of arrival."""
        with self._talk() as session:
            tail = Tail.from_text(cursor)
            if cursor != self._at or not self._next:
                self._next = tail.start([mail.key for mail in self._mails])
            wanted, refused, done = self._choose(bounds)
            found = self._bodies(session, wanted, bounds)
            self._next += len(done)
            self._at = tail.grown([mail.key for mail in done]).to_text()
            self._pace.looked()
            batch = Batch(tuple(found), self._at, tuple(refused), len(self._mails) - self._next)
        if not batch.left and self._config.after is After.LEAVE:
            self._quit()
        return batch

    def settle(self, handles: Sequence[str]) -> None:
        """Deletes, and ends the session, which makes it true (RFC 1939, 6)."""
        if self._config.after is After.LEAVE or not handles:
            return
        with self._talk() as session:
            gone = set(handles)
            numbers = [mail.number for mail in self._mails if mail.key in gone]
            for start in range(0, len(numbers), self._pipeline):
                some = numbers[start : start + self._pipeline]
                session.send([f"DELE {number}" for number in some])
                session.allowed = LIST_BYTES
                answers = [session.line() for _ in some]
                if not all(answer.startswith(b"+OK") for answer in answers):
                    raise IngestError(Trouble.NOT_ALLOWED, self._where, "a mail cannot be deleted")
        self._quit()

    def wait(self, timeout_s: float) -> bool:
        """By the clock, with the session ended."""
        self._quit()
        return self._pace.wait(timeout_s)

    def test(self) -> list[Probe]:
        """Name and connection, encryption, sign-in, number of mails."""
        self._drop()
        attempt = Attempt()
        step = Step.CONNECT
        try:
            session = self._connect()
            attempt.passed(step, session.getwelcome().decode("utf-8", "replace"))
            if isinstance(session.sock, ssl.SSLSocket):
                attempt.passed(Step.TLS, str(session.sock.version()))
            step = Step.SIGN_IN
            self._sign_in(session)
            attempt.passed(step)
            step = Step.COUNT
            self._list(session)
            attempt.passed(step, str(len(self._mails)))
        except IngestError as error:
            if step is Step.CONNECT and error.trouble in (Trouble.NO_SUCH_HOST, Trouble.TLS):
                step = Step.NAME if error.trouble is Trouble.NO_SUCH_HOST else Step.TLS
            return attempt.failed(step, error)
        finally:
            self._drop()
        return attempt.probes

    # the session

    @contextmanager
    def _talk(self) -> Iterator[_Session]:
        with self._told():
            if self._session is None:
                session = self._connect()
                self._sign_in(session)
                self._list(session)
            assert self._session is not None
            yield self._session

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IngestError:
            self._drop()
            raise
        except OSError as error:
            self._drop()
            raise from_os(error, self._where) from error
        except (poplib.error_proto, ValueError, LookupError) as error:
            self._drop()
            said = _said(error)
            raise IngestError(Trouble.CUT_OFF if "EOF" in said else Trouble.PROTOCOL, self._where, said) from error

    def _connect(self) -> _Session:
        c = self._config
        with self._told():
            context = ssl.create_default_context()
            if c.ca_file:
                context.load_verify_locations(c.ca_file)
            if c.tls is Tls.TLS:
                self._session = _TlsSession(c.host, c.port, TIMEOUT_S, context, only_public=self._only_public)
            else:
                self._session = _Session(c.host, c.port, TIMEOUT_S, only_public=self._only_public)
            if c.tls is Tls.STARTTLS:
                try:
                    self._session.stls(context)
                except poplib.error_proto as error:
                    raise IngestError(Trouble.TLS, self._where, _said(error)) from error
            self._pipeline = PIPELINE if "PIPELINING" in self._capabilities(self._session) else 1
            return self._session

    def _capabilities(self, session: _Session) -> set[str]:
        try:
            return set(session.capa())
        except poplib.error_proto as error:
            if "EOF" in _said(error):
                raise
            return set()

    def _sign_in(self, session: _Session) -> None:
        with self._told():
            try:
                session.user(self._config.user)
                session.pass_(self._config.password)
            except poplib.error_proto as error:
                said = _said(error)
                if "EOF" in said:
                    raise
                busy = any(sign in said.upper() for sign in COME_BACK)
                raise IngestError(Trouble.BUSY if busy else Trouble.SIGN_IN, self._where, said) from error

    def _list(self, session: _Session) -> None:
        with self._told():
            session.allowed = LIST_BYTES
            sizes = dict(line.split()[:2] for line in session.list()[1])
            session.allowed = LIST_BYTES
            keys = [line.split(None, 1) for line in session.uidl()[1]]
            self._mails = [_Mail(int(number), int(sizes[number]), digest(key.decode("latin-1"))) for number, key in keys]
            self._next = 0

    def _quit(self) -> None:
        session = self._session
        if session is None:
            return
        with self._told():
            session.allowed = LIST_BYTES
            session.quit()
        self._drop()

    def _drop(self) -> None:
        session, self._session = self._session, None
        self._mails, self._next = [], 0
        if session is not None:
            with suppress(OSError):
                session.close()

    # the mails

    def _choose(self, bounds: Bounds) -> tuple[list[_Mail], list[Refused], list[_Mail]]:
        wanted: list[_Mail] = []
        refused: list[Refused] = []
        done: list[_Mail] = []
        total = 0
        for mail in self._mails[self._next : self._next + bounds.count]:
            if mail.size > bounds.mail_bytes:
                refused.append(bounds.refusal(_name(mail)))
            else:
                total += mail.size
                if wanted and total > bounds.batch_bytes:
                    break
                wanted.append(mail)
            done.append(mail)
        return wanted, refused, done

    def _bodies(self, session: _Session, wanted: list[_Mail], bounds: Bounds) -> list[Delivery]:
        found: list[Delivery] = []
        for start in range(0, len(wanted), self._pipeline):
            some = wanted[start : start + self._pipeline]
            session.send([f"RETR {mail.number}" for mail in some])
            for mail in some:
                data = session.body(bounds.mail_bytes * 2)
                if data is not None:
                    found.append(Delivery(data, _name(mail), mail.key))
        return found


def _name(mail: _Mail) -> str:
    return f"#{mail.number}"


def _said(error: Exception) -> str:
    first = error.args[0] if error.args else ""
    return first.decode("utf-8", "replace") if isinstance(first, bytes) else str(first)
