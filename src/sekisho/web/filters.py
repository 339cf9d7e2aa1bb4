"""The filters of a page: read from the query string, written back in one order with the defaults left out (design.md, 2)."""

from __future__ import annotations

import datetime as dt
import ipaddress
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from django.http import QueryDict
from django.utils.translation import gettext as _

from sekisho.core.names import normal
from sekisho.core.terms import URGENCY, Class, Disposition
from sekisho.store.query import Filter, Page
from sekisho.web.formats import EPOCH, day_iso

RANGES = ("7d", "30d", "90d", "12m", "month")
DEFAULT_RANGE = "30d"
LENGTHS = {"7d": 7, "30d": 30, "90d": 90, "12m": 365}
COMPARES = ("prev", "year")
SIZES = (25, 50, 100)
VIEWS = ("failed", "total")
DISPOSITIONS = {
    "reject": (Disposition.REJECT,),
    "quarantine": (Disposition.QUARANTINE,),
    "none": (Disposition.NONE, Disposition.PASS),
}
"""What a person chooses, and what reports call it: RFC 9990 splits the delivered into `none` and `pass`."""
MAX_VALUES = 50
"""Values of one key; more are an attack or a mistake."""
MAX_TEXT = 200
"""Characters of a value."""
MAX_PAGE = 1_000_000
MAX_DAYS = 1100
"""Three years: the longest range a page draws."""
STALE_AFTER_DAYS = 2
"""Reports come a day later; when the newest facts are older than this many days, they have stopped."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days there are: today by UTC, and the first and last day with facts (None before the first report)."""

    today: int
    oldest: int | None = None
    newest: int | None = None

    @property
    def last(self) -> int:
        """The last day a range shows: yesterday, the last complete one, or the newest with facts when that is older."""
        yesterday = self.today - 1
        if self.newest is None or self.oldest is None:
            return yesterday
        if self.oldest > yesterday:
            return min(self.today, self.newest)
        return min(yesterday, self.newest)

    @property
    def is_stale(self) -> bool:
        """Whether reports have stopped coming."""
        return self.newest is not None and self.newest < self.today - STALE_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Form:
    """What a page allows: its sort columns, the default one, and the keys its own address fixes."""

    sorts: tuple[str, ...] = ()
    sort: str = ""
    fixed: tuple[str, ...] = ()
    """Keys that stand in the path, such as `domain`; they are neither read nor written."""


@dataclass(frozen=True, slots=True)
class State:
    """The filters of one page view. `first` and `last` are days (UTC), inclusive, always resolved."""

    range: str = DEFAULT_RANGE
    """A name of `RANGES`, or empty for two dates."""
    first: int = 0
    last: int = 0
    compare: str = ""
    domain: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    reporter: tuple[str, ...] = ()
    classes: tuple[Class, ...] = ()
    disposition: tuple[str, ...] = ()
    dkim: str = ""
    spf: str = ""
    q: str = ""
    sort: str = ""
    page: int = 1
    size: int = SIZES[0]
    view: str = ""
    form: Form = Form()
    problems: tuple[str, ...] = field(default=(), compare=False)
    """Sentences on what was asked and could not be understood."""
    wrong: tuple[tuple[str, str], ...] = field(default=(), compare=False)
    """The same as keys and values."""

    @property
    def days(self) -> int:
        """Length of the range."""
        return self.last - self.first + 1

    @property
    def order(self) -> str:
        """The sort column that holds, with `-` before it for descending."""
        return self.sort or self.form.sort

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the range is chosen."""
        chosen = (self.domain, self.group, self.host, self.place, self.reporter)
        names = ("domain", "group", "host", "place", "reporter")
        by_person = any(values and name not in self.form.fixed for name, values in zip(names, chosen, strict=True))
        return by_person or bool(self.classes or self.disposition or self.dkim or self.spf or self.q)

    def away(self, **changes: object) -> State:
        """The state for another page: filters are kept, what belongs to this page's table is dropped."""
        plain = replace(self, sort="", page=1, size=SIZES[0], view="", form=Form())
        return replace(plain, **changes)  # type: ignore[arg-type]

    def bare(self) -> State:
        """The state without conditions; the range, the table's order and what the path fixes are kept."""
        kept = {name: getattr(self, name) for name in self.form.fixed}
        empty = State(range=self.range, first=self.first, last=self.last, sort=self.sort, size=self.size, form=self.form)
        return replace(empty, **kept)

    def filter(self, org: int) -> Filter:
        """The question to the store."""
        return Filter(
            org=org,
            since=self.first,
            until=self.last,
            domains=self.domain,
            groups=self.group,
            hosts=self.host,
            places=self.place,
            reporters=self.reporter,
            classes=self.classes,
            dispositions=tuple(wire for name in self.disposition for wire in DISPOSITIONS[name]),
            dkim=None if not self.dkim else self.dkim == "pass",
            spf=None if not self.spf else self.spf == "pass",
            text=self.q,
        )

    @property
    def before(self) -> tuple[int, int]:
        """The period to compare with: as long and just before, or the same dates a year earlier."""
        if self.compare == "year":
            return _year_before(self.first), _year_before(self.last)
        return self.first - self.days, self.first - 1

    def table(self) -> Page:
        """The part of a long answer that is asked for."""
        return Page(sort=self.order, number=self.page, size=self.size)


