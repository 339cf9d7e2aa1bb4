"""The path to reject in a browser: tried by the form, mended from the table, copied, in both languages and without script."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Served, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
Make = Callable[..., Visit]
DOMAIN = "/sample/domains/example.co.jp/"
WORDS = {
    "ja": {"open": "影響を確かめる", "try": "試す", "rejected": "通が拒否されていました", "quarantined": "通が隔離されていました"},
    "en": {
        "open": "See the effect of another policy",
        "try": "Try it",
        "rejected": "would have been rejected",
        "quarantined": "would have been quarantined",
    },
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_policy_is_tried_and_its_address_can_be_kept(visit: Make, language: str) -> None:
    made, words = visit(language=language), WORDS[language]
    made.go(DOMAIN)
    made.page.get_by_role("link", name=words["open"]).click()
    made.page.wait_for_url("**/what-if/")
    assert made.page.get_by_text(words["rejected"]).is_visible()
    made.page.select_option("select[name=p]", "quarantine")
    made.page.select_option("select[name=adkim]", "s")
    made.page.get_by_role("button", name=words["try"]).click()
    made.page.wait_for_url("**p=quarantine**")
    assert made.page.get_by_text(words["quarantined"]).is_visible()
    assert made.page.url.endswith("/what-if/?p=quarantine&adkim=s#try")
    address = made.page.url.removeprefix(made.address).partition("#")[0]
    made.go(address)
    assert made.page.locator("select[name=adkim]").input_value() == "s"
    assert made.page.locator(".record code").last.inner_text().startswith("v=DMARC1; p=quarantine; adkim=s; rua=mailto:")
    rows = made.page.locator("#mend tbody tr")
    assert rows.count() > 0
    rows.first.locator("td.num a").first.click()
    made.page.wait_for_url("**/hosts/**")


def test_the_record_is_copied(visit: Make) -> None:
    made = visit(language="en")
    made.page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=made.address)
    made.go(DOMAIN + "what-if/?p=reject&np=reject")
    made.page.locator("#try [data-copy]").click()
    made.page.get_by_text("Copied").first.wait_for()
    assert made.page.evaluate("navigator.clipboard.readText()").startswith("v=DMARC1; p=reject; np=reject; rua=mailto:")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_nothing_runs_out_of_the_page(visit: Make, width: int, scheme: str) -> None:
    made = visit(width=width, scheme=scheme)
    for path in (
        DOMAIN + "what-if/",
        DOMAIN + "what-if/?p=reject&adkim=s",
        "/sample/campaigns/",
        "/sample/overview?range=7d&compare=prev",
    ):
        made.go(path)
        assert not made.page.evaluate("document.documentElement.scrollWidth > innerWidth"), path


def test_it_works_without_script(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(served.address + "/accounts/login/")
    page.fill("input[name=login]", "demo@example.jp")
    page.fill("input[name=password]", served.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/overview*")
    page.goto(served.address + DOMAIN + "what-if/")
    page.select_option("select[name=t]", "y")
    page.get_by_role("button", name="Try it").click()
    page.wait_for_url("**t=y**")
    assert page.get_by_text(WORDS["en"]["quarantined"]).is_visible()
    context.close()


def test_a_campaign_is_followed_from_the_overview_to_a_host(visit: Make) -> None:
    made = visit(language="en")
    made.go("/sample/overview")
    made.page.locator("a[href*='/campaigns/']").filter(has_text=re.compile(r"^20")).first.click()
    made.page.wait_for_url(re.compile(r"/campaigns/\d+/"))
    assert made.page.get_by_role("heading", level=1).inner_text().startswith("Campaign of ")
    made.page.locator("td a.what[href*='/hosts/']").first.click()
    made.page.wait_for_url("**/hosts/**")
