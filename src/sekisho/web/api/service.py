"""The interface put together: its operations, its description, and what every answer gets."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from sekisho import __version__
from sekisho.core.errors import SekishoError, StoreError
from sekisho.web.api import described
from sekisho.web.api.agencies import agencies
from sekisho.web.api.alerts import alerts
from sekisho.web.api.channels import channels
from sekisho.web.api.domains import domains
from sekisho.web.api.duties import duties
from sekisho.web.api.failures import failures
from sekisho.web.api.granting import grants
from sekisho.web.api.inboxes import inboxes
from sekisho.web.api.invitations import invitations
from sekisho.web.api.keeping import keeping
from sekisho.web.api.networks import networks
from sekisho.web.api.notifications import notifications
from sekisho.web.api.organisations import organisations
from sekisho.web.api.papers import papers
from sekisho.web.api.people import people
from sekisho.web.api.problems import Problem
from sekisho.web.api.reports import reports
from sekisho.web.api.signon import signon
from sekisho.web.api.sources import sources
from sekisho.web.api.starts import starts
from sekisho.web.api.trials import trials

MAX_BODY = 64 << 10
"""Bytes of a request that is no delivery: the longest settings of an inbox are a third of it."""
CACHING = "private, no-cache"
"""Kept by nobody but the asker, and only to be compared (`If-None-Match`)."""


class Interface(NinjaAPI):
    """The operations with what OpenAPI says of them."""

    _described: OpenAPISchema | None = None

    def get_openapi_schema(self, **_where: Any) -> OpenAPISchema:
        """The description, deliveries included, which have been here before."""
        if self._described is None:
            self._described = super().get_openapi_schema(path_prefix="api/v1/")
            described.complete(self._described)
        return self._described


def _problem(request: HttpRequest, error: Problem) -> HttpResponse:  # noqa: ARG001 - as it is called
    return error.response()


def _wrong_values(request: HttpRequest, error: ValidationError) -> HttpResponse:  # noqa: ARG001 - as it is called
    found = [(".".join(str(part) for part in one["loc"]), str(one["msg"])) for one in error.errors]
    return Problem(422, errors=found).response()


def _http(request: HttpRequest, error: HttpError) -> HttpResponse:  # noqa: ARG001 - as it is called
    return Problem(error.status_code if error.status_code in (400, 401, 403, 413) else 400).response()


def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 - as it is called
    return Problem(404).response()


def _no_store(request: HttpRequest, error: StoreError) -> HttpResponse:  # noqa: ARG001 - as it is called
    return Problem(503, Retry_After="30").response()


def _refused(request: HttpRequest, error: SekishoError) -> HttpResponse:  # noqa: ARG001 - as it is called
    return Problem(422, str(error)).response()


_building = Lock()
"""The first two requests may come at once, and a router belongs to one interface only."""


def interface() -> Interface:
    """The interface with all its operations, made once."""
    with _building:
        return _made()


@cache
def _made() -> Interface:
    made = Interface(
        title="Sekisho",
        version=__version__,
        description=described.TEXT,
        urls_namespace="api",
        docs_url=None,
        openapi_url="/openapi.json",
    )
    settings = (duties, channels, inboxes, trials, grants, people, invitations, keeping, notifications, signon)
    for section in (organisations, agencies, sources, networks, domains, starts, reports, failures, alerts, papers, *settings):
        made.add_router("", section.router)
    handlers: tuple[tuple[type[Exception], Callable[..., HttpResponse]], ...] = (
        (Problem, _problem),
        (ValidationError, _wrong_values),
        (HttpError, _http),
        (Http404, _nothing),
        (StoreError, _no_store),
        (SekishoError, _refused),
    )
    for kind, handler in handlers:
        made.add_exception_handler(kind, handler)
    return made


def guarded(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of the interface with a bounded body, refusals as problems, and an entity tag on what can be kept."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > MAX_BODY:
            return Problem(413).response()
        is_head = request.method == "HEAD"
        request.method = "GET" if is_head else request.method
        try:
            response = view(request, *args, **kwargs)
        except (RequestDataTooBig, SuspiciousOperation, UnreadablePostError):
            return Problem(400).response()
        if response.status_code == 405:
            return Problem(405, Allow=response.headers["Allow"]).response()
        if request.method == "GET" and response.status_code == 200 and isinstance(response, HttpResponse):
            response = _tagged(request, response)
        return _bare(response) if is_head and isinstance(response, HttpResponse) else response

    return checked


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its entity tag, or 304 for an asker who has it."""
    response.headers.setdefault("Cache-Control", CACHING)
    patch_vary_headers(response, ("Authorization",))
    set_response_etag(response)
    return get_conditional_response(request, response.headers["ETag"], None, response) or response


def _bare(response: HttpResponse) -> HttpResponse:
    """The answer without its content; no server in front does that for us."""
    length = len(response.content)
    response.content = b""
    response.headers["Content-Length"] = str(length)
    return response


def patterns() -> list[URLPattern]:
    """The addresses below `/api/v1/`."""
    found, _app, _namespace = interface().urls
    made = [pattern for pattern in found if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    for pattern in made:
        pattern.callback = guarded(pattern.callback)
    return made


@csrf_exempt
def nothing(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - as it is called
    """404 as a problem, for addresses that are none."""
    return Problem(404).response()
