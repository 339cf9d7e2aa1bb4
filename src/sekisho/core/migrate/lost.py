"""What a report loses, and what is filled in, when it is written as a document: told by reading that document again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.values import AggregateReport, PolicyPublished, Said
from sekisho.core.reports.write import write_aggregate

_HEAD = ("org_name", "email", "extra_contact_info", "report_id", "begin", "end", "errors", "generator")
_SAID = ("disposition", "dkim_aligned", "spf_aligned", "reasons", "header_from", "envelope_from", "envelope_to")
_DKIM = ("domain", "selector", "result", "human_result")
_SPF = ("domain", "scope", "result", "human_result")
_NOTHING = ("", (), None, "absent")


class Changed(NamedTuple):
    """How many reports have a field that changed."""

    lost: Counter[str]
    """Said by the store, but the document cannot say it, or only by another word."""
    filled: Counter[str]
    """Not said by the store, but the document has to say something."""


def changed(report: AggregateReport) -> Changed:
    """The fields of this report that change, each counted once; costs a writing and a reading."""
    back = read_aggregate(write_aggregate(report))
    lost: set[str] = set()
    filled: set[str] = set()
    for name, before, after in _pairs(report, back):
        if before != after:
            (filled if before in _NOTHING else lost).add(name)
    return Changed(Counter(lost), Counter(filled - lost))


def _pairs(report: AggregateReport, back: AggregateReport) -> Iterator[tuple[str, object, object]]:
    """Name, value before and value after."""
    yield from ((name, getattr(report, name), getattr(back, name)) for name in _HEAD)
    names = [field.name for field in fields(PolicyPublished)]
    yield from ((f"policy.{name}", getattr(report.policy, name), getattr(back.policy, name)) for name in names)
    yield "records", len(report.rows), len(back.rows)
    yield "messages", report.rows.messages, back.rows.messages
    seen: set[tuple[int, int]] = set()
    for before, after in zip(report.rows, back.rows, strict=False):
        if before.source_ip != after.source_ip:
            yield "source_ip", before.source_ip, after.source_ip
        if before.said is not after.said and (pair := (id(before.said), id(after.said))) not in seen:
            seen.add(pair)
            yield from _said(before.said, after.said)


def _said(before: Said, after: Said) -> Iterator[tuple[str, object, object]]:
    yield from ((name, getattr(before, name), getattr(after, name)) for name in _SAID)
    for kind, names, olds, news in (("dkim", _DKIM, before.dkim, after.dkim), ("spf", _SPF, before.spf, after.spf)):
        if len(olds) != len(news):
            yield kind, olds, news
            continue
        for old, new in zip(olds, news, strict=True):
            yield from ((f"{kind}.{name}", getattr(old, name), getattr(new, name)) for name in names)
