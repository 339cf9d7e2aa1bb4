"""Hostile deliveries, made when asked for: bombs, tricks with entities, endless parts, names that lie, numbers that are none."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass

from tests.builders import record, report_mail, report_xml

MIB = 1 << 20
Make = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """A delivery, and what has to become of it."""

    name: str
    make: Make
    outcome: str
    says: str = ""
    """Part of its reason."""


def _report(records: int = 1, *, extra: str = "", number: int = 1) -> bytes:
    xml = report_xml(number, [record(f"192.0.2.{n % 250 + 1}", 1) for n in range(records)])
    return xml.replace(b"</feedback>", extra.encode() + b"</feedback>")


def _zip(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def _deflated(head: bytes, fill: bytes, count: int, tail: bytes, wbits: int) -> bytes:
    """A stream of `count` times `fill` between head and tail, never held unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wbits)
    parts = [packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)]
    block = packer.compress(fill) + packer.flush(zlib.Z_FULL_FLUSH)  # it stands for itself, so it can be repeated
    parts.append(block * count)
    return b"".join([*parts, packer.compress(tail), packer.flush()])


def _eml(attachments: list[tuple[str, bytes]], kind: str = "application/gzip") -> bytes:
    """A mail with attachments."""
    parts = [b"From: a@receiver.example\r\nSubject: Report Domain: example.jp\r\nMIME-Version: 1.0\r\n"]
    parts.append(b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n')
    for name, data in attachments:
        parts.append(f'--b\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename="{name}"\r\n'.encode())
        parts.append(b"Content-Transfer-Encoding: base64\r\n\r\n" + b64encode(data) + b"\r\n")
    return b"".join([*parts, b"--b--\r\n"])


def _doctype(declarations: str, use: str = "&x;") -> bytes:
    """A report with a document type, and a use of its entity as the reporter's name."""
    body = _report().replace(b"receiver.example", use.encode(), 1)
    start = body.index(b"<feedback")
    return b'<?xml version="1.0"?>\n<!DOCTYPE feedback [' + declarations.encode() + b"]>\n" + body[start:]


def _laughs() -> bytes:
    levels = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 10))
    return _doctype('<!ENTITY x0 "ha">' + levels, "&x9;")


def _overlapping() -> bytes:
    """A zip whose 2,000 entries share one stream of 16 MiB (as D. Fifield's bomb does, simply)."""
    stream = _deflated(b"", b"A" * MIB, 16, b"", -15)
    size = 16 * MIB
    crc = zlib.crc32(b"A" * size)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, crc, len(stream), size, 5, 0) + b"a.xml"
    entries = []
    for n in range(2000):
        name = f"{n:05}.xml".encode()
        fixed = struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, len(stream), size, len(name), 0, 0, 0, 0, 0, 0
        )
        entries.append(fixed + name)
    directory = b"".join(entries)
    start = len(local) + len(stream)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 2000, 2000, len(directory), start, 0)
    return local + stream + directory + end


def _nested_zip(depth: int) -> bytes:
    data = _zip([("bomb.xml", b"A" * (8 * MIB))])
    for n in range(depth):
        data = _zip([(f"{n}-{k}.zip", data) for k in range(4)])
    return data


def _quine_like(depth: int) -> bytes:
    data = _report()
    for _ in range(depth):
        data = gzip.compress(data, mtime=0)
    return data


def _encrypted() -> bytes:
    data = bytearray(_zip([("r.xml", _report())]))
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    return bytes(data)


def _multiparts(count: int) -> bytes:
    head = b'From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n'
    return head + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * count + b"--b--\r\n"


def _nested_parts(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth))
    return b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + head.encode() + b"Content-Type: text/plain\r\n\r\nx\r\n"


def _nested_mails(depth: int) -> bytes:
    data = report_mail(_report())
    for _ in range(depth):
        data = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n" + data
    return data


def _deep(depth: int) -> bytes:
    return _report(extra="<a>" * depth + "</a>" * depth)


