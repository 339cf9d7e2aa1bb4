"""A delivery that ends the server costs only itself: whoever starts it anew finds the others kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import SRC, environment, sekisho
from tests.cli.served import Served, add_inbox, outcomes, rows, until
from tests.intake.test_careful import POISON

MAILS = 24
POISONS = {5: b"segv", 6: b"memory", 17: b"server"}
MOST_STARTS = 12
"""Starts by a service manager; the poison that only the server dies of takes most, for it is found by parts."""


_ACCEPT = """
import sys
from pathlib import Path
from sekisho.cli.house import open_registry
open_registry()
from sekisho.registry import deliveries
from sekisho.registry.models import Organisation
mails = [("", path.read_bytes()) for path in sorted(Path(sys.argv[1]).iterdir())]
deliveries.accept(Organisation.objects.get().id, mails, door="inbox:1")
"""
"""What an inbox does with mails that it has fetched; one that fetches while the server dies may bring some a second time."""


def _mail(number: int) -> bytes:
    mail = report_mail(report_xml(number, [record("192.0.2.1", 3)]))
    if number in POISONS:
        mail = mail.replace(b"Subject:", b"X-Is: poison: " + POISONS[number] + b"\r\nSubject:", 1)
    return mail


def _accept(home: Path, folder: Path) -> None:
    folder.mkdir()
    for number in range(MAILS):
        (folder / f"{number:03}").write_bytes(_mail(number))
    registry = environment(home) | {"DJANGO_SETTINGS_MODULE": "sekisho.web.settings"}
    subprocess.run([sys.executable, "-c", _ACCEPT, str(folder)], env=registry, check=True, timeout=300)


def _drop(maildir: Path, number: int) -> None:
    (maildir / "tmp" / str(number)).write_bytes(_mail(number))
    os.rename(maildir / "tmp" / str(number), maildir / "new" / f"{number}.M{number}.host")


@pytest.mark.slow
def test_a_server_that_dies_of_deliveries_goes_on_after_it_is_started_anew(tmp_path: Path) -> None:
    home, maildir = tmp_path / "home", tmp_path / "maildir"
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True)
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["domain", "add", "example.jp"], check=True)
    add_inbox(home, "maildir", {"path": maildir})
    _accept(home, tmp_path / "fetched")
    served = Served(home, PYTHONPATH=os.pathsep.join((str(POISON), str(SRC))))
    ends = []
    wanted = MAILS
    while len(ends) < MOST_STARTS:
        served.start(wait=False)
        until(lambda: served.status is not None or outcomes(home).total() == wanted)
        if served.status is None:
            break
        ends.append(served.status)
    try:
        assert ends, "nothing ended the server"
        assert set(ends) <= {-signal.SIGSEGV, -signal.SIGKILL}
        assert outcomes(home) == {"kept": MAILS - len(POISONS), "broken": len(POISONS)}
        reasons = sorted(reason for (reason,) in rows(home, "SELECT reason FROM registry_delivery WHERE outcome = 'broken'"))
        for said, reason in zip(
            ("ended the program that tried it", "ended the program twice", "too much memory"), reasons, strict=True
        ):
            assert said in reason
        _drop(maildir, MAILS)
        until(lambda: outcomes(home)["kept"] == MAILS - len(POISONS) + 1)
    finally:
        assert served.stop() == 0
