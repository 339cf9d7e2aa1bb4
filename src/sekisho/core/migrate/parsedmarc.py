"""Reads what parsedmarc writes as JSON: `aggregate.json`, one report a line, or all that it prints at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo

from sekisho.core.errors import Broken, ReadError, TooLarge
from sekisho.core.migrate.draft import Draft, Span
from sekisho.core.migrate.form import Object, moment, object_of, text_of
from sekisho.core.migrate.jsontext import JsonText
from sekisho.core.migrate.values import Migrated, Refused

_HEAD = ("xml_schema", "xml_namespace", "report_metadata", "policy_published")


def read_parsedmarc(chunks: Iterable[bytes], zone: tzinfo) -> Iterator[Migrated | Refused]:
    """The reports in the order of the file; times without a zone are of `zone`, where parsedmarc ran.

    Held in memory is one report in its compact form. Where the file is no JSON any more, it ends with the reason and the place.
    """
    text = JsonText(chunks)
    try:
        while text.more():
            yield from _any(text, zone)
    except ReadError as error:
        yield Refused(error.reason, error.where)


def _any(text: JsonText, zone: tzinfo) -> Iterator[Migrated | Refused]:
    """A list of reports, or one."""
    match text.peek():
        case "[":
            for _ in text.items():
                yield from _one(text, zone)
        case _:
            yield from _one(text, zone)


def _one(text: JsonText, zone: tzinfo) -> Iterator[Migrated | Refused]:
    """A report, or an object that holds reports."""
    where = text.where
    if text.peek() != "{":
        text.skip()
        yield Refused("This is not a report of parsedmarc", where)
        return
    head: dict[str, object] = {}
    draft = Draft(zone, in_order=True)
    flaw: ReadError | None = None
    held = False
    for name in text.members():
        if name == "records" and text.peek() == "[":
            flaw = _records(text, draft)
        elif name in ("aggregate_reports", "report") and text.peek() in ("[", "{"):
            held = True
            yield from _any(text, zone)
        elif name in _HEAD:
            head[name] = text.value()
        else:
            text.skip()
    if not held:
        yield _put_together(draft, head, flaw, where)


def _records(text: JsonText, draft: Draft) -> ReadError | None:
    """Takes the records; those that are too many are passed over, and the reason is returned."""
    flaw: ReadError | None = None
    for _ in text.items():
        record = text.value()
        if flaw is not None:
            continue
        try:
            draft.add(object_of(record), interval(object_of(record)), is_cut=object_of(record).get("normalized_timespan") is True)
        except TooLarge as error:
            flaw = error
    return flaw


def interval(record: Object) -> Span:
    """The time of a record, which newer versions tell, in UTC."""
    begin, end = (moment(text_of(record.get(name)), UTC) for name in ("interval_begin", "interval_end"))
    return Span(begin, end)


def _put_together(draft: Draft, head: Object, flaw: ReadError | None, where: str) -> Migrated | Refused:
    metadata, policy = object_of(head.get("report_metadata")), object_of(head.get("policy_published"))
    if not metadata and not policy:
        return Refused("This is not an aggregate report of parsedmarc", where)
    try:
        if flaw is not None:
            raise flaw
        version, namespace = text_of(head.get("xml_schema")), text_of(head.get("xml_namespace"))
        return Migrated(draft.report(metadata, policy, version=version, namespace=namespace))
    except (Broken, TooLarge) as error:
        return Refused(error.reason, f"{text_of(metadata.get('org_name'))} {text_of(metadata.get('report_id'))}".strip() or where)
