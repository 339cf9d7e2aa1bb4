"""Sums by address, where what is told of senders begins: what stands in `host` is joined to them, not to millions of facts."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from sekisho.core.terms import Class
from sekisho.store.sql import SPLIT, Where

HEAD = (
    f"(SELECT host, {SPLIT}, SUM(CASE WHEN dkim_aligned + spf_aligned > 0 THEN messages ELSE 0 END) AS passed,"
    " MIN(day) AS first_day, MAX(day) AS last_day FROM fact WHERE "
)
TAIL = " GROUP BY host)"
"""What stands before and behind the conditions, whatever they are: a store may have these sums at hand."""


def by_host(w: Where) -> Where:
    """A table to ask of: by `host` the four sums of `Split`, `passed`, `first_day` and `last_day`."""
    return Where(f"{HEAD}{w.text}{TAIL}", w.values)


def is_shared(conditions: str) -> bool:
    """Whether several questions are likely to begin with these sums, and they cost something: not with those of a few senders."""
    return "klass" not in conditions and "host IN" not in conditions


def made(w: Where) -> Where:
    """The same sums by a quicker way for many facts, as a question of its own.

    Messages that pass are normal, so classes need to be told of the few that fail only.
    """
    every = (
        f"SELECT host, SUM(messages) AS total, MIN(day) AS first_day, MAX(day) AS last_day FROM fact WHERE {w.text} GROUP BY host"
    )
    classes = ", ".join(f"SUM(CASE WHEN klass = '{name}' THEN messages ELSE 0 END) AS {name}" for name in _WORSE)
    failed = (
        f"SELECT host, SUM(messages) AS failed, {classes} FROM fact WHERE {w.text} AND dkim_aligned = 0 AND spf_aligned = 0"
        " GROUP BY host"
    )
    told = ", ".join(f"COALESCE({name}, 0) AS {name}" for name in _WORSE)
    normal = f"total - COALESCE({' + '.join(_WORSE)}, 0) AS normal"
    return Where(
        f"SELECT a.host AS host, {normal}, {told}, total - COALESCE(failed, 0) AS passed,"
        f" first_day, last_day FROM ({every}) a LEFT JOIN ({failed}) f ON f.host = a.host",
        (*w.values, *w.values),
    )


_WORSE = tuple(k.value for k in Class if k is not Class.NORMAL)
