"""A bounded cache of DNS answers that obeys their TTL; time comes in as an argument."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

from sekisho.core.questions import Answer, Question, Reply

MAX_ENTRIES = 100_000
"""About 60 MB; the answers on 30,000 hosts."""

FLOOR_S = 30
"""A TTL of 0 would ask again for each message of a burst."""

CEILING_S = 86_400
"""A day, as resolvers do (RFC 8767, 4 speaks of days to a week)."""

NEGATIVE_CEILING_S = 10_800
"""Three hours at most for what is not there (RFC 2308, 5)."""

FAILED_S = 5
"""A failure is remembered this long, so that one broken zone is not asked for each message (RFC 9520, 3.2)."""


def kept_s(answer: Answer) -> int:
    """Seconds for which the answer is kept."""
    if answer.failed:
        return FAILED_S
    ceiling = CEILING_S if answer.found else NEGATIVE_CEILING_S
    return min(max(answer.ttl, FLOOR_S), ceiling)


class Cache:
    """Answers by question, the least recently used thrown out first. Not safe for several threads."""

    def __init__(self, max_entries: int = MAX_ENTRIES) -> None:
        self._max_entries = max_entries
        self._entries: OrderedDict[Question, tuple[float, Answer]] = OrderedDict()

    def get(self, question: Question, now: float) -> Answer | None:
        """The answer with the TTL that is left, None when there is none or it is too old."""
        entry = self._entries.get(question)
        if entry is None:
            return None
        until, answer = entry
        if now >= until:
            del self._entries[question]
            return None
        self._entries.move_to_end(question)
        return answer if answer.reply is Reply.FAILED else replace(answer, ttl=int(until - now))

    def put(self, question: Question, answer: Answer, now: float) -> None:
        """Keeps the answer."""
        self._entries[question] = (now + kept_s(answer), answer)
        self._entries.move_to_end(question)
        if len(self._entries) > self._max_entries:
            self._entries.popitem(last=False)

    def __len__(self) -> int:
        return len(self._entries)
