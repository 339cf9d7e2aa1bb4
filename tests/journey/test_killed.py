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


def _fill(folder: Path) -> Counter[str]:
    """2,000 report mails; returns the messages each report holds."""
    sums: Counter[str] = Counter()
    for number in range(REPORTS):
        counts = [1 + (number * 7 + k) % 50 for k in range(1 + number % 4)]
        records = [record(f"192.0.2.{(number + k) % 250 + 1}", n, dkim="fail" if k else "pass") for k, n in enumerate(counts)]
        (folder / f"{number:04}.eml").write_bytes(report_mail(report_xml(number, records, day=20600 + number % 90)))
        sums[f"receiver.example.{number}"] = sum(counts)
    return sums


@pytest.mark.slow
def test_no_report_is_lost_and_none_counts_twice_when_ingest_is_killed(tmp_path: Path) -> None:
    mails, home = tmp_path / "mails", tmp_path / "home"
    mails.mkdir()
    expected = _fill(mails)
    started = time.monotonic()
    sekisho(tmp_path / "trial", ["ingest", "--adopt", mails], check=True)
    whole = time.monotonic() - started
    dice = random.Random(20261124)
    killed = 0
    for _ in range(KILLS):
        argv = [sys.executable, "-m", "sekisho", "ingest", "--adopt", str(mails)]
        process = subprocess.Popen(argv, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=dice.uniform(0.2, whole))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
    assert killed >= KILLS // 2
    final = sekisho(home, ["ingest", "--adopt", mails])
    assert final.returncode == 0, final.stderr
    rows = list(csv.DictReader(io.StringIO(sekisho(home, ["export", "records"], check=True).stdout)))
    found: Counter[str] = Counter()
    for row in rows:
        found[row["report_id"]] += int(row["count"])
    assert found == expected
    assert len({(row["report_id"], row["row"]) for row in rows}) == len(rows)
