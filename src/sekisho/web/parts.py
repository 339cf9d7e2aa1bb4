"""The values that pages hand to the parts of the frame; each part draws one of them and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.terms import Class


class Tone(StrEnum):
    """The tone of a note or tag."""

    PLAIN = ""
    OK = "ok"
    WARN = "warn"
    BAD = "bad"


class DayState(StrEnum):
    """A day of a history strip."""

    NONE = ""
    """Not looked at."""
    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"
    """Looked at, but without an answer."""
    CAME = "came"
    """Something arrived, which is good."""


class Empty(StrEnum):
    """Why there is nothing to show; each reads differently."""

    YET = "yet"
    FILTERED = "filtered"
    GOOD = "good"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to the page; the last one has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands above every page while an alert of spoofing is open."""

    lead: str
    text: str
    url: str
    action: str
    more: int = 0
    """How many further alerts are open."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a filter can have."""

    value: str
    label: str
    is_chosen: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of the filter bar: a button that reads as words and opens its choices, a text field, or both."""

    key: str
    """Name in the query string."""
    label: str
    value: str
    """What is chosen now, in words."""
    choices: Sequence[Choice] = ()
    is_many: bool = False
    """More than one may be chosen."""
    text: str | None = None
    """What a field to type into holds; None means there is no such field."""
    dates: tuple[str, str] | None = None
    """What the fields `from` and `to` hold (ISO or empty); only the period has them. Dates win over a named range, so they are
    filled in only when the range is two dates."""
    is_set: bool = False
    """Differs from its default, so it can be taken back."""
    is_extra: bool = False
    """Stands under "Add filter" until it is set."""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: at most three stand in a list."""

    title: str
    text: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason of a verdict: its weight from 1 to 5, the class it speaks for, sentence and evidence."""

    weight: int
    klass: Class
    text: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the policy ladder; `state` is `done`, `now`, `next` or empty."""

    title: str
    record: str
    text: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, drawn as a dashed line with its words."""

    day: int
    label: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of a domain, of the sources or of the reports."""

    label: str
    url: str
    is_current: bool = False
