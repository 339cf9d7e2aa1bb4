"""Failure reports: in short and redacted; without redaction only for a reason, which is written down with the person."""

from __future__ import annotations

from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field
from typing_extensions import TypedDict

from sekisho.registry import failures as registry
from sekisho.registry.models import Failure
from sekisho.registry.tokens import FAILURES
from sekisho.web import exports
from sekisho.web.api.access import ApiRequest
from sekisho.web.api.operations import Number, Section
from sekisho.web.api.problems import Problem, missing
from sekisho.web.api.queries import DOMAINS, PAGES, RANGE, strict
from sekisho.web.api.tables import ROWS, page, rows_of
from sekisho.web.pages import failures as failure_pages

failures = Section("Failure reports")
Row = dict[str, object]


class Field_(TypedDict):  # noqa: N801 - `Field` is pydantic's
    """A header field."""

    name: str
    value: str


class Message(TypedDict):
    """What the report says of the message."""

    is_redacted: bool
    headers: list[Field_]
    """Of the message."""
    fields: list[Field_]
    """Of the report."""
    text: str
    notes: list[str]


class Looked(TypedDict):
    """Who had the report shown without redaction, and why."""

    person: str
    at: str
    why: str


_make: Any = TypedDict
FailureShape = _make("FailureWithMessage", {"failure": ROWS["failures"], "message": Message | None, "looks": list[Looked]})
"""A failure report; `message` is none where its bytes are gone."""


class Why(Schema):
    """Why the report has to be seen without redaction."""

    why: Annotated[str, Field(min_length=1, max_length=registry.MAX_WHY, pattern=r"\S")]


@failures.get("/failures", page("failures", has_sums=False), parameters=(*RANGE, *DOMAINS, *PAGES))
def list_failures(request: ApiRequest) -> Row:
    """Failure reports in short, without anything personal; the newest first."""
    state = strict(failure_pages.asked_until_now(request)).state
    rows = registry.between(request.org.pk, state.first, state.last, state.domain)
    some = rows[(state.page - 1) * state.size : state.page * state.size]
    return {"items": rows_of("failures", some), "total": rows.count(), "page": state.page, "size": state.size}


@failures.get("/failures/{int:number}", FailureShape)
def failure(request: ApiRequest, number: Number) -> Row:
    """A failure report with its message, people in it blacked out."""
    return _shape(_mine(request, number), is_lifted=False)


@failures.change("POST", "/failures/{int:number}/look", FailureShape, scope=FAILURES)
def look_at_failure(request: ApiRequest, number: Number, body: Why) -> Row:
    """The same without redaction; who looked, when and why is kept for good.

    A token made at the shell of the machine has no person whose name could be written down, so it may not.
    """
    found, person = _mine(request, number), request.auth.person
    if person is None:
        raise Problem(403, _("Only a person, or a token that a person has made, may see this without redaction."))
    registry.look(found, person, body.why.strip())
    return _shape(found, is_lifted=True)


def _mine(request: ApiRequest, number: int) -> Failure:
    found = registry.one(request.org.pk, number)
    if found is None:
        raise missing()
    return found


def _shape(found: Failure, *, is_lifted: bool) -> Row:
    shown = failure_pages.shown_of(found, is_lifted=is_lifted)
    message = None
    if shown is not None:
        message = {
            "is_redacted": not is_lifted,
            "headers": [{"name": name, "value": value} for name, value in shown.headers],
            "fields": [{"name": name, "value": value} for name, value in shown.fields],
            "text": _joined(shown.lines),
            "notes": shown.notes,
        }
    looks = [{"person": str(look.person or ""), "at": exports.utc(look.at), "why": look.why} for look in registry.looks(found)]
    return {"failure": rows_of("failures", [found])[0], "message": message, "looks": looks}


def _joined(lines: list[tuple[str, str]]) -> str:
    """The text again of numbered lines; a line without number continues the one before."""
    text = ""
    for number, piece in lines:
        text += ("\n" if number and text else "") + piece
    return text
