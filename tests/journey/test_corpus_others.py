"""Every real failure and TLS report comes in by the command line as its manifest says; what is neither is never counted as one."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import sekisho

FOLDERS = ("failure", "smtp_tls")
TAKEN = ("kept", "duplicate")


@pytest.fixture(scope="module")
def manifest() -> dict[str, dict[str, str]]:
    """The rows on files of these folders, by file."""
    from tests.conftest import CORPUS

    if not CORPUS.is_dir():
        pytest.skip("the corpus of real reports is not beside the project")
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t") if row["kind"] in FOLDERS}


@pytest.fixture(scope="module")
def taken(manifest: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """The home after one run, and what the run said of each file; one that begins as an mbox is the one mail in it."""
    from tests.conftest import CORPUS

    home = tmp_path_factory.mktemp("others")
    done = sekisho(home, ["ingest", "--adopt", "--list", "--format", "json", *(CORPUS / folder for folder in FOLDERS)])
    assert "Traceback" not in done.stderr
    said = json.loads(done.stdout)["files"]
    return home, {str(Path(line["name"].removesuffix("#1")).relative_to(CORPUS)): line for line in said}


@pytest.mark.slow
def test_every_file_gives_what_its_manifest_row_says(
    manifest: dict[str, dict[str, str]], taken: tuple[Path, dict[str, Any]]
) -> None:
    wrong = []
    for name, row in manifest.items():
        line = taken[1][name]
        told = [str(line[column]) for column in ("reports", "records", "messages")]
        if row["expect"] == "either":
            is_right = line["outcome"] == "not_a_report" and len(line["reason"]) > 10
        else:
            is_right = line["outcome"] in TAKEN and told == [row[column] for column in ("reports", "records", "messages")]
        if not is_right:
            wrong.append((name, line))
    assert len(manifest) >= 25
    assert not wrong


@pytest.mark.slow
def test_each_report_is_exported_once(manifest: dict[str, dict[str, str]], taken: tuple[Path, dict[str, Any]]) -> None:
    kept = Counter(name.split("/")[0] for name, line in taken[1].items() if line["outcome"] == "kept")
    failures = json.loads(sekisho(taken[0], ["export", "failures", "--format", "json"], check=True).stdout)
    assert len(failures) == kept["failure"] >= 5
    assert all("@" not in line["subject"] or "██@" in line["subject"] for line in failures)
    policies = json.loads(sekisho(taken[0], ["export", "tls", "--format", "json"], check=True).stdout)
    assert len({line["key"] for line in policies}) >= kept["smtp_tls"] - 1, "one may have no policy"
    sessions = sum(line["successful"] + line["failed"] for line in policies)
    assert sessions == sum(
        line["messages"] for name, line in taken[1].items() if name.startswith("smtp_tls") and line["outcome"] == "kept"
    )
