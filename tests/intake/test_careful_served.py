"""A delivery that ends the server costs only itself: whoever starts it anew finds the others kept."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import SRC, sekisho
from tests.cli.served import Served, add_inbox, outcomes, rows, until
from tests.intake.test_careful import POISON

MAILS = 24
POISONS = {5: b"segv", 6: b"memory", 17: b"server"}
MOST_STARTS = 12
"""Starts by a service manager; the poison that only the server dies of takes most, for it is found by parts."""


def _drop(maildir: Path, number: int) -> None:
    mail = report_mail(report_xml(number, [record("192.0.2.1", 3)]))
    if number in POISONS:
        mail = mail.replace(b"Subject:", b"X-Is: poison: " + POISONS[number] + b"\r\nSubject:", 1)
    (maildir / "tmp" / str(number)).write_bytes(mail)
    os.rename(maildir / "tmp" / str(number), maildir / "new" / f"{number}.M{number}.host")


@pytest.mark.slow
def test_a_server_that_dies_of_deliveries_goes_on_after_it_is_started_anew(tmp_path: Path) -> None:
    home, maildir = tmp_path / "home", tmp_path / "maildir"
    for part in ("new", "cur", "tmp"):
        (maildir / part).mkdir(parents=True)
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["domain", "add", "example.jp"], check=True)
    add_inbox(home, "maildir", {"path": maildir})
    for number in range(MAILS):
        _drop(maildir, number)
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
