"""The results in an Authentication-Results field (RFC 8601, 2.2), as far as a failure report tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sekisho.core.names import normal

MOST = 50
"""Results taken of one report."""
_LONGEST = 2048
_COMMENT = re.compile(r"\([^()]*\)")
_NESTED = 4
"""Comments within comments that are taken away."""
_RESULT = re.compile(r"\s*([a-z0-9-]{1,40})(?:\s*/\s*\d+)?\s*=\s*([a-z]{1,20})", re.IGNORECASE).match
_PROPERTY = re.compile(r"\b([a-z]{1,20}\.[a-z_-]{1,40})\s*=\s*(\"[^\"]*\"|[^\s;\"]+)", re.IGNORECASE)
_NAMED_BY = {
    "dkim": ("header.d", "header.i"),
    "spf": ("smtp.mailfrom", "smtp.mail", "smtp.helo", "smtp.ehlo"),
    "dmarc": ("header.from",),
}
"""The properties that say which domain a result is about, the telling one first."""


class Result(NamedTuple):
    """One result: method and result in lower case, and the domain it is about (empty where it is not said)."""

    method: str
    result: str
    domain: str = ""


def auth_results(values: Iterable[str]) -> tuple[Result, ...]:
    """The results in the values of such fields; what is none is left out."""
    found: list[Result] = []
    for value in values:
        text = value[:_LONGEST]
        for _ in range(_NESTED):
            text = _COMMENT.sub(" ", text)
        found += [result for piece in text.split(";") if (result := _result(piece)) is not None]
    return tuple(found[:MOST])


def _result(piece: str) -> Result | None:
    said = _RESULT(piece)
    if said is None:
        return None
    method = said[1].lower()
    told = {name.lower(): value.strip('"') for name, value in _PROPERTY.findall(piece)}
    name = next((told[key] for key in _NAMED_BY.get(method, ()) if key in told), "")
    return Result(method, said[2].lower(), normal(name.rpartition("@")[2].strip("<>")[:253]))
