"""DMARC records made: from values to text, and one's own report address merged into the record that is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sekisho.core.dmarc.record import HISTORIC, KNOWN, DmarcRecord, Psd, pick, read_record
from sekisho.core.dmarc.uri import MAX_URIS, mailto
from sekisho.core.terms import AlignmentMode, Policy

_ABOUT_VERSION = re.compile(r"^[\s\"'“”„]*(?:v\s*[=＝]\s*[\"'“”]?dmarc[^;]*;?)?", re.IGNORECASE)


def to_text(record: DmarcRecord) -> str:
    """The record as it is to be published: policy first, defaults and historic tags left out, unknown tags kept."""
    values = (
        ("p", record.p),
        ("sp", record.sp),
        ("np", record.np),
        ("t", "y" if record.t else "absent"),
        ("psd", "absent" if record.psd is Psd.UNKNOWN else record.psd),
        ("adkim", record.adkim if record.adkim is AlignmentMode.STRICT else "absent"),
        ("aspf", record.aspf if record.aspf is AlignmentMode.STRICT else "absent"),
        ("rua", ",".join(uri.text for uri in record.rua) or "absent"),
        ("ruf", ",".join(uri.text for uri in record.ruf) or "absent"),
        ("fo", ":".join(record.fo) if record.ruf and record.fo != ("0",) else "absent"),
    )
    kept = [f"{name}={value}" for name, value in values if value != Policy.ABSENT]
    kept += [f"{name}={value}" for name, value in record.tags if name not in KNOWN and name not in HISTORIC]
    return "; ".join(["v=DMARC1", *kept])


def merged(texts: Sequence[str], address: str) -> str:
    """The record to publish so that aggregate reports go to `address` too, from the TXT records that are there.

    1. Nothing there: `p=none` and the address.
    2. One record that counts: the same text with the address added to `rua`; unchanged where it has it already.
    3. One that nearly counts: its tags behind a proper version, then as 2.
    4. Several: the first, with the report addresses of the others added, then as 2. They void each other as they are.
    """
    meant = [text for text in texts if not any(note.code == "not_dmarc" for note in read_record(text).notes)]
    if not meant:
        return f"v=DMARC1; p=none; rua={mailto(address)}"
    first, *others = [text if read_record(text).record is not None else _mended(text) for text in meant]
    for other in others:
        record = read_record(other).record
        for name in ("rua", "ruf"):
            for uri in getattr(record, name) if record is not None else ():
                if uri.is_usable:
                    first = _with(first, name, uri.text, uri.address)
    first = _with(first, "rua", mailto(address), address)
    record = read_record(first).record
    if record is not None and record.p is Policy.ABSENT and "p" not in dict(record.tags):
        first = first.replace(";", "; p=none;", 1)
    return first


def asks_for_reports_at(texts: Sequence[str], address: str) -> bool:
    """Whether the record that counts among the TXT records has the address in its `rua`."""
    record = pick(texts).record
    return record is not None and _has(record, "rua", address)


def _mended(text: str) -> str:
    """What was meant as a record, with a proper version in front."""
    rest = _ABOUT_VERSION.sub("", text, count=1).strip().strip("\"'“”„")
    parts = [part.strip() for part in rest.split(";")]
    kept = [part for part in parts if part and not re.match(r"v\s*=", part, re.IGNORECASE)]
    return "; ".join(["v=DMARC1", *kept])


def _has(record: DmarcRecord, name: str, address: str) -> bool:
    return any(uri.address.lower() == address.lower() for uri in getattr(record, name))


def _with(text: str, name: str, uri: str, address: str) -> str:
    """The record with an address added to a tag; all else stays as it is written."""
    record = read_record(text).record
    if record is None or _has(record, name, address):
        return text
    head, *parts = text.split(";")
    for number, part in enumerate(parts):
        tag, equals, value = part.partition("=")
        if equals and tag.strip().lower() == name:
            full = len(getattr(record, name)) >= MAX_URIS  # what comes after these is not read
            joined = f"{uri},{value.strip()}" if full else f"{value.rstrip()},{uri}"
            parts[number] = f"{tag}={joined if value.strip() else uri}"
            return ";".join([head, *parts])
    while parts and not parts[-1].strip():
        parts.pop()
    return ";".join([head, *parts, f" {name}={uri}"])
