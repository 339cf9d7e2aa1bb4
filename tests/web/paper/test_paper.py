"""The monthly report: real PDFs, tagged, in both languages, whatever names reports bring."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.utils import translation
from tests.web.pages.conftest import Story

from sekisho.core.errors import UsageError
from sekisho.registry.models import Domain, Organisation
from sekisho.store.query import DaySplit, Split
from sekisho.web import formats
from sekisho.web.digests.periods import month_named
from sekisho.web.paper import charts, press, printing
from sekisho.web.paper.contents import contents, soft

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *b* _i_ $x$ @ref <label> \\ "] #read("/etc/passwd") <b>&amp; ' + "a" * 80


def this_month(story: Story) -> str:
    return f"{formats.as_date(story.last_day):%Y-%m}"


def values(org: Any, month: str, language: str = "en") -> dict[str, Any]:
    period = month_named(month)
    assert period is not None
    with translation.override(language):
        return contents(org, period)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_paper_is_a_tagged_pdf_with_its_language(org: Any, story: Story, language: str) -> None:
    pdf = printing.paper(org, this_month(story), language)
    assert pdf.startswith(b"%PDF-1.7")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part", b"/Lang"):
        assert mark in pdf
    pages = press.printed(values(org, this_month(story), language), "png", ppi=40)
    assert 2 <= len(pages) <= 5
    assert all(page.startswith(b"\x89PNG") and len(page) > 2000 for page in pages)


def test_names_of_reports_are_text_and_never_markup(org: Any, story: Story) -> None:
    plain = values(org, this_month(story))
    odd = _everywhere(plain, HOSTILE)
    assert press.printed(odd).startswith(b"%PDF"), "`#panic` would have raised, `#read` too"
    broken = press.printed(_everywhere(plain, "#pagebreak()"), "png", ppi=20)
    assert len(broken) < 5, "dozens of texts would each begin a page"


def _everywhere(value: Any, text: str) -> Any:
    """All texts but those that are drawings or settings, replaced."""
    if isinstance(value, dict):
        return {k: v if k in ("svg", "lang", "legend") else _everywhere(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [_everywhere(v, text) for v in value]
    return text if isinstance(value, str) and not value.startswith("<svg") else value


def test_summary_is_in_plain_words_with_the_figures_of_the_month(org: Any, story: Story) -> None:
    found = values(org, this_month(story))
    first, second = found["summary"]["sentences"][:2]
    assert "1 domain" in first
    assert "most likely sent by third parties" in second
    assert formats.number(story.spoofed) in second or "0 messages" not in second
    assert found["domains"]["rows"][0][0] == "example.jp"
    assert "203.0.113" in str(found["spoofing"]["sources"]) or found["spoofing"]["sources"]


def test_charlies_paper_tells_nothing_of_acme(other_org: Any, org: Any, story: Story) -> None:
    Domain.objects.create(organisation=other_org, name="example.jp")
    found = values(other_org, this_month(story))
    assert found["summary"]["sentences"] == ["No report tells of any mail in this time."]
    assert found["domains"]["rows"] == found["spoofing"]["sources"] == []
    assert "Acme" not in str(found)
    assert press.printed(found).startswith(b"%PDF")


def test_press_that_fails_says_so(org: Any, story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "raise SystemExit('no ink')"])
    with pytest.raises(printing.PaperFailed, match="no ink"):
        printing.paper(org, this_month(story), "en")
    monkeypatch.setattr(printing, "PRESS", [sys.executable, "-c", "import time; time.sleep(30)"])
    monkeypatch.setattr(printing, "TIMEOUT_S", 0.5)
    with pytest.raises(printing.PaperFailed, match="TimeoutExpired"):
        printing.paper(org, this_month(story), "en")


def test_month_that_is_none_is_refused(org: Any, store: Any) -> None:
    with pytest.raises(UsageError):
        printing.paper(org, "2026-13", "en")


def test_chart_holds_any_counts() -> None:
    days = [DaySplit(20_000 + n, Split(10**n, n, 0, 7**n)) for n in range(10)]
    for some in (days, days[:1], []):
        drawn = charts.month_chart(some, ("<&>", "b"), "ja")
        assert drawn.startswith("<svg")
        assert "<&>" not in drawn
    assert [charts.nice(n) for n in (0, 1, 3, 11, 1001, 2100)] == [2, 2, 4, 12, 1200, 3000]


def test_long_names_may_be_broken_and_short_ones_are_untouched() -> None:
    assert soft("mail.example.jp") == "mail.example.jp"
    assert "\u200b" in soft("a" * 63 + ".example.jp")
    assert soft("a" * 63 + ".example.jp").replace("\u200b", "") == "a" * 63 + ".example.jp"


def test_page_lists_the_months_and_gives_the_pdf(client_alice: Any, org: Organisation, story: Story) -> None:
    page = client_alice.get("/acme/papers/").content.decode()
    assert f"/acme/papers/{this_month(story)}.pdf" in page
    answer = client_alice.get(f"/acme/papers/{this_month(story)}.pdf?language=ja")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == f'attachment; filename="sekisho-acme-{this_month(story)}-ja.pdf"'
    assert client_alice.get("/acme/papers/2001-01.pdf").status_code == 404
    assert client_alice.get("/acme/papers/nonsense.pdf").status_code == 404
