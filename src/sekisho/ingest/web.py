"""What the intakes by HTTP have in common: troubles from answers, and many small fetches with a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlsplit

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import Bounds, Delivery, Refused
from sekisho.ingest.reach import PublicHttp
from sekisho.net.http import CONNECTIONS, Answer, Fault, Http, HttpFailed

TROUBLES = {
    Fault.NAME: Trouble.NO_SUCH_HOST,
    Fault.CONNECT: Trouble.NOT_REACHED,
    Fault.TLS: Trouble.TLS,
    Fault.TIMEOUT: Trouble.TIMED_OUT,
    Fault.CUT: Trouble.CUT_OFF,
    Fault.TOO_LARGE: Trouble.PROTOCOL,
    Fault.URL: Trouble.NOT_REACHED,
}
STATUSES = {
    HTTPStatus.UNAUTHORIZED: Trouble.SIGN_IN,
    HTTPStatus.FORBIDDEN: Trouble.NOT_ALLOWED,
    HTTPStatus.NOT_FOUND: Trouble.NO_FOLDER,
    HTTPStatus.TOO_MANY_REQUESTS: Trouble.BUSY,
}
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

T = TypeVar("T")


@contextmanager
def shaped(where: str) -> Iterator[None]:
    """Turns what goes wrong over an answer of another shape than documented into IngestError."""
    try:
        yield
    except (KeyError, TypeError, AttributeError, ValueError, IndexError, OverflowError) as error:
        raise IngestError(Trouble.PROTOCOL, where, f"an answer of another shape: {type(error).__name__} {error}") from error


def ask(
    http: Http,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    max_bytes: int = 4 << 20,
) -> Answer:
    """The answer of any status but 429 and 5xx; raises IngestError for these and where there is none."""
    where = urlsplit(url).netloc
    if isinstance(http, PublicHttp):
        http.look_at(url)
    try:
        answer = http.ask(method, url, headers=headers, body=body, max_bytes=max_bytes)
    except HttpFailed as error:
        if isinstance(http, PublicHttp) and "private network" in str(error):
            raise IngestError(Trouble.PRIVATE, where) from error
        raise IngestError(TROUBLES[error.fault], where, str(error)) from error
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise trouble(answer, where)
    return answer


def objects(answer: Answer, where: str) -> dict[str, Any]:
    """The JSON object of a good answer; raises IngestError when it is none, for an empty one would look like an empty mailbox."""
    found = answer.json()
    if not found:
        raise IngestError(Trouble.PROTOCOL, where, "the answer is no JSON object")
    return found


def trouble(answer: Answer, where: str, said: str = "") -> IngestError:
    """The trouble that an answer tells of."""
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = Trouble.BUSY
    else:
        kind = STATUSES.get(HTTPStatus(answer.status) if answer.status in set(HTTPStatus) else HTTPStatus.OK, Trouble.PROTOCOL)
    return IngestError(kind, where, said or f"HTTP {answer.status}", retry_after_s=answer.retry_after_s)


def collect(
    items: Sequence[T], get: Callable[[T], Delivery | Refused | None], bounds: Bounds
) -> tuple[list[Delivery], list[Refused], int]:
    """Fetches items in order, a few at a time, within the bounds; how many are done with is the last value.

    When a fetch fails, what came before it is handed out; the error is raised only when nothing did.
    """
    found: list[Delivery] = []
    refused: list[Refused] = []
    done, total = 0, 0
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        while done < min(len(items), bounds.count) and total < bounds.batch_bytes:
            some = items[done : min(done + _at_once(found, total, bounds), bounds.count)]
            for future in [pool.submit(get, item) for item in some]:
                try:
                    got = future.result()
                except IngestError:
                    if not done:
                        raise
                    return found, refused, done
                if isinstance(got, Delivery):
                    if found and total + len(got.data) > bounds.batch_bytes:
                        return found, refused, done
                    total += len(got.data)
                    found.append(got)
                elif got is not None:
                    refused.append(got)
                done += 1
    return found, refused, done


def _at_once(found: list[Delivery], total: int, bounds: Bounds) -> int:
    """How many of a mean size still fit."""
    if not found:
        return CONNECTIONS
    mean = max(1, total // len(found))
    return max(1, min(CONNECTIONS, (bounds.batch_bytes - total) // mean))
