"""A delivery that ends the program costs only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.builders import record, report_mail, report_xml
from tests.cli.run import SRC, environment, sekisho
from tests.cli.served import outcomes, rows

POISON = Path(__file__).parent / "poison"


def _poisoned(home: Path, arguments: Sequence[object], **more: str) -> int:
    """Exit status of a command whose reader dies of some deliveries."""
    env = environment(home) | {"PYTHONPATH": os.pathsep.join((str(POISON), str(SRC)))} | more
    argv = [sys.executable, "-m", "sekisho", *map(str, arguments)]
    return subprocess.run(argv, env=env, capture_output=True, check=False, timeout=300).returncode


def _mails(folder: Path, bad: dict[int, str], count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        mail = report_mail(report_xml(number, [record("192.0.2.1", 3)]))
        if number in bad:
            mail = mail.replace(b"Subject:", b"X-Is: poison: " + bad[number].encode() + b"\r\nSubject:", 1)
        (folder / f"{number:03}.eml").write_bytes(mail)
    return folder


def _until_it_lives(home: Path, arguments: Sequence[object], most: int) -> list[int]:
    """The exit statuses of a program that is started anew until it ends by itself."""
    ends = []
    for _ in range(most):
        ends.append(_poisoned(home, arguments))
        if ends[-1] >= 0:
            break
    return ends


@pytest.mark.slow
@pytest.mark.parametrize(
    ("word", "said"),
    [("segv", "ended the program that tried it"), ("memory", "takes too much memory")],
)
def test_a_delivery_that_ends_the_reader_is_set_aside_and_the_others_are_kept(tmp_path: Path, word: str, said: str) -> None:
    home, mails = tmp_path / "home", _mails(tmp_path / "mails", {7: word, 13: word}, 20)
    killed = _poisoned(home, ["ingest", "--adopt", mails])
    assert killed in (-signal.SIGSEGV, -signal.SIGKILL)
    assert _poisoned(home, ["reread", "--broken"]) == 0
    assert outcomes(home) == {"kept": 18, "broken": 2}
    reasons = [reason for (reason,) in rows(home, "SELECT reason FROM registry_delivery WHERE outcome = 'broken'")]
    assert all(said in reason for reason in reasons)
    assert (home / "reading").read_bytes() == b""
    sekisho(home, ["reread", "--broken"], check=True)  # a mended reader reads them: nothing was lost
    assert outcomes(home) == {"kept": 20}


@pytest.mark.slow
def test_a_delivery_that_ends_only_the_program_itself_is_found_by_halves(tmp_path: Path) -> None:
    home, mails = tmp_path / "home", _mails(tmp_path / "mails", {11: "server"}, 30)
    _poisoned(home, ["ingest", "--adopt", mails])
    ends = _until_it_lives(home, ["reread", "--broken"], 8)
    assert ends[-1] == 0, ends
    assert len(ends) <= 6
    assert outcomes(home) == {"kept": 29, "broken": 1}
    assert "ended the program twice" in rows(home, "SELECT reason FROM registry_delivery WHERE outcome = 'broken'")[0][0]


@pytest.mark.slow
def test_a_program_killed_from_outside_sets_nothing_aside(tmp_path: Path) -> None:
    home, mails = tmp_path / "home", _mails(tmp_path / "mails", {}, 5)
    sekisho(home, ["ingest", "--adopt", mails], check=True)
    sekisho(home, ["org", "list"], check=True)
    (home / "reading").write_text('{"deliveries": [1, 2, 3, 99], "endings": 1}')
    sekisho(home, ["reread"], check=True)
    assert outcomes(home) == {"kept": 5}
    (home / "reading").write_bytes(b"\xff\x00 no json")
    sekisho(home, ["reread"], check=True)
    assert outcomes(home) == {"kept": 5}
