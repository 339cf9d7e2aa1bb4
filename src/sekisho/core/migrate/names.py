"""Undoes what parsedmarc does to the names of reporters and reports, as far as it can be undone.

A reporter whose name is a host name is kept by its organizational domain in lower case (`Outlook.com` as `outlook.com`), and an
identifier loses `<`, `>` and all from the first `@` on. A report is the same report only by its true names.
"""

from __future__ import annotations

from dataclasses import replace

from sekisho.core.names import organizational_domain
from sekisho.core.reports.values import AggregateReport

SPELLED = {"outlook.com": "Outlook.com", "mail.ru": "Mail.Ru"}
"""How large reporters write their own names (seen in published reports), where parsedmarc changes them."""


def shortened_reporter(name: str) -> str:
    """The name of a reporter as parsedmarc keeps it."""
    if "." not in name.strip(".") or " " in name:
        return name
    return organizational_domain(name.lower())


def shortened_id(report_id: str) -> str:
    """The identifier of a report as parsedmarc keeps it."""
    return report_id.replace("<", "").replace(">", "").partition("@")[0]


def twins(report: AggregateReport) -> list[AggregateReport]:
    """The report under the other names by which a store of parsedmarc may have told of it; none where all names are the same."""
    reporters = dict.fromkeys((report.reporter, shortened_reporter(report.reporter)))
    ids = dict.fromkeys((report.report_id, shortened_id(report.report_id)))
    names = [(reporter, report_id) for reporter in reporters for report_id in ids if report_id]
    return [replace(report, org_name=reporter, report_id=report_id) for reporter, report_id in names[1:]]
