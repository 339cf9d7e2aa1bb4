"""How mail spreads over the days: offices, machines, newsletters, pay days, waves of fraud."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.accuracy.island.chance import Dice
from bench.accuracy.labels import DAYS

from sekisho.core.terms import SECONDS_A_DAY

START = int(datetime(2026, 7, 6, tzinfo=UTC).timestamp())
"""First day, a Monday."""

WEEK = (1.3, 1.35, 1.3, 1.3, 1.2, 0.35, 0.2)
"""Mail of offices from Monday to Sunday."""


def daily(rhythm: str, rate: float, days: tuple[int, int], dice: Dice) -> list[float]:
    """Mean number of mails for each day; the mean over the days of life is the rate."""
    first, last = days
    alive = [first <= day < last for day in range(DAYS)]
    shape = SHAPES[rhythm](dice, first, last)
    whole = sum(weight for day, weight in enumerate(shape) if alive[day])
    if not whole:
        return [0.0] * DAYS
    scale = rate * (last - first) / whole
    return [weight * scale if alive[day] else 0.0 for day, weight in enumerate(shape)]


def _office(dice: Dice, _first: int, _last: int) -> list[float]:
    return [WEEK[day % 7] * dice.around(0.7, 1.4) for day in range(DAYS)]


def _steady(dice: Dice, _first: int, _last: int) -> list[float]:
    return [dice.around(0.75, 1.33) for _ in range(DAYS)]


def _news(dice: Dice, _first: int, _last: int) -> list[float]:
    weekday, every = dice.randint(0, 4), dice.choice((1, 1, 2, 4))
    return [
        (1.0 if day % 7 == weekday and day // 7 % every == 0 else 0.15 if (day - 1) % 7 == weekday else 0.0) * dice.around(0.6, 1.6)
        for day in range(DAYS)
    ]


def _monthly(dice: Dice, _first: int, _last: int) -> list[float]:
    day_of_month = dice.choice((1, 5, 10, 15, 20, 24, 25, 28))
    days = [datetime.fromtimestamp(START + day * SECONDS_A_DAY, UTC).day for day in range(DAYS)]
    return [1.0 if day == day_of_month else 0.2 if day == day_of_month + 1 else 0.0 for day in days]


def _waves(dice: Dice, first: int, last: int) -> list[float]:
    shape = [0.02] * DAYS
    for _ in range(dice.randint(1, 6)):
        begin, size = dice.randrange(first, last), dice.around(0.3, 3)
        for day in range(begin, min(last, begin + dice.randint(1, 5))):
            shape[day] += size
    return shape


def _once(dice: Dice, first: int, last: int) -> list[float]:
    shape = [0.0] * DAYS
    begin = dice.randrange(first, last)
    for day in range(begin, min(last, begin + dice.randint(1, 3))):
        shape[day] = dice.around(0.4, 2)
    return shape


def _rare(dice: Dice, _first: int, _last: int) -> list[float]:
    return [dice.choice((0.0, 0.0, 0.0, 0.3, 1.0, 2.0)) * (1 if day % 7 < 5 else 0.4) + 0.01 for day in range(DAYS)]


SHAPES = {
    "office": _office,
    "steady": _steady,
    "news": _news,
    "monthly": _monthly,
    "waves": _waves,
    "once": _once,
    "rare": _rare,
}
