"""Reports in: each once, with all its rows, by way of the writer's stages."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from sekisho.core.errors import KeyCollision
from sekisho.core.reports.values import AggregateReport, Note, PolicyPublished, Said, TlsPolicy, TlsReport
from sekisho.core.terms import AlignmentMode
from sekisho.core.ways import dkim_is_aligned, key63, spf_is_aligned, way_key_and_text, way_text_of
from sekisho.store.base import Arrival, Kept, TlsArrival
from sekisho.store.duck import Duck, Row
from sekisho.store.hosts import Hosts
from sekisho.store.sql import clean
from sekisho.store.touched import Touched

MOST = 2**63 - 1
"""What a BIGINT holds."""
DAY_S = 86_400
LAST_DAY = 10_000_000
"""Days since 1970 beyond which a report's time is nonsense; keeps days within an INTEGER."""
KNOWN_WAYS = 50_000
"""Keys of ways remembered as kept, so that their text is not made again; about 5 MB."""

_NEW_WAYS = """
INSERT INTO way SELECT s.key, MIN(s.words) FROM s_way s LEFT JOIN way w ON w.key = s.key WHERE w.key IS NULL GROUP BY s.key
"""
_ROWS = """
INSERT INTO s_fact SELECT report, start + unnest(range(len(string_split(lines, chr(10))))), unnest(string_split(lines, chr(10))),
  unnest(CAST(string_split(counts, ',') AS BIGINT[])), unnest(CAST(string_split(saids, ',') AS INTEGER[]))
FROM s_block
"""
_FACTS = """
INSERT INTO fact
SELECT r.org, r.key, f.row_no, r.day, r.domain, r.reporter, h.id, d.header_from, d.envelope_from, f.messages,
       d.disposition, d.dkim_aligned, d.spf_aligned, d.way,
       CASE WHEN d.dkim_aligned + d.spf_aligned > 0 THEN 'normal' ELSE COALESCE(v.klass, 'failing') END,
       CASE WHEN d.dkim_aligned + d.spf_aligned > 0 THEN 1.0 ELSE COALESCE(v.confidence, 0.0) END
FROM s_fact f
JOIN s_report r ON r.key = f.report
JOIN s_said d ON d.id = f.said
JOIN host h ON h.source_ip = f.source_ip
LEFT JOIN flow v ON v.org = r.org AND v.domain = r.domain AND v.host = h.id AND v.way = d.way
"""
_MET = """
SELECT f.source_ip,
  CAST(LEAST(9223372036854775807, SUM(CASE WHEN d.dkim_aligned + d.spf_aligned = 0 THEN f.messages ELSE 0 END)) AS BIGINT),
  CAST(LEAST(9223372036854775807, SUM(f.messages)) AS BIGINT)
FROM s_fact f JOIN s_said d ON d.id = f.said LEFT JOIN host h ON h.source_ip = f.source_ip
WHERE h.id IS NULL GROUP BY f.source_ip
"""


def bounded(number: int) -> int:
    """The number as a BIGINT holds it."""
    return max(-MOST, min(MOST, number))


