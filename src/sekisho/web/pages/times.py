"""Times of reports in UTC, as they were said."""

from __future__ import annotations

import datetime as dt


def time_text(seconds: int) -> str:
    """A time of a report in UTC; as the bare number where no calendar has it."""
    try:
        return f"{dt.datetime.fromtimestamp(seconds, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, ValueError, OSError):
        return str(seconds)


def period_text(begin: int, end: int) -> str:
    """The days of a report, as a table with a year shows them."""
    first, last = time_text(begin)[:10], time_text(max(begin, end - 1))[:10]
    return first if first == last or end <= begin else f"{first} – {last}"
