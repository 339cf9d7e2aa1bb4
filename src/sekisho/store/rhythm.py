"""How failing mail is spread over days and receivers: of a source, and of its kin, the hosts of its group with its envelope."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable

from sekisho.core.facts import Beat
from sekisho.store.duck import Row

Run = Callable[..., list[Row]]

BITS = 126
"""Days, and reporters, told apart: what a HUGEINT holds. Earlier days count as one, and so do the reporters beyond."""

TEXT = r'"(?:[^"\\]|\\.)*"'
"""A string in the text of a way."""
_ENVELOPE = (
    rf'^\[{TEXT},"((?:[^"\\]|\\.)*)",\[(?:\[{TEXT},{TEXT},{TEXT}\],?)*\],'
    rf'\[(?:\[{TEXT},"helo",{TEXT}\],?)*(?:\["((?:[^"\\]|\\.)*)","(?:mfrom|absent)")?'
)
"""The envelope domain in the text of a way, and that of its first SPF result but HELO: not every reporter tells both."""

_TABLES = (
    """
CREATE TEMP TABLE {name}_envelope AS
SELECT key AS way, CASE WHEN told <> '' THEN told ELSE checked END AS envelope FROM (
  SELECT key, regexp_extract(words, ?, 1) AS told, regexp_extract(words, ?, 2) AS checked FROM way
  WHERE key IN (SELECT way FROM {name}_fail)
)
""",
    """
CREATE TEMP TABLE {name}_reporter AS
SELECT reporter, CAST(LEAST({bits} - 1, ROW_NUMBER() OVER (ORDER BY reporter) - 1) AS INTEGER) AS bit
FROM (SELECT DISTINCT reporter FROM {name}_fail)
""",
    """
CREATE TEMP TABLE {name}_rhythm AS
SELECT f.domain, f.host, e.envelope, SUM(f.messages) AS messages,
  SUM(CASE WHEN (f.day + 4) % 7 IN (0, 6) THEN f.messages ELSE 0 END) AS weekend,
  BIT_OR(CAST(1 AS HUGEINT) << CAST(LEAST({bits} - 1, ? - f.day) AS INTEGER)) AS days,
  BIT_OR(CAST(1 AS HUGEINT) << r.bit) AS reporters
FROM {name}_fail f JOIN {name}_envelope e ON e.way = f.way JOIN {name}_reporter r ON r.reporter = f.reporter
GROUP BY f.domain, f.host, e.envelope
""",
    """
CREATE TEMP TABLE {name}_beat AS
SELECT domain, host, SUM(weekend) AS weekend, BIT_OR(days) AS days, BIT_COUNT(BIT_OR(reporters)) AS reporters
FROM {name}_rhythm GROUP BY domain, host
""",
    """
CREATE TEMP TABLE {name}_kin AS
SELECT y.domain, h.sgroup, y.envelope, COUNT(*) AS hosts, SUM(y.messages) AS messages, SUM(y.weekend) AS weekend,
  BIT_OR(y.days) AS days, BIT_COUNT(BIT_OR(y.reporters)) AS reporters,
  COUNT(*) FILTER (h.listed <> '[]') AS listed
FROM {name}_rhythm y JOIN host h ON h.id = y.host GROUP BY y.domain, h.sgroup, y.envelope
""",
)


def beat(until: int, messages: int, weekend: int, days: int, *counts: int) -> Beat:
    """The sums as read; bit n of `days` stands for the day n days before `until`."""
    return Beat(
        messages,
        weekend,
        days.bit_count(),
        until - days.bit_length() + 1,
        until - ((days & -days).bit_length() - 1),
        *counts,
    )


def prepare(run: Run, name: str, until: int) -> None:
    """Makes the tables `{name}_beat` by domain and host, and `{name}_kin` by domain, group and envelope, from `{name}_fail`."""
    envelope, reporter, rhythm, source, kin = (sql.format(name=name, bits=BITS) for sql in _TABLES)
    run(envelope, (_ENVELOPE, _ENVELOPE))
    run(reporter)
    run(rhythm, (until,))
    run(source)
    run(kin)


_SHOWS = r"""
SELECT f.domain, f.reporter, COUNT(*) AS rows, SUM(w.shows) AS shown FROM {name}_fail f JOIN (
  SELECT key, CAST(regexp_matches(regexp_extract(words, ?, 1), '"(fail|neutral|policy|permerror|temperror)"\]') AS INTEGER) AS shows
  FROM way WHERE key IN (SELECT way FROM {name}_fail)
) w ON w.key = f.way
GROUP BY f.domain, f.reporter
"""
_DKIM = rf"^\[{TEXT},{TEXT},(\[(?:\[{TEXT},{TEXT},{TEXT}\],?)*\]),"
HIDDEN = 3
"""Records with a broken signature that a reporter should have shown by now, had it the habits of the others: the chance that
it only happened to have none is 1 in 20."""


SELDOM = 4
"""Times as many as it shows: some name a broken signature only beside one that passes."""


def hiding(run: Run, name: str) -> list[tuple[str, str]]:
    """Domain and reporter where it names signatures that pass only: where it names none, there may have been a broken one.

    It is the reporter's habit, so what it tells of all the domains counts together.
    """
    found = run(_SHOWS.format(name=name), (_DKIM,))
    counted = [(domain, reporter, rows, int(broken)) for domain, reporter, rows, broken in found]
    rows: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    for domain, _, records, broken in counted:
        rows[domain] += records
        shown[domain] += broken
    expected: dict[str, float] = defaultdict(float)
    told: Counter[str] = Counter()
    for domain, reporter, records, broken in counted:
        expected[reporter] += records * shown[domain] / rows[domain]
        told[reporter] += broken
    return [(domain, name) for domain, name, _, _ in counted if expected[name] >= HIDDEN + SELDOM * told[name]]


TABLES = ("envelope", "reporter", "rhythm", "beat", "kin")
"""Parts of the names of the temporary tables."""


def read_kin(run: Run, name: str, until: int) -> dict[tuple[str, str, str], Beat]:
    """The rhythm of each kin, by domain, group and envelope."""
    sql = "SELECT domain, sgroup, envelope, CAST(LEAST(9000000000000000000, messages) AS BIGINT)"
    sql += ", CAST(LEAST(9000000000000000000, weekend) AS BIGINT), days, reporters, hosts, listed"
    rows = run(f"{sql} FROM {name}_kin")
    return {(domain, group, json.loads(f'"{envelope}"')): beat(until, *sums) for domain, group, envelope, *sums in rows}
