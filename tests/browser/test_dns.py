"""The DNS state in a browser: from the list to a domain's records, the SPF tree as list and table, in both languages and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
Make = Callable[..., Visit]
WORDS = {"ja": ("DNS の状態", "表で見る", "対応が必要なこと"), "en": ("DNS state", "As a table", "What needs you")}


@pytest.mark.parametrize(("language", "width"), [("ja", 1440), ("en", 390)])
def test_records_are_explained_and_the_tree_is_drawn(visit: Make, language: str, width: int) -> None:
    made, (title, table, todo) = visit(language=language, width=width), WORDS[language]
    made.go("/sample/dns/")
    made.page.get_by_role("link", name="example.co.jp").first.click()
    made.page.wait_for_url("**/example.co.jp/dns/")
    assert title in made.page.title()
    assert made.page.get_by_role("heading", name=todo).is_visible()
    assert made.page.locator(".tree li").count() > 10
    made.page.get_by_text(table).click()
    rows = made.page.locator("#spf tbody tr")
    assert rows.count() == made.page.locator(".tree li").count()
    assert rows.first.is_visible()
    assert made.page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_changed_is_told_with_both_texts(visit: Make) -> None:
    made = visit(language="en")
    made.go("/sample/domains/example.jp/dns/")
    assert "p=none" in made.page.locator("#history del").inner_text()
    assert "p=quarantine" in made.page.locator("#history ins").inner_text()
