"""The description of the interface as a page, made from the OpenAPI; no script of others, readable without any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sekisho.web.api.operations import OWNER_KEY, SCOPE_KEY
from sekisho.web.api.service import interface

DEEPEST = 3
"""Levels of an answer that are shown; what is deeper stands in the OpenAPI."""


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter, or a field of a body or an answer."""

    name: str
    kind: str
    text: str = ""
    is_needed: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """An operation as the page shows it."""

    name: str
    method: str
    path: str
    summary: str
    text: str
    scope: str
    parameters: list[Value] = field(default_factory=list)
    body: list[Value] = field(default_factory=list)
    answer: list[Value] = field(default_factory=list)


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """All operations by their section."""
    schema = interface().get_openapi_schema()
    sections: dict[str, list[Told]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            sections.setdefault(told["tags"][0], []).append(_told(method, path, told, schema["components"]["schemas"]))
    return render(
        request,
        "pages/api_reference.html",
        {
            "sections": [(name, _anchor(name), some) for name, some in sections.items()],
            "openapi_url": reverse("api:openapi-json"),
            "text": schema["info"]["description"],
            "base": request.build_absolute_uri("/"),
        },
    )


def _anchor(name: str) -> str:
    return name.lower().replace(" ", "-")


def _told(method: str, path: str, told: dict[str, Any], known: dict[str, Any]) -> Told:
    nothing: tuple[str, dict[str, Any]] = ("", {})
    body: tuple[str, dict[str, Any]] = next(iter(told.get("requestBody", {}).get("content", {}).items()), nothing)
    good: dict[str, Any] = next((answer for status, answer in told["responses"].items() if str(status).startswith("2")), {})
    kind, content = next(iter(good.get("content", {}).items()), nothing)
    answer = list(_fields(content.get("schema", {}), known))
    return Told(
        told["operationId"],
        method.upper(),
        path,
        told.get("summary", ""),
        told.get("description", "").removeprefix(told.get("summary", "")).strip(),
        told[SCOPE_KEY] + (", owner" if told.get(OWNER_KEY) else ""),
        [_parameter(parameter, known) for parameter in told.get("parameters", [])],
        list(_fields(body[1].get("schema", {}), known)) or ([Value(_("the body"), body[0])] if body[0] else []),
        answer or ([Value(_("the body"), kind)] if kind else []),
    )


def _parameter(told: dict[str, Any], known: dict[str, Any]) -> Value:
    return Value(told["name"], _kind(told["schema"], known), told.get("description", ""), told["required"])


def _fields(schema: dict[str, Any], known: dict[str, Any], depth: int = 0) -> Iterator[Value]:
    """The fields of an object, and of the objects in it."""
    schema = _whole(schema, known)
    needed = schema.get("required", [])
    for name, told in schema.get("properties", {}).items():
        yield Value(name, _kind(told, known), _whole(told, known).get("description", ""), name in needed, depth)
        if depth + 1 < DEEPEST:
            inner = _whole(told, known)
            yield from _fields(inner.get("items", inner), known, depth + 1)


def _whole(schema: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """The schema that is meant: behind its reference, or the one beside nothing."""
    for option in schema.get("anyOf", []):
        if option.get("type") != "null":
            return _whole(option, known)
    found: dict[str, Any] = known.get(schema["$ref"].rpartition("/")[2], {}) if "$ref" in schema else schema
    return found


def _kind(schema: dict[str, Any], known: dict[str, Any]) -> str:
    """The kind of a value in a word or two; its choices where it has some."""
    whole = _whole(schema, known)
    if "enum" in whole:
        return " | ".join("null" if choice is None else str(choice) for choice in whole["enum"])
    kind = whole.get("type", "")
    if kind == "array":
        return f"[{_kind(whole.get('items', {}), known)}]"
    name = whole.get("format") or (" | ".join(kind) if isinstance(kind, list) else kind)
    is_open = any(option.get("type") == "null" for option in schema.get("anyOf", []))
    return f"{name} | null" if is_open else name
