"""The first hour as a person lives it: from an empty organisation to the first report, with a name server that takes updates."""

from __future__ import annotations

import os
import re
import smtplib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served as Demo
from tests.browser.conftest import Visit, sign_in
from tests.browser.test_accessibility import RUN, axe  # noqa: F401 - a fixture
from tests.builders import record, report_mail, report_xml
from tests.cli.run import sekisho
from tests.cli.served import Served
from tests.contract.inbox.servers.dovecot import free_ports
from tests.net.servers import knot, publish
from tests.web.pages.conftest import yesterday

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.needs_knot, pytest.mark.xdist_group("browser")]
NAME, HOST = "example.test", "in.reports.test"
ZONES = {f"{NAME}.": '_dmarc TXT "v=DMARC1; p=none; rua=mailto:old@example.test"\n', "reports.test.": ""}
PICTURES = os.environ.get("SEKISHO_PICTURES", "")
"""A folder for pictures of the steps, for whoever wants to look at them."""


@pytest.fixture
def port() -> Iterator[int]:
    """The name server."""
    with knot(ZONES, updates=True) as found:
        yield found


@pytest.fixture
def empty(tmp_path: Path, port: int) -> Iterator[Served]:
    """A server with one organisation, one person, and nothing else."""
    home = tmp_path / "home"
    (tmp_path / "word").write_text("long-password-1\n")
    sekisho(home, ["org", "add", "acme", "--title", "Acme"], check=True)
    sekisho(home, ["user", "add", "demo@example.jp", "--password-file", tmp_path / "word"], check=True)
    with Served(home, SEKISHO_DNS_SERVERS=f"127.0.0.1:{port}") as served:
        yield served


def open_page(browser: Browser, served: Served, language: str, width: int, scheme: str = "light") -> Visit:
    """A person at the overview."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="ja-JP" if language == "ja" else "en-GB",
        color_scheme="dark" if scheme == "dark" else "light",
    )
    made = Visit(context.new_page(), f"http://127.0.0.1:{served.port}")
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    made.page.on("console", lambda message: made.complaints.append(message.text) if message.type == "error" else None)
    sign_in(made, Demo(made.address, "long-password-1", served.home))
    return made


def picture(page: Page, step: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/first-hour-{step}.png", full_page=True)


def send(port: int, to: str, data: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
        client.sendmail("noreply-dmarc@receiver.example", [to], data)


def barriers(page: Page, script: str) -> list[object]:
    """What axe-core finds serious or critical."""
    page.evaluate(script)
    found: list[object] = page.evaluate(RUN, [])
    return found


def records(page: Page) -> dict[str, str]:
    """Name and value of the records as the page shows them to be copied."""
    found = {}
    for box in page.locator(".box [data-record]").all():
        found[str(box.get_attribute("data-record"))] = str(box.locator(".record > code").first.text_content())
    return found


@pytest.mark.parametrize(("width", "language", "scheme"), [(1440, "ja", "light"), (390, "en", "dark")])
def test_from_an_empty_organisation_to_the_first_report(
    browser: Browser,
    empty: Served,
    port: int,
    width: int,
    language: str,
    scheme: str,
    wide: Callable[[Page], bool],
    axe: str,  # noqa: F811
) -> None:
    made = open_page(browser, empty, language, width, scheme)
    page = made.page
    tag = f"{language}-{width}"
    assert page.locator("ol.steps [aria-current=step] a.btn").get_attribute("href") == "/acme/domains/new"
    picture(page, f"1-empty-{tag}")

    made.go("/acme/domains/new")
    page.fill("[name=names]", NAME)
    picture(page, f"2-new-{tag}")
    page.click("form .btn.main")
    page.wait_for_url(f"**/domains/{NAME}/start/")
    picture(page, f"3-no-inbox-{tag}")
    assert page.locator(".note.warn a[href='/acme/settings/inboxes/new/']").count() == 1

    (smtp,) = free_ports(1)
    made.go("/acme/settings/inboxes/new/smtp")
    page.evaluate("document.querySelectorAll('form details').forEach((each) => { each.open = true })")
    page.fill("[name=hostname]", HOST)
    page.fill("[name=port]", str(smtp))
    page.click("form .btn.main")
    page.wait_for_url("**/settings/inboxes/*/")

    made.go(f"/acme/domains/{NAME}/start/")
    picture(page, f"4-records-{tag}")
    assert barriers(page, axe) == []
    shown = records(page)
    address = re.search(r"mailto:([a-z0-9]+@in\.reports\.test)", shown[f"_dmarc.{NAME}"])
    assert address is not None
    assert shown == {
        f"_dmarc.{NAME}": f"v=DMARC1; p=none; rua=mailto:old@example.test,mailto:{address[1]}",
        f"{NAME}._report._dmarc.{HOST}": "v=DMARC1",
    }
    assert page.locator("ol.steps").get_attribute("data-now") == "2"

    publish(port, f"{NAME}.", f"_dmarc.{NAME}.", "TXT", f'"{shown[f"_dmarc.{NAME}"]}"')
    page.wait_for_selector(f"[data-record='_dmarc.{NAME}'][data-state=yes]", timeout=60_000)
    assert page.locator("ol.steps").get_attribute("data-now") == "2"
    publish(port, "reports.test.", f"{NAME}._report._dmarc.{HOST}.", "TXT", '"v=DMARC1"')
    page.wait_for_selector("ol.steps[data-now='3']", timeout=60_000)
    picture(page, f"5-waiting-{tag}")
    assert wide(page)

    send(smtp, address[1], report_mail(report_xml(1, [record("192.0.2.1", 41, domain=NAME)], domain=NAME, day=yesterday())))
    page.wait_for_selector("ol.steps[data-now='4']", timeout=60_000)
    picture(page, f"6-arrived-{tag}")
    assert wide(page)
    assert barriers(page, axe) == []
    page.click("ol.steps li:last-child a >> nth=0")
    page.wait_for_url(f"**/domains/{NAME}/*")
    assert "41" in page.locator("main").inner_text()
    made.go("/acme/overview")
    assert page.locator("ol.steps").count() == 0
    assert not made.complaints


@pytest.fixture
def wide() -> Callable[[Page], bool]:
    """Whether a page fits the width of the screen."""
    return lambda page: bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_name_server_that_is_gone_leaves_everything_unknown(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "word").write_text("long-password-1\n")
    sekisho(home, ["org", "add", "acme"], check=True)
    sekisho(home, ["user", "add", "demo@example.jp", "--password-file", tmp_path / "word"], check=True)
    sekisho(home, ["domain", "add", NAME], check=True)
    (smtp, closed) = free_ports(2)
    sekisho(home, ["inbox", "add", "smtp", "--set", f"hostname={HOST}", "--set", f"port={smtp}"], check=True)
    with Served(home, SEKISHO_DNS_SERVERS=f"127.0.0.1:{closed}") as served:
        made = open_page(browser, served, "en", 1440)
        made.go(f"/acme/domains/{NAME}/start/")
        text = made.page.locator("main").inner_text()
        picture(made.page, "7-unknown")
        assert "That does not mean" in text
        assert "Not yet there" not in text
        assert made.page.locator("[data-state=no]").count() == 0
