"""Evidence as JSON: to keep it, and to give the sample organisation evidence without any look-up."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from sekisho.core.facts import Evidence, Place
from sekisho.core.terms import Found

MAX_BYTES = 64 << 20
"""A file of evidence for about 300,000 addresses; more is a mistake."""

T = TypeVar("T")
D = TypeVar("D")

EMPTY = Evidence("")
FIELDS = ("ptr", "asn", "as_name", "as_domain", "lists_asked", "at")
PLACE_FIELDS = ("country", "city", "latitude", "longitude")


def to_json(evidence: Evidence) -> dict[str, object]:
    """The evidence as a JSON object; what is not known is left out."""
    said: dict[str, object] = {"address": evidence.address}
    for name in ("ptr_state", "confirmed"):
        if getattr(evidence, name) is not Found.UNKNOWN:
            said[name] = getattr(evidence, name).value
    for name in FIELDS:
        if getattr(evidence, name) != getattr(EMPTY, name):
            said[name] = getattr(evidence, name)
    for name in PLACE_FIELDS:
        if getattr(evidence.place, name) not in ("", None):
            said[name] = getattr(evidence.place, name)
    if evidence.listed:
        said["listed"] = list(evidence.listed)
    return said


def from_json(value: object) -> Evidence:
    """The evidence that `to_json` wrote; raises ValueError where a field is unknown or of another type."""
    if not isinstance(value, dict):
        raise ValueError("evidence is not a JSON object")  # noqa: TRY004 (one error for all that is wrong with it)
    said = dict(value)
    evidence = Evidence(
        address=_take(said, "address", str, ""),
        ptr_state=Found(_take(said, "ptr_state", str, "unknown")),
        ptr=_take(said, "ptr", str, ""),
        confirmed=Found(_take(said, "confirmed", str, "unknown")),
        place=Place(
            _take(said, "country", str, ""),
            _take(said, "city", str, ""),
            _take(said, "latitude", float, None),
            _take(said, "longitude", float, None),
        ),
        asn=_take(said, "asn", int, 0),
        as_name=_take(said, "as_name", str, ""),
        as_domain=_take(said, "as_domain", str, ""),
        listed=tuple(str(name) for name in _take(said, "listed", list, [])),
        lists_asked=_take(said, "lists_asked", int, 0),
        at=_take(said, "at", int, 0),
    )
    if said or not evidence.address:
        raise ValueError(f"evidence has unknown fields {sorted(said)}" if said else "evidence has no address")
    return evidence


def _take(said: dict[str, object], name: str, kind: type[T], default: D) -> T | D:
    value = said.pop(name, default)
    if value is default:
        return default
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise ValueError(f"{name} must be {kind.__name__}; it is {value!r}")
    return value


def read_known(path: Path) -> dict[str, Evidence]:
    """The evidence in a file (a JSON array), by address; raises ValueError where it is none, OSError as usual."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path} is larger than {MAX_BYTES} bytes")
    try:
        return {evidence.address: evidence for evidence in map(from_json, _array(path.read_text(encoding="utf-8")))}
    except ValueError as error:
        raise ValueError(f"{path} holds no evidence: {error}") from error


def _array(text: str) -> list[object]:
    values = json.loads(text)
    if not isinstance(values, list):
        raise ValueError("it is not a JSON array")  # noqa: TRY004 (as above)
    return values


def write_known(path: Path, evidence: Iterable[Evidence]) -> None:
    """Writes the evidence, one line an address; `read_known` reads it."""
    lines = (json.dumps(to_json(e), ensure_ascii=False, separators=(",", ":")) for e in evidence)
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
