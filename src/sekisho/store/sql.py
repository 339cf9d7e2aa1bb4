"""The words of a question: a `Filter` as conditions in the portable subset of SQL, values always apart from the text.

Every condition begins with the organisation. The subset (see `docs/house.md`) is what DuckDB and ClickHouse both
understand, old releases of the latter included: no window functions, no WITH, no EXISTS.
"""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sekisho.core.terms import URGENCY, Class
from sekisho.store.query import Filter, Page, Split
from sekisho.store.span import canonical, spans_of

Rows = list[tuple[Any, ...]]
Ask = Callable[[str, Sequence[object]], Rows]
"""How a question reaches the store: text with `?` marks, values, all rows of the answer."""


class Where(NamedTuple):
    """Conditions and their values, in the order of the marks."""

    text: str
    values: tuple[object, ...]

    def but(self, text: str, *values: object) -> Where:
        """These conditions and one more."""
        return Where(f"{self.text} AND {text}", (*self.values, *values))


SPLIT = ", ".join(f"SUM(CASE WHEN klass = '{k.value}' THEN messages ELSE 0 END) AS {k.value}" for k in Class)
"""The four sums of messages, in the order of `Split`."""

RESUM = ", ".join(f"SUM({k.value}) AS {k.value}" for k in Class)
"""The four sums of a question that has summed already."""

TOTAL = " + ".join(k.value for k in Class)

URGENT = f"CASE {' '.join(f'WHEN {k.value} > 0 THEN {n}' for n, k in enumerate(URGENCY))} ELSE {len(URGENCY)} END"
"""The worst class that occurs in the four sums as a number, the worst first."""

_CASES = " ".join(f"WHEN klass = '{k.value}' THEN {n}" for n, k in enumerate(URGENCY))
RANK = f"CASE {_CASES} ELSE {len(URGENCY)} END"
"""A class as a number, the worst first."""

URGENCY_OF = f"MIN(CASE WHEN messages <= 0 THEN {len(URGENCY)} ELSE {RANK} END) AS urgency"
"""The worst class of facts that occurs, where the sums are not wanted."""

OF_ADDRESS = "host IN (SELECT id FROM host WHERE source_ip = ?)"
"""Facts of one address."""


def marks(values: Sequence[object]) -> str:
    """As many marks as there are values."""
    return ", ".join("?" * len(values))


def clean(text: str) -> str:
    """The text without what is no Unicode: lone surrogates, which no store can hold, become `?`."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def split_of(row: Sequence[Any]) -> Split:
    """The split from four sums; of nothing when there was no row to sum."""
    return Split(*(int(n or 0) for n in row))


def where(f: Filter) -> Where:
    """The conditions on facts."""
    found = in_range(f)
    if f.classes:
        found = found.but(f"klass IN ({marks(f.classes)})", *(k.value for k in f.classes))
    if f.dispositions:
        found = found.but(f"disposition IN ({marks(f.dispositions)})", *f.dispositions)
    if f.dkim is not None:
        found = found.but("dkim_aligned = ?", int(f.dkim))
    if f.spf is not None:
        found = found.but("spf_aligned = ?", int(f.spf))
    if f.report is not None:
        found = found.but("report = ?", f.report)
    if f.groups:
        found = found.but(f"host IN (SELECT id FROM host WHERE sgroup IN ({marks(f.groups)}))", *f.groups)
    if f.hosts:
        hosts = _hosts(f.hosts)
        found = found.but(f"host IN (SELECT id FROM host WHERE {hosts.text})", *hosts.values)
    if f.places:
        places = _places(f.places)
        found = found.but(f"host IN (SELECT id FROM host WHERE {places.text})", *places.values)
    return _text(found, f) if f.text.strip() else found


def in_range(f: Filter) -> Where:
    """The conditions that facts and reports both know: organisation, days, domains, reporters."""
    found = Where("org = ? AND day >= ? AND day <= ?", (f.org, f.since, f.until))
    if f.domains:
        found = found.but(f"domain IN ({marks(f.domains)})", *f.domains)
    if f.reporters:
        found = found.but(f"reporter IN ({marks(f.reporters)})", *f.reporters)
    return found


def is_about_reports(f: Filter) -> bool:
    """Whether the filter takes reports whole, so that the list of reports answers it without a look at their facts."""
    is_of_facts = f.classes or f.dispositions or f.groups or f.hosts or f.places or f.text.strip()
    return not (is_of_facts or f.dkim is not None or f.spf is not None)


def where_report(f: Filter) -> Where:
    """The conditions on reports, for a filter that takes them whole."""
    found = in_range(f)
    return found if f.report is None else found.but("key = ?", f.report)


def _hosts(hosts: Sequence[str]) -> Where:
    """The conditions on `host`: some of the addresses, or within one of the networks."""
    plain = [canonical(h) for h in hosts if "/" not in h or spans_of(h) is None]
    texts, values = [f"source_ip IN ({marks(plain)})"] if plain else [], list[object](plain)
    for network in hosts:
        spans = spans_of(network) if "/" in network else None
        if spans:
            texts.append("span >= ? AND span <= ?")
            values += spans
    return Where("(" + " OR ".join(texts) + ")", tuple(values))


def _places(places: Sequence[str]) -> Where:
    """The conditions on `host`: in some of the places."""
    texts, values = [], list[object]()
    for place in places:
        country, slash, city = clean(place).partition("/")
        texts.append("country = ? AND city = ?" if slash else "country = ?")
        values += [country, city] if slash else [country]
    return Where("((" + ") OR (".join(texts) + "))", tuple(values))


def _text(found: Where, f: Filter) -> Where:
    """With free text: in the domain, address, host name, group, reporter or report id, whatever the case."""
    like = like_of(f.text)
    return found.but(
        f"(header_from {LIKE} OR report IN (SELECT key FROM report WHERE org = ? AND (domain {LIKE}"
        f" OR lower(reporter) {LIKE} OR lower(report_id) {LIKE}))"
        f" OR host IN (SELECT id FROM host WHERE source_ip {LIKE} OR ptr {LIKE} OR lower(sgroup) {LIKE} OR lower(label) {LIKE}))",
        like,
        f.org,
        *(like,) * 7,
    )


LIKE = "LIKE ? ESCAPE '\\'"


def like_of(text: str) -> str:
    """A pattern for `LIKE` that means just this text, anywhere."""
    text = clean(text).strip().lower()
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return f"%{text}%"


def order(page: Page, columns: Mapping[str, str], *, default: str, tie: str) -> str:
    """What to sort by, after a page's wish; an unknown column is the default, and equal lines keep one order."""
    name = page.sort.removeprefix("-")
    descending = page.sort.startswith("-")
    if name not in columns:
        name, descending = default.removeprefix("-"), default.startswith("-")
    return f"ORDER BY {columns[name]}{' DESC' if descending else ''}, {tie}"


def part(page: Page) -> tuple[int, int]:
    """Lines of a page and lines before it."""
    size = max(1, min(MOST_LINES, page.size))
    return size, (max(1, page.number) - 1) * size


MOST_LINES = 1_000
"""Lines of a page, whatever is asked for."""
