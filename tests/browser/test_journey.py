"""A person's way through the pages: sign in, upload, drill down to the raw XML, in both languages and on a phone."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Served, Visit
from tests.builders import record, report_mail, report_xml
from tests.cli.run import sekisho

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
Make = Callable[..., Visit]

PAGES = (
    "/sample/overview",
    "/sample/domains/",
    "/sample/domains/example.co.jp/",
    "/sample/domains/example.co.jp/groups/",
    "/sample/domains/example.co.jp/hosts/",
    "/sample/domains/example.co.jp/reports/",
    "/sample/groups/",
    "/sample/hosts/",
    "/sample/hosts/203.0.113.87/",
    "/sample/map",
    "/sample/campaigns/",
    "/sample/domains/example.co.jp/what-if/",
    "/sample/reports/",
    "/sample/deliveries/",
    "/sample/upload",
    "/sample/failures/",
    "/sample/tls/",
    "/sample/settings/inboxes/",
    "/sample/help/",
)


def test_a_wrong_password_is_said_beside_the_field_without_telling_which_was_wrong(visit: Make) -> None:
    made = visit(signed_in=False, language="en")
    made.go("/accounts/login/")
    made.page.fill("input[name=login]", "demo@example.jp")
    made.page.fill("input[name=password]", "wrong")
    made.page.keyboard.press("Enter")
    made.page.get_by_text("not correct").first.wait_for()
    assert made.page.url.endswith("/accounts/login/")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_without_complaint(visit: Make, language: str) -> None:
    made = visit(language=language)
    for path in PAGES:
        made.go(path)
        assert made.page.locator("h1").count() == 1, path
        assert made.page.get_attribute("html", "lang") == language


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways_on_a_phone(visit: Make, width: int, scheme: str) -> None:
    made = visit(width=width, height=844, scheme=scheme)
    for path in PAGES:
        made.go(path)
        too_wide = made.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert too_wide <= 0, f"{path} is {too_wide} px too wide"


IN_SIGHT = """() => {
    const tabs = document.querySelector(".tabs").getBoundingClientRect();
    const current = document.querySelector(".tabs [aria-current]").getBoundingClientRect();
    return current.left >= tabs.left - 1 && current.right <= tabs.right + 1;
}"""


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_current_tab_is_in_sight_on_a_phone(visit: Make, language: str) -> None:
    made = visit(width=390, height=844, language=language)
    for path in ("/sample/settings/audit/", "/sample/settings/people/", "/sample/upload", "/sample/domains/example.co.jp/reports/"):
        made.go(path)
        assert made.page.evaluate(IN_SIGHT), path


def test_charts_and_map_are_drawn_and_have_their_table(visit: Make) -> None:
    made = visit()
    made.go("/sample/overview")
    chart = made.page.locator(".chart").first
    chart.locator("svg path").first.wait_for(state="attached")
    assert chart.locator("svg path").count() > 20
    made.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    map_ = made.page.locator("figure.map")
    map_.locator("g.place").first.wait_for(state="attached")
    assert len(map_.locator("path.land").get_attribute("d") or "") > 10_000, "the outlines of countries"
    assert map_.locator("g.place.spoof").count() > 10
    made.page.get_by_text("表で見る").first.click()
    assert made.page.locator("details[open] table tbody tr").count() >= 28


def test_the_number_on_the_overview_opens_down_to_the_raw_xml(visit: Make) -> None:
    made = visit()
    made.go("/sample/overview")
    number = made.page.locator(".four a").first
    shown = re.sub(r"\D", "", number.locator(".big").inner_text().split("通")[0])
    number.click()
    made.page.wait_for_load_state("networkidle")
    assert "class=spoof" in made.page.url
    assert shown in re.sub(r"[,.]", "", made.page.inner_text("main")), "the list sums what was clicked"
    made.go("/sample/hosts/203.0.113.87/")
    made.page.locator("main a[href*='/reports/']").first.click()
    made.page.wait_for_load_state("networkidle")
    if re.search(r"/reports/(\?|$)", made.page.url):
        made.page.locator("main table a[href*='/reports/']").first.click()
        made.page.wait_for_load_state("networkidle")
    made.page.locator("main a[href*='/raw']").first.click()
    made.page.wait_for_load_state("networkidle")
    text = made.page.inner_text("main")
    assert "<feedback" in text
    assert "policy_published" in text


def test_language_is_switched_on_the_page_and_kept(visit: Make) -> None:
    made = visit(language="ja")
    made.go("/sample/overview")
    assert "なりすまし疑い" in made.page.inner_text("main")
    made.page.get_by_role("button", name="English").first.click()
    made.page.wait_for_load_state("networkidle")
    assert "Suspected spoofing" in made.page.inner_text("main")
    made.go("/sample/groups/")
    assert made.page.get_attribute("html", "lang") == "en"


def test_an_uploaded_report_is_on_the_page_within_seconds(visit: Make, tmp_path: Path) -> None:
    made = visit()
    xml = report_xml(
        1, [record("192.0.2.250", 7, domain="example.com")], domain="example.com", reporter="upload.example", day=20000
    )
    path = tmp_path / "upload.eml"
    path.write_bytes(report_mail(xml))
    broken = tmp_path / "letter.txt"
    broken.write_text("Dear administrator, this is a letter.")
    made.go("/sample/upload")
    made.page.set_input_files("input[type=file]", [str(path), str(broken)])
    made.page.get_by_text("読めました", exact=False).or_(made.page.get_by_text("取り込みました", exact=False)).first.wait_for()
    made.go("/sample/reports/?from=2024-10-04&to=2024-10-04&reporter=upload.example")
    assert "upload.example" in made.page.inner_text("main")


def test_exported_sums_agree_with_the_pages(visit: Make, served: Served) -> None:
    made = visit(language="en")
    made.go("/sample/overview?range=30d")
    shown = [int(re.sub(r"\D", "", text.split("·")[0])) for text in made.page.locator(".four .big").all_inner_texts()]
    period = made.page.locator(".filters").inner_text()
    link = made.page.get_by_role("link", name="CSV").first.get_attribute("href")
    assert link, period
    body = made.page.request.get(served.address + link).text().lstrip("\ufeff")
    rows = list(csv.DictReader(io.StringIO(body)))
    by_page: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        by_page[row["class"]] += int(row["count"])
    assert [by_page[c] for c in ("spoof", "failing", "forwarded", "normal")] == shown
    days = sorted({row["day"] for row in rows})
    out = sekisho(served.home, ["export", "records", "--since", days[0], "--until", days[-1]], check=True).stdout
    by_cli: defaultdict[str, int] = defaultdict(int)
    for row in csv.DictReader(io.StringIO(out)):
        by_cli[row["class"]] += int(row["count"])
    assert by_cli == by_page, "the command line asks the running server"


def test_a_decision_is_applied_to_the_past_and_can_be_undone(visit: Make) -> None:
    made = visit(language="ja")
    made.go("/sample/hosts/203.0.113.87/")
    made.page.get_by_role("button", name="なりすましと確定").click()
    made.page.wait_for_load_state("networkidle")
    assert "確定" in made.page.inner_text("main")
    made.page.get_by_role("button", name=re.compile("取り消す|元に戻す")).first.click()
    made.page.wait_for_load_state("networkidle")
    assert made.page.get_by_role("button", name="なりすましと確定").count() == 1
