"""Reads SMTP TLS reports (RFC 8460, 4): JSON, tolerant and within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sekisho.core.errors import Broken, NotAReport, TooLarge
from sekisho.core.limits import DEFAULT, Limits
from sekisho.core.names import normal
from sekisho.core.reports.address import canonical
from sekisho.core.reports.number import MOST, time_of
from sekisho.core.reports.text import Notes, clean
from sekisho.core.reports.values import TlsFailure, TlsPolicy, TlsReport

Object = Mapping[str, object]

_KEYS = ("policies", "organization-name", "date-range", "report-id")


def read_tls(data: bytes, limits: Limits = DEFAULT) -> TlsReport:
    """The report in a JSON document; raises `NotAReport`, `Broken` or `TooLarge`. Times that are not said are 0, with a note.

    Counts may be strings, `mx-host` a string or a list, and any field but the policies may be missing.
    """
    if len(data) > limits.json_bytes:
        raise TooLarge("The TLS report is too large")
    document = _document(data)
    if not any(key in document for key in _KEYS):
        raise NotAReport("This JSON is not a TLS report")
    return _Reading(limits).report(document)


def _document(data: bytes) -> Object:
    """The JSON object with its keys in lower case."""
    try:
        text = data.decode(json.detect_encoding(data), "replace").lstrip("\ufeff \t\r\n\0")
        document, _ = json.JSONDecoder(parse_int=_whole, parse_constant=str).raw_decode(text)
    except (ValueError, RecursionError) as error:
        raise Broken("The JSON is damaged") from error
    if isinstance(document, list) and len(document) == 1:
        document = document[0]
    if not isinstance(document, dict):
        raise NotAReport("This JSON is not a TLS report")
    return _lower(document)


def _whole(text: str) -> int:
    """A whole number; one of absurd length is none."""
    return int(text) if len(text) <= 20 else -1


def _lower(value: Mapping[object, object]) -> Object:
    """The object with keys in lower case and hyphens; of equal ones the first."""
    found: dict[str, object] = {}
    for key, inner in value.items():
        found.setdefault(str(key).strip().lower().replace("_", "-"), inner)
    return found


class _Reading:
    """The reading of one report."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._notes = Notes()
        self._entries = 0

    def report(self, document: Object) -> TlsReport:
        """The report as a whole."""
        dates = self._object(document.get("date-range"))
        begin, end = self._time(dates, "start-datetime"), self._time(dates, "end-datetime")
        policies = tuple(self._policy(self._object(entry)) for entry in self._list(document.get("policies")))
        if not policies and not (begin or end):
            raise Broken("The TLS report has neither policies nor a time it is for")
        if not (begin or end):
            self._notes.add("no_times", "The report does not say for which time it is")
        if not document.get("report-id"):
            self._notes.add("no_report_id", "The report has no identifier")
        return TlsReport(
            organization_name=self._text(document, "organization-name"),
            contact_info=self._text(document, "contact-info"),
            report_id=self._text(document, "report-id"),
            begin=begin or end,
            end=end or begin,
            policies=policies,
            notes=self._notes.all(),
        )

    def _policy(self, entry: Object) -> TlsPolicy:
        policy = self._object(entry.get("policy")) or entry
        summary = self._object(entry.get("summary")) or entry
        details = self._list(entry.get("failure-details"))
        hosts = policy.get("mx-host", policy.get("mx-host-pattern"))
        domain = self._text(policy, "policy-domain")
        if not domain:
            self._notes.add("no_policy_domain", "A policy does not say which domain it is for")
        return TlsPolicy(
            policy_type=self._text(policy, "policy-type").lower(),
            policy_domain=normal(domain[:253]),
            policy_string=self._texts(policy.get("policy-string")),
            mx_hosts=tuple(normal(host[:253]) for host in self._texts(hosts)),
            successful=self._count(summary, "total-successful-session-count"),
            failed=self._count(summary, "total-failure-session-count"),
            failures=tuple(self._failure(self._object(detail)) for detail in details),
        )

    def _failure(self, detail: Object) -> TlsFailure:
        return TlsFailure(
            result_type=self._text(detail, "result-type").lower(),
            sending_mta_ip=self._address(detail, "sending-mta-ip"),
            receiving_mx_hostname=normal(self._text(detail, "receiving-mx-hostname")[:253]),
            receiving_ip=self._address(detail, "receiving-ip"),
            count=self._count(detail, "failed-session-count"),
            receiving_mx_helo=self._text(detail, "receiving-mx-helo"),
            additional_information=self._text(detail, "additional-information", "additional-info-uri"),
            failure_reason_code=self._text(detail, "failure-reason-code", "failure-error-code"),
        )

    def _object(self, value: object) -> Object:
        return _lower(value) if isinstance(value, dict) else {}

    def _list(self, value: object) -> Sequence[object]:
        """A list, or the one object that stands where a list should be; all lists together are bounded."""
        items = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        self._entries += len(items)
        if self._entries > self._limits.policies:
            raise TooLarge("The TLS report has too many entries")
        return items

    def _texts(self, value: object) -> tuple[str, ...]:
        """Texts, or the one text that stands where a list should be."""
        items = value if isinstance(value, list) else [value]
        texts = [clean(item, self._limits.text) for item in items[: self._limits.fields] if isinstance(item, str)]
        return tuple(text for text in texts if text)

    def _text(self, value: Object, *keys: str) -> str:
        for key in keys:
            found = value.get(key)
            if isinstance(found, str | int | float) and not isinstance(found, bool):
                return clean(str(found), self._limits.text).encode("utf-8", "replace").decode("utf-8")
        return ""

    def _address(self, value: Object, key: str) -> str:
        text = self._text(value, key)
        known = canonical(text)
        if known is None and text:
            self._notes.add("odd_address", "An address is none", key)
        return known or text[:100]

    def _time(self, dates: Object, key: str) -> int:
        text = self._text(dates, key)
        seconds, _ = time_of(text)
        if text and not seconds:
            self._notes.add("odd_time", "A time cannot be read", key)
        return seconds

    def _count(self, value: Object, key: str) -> int:
        """Sessions; what is no number stands for none, with a note."""
        found = value.get(key)
        if found is None:
            return 0
        text = str(found).strip().partition(".")[0]
        if text.isascii() and text.isdigit() and len(text) <= 11 and int(text) <= MOST:
            return int(text)
        self._notes.add("odd_count", "A number of sessions is not readable and was taken as none", key)
        return 0
