"""How mail is spread over days and receivers, and what that says: strangers come suddenly, people send on working days."""

from __future__ import annotations

from enum import StrEnum

from sekisho.core.facts import Beat, Context, Flow

ENOUGH = 20
"""Messages from which a shape can be seen in the days."""
SHARE_OF_DAYS = 0.3
"""From this share of days with mail on, a source of weeks is steady; workdays are 0.7 of all, a printer's may be half."""
WEEK = 7
FEW_DAYS = 10
"""Days within which a campaign of strangers is mostly over."""
LONG = 40
"""Days after which a stranger's rented or stolen host would mostly be closed."""
MOVES = 9
"""Addresses that one line may have had in a quarter of a year."""
NO_SECOND = 8
"""Messages from which the lack of any on Saturdays and Sundays is hardly chance (0.07 if all days were alike)."""


class Shape(StrEnum):
    """How mail is spread over days."""

    SUDDEN = "sudden"
    """Much within few days, nothing before or after."""
    BRIEF = "brief"
    """A little within few days, then never again."""
    STEADY = "steady"
    """Again and again over weeks."""
    LASTING = "lasting"
    """Seldom, but for long."""
    UNCLEAR = "unclear"


def beat_of(flow: Flow, context: Context, *, is_shared: bool, is_line: bool) -> Beat:
    """The days that tell of the sender: of all failing mail of a host of one operator, and on a host of many of what has the
    same envelope; of the flow alone where no more is known. A line may change its address, so its few predecessors count."""
    kin = context.kin
    moved = is_line and 1 < kin.hosts <= MOVES and kin.days >= 3 * kin.hosts
    beat = kin if is_shared or moved else context.beat
    if beat.messages >= flow.messages:
        return beat
    return Beat(flow.messages, -1, flow.days, flow.first_day, flow.last_day, flow.reporters)


def shape_of(beat: Beat, context: Context, *, is_shared: bool) -> Shape:
    """The shape of the days."""
    span = beat.last_day - beat.first_day + 1
    if span >= 3 * WEEK and beat.days >= FEW_DAYS and beat.days >= span * SHARE_OF_DAYS:
        return Shape.STEADY
    if span >= LONG and beat.days >= 4:
        return Shape.LASTING
    if span > FEW_DAYS or beat.first_day <= context.domain_first_day + 1:
        return Shape.UNCLEAR
    if not is_shared and context.source_first_day and context.source_first_day < beat.first_day - 1:
        return Shape.UNCLEAR
    over = not context.until or beat.last_day < context.until - 1
    if beat.messages >= ENOUGH:
        return Shape.SUDDEN if over or beat.messages >= 10 * ENOUGH else Shape.UNCLEAR
    return Shape.BRIEF if context.until and beat.last_day < context.until - 2 * WEEK else Shape.UNCLEAR


class Week(StrEnum):
    """Which days of the week it keeps."""

    WORKING = "working"
    """As good as none on Saturdays and Sundays."""
    EVERY = "every"
    """All days alike."""
    UNCLEAR = "unclear"


def week_of(beat: Beat) -> Week:
    """The days of the week; a fortnight and more must be seen, for a few days may lie within one working week."""
    if beat.weekend < 0 or beat.messages < NO_SECOND or beat.last_day - beat.first_day < 2 * WEEK - 3 or beat.days < 5:
        return Week.UNCLEAR
    if beat.weekend * 8 <= beat.messages:
        return Week.WORKING
    return Week.EVERY if beat.messages >= ENOUGH and beat.weekend * 9 >= beat.messages * 2 else Week.UNCLEAR
