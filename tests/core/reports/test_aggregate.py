"""The reader of aggregate reports: samples beside their values, what it forgives, what it refuses."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.core.reports.shown import shown

from sekisho.core.errors import Broken, NotAReport, ReadError, TooLarge
from sekisho.core.limits import Limits
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.values import AggregateReport
from sekisho.core.terms import Aligned, AuthResult, Disposition, Generation, Override

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "aggregate").glob("*.xml"))
PLAIN = SAMPLES[0].read_bytes().decode()


def read(text: str | bytes, limits: Limits | None = None, **options: bool) -> AggregateReport:
    data = text.encode() if isinstance(text, str) else text
    return read_aggregate([data], limits or Limits(), **options)


def changed(old: str, new: str, times: int = -1) -> str:
    assert old in PLAIN
    return PLAIN.replace(old, new, times)


def codes(report: AggregateReport) -> set[str]:
    """Codes of all notes, those of the records included."""
    return {note.code for note in report.notes} | {note.code for said in report.rows.saids for note in said.notes}


@pytest.mark.parametrize("shortcuts", [True, False])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_read_as_its_json_says(path: Path, shortcuts: bool) -> None:
    report = read(path.read_bytes(), shortcuts=shortcuts)
    assert shown(report) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf" + PLAIN.encode(), None),
        (b"\r\n\r\n   " + PLAIN.encode(), None),
        (b"Please find the report:\r\n" + PLAIN.encode(), "text_before"),
        (PLAIN.encode("utf-16"), None),
        (PLAIN.encode("utf-16-le"), None),
        (PLAIN.encode("utf-16-be"), None),
        (PLAIN.encode("utf-32"), None),
        (PLAIN.replace("UTF-8", "UTF-16").encode(), "odd_encoding"),
        (PLAIN.replace("UTF-8", "x-unknown").encode(), "odd_encoding"),
        (PLAIN.replace("\n", "\r\n").encode(), None),
        (PLAIN.replace("\n", "").encode(), None),
        (PLAIN.replace("Receiver Example", "Receiver \x00Example").encode(), "broken_xml"),
        (PLAIN.replace("</feedback>", "</feedback> sent by a gateway").encode(), "text_after"),
        (PLAIN.replace("</feedback>", "").encode(), "cut"),
        (PLAIN.replace("<feedback>", '<d:feedback xmlns:d="x">').replace("</feedback>", "</d:feedback>").encode(), None),
        (PLAIN.replace("record>", "Record>").replace("source_ip", "SourceIP").encode(), None),
        (PLAIN.replace("<feedback>", "<report>").replace("</feedback>", "</report>").encode(), "odd_root"),
        (PLAIN.replace("Receiver Example", "A & B").encode(), "broken_xml"),
        (PLAIN.replace("Receiver Example", "A&nbsp;B").encode(), "broken_xml"),
        (PLAIN.replace("Receiver Example", "&#xD800;").encode(), "broken_xml"),
        (PLAIN.replace("  </report_metadata>", "").encode(), "broken_xml"),
        (PLAIN.replace("<record>", "<!-- <record> --><record>").encode(), None),
        (PLAIN.replace("12</count>", "<![CDATA[12]]></count>").encode(), None),
    ],
)
def test_oddities_of_the_document_lose_no_row(data: bytes, code: str | None) -> None:
    report = read(data)
    assert [(record.source_ip, record.count) for record in report.rows] == [
        ("192.0.2.10", 12),
        ("2001:db8::25", 3),
        ("192.0.2.11", 1),
    ]
    assert report.policy.domain == "example.com"
    assert (report.begin, report.end) == (1767225600, 1767311999)
    assert codes(report) == ({code} if code else set())


@pytest.mark.parametrize("encoding", ["windows-1252", "iso-8859-1", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030"])
def test_declared_encoding_is_believed_where_it_can_be_true(encoding: str) -> None:
    name = "Société" if encoding in ("windows-1252", "iso-8859-1") else "日本"
    data = changed("Receiver Example", name).replace("UTF-8", encoding).encode(encoding)
    assert read(data).org_name == name


def test_bytes_that_are_not_utf_8_are_replaced_and_noted() -> None:
    report = read(PLAIN.encode().replace(b"Receiver Example", b"Soci\xe9t\xe9"))
    assert report.org_name == "Soci\ufffdt\ufffd"
    assert codes(report) == {"odd_bytes"}


def in_pieces(data: bytes, size: int) -> Iterable[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1000])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_size_of_the_pieces_changes_nothing(path: Path, size: int) -> None:
    data = path.read_bytes()
    assert shown(read_aggregate(in_pieces(data, size))) == shown(read(data))


@pytest.mark.parametrize(
    ("old", "new", "begin", "end", "code"),
    [
        ("<begin>1767225600</begin>", "", 1767311999, 1767311999, "end_before_begin"),
        ("<end>1767311999</end>", "", 1767225600, 1767225600, "end_before_begin"),
        ("1767225600", "1767225600.0", 1767225600, 1767311999, "odd_time"),
        ("1767225600", "1767225600123", 1767225600, 1767311999, "odd_time"),
        ("1767225600", "2026-01-01T09:00:00+09:00", 1767225600, 1767311999, "odd_time"),
        ("1767225600", "2026-01-01 00:00:00", 1767225600, 1767311999, "odd_time"),
        ("1767225600", "Thu, 01 Jan 2026 00:00:00 +0000", 1767225600, 1767311999, "odd_time"),
        ("1767311999", "1767225000", 1767225600, 1767225000, "end_before_begin"),
        ("1767311999", "1861919999", 1767225600, 1861919999, "long_range"),
        ("1767225600", "soon", 1767311999, 1767311999, "odd_time"),
    ],
)
def test_times_are_read_as_far_as_they_say_something(old: str, new: str, begin: int, end: int, code: str) -> None:
    report = read(changed(old, new))
    assert (report.begin, report.end) == (begin, end)
    assert code in codes(report)


@pytest.mark.parametrize(
    ("written", "count", "is_odd"),
    [
        ("12", 12, False), (" 12 ", 12, False), ("0", 0, False), ("007", 7, False), ("12.0", 12, True), ("+5", 5, True),
        ("1,234", 1234, True), ("Three", 3, True), ("many", 1, True), ("-5", 1, True), ("1e20", 1, True),
        ("10000000000", 10**10, False), ("10000000001", 1, True), ("9" * 400, 1, True), ("", 1, True), ("1.5", 1, True),
    ],
)  # fmt: skip
def test_counts_are_never_invented_beyond_one(written: str, count: int, is_odd: bool) -> None:
    report = read(changed("<count>12</count>", f"<count>{written}</count>"))
    assert next(iter(report.rows)).count == count
    assert codes(report) == ({"odd_count"} if is_odd else set())


@pytest.mark.parametrize(
    ("word", "result"),
    [
        ("Pass", AuthResult.PASS), ("HARDFAIL", AuthResult.FAIL), ("unknown", AuthResult.TEMPERROR),
        ("error", AuthResult.PERMERROR), ("temp_error", AuthResult.TEMPERROR),
        ("softfail", AuthResult.SOFTFAIL), ("policy", AuthResult.POLICY),
        ("", AuthResult.ABSENT), ("bestguess", AuthResult.ABSENT),
    ],
)  # fmt: skip
def test_results_are_read_in_any_casing_and_dialect(word: str, result: AuthResult) -> None:
    text = changed("<result>pass</result>\n      </spf>", f"<result>{word}</result>\n      </spf>")
    assert next(iter(read(text).rows)).said.spf[0].result is result


def test_a_result_that_is_none_of_the_known_words_is_noted_as_written() -> None:
    report = read(changed("<result>pass</result>\n      </spf>", "<result>BestGuess</result>\n      </spf>"))
    assert [note.where for note in next(iter(report.rows)).said.notes] == ["result: BestGuess"]


def test_reasons_keep_an_unknown_type_as_written() -> None:
    said = list(read(changed("local_policy", "Greylisted")).rows)[1].said
    assert (said.reasons[0].type, said.reasons[0].said) == (Override.OTHER, "Greylisted")
    plain = list(read(changed(PLAIN[PLAIN.index("<reason>") : PLAIN.index("</reason>")], "<reason>forwarded")).rows)[1].said
    assert plain.reasons[0].type is Override.FORWARDED


def test_whatever_is_no_aligned_pass_is_a_fail() -> None:
    said = next(iter(read(changed("<dkim>pass</dkim>", "<dkim>neutral</dkim>")).rows)).said
    assert said.dkim_aligned is Aligned.FAIL
    said = next(iter(read(changed("<dkim>pass</dkim>", "")).rows)).said
    assert (said.dkim_aligned, said.notes[0].code) == (Aligned.ABSENT, "no_alignment")


@pytest.mark.parametrize(
    ("written", "name", "code"),
    [
        ("EXAMPLE.com.", "example.com", None),
        ("Boss <boss@Mail.Example.COM>", "mail.example.com", "address_for_name"),
        ("a.example.com, b.example.com", "a.example.com", "several_names"),
        ("例え.example", "xn--r8jz45g.example", None),
        ("a" * 300, "a" * 253, "cut_value"),
        ("<>", "", "no_header_from"),
    ],
)
def test_names_come_in_normal_form(written: str, name: str, code: str | None) -> None:
    escaped = written.replace("<", "&lt;")
    report = read(changed("<header_from>news.example.com</header_from>", f"<header_from>{escaped}</header_from>"))
    assert list(report.rows)[1].said.header_from == name
    assert codes(report) == ({code} if code else set())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<feedback>", '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">'),
        ("<version>", "<extension/><version>"),
        ("    <pct>", "    <np>none</np><pct>"),
        ("    <pct>", "    <testing>n</testing><pct>"),
        ("    <pct>", "    <discovery_method>psl</discovery_method><pct>"),
        ("<report_id>", "<generator>g</generator><report_id>"),
        ("local_policy", "policy_test_mode"),
        ("<disposition>none", "<disposition>pass"),
        ("<scope>mfrom", "<human_result>ok</human_result><scope>mfrom"),
    ],
)
def test_the_later_generation_is_known_by_what_only_it_has(old: str, new: str) -> None:
    assert read(PLAIN).generation is Generation.RFC7489
    assert read(changed(old, new)).generation is Generation.RFC9990


def test_disposition_pass_is_kept() -> None:
    assert next(iter(read(changed("<disposition>none", "<disposition>pass")).rows)).said.disposition is Disposition.PASS


@pytest.mark.parametrize("shortcuts", [True, False])
def test_equal_records_say_the_same_object_within_and_across_reports(shortcuts: bool) -> None:
    one = [record.said for record in read(PLAIN, shortcuts=shortcuts).rows]
    other = [record.said for record in read(changed("192.0.2.10", "203.0.113.9"), shortcuts=shortcuts).rows]
    assert one[0] is one[2] is other[0]
    assert one[0] is not one[1] is other[1]


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"", NotAReport, "text, not a report"),
        (b"unused", NotAReport, "text, not a report"),
        (b"<html><body>Hello</body></html>", NotAReport, "not a DMARC report"),
        (b"<feedback/>", Broken, "neither records nor a time"),
        (b"<feedback><report_metadata><org_name>A</org_name>", Broken, "ends before its first record"),
        (b'<!DOCTYPE feedback [<!ENTITY a "b">]>' + PLAIN.encode(), Broken, "document type declaration"),
        (b"<<" + b'<!DOCTYPE feedback [<!ENTITY a "b">]>' + PLAIN.encode(), Broken, "document type declaration"),
    ],
)
def test_what_is_no_report_is_refused_in_words(data: bytes, kind: type[ReadError], reason: str) -> None:
    with pytest.raises(kind, match=reason):
        read(data)


def test_a_report_of_nothing_seen_is_a_report() -> None:
    empty = PLAIN[: PLAIN.index("  <record>")] + "</feedback>"
    report = read(empty)
    assert (len(report.rows), report.report_id, codes(report)) == (0, "4567231187302211", set())


def test_a_cut_report_keeps_its_whole_records() -> None:
    cut = PLAIN[: PLAIN.rindex("<header_from>")]
    for shortcuts in (True, False):
        report = read(cut, shortcuts=shortcuts)
        assert [record.count for record in report.rows] == [12, 3]
        assert codes(report) == {"cut"}


def test_one_broken_record_leaves_the_others() -> None:
    broken = changed("<count>3</count>", "<count>3</wrong></count>").replace("list.example</domain>", "a<b</domain>", 1)
    report = read(broken)
    assert [record.count for record in report.rows] == [12, 3, 1]
    assert codes(report) == {"broken_xml"}


def test_limits_are_kept() -> None:
    many = PLAIN.replace("</feedback>", PLAIN[PLAIN.index("  <record>") : PLAIN.index("</feedback>")] * 3 + "</feedback>")
    for shortcuts in (True, False):
        with pytest.raises(TooLarge, match="too many records"):
            read(many, Limits(rows=11), shortcuts=shortcuts)
        assert len(read(many, Limits(rows=12), shortcuts=shortcuts).rows) == 12
        with pytest.raises(TooLarge, match="say too much"):
            read(PLAIN, Limits(said_bytes=1000), shortcuts=shortcuts)
        with pytest.raises(TooLarge, match="nested too deeply"):
            read(changed("<version>", "<a>" * 70 + "<version>"), shortcuts=shortcuts)
        with pytest.raises(TooLarge, match="different elements"):
            read(changed("<version>", "".join(f"<n{i}/>" for i in range(600)) + "<version>"), shortcuts=shortcuts)
        with pytest.raises(TooLarge, match="different attributes"):
            read(changed("<version>", "<x " + " ".join(f'a{i}=""' for i in range(600)) + "/><version>"), shortcuts=shortcuts)


def test_a_record_with_too_much_in_it_is_cut_not_refused() -> None:
    result = PLAIN[PLAIN.index("      <dkim>\n") : PLAIN.index("      <spf>\n")]
    for shortcuts in (True, False):
        report = read(PLAIN.replace(result, result * 150, 1), shortcuts=shortcuts)
        assert len(next(iter(report.rows)).said.dkim) == 100
        crowded = read(PLAIN.replace(result, result * 1500, 1), shortcuts=shortcuts)
        assert [record.count for record in crowded.rows] == [12, 3, 1]
        assert {"too_many_results", "too_many_elements"} <= codes(crowded)
        long = read(changed("Receiver Example", "R" * 5000), shortcuts=shortcuts)
        assert (len(long.org_name), codes(long)) == (2048, {"cut_value"})
