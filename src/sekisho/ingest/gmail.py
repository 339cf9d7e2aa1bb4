"""Mailboxes of Google by the Gmail API: https://developers.google.com/gmail/api/reference/rest, guides/sync."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from secrets import token_urlsafe
from types import TracebackType
from typing import Any, ClassVar, NamedTuple, Self
from urllib.parse import quote, urlencode, urlsplit

from sekisho.ingest.cursor import Tail, digest
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.oauth import JWT_GRANT, Tokens, ask_token, service_assertion
from sekisho.ingest.pace import Pace
from sekisho.ingest.reach import client
from sekisho.ingest.web import GONE, ask, collect, objects, shaped, trouble
from sekisho.net.http import Answer, Fault, HttpFailed

PAGE = 500
"""Ids in one answer: the most that Gmail allows."""
TOGETHER = 1000
"""Ids in one change of labels: the most that Gmail allows."""
MAX_PAGES = 20_000
"""In one look: ten million messages."""
SCOPE = "https://www.googleapis.com/auth/gmail.modify"
RATE = ("rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "RESOURCE_EXHAUSTED")
"""Reasons of a 403 that only mean: later."""
SYSTEM = {"inbox": "INBOX", "spam": "SPAM", "trash": "TRASH"}


@dataclass(frozen=True, slots=True)
class GmailConfig:
    """A mailbox of Gmail or Google Workspace."""

    secrets: ClassVar[frozenset[str]] = frozenset({"client_secret", "refresh_token", "service_account"})
    afters: ClassVar[tuple[After, ...]] = (After.FLAG, After.LEAVE, After.MOVE, After.DELETE)

    mailbox: str = ""
    """Address of the mailbox; needed with a service account."""
    client_id: str = ""
    """Client id of the OAuth app, for sign-in by a person."""
    client_secret: str = field(default="", repr=False)
    """Client secret of the OAuth app."""
    refresh_token: str = field(default="", repr=False)
    """Written by the sign-in."""
    service_account: str = field(default="", repr=False)
    """The JSON key of a service account that may act for the mailbox (domain-wide delegation); used instead of a sign-in."""
    label: str = "INBOX"
    """Label of the reports."""
    after: After = After.FLAG
    """After storing: `flag` as read, `leave`, `move` to the done label, or `delete` (to the bin)."""
    done_label: str = "DMARC-Done"
    """Label that replaces the first one; made when missing."""
    poll_s: int = 120
    """Seconds between looks."""
    base_url: str = "https://gmail.googleapis.com/gmail/v1"
    """Address of the API."""
    token_url: str = "https://oauth2.googleapis.com/token"
    """Where tokens are asked for."""
    auth_url: str = "https://accounts.google.com/o/oauth2/v2/auth"
    """Where a person signs in."""


@dataclass(frozen=True, slots=True)
class Consent:
    """What has to be the same when a person comes back: where to, and two secrets of this one sign-in."""

    redirect: str
    state: str
    """Comes back with the person (RFC 6749, 10.12)."""
    verifier: str
    """Never leaves us but for the token endpoint (PKCE, RFC 7636)."""

    @classmethod
    def to(cls, redirect: str) -> Self:
        """A new sign-in that ends at this address."""
        return cls(redirect, token_urlsafe(24), token_urlsafe(48))


def consent_url(config: GmailConfig, consent: Consent) -> str:
    """Where a person agrees: https://developers.google.com/identity/protocols/oauth2/web-server."""
    challenge = urlsafe_b64encode(sha256(consent.verifier.encode()).digest()).rstrip(b"=").decode()
    query = {
        "client_id": config.client_id,
        "redirect_uri": consent.redirect,
        "response_type": "code",
        "scope": SCOPE,
        "state": consent.state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "access_type": "offline",
        "prompt": "consent",
    }
    return f"{config.auth_url}?" + urlencode(query | ({"login_hint": config.mailbox} if config.mailbox else {}))


def end_sign_in(config: GmailConfig, code: str, consent: Consent, *, only_public: bool = False) -> str:
    """The refresh token for the code that a person brought back, to be kept in the configuration; raises IngestError."""
    http = client(only_public=only_public)
    try:
        form = {"client_id": config.client_id, "client_secret": config.client_secret, "code": code}
        form |= {"redirect_uri": consent.redirect, "code_verifier": consent.verifier, "grant_type": "authorization_code"}
        found = ask_token(http, config.token_url, form)
    finally:
        http.close()
    if not isinstance(found.get("refresh_token"), str):
        raise IngestError(Trouble.SIGN_IN, urlsplit(config.token_url).netloc, "no refresh token was given")
    return str(found["refresh_token"])


