"""A person adds an inbox on the pages, tries it, and sees it do its work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ja", "light"), (390, "en", "dark")])
def test_an_inbox_is_added_tried_and_removed(
    visit: Callable[..., Visit], tmp_path: Path, width: int, language: str, scheme: str
) -> None:
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    made = visit(width=width, language=language, scheme=scheme)
    page = made.page
    made.go("/sample/settings/inboxes/new/maildir")
    page.fill("[name=path]", str(tmp_path))
    page.click("form .btn.main")
    page.wait_for_url("**/settings/inboxes/*/")
    address = page.url.removeprefix(made.address)
    page.click(".pagehead .btn.main")
    page.wait_for_selector("ol.conditions .tag.ok")
    assert page.locator("ol.conditions .tag.bad").count() == 0
    page.wait_for_timeout(3000)
    made.go(address)
    assert page.locator(".note.ok").count() >= 1
    for path in ("/sample/settings/inboxes/", "/sample/settings/inboxes/new/", address, f"{address}change"):
        made.go(path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    made.go(address)
    page.click("details.data > summary")
    page.click("details.data button")
    page.wait_for_url("**/settings/inboxes/")
    assert str(tmp_path) not in page.locator("table").all_inner_texts()
