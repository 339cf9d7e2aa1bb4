"""The data distribution: pinned, licensed, nothing of it committed, and usable once it is installed."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from datetime import date
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import ModuleType

import pytest

from sekisho.enrich.geo import DEFAULT_FILES, open_geo
from tests.enrich.mmdb import write_mmdb

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    """The build hook as a module."""
    spec = importlib.util.spec_from_file_location("sekisho_data_build", DATA / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def installed() -> ModuleType:
    """sekisho-data as it is installed."""
    try:
        distribution("sekisho-data")
    except PackageNotFoundError:
        pytest.fail("sekisho-data is not installed: pip install ./data, or leave these tests out with -m 'not needs_data'")
    import sekisho_data

    return sekisho_data  # type: ignore[no-any-return]


# ---- what is committed


def test_every_npm_package_is_pinned_by_hash_and_without_the_address_of_a_registry() -> None:
    wanted = json.loads((DATA / "package.json").read_text())["dependencies"]
    locked = json.loads((DATA / "package-lock.json").read_text())["packages"]
    assert locked.pop("")["dependencies"] == wanted
    assert {name.removeprefix("node_modules/"): entry["version"] for name, entry in locked.items()} == wanted
    for entry in locked.values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_the_wheel_is_pinned_by_hash() -> None:
    lines = [line for line in (DATA / "ipinfo.txt").read_text().splitlines() if not line.startswith("#")]
    assert len(lines) == 1
    assert re.fullmatch(r"[a-z]+==[0-9.]+ --hash=sha256:[0-9a-f]{64}", lines[0])


def test_nothing_but_our_own_text_is_committed() -> None:
    listed = subprocess.run(["git", "ls-files", "--", "."], cwd=DATA, check=True, capture_output=True, text=True).stdout.split()
    assert sum((DATA / name).stat().st_size for name in listed) < 40_000
    assert {Path(name).suffix for name in listed} <= {"", ".py", ".toml", ".txt", ".json", ".md", ".typed"}


def test_the_notice_names_every_origin_its_words_and_its_files(hook: ModuleType) -> None:
    notice = (DATA / "NOTICE").read_text()
    for source in hook.SOURCES:
        assert source["url"] in notice or source["licence"] == "OFL-1.1"
        assert source["attribution"].removeprefix("Noto Sans JP, ") in notice
        assert all(name in notice for name in source["files"])


# ---- the build


def test_given_files_are_taken_dated_and_named(hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, files = tmp_path / "given", tmp_path / "files"
    given.mkdir()
    files.mkdir()
    for name in (*hook.FROM_WHEEL, *hook.FROM_NPM):
        if name.endswith(".mmdb"):
            write_mmdb(given / name, {"192.0.2.0/24": {"country_code": "JP"}})
        else:
            (given / name).write_bytes(b"text or font")
    monkeypatch.setenv(hook.GIVEN, str(given))
    hook.gather(DATA, tmp_path, files)
    assert {path.name for path in files.iterdir()} == {path.name for path in given.iterdir()}
    assert [source["built"] for source in hook.dated(files)] == ["2026-09-21", "2026-09-21", None]


def test_a_database_that_cannot_be_opened_stops_the_build(hook: ModuleType, tmp_path: Path) -> None:
    for name in DEFAULT_FILES:
        (tmp_path / name).write_bytes(b"<html>not found</html>")
    with pytest.raises(Exception, match="MaxMind"):
        hook.dated(tmp_path)


# ---- what is installed


@pytest.mark.needs_data
def test_every_file_is_there_with_its_licence(installed: ModuleType) -> None:
    sources = installed.sources()
    assert {source.licence for source in sources} == {"CC-BY-SA-4.0", "CC-BY-4.0", "OFL-1.1"}
    for source in sources:
        assert all(installed.path(name).stat().st_size > 1_000_000 for name in source.files)
        assert source.url.startswith("https://")
    assert "SIL OPEN FONT LICENSE" in installed.path("OFL.txt").read_text().upper()
    files = distribution("sekisho-data").files or []
    assert any(file.name == "NOTICE" for file in files)


@pytest.mark.needs_data
def test_the_fonts_are_fonts(installed: ModuleType) -> None:
    for name in ("NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"):
        assert installed.path(name).read_bytes()[:4] == b"\x00\x01\x00\x00"


@pytest.mark.needs_data
@pytest.mark.parametrize("name", ["missing.mmdb", "../__init__.py", "", ".", "/etc/hostname"])
def test_other_names_are_refused(installed: ModuleType, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        installed.path(name)


@pytest.mark.needs_data
def test_the_databases_know_places_and_networks(installed: ModuleType) -> None:
    geo = open_geo()
    assert geo.problems == []
    google = geo.lookup("8.8.8.8")
    assert (google.place.country, google.asn, google.as_domain) == ("US", 15169, "google.com")
    iij = geo.lookup("2001:240:bb81::10:1")
    assert (iij.place.country, iij.asn) == ("JP", 2497)
    assert iij.place.city
    assert iij.place.latitude is not None
    assert geo.lookup("192.0.2.1").place.country == ""
    assert [source.attribution for source in geo.sources()] == ["IP address data powered by IPinfo", "IP Geolocation by DB-IP"]
    assert all(source.built is not None and source.built >= date(2026, 6, 1) for source in geo.sources())
    geo.close()
