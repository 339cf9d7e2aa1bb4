"""Mailboxes by IMAP (RFC 3501, 9051) with IDLE (2177), MOVE (6851) and UIDPLUS (4315): UIDs are the cursor."""

from __future__ import annotations

import ssl
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import ClassVar, NamedTuple, Self

from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from sekisho.ingest.config import Tls
from sekisho.ingest.errors import IngestError, Trouble, from_os
from sekisho.ingest.imap_client import TALK_BYTES, Client, connect, is_news
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.pace import Pace

KEYWORD = b"$SekishoRead"
"""Our own mark, so that a mail which a person has read first is not taken for one of ours."""
WINDOW = 50_000
"""UIDs asked for in one SEARCH: the answer stays under half a megabyte."""
MAX_SEARCHES = 40
"""In one fetch; 2^32 UIDs need a dozen."""
CHUNK = 500
"""UIDs in one command line."""
IDLE_RENEW_S = 540
"""Half of what RFC 2177 allows would do; many routers forget a silent connection after ten minutes."""
COME_BACK = ("UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "too many", "try again", "temporar")
"""Signs that a refusal to sign in is not about the password (RFC 5530 and life)."""


@dataclass(frozen=True, slots=True)
class ImapConfig:
    """An IMAP mailbox."""

    secrets: ClassVar[frozenset[str]] = frozenset({"password"})
    afters: ClassVar[tuple[After, ...]] = (After.FLAG, After.LEAVE, After.MOVE, After.DELETE)

    host: str
    """Name of the server."""
    user: str
    """User name, often the whole address."""
    password: str = field(repr=False)
    """Password, or an app password where the provider asks for one."""
    port: int = 993
    """993 with TLS from the start, 143 otherwise."""
    tls: Tls = Tls.TLS
    """`tls`, `starttls` or `none`."""
    ca_file: str = ""
    """Certificates to trust besides the system's, for a server with its own authority."""
    folder: str = "INBOX"
    """Folder the reports arrive in."""
    after: After = After.FLAG
    """After storing: `flag` as read, `leave`, `move` to the done folder, or `delete`."""
    done_folder: str = "DMARC/Done"
    """Where mails are moved; made when missing."""
    poll_s: int = 60
    """Seconds between looks where the server cannot tell of new mail."""


class _Cursor(NamedTuple):
    validity: int = 0
    uid: int = 0

    @classmethod
    def from_text(cls, text: str) -> _Cursor:
        """From `validity:uid`; anything else is the beginning."""
        first, _, second = text.partition(":")
        return cls(int(first), int(second)) if first.isdigit() and second.isdigit() else cls()

    def to_text(self) -> str:
        """As kept."""
        return f"{self.validity}:{self.uid}"


class ImapInbox:
    """The mailbox; one connection, made when needed."""

    def __init__(self, config: ImapConfig, *, only_public: bool = False) -> None:
        self._config = config
        self._only_public = only_public
        self._where = f"{config.host}:{config.port}"
        self._client: Client | None = None
        self._queue = array("Q")
        """UIDs that wait, in reverse: the next is at the end."""
        self._at = _Cursor()
        """Where the queue begins, and the validity of the folder."""
        self._scanned = 0
        """All UIDs up to here are in the queue or were."""
        self._uid_next = 0
        self._exists = 0
        self._keywords = False
        self._done = ""
        self._idle_since: float | None = None
        self._pace = Pace(config.poll_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._client is not None:
            with suppress(IMAPClientError, OSError):
                self._client.socket().settimeout(5)
                self._awake(self._client)
                self._client.logout()
            self._drop()

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next mails by UID; after a change of UIDVALIDITY from the beginning (RFC 3501, 2.3.1.1)."""
        with self._talk() as client:
            self._rewind(_Cursor.from_text(cursor))
            self._fill(client)
            sizes = self._sizes(client, [self._queue[-1 - i] for i in range(min(bounds.count, len(self._queue)))])
            wanted, refused, last = self._choose(sizes, bounds)
            found = self._bodies(client, wanted, bounds) if wanted else {}
            self._at = self._at._replace(uid=last)
            while self._queue and self._queue[-1] <= last:
                self._queue.pop()
            self._pace.looked()
            deliveries = tuple(found[uid] for uid in wanted if uid in found)
            more = len(self._queue) or int(self._scanned + 1 < self._uid_next)
            return Batch(deliveries, self._at.to_text(), tuple(refused), more)

    def settle(self, handles: Sequence[str]) -> None:
        """In commands over up to 500 mails; where the server lacks UIDPLUS, deleted mails stay marked as deleted."""
        if self._config.after is After.LEAVE or not handles:
            return
        with self._talk() as client:
            uids = [c.uid for c in map(_Cursor.from_text, handles) if c.validity == self._at.validity]
            for start in range(0, len(uids), CHUNK):
                self._settle(client, uids[start : start + CHUNK])

    def wait(self, timeout_s: float) -> bool:
        """By IDLE, which stays open between calls and is renewed; else by the clock."""
        with self._talk(stay_idle=True) as client:
            if not client.has_capability("IDLE"):
                return self._pace.wait(timeout_s)
            now = time.monotonic()
            if self._idle_since is not None and now - self._idle_since > IDLE_RENEW_S:
                self._awake(client)
                return True  # a look now and then, for servers that forget to tell
            if self._idle_since is None:
                if client.had_news():
                    return True
                client.idle()
                self._idle_since = now
            told = client.idle_check(timeout=timeout_s)
            if not told and time.monotonic() - now < timeout_s / 2:
                return self._awake(client)  # the library hides the end of the connection; this command meets it
            return is_news(told)

    def test(self) -> list[Probe]:
        """Name and connection, encryption, sign-in, folder, number of mails, and the done folder."""
        attempt = Attempt()
        step = Step.CONNECT
        try:
            client = self._connect()
            attempt.passed(step, _text(client.welcome))
            if self._config.tls is not Tls.NONE:
                attempt.passed(Step.TLS, str(client.socket().version()))
            step = Step.SIGN_IN
            self._sign_in(client)
            attempt.passed(step)
            step = Step.FOLDER
            self._select(client)
            attempt.passed(step, self._config.folder)
            attempt.passed(Step.COUNT, str(self._exists))
            step = Step.AFTER
            if self._config.after is After.MOVE:
                with self._told():
                    self._make_done(client)
            attempt.passed(step, self._config.after)
        except IngestError as error:
            if step is Step.CONNECT and error.trouble in (Trouble.NO_SUCH_HOST, Trouble.TLS):
                step = Step.NAME if error.trouble is Trouble.NO_SUCH_HOST else Step.TLS
            return attempt.failed(step, error)
        finally:
            self._drop()
        return attempt.probes

    # the connection

    @contextmanager
    def _talk(self, *, stay_idle: bool = False) -> Iterator[Client]:
        with self._told():
            if self._client is None:
                client = self._connect()
                self._sign_in(client)
                self._select(client)
            client = self._ready()
            client.allow(TALK_BYTES)
            if not stay_idle:
                self._awake(client)
            yield client

    def _ready(self) -> Client:
        assert self._client is not None
        return self._client

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
        except IMAPClientAbortError as error:
            self._drop()
            raise IngestError(Trouble.CUT_OFF, self._where, str(error)) from error
        except (IMAPClientError, ValueError, KeyError, TypeError, AttributeError) as error:
            self._drop()
            raise IngestError(Trouble.PROTOCOL, self._where, str(error)) from error

    def _connect(self) -> Client:
        c = self._config
        with self._told():
            context = ssl.create_default_context()
            if c.ca_file:
                context.load_verify_locations(c.ca_file)
            client = connect(c.host, c.port, tls=c.tls is Tls.TLS, context=context, only_public=self._only_public)
            self._client = client
            client.allow(TALK_BYTES)
            if c.tls is Tls.STARTTLS:
                if not client.has_capability("STARTTLS"):
                    raise IngestError(Trouble.TLS, self._where, "the server has no STARTTLS")
                client.starttls(context)
            return client

    def _sign_in(self, client: Client) -> None:
        c = self._config
        with self._told():
            try:
                if client.has_capability("AUTH=PLAIN"):
                    client.plain_login(c.user, c.password)
                else:
                    client.login(c.user, c.password)
            except (LoginError, UnicodeEncodeError) as error:
                if isinstance(error.__context__, IMAPClientAbortError):  # the library takes a lost connection for a refusal
                    raise error.__context__ from error
                said = str(error)
                busy = any(sign.lower() in said.lower() for sign in COME_BACK)
                raise IngestError(Trouble.BUSY if busy else Trouble.SIGN_IN, self._where, said) from error

    def _select(self, client: Client) -> None:
        with self._told():
            try:
                found = client.select_folder(self._config.folder, readonly=self._config.after is After.LEAVE)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                raise IngestError(Trouble.NO_FOLDER, self._config.folder, str(error)) from error
            validity = int(found.get(b"UIDVALIDITY", 0))
            if validity != self._at.validity:
                self._at = _Cursor(validity, 0)
                self._scanned = 0
                del self._queue[:]
            self._exists = int(found.get(b"EXISTS", 0))
            self._uid_next = int(found.get(b"UIDNEXT", 0))
            self._keywords = b"\\*" in found.get(b"PERMANENTFLAGS", ())

    def _awake(self, client: Client) -> bool:
        """Ends IDLE; whether the server told of new mails meanwhile."""
        if self._idle_since is None:
            return False
        self._idle_since = None
        return is_news(client.idle_done()[1])

    def _drop(self) -> None:
        client, self._client, self._idle_since = self._client, None, None
        self._done = ""
        self._scanned = self._at.uid
        del self._queue[:]
        if client is not None:
            with suppress(IMAPClientError, OSError):
                client.shutdown()

    # the mails

    def _rewind(self, asked: _Cursor) -> None:
        if asked.validity != self._at.validity:
            asked = _Cursor(self._at.validity, 0)
        if asked != self._at:
            self._at = asked
            self._scanned = asked.uid
            del self._queue[:]

    def _fill(self, client: Client) -> None:
        """Searches window by window, wider over gaps, until mails are found or all has been seen."""
        width = WINDOW
        asked = b"UNDELETED" if self._config.after in (After.MOVE, After.DELETE) else b"ALL"
        marks = [b"UNKEYWORD", KEYWORD] if self._config.after is After.FLAG and self._keywords else []
        for _ in range(MAX_SEARCHES):
            if self._queue:
                return
            client.had_news()
            start = self._scanned + 1
            known = start < self._uid_next
            if not known:
                client.noop()  # lets the server look: a SEARCH alone may answer from what it saw before
            end = min(start + width, self._uid_next) - 1 if known else 0
            found = client.search([asked, *marks, "UID", f"{start}:{end or '*'}"])
            uids = sorted((uid for uid in found if uid >= start), reverse=True)  # n:* always names the last mail, however old
            self._queue.extend(uids)
            self._scanned = end if known else max(uids, default=self._scanned)
            if not known and not (self._queue or client.had_news()):
                return
            width = min(width * 8, 1 << 31)

    def _sizes(self, client: Client, uids: list[int]) -> list[tuple[int, int]]:
        if not uids:
            return []
        found = {
            uid: int(item[b"RFC822.SIZE"]) for part in _chunks(uids) for uid, item in client.fetch(part, ["RFC822.SIZE"]).items()
        }
        return [(uid, found.get(uid, -1)) for uid in uids]

    def _choose(self, sizes: list[tuple[int, int]], bounds: Bounds) -> tuple[list[int], list[Refused], int]:
        """The UIDs to take, the refused, and the last UID that is done with."""
        wanted: list[int] = []
        refused: list[Refused] = []
        total, last = 0, self._at.uid if self._queue else max(self._at.uid, self._scanned)
        for uid, size in sizes:
            if size > bounds.mail_bytes:
                refused.append(bounds.refusal(self._name(uid)))
            elif size >= 0:  # -1: it has gone meanwhile
                total += size
                if wanted and total > bounds.batch_bytes:
                    break
                wanted.append(uid)
            last = uid
        return wanted, refused, last

    def _bodies(self, client: Client, uids: list[int], bounds: Bounds) -> dict[int, Delivery]:
        client.allow(TALK_BYTES + max(bounds.batch_bytes, bounds.mail_bytes) * 2)
        found: dict[int, Delivery] = {}
        for part in _chunks(uids):
            for uid, item in client.fetch(part, ["INTERNALDATE", "BODY.PEEK[]"]).items():
                if isinstance(data := item.get(b"BODY[]"), bytes):
                    handle = _Cursor(self._at.validity, uid).to_text()
                    found[uid] = Delivery(data, self._name(uid), handle, _utc(item.get(b"INTERNALDATE")))
        return found

    def _settle(self, client: Client, uids: list[int]) -> None:
        after = self._config.after
        try:
            if after is After.FLAG:
                client.add_flags(uids, [b"\\Seen", *([KEYWORD] if self._keywords else [])], silent=True)
                return
            if after is After.MOVE:
                done = self._make_done(client)
                if client.has_capability("MOVE"):
                    client.move(uids, done)
                    return
                client.copy(uids, done)
            client.add_flags(uids, [b"\\Deleted"], silent=True)
            if client.has_capability("UIDPLUS"):  # a plain EXPUNGE would also take what others have marked
                client.uid_expunge(uids)
        except IMAPClientAbortError:
            raise
        except IMAPClientError as error:
            raise IngestError(
                Trouble.NOT_ALLOWED, self._config.done_folder if after is After.MOVE else self._config.folder, str(error)
            ) from error

    def _make_done(self, client: Client) -> str:
        """The done folder, made when missing; `/` in its name stands for whatever the server puts between levels."""
        if not self._done:
            between = _text((client.list_folders("", "") or [((), b"/", "")])[0][1] or "/")
            done = self._config.done_folder.replace("/", between)
            if not client.folder_exists(done):
                with suppress(IMAPClientError):  # another session may have been faster; the move tells
                    client.create_folder(done)
            self._done = done
        return self._done

    def _name(self, uid: int) -> str:
        return f"{self._config.folder}/{uid}"


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(uids), CHUNK):
        yield uids[start : start + CHUNK]


def _utc(value: object) -> datetime | None:
    """INTERNALDATE as the library gives it: naive, in local time."""
    return value.astimezone(UTC) if isinstance(value, datetime) else None


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