def _year_before(day: int) -> int:
    date = EPOCH + dt.timedelta(days=day)
    try:
        return (date.replace(year=date.year - 1) - EPOCH).days
    except ValueError:
        return (date.replace(year=date.year - 1, day=28) - EPOCH).days


# ---- writing


def escaped(value: str) -> str:
    """A value as it stands in a comma-separated list."""
    return value.replace("\\", "\\\\").replace(",", "\\,")


def _split(text: str) -> list[str]:
    """The values of a comma-separated list; a backslash takes the next character as it is."""
    values, current, is_escaped = [], [], False
    for char in text:
        if is_escaped:
            current.append(char)
            is_escaped = False
        elif char == "\\":
            is_escaped = True
        elif char == ",":
            values.append("".join(current))
            current = []
        else:
            current.append(char)
    values.append("".join(current))
    return [value.strip() for value in values if value.strip()]


def pairs(state: State) -> Iterator[tuple[str, str]]:
    """Keys and values in the fixed order, defaults and what the path fixes left out."""
    if state.range:
        yield "range", state.range if state.range != DEFAULT_RANGE else ""
    else:
        yield "from", day_iso(state.first)
        yield "to", day_iso(state.last)
    yield "compare", state.compare
    for key in ("domain", "group", "host", "place", "reporter"):
        if key not in state.form.fixed:
            yield key, ",".join(escaped(value) for value in getattr(state, key))
    yield "class", ",".join(state.classes)
    yield "disposition", ",".join(state.disposition)
    yield "dkim", state.dkim
    yield "spf", state.spf
    yield "q", state.q
    yield "sort", state.sort if state.sort != state.form.sort else ""
    yield "page", str(state.page) if state.page != 1 else ""
    yield "size", str(state.size) if state.size != SIZES[0] else ""
    yield "view", state.view if state.view != VIEWS[0] else ""


def write(state: State, **changes: object) -> str:
    """The query string with its question mark, or nothing when all is as by default."""
    changed = replace(state, **changes) if changes else state  # type: ignore[arg-type]
    text = "&".join(f"{key}={quote(value, safe=':/,@')}" for key, value in pairs(changed) if value)
    return f"?{text}" if text else ""


# ---- reading


