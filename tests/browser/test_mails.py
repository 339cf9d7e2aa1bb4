"""Digests as mail programs show them: nothing runs over a narrow window, nothing is fetched, and everybody can read them."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request

from tests.browser.conftest import Served, Visit
from tests.cli.run import sekisho

pytestmark = pytest.mark.browser
WIDTHS = (700, 360)
RUN = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => [v.id, v.nodes[0].html])"""
FITS = """() => {
    const frame = document.querySelector("iframe.mailframe");
    const height = frame.contentDocument.body.getBoundingClientRect().height;
    return height > 300 && Math.abs(frame.clientHeight - height) < 3;
}"""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly"])
def test_digest_is_read_in_any_window_by_anybody(
    served: Served, browser: Browser, tmp_path: Path, kind: str, language: str
) -> None:
    arguments = ["digest", "--preview", "--kind", kind, "--language", language, "--format", "html"]
    mail = tmp_path / "mail.html"
    mail.write_text(sekisho(served.home, arguments, check=True).stdout, encoding="utf-8")
    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    for width in WIDTHS:
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.on("request", note)
            page.goto(mail.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.evaluate(axe)
            assert page.evaluate(RUN) == []
            context.close()
    assert set(asked) == {mail.as_uri()}


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ja", "light"), (390, "en", "dark")])
def test_preview_shows_the_whole_mail_in_the_page(visit: Callable[..., Visit], width: int, language: str, scheme: str) -> None:
    mine = visit(width=width, language=language, scheme=scheme)
    mine.go("/sample/notifications/")
    mine.page.locator("main a[href$='/notifications/preview/']").click()
    mine.page.wait_for_url("**/notifications/preview/")
    mine.page.locator(f"dl a[lang={language}]").or_(mine.page.locator(f"dl b[lang={language}]")).click()
    inside = mine.page.frame_locator("iframe.mailframe")
    inside.locator(f"html[lang={language}] h1").wait_for()
    mine.page.wait_for_function(FITS)
    assert mine.page.evaluate("document.documentElement.scrollWidth") <= width
