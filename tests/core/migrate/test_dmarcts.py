"""Dumps of real engines (data/: mariadb-dump 10.11 in three ways, pg_dump 15 in two) become the reports that `fill` loaded."""

from __future__ import annotations

import json
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

import pytest
from tests.core.migrate.gather import DATA, from_dump, originals, reports, sizes

from sekisho.core.migrate import dmarcts
from sekisho.core.migrate.document import write_document
from sekisho.core.migrate.values import Migrated, Refused
from sekisho.core.reports.open import open_delivery
from sekisho.core.reports.values import AggregateReport, DkimAuth, SpfAuth
from sekisho.core.terms import AuthResult, Override, SpfScope

TOKYO = ZoneInfo("Asia/Tokyo")
DUMPS = {
    "dmarcts.sql": UTC,
    "hex.sql": UTC,
    "compact.sql": UTC,
    "postgres.sql": TOKYO,  # the engine ran in this zone, and its dump does not say so
    "postgres-inserts.sql": TOKYO,
}
MARIADB = (DATA / "dmarcts.sql").read_bytes()


@pytest.mark.parametrize(("name", "zone"), DUMPS.items())
@pytest.mark.parametrize("size", [1, 1000, 1 << 20])
def test_a_dump_gives_the_reports_that_were_loaded(name: str, zone: tzinfo, size: int) -> None:
    made = reports(from_dump((DATA / name).read_bytes(), zone, size))
    assert sizes(made) == sizes(originals())
    for ours, theirs in zip(made, originals(), strict=True):
        assert (ours.reporter, ours.report_id, ours.email) == (theirs.reporter, theirs.report_id, theirs.email)
        assert [(r.source_ip, r.count, r.said.header_from, r.said.dkim_aligned, r.said.spf_aligned) for r in ours.rows] == [
            (r.source_ip, r.count, r.said.header_from, r.said.dkim_aligned, r.said.spf_aligned) for r in theirs.rows
        ]


def test_the_zone_of_a_dump_that_says_it_counts_and_the_one_named_does_not() -> None:
    assert sizes(reports(from_dump(MARIADB, TOKYO))) == sizes(originals())
    moved = MARIADB.replace(b"TIME_ZONE='+00:00'", b"TIME_ZONE='+09:00'")
    assert reports(from_dump(moved))[2].begin == originals()[2].begin - 9 * 3600
    set_alone = b'SET time_zone = "-01:30";\n' + MARIADB.replace(b"/*!40103 SET TIME_ZONE='+00:00' */;", b"")
    assert reports(from_dump(set_alone))[2].begin == originals()[2].begin + 5400


def test_the_xml_counts_where_the_database_has_kept_it() -> None:
    found = [item for item in from_dump(MARIADB) if isinstance(item, Migrated)]
    assert [bool(item.document) for item in found] == [True, True, False, False]
    for item, path in zip(found[:2], sorted(DATA.glob("*.xml")), strict=False):
        (report,) = open_delivery(b"".join(write_document(item, "dmarcts-report-parser"))).reports
        (theirs,) = open_delivery(path.read_bytes()).reports
        assert isinstance(report, AggregateReport)
        assert isinstance(theirs, AggregateReport)
        assert list(report.rows) == list(theirs.rows), "selectors and comments too"
        assert not report.notes


@pytest.mark.parametrize(
    ("old", "new"), [(b"<report_id>20260101.1", b"<report_id>other"), (b"<feedback>", b"<html>"), (b"</feedback>", b"")]
)
def test_xml_that_is_not_of_the_report_is_not_believed(old: bytes, new: bytes) -> None:
    first = next(item for item in from_dump(MARIADB.replace(old, new)) if isinstance(item, Migrated))
    assert first.report.report_id == "20260101.1"
    assert (bool(first.document), len(first.report.rows)) in ((False, 2), (True, 2))


def test_joined_names_have_a_result_only_where_it_is_certain() -> None:
    third = reports(from_dump(MARIADB))[2]
    first, second, last = third.rows
    assert first.said.dkim == (
        DkimAuth("mail.example.net", "", AuthResult.PASS),
        DkimAuth("mailer.example", "", AuthResult.ABSENT),
    )
    assert last.said.dkim == (DkimAuth("a.example", "", AuthResult.ABSENT), DkimAuth("b.example", "", AuthResult.ABSENT))
    assert second.said.dkim == (DkimAuth("mailer.example", "", AuthResult.FAIL),)
    assert first.said.spf == (SpfAuth("mailer.example", SpfScope.ABSENT, AuthResult.PASS),)
    assert [reason.type for reason in second.said.reasons] == [Override.LOCAL_POLICY, Override.FORWARDED]
    assert "joined_results" in [note.code for note in third.notes]


def row(**values: object) -> dict[str, object]:
    return {"rcount": "1", "source_ip": "192.0.2.1", "header_from": "example.net"} | values


@pytest.mark.parametrize(
    ("names", "word", "align", "expected"),
    [
        ("a.example/b.example", "fail", "fail", ["fail", "fail"]),
        ("example.net/b.example", "pass", "fail", ["", "pass"]),
        ("mail.example.net/example.net", "pass", "pass", ["", ""]),
        ("a.example/b.example", "unknown", "fail", ["", ""]),
        ("b.example", "unknown", "fail", [""]),
        ("", "none", "fail", ["none"]),
        ("", "unknown", "unknown", []),
    ],
)
def test_what_several_names_with_one_word_mean(names: str, word: str, align: str, expected: list[str]) -> None:
    results, _ = dmarcts._results(row(dkimdomain=names, dkimresult=word, dkim_align=align), "dkim", "example.net")
    assert [result["result"] for result in results] == expected


