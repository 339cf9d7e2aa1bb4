"""What the OpenAPI description says beside the operations: the introduction, problems, and deliveries."""

from __future__ import annotations

from typing import Any

from sekisho.registry.tokens import INGEST
from sekisho.web.api.deliveries import MAX_BYTES, MAX_FILES

TEXT = (
    "Everything that the pages of Sekisho show and change, for programs. Show a token: `Authorization: Bearer TOKEN`. "
    "A token belongs to one organisation, is good for what its scopes say (`x-sekisho-scope` at each operation), ends after a "
    "year unless another time was chosen, and never opens more than the person who made it may do at the moment. "
    "Filters are those of the pages; what cannot be understood is refused (422) and never left out. "
    "Refusals are problems (RFC 9457) in the language of `Accept-Language`. Answers to GET carry an `ETag`."
)
PROBLEM = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "detail"],
                "properties": {"where": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
ERROR = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
ACCEPTED = {
    "type": "object",
    "required": ["deliveries"],
    "properties": {
        "deliveries": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "state", "url"],
                "properties": {
                    "id": {"type": "integer"},
                    "name": {"type": "string"},
                    "state": {"type": "string", "enum": ["waiting"]},
                    "url": {"type": "string"},
                },
            },
        }
    },
}
BECOME = {
    "type": "object",
    "required": ["id", "name", "state", "outcome", "reason", "reports", "records", "messages", "received", "url"],
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "state": {"type": "string", "enum": ["waiting", "done"]},
        "outcome": {"type": ["string", "null"], "enum": ["kept", "duplicate", "not_a_report", "broken", "stray", None]},
        "reason": {"type": "string"},
        "reports": {"type": "integer"},
        "records": {"type": "integer"},
        "messages": {"type": "integer"},
        "received": {"type": "string", "format": "date-time"},
        "url": {"type": "string"},
    },
}


def _answer(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


_REFUSED = {status: _answer(text, ERROR) for status, text in ((401, "No good token"), (429, "Too many without a good token"))}
_MISSING = _answer("No such delivery of this token", ERROR)
_MISSING["content"]["application/problem+json"] = {"schema": {"$ref": "#/components/schemas/Problem"}}
_BINARY: dict[str, Any] = {"type": "string", "format": "binary"}
DELIVER: dict[str, Any] = {
    "operationId": "deliver",
    "summary": "Delivers reports: the body as it is, or the files of a form.",
    "description": (
        f"Mails, archives and plain reports of at most {MAX_BYTES >> 20} MiB; at most {MAX_FILES} files. "
        "They are kept durably before the answer and read afterwards."
    ),
    "tags": ["Delivery"],
    "x-sekisho-scope": INGEST,
    "security": [{"TokenAuth": []}],
    "parameters": [{"in": "query", "name": "name", "required": False, "schema": {"type": "string"}, "description": "File name."}],
    "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": _BINARY}}},
    "responses": {
        202: _answer("Kept; it will be read", ACCEPTED),
        400: _answer("Empty, or a form that cannot be read", ERROR),
        413: _answer("Too large", ERROR),
        503: _answer("Much waits to be read; see Retry-After", ERROR),
        **_REFUSED,
    },
}
DELIVERY: dict[str, Any] = {
    "operationId": "delivery",
    "summary": "What became of a delivery that was made with this token.",
    "tags": ["Delivery"],
    "x-sekisho-scope": INGEST,
    "security": [{"TokenAuth": []}],
    "parameters": [{"in": "path", "name": "number", "required": True, "schema": {"type": "integer", "minimum": 0}}],
    "responses": {200: _answer("OK", BECOME), 404: _MISSING, **_REFUSED},
}


def complete(schema: dict[str, Any]) -> None:
    """Adds what is not an operation of the framework."""
    schema["paths"]["/api/v1/deliveries"] = {"post": DELIVER}
    schema["paths"]["/api/v1/deliveries/{number}"] = {"get": DELIVERY}
    schema["components"].setdefault("schemas", {})["Problem"] = PROBLEM
