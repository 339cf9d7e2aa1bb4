"""What went wrong, as JSON for programs and in the language of the asker (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.forms import Form
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Schema

CONTENT_TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("The request cannot be understood."),
    401: gettext_lazy("A token is needed: Authorization: Bearer TOKEN."),
    403: gettext_lazy("This may not be done with this token or role."),
    404: gettext_lazy("There is no such thing here."),
    405: gettext_lazy("This address does not take this method."),
    409: gettext_lazy("This does not fit what is there."),
    413: gettext_lazy("The request is too large."),
    415: gettext_lazy("The body must be JSON."),
    422: gettext_lazy("Some values cannot be used."),
    429: gettext_lazy("Too many requests. Come back later."),
    503: gettext_lazy("This cannot be answered at the moment."),
}
MAX_ERRORS = 50
"""Wrong values that one answer tells of."""


class Problem(Exception):
    """An answer that is no success; `detail` is for people, `errors` says which values are wrong and why."""

    def __init__(self, status: int, detail: str = "", *, errors: Sequence[tuple[str, str]] = (), **headers: str) -> None:
        super().__init__(status, detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers

    def response(self) -> JsonResponse:
        """The problem as a response."""
        body: dict[str, object] = {"type": "about:blank", "title": str(TITLES[self.status]), "status": self.status}
        if self.detail:
            body["detail"] = self.detail
        if self.errors:
            body["errors"] = [{"where": where, "detail": text} for where, text in self.errors[:MAX_ERRORS]]
        headers = {name.replace("_", "-"): value for name, value in self.headers.items()}
        headers = {"Cache-Control": "no-store", **headers}
        return JsonResponse(body, status=self.status, content_type=CONTENT_TYPE, headers=headers)


def missing() -> Problem:
    """404; of what belongs to others it says the same."""
    return Problem(404)


def needs(scope: str) -> Problem:
    """403, naming the scope that the token or role lacks."""
    return Problem(403, _("The scope “%(scope)s” is needed.") % {"scope": scope})


def accepted(form: Form) -> None:
    """Raises a problem (422) for what the form of the page refuses."""
    if not form.is_valid():
        raise Problem(422, errors=[(name, str(text)) for name, some in form.errors.items() for text in some])


def unknown(names: Iterable[str]) -> None:
    """Raises a problem (422) where settings are named that are none."""
    wrong = [(name, _("There is no such setting.")) for name in names]
    if wrong:
        raise Problem(422, errors=wrong)


def chosen(body: Schema) -> dict[str, Any]:
    """What a body changes, by name; a problem (422) where that is nothing."""
    given = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    if not given:
        raise Problem(422, _("Say what is to be changed."))
    return given
