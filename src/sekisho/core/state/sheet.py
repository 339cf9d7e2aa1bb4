"""A sheet: questions with the answers they got, kept so that a state can be made again from it, by newer code too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sekisho.core.names import normal
from sekisho.core.questions import Answer, Asking, Question, Reply

MAX_ANSWERS = 1000
"""Answers of one sheet: 200 selectors, 200 sub-domains, an SPF tree at its limits, and the rest."""
MAX_VALUES = 50
"""Values of one answer that are kept, the first by their text."""
MAX_VALUE = 16384
"""Characters of one value that are kept."""

T = TypeVar("T")

NOT_ASKED = Answer(Reply.FAILED, why="not asked yet")


@dataclass(slots=True)
class Sheet:
    """Answers by question; `failed` holds why questions could not be answered the last time, whatever was known before."""

    answers: dict[Question, Answer] = field(default_factory=dict)
    failed: dict[Question, str] = field(default_factory=dict)

    def note(self, question: Question, answer: Answer) -> None:
        """Writes an answer down, bounded; values in the order of their text, since servers turn them around."""
        if len(self.answers) >= MAX_ANSWERS and question not in self.answers:
            return
        question = Question(normal(question.name), question.rtype)
        if answer.failed:
            self.failed[question] = (answer.why or "no answer")[:200]
        values = tuple(sorted(value[:MAX_VALUE] for value in answer.values)[:MAX_VALUES])
        self.answers[question] = Answer(answer.reply, values, 0, answer.why[:200])

    def answer(self, question: Question) -> Answer:
        """What is known; a failed answer where the question was never asked."""
        return self.answers.get(Question(normal(question.name), question.rtype), NOT_ASKED)

    def over(self, older: Sheet) -> Sheet:
        """This sheet, with what the older one knew in place of what failed this time; `failed` keeps telling.

        Where something failed, questions that depend on it were not asked at all: they keep their answers too.
        """
        known = {
            question: before
            for question, now in self.answers.items()
            if now.failed and (before := older.answers.get(question)) is not None and not before.failed
        }
        if self.failed:
            known |= {question: before for question, before in older.answers.items() if question not in self.answers}
        return Sheet(dict(list((self.answers | known).items())[:MAX_ANSWERS]), dict(self.failed))

    def now(self) -> Sheet:
        """What is surely known of today: what failed the last time is unknown, even if it was known before."""
        unknown = {question: Answer(Reply.FAILED, why=why) for question, why in self.failed.items()}
        return replace(self, answers={**self.answers, **unknown})

    def to_plain(self) -> dict[str, object]:
        """Plain values for JSON."""
        return {
            "answers": [[q.name, q.rtype, a.reply.value, list(a.values), a.why] for q, a in self.answers.items()],
            "failed": [[q.name, q.rtype, why] for q, why in self.failed.items()],
        }


def from_plain(values: Mapping[str, Iterable[list[object]]]) -> Sheet:
    """The sheet that `to_plain` made."""
    sheet = Sheet()
    for name, rtype, reply, texts, why in values.get("answers", ()):
        found = tuple(map(str, texts)) if isinstance(texts, list) else ()
        sheet.answers[Question(str(name), str(rtype))] = Answer(Reply(str(reply)), found, 0, str(why))
    for name, rtype, why in values.get("failed", ()):
        sheet.failed[Question(str(name), str(rtype))] = str(why)
    return sheet


def recorded(asking: Asking[T], sheet: Sheet) -> Asking[T]:
    """Asks the same questions and writes the answers down."""
    try:
        question = next(asking)
        while True:
            answer = yield question
            sheet.note(question, answer)
            question = asking.send(answer)
    except StopIteration as stop:
        return stop.value  # type: ignore[no-any-return]
