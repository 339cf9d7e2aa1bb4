"""`sekisho what-if`, alone and while a server owns the facts."""

from __future__ import annotations

import csv
import json
import time
from pathlib import Path

import pytest

from tests.builders import record, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with ten days of mail: 100 messages that pass and 7 that fail a day, 3 more below a sub-domain."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("reports")
    today = int(time.time()) // 86_400
    failing = [
        record("203.0.113.9", 7, dkim="fail", spf="fail"),
        record("203.0.113.9", 3, dkim="fail", spf="fail", domain="a.example.jp"),
    ]
    for n in range(1, 11):
        xml = report_xml(n, [record("192.0.2.10", 100), *failing], day=today - n)
        (folder / f"{n}.xml").write_bytes(xml)
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["ingest", folder, "--adopt"], check=True)
    return home


def test_it_prints_what_would_have_been(home: Path) -> None:
    done = sekisho(home, ["what-if", "example.jp", "--policy", "p=reject; sp=none; np=reject"], check=True)
    assert "1100 messages" in done.stdout
    assert "not known whether these names exist, taken as existing: a.example.jp" in done.stdout
    assert "reject:" in done.stdout


@pytest.mark.slow
def test_the_server_gives_the_same_answer(home: Path) -> None:
    command = ["what-if", "Example.JP.", "--policy", "p=reject; sp=quarantine"]
    alone = {form: sekisho(home, [*command, "--format", form], check=True).stdout for form in ("json", "csv", "text")}
    told = json.loads(alone["json"])
    assert told["messages"] == 1100
    assert sum(told["would"]["reject"].values()) == 70
    assert sum(told["would"]["quarantine"].values()) == 30
    assert len(told["days"]) == 20
    assert sum(int(row["messages"]) for row in csv.DictReader(alone["csv"].splitlines())) == 100
    with Served(home):
        for form, text in alone.items():
            assert sekisho(home, [*command, "--format", form], check=True).stdout == text


@pytest.mark.parametrize(
    ("arguments", "word"),
    [(["example.jp", "--policy", "p=block"], "none, quarantine or reject"), (["other.example"], "not a registered domain"),
     (["example.jp", "--since", "yesterday"], "YYYY-MM-DD")],
)  # fmt: skip
def test_wrong_use_is_said(home: Path, arguments: list[str], word: str) -> None:
    done = sekisho(home, ["what-if", *arguments])
    assert done.returncode == 2
    assert word in done.stderr


def test_campaigns_are_exported(home: Path) -> None:
    done = sekisho(home, ["export", "campaigns", "--format", "json"], check=True)
    assert json.loads(done.stdout) == []
