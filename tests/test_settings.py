"""Settings come from the file and the environment, and wrong ones are said."""

from __future__ import annotations

import os
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from sekisho.core.errors import SettingsError
from sekisho.settings import Settings, load, secret_key

ROOT = Path(__file__).resolve().parents[1]


def test_with_nothing_set_all_is_in_the_home(tmp_path: Path) -> None:
    settings = load({"XDG_DATA_HOME": str(tmp_path)})
    assert settings.home == tmp_path / "sekisho"
    assert settings.registry_path == settings.home / "registry.sqlite3"
    assert settings.facts_path == settings.home / "facts.duckdb"


def test_a_variable_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "sekisho.toml").write_text('dns_servers = "192.0.2.1"\nfacts_memory_mb = 64\ndnsbl_zones = ["a.test", "b.test"]\n')
    settings = load({"SEKISHO_HOME": str(tmp_path), "SEKISHO_DNS_SERVERS": "off"})
    assert settings.dns_servers == "off"
    assert settings.facts_memory_mb == 64
    assert settings.listed("dnsbl_zones") == ("a.test", "b.test")


def test_a_secret_is_read_from_the_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "url").write_text("sqlite:///srv/x.sqlite3\n")
    settings = load({"SEKISHO_HOME": str(tmp_path), "SEKISHO_DATABASE_URL_FILE": str(tmp_path / "url")})
    assert settings.registry_path == Path("/srv/x.sqlite3")


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"SEKISHO_RDAP_FILE": "/does/not/exist"}, "cannot be read"),
        ({"SEKISHO_FACTS_MEMORY_MB": "much"}, "whole number"),
    ],
)
def test_wrong_settings_are_said(tmp_path: Path, env: dict[str, str], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load({"SEKISHO_HOME": str(tmp_path), **env})


def test_an_unknown_key_is_said(tmp_path: Path) -> None:
    (tmp_path / "sekisho.toml").write_text('colour = "red"\n')
    with pytest.raises(SettingsError, match="colour"):
        load({"SEKISHO_HOME": str(tmp_path)})


@pytest.mark.parametrize("url", ["postgresql://x", "sqlite://", "sqlite:///", "/a/path"])
def test_an_address_of_another_store_is_refused(tmp_path: Path, url: str) -> None:
    settings = load({"SEKISHO_HOME": str(tmp_path), "SEKISHO_DATABASE_URL": url})
    with pytest.raises(SettingsError, match="SEKISHO_DATABASE_URL"):
        _ = settings.registry_path


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = load({"SEKISHO_HOME": str(tmp_path / "new")})
    key = secret_key(settings)
    assert len(key) >= 50
    assert secret_key(settings) == key
    assert stat.S_IMODE(os.stat(settings.secret_path).st_mode) == 0o600


def test_every_setting_has_a_line_in_the_docs() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [f.name for f in fields(Settings) if f"`SEKISHO_{f.name.upper()}`" not in text]
    assert not missing
