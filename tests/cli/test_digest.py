"""`sekisho digest` and `sekisho paper`, with and without a server."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.builders import record, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An organisation with forty days of proper mail."""
    made, today = tmp_path / "home", int(time.time()) // 86400
    sekisho(made, ["org", "add", "acme", "--title", "Acme", "--language", "en"], check=True)
    sekisho(made, ["domain", "add", "example.jp"], check=True)
    (tmp_path / "reports").mkdir()
    for age in range(1, 41):
        (tmp_path / "reports" / f"{age}.xml").write_bytes(report_xml(age, [record("192.0.2.1", 40)], day=today - age))
    sekisho(made, ["ingest", tmp_path / "reports"], check=True)
    return made


def test_digest_is_shown_in_each_form_and_sent_once(home: Path) -> None:
    assert "A quiet week" in sekisho(home, ["digest", "--preview"], check=True).stdout
    assert "<!doctype html>" in sekisho(home, ["digest", "--preview", "--format", "html"], check=True).stdout
    told = json.loads(sekisho(home, ["digest", "--preview", "--kind", "daily", "--format", "json"], check=True).stdout)
    assert (told["type"], told["organisation"], told["first_day"]) == ("digest.daily", "acme", told["last_day"])
    assert "平穏な週" in sekisho(home, ["digest", "--preview", "--language", "ja"], check=True).stdout
    assert "on their way" in sekisho(home, ["digest"], check=True).stdout
    assert "sent already" in sekisho(home, ["digest"], check=True).stdout


def test_wrong_use_says_what_is_right(home: Path) -> None:
    for arguments in (["digest", "--day", "yesterday"], ["paper", "2026-13"]):
        done = sekisho(home, arguments)
        assert done.returncode == 2
        assert "YYYY-MM" in done.stderr


def test_paper_is_written_also_while_the_server_owns_the_facts(home: Path, tmp_path: Path) -> None:
    month = time.strftime("%Y-%m", time.gmtime(time.time() - 86400))
    sekisho(home, ["paper", month, "--output", tmp_path / "alone.pdf"], check=True)
    with Served(home):
        sekisho(home, ["paper", month, "--language", "ja", "--output", tmp_path / "served.pdf"], check=True)
        assert "A quiet week" in sekisho(home, ["digest", "--preview", "--language", "en"], check=True).stdout
    for name in ("alone.pdf", "served.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")
