"""The DNS as a table, for code that yields questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from sekisho.core.questions import NXDOMAIN, Answer, Asking, Question, answered, found

T = TypeVar("T")

Table = Mapping[tuple[str, str], "Answer | str | tuple[str, ...]"]


def from_table(asking: Asking[T], table: Table) -> tuple[T, list[Question]]:
    """What the code returns and what it asked; names that are not in the table do not exist."""
    asked: list[Question] = []

    def answer(question: Question) -> Answer:
        asked.append(question)
        value = table.get((question.name, question.rtype), NXDOMAIN)
        if isinstance(value, Answer):
            return value
        return found(*((value,) if isinstance(value, str) else value))

    return answered(asking, answer), asked
