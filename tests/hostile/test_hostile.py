"""Hostile deliveries are ended with their reason, in bounded memory, and the program goes on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import sekisho
from tests.hostile.cases import CASES, Case
from tests.hostile.trial import tried

PEAK_MIB = 200


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_ended_with_its_reason_in_bounded_memory(case: Case) -> None:
    cost = tried(case)
    assert (cost.outcome, case.says in cost.reason) == (case.outcome, True), cost
    assert cost.peak_mib <= PEAK_MIB, cost


QUICK = ("billion", "external", "zip bomb, nested", "gzip in", "1,000 nested", "NUL in", "lone", "UTF-16", "count of", "mail with")
AMONG = tuple(case for case in CASES if case.name.startswith(QUICK))


@pytest.mark.slow
def test_all_of_them_at_once_disturb_no_good_report(tmp_path: Path) -> None:
    folder, home = tmp_path / "mails", tmp_path / "home"
    folder.mkdir()
    for number, case in enumerate(AMONG):
        (folder / f"{number:03}-bad").write_bytes(case.make())
        good = report_xml(1000 + number, [record("192.0.2.1", 2)])
        (folder / f"{number:03}-good.eml").write_bytes(report_mail(good))
    done = sekisho(home, ["ingest", "--adopt", "--list", "--format", "json", folder])
    told = {Path(file["name"]).name: file for file in json.loads(done.stdout)["files"]}
    assert all(told[f"{number:03}-good.eml"]["outcome"] == "kept" for number in range(len(AMONG)))
    for number, case in enumerate(AMONG):
        found = told[f"{number:03}-bad"]
        assert found["outcome"] in (case.outcome, "duplicate" if case.outcome == "kept" else ""), (case.name, found)
        assert found["reason"] or found["outcome"] in ("kept", "duplicate")
    assert "Traceback" not in done.stderr
