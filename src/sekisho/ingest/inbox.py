"""What an intake is: deliveries are fetched, stored by the caller, and only then settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from sekisho.core.limits import DEFAULT
from sekisho.ingest.errors import IngestError, Trouble


class After(StrEnum):
    """What becomes of a mail in its mailbox once it is stored."""

    LEAVE = "leave"
    FLAG = "flag"
    MOVE = "move"
    DELETE = "delete"


class Step(StrEnum):
    """The steps of a test, in order."""

    NAME = "name"
    CONNECT = "connect"
    TLS = "tls"
    SIGN_IN = "sign_in"
    FOLDER = "folder"
    COUNT = "count"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A mail or file as it came."""

    data: bytes
    name: str
    """For people: folder and number, file name or key."""
    handle: str
    """For `settle`: good for the life of the process, also after a new connection."""
    at: datetime | None = None
    """When the mailbox got it, as its server says."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A mail that was left where it is, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Some deliveries, the oldest first, and the cursor that is right once they are settled."""

    deliveries: tuple[Delivery, ...]
    cursor: str
    refused: tuple[Refused, ...] = ()
    left: int = 0
    """How many more are known to wait, at least; 0 means `wait`."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One step of a test: what was tried, and what the server said."""

    step: Step
    ok: bool
    said: str = ""
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one `fetch` may bring."""

    count: int = 500
    """A server moves 500 mails in hardly more time than 100: it writes its index anew for each command."""
    batch_bytes: int = 8 << 20
    """All together; one larger mail comes alone."""
    mail_bytes: int = DEFAULT.delivery_bytes
    """A larger mail is refused and stays where it is."""

    def refusal(self, name: str) -> Refused:
        """The word on a mail that is too large."""
        return Refused(name, f"larger than {self.mail_bytes / (1 << 20):g} MiB")


class Inbox(Protocol):
    """A mailbox or folder; connects when it is first asked, and again after an error.

    All methods but `test` raise `IngestError`. One thread uses it at a time.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...

    def fetch(self, cursor: str, bounds: Bounds) -> Batch:
        """The next deliveries after `cursor`, which is empty at first; changes nothing in the mailbox."""
        ...

    def settle(self, handles: Sequence[str]) -> None:
        """Marks, moves or deletes what is durable by now, in few commands; twice, or when a mail is gone, changes nothing."""
        ...

    def wait(self, timeout_s: float) -> bool:
        """Returns when something may be new (True) or the time is over (False)."""
        ...

    def test(self) -> list[Probe]:
        """Tries all that a fetch needs, step by step up to the first that fails."""
        ...


class Attempt:
    """The probes of a test: `with attempt.at(step): ...` ends the test at the first trouble."""

    def __init__(self) -> None:
        self.probes: list[Probe] = []

    def passed(self, step: Step, said: str = "") -> None:
        """Notes a step that went well."""
        self.probes.append(Probe(step, ok=True, said=said))

    def failed(self, step: Step, error: IngestError) -> list[Probe]:
        """Notes the step that did not; returns all."""
        self.probes.append(Probe(step, ok=False, said=error.said, trouble=error.trouble))
        return self.probes
