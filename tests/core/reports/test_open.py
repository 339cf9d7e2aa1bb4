"""Deliveries of any make: what is in them, what was refused and why."""

import base64
import gzip
import io
import json
import zipfile
import zlib
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.reports.shown import shown

from sekisho.core.errors import Broken, NotAReport, ReadError, TooLarge
from sekisho.core.limits import Limits
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, TlsReport
from sekisho.core.terms import Outcome

gz = partial(gzip.compress, mtime=0)
"""Equal bytes in every run: they are names of tests."""

DATA = Path(__file__).parents[2] / "data"
XML = (DATA / "aggregate" / "001-plain.xml").read_bytes()
TLS = (DATA / "tls" / "001-sts-and-tlsa.json").read_bytes()
ARF = (DATA / "failure" / "001-arf.eml").read_bytes()
EXPECTED = json.loads((DATA / "aggregate" / "001-plain.json").read_text(encoding="utf-8"))
NAME = "receiver.example!example.com!1767225600!1767311999.xml"


def zipped(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def mailed(*attachments: bytes, kind: str = "application/octet-stream", name: str = NAME) -> bytes:
    """A mail with a text and attachments."""
    message = EmailMessage()
    message["From"] = "dmarc@receiver.example"
    message["Subject"] = "Report Domain: example.com"
    message["Date"] = "Fri, 02 Jan 2026 03:00:00 +0000"
    message["Message-ID"] = "<1@receiver.example>"
    message.set_content("This is a report.")
    main, _, sub = kind.partition("/")
    for data in attachments:
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def alone(data: bytes) -> bytes:
    """A mail that is the archive."""
    return b"Subject: x\nContent-Type: application/gzip\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(data)


def forwarded(mail: bytes, mark: bytes = b"fw") -> bytes:
    """A mail that brings another along."""
    head = b"Subject: FW\nContent-Type: multipart/mixed; boundary=%s\n\n--%s\n\nsee\n" % (mark, mark)
    return head + b"--%s\nContent-Type: message/rfc822\n\n%s\n--%s--\n" % (mark, mail, mark)


@pytest.mark.parametrize(
    "data",
    [
        XML,
        gz(XML),
        zlib.compress(XML),
        gz(gz(XML)),
        zipped(a=XML),
        gz(zipped(a=XML)),
        XML.decode().encode("utf-16"),
        b"Note: see below\n" + XML,
        base64.encodebytes(gz(XML)),
        mailed(XML),
        mailed(gz(XML)),
        mailed(gz(XML), kind="text/plain", name="report.txt"),
        mailed(zipped(a=XML), kind="application/pdf", name=""),
        mailed(base64.encodebytes(gz(XML)), kind="text/plain", name="x.gz"),
        b"From x@example.com Thu Jan  1 00:00:00 2026\n" + mailed(XML),
        b"\r\n" + mailed(XML),
        alone(gz(XML)),
        alone(XML),
        b"Subject: x\n\nHello,\n\n" + XML,
        b"Subject: x\nContent-Type: text/plain\n\n" + base64.encodebytes(gz(XML)),
        forwarded(mailed(gz(XML))),
        forwarded(forwarded(mailed(gz(XML))), b"other"),
        zipped(mail=mailed(gz(XML))),
    ],
)
def test_the_report_is_found_wherever_it_is(data: bytes) -> None:
    opened = open_delivery(data)
    [report] = opened.reports
    assert isinstance(report, AggregateReport)
    expected = dict(EXPECTED)
    if b"Hello" in data:
        expected["notes"] = [["text_before", "There is text before the document", ""]]
    assert shown(report) == expected
    assert opened.problems == ()


def test_all_reports_of_a_delivery_are_found() -> None:
    opened = open_delivery(mailed(zipped(a=XML, b=TLS), gz(XML), TLS))
    assert [type(report) for report in opened.reports] == [AggregateReport, TlsReport, AggregateReport, TlsReport]
    assert opened.is_mail
    assert opened.head.message_id == "<1@receiver.example>"


def test_a_failure_report_is_found_and_its_mail_left_alone() -> None:
    [report] = open_delivery(ARF.replace(b"Please pay.", XML)).reports
    assert isinstance(report, FailureReport)
    [report] = open_delivery(forwarded(ARF)).reports
    assert isinstance(report, FailureReport)


def test_what_was_refused_beside_a_report_is_told() -> None:
    archive = zipped(**{"a.xml": XML, "b.xml": b"<feedback>", "notes.txt": b"hello", "c.xml": b""})
    opened = open_delivery(mailed(archive, name="reports.zip"))
    assert len(opened.reports) == 1
    assert [(problem.outcome, problem.where) for problem in opened.problems] == [
        (Outcome.BROKEN, "b.xml"),
        (Outcome.NOT_A_REPORT, "notes.txt"),
        (Outcome.NOT_A_REPORT, "c.xml"),
    ]
    assert str(opened.problems[0]) == "b.xml: The report ends before its first record"


def test_pictures_and_signatures_beside_a_report_are_nothing_to_tell() -> None:
    message = EmailMessage()
    message.set_content("report")
    message.add_alternative("<html><body>report</body></html>", subtype="html")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(XML, maintype="text", subtype="xml", filename="a.xml")
    opened = open_delivery(message.as_bytes())
    assert (len(opened.reports), opened.problems, opened.is_mail) == (1, (), True)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", NotAReport, "It is empty"),
        (b" \r\n\0\0", NotAReport, "It is empty"),
        (b"unused", NotAReport, "This is text"),
        (b"Subject: hello\n\nSee you.\n", NotAReport, "no report in this mail"),
        (mailed(b"hello", name="hello.txt"), NotAReport, "hello.txt: This is text"),
        (mailed(gz(b""), name="a.gz"), NotAReport, "a.gz: It is empty"),
        (mailed(b"hello", b"<feedback>"), Broken, "ends before its first record"),
        (mailed(gz(XML)[:100]), Broken, "The archive ends too early"),
        (gz(XML)[:100], Broken, "The archive ends too early"),
        (b"PK\3\4nonsense", Broken, "The archive is damaged"),
        (b"7z\xbc\xaf\x27\x1c\0\0", Broken, "of a kind that is not read"),
        ((DATA / "failure" / "003-abuse.eml").read_bytes(), NotAReport, "unwanted mail"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), NotAReport, "This is text, not a report"),
        (b"<html></html>", NotAReport, "not a DMARC report"),
        (b'{"a": 1}', NotAReport, "not a TLS report"),
    ],
)
def test_the_most_telling_reason_is_given(data: bytes, kind: type[ReadError], reason: str) -> None:
    with pytest.raises(kind, match=reason) as refused:
        open_delivery(data)
    assert type(refused.value) is kind


