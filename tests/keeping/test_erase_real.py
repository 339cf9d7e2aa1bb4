"""Erasure by the command line, over real files: no byte of a canary is left in the home."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.builders import failure_mail, record, report_mail, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served, rows

CANARY = "canary-4711.example"
KEPT = "kept.example"


def write(folder: Path, name: str, data: bytes) -> None:
    """A file to take in."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two organisations; the one called `leaving` has the canary in every form it can take."""
    tmp_path = tmp_path_factory.mktemp("made")
    made = tmp_path / "home"
    for slug in ("leaving", "staying"):
        sekisho(made, ["org", "add", slug], check=True)
    mail = tmp_path / "mail"
    for number in range(30):
        xml = report_xml(
            number, [record("203.0.113.77", 3, dkim="fail", spf="fail", domain=CANARY)], domain=CANARY, day=20700 + number
        )
        write(mail, f"{number}.xml", xml)
    write(
        mail,
        "again.eml",
        report_mail(report_xml(3, [record("203.0.113.77", 3, dkim="fail", spf="fail", domain=CANARY)], domain=CANARY, day=20703)),
    )
    write(mail, "personal.eml", failure_mail(1, domain=CANARY, subject=f"Your account at {CANARY}"))
    write(mail, f"broken!{CANARY}!1!2.xml", b"<feedback><canary-4711")
    write(mail, "other.xml", report_xml(900, [record("192.0.2.9", 5, domain=KEPT)], domain=KEPT))
    with zipfile.ZipFile(mail / "both.zip", "w", zipfile.ZIP_STORED) as both:
        both.writestr("a.xml", report_xml(901, [record("203.0.113.77", 1, domain=CANARY)], domain=CANARY))
        both.writestr("b.xml", report_xml(902, [record("192.0.2.9", 2, domain=KEPT)], domain=KEPT))
    sekisho(made, ["ingest", "--org", "leaving", "--adopt", mail], check=False)
    write(tmp_path / "else", "x.xml", report_xml(1, [record("192.0.2.1", 4, domain="staying.example")], domain="staying.example"))
    sekisho(made, ["ingest", "--org", "staying", "--adopt", tmp_path / "else"], check=True)
    return made


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    copied = tmp_path / "home"
    shutil.copytree(made, copied)
    return copied


def found(home: Path, what: bytes) -> list[str]:
    """The files of the home that have the bytes."""
    return [path.name for path in sorted(home.rglob("*")) if path.is_file() and what in path.read_bytes().lower()]


def messages(home: Path, org: str) -> list[str]:
    """The lines of an export of an organisation's facts."""
    return sekisho(home, ["export", "records", "--org", org], check=True).stdout.splitlines()[1:]


def test_nothing_of_an_erased_domain_is_left_in_any_file(home: Path) -> None:
    assert set(found(home, b"canary-4711")) >= {"facts.duckdb", "registry.sqlite3"}
    refused = sekisho(home, ["org", "erase", "leaving", "--domain", CANARY])
    assert (refused.returncode, "--yes" in refused.stderr) == (2, True)
    done = sekisho(home, ["org", "erase", "leaving", "--domain", CANARY, "--yes", CANARY])
    assert done.returncode == 0, done.stderr
    traces = rows(home, "SELECT target FROM registry_auditentry WHERE action = 'data.erased'")
    assert traces == [(CANARY,)]
    assert found(home, b"203.0.113.77") == []
    for table, column in (("delivery", "name"), ("delivery", "subject"), ("failure", "domain"), ("domain", "name")):
        assert rows(home, f"SELECT 1 FROM registry_{table} WHERE {column} LIKE '%canary%'") == []  # noqa: S608
    assert len(messages(home, "leaving")) == 2
    assert len(messages(home, "staying")) == 1


def test_nothing_of_an_erased_organisation_is_left_but_that_it_was(home: Path) -> None:
    done = sekisho(home, ["org", "erase", "leaving", "--yes", "leaving"])
    assert done.returncode == 0, done.stderr
    assert found(home, b"canary-4711") == []
    assert found(home, b"203.0.113.77") == []
    assert found(home, KEPT.encode()) == []
    assert rows(home, "SELECT who, target FROM registry_auditentry WHERE action = 'data.erased'") == [("shell", "leaving")]
    assert [slug for slug, *_ in rows(home, "SELECT slug FROM registry_organisation")] == ["staying"]
    assert len(messages(home, "staying")) == 1


def test_nothing_is_erased_while_a_hold_stands(home: Path) -> None:
    sekisho(home, ["org", "hold", "leaving", "--domain", KEPT, "--reason", "lawsuit 12"], check=True)
    for wanted in (["--yes", "leaving"], ["--domain", KEPT, "--yes", KEPT]):
        refused = sekisho(home, ["org", "erase", "leaving", *wanted])
        assert (refused.returncode, "legal hold" in refused.stderr) == (1, True), refused.stderr
    assert len(messages(home, "leaving")) == 33
    sekisho(home, ["org", "hold", "leaving", "--domain", KEPT, "--lift"], check=True)
    assert sekisho(home, ["org", "erase", "leaving", "--domain", KEPT, "--yes", KEPT]).returncode == 0


def test_the_export_has_everything_and_no_secret(home: Path, tmp_path: Path) -> None:
    sekisho(home, ["token", "add", "gateway", "--org", "leaving"], check=True)
    out = tmp_path / "all.zip"
    sekisho(home, ["org", "export", "leaving", "--output", out], check=True)
    with zipfile.ZipFile(out) as file:
        names = set(file.namelist())
        assert file.testzip() is None
        records = file.read("facts/records.csv").decode().splitlines()
        tokens = file.read("registry/token.jsonl").decode()
        raws = [name for name in names if name.startswith("raw/")]
        text = b"".join(file.read(name) for name in names)
    assert len(records) == 1 + len(messages(home, "leaving"))
    of = (
        "SELECT COUNT(*) FROM registry_delivery d JOIN registry_organisation o ON o.id = d.organisation_id WHERE o.slug = 'leaving'"
    )
    assert [(len(raws),)] == rows(home, of)
    assert "gateway" in tokens
    ((digest,),) = rows(home, "SELECT digest FROM registry_token")
    assert digest.hex() not in tokens
    assert b"staying.example" not in text
    assert "registry/failure.jsonl" in names
    assert out.stat().st_mode & 0o077 == 0
    assert list((home / "exports").glob("*")) == []


def test_a_running_server_does_it_too(home: Path, tmp_path: Path) -> None:
    with Served(home):
        out = tmp_path / "all.zip"
        assert sekisho(home, ["org", "export", "leaving", "--output", out]).returncode == 0
        assert zipfile.is_zipfile(out)
        done = sekisho(home, ["org", "erase", "leaving", "--yes", "leaving"])
        assert done.returncode == 0, done.stderr
        assert len(messages(home, "staying")) == 1
    assert found(home, b"canary-4711") == []
