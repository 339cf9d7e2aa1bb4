"""Numbers, dates and names as Japanese and English readers write them; pure functions of value and language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

EPOCH = dt.date(1970, 1, 1)
MINUS = "−"
EN_DASH = "–"
FACTOR_FROM = 5
"""From this factor upwards a growth is written as a factor, not in percent."""
WHOLE_FACTOR_FROM = 20
"""From here a factor has no decimal."""
HIGH, MEDIUM = 0.9, 0.7
"""Confidence is high or medium from these values upwards."""
HOUR_S = 3600

Day = int | dt.date
"""A day: days since 1970-01-01 as the store counts them, or a date."""

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WEEKDAYS_JA = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Manner:
    """How one language writes what differs between the two."""

    messages: str
    below: str
    """A share under 0.1 %."""
    factor: str
    fresh: str
    """A growth from nothing."""
    steps: tuple[tuple[int, str], ...]
    """Units of an axis, the largest first."""
    confidence: tuple[str, str, str]
    """High, medium, low."""
    day: Callable[[dt.date], str]
    day_named: Callable[[dt.date], str]
    day_year: Callable[[dt.date], str]
    day_long: Callable[[dt.date], str]
    range_dash: str
    moment: str
    now: str
    minutes: str


def _en_long(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _en_day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


MANNERS = {
    "ja": Manner(
        messages="{} 通",
        below="0.1%未満",
        factor="{} 倍",
        fresh="新規",
        steps=((100_000_000, "億"), (10_000, "万")),
        confidence=("高（{}）", "中（{}）", "低（{}）"),
        day=lambda day: f"{day.month}/{day.day}",
        day_named=lambda day: f"{day.month}/{day.day}（{WEEKDAYS_JA[day.weekday()]}）",
        day_year=lambda day: f"{day.year}/{day.month}/{day.day}",
        day_long=lambda day: f"{day.year}年{day.month}月{day.day}日",
        range_dash=EN_DASH,
        moment="{} {}",
        now="たった今",
        minutes="{} 分前",
    ),
    "en": Manner(
        messages="{}",
        below="< 0.1%",
        factor="{}×",
        fresh="new",
        steps=((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")),
        confidence=("high ({})", "medium ({})", "low ({})"),
        day=_en_day,
        day_named=_en_day,
        day_year=lambda day: f"{_en_day(day)} {day.year}",
        day_long=_en_long,
        range_dash=f" {EN_DASH} ",
        moment="{}, {}",
        now="just now",
        minutes="{} min ago",
    ),
}


def manner(lang: str) -> Manner:
    """The manner of a language tag such as `ja` or `en-gb`; English for one that is not known."""
    return MANNERS.get(lang.split("-", 1)[0].lower(), MANNERS["en"])


def number(value: int) -> str:
    """A whole number with its thousands marked and a real minus: `12,027`, the same in both languages."""
    return f"{value:,}".replace("-", MINUS)


def messages(value: int, lang: str) -> str:
    """A count of messages with its counter where the language has one: `12,027 通`, `12,027`."""
    return manner(lang).messages.format(number(value))


def counter(lang: str) -> str:
    """The word after a count of messages when it stands apart from its number: `通`, or nothing."""
    return manner(lang).messages.format("").strip()


def share(part: int, whole: int, lang: str) -> str:
    """A share in percent with one decimal; never rounds something to nothing or nearly all to all; a dash of nothing."""
    if whole <= 0:
        return EN_DASH
    if 0 < part * 1000 < whole:
        return manner(lang).below
    percent = 100 * part / whole
    if part < whole:
        percent = min(percent, 99.9)
    return f"{percent:.1f}%"


def change(now: int, before: int, lang: str) -> str:
    """The change from `before` to `now`: `+12.4%`, `12.9×` from factor five upwards, `new` from nothing."""
    if before == 0:
        return manner(lang).fresh if now else "±0%"
    if is_surge(now, before):
        factor = now / before
        return manner(lang).factor.format(f"{factor:,.0f}" if factor >= WHOLE_FACTOR_FROM else f"{factor:.1f}")
    percent = round(100 * (now - before) / before, 1)
    if percent == 0:
        return "±0%"
    return f"{'+' if percent > 0 else MINUS}{abs(percent):,.1f}%"


def is_surge(now: int, before: int) -> bool:
    """Whether `now` is so many times `before` that it is written as a factor."""
    return before > 0 and now >= FACTOR_FROM * before


def axis(value: float, lang: str) -> str:
    """A number on an axis, short from ten thousand upwards: `2万`, `20k`."""
    if abs(value) >= 10_000:
        for unit, word in manner(lang).steps:
            if abs(value) >= unit:
                return f"{value / unit:,.1f}".removesuffix(".0").replace("-", MINUS) + word
    return number(round(value))


def confidence(value: float, lang: str) -> str:
    """A confidence in a word and whole percent: `高（97%）`, `high (97%)`."""
    step = 0 if value >= HIGH else 1 if value >= MEDIUM else 2
    return manner(lang).confidence[step].format(f"{round(100 * value)}%")


def size(value: int) -> str:
    """A size in bytes with a binary unit: `512 B`, `1.4 KiB`."""
    amount = float(value)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < 1024 or unit == "GiB":
            break
        amount /= 1024
    return f"{amount:.0f} B" if unit == "B" else f"{amount:,.1f} {unit}"


def as_date(day: Day) -> dt.date:
    """The date of a day given as the store counts it, as a date, or as a moment (its day in its own zone)."""
    if isinstance(day, dt.datetime):
        return day.date()
    return day if isinstance(day, dt.date) else EPOCH + dt.timedelta(days=day)


def day_short(day: Day, lang: str) -> str:
    """A day without its year for axes and sentences: `11/23`, `23 Nov`."""
    return manner(lang).day(as_date(day))


def day_named(day: Day, lang: str) -> str:
    """A day with its weekday where that is custom: `11/23（月）`, `23 Nov`."""
    return manner(lang).day_named(as_date(day))


def day_long(day: Day, lang: str) -> str:
    """A day with its year, in words: `2026年11月23日`, `23 November 2026`."""
    return manner(lang).day_long(as_date(day))


def day_iso(day: Day) -> str:
    """A day as tables and addresses write it: `2026-11-23`."""
    return as_date(day).isoformat()


def day_range(first: Day, last: Day, lang: str) -> str:
    """Two days, inclusive, with their years only where these differ: `10/25–11/23`, `25 Oct – 23 Nov`."""
    begin, end = as_date(first), as_date(last)
    way = manner(lang)
    if begin == end:
        return way.day(begin)
    write = way.day if begin.year == end.year else way.day_year
    return f"{write(begin)}{way.range_dash}{write(end)}"


def moment(at: int, lang: str, zone: dt.tzinfo = dt.UTC) -> str:
    """Unix seconds as a day and time of a zone, 24 hours: `11/24 06:12`, `24 Nov, 06:12`."""
    then = dt.datetime.fromtimestamp(at, zone)
    return manner(lang).moment.format(day_short(then.date(), lang), f"{then:%H:%M}")


def ago(at: int, now: int, lang: str, zone: dt.tzinfo = dt.UTC) -> str:
    """Unix seconds as minutes ago, but only under an hour; else as `moment` writes them."""
    past = now - at
    if not 0 <= past < HOUR_S:
        return moment(at, lang, zone)
    return manner(lang).minutes.format(past // 60) if past >= 60 else manner(lang).now


@cache
def zone(name: str) -> dt.tzinfo:
    """A time zone by its name; UTC where the name is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return dt.UTC


@cache
def _territories(lang: str) -> dict[str, str]:
    return dict(Locale.parse("ja" if lang.startswith("ja") else "en").territories)


def country(code: str, lang: str) -> str:
    """The name of a country by its ISO 3166 alpha-2 code (CLDR); the code itself where it has none."""
    return _territories(lang).get(code.upper(), code)
