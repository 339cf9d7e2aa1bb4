"""The SPF part of a domain's state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sekisho.core.questions import Asking, Question
from sekisho.core.terms import Found

_BEGINS = re.compile(r"v=spf1(?: |$)", re.IGNORECASE)
_NOBODY = re.compile(r"v=spf1\s+-all\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SpfState:
    """The SPF records at a name: YES with exactly one, NO with none or several."""

    domain: str
    state: Found
    texts: tuple[str, ...] = ()
    why: str = ""

    @property
    def text(self) -> str:
        """The record that counts; empty where none does."""
        return self.texts[0] if self.state is Found.YES else ""

    @property
    def permits_nobody(self) -> bool:
        """Whether it is the record of a domain that sends no mail."""
        return _NOBODY.match(self.text) is not None


def ask_spf(domain: str) -> Asking[SpfState]:
    """Asks for the record of a domain (RFC 7208, 4.5)."""
    answer = yield Question(domain, "TXT")
    if answer.failed:
        return SpfState(domain, Found.UNKNOWN, why=answer.why)
    texts = tuple(text for text in answer.values if _BEGINS.match(text))
    return SpfState(domain, Found.YES if len(texts) == 1 else Found.NO, texts)
