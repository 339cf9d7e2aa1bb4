"""Questions to the DNS and their answers, as values: protocol code yields a question and is sent the answer."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar


@dataclass(frozen=True, slots=True)
class Question:
    """One question of class IN; `rtype` is the mnemonic of the record type (`TXT`, `A`, `PTR` …)."""

    name: str
    rtype: str


class Reply(StrEnum):
    """How a question ended."""

    FOUND = "found"
    NODATA = "nodata"
    """The name is there, records of this type are not (RFC 2308, 2.2)."""
    NXDOMAIN = "nxdomain"
    """The name is not there (RFC 8020: nor is anything below it)."""
    FAILED = "failed"
    """Nobody knows: time-out, SERVFAIL, no resolver. It may be otherwise at the next try; never read it as missing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Values are text: names in normal form (lower case, no final dot), addresses in canonical form, TXT strings joined without
    blanks (RFC 7208, 3.3), MX as `10 mx.example`; other types as in a zone file.
    """

    reply: Reply
    values: tuple[str, ...] = ()
    ttl: int = 0
    """Seconds for which it may be kept."""
    why: str = ""
    """Why it failed, for people."""

    @property
    def found(self) -> bool:
        """Whether there are values."""
        return self.reply is Reply.FOUND

    @property
    def nxdomain(self) -> bool:
        """Whether the name does not exist."""
        return self.reply is Reply.NXDOMAIN

    @property
    def nodata(self) -> bool:
        """Whether the name exists without such records."""
        return self.reply is Reply.NODATA

    @property
    def failed(self) -> bool:
        """Whether the answer is not known (temporary)."""
        return self.reply is Reply.FAILED

    @property
    def is_void(self) -> bool:
        """Whether there surely is nothing: a void look-up in the sense of RFC 7208, 4.6.4."""
        return self.reply in (Reply.NODATA, Reply.NXDOMAIN)


NXDOMAIN = Answer(Reply.NXDOMAIN)
NODATA = Answer(Reply.NODATA)
FAILED = Answer(Reply.FAILED)

T = TypeVar("T")

Asking = Generator[Question, Answer, T]
"""Code that asks: yields questions, is sent answers, returns what it found out."""


def found(*values: str, ttl: int = 300) -> Answer:
    """An answer with these values."""
    return Answer(Reply.FOUND, values, ttl)


def answered(asking: Asking[T], answer: Callable[[Question], Answer]) -> T:
    """What `asking` returns when every question is answered by `answer`."""
    try:
        question = next(asking)
        while True:
            question = asking.send(answer(question))
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
