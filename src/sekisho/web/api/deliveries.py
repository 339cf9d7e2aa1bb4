"""`POST /api/v1/deliveries`: reports by HTTP, kept durably before the answer; whoever delivers shows a token, never a cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from sekisho.registry import deliveries as inbox
from sekisho.registry import tokens
from sekisho.registry.models import Delivery, Token
from sekisho.web.api.access import FAILURES_S, bearer, is_guessing

MAX_BYTES = 64 << 20
"""Of one delivery."""
FORM_BYTES = 1 << 20
"""What a form may have around its files."""
MAX_FILES = 100
MOST_WAITING = 20_000
"""While more deliveries wait to be read, programs are asked to come back: far above where mailboxes are left alone."""
RETRY_S = 30
CHUNK = 1 << 20

P = ParamSpec("P")


class _Refusal(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, words: str, **headers: str) -> None:
        self.answer = JsonResponse({"error": words}, status=status, headers={n.replace("_", "-"): v for n, v in headers.items()})


def with_token(
    view: Callable[Concatenate[HttpRequest, Token, P], JsonResponse],
) -> Callable[Concatenate[HttpRequest, P], JsonResponse]:
    """A view for programs: `Authorization: Bearer TOKEN`, refusals as JSON. No cookie counts, so no forged request can."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        try:
            return view(request, _token(request), *args, **kwargs)
        except _Refusal as refusal:
            return refusal.answer

    return checked  # type: ignore[return-value]


@with_token
def deliver(request: HttpRequest, token: Token) -> JsonResponse:
    """202 with the number and address of each delivery: the body as it is, or the files of a form."""
    if request.method != "POST":
        raise _Refusal(405, "send reports with POST", Allow="POST")
    if inbox.waiting_count() > MOST_WAITING:
        raise _Refusal(503, "much waits to be read; come back later", Retry_After=str(RETRY_S))
    items = _files(request) if (request.content_type or "").startswith("multipart/") else [_body(request)]
    ids = inbox.accept(token.organisation_id, items, door=_door(token))
    rows = [
        {"id": number, "name": name[: inbox.MAX_NAME], "state": "waiting", "url": _url(number)}
        for number, (name, _data) in zip(ids, items, strict=True)
    ]
    return JsonResponse({"deliveries": rows}, status=202, headers={"Location": _url(ids[0])})


@with_token
def delivery(request: HttpRequest, token: Token, number: int) -> JsonResponse:
    """What became of a delivery that was made with this token."""
    if request.method not in ("GET", "HEAD"):
        raise _Refusal(405, "ask with GET", Allow="GET, HEAD")
    row = Delivery.objects.filter(pk=number, organisation_id=token.organisation_id, door=_door(token)).first()
    if row is None:
        raise _Refusal(404, "there is no such delivery of this token")
    is_done = row.state == Delivery.State.DONE
    return JsonResponse(
        {
            "id": row.pk,
            "name": row.name,
            "state": "done" if is_done else "waiting",
            "outcome": row.outcome if is_done else None,
            "reason": row.reason,
            "reports": row.reports,
            "records": row.records,
            "messages": row.messages,
            "received": row.received,
            "url": _url(row.pk),
        }
    )


def _token(request: HttpRequest) -> Token:
    """The token of the request; one that is good always passes, whatever came from its address before."""
    text = bearer(request)
    token = tokens.check(text, tokens.INGEST) if text else None
    if token is not None:
        return token
    if is_guessing(request):
        raise _Refusal(429, "too many requests without a good token", Retry_After=str(FAILURES_S))
    raise _Refusal(401, "a token is needed: Authorization: Bearer TOKEN", WWW_Authenticate='Bearer realm="Sekisho"')


def _body(request: HttpRequest) -> tuple[str, bytes]:
    """The body, named by `?name=`."""
    _check_length(request, MAX_BYTES)
    parts: list[bytes] = []
    total = 0
    try:
        while part := request.read(CHUNK):
            parts.append(part)
            total += len(part)
            if total > MAX_BYTES:
                raise _too_large()
    except UnreadablePostError:
        raise _Refusal(400, "the request ended too early") from None
    if not total:
        raise _Refusal(400, "the body is empty; send a mail, an archive or a report")
    return request.GET.get("name", ""), b"".join(parts)


def _files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """The files of a form, whatever their fields are called."""
    _check_length(request, MAX_BYTES + FORM_BYTES)
    try:
        lists = [files for _name, files in request.FILES.lists()]
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, UnreadablePostError):
        raise _Refusal(400, "the form cannot be read") from None
    files = [file for some in lists for file in some if isinstance(file, UploadedFile)]
    if not files:
        raise _Refusal(400, "the form has no file")
    if len(files) > MAX_FILES:
        raise _Refusal(413, f"at most {MAX_FILES} files at a time")
    if any((file.size or 0) > MAX_BYTES for file in files):
        raise _too_large()
    return [(file.name or "", file.read()) for file in files]


def _check_length(request: HttpRequest, most: int) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > most:
        raise _too_large()


def _too_large() -> _Refusal:
    return _Refusal(413, f"larger than {MAX_BYTES >> 20} MiB")


def _door(token: Token) -> str:
    return f"api:{token.pk}"


def _url(number: int) -> str:
    return reverse("api_delivery", kwargs={"number": number})
