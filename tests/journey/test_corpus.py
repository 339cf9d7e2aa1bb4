"""Every real report of the corpus comes in by the command line as its manifest says, and a second time changes nothing."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import sekisho

FOLDERS = ("aggregate", "mail")


@pytest.fixture(scope="module")
def manifest() -> list[dict[str, str]]:
    """The rows on files that `ingest` is given."""
    from tests.conftest import CORPUS

    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["file"].split("/")[0] in FOLDERS]


@pytest.fixture(scope="module")
def taken(manifest: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The home after the first run, and what the run said of each file."""
    from tests.conftest import CORPUS

    assert manifest
    home = tmp_path_factory.mktemp("corpus")
    done = sekisho(home, ["ingest", "--adopt", "--list", "--format", "json", *(CORPUS / folder for folder in FOLDERS)])
    assert done.returncode == 1, "some files are refused, which the status tells"
    assert "Traceback" not in done.stderr
    said = json.loads(done.stdout)
    return home, {str(Path(line["name"]).relative_to(CORPUS)): line for line in said["files"]}


@pytest.mark.slow
def test_every_file_gives_what_its_manifest_row_says(manifest: list[dict[str, str]], taken: tuple[Path, dict[str, Any]]) -> None:
    wrong = []
    for row in manifest:
        line = taken[1][row["file"]]
        if row["expect"].startswith("accept"):
            found = [str(line[name]) for name in ("reports", "records", "messages")]
            expected = [row[name] for name in ("reports", "records", "messages")]
            if line["outcome"] not in ("kept", "duplicate") or found != expected:
                wrong.append((row["file"], line, expected))
        elif line["outcome"] not in ("not_a_report", "broken") or len(line["reason"]) < 10:
            wrong.append((row["file"], line, "a reason"))
    assert not wrong


@pytest.mark.slow
def test_a_second_run_changes_nothing(manifest: list[dict[str, str]], taken: tuple[Path, dict[str, Any]]) -> None:
    from tests.conftest import CORPUS

    home = taken[0]
    before = sekisho(home, ["export", "records"], check=True).stdout
    done = sekisho(home, ["ingest", "--adopt", "--format", "json", *(CORPUS / folder for folder in FOLDERS)])
    outcomes = json.loads(done.stdout)["outcomes"]
    accepted = Counter(row["expect"].startswith("accept") for row in manifest)
    assert outcomes["kept"] == 0
    assert outcomes["duplicate"] == accepted[True]
    assert outcomes["not_a_report"] + outcomes["broken"] == accepted[False]
    assert sekisho(home, ["export", "records"], check=True).stdout == before


@pytest.mark.slow
def test_every_fact_has_a_class_and_reasons_and_the_columns_that_scripts_rely_on(taken: tuple[Path, dict[str, Any]]) -> None:
    text = sekisho(taken[0], ["export", "records", "--format", "csv"], check=True).stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    assert text.splitlines()[0] == (
        "day,domain,org_name,report_id,row,source_ip,header_from,envelope_from,count,disposition,dkim_aligned,spf_aligned,"
        "class,confidence,group,reasons"
    )
    assert {row["class"] for row in rows} <= {"normal", "forwarded", "failing", "spoof"}
    assert all(row["reasons"] for row in rows)
    assert all(0 < float(row["confidence"]) <= 1 for row in rows)
    assert all((row["class"] == "normal") == ("true" in (row["dkim_aligned"], row["spf_aligned"])) for row in rows)
