"""How an operation is made: its address below an organisation, the scope it needs, its filters, and what it answers."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Router

from sekisho.registry.tokens import READ, WRITE
from sekisho.web.api.access import AUTH, ApiRequest, enter
from sekisho.web.api.problems import CONTENT_TYPE

ORG = "/organisations/{org}"
MAX_NUMBER = 2**63 - 1
"""Of keys and numbers, as the stores count."""
Number = Annotated[int, Path(ge=0, le=MAX_NUMBER)]
Name = Annotated[str, Path(max_length=300)]
View = Callable[..., object]
Door = Callable[..., Callable[..., object]]
"""Takes a view, its scope and whether it is for owners only; gives the view behind the door."""
_PROBLEM = {"content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
_REFUSALS = {
    400: "The request cannot be understood",
    401: "No good token and no session",
    403: "The scope or role is missing",
    404: "No such thing in this organisation",
    409: "It does not fit what is there",
    413: "The request is too large",
    422: "Some values cannot be used",
    429: "Too many requests; see Retry-After",
    503: "The facts cannot be asked at the moment; see Retry-After",
}
SCOPE_KEY = "x-sekisho-scope"
OWNER_KEY = "x-sekisho-owner"
"""Whether only owners may, beside having the scope."""


class Section:
    """Operations that stand together in the documentation."""

    def __init__(self, tag: str, *, base: str = ORG, door: Door | None = None) -> None:
        self.router = Router(tags=[tag])
        self._base = base
        self._door = door or _inside

    def get(
        self, path: str, answer: Any, *, scope: str = READ, parameters: Sequence[dict[str, object]] = (), owner: bool = False
    ) -> Callable[[View], View]:
        """Reads. `parameters` are those of the query string that the view reads by itself; `owner`: for owners only."""
        return self._operation("GET", path, {200: answer}, scope, parameters, owner=owner)

    def change(
        self, method: str, path: str, answer: Any, *, scope: str = WRITE, status: int = 200, owner: bool = False
    ) -> Callable[[View], View]:
        """Changes something; an answer of None has no content (204). `owner`: for owners only."""
        return self._operation(method, path, {204: None} if answer is None else {status: answer}, scope, (), owner=owner)

    def bytes(
        self,
        path: str,
        content_types: Sequence[str],
        *,
        scope: str = READ,
        parameters: Sequence[dict[str, object]] = (),
        owner: bool = False,
    ) -> Callable[[View], View]:
        """Reads a file: in JSON its rows. `owner`: for owners only."""
        text: dict[str, object] = {"type": "string", "format": "binary"}
        rows: dict[str, object] = {"type": "array", "items": {"type": "object"}}
        content = {kind: {"schema": rows if "json" in kind else text} for kind in content_types}
        answer: dict[int, object] = {200: {"description": "OK", "content": content}}
        return self._operation("GET", path, {200: None}, scope, parameters, answer, owner=owner)

    def _operation(
        self,
        method: str,
        path: str,
        answers: dict[int, Any],
        scope: str,
        parameters: Sequence[dict[str, object]],
        more: dict[int, object] | None = None,
        *,
        owner: bool = False,
    ) -> Callable[[View], View]:
        refusals = {status: {"description": text, **_PROBLEM} for status, text in _REFUSALS.items()}
        extra = {"responses": {**refusals, **(more or {})}, "parameters": list(parameters), SCOPE_KEY: scope, OWNER_KEY: owner}

        def register(view: View) -> View:
            first, _dot, rest = inspect.cleandoc(view.__doc__ or "").partition("\n")
            self.router.api_operation(
                [method],
                self._base + path,
                auth=AUTH,
                response=answers,
                operation_id=view.__name__,
                summary=first,
                description=rest.strip() or None,
                openapi_extra=extra,
                url_name=view.__name__,
            )(self._door(view, scope, owner=owner))
            return view

        return register


def _inside(view: View, scope: str, *, owner: bool) -> Callable[..., object]:
    """The view behind the door: it is called with a request inside an organisation that the caller may see."""

    @wraps(view)
    def checked(request: HttpRequest, org: str, **values: object) -> object:
        return view(enter(request, org, scope, owner=owner), **values)

    told = inspect.signature(view, eval_str=True)
    first, *others = told.parameters.values()
    assert first.annotation is ApiRequest, view
    slug = inspect.Parameter("org", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Name)
    plain = first.replace(annotation=HttpRequest)
    checked.__signature__ = told.replace(parameters=[plain, slug, *others])  # type: ignore[attr-defined]
    return checked
