"""The document made of a report says what the report says, or it is told what it cannot say."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

from tests.core.migrate.gather import DATA, reports

from sekisho.core.migrate.document import write_document
from sekisho.core.migrate.lost import changed
from sekisho.core.migrate.parsedmarc import read_parsedmarc
from sekisho.core.migrate.values import Migrated
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.values import Reason, Record, Rows, SpfAuth
from sekisho.core.terms import AuthResult, Override, Policy, SpfScope

LIST = (DATA / "aggregate.json").read_bytes()
REPORTS = reports(list(read_parsedmarc([LIST], ZoneInfo("Asia/Tokyo"))))


def test_the_document_says_whence_it_is_and_has_the_key_of_the_report() -> None:
    for report in REPORTS:
        back = read_aggregate(write_document(Migrated(report), "parsedmarc"))
        assert ("migrated", "parsedmarc") in [(note.code, note.where) for note in back.notes]
        assert (back.reporter, back.report_id, back.policy.domain) == (report.reporter, report.report_id, report.policy.domain)
        assert (back.begin, back.end, len(back.rows)) == (report.begin, report.end, len(report.rows))


def test_the_note_is_made_by_the_careful_and_by_the_quick_reader() -> None:
    document = b"".join(write_document(Migrated(REPORTS[0]), "a ?> <b"))
    quick, careful = read_aggregate([document]), read_aggregate([document], shortcuts=False)
    assert quick.notes == careful.notes
    assert [note.where for note in quick.notes if note.code == "migrated"] == ["a  b"]


def test_what_the_document_cannot_say_is_counted() -> None:
    first = REPORTS[0]
    (record, *_) = first.rows
    said = replace(
        record.said,
        reasons=(Reason(Override.POLICY_TEST_MODE),),
        spf=(
            SpfAuth("a.example", SpfScope.ABSENT, AuthResult.POLICY, "words"),
            SpfAuth("b.example", SpfScope.HELO, AuthResult.PASS),
        ),
    )
    odd = replace(
        first,
        policy=replace(first.policy, np=Policy.REJECT, sp=Policy.ABSENT, pct=None),
        rows=Rows.of([Record("192.0.2.1", 1, said)]),
    )
    lost, filled = changed(odd)
    assert set(lost) == {"policy.np", "reasons", "spf.result", "spf.human_result"}
    assert set(filled) == {"policy.sp", "policy.pct", "policy.fo", "spf.scope"}
    assert changed(read_aggregate(write_document(Migrated(first), "x"))) == ({}, {})
