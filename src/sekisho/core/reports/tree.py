"""The elements of an aggregate report, as small trees, and the quickest way from plain text to one."""

from __future__ import annotations

import re

CONTAINERS = (
    "feedback", "report_metadata", "date_range", "policy_published", "record", "row", "policy_evaluated",
    "reason", "identifiers", "auth_results", "dkim", "spf",
)  # fmt: skip
_LEAVES = (
    "version", "org_name", "email", "extra_contact_info", "report_id", "begin", "end", "error", "generator",
    "domain", "discovery_method", "p", "sp", "np", "adkim", "aspf", "pct", "fo", "testing",
    "source_ip", "count", "disposition", "type", "comment", "envelope_to", "envelope_from", "header_from",
    "selector", "result", "human_result", "scope",
)  # fmt: skip
_ALIASES = {"identities": "identifiers", "sourceip": "source_ip", "ip_address": "source_ip", "headerfrom": "header_from"}

NAMES = {name: name for name in (*CONTAINERS, *_LEAVES)}
"""The elements of a report (RFC 7489, App. C; RFC 9990, 3.1.1)."""
PARTS = frozenset(("version", "report_metadata", "policy_published", "record"))
"""The elements that are handed over as trees."""


def local_name(tag: str) -> str:
    """The name without prefix in lower case, a wrong name that is known put right."""
    name = tag.rpartition(":")[2].lower().replace("-", "_")
    return _ALIASES.get(name, name)


class Node:
    """An element with its text and its child elements; `name` is the local name in lower case."""

    __slots__ = ("children", "name", "text")

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.children: list[Node] = []

    def all(self, name: str) -> list[Node]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]


_SIMPLE = re.compile(r"<([a-z_]+)>([^<>&\r]*)</\1>|<(/?)([a-z_]+)>").findall
_UNSURE = re.compile(r"[&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]").search
HOLDERS = frozenset(
    ("report_metadata", "date_range", "policy_published", "record", "row", "policy_evaluated", "reason", "identifiers")
)
"""Elements whose own text nobody asks for when they have children. `dkim` and `spf` are values in one place and hold others in
another, so they may only be the outermost."""
_DEEP = 20


def simple_tree(text: str, most: int, longest: int) -> Node | None:
    """The tree that expat and a `Collector` would give for one element and blanks around it, or None where that is not certain.

    Understood are known names without attributes, and text without markup: there, well-formed means that each element is closed in
    its turn. At most `most` elements, and values of `longest` characters. Text beside elements is left out: nobody asks for it.
    """
    outer = Node("")
    stack = [outer]
    tags = 0
    for leaf, value, slash, name in _SIMPLE(text):
        if leaf:
            tags += 2
            if leaf not in NAMES or len(value) > longest:
                return None
            node = Node(leaf)
            node.text = value
            stack[-1].children.append(node)
        elif slash:
            tags += 1
            closed = stack.pop()
            if closed.name != name or not stack or not closed.children:  # without children it has a text not understood
                return None
        else:
            tags += 1
            if name not in HOLDERS and (len(stack) > 1 or name not in ("dkim", "spf")):
                return None
            if len(stack) > _DEEP:
                return None
            node = Node(name)
            stack[-1].children.append(node)
            stack.append(node)
    if len(stack) != 1 or len(outer.children) != 1 or tags > 2 * most:
        return None
    if text.count("<") != tags or text.count(">") != tags or _UNSURE(text):
        return None
    text = text.strip(_WHITE)
    return outer.children[0] if text[0] == "<" and text[-1] == ">" else None


_WHITE = " \t\n\r"
