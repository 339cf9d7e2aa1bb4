"""Reads database dumps of dmarcts-report-parser (and of its forerunner rddmarc): the tables `report` and `rptrecord`."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from ipaddress import IPv4Address, IPv6Address

from sekisho.core.errors import Broken, ReadError
from sekisho.core.migrate.draft import Draft, Span
from sekisho.core.migrate.form import Object, moment, text_of
from sekisho.core.migrate.sqltext import BadRow, SqlText, Value
from sekisho.core.migrate.values import Migrated, Piece, Refused
from sekisho.core.names import aligned, normal
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.text import clean
from sekisho.core.reports.values import AggregateReport

TABLES = ("report", "rptrecord")
MAX_NAMES = 100
"""Names joined in one column that are taken apart."""

_UNKNOWN = "unknown"
"""What it writes where it understood nothing."""
_POLICY = ("adkim", "aspf", "p", "sp", "pct")
_HEAD = ("domain", "org", "reportid", "email", "extra_contact_info", "raw_xml", *(f"policy_{name}" for name in _POLICY))
_ROW = ("rcount", "disposition", "reason", "dkimdomain", "dkimresult", "spfdomain", "spfresult", "spf_align", "dkim_align")


def read_dmarcts(chunks: Iterable[bytes], zone: tzinfo) -> Iterator[Piece | Refused]:
    """Heads and rows in the order of the dump; times are of `zone` where the dump does not say of which they are."""
    text = SqlText(chunks)
    try:
        for row in text.rows(TABLES):
            if isinstance(row, BadRow):
                yield Refused(row.reason, f"{row.table}, {row.where}")
            elif row.values.get("serial") is None:
                yield Refused("The row does not say which report it belongs to", f"{row.table}, {text.where}")
            else:
                key = _text(row.values["serial"])[:20].rjust(20, "0")
                yield (
                    Piece(key, head=_head(row.values, text.zone or zone))
                    if row.table == "report"
                    else Piece(key, row=_row(row.values))
                )
    except ReadError as error:
        yield Refused(error.reason, error.where)


def put_together(head: bytes, rows: Callable[[], Iterable[bytes]], zone: tzinfo) -> Migrated:
    """The report of a head and its rows, made by `read_dmarcts`; raises `Broken` or `TooLarge`.

    Where the database has kept the XML and it is of this report, that counts, and the rest is not looked at.
    """
    values = json.loads(head) if head else {}
    if not values:
        raise Broken("There are records of it, but its head is missing")
    original = _original(values)
    if original is not None:
        return original
    draft = Draft(zone)
    span = Span(values["begin"], values["end"] or values["begin"])
    for row in rows():
        record, is_joined = _record(json.loads(row))
        draft.add(record, span, is_cut=False)
        if is_joined:
            draft.note("joined_results", "Several results were kept as one, so that it is not certain which name has which")
    metadata = {
        "org_name": values.get("org"),
        "org_email": values.get("email"),
        "org_extra_contact_info": values.get("extra_contact_info"),
        "report_id": values.get("reportid"),
    }
    policy = {name: values.get(f"policy_{name}") for name in _POLICY}
    return Migrated(draft.report(metadata, policy | {"domain": values.get("domain")}))


def _head(values: Mapping[str, Value], zone: tzinfo) -> bytes:
    found: dict[str, object] = {name: _text(values[name]) for name in _HEAD if values.get(name)}
    for ours, theirs in (("begin", "mindate"), ("end", "maxdate")):
        found[ours] = moment(_text(values.get(theirs)), zone)
    return json.dumps(found).encode()


def _row(values: Mapping[str, Value]) -> bytes:
    found = {name: _text(values[name]) for name in _ROW if values.get(name)}
    found["source_ip"] = _address(values.get("ip"), values.get("ip6"))
    found["header_from"] = _text(values.get("identifier_hfrom"))
    return json.dumps(found).encode()


def _text(value: Value) -> str:
    return (value or b"").decode("utf-8", "replace")


def _address(four: Value, six: Value) -> str:
    """The address: IPv4 as a number, IPv6 as 16 bytes, or as PostgreSQL writes them; as it stands where it is text."""
    if four:
        text = _text(four)
        return (
            str(IPv4Address(int(text))) if text.isascii() and text.isdigit() and len(text) <= 10 and int(text) < 1 << 32 else text
        )
    if six and len(six) == 34 and six.startswith(b"\\x"):
        try:
            six = bytes.fromhex(_text(six[2:]))
        except ValueError:
            return _text(six)
    if six and len(six) == 16:
        return IPv6Address(six).compressed
    return _text(six)


def _record(row: Object) -> tuple[dict[str, object], bool]:
    """The row in parsedmarc's form, and whether results in it were joined."""
    header_from = normal(text_of(row.get("header_from")))
    dkim, is_joined = _results(row, "dkim", header_from)
    spf, are_joined = _results(row, "spf", header_from)
    record: dict[str, object] = {
        "source": {"ip_address": row.get("source_ip")},
        "count": row.get("rcount"),
        "policy_evaluated": {
            "disposition": _known(row, "disposition"),
            "dkim": _known(row, "dkim_align"),
            "spf": _known(row, "spf_align"),
            "policy_override_reasons": [{"type": kind} for kind in text_of(row.get("reason")).split("/") if kind],
        },
        "identifiers": {"header_from": row.get("header_from")},
        "auth_results": {"dkim": dkim, "spf": spf},
    }
    return record, is_joined or are_joined


def _results(row: Object, mechanism: str, header_from: str) -> tuple[list[dict[str, str]], bool]:
    """The results of a mechanism, and whether there are several for one word.

    A pass of several is a pass of at least one: of those aligned where the row passed by this mechanism, else of the others.
    Where that leaves one name, it is certain; where not, none is said to have passed. Any other word is what all had.
    """
    names = text_of(row.get(f"{mechanism}domain")).split("/")[:MAX_NAMES]
    result = _known(row, f"{mechanism}result")
    if names == [""]:
        return ([{"domain": "", "result": result}] if result else []), False
    if len(names) == 1 or result != "pass":
        return [{"domain": name, "result": result} for name in names], len(names) > 1
    is_aligned = row.get(f"{mechanism}_align") == "pass"
    chosen = {name for name in names if aligned(normal(name), header_from) is is_aligned}
    return [{"domain": name, "result": "pass" if chosen == {name} else ""} for name in names], True


def _known(row: Object, name: str) -> str:
    word = text_of(row.get(name))
    return "" if word == _UNKNOWN else word


def _original(values: Object) -> Migrated | None:
    """The report read from its XML, which may be packed; None where there is none, or not of this report."""
    raw = text_of(values.get("raw_xml")).strip()
    if not raw:
        return None
    try:
        reports: Sequence[object] = open_delivery(raw.encode()).reports
    except ReadError:
        return None
    first = reports[0]
    if len(reports) > 1 or not isinstance(first, AggregateReport):
        return None
    is_same = first.report_id == clean(text_of(values.get("reportid")), 2048) and first.policy.domain == normal(
        text_of(values.get("domain"))
    )
    return Migrated(first, _unpacked(raw)) if is_same else None


def _unpacked(raw: str) -> bytes:
    """The XML, or the gzip it is packed in, without the base64 around it."""
    if raw.startswith("<"):
        return raw.encode()
    try:
        return base64.b64decode(raw)
    except (binascii.Error, ValueError):
        return raw.encode()
