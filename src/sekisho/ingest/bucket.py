"""S3-compatible buckets: objects are mails or reports, as SES or a mail gateway puts them there."""

from __future__ import annotations

import hashlib
import heapq
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from types import TracebackType
from typing import ClassVar, NamedTuple, Self
from urllib.parse import unquote_plus, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from sekisho.ingest.cursor import Mark, digest
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Attempt, Batch, Bounds, Delivery, Probe, Refused, Step
from sekisho.ingest.listing import HELD
from sekisho.ingest.pace import Pace
from sekisho.ingest.reach import client
from sekisho.ingest.signature import Key, path_text, query_text, signed
from sekisho.ingest.web import GONE, ask, collect, shaped, trouble
from sekisho.net.http import CONNECTIONS, Answer

PAGE = 1000
"""Keys in one answer, and in one deletion: the most that S3 allows."""
TAG = b"<Tagging><TagSet><Tag><Key>sekisho</Key><Value>read</Value></Tag></TagSet></Tagging>"


@dataclass(frozen=True, slots=True)
class BucketConfig:
    """A bucket of Amazon S3 or of a server that speaks its protocol."""

    secrets: ClassVar[frozenset[str]] = frozenset({"secret_key"})
    afters: ClassVar[tuple[After, ...]] = (After.LEAVE, After.FLAG, After.MOVE, After.DELETE)

    bucket: str
    """Name of the bucket."""
    access_key: str
    """Access key id."""
    secret_key: str = field(repr=False)
    """Secret access key."""
    region: str = "us-east-1"
    """Region of the bucket; servers of one's own mostly do not care."""
    endpoint: str = ""
    """Address of the server, such as `https://s3.example.test`; Amazon's of the region when empty."""
    prefix: str = ""
    """Only objects whose keys begin so."""
    ca_file: str = ""
    """Certificates to trust besides the system's, for a server with its own authority."""
    after: After = After.LEAVE
    """After storing: `leave`, `flag` with a tag, `move` below the done prefix, or `delete`."""
    done_prefix: str = "sekisho-done/"
    """What keys begin with after a move."""
    poll_s: int = 120
    """Seconds between looks."""


class _Object(NamedTuple):
    """An object that waits, sorted by time and key."""

    time_ms: int
    digest: str
    key: str
    size: int

    @property
    def item(self) -> tuple[int, str]:
        return self.time_ms, self.digest


