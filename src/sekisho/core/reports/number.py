"""Counts and times as reporters write them: floats, words, milliseconds, ISO text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

MOST = 10**10
"""Messages of one row; no receiver sees more in a day."""
LATEST = 2**33
"""The year 2242; times beyond are in milliseconds or none."""

_COUNT = re.compile(r"\+?([0-9]{1,20})(?:\.0*)?").fullmatch
_GROUPED = re.compile(r"[0-9]{1,3}(?:[,_' ][0-9]{3})+").fullmatch
_SECONDS = re.compile(r"([0-9]{1,16})(?:\.[0-9]{0,9})?").fullmatch
_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "twenty": 20,
}  # fmt: skip


def count_of(text: str) -> tuple[int, bool]:
    """The number of messages, and whether it is written oddly. What is no number up to `MOST` stands for one message.

    A row stands for at least one message, so one is the least that is true.
    """
    if text.isdecimal() and len(text) <= 10:
        return int(text), False
    text = text.strip()[:40]
    if (plain := _COUNT(text)) and int(plain[1]) <= MOST:
        return int(plain[1]), plain[1] != text
    if _GROUPED(text) and (number := int(re.sub(r"[^0-9]", "", text))) <= MOST:
        return number, True
    return _WORDS.get(text.lower(), 1), True


def time_of(text: str) -> tuple[int, bool]:
    """Unix seconds, and whether they are written oddly; 0 where it is no time."""
    if (plain := _SECONDS(text)) is not None:
        seconds = int(plain[1])
        if seconds < LATEST:
            return seconds, plain[1] != text
        seconds //= 1000
        return (seconds, True) if seconds < LATEST else (0, True)
    if not text:
        return 0, False
    moment = _moment(text)
    if moment is None:
        return 0, True
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = int(moment.timestamp())
    return (seconds, True) if 0 < seconds < LATEST else (0, True)


def _moment(text: str) -> datetime | None:
    """ISO 8601, or a date as in mail; without a zone where none is said."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