class _Reader:
    """Takes keys out of a query string and notes what it could not understand."""

    def __init__(self, get: QueryDict, form: Form) -> None:
        self.get, self.form = get, form
        self.problems: list[str] = []
        self.wrong: list[tuple[str, str]] = []

    def one(self, key: str) -> str:
        """The last value of a key, cleaned and cut."""
        return _clean(self.get.get(key) or "")

    def many(self, key: str) -> tuple[str, ...]:
        """All values of a key, each once; commas and repeated keys both separate."""
        if key in self.form.fixed:
            return ()
        values = dict.fromkeys(_clean(value) for text in self.get.getlist(key)[:MAX_VALUES] for value in _split(text[:8000]))
        kept = [value for value in values if value]
        if len(kept) > MAX_VALUES:
            self.wrong.append((key, f"> {MAX_VALUES}"))
            self.problems.append(_("Only the first %(n)d values of “%(key)s” are used.") % {"n": MAX_VALUES, "key": key})
        return tuple(kept[:MAX_VALUES])

    def among(self, key: str, allowed: Sequence[str]) -> str:
        """A value that must be one of a few; empty, with a note, when it is not."""
        value = self.one(key)
        if value and value not in allowed:
            self.refuse(key, value)
            return ""
        return value

    def several(self, key: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """Values that must be of a few, in the order of these; what is not is noted. All of them mean no filter."""
        given = self.many(key)
        for value in given:
            if value not in allowed:
                self.refuse(key, value)
        kept = tuple(value for value in allowed if value in given)
        return () if len(kept) == len(allowed) else kept

    def number(self, key: str, default: int, is_allowed: Callable[[int], bool]) -> int:
        """A whole number; the default, with a note, when it is none or not allowed."""
        text = self.one(key)
        if not text:
            return default
        if text.isascii() and text.isdigit() and len(text) < 10 and is_allowed(int(text)):
            return int(text)
        self.refuse(key, text)
        return default

    def refuse(self, key: str, value: str) -> None:
        """Notes that a value means nothing here."""
        short = value if len(value) <= 60 else value[:60] + "…"
        self.wrong.append((key, short))
        self.problems.append(
            _("“%(value)s” is no value of the filter “%(key)s”, so it was left out.") % {"value": short, "key": key}
        )


def _clean(text: str) -> str:
    return "".join(char for char in text[: MAX_TEXT * 2] if char.isprintable()).strip()[:MAX_TEXT]


def parse(get: QueryDict, horizon: Horizon, form: Form = Form()) -> State:
    """The state a query string asks for. What it does not understand becomes a sentence in `problems`, never an error.

    Two dates come as `from` and `to`, or as `range=A..B` from a form without script.
    """
    read = _Reader(get, form)
    name, first, last = _range(read, horizon)
    sort = read.one("sort")
    if sort.removeprefix("-") not in form.sorts:
        sort = ""
    return State(
        range=name,
        first=first,
        last=last,
        compare=read.among("compare", COMPARES),
        domain=tuple(dict.fromkeys(name for value in read.many("domain") if (name := normal(value)))),
        group=read.many("group"),
        host=_hosts(read),
        place=read.many("place"),
        reporter=read.many("reporter"),
        classes=tuple(Class(value) for value in read.several("class", URGENCY)),
        disposition=read.several("disposition", tuple(DISPOSITIONS)),
        dkim=read.among("dkim", ("pass", "fail")),
        spf=read.among("spf", ("pass", "fail")),
        q=read.one("q"),
        sort=sort if sort != form.sort else "",
        page=read.number("page", 1, lambda n: 1 <= n <= MAX_PAGE),
        size=read.number("size", SIZES[0], SIZES.__contains__),
        view=read.among("view", VIEWS).replace(VIEWS[0], ""),
        form=form,
        problems=tuple(read.problems),
        wrong=tuple(read.wrong),
    )


def _hosts(read: _Reader) -> tuple[str, ...]:
    """Addresses and networks in canonical text; a network may have host bits."""
    found = []
    for value in read.many("host"):
        try:
            network = ipaddress.ip_network(value, strict=False)
        except ValueError:
            read.wrong.append(("host", value[:60]))
            read.problems.append(
                _("“%(value)s” is neither an address nor a network such as 192.0.2.0/24, so it was left out.")
                % {"value": value[:60]}
            )
            continue
        found.append(str(network) if "/" in value else str(network.network_address))
    return tuple(dict.fromkeys(found))


def _range(read: _Reader, horizon: Horizon) -> tuple[str, int, int]:
    """Name, first and last day: two dates win over a name; dates that make no sense give the default range."""
    if read.one("from") or read.one("to"):
        first, last = _day(read, "from"), _day(read, "to")
        if first is not None or last is not None:
            last = horizon.last if last is None else last
            first = last - LENGTHS[DEFAULT_RANGE] + 1 if first is None else first
            return "", *_bounded(read, min(first, last), max(first, last))
    begin, dots, end = read.one("range").partition("..")
    if dots:
        first, last = _date(begin), _date(end)
        if first is not None and last is not None:
            return "", *_bounded(read, min(first, last), max(first, last))
    name = read.among("range", RANGES) or DEFAULT_RANGE
    return name, *span(name, horizon)


def _bounded(read: _Reader, first: int, last: int) -> tuple[int, int]:
    if last - first < MAX_DAYS:
        return first, last
    read.wrong.append(("range", f"> {MAX_DAYS}"))
    read.problems.append(_("A range shows at most three years; it was shortened to the last ones."))
    return last - MAX_DAYS + 1, last


def span(name: str, horizon: Horizon) -> tuple[int, int]:
    """First and last day of a named range."""
    last = horizon.last
    if name == "month":
        return last - (EPOCH + dt.timedelta(days=last)).day + 1, last
    return last - LENGTHS[name] + 1, last


def _day(read: _Reader, key: str) -> int | None:
    text = read.one(key)
    if not text:
        return None
    day = _date(text)
    if day is None:
        read.refuse(key, text)
    return day


def _date(text: str) -> int | None:
    """The day of an ISO date of our times; None for anything else."""
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return (date - EPOCH).days if 1990 <= date.year <= 2200 else None