class _Cursor(NamedTuple):
    label: str = ""
    history: str = ""
    """All changes up to this history id are known; empty at the beginning."""
    tail: str = ""
    """While the mailbox is read for the first time, or a long history: the last messages that were taken."""
    listing: bool = True

    @classmethod
    def from_text(cls, text: str) -> _Cursor:
        """From a JSON list; anything else is the beginning."""
        try:
            label, history, tail, listing = json.loads(text)
            return cls(str(label), str(history), str(tail), bool(listing))
        except (ValueError, TypeError):
            return cls()

    def to_text(self) -> str:
        """As kept."""
        return json.dumps(self, separators=(",", ":"))


class GmailInbox:
    """The mailbox: first all messages of the label, the oldest first, then the history of what was added."""

    def __init__(self, config: GmailConfig, clock: Callable[[], float] = time.time, *, only_public: bool = False) -> None:
        self._config = config
        self._clock = clock
        self._where = urlsplit(config.base_url).netloc
        self._user = f"{config.base_url}/users/me"
        self._http = client(only_public=only_public)
        self._tokens = Tokens(self._http, config.token_url, self._grant)
        self._labels: dict[str, str] = {}
        self._at = _Cursor()
        self._queue: list[str] = []
        """Ids that wait, in reverse."""
        self._following = ""
        """The history id that is right when the queue is done."""
        self._pace = Pace(config.poll_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next messages; all of the label again when Gmail has forgotten the history."""
        asked = _Cursor.from_text(cursor)
        of = digest(f"{self._config.mailbox}/{self._config.label}")
        if asked.label != of:
            asked = _Cursor(of)
        if asked != self._at or not self._queue:
            self._at = asked
            with shaped(self._where):
                self._look()
        ahead = self._queue[: -bounds.count - 1 : -1]
        found, refused, done = collect(ahead, lambda message: self._get(message, bounds), bounds)
        self._pace.looked()
        if done:
            del self._queue[-done:]
        if self._queue:
            tail = Tail.from_text(self._at.tail).grown([digest(message) for message in ahead[:done]])
            self._at = self._at._replace(tail=tail.to_text())
        else:
            self._at = _Cursor(of, self._following, "", listing=False)
        return Batch(tuple(found), self._at.to_text(), tuple(refused), len(self._queue))

    def settle(self, handles: Sequence[str]) -> None:
        """By labels, a thousand messages at a time."""
        if self._config.after is After.LEAVE or not handles:
            return
        with shaped(self._where):
            change = self._change()
        for start in range(0, len(handles), TOGETHER):
            self._post("/messages/batchModify", {"ids": list(handles[start : start + TOGETHER]), **change})

    def wait(self, timeout_s: float) -> bool:
        """By the clock."""
        return self._pace.wait(timeout_s)

    def test(self) -> list[Probe]:
        """Sign-in, label with its number of messages, and the done label."""
        attempt = Attempt()
        step = Step.SIGN_IN
        try:
            with shaped(self._where):
                self._tokens.get()
                attempt.passed(step, str(self._object("GET", f"{self._user}/profile").get("emailAddress", "")))
                step = Step.FOLDER
                label = self._object("GET", f"{self._user}/labels/{quote(self._label(self._config.label), safe='')}")
                attempt.passed(step, str(label.get("name", "")))
                attempt.passed(Step.COUNT, str(label.get("messagesTotal", "")))
                step = Step.AFTER
                if self._config.after is After.MOVE:
                    self._label(self._config.done_label, make=True)
                attempt.passed(step, self._config.after)
        except IngestError as error:
            return attempt.failed(Step.CONNECT if error.trouble in (Trouble.NO_SUCH_HOST, Trouble.NOT_REACHED) else step, error)
        return attempt.probes

    # messages

    def _look(self) -> None:
        """Fills the queue, in reverse, from the history or from the whole label."""
        ids: list[str] = []
        if not self._at.listing:
            changed = self._changes(self._at.history)
            if changed is None:
                self._at = _Cursor(self._at.label)
            else:
                ids = changed
        if self._at.listing:
            self._following = str(self._object("GET", f"{self._user}/profile")["historyId"])
            query = {"labelIds": self._label(self._config.label), "maxResults": str(PAGE), "includeSpamTrash": "true"}
            for page in self._pages("/messages", query):
                ids += [str(message["id"]) for message in page.get("messages", ())]
            ids.reverse()  # Gmail lists the newest first
        start = Tail.from_text(self._at.tail).start([digest(message) for message in ids]) if self._at.tail else 0
        self._queue = ids[start:][::-1]

    def _changes(self, since: str) -> list[str] | None:
        """The messages that got the label since a history id; None when Gmail no longer knows it (404)."""
        label = self._label(self._config.label)
        query = {"startHistoryId": since, "labelId": label, "maxResults": str(PAGE)}
        ids: dict[str, None] = {}
        try:
            for page in self._pages("/history", query, "&historyTypes=messageAdded&historyTypes=labelAdded"):
                self._following = str(page["historyId"])
                for record in page.get("history", ()):
                    for added in (*record.get("messagesAdded", ()), *record.get("labelsAdded", ())):
                        if label in added.get("labelIds", added["message"].get("labelIds", [label])):
                            ids.setdefault(str(added["message"]["id"]))
        except IngestError as error:
            if error.trouble is Trouble.NO_FOLDER:
                return None
            raise
        return list(ids)

    def _pages(self, path: str, query: dict[str, str], more: str = "") -> Iterator[dict[str, Any]]:
        for _ in range(MAX_PAGES):
            page = self._object("GET", f"{self._user}{path}?{urlencode(query)}{more}")
            yield page
            if not page.get("nextPageToken"):
                return
            query = {**query, "pageToken": str(page["nextPageToken"])}
        raise IngestError(Trouble.PROTOCOL, self._where, "the list of messages does not end")

    def _get(self, message: str, bounds: Bounds) -> Delivery | Refused | None:
        name = f"{self._config.label}/{message}"
        url = f"{self._user}/messages/{quote(message, safe='')}?format=raw"
        try:
            answer = self._ask("GET", url, max_bytes=bounds.mail_bytes * 4 // 3 + (64 << 10), ok=GONE)
        except IngestError as error:
            if isinstance(error.__cause__, HttpFailed) and error.__cause__.fault is Fault.TOO_LARGE:
                return bounds.refusal(name)
            raise
        if answer.status in GONE:
            return None
        with shaped(self._where):
            found = objects(answer, self._where)
            data = urlsafe_b64decode(str(found["raw"]) + "==")
            at = datetime.fromtimestamp(int(found["internalDate"]) / 1000, UTC)
        return bounds.refusal(name) if len(data) > bounds.mail_bytes else Delivery(data, name, message, at)

    # labels

    def _change(self) -> dict[str, list[str]]:
        after, label = self._config.after, self._label(self._config.label)
        change: dict[str, list[str]] = {"removeLabelIds": ["UNREAD"]}
        if after is After.MOVE:
            change = {"removeLabelIds": [label], "addLabelIds": [self._label(self._config.done_label, make=True)]}
        elif after is After.DELETE:
            change = {"removeLabelIds": [label], "addLabelIds": ["TRASH"]}
        return change

    def _label(self, name: str, *, make: bool = False) -> str:
        """The id of a label; raises IngestError when it is missing and not to be made."""
        if name.lower() in SYSTEM:
            return SYSTEM[name.lower()]
        if name not in self._labels:
            found = self._object("GET", f"{self._user}/labels").get("labels", ())
            self._labels = {str(label["name"]): str(label["id"]) for label in found}
            if name not in self._labels:
                if not make:
                    raise IngestError(Trouble.NO_FOLDER, name)
                self._labels[name] = str(objects(self._post("/labels", {"name": name}), self._where).get("id", ""))
        return self._labels[name]

    # the wire

    def _grant(self) -> dict[str, str]:
        c = self._config
        if c.service_account:
            assertion = service_assertion(c.service_account, SCOPE, c.mailbox, c.token_url, self._clock())
            return {"grant_type": JWT_GRANT, "assertion": assertion}
        form = {"client_id": c.client_id, "client_secret": c.client_secret, "refresh_token": c.refresh_token}
        return form | {"grant_type": "refresh_token"}

    def _post(self, path: str, value: Mapping[str, object]) -> Answer:
        body = json.dumps(value).encode()
        return self._ask("POST", self._user + path, headers={"Content-Type": "application/json"}, body=body)

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
            given = {**(headers or {}), "Authorization": f"Bearer {self._tokens.get()}"}
            answer = ask(self._http, method, url, headers=given, body=body, max_bytes=max_bytes)
            if answer.status != HTTPStatus.UNAUTHORIZED or last:
                break
            self._tokens.forget()
        if answer.is_good or answer.status in ok:
            return answer
        said = _said(answer)
        if answer.status == HTTPStatus.FORBIDDEN and any(reason.encode() in answer.data for reason in RATE):
            raise IngestError(Trouble.BUSY, self._where, said, retry_after_s=answer.retry_after_s)
        raise trouble(answer, self._config.mailbox or self._where, said)


def _said(answer: Answer) -> str:
    error = answer.json().get("error")
    return str(error.get("message", "")) if isinstance(error, dict) else f"HTTP {answer.status}"
