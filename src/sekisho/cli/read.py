"""`sekisho read`: opens reports without any database and prints what they say and what is odd about them."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sekisho.cli import show
from sekisho.cli.words import _
from sekisho.core.errors import ReadError
from sekisho.core.reports.open import Opened, open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, Report, TlsReport
from sekisho.ingest.files import FoundFile, deliveries, walk

ROWS_SHOWN = 50


def run(args: argparse.Namespace) -> int:
    """Prints each report of each file; status 1 when one could not be read."""
    status = 0
    results: list[dict[str, Any]] = []
    for path in walk(args.files):
        for found in deliveries(path):
            try:
                opened = _opened(found)
            except ReadError as error:
                status = 1
                results.append({"file": found.name, "refused": error.reason})
                if args.format == "text":
                    print(f"{show.harmless(found.name)}: {show.harmless(str(error))}")
                continue
            for report in opened.reports:
                results.append(
                    {"file": found.name, "problems": [p._asdict() for p in opened.problems], "report": as_values(report)}
                )
                if args.format == "text":
                    _print(found.name, opened, report)
    if args.format == "json":
        show.as_json(results)
    return status


def _opened(found: FoundFile) -> Opened:
    if found.refused:
        raise ReadError(found.refused)
    return open_delivery(found.data, name=Path(found.name).name)


def as_values(report: Report) -> dict[str, Any]:
    """The whole report as plain values."""
    if isinstance(report, AggregateReport):
        return {
            "kind": "aggregate",
            "generation": report.generation.value,
            "org_name": report.org_name,
            "email": report.email,
            "extra_contact_info": report.extra_contact_info,
            "report_id": report.report_id,
            "begin": report.begin,
            "end": report.end,
            "version": report.version,
            "generator": report.generator,
            "namespace": report.namespace,
            "errors": list(report.errors),
            "policy_published": _plain(report.policy),
            "records": [_record(r.source_ip, r.count, r.said) for r in report.rows],
            "notes": [note._asdict() for note in report.notes],
        }
    if isinstance(report, TlsReport):
        return {"kind": "tls", **_plain(report)}
    values = _plain(report)
    values["original"] = report.original.decode("utf-8", "replace")
    return {"kind": "failure", **values}


def _record(source_ip: str, count: int, said: Any) -> dict[str, Any]:
    values = {name: _value(getattr(said, name)) for name in said.__slots__ if name != "memo"}
    return {"source_ip": source_ip, "count": count, **values}


def _plain(value: Any) -> dict[str, Any]:
    return {name: _value(getattr(value, name)) for name in value.__slots__}


def _value(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _value(part) for name, part in value._asdict().items()}
    if isinstance(value, (tuple, list)):
        return [_value(part) for part in value]
    if hasattr(value, "__slots__") and not isinstance(value, (str, int, bytes)):
        return _plain(value)
    return value


def _print(name: str, opened: Opened, report: Report) -> None:
    head: dict[str, object] = {_("file"): name}
    if isinstance(report, AggregateReport):
        head |= _aggregate_head(report)
    elif isinstance(report, TlsReport):
        head |= {_("reporter"): report.organization_name, _("period"): _period(report.begin, report.end)}
        head |= {p.policy_domain: f"{p.policy_type} {p.successful} + {p.failed}" for p in report.policies}
    elif isinstance(report, FailureReport):
        head |= {_("domain"): report.reported_domain, _("source"): report.source_ip, _("failure"): " ".join(report.auth_failure)}
    show.pairs(head)
    if isinstance(report, AggregateReport):
        _rows(report)
    for words in [f"{note.words} {note.where}" for note in report.notes] + [str(problem) for problem in opened.problems]:
        print("  ! " + show.harmless(words.strip()))
    print()


def _aggregate_head(report: AggregateReport) -> dict[str, object]:
    policy = report.policy
    return {
        _("reporter"): f"{report.reporter} {report.email}",
        _("report id"): report.report_id,
        _("period"): _period(report.begin, report.end),
        _("policy"): f"{policy.domain} p={policy.p} sp={policy.sp} np={policy.np} adkim={policy.adkim} aspf={policy.aspf}",
        _("records"): len(report.rows),
        _("messages"): report.rows.messages,
        _("format"): report.generation.value,
    }


def _rows(report: AggregateReport) -> None:
    columns = (_("source"), _("messages"), "From", _("handled"), "DKIM", "SPF", _("raw results"))
    rows = []
    for record in islice(report.rows, ROWS_SHOWN):
        said = record.said
        raw = [f"dkim={d.result} {d.domain} {d.selector}".strip() for d in said.dkim] + [
            f"spf={s.result} {s.domain}" for s in said.spf
        ]
        rows.append(
            (
                record.source_ip,
                record.count,
                said.header_from,
                said.disposition,
                said.dkim_aligned,
                said.spf_aligned,
                "; ".join(raw),
            )
        )
    show.table(columns, rows, right=(1,))
    if len(report.rows) > ROWS_SHOWN:
        print(_("… and {n} more records; --format json has them all").format(n=len(report.rows) - ROWS_SHOWN))


def _period(begin: int, end: int) -> str:
    def when(seconds: int) -> str:
        try:
            return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")
        except (OverflowError, ValueError, OSError):
            return str(seconds)

    return f"{when(begin)} – {when(end)} UTC"
