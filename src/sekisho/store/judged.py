"""Verdicts in: kept once a flow with their reasons, copied into the facts for fast sums; and what is erased."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
import json.encoder
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice

from sekisho.core.terms import Class
from sekisho.store.base import Judged
from sekisho.store.duck import Duck, Row
from sekisho.store.sql import Where, clean, marks

PIECE = 4_000
"""Verdicts handed to the engine at a time; some kB each."""
AT_ONCE = 40_000
"""Verdicts that are looked up among addresses, flows and facts at a time: each time costs a walk through all of these."""

_DRESS = """
CREATE OR REPLACE TEMP TABLE s_verdict AS
SELECT s.org, s.domain, h.id AS host, s.way, s.klass, s.confidence, s.because, s.advice,
  COALESCE(f.klass, '') AS klass_before, COALESCE(f.was, '') AS was_before
FROM s_judged s JOIN host h ON h.source_ip = s.source_ip
LEFT JOIN flow f ON f.org = s.org AND f.domain = s.domain AND f.host = h.id AND f.way = s.way
"""
_COUNT = "SELECT COUNT(*) FILTER (klass_before <> klass), COUNT(*) FILTER (klass_before <> '') FROM s_verdict"
_CHANGES = """
INSERT INTO change SELECT org, ?, domain, host, way, klass_before, klass, ? FROM s_verdict
WHERE klass_before <> '' AND klass_before <> klass
"""
_AGAIN = """
UPDATE flow SET klass = s.klass, confidence = s.confidence, because = s.because, advice = s.advice, judged_at = ?,
  was = CASE WHEN s.klass_before <> s.klass THEN s.klass_before ELSE s.was_before END
FROM s_verdict s
WHERE flow.org = s.org AND flow.domain = s.domain AND flow.host = s.host AND flow.way = s.way
  AND (flow.klass <> s.klass OR flow.confidence <> s.confidence OR flow.because <> s.because OR flow.advice <> s.advice)
"""
_FIRST = """
INSERT INTO flow SELECT org, domain, host, way, klass, confidence, because, advice, ?, '' FROM s_verdict WHERE klass_before = ''
"""
_FACTS = """
UPDATE fact SET klass = s.klass, confidence = s.confidence FROM s_verdict s
WHERE fact.org = s.org AND fact.domain = s.domain AND fact.host = s.host AND fact.way = s.way
  AND fact.dkim_aligned + fact.spf_aligned = 0 AND (fact.klass <> s.klass OR fact.confidence <> s.confidence)
"""


def judged(duck: Duck, verdicts: Iterable[Judged], at: int, why: str) -> int:
    """See `Store.judged`: returns flows whose class is new or another. Of two verdicts on one flow the later counts."""
    changed = 0
    rows = ((verdict.key, _row(verdict)) for verdict in verdicts)
    staged: set[int] = set()
    """Hashes of flows: the keys themselves would take some MB."""
    with duck.transaction():
        duck.write("TRUNCATE s_judged")
        while part := dict(islice(rows, PIECE)):
            if len(staged) + len(part) > AT_ONCE or not staged.isdisjoint(map(hash, part)):
                changed += _write(duck, len(staged), at, why)
                staged.clear()
            duck.append("s_judged", list(part.values()))
            staged.update(map(hash, part))
        if staged:
            changed += _write(duck, len(staged), at, why)
    return changed


def _write(duck: Duck, rows: int, at: int, why: str) -> int:
    """Writes the staged verdicts; what stands already is only looked at where something does."""
    duck.write(_DRESS)
    duck.write("TRUNCATE s_judged")
    ((changed, again),) = duck.write(_COUNT)
    if again:
        duck.write(_CHANGES, (at, clean(why)))
        duck.write(_AGAIN, (at,))
    if again < rows:
        duck.write(_FIRST, (at,))
    duck.write(_FACTS)
    duck.write("TRUNCATE s_verdict")
    return int(changed)


def _row(judged: Judged) -> Row:
    """The columns of `s_judged`."""
    org, domain, source_ip, way = judged.key
    verdict = judged.verdict
    reasons = [_because(r.code, r.toward, r.weight, *r.values.items()) for r in verdict.because]
    because = f"[{','.join(reasons)}]"
    return (org, clean(domain), clean(source_ip), way, str(verdict.klass), verdict.confidence, because, clean(verdict.advice))


@lru_cache(maxsize=8192)
def _because(code: str, toward: Class | None, weight: int, *values: tuple[str, str | int]) -> str:
    """A reason as compact JSON in ASCII; by hand, for there are several a flow and the encoder takes ten times as long."""
    text = ",".join([f"{_text(name)}:{_number_or_text(value)}" for name, value in values])
    head = f'{{"code":{_text(code)},"toward":{_text(str(toward) if toward else "")},"weight":{weight},"values":'
    return f"{head}{{{text}}}}}"


def _number_or_text(value: str | int) -> str:
    if isinstance(value, str):
        return _text(value)
    return str(value) if type(value) is int else json.dumps(value)


_text = json.encoder.encode_basestring_ascii
"""A string as JSON in ASCII."""


def erase(duck: Duck, org: int, domain: str | None, before_day: int | None, but: Sequence[str] = ()) -> int:
    """See `Store.erase`. What was said by nobody else any more goes too: addresses, ways, flows without facts."""
    of = Where("org = ?", (org,))
    if domain is not None:
        of = of.but("domain = ?", domain)
    if but:
        of = of.but(f"domain NOT IN ({marks(but)})", *but)
    old = of if before_day is None else of.but("day < ?", before_day)
    with duck.transaction():
        ((removed,),) = duck.write(f"DELETE FROM fact WHERE {old.text}", old.values)
        for table in ("report", "tls_report", "tls_policy"):
            duck.write(f"DELETE FROM {table} WHERE {old.text}", old.values)
        if before_day is None:
            for table in ("flow", "change", "touched"):
                duck.write(f"DELETE FROM {table} WHERE {of.text}", of.values)
        else:
            duck.write(_FLOWS_WITHOUT_FACTS, [org])
            duck.write(_CHANGES_WITHOUT_FLOWS, [org])
        duck.write("DELETE FROM host WHERE id NOT IN (SELECT host FROM fact)")
        duck.write("DELETE FROM way WHERE key NOT IN (SELECT way FROM fact)")
    return int(removed)


_FLOWS_WITHOUT_FACTS = """
DELETE FROM flow WHERE org = ? AND NOT EXISTS (
  SELECT 1 FROM fact f WHERE f.org = flow.org AND f.domain = flow.domain AND f.host = flow.host AND f.way = flow.way)
"""
_CHANGES_WITHOUT_FLOWS = """
DELETE FROM change WHERE org = ? AND NOT EXISTS (
  SELECT 1 FROM flow f WHERE f.org = change.org AND f.domain = change.domain AND f.host = change.host AND f.way = change.way)
"""
