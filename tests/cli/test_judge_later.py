"""`sekisho ingest --judge-later` only stores, and `sekisho judge` then makes of it what `sekisho ingest` makes at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from sekisho.core.reports.write import write_aggregate
from sekisho.sample.bulk import Size, bulk_reports
from tests.cli.run import sekisho

FACTS = """
SELECT f.org, f.report, f.row_no, h.source_ip, f.way, f.messages, f.klass, f.confidence FROM fact f JOIN host h ON h.id = f.host
"""
FLOWS = """
SELECT f.org, f.domain, h.source_ip, f.way, f.klass, f.confidence, f.because, f.advice, f.was, h.sgroup, h.known
FROM flow f JOIN host h ON h.id = f.host
"""
pytestmark = pytest.mark.slow


def told(home: Path, sql: str) -> Counter[tuple[Any, ...]]:
    """The rows of a question to the facts of a home, in any order."""
    with duckdb.connect(str(home / "facts.duckdb"), read_only=True) as facts:
        return Counter(facts.execute(sql).fetchall())


def test_judging_later_makes_the_same_of_it(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    reports = bulk_reports(3, Size(4000, 20_700, days=20, domains=3, reporters=5, addresses=400))
    for number, report in enumerate(reports):
        (files / f"{number}.xml").write_bytes(b"".join(write_aggregate(report)))
    at_once, later = tmp_path / "once", tmp_path / "later"
    for home, options in ((at_once, ()), (later, ("--judge-later",))):
        home.mkdir()
        sekisho(home, ["org", "add", "acme"], check=True)
        sekisho(home, ["ingest", "--adopt", *options, files], check=True)

    stored = "SELECT report, row_no, way, messages FROM fact"
    assert told(later, stored) == told(at_once, stored)
    assert sum(told(later, stored).values()) == 4000
    failing = "SELECT DISTINCT klass, confidence FROM fact WHERE dkim_aligned + spf_aligned = 0"
    assert set(told(later, failing)) == {("failing", 0.0)}
    assert not told(later, FLOWS)
    assert told(later, "SELECT DISTINCT domain FROM touched")
    assert not told(at_once, "SELECT domain FROM touched")

    sekisho(later, ["judge"], check=True)
    assert {klass for (_, _, _, _, klass, *_) in told(later, FLOWS)} >= {"spoof", "forwarded"}
    assert told(later, FLOWS) == told(at_once, FLOWS)
    assert told(later, FACTS) == told(at_once, FACTS)
    assert not told(later, "SELECT domain FROM touched")