@pytest.mark.parametrize(
    ("four", "six", "expected"),
    [
        (b"3221226241", None, "192.0.3.1"),
        (b"0", None, "0.0.0.0"),  # noqa: S104
        (b"99999999999", None, "99999999999"),
        (b"192.0.2.9", None, "192.0.2.9"),
        (None, bytes.fromhex("20010db8" + "00" * 12), "2001:db8::"),
        (None, b"\\x20010db8" + b"0" * 24, "2001:db8::"),
        (None, b"\\x" + b"z" * 32, "\\x" + "z" * 32),
        (None, b"short", "short"),
        (None, None, ""),
    ],
)
def test_addresses_are_read_in_all_their_forms(four: bytes | None, six: bytes | None, expected: str) -> None:
    assert dmarcts._address(four, six) == expected


def statement(
    values: str, table: str = "rptrecord", columns: str = "(serial,ip,rcount,spf_align,dkim_align,identifier_hfrom)"
) -> bytes:
    return f"INSERT INTO {table} {columns} VALUES {values};\n".encode()  # noqa: S608


HEAD = statement("(1,'2026-01-01 00:00:00',NULL,'example.net','r','i')", "report", "(serial,mindate,maxdate,domain,org,reportid)")


def test_rows_may_come_before_their_head_and_in_pieces() -> None:
    rows = (
        statement("(1,1,5,'pass','fail','example.net')") + b"-- a comment; with ' a quote\n" + statement("(1,2,6,'fail','fail','')")
    )
    (made,) = reports(from_dump(rows[:70] + rows[70:] + HEAD, size=9))
    assert [(record.source_ip, record.count) for record in made.rows] == [("0.0.0.1", 5), ("0.0.0.2", 6)]
    assert made.end == made.begin


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (b"", "None of the records"),
        (statement("(2,1,5,'pass','fail','x')"), "its head is missing"),
        (statement("(1,1,5)"), "not as many values"),
        (statement("(NULL,1,5,'','','')"), "which report it belongs to"),
        (statement("(1,f(2,3),5,'','','')"), "not understood"),
        (statement("(1,0x123,5,'','','')"), "not hexadecimal"),
        (statement("(1,1,5,'','','')", columns=""), "does not name the columns"),
        (b"INSERT INTO rptrecord VALUES (1, 'no end", "ends in the middle"),
        (b"INSERT INTO rptrecord VALUES (1, 2", "ends in the middle"),
        (b"/* no end ", "ends in the middle"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_reason(rows: bytes, reason: str) -> None:
    refused = [item for item in from_dump(HEAD + rows) if isinstance(item, Refused)]
    assert any(reason in item.reason for item in refused), refused


def test_a_report_without_a_time_is_refused() -> None:
    zero = HEAD.replace(b"2026-01-01", b"0000-00-00") + statement("(1,1,5,'pass','fail','example.net')")
    assert [item.reason for item in from_dump(zero) if isinstance(item, Refused)] == ["It does not say for which time it is"]


def test_rows_of_other_tables_are_passed_over_whatever_they_hold() -> None:
    other = b"INSERT INTO `users` VALUES (1,'it''s; a \\' (trap'),(2,_binary '\\0\\Z',X'00',f(now(),'x'));\n"
    columns = b"`serial` int, KEY `k` (`serial`), `extra` enum('a,b)','c''d') DEFAULT 'a,b)'"
    ddl = b"CREATE TABLE IF NOT EXISTS `db`.`report` (" + columns + b");\n"
    made = reports(from_dump(ddl + other + HEAD + other + statement("(1,1,5,'pass','fail','example.net')") + other))
    assert len(made) == 1


def test_columns_come_from_the_table_where_the_rows_do_not_name_them() -> None:
    ddl = b"CREATE TABLE rptrecord (serial int, ip int unsigned, rcount int, PRIMARY KEY (serial)) ENGINE=X;"
    (made,) = reports(from_dump(HEAD + ddl + b"REPLACE INTO `dmarc`.`rptrecord` VALUES (1,3,4),(1,-5,+6.0);"))
    assert [(record.source_ip, record.count) for record in made.rows] == [("0.0.0.3", 4), ("-5", 6)]


def test_a_value_without_an_end_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.core.migrate.sqltext.MAX_TOKEN", 1 << 20)
    endless = (HEAD + b"INSERT INTO report VALUES ('" if not n else b"x" * 65536 for n in range(10_000))
    found = list(dmarcts.read_dmarcts(endless, UTC))
    assert "too long" in found[-1].reason  # type: ignore[union-attr]
    assert sum(1 for _ in endless) > 9900


def test_parts_are_json_that_needs_no_trust() -> None:
    (piece,) = dmarcts.read_dmarcts([statement("(1,1,5,'\\0\\n\"','fail','\\Z')")], UTC)
    assert json.loads(piece.row)["spf_align"] == '\0\n"'  # type: ignore[union-attr]
