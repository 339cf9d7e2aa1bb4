"""A DNS that is a table: what is not in it does not exist, what is FAILED does not answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sekisho.core.questions import FAILED, NODATA, NXDOMAIN, Answer, Asking, Question, answered, found

T = TypeVar("T")


class Table:
    """Answers from `NAME TYPE` (TXT where no type is said) to a text, several, or an answer; notes what it was asked.

    A name with records, or with names below it, exists: other types there are NODATA.
    """

    def __init__(self, records: Mapping[str, str | Iterable[str] | Answer]) -> None:
        self.asked: list[str] = []
        self._answers: dict[Question, Answer] = {}
        for key, value in records.items():
            name, _, rtype = key.partition(" ")
            answer = value if isinstance(value, Answer) else found(*([value] if isinstance(value, str) else value))
            self._answers[Question(name, rtype or "TXT")] = answer

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question.name)
        answer = self._answers.get(question)
        if answer is not None:
            return answer
        names = [known.name for known, said in self._answers.items() if said is not NXDOMAIN and said is not FAILED]
        return NODATA if any(name == question.name or name.endswith("." + question.name) for name in names) else NXDOMAIN

    def ask(self, asking: Asking[T]) -> T:
        """What `asking` returns."""
        return answered(asking, self)
