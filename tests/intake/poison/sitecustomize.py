"""A reader that dies of some deliveries, for processes that tests start with this folder on their path."""

import os
import signal
import sys
import time
from typing import Any

from sekisho.core.reports import open as reader

honest = reader.open_delivery
IS_SERVER = "sekisho.intake.reader" not in " ".join(sys.orig_argv)


def open_delivery(data: bytes, **more: Any) -> Any:
    """Reads, or does what the bytes say."""
    if b"poison: segv" in data or (b"poison: server" in data and IS_SERVER):
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"poison: memory" in data:
        if IS_SERVER:  # as the kernel does when memory runs out
            os.kill(os.getpid(), signal.SIGKILL)
        bytearray(4 << 30)
    if b"poison: hang" in data:
        if IS_SERVER:  # as the watchdog and an impatient person do
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(600)
    return honest(data, **more)


reader.open_delivery = open_delivery
