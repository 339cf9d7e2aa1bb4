"""From the words of other tools to ours: their values become the elements a report would have, and go through the same reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from sekisho.core.limits import DEFAULT
from sekisho.core.reports.number import LATEST
from sekisho.core.reports.record import read_said
from sekisho.core.reports.tree import Node
from sekisho.core.reports.values import Said

Object = Mapping[str, object]
NO_SELECTOR = "none"
"""What parsedmarc writes where a DKIM result has no selector."""


def text_of(value: object) -> str:
    """A value as text: numbers in digits, of a list the first, nothing for nothing."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return text_of(value[0]) if value else ""
    if isinstance(value, dict):
        return text_of(value.get("#text"))  # parsedmarc leaves some elements with attributes like this
    return ""


def object_of(value: object) -> Object:
    """The value where it is an object, of a list the first; else an empty one."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> Sequence[object]:
    """The value where it is a list; a single one as a list of one."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def leaf(name: str, value: object) -> Node:
    """An element with text."""
    node = Node(name)
    node.text = text_of(value)
    return node


def branch(name: str, *children: Node) -> Node:
    """An element with elements."""
    node = Node(name)
    node.children.extend(children)
    return node


def leaves(name: str, values: Object, names: Mapping[str, str]) -> Node:
    """An element with one element for each of the names that has a value; `names` tells theirs for ours."""
    return branch(name, *(leaf(ours, values[theirs]) for ours, theirs in names.items() if values.get(theirs) is not None))


_SAME = {"domain": "domain", "result": "result", "human_result": "human_result"}
_IDENTIFIERS = {name: name for name in ("header_from", "envelope_from", "envelope_to")}


def said_of(record: Object) -> Said:
    """What a record of parsedmarc's form says; equal ones are the same object, as from the reader of reports."""
    evaluated = object_of(record.get("policy_evaluated"))
    results = object_of(record.get("auth_results"))
    return read_said(
        branch(
            "record",
            branch(
                "row",
                branch(
                    "policy_evaluated",
                    leaf("disposition", evaluated.get("disposition")),
                    leaf("dkim", evaluated.get("dkim")),
                    leaf("spf", evaluated.get("spf")),
                    *(_reason(reason) for reason in list_of(evaluated.get("policy_override_reasons"))),
                ),
            ),
            leaves("identifiers", object_of(record.get("identifiers")), _IDENTIFIERS),
            branch(
                "auth_results",
                *(_dkim(result) for result in list_of(results.get("dkim"))),
                *(leaves("spf", object_of(result), _SAME | {"scope": "scope"}) for result in list_of(results.get("spf"))),
            ),
        ),
        DEFAULT,
    )


def _reason(reason: object) -> Node:
    """A reason, always with a type: without children it would be read as plain text."""
    values = object_of(reason)
    return branch("reason", leaf("type", values.get("type")), leaf("comment", values.get("comment")))


def _dkim(result: object) -> Node:
    values = dict(object_of(result))
    if values.get("selector") == NO_SELECTOR:
        del values["selector"]
    return leaves("dkim", values, _SAME | {"selector": "selector"})


def moment(text: str, zone: tzinfo) -> int:
    """Unix seconds of a date and time as text; in `zone` where it names none; 0 where it is no time."""
    try:
        when = datetime.fromisoformat(text.strip()[:40])
        seconds = int((when if when.tzinfo else when.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError):
        return 0
    return seconds if 0 < seconds < LATEST else 0
