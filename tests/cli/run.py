"""Runs the real command line in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"


def environment(home: Path) -> dict[str, str]:
    """An environment with this home and no network."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("SEKISHO_", "DJANGO_", "COV_"))}
    return env | {
        "SEKISHO_HOME": str(home),
        "SEKISHO_DNS_SERVERS": "off",
        "SEKISHO_INTAKE_PRIVATE_HOSTS": "on",  # the servers of tests are on loopback
        "PYTHONPATH": str(SRC),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "PYTHONWARNINGS": "default",
    }


def sekisho(home: Path, arguments: Sequence[object], *, check: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs `sekisho ARGUMENTS` to its end."""
    argv = [sys.executable, "-m", "sekisho", *map(str, arguments)]
    return subprocess.run(argv, env=environment(home), capture_output=True, text=True, check=check, timeout=300)