def day_of(begin: int) -> int:
    """The UTC day in which a report begins; scripts rely on it."""
    return max(0, min(LAST_DAY, begin // DAY_S))


def report_key(org: int, report: AggregateReport) -> int:
    """What makes a report one report, in 63 bits."""
    return key63(org, report.reporter, report.report_id, report.policy.domain, report.begin, report.end)


class Keeper:
    """Takes reports in. Remembers which ways are kept, but only what was committed."""

    def __init__(self, duck: Duck, hosts: Hosts, touched: Touched) -> None:
        self._duck = duck
        self._hosts = hosts
        self._touched = touched
        self._ways: set[int] = set()

    def forget_ways(self) -> None:
        """Remembers nothing, after ways were removed."""
        self._ways = set()

    def keep(self, arrivals: Sequence[Arrival]) -> list[Kept]:
        """Keeps what is new of the arrivals, all or nothing; see `Store.keep`.

        1. Find the reports that are there; a key with two identities ends it here, before anything is written.
        2. Insert the new reports. 3. Stage their rows in pieces, and insert each piece. 4. Mark the touched domains.
        """
        with self._duck.transaction():
            reports = [_report_row(a) for a in arrivals]
            answers = self._sort_out(reports)
            if not any(kept.is_new for kept in answers):
                return answers
            self._duck.write("INSERT INTO report SELECT * FROM s_report")
            batch = _Batch(self._duck, self._hosts, self._ways)
            for arrival, kept in zip(arrivals, answers, strict=True):
                if kept.is_new:
                    batch.add(kept.key, arrival.report)
            batch.insert()
            self._touched.by_reports()
            self._duck.when_committed(lambda: self._remember(batch.new_ways))
        return answers

    def _remember(self, ways: set[int]) -> None:
        """Adds ways that are kept for good."""
        if len(self._ways) + len(ways) > KNOWN_WAYS:
            self.forget_ways()
        self._ways |= ways

    def _sort_out(self, reports: Sequence[Row]) -> list[Kept]:
        """What is new (left in the stage) and what is there; raises KeyCollision."""
        first: dict[object, Row] = {}
        for row in reports:
            _require_same(first.setdefault(row[0], row), row)
        self._duck.write("TRUNCATE s_report")
        self._duck.append("s_report", list(first.values()))
        there: dict[object, Row] = {}
        if self._duck.write("SELECT s.key FROM s_report s JOIN report r ON r.key = s.key"):
            there = {row[0]: row for row in self._duck.write("SELECT * FROM report WHERE key IN (SELECT key FROM s_report)")}
            self._duck.write("DELETE FROM s_report WHERE key IN (SELECT key FROM report)")
        for key, row in there.items():
            _require_same(row, first[key])
        answers, seen = [], dict(there)
        for row in reports:
            key = row[0]
            answers.append(Kept(key, key not in seen, seen.setdefault(key, row)[DELIVERY]))
        return answers

    def there(self, org: int, reports: Sequence[AggregateReport]) -> list[bool]:
        """Which of the reports are there; see `Store.there`."""
        keys = [report_key(org, report) for report in reports]
        sql = "SELECT key FROM report WHERE key IN (SELECT unnest(CAST(? AS BIGINT[])))"
        found = {row[0] for row in self._duck.write(sql, [keys])}
        return [key in found for key in keys]

    def keep_tls(self, arrivals: Sequence[TlsArrival]) -> list[Kept]:
        """Keeps TLS reports; see `Store.keep_all_tls`."""
        rows = [_tls_row(*arrival) for arrival in arrivals]
        keys = [row[0] for row in rows]
        answers, new, policies = [], [], []
        with self._duck.transaction():
            sql = "SELECT * FROM tls_report WHERE key IN (SELECT unnest(CAST(? AS BIGINT[])))"
            there = {row[0]: row for row in self._duck.write(sql, [keys])}
            for row, arrival in zip(rows, arrivals, strict=True):
                first = there.setdefault(row[0], row)
                _require_same(first, row, TLS_IDENTITY)
                answers.append(Kept(row[0], first is row, first[-1]))
                if first is row:
                    new.append(row)
                    of_report = (row[1], row[0], row[7], row[2], row[3])
                    policies += [(*of_report, n, *_tls_policy(p)) for n, p in enumerate(arrival.report.policies)]
            if new:
                self._duck.append("tls_report", new)
            if policies:
                self._duck.append("tls_policy", policies)
        return answers


class _Batch:
    """The rows of one `keep`, on their way through the stages in pieces of bounded size."""

    def __init__(self, duck: Duck, hosts: Hosts, kept_ways: set[int]) -> None:
        self._duck = duck
        self._hosts = hosts
        self._kept_ways = kept_ways
        self._ids: dict[tuple[bool, bool], dict[int, int]] = {}
        self._last_said = 0
        self._saids: list[Row] = []
        self._ways: list[Row] = []
        self._blocks: list[Row] = []
        self._staged = 0
        self.new_ways: set[int] = set()
        duck.write("TRUNCATE s_said")
        duck.write("TRUNCATE s_block")
        duck.write("TRUNCATE s_fact")

    def add(self, key: int, report: AggregateReport) -> None:
        """Adds the rows of a report, many in one piece of text: the engine takes that apart in a tenth of the time."""
        ids = list(map(str, self._said_ids(report)))
        for start, addresses, counts, saids in report.rows.blocks():
            lines = clean("\n".join(addresses))
            numbers, words = ",".join(map(str, counts)), ",".join([ids[said] for said in saids])
            self._blocks.append((key, start, lines, numbers, words))
            self._staged += len(addresses)
            if self._staged >= self._duck.settings.stage_rows:
                self.insert()

    def _said_ids(self, report: AggregateReport) -> list[int]:
        """The numbers in the stage of what the rows of a report say; alignment depends on the report's policy."""
        policy = report.policy
        modes = (policy.adkim is AlignmentMode.STRICT, policy.aspf is AlignmentMode.STRICT)
        ids = self._ids.setdefault(modes, {})
        found = []
        for said in report.rows.saids:
            number = ids.get(id(said))
            if number is None:
                number = ids[id(said)] = self._last_said = self._last_said + 1
                self._add_said(number, said, report)
            found.append(number)
        return found

    def _add_said(self, number: int, said: Said, report: AggregateReport) -> None:
        way, words = way_key_and_text(said)
        aligned = int(dkim_is_aligned(said, report.policy)), int(spf_is_aligned(said, report.policy))
        self._saids.append((number, clean(said.header_from), clean(said.envelope_from), str(said.disposition), *aligned, way))
        if way not in self._kept_ways and way not in self.new_ways:
            self.new_ways.add(way)
            self._ways.append((way, clean(words or way_text_of(said))))

    def insert(self) -> None:
        """Makes facts of the staged rows."""
        if not self._staged:
            return
        self._duck.append("s_block", self._blocks)
        self._blocks = []
        self._duck.write(_ROWS)
        self._duck.write("TRUNCATE s_block")
        if self._saids:
            self._duck.append("s_said", self._saids)
            self._saids = []
        if self._ways:
            self._duck.write("TRUNCATE s_way")
            self._duck.append("s_way", self._ways)
            self._duck.write(_NEW_WAYS)
            self._ways = []
        self._hosts.meet(self._duck.write(_MET))
        self._duck.write(_FACTS)
        self._duck.write("TRUNCATE s_fact")
        self._staged = 0


IDENTITY = (1, 3, 4, 5, 6, 7)
"""Columns of `report` that make a report this one."""
TLS_IDENTITY = (1, 3, 4, 5, 6)
DELIVERY = 14


def _require_same(there: Row, row: Row, columns: Sequence[int] = IDENTITY) -> None:
    """Raises KeyCollision where two reports with one key are not one report."""
    if any(there[n] != row[n] for n in columns):
        raise KeyCollision(f"report {row[4]!r} of {row[3]!r} has the key of another one, {there[4]!r} of {there[3]!r}")


def _report_row(arrival: Arrival) -> Row:
    """The line of an arrival in `report`."""
    report = arrival.report
    begin, end = bounded(report.begin), bounded(report.end)
    return (
        report_key(arrival.org, report),
        arrival.org,
        clean(arrival.domain),
        clean(report.reporter),
        clean(report.report_id),
        clean(report.policy.domain),
        begin,
        end,
        day_of(begin),
        len(report.rows),
        bounded(report.rows.messages),
        str(report.policy.p),
        str(report.generation),
        len(report.notes),
        arrival.delivery,
        _head(report),
    )


_POLICY = tuple(field.name for field in dataclasses.fields(PolicyPublished))[1:]
_policy_values = attrgetter(*_POLICY)


def _head(report: AggregateReport) -> str:
    """What the head of a report says beyond the columns, as JSON."""
    said = (
        report.org_name,
        report.email,
        report.extra_contact_info,
        report.errors,
        report.generator,
        report.version,
        report.namespace,
    )
    before, after = _head_around(said, _policy_values(report.policy), report.notes)
    return f"{before}{_json(report.policy.domain)}{after}"


_SAID = ("org_name", "email", "extra_contact_info", "errors", "generator", "version", "namespace")


@lru_cache(maxsize=1024)
def _head_around(said: Row, policy: Row, notes: tuple[Note, ...]) -> tuple[str, str]:
    """The head before and after the domain of the policy: all that the reports of a reporter have in common."""
    before = _json(dict(zip(_SAID, said, strict=True)))[:-1]
    rest = _json(dict(zip(_POLICY, policy, strict=True)))[1:]
    return f'{before},"policy":{{"domain":', f',{rest},"notes":{_json(notes)}}}'


def _tls_row(org: int, domain: str, delivery: int, report: TlsReport) -> Row:
    """The line of a TLS report in `tls_report`; its last column is the delivery."""
    begin, end = bounded(report.begin), bounded(report.end)
    return (
        key63("tls", org, domain, report.organization_name, report.report_id, report.begin, report.end),
        org,
        clean(domain),
        clean(report.organization_name),
        clean(report.report_id),
        begin,
        end,
        day_of(begin),
        clean(report.contact_info),
        _json(report.notes),
        delivery,
    )


def _tls_policy(policy: TlsPolicy) -> Row:
    """The columns of `tls_policy` that the policy itself fills."""
    return (
        clean(policy.policy_type),
        clean(policy.policy_domain),
        _json(policy.policy_string),
        _json(policy.mx_hosts),
        bounded(policy.successful),
        bounded(policy.failed),
        _json([dataclasses.asdict(f) for f in policy.failures]),
    )


_json = json.JSONEncoder(separators=(",", ":")).encode
"""Compact JSON in plain ASCII, so that whatever was said can be kept."""
