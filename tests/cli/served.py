"""A real server in a process of its own, and a look into its registry."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.cli.run import environment, sekisho
from tests.contract.inbox.servers.dovecot import free_ports


class Served:
    """`sekisho serve` over a home; started and stopped as often as a test wants."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self._environment = environment(home) | more
        self.log = home.parent / "server.log"
        (self.port,) = free_ports(1)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self, *, wait: bool = True) -> None:
        """Starts; returns when it answers."""
        argv = [sys.executable, "-m", "sekisho", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(argv, env=self._environment, stdout=log, stderr=log)
        if wait:
            until(self._answers)

    def stop(self) -> int:
        """Ends it as an operator does; its exit status."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(60)

    def kill(self) -> None:
        """Ends it as a power failure does."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(60)

    @property
    def pid(self) -> int:
        """Its number."""
        assert self._process is not None
        return self._process.pid

    @property
    def status(self) -> int | None:
        """How it ended, as `subprocess` tells it; None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


PATIENCE_S = 240.0
"""A claim may take this long: Postfix lets a mail rest for a minute that it found still being delivered."""


def until(is_so: Callable[[], bool], *, seconds: float = PATIENCE_S) -> float:
    """Waits until something is so; the seconds it took."""
    began = time.monotonic()
    while not is_so():
        if time.monotonic() - began > seconds:
            raise AssertionError("it did not come about in time")
        time.sleep(0.05)
    return time.monotonic() - began


def rows(home: Path, sql: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
    """What the registry holds."""
    with closing(sqlite3.connect(home / "registry.sqlite3", timeout=30)) as registry:
        return registry.execute(sql, tuple(values)).fetchall()


def outcomes(home: Path) -> Counter[str]:
    """Settled deliveries by outcome."""
    return Counter(dict(rows(home, "SELECT outcome, COUNT(*) FROM registry_delivery WHERE state = 1 GROUP BY outcome")))


def add_inbox(home: Path, kind: str, settings: dict[str, object], *more: object) -> int:
    """Adds an inbox by the command line; its number."""
    pairs = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
    sekisho(home, ["inbox", "add", kind, *pairs, *more], check=True)
    return int(rows(home, "SELECT MAX(id) FROM registry_inbox")[0][0])


def inbox_list(home: Path) -> dict[int, dict[str, Any]]:
    """The inboxes as the command line tells of them, by number."""
    return {row["id"]: row for row in json.loads(sekisho(home, ["inbox", "list", "--format", "json"], check=True).stdout)}