def _attributes(count: int) -> bytes:
    return _report(extra="<a " + " ".join(f'a{n}=""' for n in range(count)) + "/>")


def _many_rows(count: int) -> bytes:
    head, _, rest = report_xml(1, [record("192.0.2.1", 1)]).partition(b"<record>")
    row, _, tail = rest.rpartition(b"</record>")
    return _deflated(head, (b"<record>" + row + b"</record>") * 1000, count // 1000, tail, 31)


def _many_different_rows(count: int) -> bytes:
    """Every record says something else and long, so that nothing is shared."""
    return _formed_rows(count, lambda row, n: row.replace(b"example.jp", b"%0500d.example.jp" % n))


def _formed_rows(count: int, form: Callable[[bytes, int], bytes]) -> bytes:
    """Records made by `form` of a plain one and its number, as gzip."""
    head, _, rest = report_xml(1, [record("192.0.2.1", 1)]).partition(b"<record>")
    row, _, tail = rest.rpartition(b"</record>")
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    out = [packer.compress(head)]
    out += [packer.compress(b"<record>" + form(row, n) + b"</record>") for n in range(count)]
    return b"".join([*out, packer.compress(tail), packer.flush()])


def _count(text: str) -> bytes:
    return _report().replace(b"<count>1</count>", f"<count>{text}</count>".encode())


def _json(text: str) -> bytes:
    return text.encode()


_ONE = "\N{RIGHT-TO-LEFT OVERRIDE}lmx.exe"

CASES = (
    Case(
        "gzip bomb, 10 GiB in 10 MiB",
        lambda: _deflated(b"", b"A" * MIB, 10240, b"", 31),
        "not_a_report",
        "This is text, not a report",
    ),
    Case(
        "gzip bomb that begins as a report",
        lambda: _deflated(_report()[:-11], b" " * MIB, 2048, b"</feedback>", 31),
        "broken",
        "The archive unpacks to more than is allowed",
    ),
    Case("zip bomb, flat, 4 GiB", lambda: _flat_zip(), "broken", "The archive unpacks to more than is allowed"),
    Case("zip bomb, nested", lambda: _nested_zip(5), "broken", "There are too many archives in each other"),
    Case("zip bomb, overlapping", _overlapping, "broken", "The archive has too many members"),
    Case(
        "zip of 65,535 entries",
        lambda: _zip([(f"{n}.txt", b"") for n in range(65535)], zipfile.ZIP_STORED),
        "broken",
        "The archive has too many members",
    ),
    Case("gzip in gzip, 100 times", lambda: _quine_like(100), "broken", "There are too many archives in each other"),
    Case(
        "chain of 100,000 gzip members",
        lambda: gzip.compress(b"", mtime=0) * 100_000 + gzip.compress(_report()),
        "kept",
        "1 reports;",
    ),
    Case("zip, encrypted", _encrypted, "broken", "The archive is encrypted"),
    Case("zip, truncated", lambda: _zip([("r.xml", _report(2000))])[:-200], "kept", "cut, damaged_archive"),
    Case("gzip, truncated", lambda: gzip.compress(_report(2000))[:-2000], "kept", "cut, damaged_archive"),
    Case(
        "zip with paths and bidi names",
        lambda: _zip([("../../etc/cron.d/x", _report()), (_ONE, _report(number=2))]),
        "kept",
        "2 reports;",
    ),
    Case(
        "mail with paths and bidi names",
        lambda: _eml([("../../../etc/passwd\\x00", gzip.compress(_report())), (_ONE, b"x")]),
        "kept",
        "lmx.exe: This is text, not a report",
    ),
    Case("billion laughs", _laughs, "broken", "The XML has a document type declaration, which a repo"),
    Case(
        "external entity",
        lambda: _doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
        "broken",
        "The XML has a document type declaration, which a repo",
    ),
    Case(
        "external entity over the network",
        lambda: _doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
        "broken",
        "The XML has a document type declaration, which a repo",
    ),
    Case(
        "parameter entity",
        lambda: _doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;', "x"),
        "broken",
        "The XML has a document type declaration, which a repo",
    ),
    Case(
        "quadratic blow-up",
        lambda: _doctype(f'<!ENTITY x "{"A" * 100_000}">', "&x;" * 10_000),
        "broken",
        "The XML has a document type declaration, which a repo",
    ),
    Case("100,000 parts", lambda: _multiparts(100_000), "broken", "The mail has too many parts"),
    Case("1,000 nested multiparts", lambda: _nested_parts(1000), "broken", "The parts of the mail are nested too deeply"),
    Case("1,000 nested mails", lambda: _nested_mails(1000), "broken", "The mails are nested too deeply"),
    Case(
        "mail with 1,000 attachments",
        lambda: _eml([(f"{n}.xml.gz", gzip.compress(_report(number=n))) for n in range(1000)]),
        "broken",
        "The mail has too many parts",
    ),
    Case(
        "header of 60 MiB",
        lambda: b"X-A: " + b"a" * (60 * MIB) + b"\r\n\r\nx",
        "broken",
        "The header of the mail, or of a part of it, is too la",
    ),
    Case(
        "1,000,000 header lines",
        lambda: b"X-A: b\r\n" * 1_000_000 + b"\r\nx",
        "broken",
        "The header of the mail, or of a part of it, is too la",
    ),
    Case(
        "folded header of 20 MiB",
        lambda: b"Content-Type: multipart/mixed;" + b"\r\n a=b;" * (3 * MIB) + b"\r\n\r\nx",
        "broken",
        "The header of the mail, or of a part of it, is too la",
    ),
    Case(
        "encoded words without end",
        lambda: b"Subject: " + b"=?utf-8?q?" * 100_000 + b"\r\n\r\n" + _report(),
        "broken",
        "The header of the mail, or of a part of it, is too la",
    ),
    Case("boundary bait", lambda: _multiparts(1) + b"--b" * (5 * MIB), "not_a_report", "There is no report in this mail"),
    Case(
        "base64 of nothing but noise",
        lambda: _eml([("a.gz", b"\x1f\x8b" + bytes(range(256)) * 40_000)]),
        "not_a_report",
        "This XML is not a DMARC report",
    ),
    Case("NUL bytes", lambda: b"\x00" * (20 * MIB), "not_a_report", "It is empty"),
    Case("NUL in a report", lambda: _report().replace(b"receiver.example", b"receiver\x00.example", 1), "kept", "broken_xml"),
    Case("UTF-16", lambda: _report().decode().replace("UTF-8", "UTF-16").encode("utf-16"), "kept", "1 reports;"),
    Case("UTF-7 declared", lambda: _report().replace(b"UTF-8", b"UTF-7"), "kept", "odd_encoding"),
    Case("lone surrogates", lambda: _report().replace(b"receiver.example", b"\xed\xa0\x80\xed\xbf\xbf", 1), "kept", "odd_bytes"),
    Case(
        "references to lone surrogates",
        lambda: _report().replace(b"receiver.example", b"&#xD800;&#xDFFF;", 1),
        "kept",
        "broken_xml",
    ),
    Case("depth of 1,000,000", lambda: _deep(1_000_000), "broken", "The elements of the report are nested too deeply"),
    Case("1,000,000 attributes", lambda: _attributes(1_000_000), "broken", "A tag or comment in the report is too long"),
    Case(
        "1,000,000 different names",
        lambda: _report(extra="".join(f"<a{n}/>" for n in range(1_000_000))),
        "broken",
        "The report has too many different elements",
    ),
    Case("one value of 50 MiB", lambda: _report().replace(b"receiver.example", b"r" * (50 * MIB), 1), "kept", "cut_value"),
    Case(
        "one comment of 50 MiB",
        lambda: _report(extra="<!--" + "-a" * (25 * MIB) + "-->"),
        "broken",
        "A tag or comment in the report is too long",
    ),
    Case(
        "one unfinished tag of 50 MiB",
        lambda: _report()[:-11] + b"<" + b"a" * (50 * MIB),
        "broken",
        "A tag or comment in the report is too long",
    ),
    Case("count of 10,000 digits", lambda: _count("9" * 10_000), "kept", "odd_count"),
    Case("count of 2**63", lambda: _count(str(2**63)), "kept", "odd_count"),
    Case("negative count", lambda: _count("-5"), "kept", "odd_count"),
    Case("times of 100 digits", lambda: _times("9" * 100), "broken", "The report does not say for which time it is, nor doe"),
    Case("2,000,000 records", lambda: _many_rows(2_000_000), "broken", "The report has too many records"),
    Case("100,000 results in a record", lambda: _results(100_000), "kept", "1 reports;"),
    Case("JSON, deep", lambda: _json("[" * 5_000_000), "broken", "The JSON is damaged"),
    Case("JSON, deep in a TLS report", lambda: _json('{"organization-name":' + "[" * 1_000_000), "broken", "The JSON is damaged"),
    Case(
        "JSON, number of 1,000,000 digits",
        lambda: _json('{"policies":' + "9" * 1_000_000 + "}"),
        "broken",
        "The TLS report has neither policies nor a time it is ",
    ),
    Case(
        "JSON, 64 MiB of lists",
        lambda: _json('{"policies":[' + "[],[]," * (10 * MIB) + "[]]}"),
        "broken",
        "The content is too large",
    ),
    Case("failure report of 1,000,000 fields", lambda: _failure(b"X-A: b\r\n" * 1_000_000), "kept", "too_many_fields"),
    Case("pattern bait", lambda: _report(extra="<error>" + "a@" * (2 * MIB) + "</error>"), "kept", "1 reports;"),
    Case(
        "lines of blanks",
        lambda: b"Subject: x\r\n\r\n" + (b" " * 1000 + b"<") * (50 * 1024),
        "not_a_report",
        "There is no report in this mail",
    ),
)


HEAVY = (
    Case(
        "400,000 records that share nothing",
        lambda: _many_different_rows(400_000),
        "broken",
        "takes too much work",
    ),
    Case(
        "400,000 records with odd attributes",
        lambda: _formed_rows(400_000, lambda r, n: r.replace(b"<identifiers>", b"<identifiers a='%d'>" % n)),
        "broken",
        "takes too much work",
    ),
    Case(
        "7,000,000 empty elements in 6,000 records",
        lambda: _formed_rows(
            6_000, lambda r, n: r.replace(b"<auth_results>", b"<auth_results>" + b"<dkim><a/><b/><c/></dkim>" * 300)
        ),
        "broken",
        "takes too much work",
    ),
)
"""These take many seconds, and are for the table of figures alone."""


def _flat_zip() -> bytes:
    stream = _deflated(b"<feedback>", b"A" * MIB, 4095, b"", -15)
    size = 4095 * MIB + 10
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, 0, len(stream), size, 5, 0) + b"a.xml"
    central = (
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, 0, len(stream), size, 5, 0, 0, 0, 0, 0, 0) + b"a.xml"
    )
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local) + len(stream), 0)
    return local + stream + central + end


def _times(text: str) -> bytes:
    import re

    return re.sub(rb"<(begin|end)>\d+<", rb"<\1>" + text.encode() + b"<", _report())


def _results(count: int) -> bytes:
    one = "<dkim><domain>example.jp</domain><selector>s</selector><result>pass</result></dkim>"
    return _report().replace(b"<auth_results>", b"<auth_results>" + (one * count).encode(), 1)


def _failure(fields: bytes) -> bytes:
    return (
        b"From: a@b.example\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        b"Feedback-Type: auth-failure\r\nVersion: 1\r\nUser-Agent: x/1\r\nAuth-Failure: dmarc\r\n"
        b"Reported-Domain: example.jp\r\nSource-IP: 192.0.2.1\r\n"
        + fields
        + b"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nFrom: a@example.jp\r\nSubject: s\r\n\r\n--b--\r\n"
    )
