"""The host page and the map in a browser: the owner comes by itself, a place leads to its hosts, the letter is ready."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import trustme
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visit
from tests.builders import record, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served
from tests.enrich.registry_servers import bootstrap_file, network, start_rdap

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
Make = Callable[..., Visit]
OWN, SPOOFER = "192.0.2.10", "203.0.113.87"
SAMPLE = f"/sample/hosts/{SPOOFER}/"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_place_of_the_map_leads_to_its_hosts(visit: Make, language: str) -> None:
    made = visit(language=language)
    made.go("/sample/map")
    made.page.locator("g.place.spoof").first.wait_for(state="attached")
    row = made.page.locator("table.t a.what").first
    assert "/sample/hosts/?place=" in (row.get_attribute("href") or "")
    for _ in range(12):  # a mark of several places parts as the map grows
        if "/hosts/" in made.page.url:
            break
        made.page.locator("g.place.spoof").last.click(force=True)
        made.page.wait_for_load_state("networkidle")
    assert re.search(r"/sample/hosts/\?place=[A-Z]{2}/", made.page.url)
    assert made.page.locator("table.t tbody tr").count() >= 1


@pytest.mark.parametrize(("language", "word"), [("ja", "通報"), ("en", "Abuse report")])
def test_the_letter_is_ready_in_both_languages(visit: Make, language: str, word: str) -> None:
    made = visit(language=language, width=390, height=800)
    made.go(SAMPLE)
    made.page.locator(f'a[href^="{SAMPLE}letter"]').first.click()
    made.page.wait_for_load_state("networkidle")
    assert made.page.locator("h1").inner_text() == word
    assert made.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    made.go(f"{SAMPLE}letter?language=en")
    assert made.page.locator("pre.letter").inner_text().startswith("To the abuse desk of Example Hosting B.V.,")
    made.go(f"{SAMPLE}letter?language=ja")
    assert made.page.locator("pre.letter").inner_text().startswith("Example Hosting B.V. 不正利用対策ご担当者様")


def test_a_decision_with_its_note_can_be_taken_back(visit: Make) -> None:
    made = visit(language="en")
    made.go("/sample/hosts/203.0.113.91/")
    made.page.get_by_text("Add a note").click()
    made.page.fill("textarea[name=note]", "asked the sales team")
    made.page.get_by_role("button", name="Confirm spoofing").click()
    made.page.wait_for_load_state("networkidle")
    expect(made.page.get_by_text("asked the sales team")).to_be_visible()
    made.page.get_by_role("button", name="Undo the decision").click()
    made.page.wait_for_load_state("networkidle")
    assert made.page.get_by_role("button", name="Undo the decision").count() == 0


def test_the_owner_of_the_network_comes_by_itself(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    rdap, end = start_rdap(authority)
    rdap.tell(f"/rdap/ip/{OWN}", network("192.0.2.0", "192.0.2.255"))
    home = tmp_path / "home"
    home.mkdir()
    (home / "sekisho.toml").write_text(f'rdap = "{bootstrap_file(tmp_path, rdap.url, network="192.0.2.0/24")}"\n')
    (tmp_path / "one.xml").write_bytes(report_xml(1, [record(OWN, 10)], day=int(time.time()) // 86400 - 2))
    (tmp_path / "password").write_text("long-password-1")
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["user", "add", "a@example.jp", "--org", "acme", "--password-file", tmp_path / "password"], check=True)
    sekisho(home, ["ingest", "--adopt", tmp_path / "one.xml"], check=True)
    try:
        with Served(home) as server:
            page = browser.new_context(locale="en-GB").new_page()
            page.goto(f"http://127.0.0.1:{server.port}/accounts/login/")
            page.fill("input[name=login]", "a@example.jp")
            page.fill("input[name=password]", "long-password-1")
            page.keyboard.press("Enter")
            page.wait_for_url("**/overview*")
            assert rdap.asked == [], "taking reports in asks nobody"
            page.goto(f"http://127.0.0.1:{server.port}/acme/hosts/{OWN}/")
            page.locator("[data-load]").scroll_into_view_if_needed()
            expect(page.get_by_text("例示ホスティング株式会社")).to_be_visible()
            expect(page.get_by_text("abuse@host.example")).to_be_visible()
            page.context.close()
    finally:
        end()
    assert rdap.asked == [f"/rdap/ip/{OWN}"]
