"""Tokens and exports by the real command line: scopes, ends, and what is refused with words."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import sekisho


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one report."""
    folder = tmp_path_factory.mktemp("home")
    mail = folder / "a.eml"
    mail.write_bytes(report_mail(report_xml(1, [record("192.0.2.1", 3)])))
    sekisho(folder, ["ingest", "--adopt", mail], check=True)
    return folder


def kept(home: Path) -> dict[str, dict[str, object]]:
    """The tokens by name."""
    return {row["name"]: row for row in json.loads(sekisho(home, ["token", "list", "--format", "json"], check=True).stdout)}


def days_left(row: dict[str, object]) -> int:
    """Days until a token ends."""
    return (dt.datetime.fromisoformat(str(row["expires"])) - dt.datetime.now(dt.UTC)).days


def test_a_token_is_for_its_scopes_and_ends(home: Path) -> None:
    plain = sekisho(home, ["token", "add", "gateway"], check=True)
    assert plain.stdout.startswith("sek_")
    assert plain.stdout.count("\n") == 1, "the token alone is on standard output, for scripts"
    sekisho(home, ["token", "add", "dashboard", "--scope", "read,write", "--scope", "failures", "--expires", "90"], check=True)
    sekisho(home, ["token", "add", "ever", "--expires", "0"], check=True)
    rows = kept(home)
    assert (rows["gateway"]["scopes"], rows["dashboard"]["scopes"]) == ("ingest", "read write failures")
    assert (days_left(rows["gateway"]), days_left(rows["dashboard"])) == (364, 89)
    assert rows["ever"]["expires"] is None
    sekisho(home, ["token", "revoke", rows["gateway"]["id"]], check=True)
    assert kept(home)["gateway"]["revoked"]


@pytest.mark.parametrize("options", [["--scope", "everything"], ["--expires", "-1"], ["--expires", "9999"]])
def test_what_makes_no_token_says_why(home: Path, options: list[str]) -> None:
    refused = sekisho(home, ["token", "add", "x", *options])
    assert (refused.returncode, refused.stdout) == (2, "")
    assert options[0] in refused.stderr


@pytest.mark.parametrize("what", ["records", "hosts", "groups", "reports", "alerts", "failures", "tls", "campaigns"])
def test_every_table_is_exported(home: Path, what: str) -> None:
    rows = list(csv.reader(io.StringIO(sekisho(home, ["export", what], check=True).stdout)))
    told = json.loads(sekisho(home, ["export", what, "--format", "json"], check=True).stdout)
    assert len(told) == len(rows) - 1 == (1 if what in ("records", "hosts", "groups", "reports") else 0)
    for row in told:
        assert list(row) == rows[0]
