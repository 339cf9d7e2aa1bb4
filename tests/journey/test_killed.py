"""An ingest killed at any moment loses no report and counts none twice."""

from __future__ import annotations

import csv
import io
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import environment, sekisho

REPORTS = 2000
KILLS = 20


def _fill(folder: Path) -> tuple[list[Path], Counter[str]]:
    """2,000 report mails in twenty folders; returns these, and the messages each report holds."""
    sums: Counter[str] = Counter()
    parts = [folder / f"{part:02}" for part in range(KILLS)]
    for number in range(REPORTS):
        counts = [1 + (number * 7 + k) % 50 for k in range(1 + number % 4)]
        records = [record(f"192.0.2.{(number + k) % 250 + 1}", n, dkim="fail" if k else "pass") for k, n in enumerate(counts)]
        part = parts[number * KILLS // REPORTS]
        part.mkdir(exist_ok=True)
        (part / f"{number:04}.eml").write_bytes(report_mail(report_xml(number, records, day=20600 + number % 90)))
        sums[f"receiver.example.{number}"] = sum(counts)
    return parts, sums


def _killed(home: Path, paths: list[Path], dice: random.Random, longest: float) -> None:
    """Ends an ingest in its middle; one that was quicker is begun again, and killed sooner."""
    argv = [sys.executable, "-m", "sekisho", "ingest", "--adopt", *map(str, paths)]
    while True:
        process = subprocess.Popen(argv, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=dice.uniform(0.1, longest))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return
        longest = max(longest * 0.7, 0.15)


@pytest.mark.slow
def test_no_report_is_lost_and_none_counts_twice_when_ingest_is_killed(tmp_path: Path) -> None:
    mails, home = tmp_path / "mails", tmp_path / "home"
    mails.mkdir()
    parts, expected = _fill(mails)
    started = time.monotonic()
    sekisho(tmp_path / "trial", ["ingest", "--adopt", mails], check=True)
    whole = time.monotonic() - started
    dice = random.Random(20261124)
    for number in range(KILLS):
        _killed(home, parts[: number + 1], dice, whole)
    final = sekisho(home, ["ingest", "--adopt", mails])
    assert final.returncode == 0, final.stderr
    rows = list(csv.DictReader(io.StringIO(sekisho(home, ["export", "records"], check=True).stdout)))
    found: Counter[str] = Counter()
    for row in rows:
        found[row["report_id"]] += int(row["count"])
    assert found == expected
    assert len({(row["report_id"], row["row"]) for row in rows}) == len(rows)
