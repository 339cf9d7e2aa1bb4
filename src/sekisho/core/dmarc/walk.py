"""The DNS tree walk and the organizational domain it leads to (RFC 9989, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.dmarc.record import DmarcRecord, Psd, pick
from sekisho.core.names import normal
from sekisho.core.questions import Answer, Asking, Question, Reply
from sekisho.core.reports.values import Note

MAX_QUERIES = 8
"""Of one walk, however many labels the name has (RFC 9989, 4.10)."""
MAX_FAILED = 2
"""Failed questions after which a walk is given up: each may have taken seconds, and a hostile name can make all fail."""


class Stop(NamedTuple):
    """One name on the walk: what was asked there and found."""

    domain: str
    answer: Answer
    record: DmarcRecord | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk from `start` towards the root."""

    start: str
    stops: tuple[Stop, ...]

    @property
    def is_sure(self) -> bool:
        """Whether nothing failed on the way: what could not be asked may hold the record that decides."""
        return all(not stop.answer.failed for stop in self.stops)

    @property
    def found(self) -> tuple[tuple[str, DmarcRecord], ...]:
        """The names with a record, the longest first."""
        return tuple((stop.domain, stop.record) for stop in self.stops if stop.record is not None)

    @property
    def why(self) -> str:
        """Why a question failed; empty where none did."""
        return next((stop.answer.why or "no answer" for stop in self.stops if stop.answer.failed), "")


def names_on_the_way(start: str) -> tuple[str, ...]:
    """The names whose records a walk asks for: the name itself, then its parents, at most eight in all.

    From a name of more than seven labels the walk goes on at its right-most seven (RFC 9989, 4.10).
    """
    labels = start.split(".")
    rest = labels[-(MAX_QUERIES - 1) :] if len(labels) >= MAX_QUERIES else labels[1:]
    return (start, *(".".join(rest[number:]) for number in range(len(rest)))) if start else ()


def ask_record(domain: str) -> Asking[Stop]:
    """Asks for the record of one name."""
    answer = yield Question(f"_dmarc.{domain}", "TXT")
    reading = pick(answer.values if answer.found else ())
    return Stop(domain, answer, reading.record, reading.notes)


def walk(start: str, first: Stop | None = None) -> Asking[Walk]:
    """Walks from a name; `first` is what was found there when it has been asked already.

    Ends at a record with `psd=y` or `psd=n`. Several records at a name are none, and the walk goes on. NXDOMAIN at a name
    does not end it: `_dmarc` is missing below most names that exist.
    """
    start = normal(start)
    stops: list[Stop] = []
    failed = 0
    for number, name in enumerate(names_on_the_way(start)):
        stop = first if first is not None and number == 0 else (yield from ask_record(name))
        stops.append(stop)
        failed += stop.answer.reply is Reply.FAILED
        if failed >= MAX_FAILED or (stop.record is not None and stop.record.psd is not Psd.UNKNOWN):
            break
    return Walk(start, tuple(stops))


def organizational_domain(way: Walk) -> str:
    """The domain that answers for the start of a walk (RFC 9989, 4.10.2); the start itself where nothing was found.

    1. A record with `psd=n`: its name.
    2. A record with `psd=y`, not at the start: the name one label longer.
    3. The shortest name with a record.
    """
    labels = way.start.split(".")
    for domain, record in way.found:
        if record.psd is Psd.NO:
            return domain
        if record.psd is Psd.YES and domain != way.start:
            return ".".join(labels[-(domain.count(".") + 2) :])
    return way.found[-1][0] if way.found else way.start