class BucketInbox:
    """The bucket, listed as a whole at each look: keys come in no order of time."""

    def __init__(
        self, config: BucketConfig, now: Callable[[], datetime] = lambda: datetime.now(UTC), *, only_public: bool = False
    ) -> None:
        self._config = config
        self._now = now
        self._key = Key(config.access_key, config.secret_key, config.region)
        endpoint = config.endpoint.rstrip("/") or f"https://s3.{config.region}.amazonaws.com"
        self._base = f"{endpoint}/{path_text(config.bucket)}"
        self._where = urlsplit(endpoint).netloc
        # requests are signed: the key itself is never sent, so they may be plain
        self._http = client(config.ca_file, may_be_plain=True, only_public=only_public)
        self._queue: list[_Object] = []
        self._mark = Mark()
        self._text = ""
        self._pace = Pace(config.poll_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.close()

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next objects by the time they were last written."""
        if cursor != self._text or not self._queue:
            self._mark, self._text, self._queue = Mark.from_text(cursor), cursor, []
            waiting = (o for o in self._list() if self._mark.lacks(o.item))
            with shaped(self._where):
                self._queue = heapq.nsmallest(HELD, waiting)[::-1]
        ahead = self._queue[: -bounds.count - 1 : -1]
        found, refused, done = collect(ahead, lambda o: self._get(o, bounds), bounds)
        self._pace.looked()
        if done:
            del self._queue[-done:]
            self._mark = self._mark.grown([o.item for o in ahead[:done]])
            self._text = self._mark.to_text()
        return Batch(tuple(found), self._text, tuple(refused), len(self._queue))

    def settle(self, handles: Sequence[str]) -> None:
        """Deletes a thousand at a time; S3 can move and tag only one by one, so that is done a few at a time."""
        after = self._config.after
        if after is After.LEAVE or not handles:
            return
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            if after is After.FLAG:
                list(pool.map(self._tag, handles))
                return
            moved = list(handles)
            if after is After.MOVE:
                moved = [key for key, is_copied in zip(handles, pool.map(self._copy, handles), strict=True) if is_copied]
        for start in range(0, len(moved), PAGE):
            self._delete(moved[start : start + PAGE])

    def wait(self, timeout_s: float) -> bool:
        """By the clock."""
        return self._pace.wait(timeout_s)

    def test(self) -> list[Probe]:
        """Connection and keys, the bucket, and whether there is anything."""
        attempt = Attempt()
        try:
            answer = self._ask("GET", "", query={"list-type": "2", "max-keys": "1", "prefix": self._config.prefix})
            attempt.passed(Step.CONNECT, answer.headers.get("server", ""))
            attempt.passed(Step.SIGN_IN)
            attempt.passed(Step.FOLDER, self._config.bucket)
            attempt.passed(Step.COUNT, _text(_xml(answer, self._where), "KeyCount"))
            attempt.passed(Step.AFTER, self._config.after)
        except IngestError as error:
            steps = {
                Trouble.SIGN_IN: Step.SIGN_IN,
                Trouble.NOT_ALLOWED: Step.SIGN_IN,
                Trouble.NO_FOLDER: Step.FOLDER,
                Trouble.TLS: Step.TLS,
            }
            return attempt.failed(steps.get(error.trouble, Step.CONNECT), error)
        return attempt.probes

    def _list(self) -> Iterator[_Object]:
        query = {"list-type": "2", "max-keys": str(PAGE), "prefix": self._config.prefix, "encoding-type": "url"}
        while True:
            page = _xml(self._ask("GET", "", query=query), self._where)
            for entry in page.iter("Contents"):
                key = unquote_plus(_text(entry, "Key"))
                if not key.endswith("/") and not (self._config.after is After.MOVE and key.startswith(self._config.done_prefix)):
                    yield _Object(_millis(_text(entry, "LastModified")), digest(key), key, int(_text(entry, "Size") or 0))
            following = _text(page, "NextContinuationToken")
            if not following or following == query.get("continuation-token"):
                return
            query = {**query, "continuation-token": following}

    def _get(self, found: _Object, bounds: Bounds) -> Delivery | Refused | None:
        if found.size > bounds.mail_bytes:
            return bounds.refusal(found.key)
        if {".", ".."} & set(found.key.split("/")):
            return Refused(found.key, "this key cannot be asked for by HTTP")
        answer = self._ask("GET", found.key, max_bytes=bounds.mail_bytes, may_be_gone=True)
        if answer.status in GONE:
            return None
        if not answer.is_good:
            return Refused(found.key, "the object is in an archive of the bucket")
        return Delivery(answer.data, found.key, found.key, datetime.fromtimestamp(found.time_ms / 1000, UTC))

    def _copy(self, key: str) -> bool:
        source = path_text(f"/{self._config.bucket}/{key}")
        answer = self._ask("PUT", self._config.done_prefix + key, headers={"x-amz-copy-source": source}, may_be_gone=True)
        if answer.is_good and b"<Error>" in answer.data:  # a copy may fail after the status was sent
            raise IngestError(Trouble.BUSY, self._where, _said(answer))
        return answer.is_good

    def _tag(self, key: str) -> None:
        self._ask("PUT", key, query={"tagging": ""}, body=TAG, may_be_gone=True)

    def _delete(self, keys: list[str]) -> None:
        objects = "".join(f"<Object><Key>{escape(key)}</Key></Object>" for key in keys)
        answer = self._ask("POST", "", query={"delete": ""}, body=f"<Delete><Quiet>true</Quiet>{objects}</Delete>".encode())
        failed = [_text(entry, "Message") or _text(entry, "Code") for entry in _xml(answer, self._where).iter("Error")]
        if failed:
            raise IngestError(Trouble.NOT_ALLOWED, self._config.bucket, failed[0])

    def _ask(
        self,
        method: str,
        key: str,
        *,
        query: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        body: bytes = b"",
        max_bytes: int = 4 << 20,
        may_be_gone: bool = False,
    ) -> Answer:
        url = f"{self._base}/{path_text(key)}" if key else self._base
        if query:
            url += "?" + query_text(query)
        given = dict(headers or {})
        if body:
            given["content-md5"] = b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()  # S3 wants it for lists
        answer = ask(
            self._http,
            method,
            url,
            headers=signed(self._key, method, url, given, body, self._now()),
            body=body or None,
            max_bytes=max_bytes,
        )
        if answer.is_good or (may_be_gone and answer.status == HTTPStatus.NOT_FOUND and b"NoSuchBucket" not in answer.data):
            return answer
        said = _said(answer)
        if may_be_gone and method == "GET" and "InvalidObjectState" in said:
            return answer
        if any(word in said for word in ("InvalidAccessKeyId", "SignatureDoesNotMatch", "AuthFailure")):
            raise IngestError(Trouble.SIGN_IN, self._where, said)
        raise trouble(answer, self._config.bucket if answer.status == HTTPStatus.NOT_FOUND else self._where, said)


def _xml(answer: Answer, where: str) -> ElementTree.Element:
    """The document without its namespaces, which servers write or leave out."""
    if b"<!DOCTYPE" in answer.data or b"<!ENTITY" in answer.data:
        raise IngestError(Trouble.PROTOCOL, where, "a document type in an answer")
    try:
        root = ElementTree.fromstring(answer.data or b"<Empty/>")  # noqa: S314  # no document type, no entities
    except ElementTree.ParseError as error:
        raise IngestError(Trouble.PROTOCOL, where, str(error)) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(name) or ""


def _said(answer: Answer) -> str:
    """Code and words of an error document."""
    try:
        root = _xml(answer, "")
    except IngestError:
        return f"HTTP {answer.status}"
    return f"{_text(root, 'Code')} {_text(root, 'Message')}".strip() or f"HTTP {answer.status}"


def _millis(text: str) -> int:
    try:
        return int(datetime.fromisoformat(text).timestamp() * 1000)
    except ValueError:
        return 0
