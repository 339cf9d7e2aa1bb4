"""A report in the making from another tool's rows, within the limits of the reader of reports."""

from __future__ import annotations

import json
from datetime import tzinfo
from hashlib import blake2b
from typing import NamedTuple

from sekisho.core.errors import Broken, TooLarge
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.migrate.form import Object, branch, leaf, leaves, list_of, moment, object_of, said_of, text_of
from sekisho.core.reports.address import canonical
from sekisho.core.reports.aggregate import NAMESPACE
from sekisho.core.reports.metadata import Metadata, Policies, read_metadata, read_policy
from sekisho.core.reports.number import count_of
from sekisho.core.reports.record import is_later_generation, weight
from sekisho.core.reports.text import Notes, clean
from sekisho.core.reports.values import AggregateReport, Rows, Said
from sekisho.core.terms import Generation

DAY_S = 86_400

_METADATA = {
    "org_name": "org_name",
    "email": "org_email",
    "extra_contact_info": "org_extra_contact_info",
    "report_id": "report_id",
    "generator": "generator",
}
_POLICY = {name: name for name in ("domain", "adkim", "aspf", "p", "sp", "np", "pct", "fo", "testing", "discovery_method")}


class Span(NamedTuple):
    """From when to when, Unix seconds."""

    begin: int
    end: int


