"""`sekisho migrate` in a process of its own: what it says, what it keeps, and that nothing is counted twice."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import environment, sekisho
from tests.core.migrate.gather import DATA

TESTS = Path(__file__).resolve().parents[1] / "data" / "aggregate"
ORIGINALS = [*sorted(DATA.glob("*.xml")), TESTS / "001-plain.xml", TESTS / "002-rfc9990.xml"]
LIST, TABLE, DOCUMENTS = DATA / "aggregate.json", DATA / "aggregate.csv", DATA / "elastic.ndjson"
pytestmark = pytest.mark.slow
WAYS = {
    "list": ["parsedmarc", LIST],
    "table": ["parsedmarc", TABLE],
    "documents": ["elastic", DOCUMENTS],
    "dump": ["dmarcts", DATA / "dmarcts.sql"],
}


def migrate(home: Path, *arguments: object, status: int = 0) -> dict[str, Any]:
    done = sekisho(home, ["migrate", arguments[0], "--format", "json", "--timezone", "Asia/Tokyo", *arguments[1:]])
    assert done.returncode == status, done.stderr + done.stdout
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def messages(home: Path) -> dict[tuple[str, str], int]:
    """Messages by domain and address."""
    sums: dict[tuple[str, str], int] = {}
    for row in csv.DictReader(io.StringIO(sekisho(home, ["export", "records"], check=True).stdout)):
        key = row["domain"], row["source_ip"]
        sums[key] = sums.get(key, 0) + int(row["count"])
    return sums


@pytest.fixture(scope="module")
def by_mail(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], int]:
    """What the store holds when the reports come as they were sent."""
    home = tmp_path_factory.mktemp("sent")
    sekisho(home, ["ingest", "--adopt", *ORIGINALS], check=True)
    return messages(home)


@pytest.mark.parametrize("way", WAYS)
def test_the_store_is_as_if_the_reports_had_been_sent(way: str, tmp_path: Path, by_mail: dict[tuple[str, str], int]) -> None:
    """A second run changes and stores nothing; mails that come later are duplicates, also where parsedmarc has cut their names."""
    said = migrate(tmp_path, *WAYS[way], "--adopt")
    reports = 4 if way == "dump" else 6
    assert (said["reports"], said["new"], said["there"], said["outcomes"]) == (reports, reports, 0, {"kept": reports})
    kept, deliveries = messages(tmp_path), count(tmp_path)
    assert kept == {key: number for key, number in by_mail.items() if way != "dump" or key in kept}
    assert sum(kept.values()) == said["messages"]

    again = migrate(tmp_path, *WAYS[way], "--adopt")
    assert (again["new"], again["there"], again["outcomes"]) == (0, reports, {})
    assert (messages(tmp_path), count(tmp_path)) == (kept, deliveries)

    done = sekisho(tmp_path, ["ingest", "--adopt", "--list", "--format", "json", *ORIGINALS])
    outcomes = {Path(line["name"]).name: line["outcome"] for line in json.loads(done.stdout)["files"]}
    new = {"001-plain.xml", "002-rfc9990.xml"} if way == "dump" else set()
    assert outcomes == {path.name: "kept" if path.name in new else "duplicate" for path in ORIGINALS}


def count(home: Path) -> int:
    with sqlite3.connect(home / "registry.sqlite3") as database:
        return int(database.execute("SELECT COUNT(*) FROM registry_delivery").fetchone()[0])


@pytest.mark.parametrize("way", ["list", "documents", "dump"])
def test_reports_that_came_by_mail_are_not_taken_over_again(way: str, tmp_path: Path, by_mail: dict[tuple[str, str], int]) -> None:
    """Not even where parsedmarc has given reporter and report other names."""
    sekisho(tmp_path, ["ingest", "--adopt", *ORIGINALS], check=True)
    said = migrate(tmp_path, *WAYS[way], "--adopt")
    assert (said["new"], said["there"]) == (0, said["reports"])
    assert messages(tmp_path) == by_mail


def test_a_dry_run_says_it_all_and_changes_nothing(tmp_path: Path) -> None:
    sekisho(tmp_path, ["ingest", "--adopt", ORIGINALS[0]], check=True)
    said = migrate(tmp_path, "parsedmarc", LIST, "--dry-run")
    assert (said["reports"], said["records"]) == (6, 13)
    assert (said["new"], said["there"], said["first_day"], said["last_day"]) == (5, 1, "2026-01-01", "2026-07-01")
    assert said["strays"] == ["example.com", "example.org"]
    assert said["filled"]["policy.fo"]
    assert count(tmp_path) == 1
    assert migrate(tmp_path, "parsedmarc", LIST, "--adopt")["new"] == 5


def test_stray_reports_wait_for_their_owner_and_come_once(tmp_path: Path, by_mail: dict[tuple[str, str], int]) -> None:
    assert migrate(tmp_path, "parsedmarc", LIST)["outcomes"] == {"stray": 6}
    again = migrate(tmp_path, "parsedmarc", LIST)
    assert (again["outcomes"], again["delivered_before"]) == ({}, 6)
    assert migrate(tmp_path, "parsedmarc", LIST, "--adopt")["outcomes"] == {"kept": 6}
    assert messages(tmp_path) == by_mail


def test_a_run_that_was_killed_goes_on_and_leaves_nothing_behind(tmp_path: Path) -> None:
    lines = DOCUMENTS.read_bytes()
    many = b"".join(lines.replace(b'"report_id": "', b'"report_id": "%d-' % number) for number in range(400))
    (tmp_path / "many.ndjson").write_bytes(many)
    home = tmp_path / "home"
    arguments = ["migrate", "elastic", "--adopt", "--format", "json", tmp_path / "many.ndjson"]
    argv = [sys.executable, "-m", "sekisho", *map(str, arguments)]
    with subprocess.Popen(argv, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and (not (home / "registry.sqlite3").exists() or not settled(home)):
            time.sleep(0.02)
        process.kill()
    assert 0 < settled(home) < 2400, "it was killed in the middle"
    assert not list(home.glob("migrate-*"))
    said = json.loads(sekisho(home, arguments, check=True).stdout)
    assert said["reports"] == 2400
    assert said["new"] < 2400
    assert sum(messages(home).values()) == said["messages"] == 400 * 199


def settled(home: Path) -> int:
    with sqlite3.connect(home / "registry.sqlite3") as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'registry_delivery'").fetchone():
            return 0
        return int(database.execute("SELECT COUNT(*) FROM registry_delivery WHERE state = 1").fetchone()[0])


def test_compressed_files_and_folders_are_taken_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    folder.mkdir()
    (folder / "aggregate.json.gz").write_bytes(gzip.compress(LIST.read_bytes()))
    (folder / "aggregate.csv").write_bytes(TABLE.read_bytes())
    (folder / "failure.json").write_text("[{}]")
    (folder / "smtp_tls.csv").write_text("a,b\n")
    said = migrate(tmp_path / "home", "parsedmarc", folder, "--dry-run")
    assert (said["reports"], said["repeated"], said["unreadable"]) == (6, 0, 0)


def test_what_cannot_be_read_is_told_and_the_rest_is_taken(tmp_path: Path) -> None:
    (tmp_path / "cut.sql.gz").write_bytes(gzip.compress((DATA / "dmarcts.sql").read_bytes())[:-400])
    (tmp_path / "notes.json").write_text("no json at all\n")
    said = migrate(tmp_path / "home", "dmarcts", tmp_path / "cut.sql.gz", "--dry-run", status=1)
    assert said["refused"][0]["reason"] == "The compressed file is damaged, or ends too early"
    said = migrate(tmp_path / "home", "elastic", tmp_path / "notes.json", DOCUMENTS, "--adopt", status=1)
    assert (said["outcomes"], said["unreadable"]) == ({"kept": 6}, 1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parsedmarc", "/nowhere/a.json"], "does not exist"),
        (["parsedmarc", LIST, "--timezone", "Mars/Olympus"], "is not a time zone"),
        (["parsedmarc", LIST, "--timezone", "../../etc/passwd"], "is not a time zone"),
        (["dmarcts", TESTS], "there is no .sql"),
        (["parsedmarc", LIST, "--org", "nobody"], "there is no organisation"),
    ],
)
def test_wrong_use_is_said(arguments: list[object], words: str, tmp_path: Path) -> None:
    done = sekisho(tmp_path, ["migrate", *arguments])
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_is_told_in_lines(tmp_path: Path) -> None:
    dry = sekisho(tmp_path, ["migrate", "dmarcts", DATA / "dmarcts.sql", "--dry-run"]).stdout
    assert "reports=4" in dry
    assert "original=2" in dry
    assert "joined_results\t1" in dry
    assert "not registered, so kept as stray without --adopt: example.net, mail.example.net" in dry
    done = sekisho(tmp_path, ["migrate", "dmarcts", DATA / "dmarcts.sql", "--adopt", "--list"]).stdout
    assert "kept=4 duplicate=0 not_a_report=0 broken=0 stray=0 delivered_before=0" in done
    assert done.count("\tkept\t") == 4


def test_the_raw_archive_holds_what_was_sent_or_what_was_made_of_it(tmp_path: Path) -> None:
    migrate(tmp_path, "dmarcts", DATA / "dmarcts.sql", "--adopt")
    with sqlite3.connect(tmp_path / "registry.sqlite3") as database:
        rows = database.execute(
            "SELECT door, data FROM registry_delivery d JOIN registry_raw r ON r.sha256 = d.raw_id ORDER BY d.id"
        )
        found = [(door, gzip.decompress(data)) for door, data in rows]
    assert {door for door, _ in found} == {"migrate:dmarcts"}
    assert found[0][1] == ORIGINALS[0].read_bytes().rstrip()
    assert found[1][1] == ORIGINALS[1].read_bytes()
    assert b"<?sekisho-migrated dmarcts-report-parser?>" in found[2][1]


def test_a_dry_run_makes_no_home(tmp_path: Path) -> None:
    said = migrate(tmp_path / "none", "parsedmarc", "--dry-run", LIST)
    assert said["new"] == 6
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("order", ["mail first", "store first"])
def test_a_report_whose_names_parsedmarc_has_cut_counts_once(order: str, tmp_path: Path) -> None:
    """Of 69 reports of the corpus it cuts the ids of 2 and changes the reporter of others."""
    store = tmp_path / "store.json"
    text = LIST.read_text()
    original = TESTS / "001-plain.xml"
    name = original.read_text().partition("<report_id>")[2].partition("</report_id>")[0]
    assert name in text
    mail = tmp_path / "original.xml"
    mail.write_text(original.read_text().replace(name, f"&lt;{name}@receiver.example&gt;"))
    store.write_text(text)
    home = tmp_path / "home"
    steps = [lambda: sekisho(home, ["ingest", "--adopt", mail], check=True), lambda: migrate(home, "parsedmarc", store, "--adopt")]
    for step in steps if order == "mail first" else steps[::-1]:
        step()
    once = messages(home)
    sekisho(home, ["ingest", "--adopt", mail], check=True)
    assert messages(home) == once
    other = tmp_path / "other"
    migrate(other, "parsedmarc", store, "--adopt")
    assert messages(other) == once
