"""Mailboxes of Microsoft 365 by Graph: https://learn.microsoft.com/graph/api/message-delta, message-get ($value), json-batching."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Any, ClassVar, NamedTuple, Self
from urllib.parse import quote, urlencode, urlsplit

from sekisho.ingest.cursor import digest
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.oauth import DEVICE_GRANT, DeviceCode, Tokens, poll_device, start_device
from sekisho.ingest.pace import Pace
from sekisho.ingest.reach import client
from sekisho.ingest.web import GONE, ask, collect, objects, shaped, trouble
from sekisho.net.http import Answer, Fault, HttpFailed

PAGE = 100
"""Messages in one page of a delta."""
MAX_PAGES = 50
"""Empty pages that are passed in one fetch."""
TOGETHER = 20
"""Requests in one batch: the most that Graph allows."""
SCOPE = "https://graph.microsoft.com/.default"
DEVICE_SCOPE = "https://graph.microsoft.com/Mail.ReadWrite offline_access"
WELL_KNOWN = frozenset({"inbox", "archive", "junkemail", "deleteditems"})


@dataclass(frozen=True, slots=True)
class GraphConfig:
    """A mailbox of Microsoft 365."""

    secrets: ClassVar[frozenset[str]] = frozenset({"client_secret", "refresh_token"})
    afters: ClassVar[tuple[After, ...]] = (After.FLAG, After.LEAVE, After.MOVE, After.DELETE)

    tenant: str
    """Directory (tenant) id or name."""
    client_id: str
    """Application (client) id of the app registration."""
    client_secret: str = field(default="", repr=False)
    """Secret of the app, for app-only access with the application permission Mail.ReadWrite."""
    refresh_token: str = field(default="", repr=False)
    """Written by the device sign-in; used instead of the secret."""
    mailbox: str = ""
    """Address of the mailbox; needed with a secret, else the mailbox of the person who signed in."""
    folder: str = "Inbox"
    """Folder the reports arrive in; `/` between levels."""
    after: After = After.FLAG
    """After storing: `flag` as read, `leave`, `move` to the done folder, or `delete`."""
    done_folder: str = "DMARC Done"
    """Where mails are moved; made when missing."""
    poll_s: int = 120
    """Seconds between looks."""
    base_url: str = "https://graph.microsoft.com/v1.0"
    """Address of Graph; national clouds have their own."""
    login_url: str = "https://login.microsoftonline.com"
    """Address of the sign-in; national clouds have their own."""

    @property
    def token_url(self) -> str:
        """Where tokens are asked for."""
        return f"{self.login_url}/{quote(self.tenant, safe='')}/oauth2/v2.0/token"


def begin_sign_in(config: GraphConfig, *, only_public: bool = False) -> DeviceCode:
    """Begins the device sign-in of a person."""
    http = client(only_public=only_public)
    try:
        url = config.token_url.removesuffix("token") + "devicecode"
        return start_device(http, url, {"client_id": config.client_id, "scope": DEVICE_SCOPE})
    finally:
        http.close()


def end_sign_in(config: GraphConfig, code: DeviceCode, *, only_public: bool = False) -> str | None:
    """The refresh token once the person has signed in, to be kept in the configuration; None while they have not."""
    http = client(only_public=only_public)
    try:
        form = {"client_id": config.client_id, "grant_type": DEVICE_GRANT, "device_code": code.device_code}
        return poll_device(http, config.token_url, form)
    finally:
        http.close()


class _Cursor(NamedTuple):
    folder: str = ""
    link: str = ""
    """The page to read next; empty at the beginning."""
    done: tuple[str, ...] = ()
    """Digests of the messages of that page that are done with."""

    @classmethod
    def from_text(cls, text: str) -> _Cursor:
        """From a JSON list; anything else is the beginning."""
        try:
            folder, link, done = json.loads(text)
            return cls(str(folder), str(link), tuple(map(str, done)))
        except (ValueError, TypeError):
            return cls()

    def to_text(self) -> str:
        """As kept."""
        return json.dumps(self, separators=(",", ":"))


class _Message(NamedTuple):
    at: str
    id: str


class GraphInbox:
    """The mailbox; a delta tells of all that came into the folder, also of old mails moved there."""

    def __init__(self, config: GraphConfig, renewed: Callable[[str], None] | None = None, *, only_public: bool = False) -> None:
        self._config = config
        self._where = urlsplit(config.base_url).netloc
        self._http = client(only_public=only_public)
        self._refresh = config.refresh_token
        self._renewed = renewed
        self._tokens = Tokens(self._http, config.token_url, self._grant, self._keep)
        self._user = f"{config.base_url}/" + (f"users/{quote(config.mailbox, safe='@')}" if config.mailbox else "me")
        self._folders: dict[str, str] = {}
        self._at = _Cursor()
        self._page: list[_Message] = []
        """Messages that wait in the page of the cursor, oldest first."""
        self._following = ""
        self._ends = False
        """Whether the following link is for a later look."""
        self._pace = Pace(config.poll_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next messages page by page, the oldest of each page first; from the beginning when Graph has forgotten the place."""
        asked = _Cursor.from_text(cursor)
        of = digest(f"{self._user}/{self._config.folder}")
        if asked.folder != of or (asked.link and not self._is_ours(asked.link)):
            asked = _Cursor(of)
        if asked != self._at or not self._page:
            self._at = asked
            with shaped(self._where):
                self._turn()
        found, refused, done = collect(self._page, lambda m: self._get(m, bounds), bounds)
        self._pace.looked()
        passed = [digest(message.id) for message in self._page[:done]]
        del self._page[:done]
        if self._page:
            self._at = self._at._replace(done=self._at.done + tuple(passed))
        else:
            self._at = _Cursor(of, self._following)
        return Batch(tuple(found), self._at.to_text(), tuple(refused), len(self._page) + (not self._ends))

    def settle(self, handles: Sequence[str]) -> None:
        """In batches of twenty."""
        if self._config.after is After.LEAVE or not handles:
            return
        with shaped(self._where):
            for start in range(0, len(handles), TOGETHER):
                self._settle(handles[start : start + TOGETHER])

    def wait(self, timeout_s: float) -> bool:
        """By the clock."""
        return self._pace.wait(timeout_s)

    def test(self) -> list[Probe]:
        """Sign-in, folder with its number of messages, and the done folder."""
        attempt = Attempt()
        step = Step.SIGN_IN
        try:
            with shaped(self._where):
                self._tokens.get()
                attempt.passed(step)
                step = Step.FOLDER
                folder = self._object("GET", f"{self._user}/mailFolders/{self._folder(self._config.folder)}")
                attempt.passed(step, str(folder.get("displayName", "")))
                attempt.passed(Step.COUNT, str(folder.get("totalItemCount", "")))
                step = Step.AFTER
                if self._config.after is After.MOVE:
                    self._folder(self._config.done_folder, make=True)
                attempt.passed(step, self._config.after)
        except IngestError as error:
            return attempt.failed(Step.CONNECT if error.trouble in (Trouble.NO_SUCH_HOST, Trouble.NOT_REACHED) else step, error)
        return attempt.probes

    # messages

    def _turn(self) -> None:
        """Reads pages from the cursor on until one has messages that are not done with, or all are read."""
        self._page, self._following, self._ends = [], "", False
        for _ in range(MAX_PAGES):
            answer = self._ask("GET", self._at.link or self._first_link(), headers={"Prefer": f"odata.maxpagesize={PAGE}"}, ok=GONE)
            if answer.status in GONE and self._at.link:
                self._at = _Cursor(self._at.folder)  # syncStateNotFound: read all again, which is harmless
                continue
            if not answer.is_good:
                raise trouble(answer, self._config.folder, _said(answer))
            page = objects(answer, self._where)
            known = set(self._at.done)
            entries = [
                e for e in page.get("value", ()) if isinstance(e, dict) and "@removed" not in e and isinstance(e.get("id"), str)
            ]
            self._page = sorted(
                _Message(str(e.get("receivedDateTime", "")), e["id"]) for e in entries if digest(e["id"]) not in known
            )
            more = str(page.get("@odata.nextLink", ""))
            self._following = more or str(page.get("@odata.deltaLink", ""))
            self._ends = not more
            if not self._is_ours(self._following):
                raise IngestError(Trouble.PROTOCOL, self._where, "a page without a link to the next")
            if self._page or self._ends:
                return
            self._at = _Cursor(self._at.folder, self._following)

    def _is_ours(self, link: str) -> bool:
        """Whether the link leads to the same server: tokens go to no other."""
        return link.startswith(f"{self._config.base_url}/")

    def _first_link(self) -> str:
        query = urlencode({"changeType": "created", "$select": "id,receivedDateTime"}, safe="$,")
        return f"{self._user}/mailFolders/{self._folder(self._config.folder)}/messages/delta?{query}"

    def _get(self, message: _Message, bounds: Bounds) -> Delivery | Refused | None:
        url = f"{self._user}/messages/{quote(message.id, safe='')}/$value"
        try:
            answer = self._ask("GET", url, max_bytes=bounds.mail_bytes, ok=GONE)
        except IngestError as error:
            if isinstance(error.__cause__, HttpFailed) and error.__cause__.fault is Fault.TOO_LARGE:
                return bounds.refusal(f"{self._config.folder}/{message.at}")
            raise
        if answer.status in GONE:
            return None
        return Delivery(answer.data, f"{self._config.folder}/{message.at}", message.id, _moment(message.at))

    def _settle(self, ids: Sequence[str]) -> None:
        requests = [self._order(str(n), quote(message, safe="")) for n, message in enumerate(ids)]
        answer = self._ask(
            "POST",
            f"{self._config.base_url}/$batch",
            headers={"Content-Type": "application/json"},
            body=json.dumps({"requests": requests}).encode(),
        )
        replies = objects(answer, self._where).get("responses", ())
        if len(replies) != len(requests):
            raise IngestError(Trouble.PROTOCOL, self._where, "not all requests of a batch were answered")
        for reply in replies:
            status = int(reply.get("status", 0))
            headers = {str(k).lower(): str(v) for k, v in (reply.get("headers") or {}).items()}
            one = Answer(status, headers, json.dumps(reply.get("body") or {}).encode())
            if not one.is_good and status not in GONE:
                raise trouble(one, self._where, _said(one))

    def _order(self, number: str, message: str) -> dict[str, Any]:
        user = self._user.removeprefix(self._config.base_url)
        order: dict[str, Any] = {"id": number, "url": f"{user}/messages/{message}", "headers": {"Content-Type": "application/json"}}
        if self._config.after is After.DELETE:
            return {"id": number, "url": order["url"], "method": "DELETE"}
        if self._config.after is After.FLAG:
            return order | {"method": "PATCH", "body": {"isRead": True}}
        target = self._folder(self._config.done_folder, make=True)
        return order | {"method": "POST", "url": order["url"] + "/move", "body": {"destinationId": target}}

    # folders

    def _folder(self, path: str, *, make: bool = False) -> str:
        """The id of a folder by its names from the top; raises IngestError when it is missing and not to be made."""
        if path not in self._folders:
            parent = ""
            for name in path.strip("/").split("/"):
                parent = self._child(parent, name, make=make)
            self._folders[path] = parent
        return self._folders[path]

    def _child(self, parent: str, name: str, *, make: bool) -> str:
        if not parent and name.lower().replace(" ", "") in WELL_KNOWN:
            return name.lower().replace(" ", "")
        below = f"{self._user}/mailFolders" + (f"/{parent}/childFolders" if parent else "")
        words = name.replace("'", "''")
        query = urlencode({"$filter": f"displayName eq '{words}'"}, safe="$")
        found = self._object("GET", f"{below}?{query}").get("value", ())
        if found:
            return quote(str(found[0]["id"]), safe="")
        if not make:
            raise IngestError(Trouble.NO_FOLDER, self._config.folder, name)
        body = json.dumps({"displayName": name}).encode()
        made = self._object("POST", below, body=body)
        return quote(str(made.get("id", "")), safe="")

    # the wire

    def _grant(self) -> dict[str, str]:
        c = self._config
        if self._refresh:
            return {"client_id": c.client_id, "grant_type": "refresh_token", "refresh_token": self._refresh, "scope": DEVICE_SCOPE}
        return {"client_id": c.client_id, "client_secret": c.client_secret, "grant_type": "client_credentials", "scope": SCOPE}

    def _keep(self, refresh_token: str) -> None:
        if refresh_token != self._refresh:
            self._refresh = refresh_token
            if self._renewed is not None:
                self._renewed(refresh_token)

    def _object(self, method: str, url: str, body: bytes | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"} if body else None
        return objects(self._ask(method, url, headers=headers, body=body), self._where)

    def _ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        max_bytes: int = 4 << 20,
        ok: frozenset[HTTPStatus] = frozenset(),
    ) -> Answer:
        """The answer of status 2xx or in `ok`; once more with a new token when this one is refused."""
        for last in (False, True):
            given = {"Prefer": 'IdType="ImmutableId"', **(headers or {}), "Authorization": f"Bearer {self._tokens.get()}"}
            if headers and "Prefer" in headers:
                given["Prefer"] = f'IdType="ImmutableId", {headers["Prefer"]}'
            answer = ask(self._http, method, url, headers=given, body=body, max_bytes=max_bytes)
            if answer.status != HTTPStatus.UNAUTHORIZED or last:
                break
            self._tokens.forget()
        if answer.is_good or answer.status in ok:
            return answer
        raise trouble(answer, self._config.mailbox or self._where, _said(answer))


def _said(answer: Answer) -> str:
    error = answer.json().get("error")
    return f"{error.get('code', '')} {error.get('message', '')}".strip() if isinstance(error, dict) else f"HTTP {answer.status}"


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
