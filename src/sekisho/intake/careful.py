"""Deliveries that end the program: found after it, tried apart, and set aside, so that one costs only itself."""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from sekisho.core.terms import Outcome
from sekisho.intake.reader import FRAME, SURVIVED
from sekisho.registry import deliveries
from sekisho.registry.deliveries import Settled, Waiting

log = logging.getLogger(__name__)

MARK = "reading"
"""Name of the mark in the home."""
HANG_S = 600
"""For one batch, at most 4 MiB or one large delivery, all steps. A program that hangs longer is ended; its service manager
starts it anew."""
TRY_S = 90.0
"""For one delivery in the process that tries it; that includes a slow machine."""
START_S = 60.0
ENDINGS = 2
"""So often the program may end while a delivery is read alone: once can be a power cut or an impatient person."""
GROUPS = 8
"""Suspects that are well in the process of their own go down the stairs in as many groups, to find the one that is not."""
MARK_BYTES = 1 << 20
ENDED_THE_READER = "Reading it ended the program that tried it"
TOO_MUCH_MEMORY = "Reading it takes too much memory"
TOO_LONG = "Reading it takes too long"
ENDED_THE_PROGRAM = "Reading it ended the program twice"


class Drain(Protocol):
    """The staircase, `flow.drain` with its house."""

    def __call__(
        self,
        *,
        limit: int = ...,
        only: Sequence[int] | None = ...,
        begun: Callable[[Sequence[Waiting]], None] | None = ...,
    ) -> list[Settled]: ...


class Careful:
    """Takes batches down the stairs, and keeps a mark of what is on them beside the facts while it is.

    1. the mark names the deliveries of the batch before they are opened, and nothing after they are settled
    2. a mark that is there at the start tells what a program before us died over: these are the suspects
    3. each is opened in a process of its own first; if that dies or hangs, the delivery is broken
    4. the others go down the stairs together once more; if the program dies again, in ever smaller groups
    5. one over which the program dies twice while it is alone is broken too
    The mark is not synced: it need outlive the program, not the machine.
    """

    def __init__(self, mark: Path, stairs: Drain) -> None:
        self._stairs = stairs
        self._path = mark
        mark.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(mark, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        self._suspects, self._endings = self._read()

    def drain(self, *, limit: int) -> list[Settled]:
        """One batch down the stairs, the suspects first."""
        if self._suspects:
            return self._drain_suspects()
        with self._bounded():
            settled = self._stairs(limit=limit, begun=lambda batch: self._write([waiting.id for waiting in batch], 0))
        if settled:
            self._clear()
        return settled

    def _drain_suspects(self) -> list[Settled]:
        suspects, endings = self._suspects, self._endings
        log.warning("the program ended while %d deliveries were read; they are read with care", len(suspects))
        settled: list[Settled] = []
        if len(suspects) == 1 and endings >= ENDINGS:
            settled += _set_aside(suspects[0], ENDED_THE_PROGRAM)
        elif not endings:
            for number, reason in _tried(suspects).items():
                settled += _set_aside(number, reason)
                suspects.remove(number)
            settled += self._group(suspects, 1)
        else:
            size = -(-len(suspects) // GROUPS)
            again = endings + 1 if len(suspects) == 1 else 1
            for start in range(0, len(suspects), size):
                settled += self._group(suspects[start : start + size], again)
        self._suspects = []
        self._clear()
        return settled

    def _group(self, numbers: list[int], endings: int) -> list[Settled]:
        """Takes a group down the stairs, in as many batches as its bytes need."""
        settled: list[Settled] = []
        while numbers:
            self._write(numbers, endings)
            with self._bounded():
                some = self._stairs(only=numbers)
            settled += some
            done = {one.id for one in some}
            numbers = [number for number in numbers if number not in done] if done else []
        return settled

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        """Ends the program when the step hangs, even in code that never lets Python run."""
        faulthandler.dump_traceback_later(HANG_S, exit=True, file=sys.__stderr__ or sys.stderr)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()

    # the mark

    def _write(self, numbers: Sequence[int], endings: int) -> None:
        """One write, then the length: what another program reads is whole, or not JSON and then nothing."""
        text = json.dumps({"deliveries": list(numbers), "endings": endings}).encode()
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text, 0)

    def _clear(self) -> None:
        os.ftruncate(self._file, 0)

    def _read(self) -> tuple[list[int], int]:
        """The deliveries of the mark, and how often a program ended over them since they are suspects."""
        try:
            found = json.loads(os.pread(self._file, MARK_BYTES, 0) or b"{}")
            return [int(number) for number in found.get("deliveries", ())], int(found.get("endings", 0))
        except (ValueError, TypeError, AttributeError):
            return [], 0


def _set_aside(number: int, reason: str) -> list[Settled]:
    log.error("delivery %d: %s", number, reason)
    settled = [Settled(number, Outcome.BROKEN, reason)]
    deliveries.finish(settled)
    return settled


def _tried(numbers: Sequence[int]) -> dict[int, str]:
    """The suspects that a process of their own did not survive, and why they are set aside."""
    broken: dict[int, str] = {}
    reader: _Reader | None = None
    for number in numbers:
        for waiting in deliveries.take(only=[number]):
            reader = reader or _Reader()
            how = reader.survives(waiting)
            if how:
                broken[number] = how
                reader.close()
                reader = None
    if reader is not None:
        reader.close()
    return broken


class _Reader:
    """The process that tries deliveries."""

    def __init__(self) -> None:
        argv = [sys.executable, "-m", "sekisho.intake.reader"]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._answers(START_S)

    def survives(self, waiting: Waiting) -> str:
        """Why the delivery is to be set aside; empty when the process goes on."""
        assert self._process.stdin is not None
        name = waiting.name.encode()
        try:
            self._process.stdin.write(FRAME.pack(len(name), len(waiting.data)) + name + waiting.data)
            self._process.stdin.flush()
        except OSError:  # it has ended already, and says how below
            pass
        if self._answers(TRY_S):
            return ""
        if self._process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
        code = self._process.returncode
        if code is None:
            return TOO_LONG
        if code == -signal.SIGXCPU:
            return TOO_LONG
        return ENDED_THE_READER if code < 0 else TOO_MUCH_MEMORY

    def close(self) -> None:
        """Ends it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _answers(self, seconds: float) -> bool:
        """Whether it says in time that it lives."""
        assert self._process.stdout is not None
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._process.stdout], [], [], left)[0]:
                return os.read(self._process.stdout.fileno(), 1) == SURVIVED
        return False
