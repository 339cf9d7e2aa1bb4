"""Rows that each repeat the head of their report, as parsedmarc keeps them in Elasticsearch, OpenSearch and CSV."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, tzinfo
from hashlib import blake2b
from itertools import islice
from math import gcd

from sekisho.core.errors import Broken
from sekisho.core.limits import DEFAULT
from sekisho.core.migrate.draft import Draft, Span
from sekisho.core.migrate.form import Object, list_of, moment, object_of, text_of
from sekisho.core.migrate.values import Migrated, Piece
from sekisho.core.reports.number import time_of

_METADATA = ("org_name", "org_email", "org_extra_contact_info", "report_id", "errors", "generator")
_MOVED = ("np", "testing", "discovery_method")
"""Parts of the policy that a document has beside it too."""


def piece_of(document: Object) -> Piece:
    """The part of a report that a document holds; raises `Broken` where it is of another kind."""
    if "message_count" not in document or "report_id" not in document:
        raise Broken("This is not a record of an aggregate report")
    policy = dict(object_of(document.get("published_policy")))
    policy |= {name: document[name] for name in _MOVED if document.get(name) is not None and policy.get(name) is None}
    span = _span(document)
    is_cut = _truth(document.get("normalized_timespan")) is True
    metadata = {name: document[name] for name in _METADATA if document.get(name) is not None}
    names = [text_of(document.get("org_name")), text_of(document.get("report_id")), text_of(policy.get("domain"))]
    key = [*names, "by days"] if is_cut else [f"{span.begin:012d}", f"{span.end:012d}", *names]
    head = {
        "metadata": metadata,
        "policy": policy,
        "version": text_of(document.get("xml_schema")),
        "namespace": text_of(document.get("xml_namespace")),
    }
    return Piece(_json(key).decode(), _json(head), _json([*span, is_cut, _record(document)]))


def put_together(head: bytes, rows: Callable[[], Iterable[bytes]], zone: tzinfo) -> Migrated:
    """The report whose parts these are, made by `piece_of`; raises `Broken` or `TooLarge`. `rows` gives them anew at each call.

    Such stores may hold a report several times, with nothing that tells one from the other: where each row occurs as often as a
    multiple of the same number, it was that often. No reporter writes each of its rows twice; equal ones are what it adds up.
    """
    draft = Draft(zone)
    times = Counter(map(_digest, islice(rows(), DEFAULT.rows)))
    copies = gcd(*times.values())
    seen: Counter[bytes] = Counter()
    for row in rows():
        if copies > 1:
            seen[digest := _digest(row)] += 1
            if seen[digest] > times[digest] // copies:
                continue
        begin, end, is_cut, record = json.loads(row)
        draft.add(record, Span(begin, end), is_cut=is_cut)
    if copies > 1:
        draft.note("repeated_report", "The store held the report more than once; it was taken over once")
    values = json.loads(head)
    report = draft.report(values["metadata"], values["policy"], version=values["version"], namespace=values["namespace"])
    return Migrated(report, is_sure_of_times=draft.is_sure_of_times)


def _digest(row: bytes) -> bytes:
    return blake2b(row, digest_size=12).digest()


def _span(document: Object) -> Span:
    """The time of the document; in UTC, as the engines keep it. Old versions have it as a pair only."""
    both = list_of(document.get("date_range"))
    begin = document.get("date_begin", both[0] if both else None)
    end = document.get("date_end", both[-1] if both else None)
    return Span(_time(begin), _time(end))


def _time(value: object) -> int:
    text = text_of(value)
    return moment(text, UTC) or time_of(text)[0]


def _truth(value: object) -> bool | None:
    """A truth value as JSON or CSV write it; None where it is none."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(text_of(value).lower())


def _aligned(value: object) -> str:
    return {True: "pass", False: "fail", None: ""}[_truth(value)]


def _record(document: Object) -> Mapping[str, object]:
    """The record in the form of parsedmarc's own output."""
    return {
        "source": {"ip_address": text_of(document.get("source_ip_address"))},
        "count": text_of(document.get("message_count")),
        "policy_evaluated": {
            "disposition": document.get("disposition"),
            "dkim": _aligned(document.get("dkim_aligned")),
            "spf": _aligned(document.get("spf_aligned")),
            "policy_override_reasons": list_of(document.get("policy_overrides")),
        },
        "identifiers": {name: document.get(name) for name in ("header_from", "envelope_from", "envelope_to")},
        "auth_results": {"dkim": list_of(document.get("dkim_results")), "spf": list_of(document.get("spf_results"))},
    }


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
