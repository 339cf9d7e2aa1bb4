"""Answers about the ways of authentication of a domain's mail."""

from __future__ import annotations

from sekisho.core.facts import Way
from sekisho.core.ways import way_from_text
from sekisho.store.sql import Ask

_WAYS = """
SELECT w.words, f.n FROM (
  SELECT way, SUM(messages) AS n FROM fact WHERE org = ? AND domain = ? GROUP BY way ORDER BY n DESC, way LIMIT ?
) f JOIN way w ON w.key = f.way ORDER BY f.n DESC, w.words
"""


def ways(ask: Ask, org: int, domain: str, limit: int) -> list[tuple[Way, int]]:
    """See `Store.ways`."""
    return [(way_from_text(words), int(n)) for words, n in ask(_WAYS, (org, domain, limit))]
