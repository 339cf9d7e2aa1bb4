"""Facts as CSV and JSON lines, for the command line, the pages and the API alike; safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sekisho.core.campaigns import Campaign, cluster
from sekisho.core.judge.classify import because_of_pass
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.store.base import Store
from sekisho.store.query import Answer, Filter, GroupSum, HostSum, Page, ReportSum, RowFact, Split, TlsFact

if TYPE_CHECKING:
    from sekisho.registry.models import Alert, Failure

COLUMNS = (
    "day",
    "domain",
    "org_name",
    "report_id",
    "row",
    "source_ip",
    "header_from",
    "envelope_from",
    "count",
    "disposition",
    "dkim_aligned",
    "spf_aligned",
    "class",
    "confidence",
    "group",
    "reasons",
)
LINES_AT_ONCE = 500
ROWS_AT_ONCE = 1000


def iso_day(day: int) -> str:
    """The date of a day number (days since 1970-01-01)."""
    return datetime.fromtimestamp(day * SECONDS_A_DAY, UTC).date().isoformat()


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def record_values(fact: RowFact) -> tuple[object, ...]:
    """The values of a fact in the order of COLUMNS."""
    return (
        iso_day(fact.day),
        fact.domain,
        fact.reporter,
        fact.report_id,
        fact.row,
        fact.source_ip,
        fact.header_from,
        fact.envelope_from,
        fact.count,
        fact.disposition,
        fact.dkim_aligned,
        fact.spf_aligned,
        fact.klass,
        round(fact.confidence, 3),
        fact.group,
        " ".join(fact.reasons or because_of_pass(dkim=fact.dkim_aligned, spf=fact.spf_aligned)),
    )


def csv_lines(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """CSV in pieces (RFC 4180, UTF-8); text cells are guarded, truth values are `true` and `false`."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value) for value in row])
        if number % LINES_AT_ONCE == 0:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def json_lines(columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[bytes]:
    """One JSON array in pieces, an object a row."""
    names = tuple(columns)
    before = "[\n"
    for row in rows:
        yield (before + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)).encode("utf-8", "replace")
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value


def host_values(row: HostSum) -> tuple[object, ...]:
    """A line of the export of hosts."""
    s = row.split
    days = iso_day(row.first_day), iso_day(row.last_day)
    place = row.country, row.city, row.asn, row.as_name
    return (
        row.source_ip,
        row.ptr,
        row.confirmed,
        row.group,
        *place,
        *counts(s),
        row.domains,
        *days,
        s.worst.value,
        round(row.confidence, 3),
    )


def group_values(row: GroupSum) -> tuple[object, ...]:
    """A line of the export of groups."""
    days = iso_day(row.first_day), iso_day(row.last_day)
    return (row.group, *counts(row.split), row.passed, row.hosts, row.domains, *days, row.split.worst.value, row.advice)


def report_values(row: ReportSum) -> tuple[object, ...]:
    """A line of the export of reports; times are ISO 8601 in UTC."""
    times = iso(row.begin), iso(row.end)
    return (
        row.key,
        row.reporter,
        row.report_id,
        row.domain,
        *times,
        row.rows,
        *counts(row.split),
        row.policy,
        row.generation,
        row.notes,
    )


def failure_values(row: Failure) -> tuple[object, ...]:
    """A line of the export of failure reports; results are `true`, `false` or empty where they are not told."""
    return (
        utc(row.arrival),
        row.domain,
        row.reporter,
        row.source_ip,
        row.reported_domain,
        row.header_from,
        row.envelope_from,
        row.envelope_to,
        row.subject,
        row.auth_failure,
        row.identity_alignment,
        row.meaning,
        _told(row.dkim_aligned),
        _told(row.spf_aligned),
        row.dkim_domain,
        row.dkim_selector,
        row.delivery_result,
        row.incidents,
        row.pk,
        row.delivery_id,
        utc(row.expires),
    )


def _told(value: bool | None) -> str:
    return "" if value is None else str(value).lower()


def tls_values(row: TlsFact) -> tuple[object, ...]:
    """A line of the export of TLS reports: one policy, its failures as `type:sessions` with blanks between."""
    policy = row.policy
    failures: Counter[str] = Counter()
    for failure in policy.failures:
        failures[failure.result_type] += failure.count
    return (
        iso_day(row.day),
        row.domain,
        row.reporter,
        row.report_id,
        row.number,
        policy.policy_domain,
        policy.policy_type,
        " ".join(policy.mx_hosts),
        policy.successful,
        policy.failed,
        " ".join(f"{kind or 'unknown'}:{count}" for kind, count in failures.most_common()),
        row.report,
    )


