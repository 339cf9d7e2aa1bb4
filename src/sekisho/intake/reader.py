"""A process that only opens deliveries, within limits of the kernel: it tries what may have ended another one.

It reads frames from standard input (length of name, length of data, the two) and answers each with one byte: that it survived.
Whatever a delivery does to it, the asker lives on.
"""

from __future__ import annotations

import resource
import struct
import sys

from sekisho.core.errors import ReadError
from sekisho.core.reports.open import open_delivery

FRAME = struct.Struct(">II")
SURVIVED = b"."
MEMORY_BYTES = 1 << 30
"""Address space: three times what the largest report takes, libraries included."""
CPU_S = 60
"""For one delivery; a report of 200,000 records takes some seconds."""


def main() -> None:
    """Opens what comes until there is no more."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    _answer()  # it is ready: what it took to start does not count against the first delivery
    while head := sys.stdin.buffer.read(FRAME.size):
        name_size, size = FRAME.unpack(head)
        name = sys.stdin.buffer.read(name_size).decode("utf-8", "replace")
        _allow_cpu()
        try:
            open_delivery(sys.stdin.buffer.read(size), name=name)
        except ReadError:
            pass
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001, S110 - the program that reads it for good says so
            pass
        _answer()


def _allow_cpu() -> None:
    """The kernel ends the process when this delivery takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + 1 + CPU_S
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


def _answer() -> None:
    sys.stdout.buffer.write(SURVIVED)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