def test_a_damaged_archive_gives_the_records_that_can_be_read() -> None:
    record = XML[XML.index(b"  <record>") : XML.index(b"</record>") + 10]
    noise = b"".join(record.replace(b"s2026", zlib.compress(str(n).encode()).hex().encode()) for n in range(600))
    packed = gz(XML.replace(b"</feedback>", noise + b"</feedback>"))
    [report] = open_delivery(packed[: len(packed) // 2]).reports
    assert isinstance(report, AggregateReport)
    assert 3 < len(report.rows) < 603
    assert [note.code for note in report.notes] == ["cut", "damaged_archive"]


WITHOUT_TIMES = XML.replace(b"<begin>1767225600</begin>", b"").replace(b"<end>1767311999</end>", b"")


def test_times_that_are_not_said_come_from_the_file_name_or_the_mail() -> None:
    for data, begin in (
        (mailed(WITHOUT_TIMES, name="receiver.example!example.com!1767139200!1767225599.xml"), 1767139200),
        (mailed(WITHOUT_TIMES, name="report.xml"), 1767225600),
    ):
        [report] = open_delivery(data).reports
        assert isinstance(report, AggregateReport)
        assert (report.begin, report.end) == (begin, begin + 86399)
        assert [note.code for note in report.notes] == ["no_times"]
    with pytest.raises(Broken, match="for which time"):
        open_delivery(WITHOUT_TIMES)
    assert len(open_delivery(WITHOUT_TIMES, name=NAME).reports) == 1


def test_limits_are_kept() -> None:
    with pytest.raises(TooLarge, match="too large"):
        open_delivery(XML, limits=Limits(delivery_bytes=1000))
    with pytest.raises(TooLarge, match="unpacks to more"):
        open_delivery(mailed(gz(XML), gz(XML[:50])), limits=Limits(unpacked_bytes=1000))
    text = XML
    for _ in range(6):
        text = base64.encodebytes(gz(text))
    with pytest.raises(TooLarge, match="in each other"):
        open_delivery(text)
    mail = mailed(gz(XML))
    for number in range(12):
        mail = forwarded(mail, b"b%d" % number)
    with pytest.raises(TooLarge, match="nested too deeply"):
        open_delivery(mail)


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"<", b"{", b"PK\3\4", b"\x1f\x8b\x08", b"x\x9c", b"Subject: x\n\n", b"H4sIAAAA", b"<feedback>"]),
)
@settings(deadline=None)
def test_any_bytes_raise_only_our_own_errors(data: bytes, start: bytes) -> None:
    with pytest.raises(ReadError):
        open_delivery(start + data)
