"""`sekisho domain add` prints what is to be published, and takes the operator's word for a domain."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.run import environment
from tests.net.servers import knot

pytestmark = pytest.mark.needs_knot


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with knot({"example.test.": '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:old@example.test"\n', "reports.test.": ""}) as found:
        yield found


def run(home: Path, port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = environment(home) | {"SEKISHO_DNS_SERVERS": f"127.0.0.1:{port}"}
    argv = [sys.executable, "-m", "sekisho", *arguments]
    return subprocess.run(argv, env=env, capture_output=True, text=True, timeout=120, check=True)


def test_it_prints_the_records_once_something_takes_reports_in(tmp_path: Path, port: int) -> None:
    first = run(tmp_path, port, "domain", "add", "example.test").stdout
    assert "sekisho inbox add" in first
    run(tmp_path, port, "inbox", "add", "smtp", "--set", "hostname=in.reports.test", "--set", "port=2525")
    lines = [line.split("\t") for line in run(tmp_path, port, "domain", "add", "example.test", "new.test").stdout.splitlines()]
    records = {line[1]: (line[0], line[3]) for line in lines if len(line) == 4}
    assert records["_dmarc.example.test"][0] == "publish"
    assert records["_dmarc.example.test"][1].startswith("v=DMARC1; p=reject; rua=mailto:old@example.test,mailto:")
    assert records["_dmarc.new.test"][1].startswith("v=DMARC1; p=none; rua=mailto:")
    assert records["example.test._report._dmarc.in.reports.test"] == ("publish", "v=DMARC1")


def test_the_operators_word_is_kept(tmp_path: Path, port: int) -> None:
    run(tmp_path, port, "domain", "add", "one.test")
    run(tmp_path, port, "domain", "add", "--proved", "two.test")
    listed = json.loads(run(tmp_path, port, "domain", "list", "--format", "json").stdout)
    assert {row["domain"]: row["proved"] for row in listed} == {"one.test": False, "two.test": True}
