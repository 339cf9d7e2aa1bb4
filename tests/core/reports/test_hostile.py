"""What is sent to harm is read or refused in little time and little memory."""

import io
import time
import tracemalloc
import zipfile

import pytest

from sekisho.core.errors import ReadError
from sekisho.core.limits import MIB
from sekisho.core.reports.open import open_delivery

HEAD = (
    b"<feedback><report_metadata><report_id>1</report_id><date_range><begin>1</begin><end>2</end></date_range></report_metadata>"
    b"<policy_published><domain>example.com</domain></policy_published>"
)
ROW = b"<record><row><source_ip>192.0.2.1</source_ip><count>1</count></row></record>"
END = ROW + b"</feedback>"
MAIL = b"Subject: x\n"
LAUGHS = b'<!DOCTYPE a [<!ENTITY l "lol">' + b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l;" * 10) for n in range(9)) + b"]>"
OUTSIDE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
PART = MIB // 2


def many_members(number: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in range(number):
            archive.writestr(f"{name}.xml", b"")
    return buffer.getvalue()


REFUSED = {
    "entities in entities": LAUGHS + HEAD + END,
    "a file as entity": OUTSIDE + HEAD.replace(b"example.com", b"&f;") + END,
    "entities behind broken XML": HEAD + b"<<" + LAUGHS + END,
    "a huge attribute": HEAD + b"<x a='" + b"y" * 8 * MIB + b"'/>" + END,
    "a huge comment": HEAD + b"<!--" + b"y" * 8 * MIB + b"-->" + END,
    "deep nesting": HEAD + b"<a>" * 200_000,
    "deep nesting in broken XML": HEAD + b"<<" + b"<row>" * 100_000,
    "names without number": HEAD + b"".join(b"<n%d/>" % n for n in range(50_000)) + END,
    "attributes without number": HEAD + b"<x " + b" ".join(b"a%d=''" % n for n in range(50_000)) + b"/>" + END,
    "opening brackets": HEAD + b"<" * PART,
    "comments without end": HEAD + b"<<" + b"<!--" * (PART // 4),
    "CDATA without end": HEAD + b"<<" + b"<![CDATA[" * (PART // 9),
    "instructions without end": HEAD + b"<<" + b"<?" * (PART // 2),
    "tags without end": HEAD + b"<<" + b"<a " * (PART // 3),
    "closing tags": HEAD + b"<<" + b"</row>" * (PART // 6),
    "zeroes": b"<feedback>" + b"\0" * 8 * MIB,
    "JSON in JSON": b'{"policies":' * 100_000,
    "a list without end": b'{"policies":[' + b'{"policy":{}},' * 50_000 + b"{}]}",
    "a header without end": b"Subject: " + b"x" * 8 * MIB + b"\n\nx",
    "fields without number": MAIL + b"A: b\n" * 30_000 + b"\nx",
    "boundaries in a row": MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 100_000,
    "parts without number": MAIL + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 100_000 + b"--b--\n",
    "parts in parts": MAIL + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5_000)),
    "mails in mails": MAIL + b"Content-Type: message/rfc822\n\n" * 20_000,
    "parameters without number": MAIL + b"Content-Type: text/plain" + b"; a=b" * 40_000 + b"\n\nx",
    "continued names": MAIL + b"Content-Type: text/plain" + b"".join(b"; name*%d=a" % n for n in range(5_000)) + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?B?YQ==?= " * 10_000 + b"\n\nx",
    "folded feedback": MAIL + b"Content-Type: message/feedback-report\n\nA: b" + b"\n " * 300_000,
    "feedback fields": MAIL + b"Content-Type: message/feedback-report\n\n" + b"A: b\n" * 300_000,
    "half a text report": MAIL + b"\n" + b"Sender Domain:\n" * 100_000,
    "members without number": many_members(3_000),
    "local headers": b"PK\3\4" * MIB,
}
READ = {
    "a huge value": HEAD.replace(b"<report_id>1", b"<report_id>" + b"y" * 8 * MIB) + END,
    "a huge count": HEAD + END.replace(b"<count>1", b"<count>" + b"9" * 8 * MIB),
    "ampersands": HEAD + ROW + b"<version>" + b"&" * MIB,
    "references": HEAD + ROW + b"<version>" + b"&#1" * (MIB // 3),
    "blanks": HEAD + b" " * 8 * MIB + END,
    "a record without end": HEAD + ROW + b"<record>" + b"<row/>" * 200_000 + b"</record></feedback>",
    "names with a zero": HEAD.replace(b"example.com", b"ex\0ample.com") + END,
    "a surrogate": HEAD.replace(b"<report_id>1", b"<report_id>&#xD800;") + END,
}


@pytest.mark.parametrize("name", REFUSED)
def test_harm_is_refused_soon(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(ReadError) as refused:
        open_delivery(REFUSED[name])
    assert time.process_time() - begun < 5
    assert refused.value.reason


@pytest.mark.parametrize("name", READ)
def test_what_is_only_large_or_odd_is_read_soon(name: str) -> None:
    begun = time.process_time()
    [report] = open_delivery(READ[name]).reports
    assert time.process_time() - begun < 5
    assert next(iter(report.rows)).source_ip == "192.0.2.1"  # type: ignore[union-attr]


@pytest.mark.parametrize("data", [*REFUSED.values(), *READ.values()][::3])
def test_harm_takes_little_memory(data: bytes) -> None:
    tracemalloc.start()
    try:
        open_delivery(data)
    except ReadError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 2 * len(data) + 24 * MIB
