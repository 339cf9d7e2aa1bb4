"""The registry's files after rows were removed: no byte is left, and who reads at the moment only puts it off."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.cli.run import environment, sekisho

CANARY = b"canary-4712"
PUT = """
import django; django.setup()
from hashlib import sha256
from sekisho.registry.models import Raw
for n in range(200):
    data = b"canary-4712 " * 100 + str(n).encode()
    Raw.objects.create(sha256=sha256(data).digest(), data=data)
"""
TAKE = """
import django; django.setup()
from sekisho.registry import scrub
from sekisho.registry.models import Raw
scrub.secure()
Raw.objects.all().delete()
{more}
print(scrub.scrub())
"""


def python(home: Path, code: str) -> str:
    """Runs code in a process with the settings of a home."""
    env = environment(home) | {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.strip()


def left(home: Path) -> bool:
    """Whether the canary is in any file."""
    return any(CANARY in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_no_byte_is_left_of_what_was_removed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sekisho(home, ["org", "add", "one"], check=True)
    python(home, PUT)
    assert left(home)
    assert python(home, TAKE.format(more="")) == "True"
    assert not left(home)


def test_a_file_too_large_to_be_rebuilt_is_overwritten(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sekisho(home, ["org", "add", "one"], check=True)
    python(home, PUT)
    assert python(home, TAKE.format(more="scrub.REBUILT_UP_TO = 0")) == "True"
    assert not left(home)


def test_a_reader_only_puts_it_off(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sekisho(home, ["org", "add", "one"], check=True)
    python(home, PUT)
    with closing(sqlite3.connect(home / "registry.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM registry_raw").fetchone()
        assert python(home, TAKE.format(more="scrub.PAUSE_S, scrub.WAIT_MS = 0.01, 10")) == "False"
    python(home, "import django; django.setup()\nfrom sekisho.registry import scrub\nassert scrub.empty_log()")
    assert not left(home)