def alert_values(row: Alert) -> tuple[object, ...]:
    """A line of the export of warnings."""
    days = iso_day(row.first_day), iso_day(row.last_day)
    times = (utc(at) if at else "" for at in (row.raised, row.changed, row.told, row.snoozed_until, row.resolved))
    groups = " ".join(str(group) for group in row.values.get("groups", ()))
    return (
        row.pk,
        row.rule,
        row.severity,
        row.state,
        row.domain,
        row.about,
        *days,
        row.messages,
        row.hosts,
        groups,
        str(row.person or ""),
        *times,
    )


def campaign_values(one: Campaign) -> tuple[object, ...]:
    """A line of the export of campaigns."""
    days = iso_day(one.first_day), iso_day(one.last_day)
    return str(one.key), *days, len(one.sources), one.messages, " ".join(one.domains), " ".join(one.traits)


_SPLIT = ("messages", "normal", "forwarded", "failing", "spoof")
TABLES: dict[str, tuple[tuple[str, ...], Callable[[Any], tuple[object, ...]]]] = {
    "records": (COLUMNS, record_values),
    "hosts": (
        ("source_ip", "ptr", "confirmed", "group", "country", "city", "asn", "as_name")  # noqa: RUF005 - one line would be too long
        + (*_SPLIT, "domains", "first_day", "last_day", "class", "confidence"),
        host_values,
    ),
    "groups": (("group", *_SPLIT, "passed", "hosts", "domains", "first_day", "last_day", "class", "advice"), group_values),
    "reports": (
        ("key", "org_name", "report_id", "domain", "begin", "end", "records", *_SPLIT, "policy", "generation", "notes"),
        report_values,
    ),
    "failures": (
        ("arrival", "domain", "org_name", "source_ip", "reported_domain", "header_from", "envelope_from", "envelope_to", "subject")  # noqa: RUF005 - as above
        + ("auth_failure", "identity_alignment", "alignment_meaning", "dkim_aligned", "spf_aligned", "dkim_domain", "dkim_selector")
        + ("delivery_result", "incidents", "number", "delivery", "expires"),
        failure_values,
    ),
    "tls": (
        ("day", "domain", "org_name", "report_id", "policy", "policy_domain", "policy_type", "mx_hosts", "successful", "failed")  # noqa: RUF005 - as above
        + ("failures", "key"),
        tls_values,
    ),
    "alerts": (
        ("number", "rule", "severity", "state", "domain", "about", "first_day", "last_day", "messages", "hosts", "groups", "person")  # noqa: RUF005 - as above
        + ("raised", "changed", "told", "snoozed_until", "resolved"),
        alert_values,
    ),
    "campaigns": (("campaign", "first_day", "last_day", "sources", "messages", "domains", "traits"), campaign_values),
}
"""Columns and values of the tables that are exported as they stand on the pages: the same by page, interface and command line."""


def table(what: str, store: Store, f: Filter) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """Columns and rows of a table of `TABLES`, read while they are written out."""
    columns, values = TABLES[what]
    return columns, map(values, _found(what, store, f))


def _found(what: str, store: Store, f: Filter) -> Iterator[Any]:
    if what == "records":
        return iter(store.export(f))
    if what == "campaigns":
        return iter(cluster(store.beginnings(f)))
    if what == "failures":
        from sekisho.registry import failures  # the registry needs Django's models, and tables of facts do not

        return failures.all_between(f.org, f.since, f.until, f.domains)
    if what == "alerts":
        from sekisho.registry import alerts  # as above

        return alerts.all_between(f.org, f.since, f.until, f.domains)
    questions = {"hosts": store.hosts, "groups": store.groups, "reports": store.reports, "tls": store.tls_policies}
    return all_rows(questions[what], f)


def all_rows(ask: Callable[[Filter, Page], Answer], f: Filter) -> Iterator[Any]:
    """All rows of a paged answer, page after page."""
    number = 1
    while True:
        answer = ask(f, Page(number=number, size=ROWS_AT_ONCE))
        yield from answer.rows
        if len(answer.rows) < ROWS_AT_ONCE:
            return
        number += 1


def counts(split: Split) -> tuple[int, int, int, int, int]:
    """Messages of a split: all, then by class."""
    return split.messages, split.normal, split.forwarded, split.failing, split.spoof


def utc(at: datetime) -> str:
    """A time as ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def iso(seconds: int) -> str:
    """A time in Unix seconds as ISO 8601 in UTC; the number where no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return str(seconds)
