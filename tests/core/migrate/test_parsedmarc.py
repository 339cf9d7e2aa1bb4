"""What the real parsedmarc wrote (data/, made by version 11.1.0 in the time zone Asia/Tokyo) becomes the reports it read."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import UTC
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.core.migrate.gather import DATA, chunks, original, originals, reports, sizes, together

from sekisho.core.migrate.elastic import read_elastic
from sekisho.core.migrate.names import shortened_id, shortened_reporter
from sekisho.core.migrate.parsedmarc import read_parsedmarc
from sekisho.core.migrate.table import read_table
from sekisho.core.migrate.values import Migrated, Refused
from sekisho.core.reports.values import AggregateReport, DkimAuth, Record, SpfAuth
from sekisho.core.terms import AuthResult, Generation, SpfScope

TOKYO = ZoneInfo("Asia/Tokyo")
TESTS = DATA.parents[2] / "data" / "aggregate"
LIST = (DATA / "aggregate.json").read_bytes()
TABLE = (DATA / "aggregate.csv").read_bytes()
DOCUMENTS = (DATA / "elastic.ndjson").read_bytes()


def read() -> list[AggregateReport]:
    """The reports that parsedmarc was given."""
    others = [original(TESTS / name) for name in ("001-plain.xml", "002-rfc9990.xml")]
    return sorted([*originals(), *others], key=lambda report: (report.begin, report.report_id))


def by_time(made: list[AggregateReport]) -> list[AggregateReport]:
    return sorted(made, key=lambda report: (report.begin, len(report.rows), report.report_id))


def words(record: Record) -> tuple[Any, ...]:
    """What a record says, but for what parsedmarc makes up or leaves out."""
    said = record.said
    dkim = sorted((auth.domain, auth.selector, auth.result) for auth in said.dkim)
    spf = sorted((auth.domain, auth.result) for auth in said.spf if auth.domain)
    return (
        record.source_ip,
        record.count,
        said.header_from,
        said.disposition,
        said.dkim_aligned,
        said.spf_aligned,
        said.reasons,
        dkim,
        spf,
    )


def told(report: AggregateReport) -> Counter[object]:
    """Messages by address and words."""
    counts: Counter[object] = Counter()
    for record in report.rows:
        address, count, *others = words(record)
        counts[address, str(others)] += count
    return counts


@pytest.mark.parametrize("size", [1, 13, 100_000])
def test_its_list_gives_the_reports_it_read(size: int) -> None:
    made = reports(list(read_parsedmarc(chunks(LIST, size), TOKYO)))
    assert sizes(by_time(made)) == sizes(by_time(read()))
    for ours, theirs in zip(by_time(made), by_time(read()), strict=True):
        assert [words(record) for record in ours.rows] == [words(record) for record in theirs.rows]
        assert ours.org_name == shortened_reporter(theirs.reporter)
        assert ours.report_id == shortened_id(theirs.report_id)
        assert (ours.policy.p, ours.policy.adkim if theirs.policy.adkim != "absent" else "absent") == (
            theirs.policy.p,
            theirs.policy.adkim,
        )


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(lambda: read_table(chunks(TABLE), TOKYO), id="table"),
        pytest.param(lambda: read_elastic(chunks(DOCUMENTS)), id="documents"),
    ],
)
def test_its_rows_are_put_together_to_the_same_reports(found: Any) -> None:
    made = by_time(reports(together(found())))
    listed = by_time(reports(list(read_parsedmarc(chunks(LIST), TOKYO))))
    assert sizes(made) == sizes(listed)
    for ours, theirs in zip(made, listed, strict=True):
        assert (ours.org_name, ours.report_id, ours.policy.p) == (theirs.org_name, theirs.report_id, theirs.policy.p)
        assert told(ours) == told(theirs)


def test_the_order_of_documents_does_not_matter() -> None:
    lines = DOCUMENTS.splitlines(keepends=True)
    random.Random(7).shuffle(lines)
    made = reports(together(read_elastic(chunks(b"".join(lines)))))
    assert sizes(made) == sizes(reports(together(read_elastic(chunks(DOCUMENTS)))))


def test_answers_of_a_search_and_the_bulk_form_are_read_like_lines() -> None:
    documents = [json.loads(line) for line in DOCUMENTS.splitlines()]
    page = json.dumps({"_scroll_id": "x", "hits": {"total": {"value": 19}, "hits": documents}}, indent=2).encode()
    bulk = b"".join(json.dumps(x).encode() + b"\n" for d in documents for x in ({"index": {"_id": d["_id"]}}, d["_source"]))
    listed = json.dumps(documents).encode()
    expected = sizes(reports(together(read_elastic(chunks(DOCUMENTS)))))
    for data in (page, page + b"\n" + b'{"hits": {"hits": []}}', bulk, listed):
        assert sizes(reports(together(read_elastic(chunks(data))))) == expected


def test_a_report_stored_twice_is_taken_over_once() -> None:
    expected = sizes(reports(together(read_elastic(chunks(DOCUMENTS)))))
    made = reports(together(read_elastic(chunks(DOCUMENTS * 3))))
    assert sizes(made) == expected
    assert all("repeated_report" in [note.code for note in report.notes] for report in made)
    header, _, lines = TABLE.partition(b"\n")
    assert sizes(reports(together(read_table(chunks(header + b"\n" + lines + lines), TOKYO)))) == expected


def test_all_forms_of_its_own_output_are_read() -> None:
    listed = json.loads(LIST)
    expected = sizes(reports(list(read_parsedmarc(chunks(LIST), TOKYO))))
    forms = {
        "a report a line": "\n".join(map(json.dumps, listed)),
        "appended by old versions": json.dumps(listed[:2]) + ",\n" + json.dumps(listed[2:]),
        "printed at the end": json.dumps({"failure_reports": [{"a": [[{}]]}], "aggregate_reports": listed, "smtp_tls_reports": []}),
        "one parsed report each": json.dumps([{"report_type": "aggregate", "report": report} for report in listed]),
    }
    for name, text in forms.items():
        assert sizes(reports(list(read_parsedmarc(chunks(text.encode()), TOKYO)))) == expected, name


def test_times_of_old_versions_are_of_the_zone_of_their_machine() -> None:
    listed = json.loads(LIST)[:3]
    for report in listed:
        for record in report["records"]:
            del record["interval_begin"], record["interval_end"], record["normalized_timespan"]
    data = json.dumps(listed).encode()
    assert sizes(reports(list(read_parsedmarc([data], TOKYO)))) == sizes(originals()[:3])
    (first, *_) = reports(list(read_parsedmarc([data], UTC)))
    assert first.begin - originals()[0].begin == 9 * 3600


@pytest.mark.parametrize("missing", ["2026-01-04 01:00:00", "2026-01-07 00:00:00"])
def test_a_report_cut_into_days_is_whole_again_though_a_day_is_missing(missing: str) -> None:
    report = json.loads(LIST)[3]
    report["records"] = [record for record in report["records"] if record["interval_begin"] != missing]
    (made,) = reports(list(read_parsedmarc([json.dumps(report).encode()], UTC)))
    assert (made.begin, made.end) == (originals()[3].begin, originals()[3].end)


def test_where_rows_alone_cannot_tell_the_days_it_is_said() -> None:
    lines = [line for line in DOCUMENTS.splitlines(keepends=True) if b'"4.abc"' in line and b"2026-01-04T01" not in line]
    (made,) = together(read_elastic(lines))
    assert isinstance(made, Migrated)
    assert not made.is_sure_of_times
    assert "unsure_times" in [note.code for note in made.report.notes]


def test_two_records_that_say_the_same_stay_two() -> None:
    report = json.loads(LIST)[3]
    report["records"] *= 2
    (made,) = reports(list(read_parsedmarc([json.dumps(report).encode()], UTC)))
    assert len(made.rows) == 2 * len(originals()[3].rows)
    assert made.rows.messages == 2 * originals()[3].rows.messages


def test_what_it_fills_in_is_taken_out_again_where_it_is_certain() -> None:
    made = reports(list(read_parsedmarc(chunks(LIST), TOKYO)))
    later = next(report for report in made if report.generation is Generation.RFC9990)
    (record,) = later.rows
    assert record.said.spf == (SpfAuth("mail.example.org", SpfScope.MFROM, AuthResult.SOFTFAIL, "not listed"),)
    assert record.said.dkim == (DkimAuth("example.org", "k1", AuthResult.PASS),)
    assert (later.policy.np, later.policy.testing, later.policy.discovery_method) == ("reject", "y", "treewalk")
    assert later.errors == ("rua of example.org is not valid", "レコードが二つあります")
    without = json.loads(LIST)[0]
    without["records"][0]["auth_results"]["dkim"][0]["selector"] = "none"
    (report,) = reports(list(read_parsedmarc([json.dumps(without).encode()], UTC)))
    assert report.rows.saids[0].dkim[0].selector == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"records": []}, "None of the records"),
        ({"report_metadata": {"org_name": "a"}, "records": [{"source": {"ip_address": "192.0.2.1"}, "count": 1}]}, "which time"),
        ({"policy_published": {}}, "which domain"),
        ({"report_metadata": None, "policy_published": 3}, "not an aggregate report"),
    ],
)
def test_a_report_that_would_hide_the_true_one_is_refused(change: dict[str, object], reason: str) -> None:
    (found,) = read_parsedmarc([json.dumps(json.loads(LIST)[0] | change).encode()], UTC)
    assert isinstance(found, Refused)
    assert reason in found.reason


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {},
        {
            "source": [],
            "count": {},
            "policy_evaluated": "x",
            "identifiers": [1],
            "auth_results": {"dkim": {"domain": 5}, "spf": [None]},
        },
        {"source": {"ip_address": "nonsense\n"}, "count": -5, "interval_begin": "0001-01-01", "interval_end": "9999-99-99"},
        {"count": 1e20, "policy_evaluated": {"policy_override_reasons": [None, {"comment": {"#text": "x"}}, {"type": ["a", "b"]}]}},
        {"identifiers": {"header_from": "\ud800" * 3000}, "auth_results": {"spf": [{"domain": "a"}] * 1000}},
    ],
)
def test_odd_records_never_end_the_reading(record: object) -> None:
    good = json.loads(LIST)[0]
    odd = good | {"records": [record, good["records"][0]]}
    first, second = read_parsedmarc(chunks(json.dumps([odd, good]).encode()), UTC)
    assert isinstance(first, Migrated)
    assert len(first.report.rows) == 2
    assert isinstance(second, Migrated)


def test_a_broken_file_gives_what_stands_before_the_break() -> None:
    found = list(read_parsedmarc(chunks(LIST[: len(LIST) // 2]), TOKYO))
    assert [type(item) for item in found[:3]] == [Migrated] * 3
    assert isinstance(found[-1], Refused)
    assert found[-1].where.startswith("character ")


def test_a_line_that_is_no_json_costs_one_document() -> None:
    lines = DOCUMENTS.splitlines(keepends=True)
    found = list(
        read_elastic(chunks(b"".join([*lines[:5], b'{"_index": "x", "_source": {nonsense}}\n', b"\xff\xfe\n", *lines[5:]])))
    )
    refused = [item for item in found if isinstance(item, Refused)]
    assert len(found) - len(refused) == len(lines)
    assert len(refused) == 2


def test_other_documents_and_files_are_refused_with_a_reason() -> None:
    found = list(
        read_elastic([b'{"_index": "dmarc_failure-2026", "_id": "a1", "_source": {"feedback_type": "auth-failure"}}\n[1, null]\n'])
    )
    assert found == [
        Refused("This is not a record of an aggregate report", "a1"),
        Refused("This is not a document", "character 94"),
        Refused("This is not a document", "character 97"),
    ]
    assert [type(item) for item in read_elastic([b"not json\n" * 100_000])][:2] == [Refused, Refused]
    assert len(list(read_elastic([b"not json\n" * 100_000]))) < 1100
    (table,) = read_table([b"a,b\n1,2\n"], UTC)
    assert isinstance(table, Refused)


def test_a_table_with_odd_lines_is_read_as_far_as_it_can_be() -> None:
    lines = TABLE.splitlines(keepends=True)
    found = list(read_table(chunks(b"".join([*lines[:4], b"too,few\n", *lines[4:], b'"open,'])), TOKYO))
    refused = [item for item in found if isinstance(item, Refused)]
    assert len(found) - len(refused) == len(lines) - 1
    assert len(refused) == 2


# ---- the corpus: what parsedmarc loses or changes there is listed, nothing else may differ
LOST = {
    "None of the records of the report were kept": 1,  # AOL's reports have no dkim in policy_evaluated
}


@pytest.mark.slow
def test_the_corpus_by_way_of_parsedmarc_gives_what_the_originals_give(corpus: Path, tmp_path: Path) -> None:
    """Skipped where the peer is not at hand; `python -m bench.peers` fetches it."""
    listed = _by_the_peer(corpus, tmp_path)
    found = list(read_parsedmarc(chunks(listed, 65536), UTC))
    assert Counter(item.reason for item in found if isinstance(item, Refused)) == LOST
    theirs: dict[object, set[tuple[int, int]]] = {}
    for path in sorted((corpus / "aggregate").iterdir()):
        for key, size in _originals(path).items():
            theirs.setdefault(key, set()).add(size)  # two files of the corpus have one key and differ
    for item in found:
        if isinstance(item, Migrated):
            report = item.report
            key = report.begin, report.end, report.policy.domain, report.org_name, report.report_id
            assert (len(report.rows), report.rows.messages) in theirs[key], key


def _originals(path: Path) -> dict[object, tuple[int, int]]:
    """Records and messages of what our reader finds in a file, by the names parsedmarc gives."""
    from sekisho.core.errors import ReadError
    from sekisho.core.reports.open import open_delivery

    try:
        opened = open_delivery(path.read_bytes(), name=path.name)
    except ReadError:
        return {}
    return {
        (r.begin, r.end, r.policy.domain, shortened_reporter(r.reporter), shortened_id(r.report_id)): (len(r.rows), r.rows.messages)
        for r in opened.reports
        if isinstance(r, AggregateReport)
    }


PEER = r"""
import json, logging, sys
import parsedmarc
logging.disable(logging.CRITICAL)
reports = []
for path in sys.stdin.read().split("\n"):
    try:
        found = parsedmarc.parse_report_file(path, offline=True)
    except parsedmarc.ParserError:
        continue
    if found["report_type"] == "aggregate":
        reports.append(found["report"])
parsedmarc.append_json(sys.argv[1], reports)
"""


def _by_the_peer(corpus: Path, folder: Path) -> bytes:
    import os
    import subprocess

    from bench.peers import VERSION, cache_folder

    home = cache_folder() / f"parsedmarc-{VERSION}"
    if not (home / "ready").exists():
        pytest.skip("the peer is not at hand")
    paths = "\n".join(map(str, sorted((corpus / "aggregate").iterdir())))
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {"TZ": "UTC"}
    subprocess.run(
        [home / "bin" / "python", "-c", PEER, folder / "a.json"], input=paths, text=True, check=True, env=env, timeout=300
    )
    return (folder / "a.json").read_bytes()
