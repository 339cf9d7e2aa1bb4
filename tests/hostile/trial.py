"""One hostile delivery, opened in a process of its own, with what it cost by the kernel's account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.hostile.cases import Case

LONGEST_S = 120


class Cost(NamedTuple):
    """What became of a delivery, and what it cost; memory is the whole process, the interpreter with it."""

    outcome: str
    reason: str
    wall_s: float
    cpu_s: float
    peak_mib: float
    given_mib: float


def tried(case: Case) -> Cost:
    """Makes the delivery here, opens it there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "delivery")
        path.write_bytes(case.make())
        given = path.stat().st_size / (1 << 20)
        env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        argv = [sys.executable, "-m", "tests.hostile.trial", str(path)]
        began = time.monotonic()
        with subprocess.Popen(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            told = process.stdout.read()
            cried = process.stderr.read()
            _pid, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - began
    if process.returncode:
        return Cost("died", f"status {process.returncode} {cried[-300:].decode()}", wall, 0, used.ru_maxrss / 1024, given)
    outcome, reason, peak_kib = json.loads(told)
    return Cost(outcome, reason, wall, used.ru_utime + used.ru_stime, peak_kib / 1024, given)


def _peak_kib() -> int:
    """The largest this process has been; `ru_maxrss` would count what its parent held when it was begun (proc(5))."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0])


def main(path: str) -> None:
    """Opens one file as the staircase does and prints outcome and reason as JSON."""
    import resource

    from sekisho.core.errors import NotAReport, ReadError, TooLarge
    from sekisho.core.reports.open import open_delivery

    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))
    data = Path(path).read_bytes()
    try:
        opened = open_delivery(data, name="delivery")
    except ReadError as error:
        is_other = isinstance(error, NotAReport) and not isinstance(error, TooLarge)
        print(json.dumps(["not_a_report" if is_other else "broken", str(error), _peak_kib()]))
        return
    notes = [note.code for report in opened.reports for note in report.notes][:5]
    words = "; ".join(map(str, opened.problems)) or ", ".join(notes)
    print(json.dumps(["kept", f"{len(opened.reports)} reports; {words}", _peak_kib()]))


if __name__ == "__main__":
    main(sys.argv[1])
