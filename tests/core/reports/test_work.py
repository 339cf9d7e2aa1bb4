"""What a delivery may cost is bounded in work, whatever form it takes; true reports stay far below."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from itertools import count

import pytest
from tests.builders import record, report_xml

from sekisho.core.errors import TooLarge
from sekisho.core.limits import DEFAULT, Limits, Work
from sekisho.core.reports.aggregate import read_aggregate
from sekisho.core.reports.open import open_delivery

ROWS = 2_000
NEVER_MET = count()
"""What was read once is remembered by the process, so each document says something else."""


def document(rows: int, form: Callable[[str, int], str], before: str = "") -> bytes:
    """A report whose records are made by `form` of a plain one and its number."""
    plain = record("192.0.2.1", 3, dkim="fail", spf="fail", envelope=f"e{next(NEVER_MET)}.example.jp")
    whole = report_xml(1, [form(plain, number) for number in range(rows)])
    return whole.replace(b"</policy_published>", b"</policy_published>" + before.encode(), 1)


def spent(data: bytes) -> int:
    """The work that a document takes."""
    work = Work()
    read_aggregate([data], work=work)
    return DEFAULT.work - work.left


FORMS: dict[str, tuple[Callable[[str, int], str], str]] = {
    "nothing shared": (lambda r, n: r.replace("example.jp", f"h{n}.example.jp"), ""),
    "an odd attribute": (lambda r, n: r.replace("<identifiers>", f"<identifiers a='{n}'>"), ""),
    "a comment in each": (lambda r, n: r.replace("<row>", f"<row><!-- {n} -->"), ""),
    "a comment before": (lambda r, n: r, "<!-- x -->"),
    "references": (lambda r, n: r.replace("example.jp", f"h{n}.ex&#x61;mple.jp"), ""),
    "empty elements": (lambda r, n: r.replace("<auth_results>", "<auth_results>" + "<dkim><a/><b/></dkim>" * 30), ""),
    "many signatures": (
        lambda r, n: r.replace(
            "<dkim><domain>", f"<dkim><domain>h{n}.example</domain><result>fail</result></dkim>" * 40 + "<dkim><domain>"
        ),
        "",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_slow_forms_are_counted_and_ended(name: str) -> None:
    form, before = FORMS[name]
    data = document(ROWS, form, before)
    assert spent(data) >= 5 * ROWS
    with pytest.raises(TooLarge, match="too much work"):
        read_aggregate([data], Limits(work=5 * ROWS - 1))


def test_the_work_is_that_of_all_reports_of_a_delivery() -> None:
    inner = document(ROWS, FORMS["a comment before"][0], "<!-- x -->")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.xml", inner)
    assert len(open_delivery(packed.getvalue()).reports) == 4
    found = open_delivery(packed.getvalue(), limits=Limits(work=2 * spent(inner)))
    assert len(found.reports) == 2
    assert "too much work" in str(found.problems[0])


def test_broken_xml_that_is_read_leniently_counts_too() -> None:
    data = document(ROWS, lambda r, n: r.replace("<row>", "<row>&"))
    with pytest.raises(TooLarge, match="too much work"):
        open_delivery(gzip.compress(data), limits=Limits(work=5 * ROWS))


def test_a_true_report_of_200000_records_stays_below() -> None:
    assert spent(document(ROWS, lambda r, n: r)) < ROWS / 2
    assert spent(document(ROWS, FORMS["nothing shared"][0])) * 200_000 / ROWS < DEFAULT.work / 1.5
    assert spent(document(ROWS, FORMS["a comment before"][0], "<!-- x -->")) * 200_000 / ROWS < DEFAULT.work