class Draft:
    """Takes rows in parsedmarc's form and then the head; `report` puts them together.

    parsedmarc cuts the rows of a report of more than a day into one row a day (`is_cut`); they are joined again. Rows with equal
    words are of one record as long as their days go on (`in_order`); where the order is lost, there are as many records as such
    rows in the day that has most of them.
    """

    def __init__(self, zone: tzinfo, limits: Limits = DEFAULT, *, in_order: bool = False) -> None:
        self._zone = zone
        self._limits = limits
        self._rows = Rows()
        self._notes = Notes()
        self._in_order = in_order
        self._parts: dict[bytes, dict[int, int]] = {}
        self._last: dict[bytes, Span] = {}
        self._joined: dict[tuple[bytes, int], tuple[str, int, Said]] = {}
        self._said_bytes = 0
        self._said_number = 0
        self._span = Span(0, 0)
        self.is_sure_of_times = True
        """Whether the report's times are its true ones."""
        self.pieces = 0
        """Rows taken, before they are joined."""

    def add(self, record: Object, span: Span, *, is_cut: bool) -> None:
        """A row with the time it is for, 0 where it does not say; raises `TooLarge`."""
        self.pieces += 1
        if self.pieces > self._limits.rows:
            raise TooLarge("The report has too many records")
        self._widen(span)
        said = said_of(record)
        address = self._address(clean(text_of(object_of(record.get("source")).get("ip_address")), 100))
        count, is_odd = count_of(text_of(record.get("count")))
        if is_odd:
            self._note("odd_count", "The number of messages of a row is not readable; taken as written or as one")
        if is_cut:
            self._join(address, count, said, span, record)
        else:
            self._append(address, count, said)

    def report(self, metadata: Object, policy: Object, *, version: str = "", namespace: str = "") -> AggregateReport:
        """The report; raises `Broken` where it has no rows or no time: such a one would hide the true one when that comes."""
        for address, count, said in self._joined.values():
            self._append(address, count, said)
        self._joined.clear()
        if not len(self._rows):
            raise Broken("None of the records of the report were kept")
        read = self._metadata(metadata)
        span = self._times(metadata)
        if not span.begin:
            raise Broken("It does not say for which time it is")
        policies = read_policy(leaves("policy_published", policy, _POLICY), self._limits)
        if not policies.policy.domain:
            raise Broken("It does not say for which domain it is")
        for flaw in policies.flaws:
            self._notes.add(*flaw)
        return AggregateReport(
            org_name=read.org_name,
            email=read.email,
            extra_contact_info=read.extra_contact_info,
            report_id=read.report_id,
            begin=span.begin,
            end=span.end,
            policy=policies.policy,
            rows=self._rows,
            errors=read.errors,
            generator=read.generator,
            version=clean(version, 20),
            namespace=clean(namespace, self._limits.text),
            generation=self._generation(read, policies, namespace),
            notes=self._notes.all(),
        )

    def note(self, code: str, words: str) -> None:
        """A flaw met outside, at the row that was added last."""
        self._note(code, words)

    def _metadata(self, values: Object) -> Metadata:
        node = leaves("report_metadata", values, _METADATA)
        node.children.extend(leaf("error", error) for error in list_of(values.get("errors")))
        node.children.append(branch("date_range"))
        return read_metadata(node, self._notes, self._limits)

    def _generation(self, metadata: Metadata, policies: Policies, namespace: str) -> Generation:
        """As the reader would tell it; but RFC 9990 has no way to say several SPF results of a row."""
        if any(len(said.spf) > 1 for said in self._rows.saids):
            return Generation.RFC7489
        is_later = namespace == NAMESPACE or policies.is_later or bool(metadata.generator)
        is_later = is_later or any(map(is_later_generation, self._rows.saids))
        return Generation.RFC9990 if is_later else Generation.RFC7489

    def _times(self, metadata: Object) -> Span:
        """When the report was for.

        The times of rows are in UTC, those of the head in the time zone of the machine that ran parsedmarc. Of a report whose rows
        were cut by days, days without mail are missing, so first or last may be too; the length of the whole tells.
        """
        low, high = self._span
        if low and not self._parts:
            return Span(low, high)
        told = Span(*(moment(text_of(metadata.get(name)), self._zone) for name in ("begin_date", "end_date")))
        length = count_of(text_of(metadata.get("original_timespan_seconds")))[0] if self._parts else 0
        if low and length > 1:
            if high - low == length or low % DAY_S:
                return Span(low, low + length)
            if high % DAY_S:
                return Span(high - length, high)
        if told.begin:
            return told if told.end else Span(told.begin, told.begin)
        if low and not (low % DAY_S and high % DAY_S):
            self.is_sure_of_times = False
            self._notes.add("unsure_times", "The report was for several days, of which the first or last may be missing")
        return Span(low, high)

    def _widen(self, span: Span) -> None:
        low, high = self._span
        if span.begin and (not low or span.begin < low):
            low = span.begin
        self._span = Span(low, max(high, span.end))

    def _join(self, address: str, count: int, said: Said, span: Span, record: Object) -> None:
        """A row that is for one day of several."""
        words = {name: record.get(name) for name in ("policy_evaluated", "identifiers", "auth_results")}
        key = blake2b(json.dumps([address, words], sort_keys=True).encode(), digest_size=16).digest()
        number = self._number(key, span)
        before = self._joined.get((key, number))
        self._joined[key, number] = (address, count + (before[1] if before else 0), said)

    def _number(self, key: bytes, span: Span) -> int:
        """Which of the records with these words a row belongs to."""
        seen = self._parts.setdefault(key, {})
        if not self._in_order:
            number = seen[span.begin] = seen.get(span.begin, 0) + 1
            return number
        last = self._last.get(key)
        self._last[key] = span
        seen[0] = seen.get(0, 1) + (1 if last is not None and span.begin <= last.begin else 0)
        return seen[0]

    def _append(self, address: str, count: int, said: Said) -> None:
        self._rows.append(address, count, said)
        if len(self._rows.saids) > self._said_number:
            self._said_number += 1
            self._said_bytes += weight(said)
            if self._said_bytes > self._limits.said_bytes:
                raise TooLarge("The records of the report say too much")

    def _address(self, text: str) -> str:
        known = canonical(text)
        if known is None:
            self._note("odd_address" if text else "no_address", "The address of a row is none" if text else "A row has no address")
        return known or text

    def _note(self, code: str, words: str) -> None:
        self._notes.add(code, words, f"record {self.pieces}")
