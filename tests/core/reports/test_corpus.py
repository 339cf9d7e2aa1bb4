"""Published reports with all their oddities: each is read whole, or refused with a reason (`MANIFEST.tsv` beside them)."""

import csv
from pathlib import Path

import pytest

from sekisho.core.errors import ReadError
from sekisho.core.reports.open import Opened, open_delivery
from sekisho.core.reports.values import AggregateReport, FailureReport, Report, TlsReport

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
MANIFEST = CORPUS / "MANIFEST.tsv"

pytestmark = pytest.mark.skipif(not MANIFEST.exists(), reason="the corpus of published reports is not beside the checkout")


def entries(*expected: str, kinds: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """The lines of the manifest with one of these expectations."""
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["expect"] in expected and (not kinds or row["kind"] in kinds)]


def opened(entry: dict[str, str]) -> Opened:
    path = CORPUS / entry["file"]
    return open_delivery(path.read_bytes(), name=path.name)


def parts(report: Report) -> tuple[int, int]:
    """Records and messages; policies and sessions of a TLS report."""
    if isinstance(report, AggregateReport):
        return len(report.rows), sum(record.count for record in report.rows)
    if isinstance(report, TlsReport):
        return len(report.policies), sum(policy.sessions for policy in report.policies)
    return 1, 1


def name_of(entry: dict[str, str]) -> str:
    return entry["file"]


@pytest.mark.parametrize("entry", entries("accept", "accept-warn"), ids=name_of)
def test_published_report_is_read_whole(entry: dict[str, str]) -> None:
    found = opened(entry)
    counted = [parts(report) for report in found.reports]
    assert len(counted) == int(entry["reports"])
    assert sum(records for records, _ in counted) == int(entry["records"])
    assert sum(messages for _, messages in counted) == int(entry["messages"])
    if entry["kind"] == "failure":
        assert isinstance(found.reports[0], FailureReport)


@pytest.mark.parametrize("entry", entries("reject"), ids=name_of)
def test_published_junk_is_refused_with_a_reason(entry: dict[str, str]) -> None:
    with pytest.raises(ReadError) as refused:
        opened(entry)
    assert refused.value.reason


@pytest.mark.parametrize("entry", entries("either"), ids=name_of)
def test_feedback_that_is_no_dmarc_failure_is_not_taken_for_one(entry: dict[str, str]) -> None:
    with pytest.raises(ReadError, match=r"unwanted mail|no report"):
        opened(entry)
