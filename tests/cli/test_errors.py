"""What goes wrong is said in the language of the terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.core.errors import SettingsError
from tests.cli.run import SRC, environment

SPOKEN = {"SettingsError", "UsageError", "StoreBusy", "StoreError"}


def said(home: Path, *arguments: object, **more: str) -> tuple[int, str]:
    """Exit status and what stands in standard error."""
    argv = [sys.executable, "-m", "sekisho", *map(str, arguments)]
    done = subprocess.run(argv, env=environment(home) | more, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stderr.strip()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "more", "en", "ja"),
    [
        (["ingest", "/no/such"], {}, "sekisho: /no/such does not exist", "sekisho: /no/such がありません"),
        (
            ["org", "list"],
            {"SEKISHO_DATABASE_URL": "mysql://x"},
            "must look like sqlite:///PATH",
            "sqlite:///PATH の形で指定してください",
        ),
        (
            ["check", "a.example"],
            {"SEKISHO_DNS_SERVERS": "here"},
            "'here' is no address[:port]",
            "'here' はアドレス[:ポート]の形ではありません",
        ),
        (["what-if"], {}, "the following arguments are required: DOMAIN", "次の引数が必要です: DOMAIN"),
    ],
)
def test_an_error_is_told_in_both_languages(tmp_path: Path, arguments: list[str], more: dict[str, str], en: str, ja: str) -> None:
    told = said(tmp_path, *arguments, **more)
    assert told[0] == 2
    assert en in told[1]
    assert ja in said(tmp_path, *arguments, **more, SEKISHO_LANGUAGE="ja")[1]
    assert ja in said(tmp_path, *arguments, **more, LC_ALL="ja_JP.UTF-8", LANG="C")[1]
    assert en in said(tmp_path, *arguments, **more, LC_ALL="ja_JP.UTF-8", SEKISHO_LANGUAGE="en")[1]


def test_an_unknown_key_of_the_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "sekisho.toml").write_text("quark = 1\n")
    status, words = said(tmp_path, "org", "list", SEKISHO_LANGUAGE="ja")
    assert (status, words) == (2, f"sekisho: {tmp_path}/sekisho.toml に未知の設定項目があります: quark")


def test_an_error_has_its_words_and_its_values_apart() -> None:
    error = SettingsError("{name}: {text!r} is wrong", name="port", text="{0}\x1b[2J")
    assert str(error) == "port: '{0}\\x1b[2J' is wrong"
    assert (error.words, error.values["name"]) == ("{name}: {text!r} is wrong", "port")
    assert str(SettingsError("plain {braces} stay")) == "plain {braces} stay"


def raised() -> Iterator[tuple[str, ast.Call]]:
    """Every place where one of these errors is made."""
    for path in sorted((SRC / "sekisho").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN:
                yield f"{path.relative_to(SRC)}:{node.lineno}", node


def test_no_error_is_made_of_words_that_cannot_be_translated() -> None:
    places = list(raised())
    assert len(places) > 50
    assert not [place for place, call in places if call.args and isinstance(call.args[0], ast.JoinedStr)]
