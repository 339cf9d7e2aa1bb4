"""From a receiver's report to a person who acts: the alert's mail lies in a mailbox, and its link leads Chromium to the button."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Visit, begin
from tests.builders import report_mail
from tests.cli.run import sekisho
from tests.cli.served import Served, add_inbox, rows, until
from tests.contract.inbox.conftest import certificate, dovecot, public_root  # noqa: F401 - fixtures
from tests.contract.inbox.servers.dovecot import PASSWORD, Dovecot
from tests.contract.inbox.servers.postfix import Postfix
from tests.journey.alarms import burst, mails, postfix, quiet  # noqa: F401 - a fixture
from tests.journey.sources import send

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
SECRET = "long-password-of-alice-1"
PATIENCE_S = 120
"""The longest wait for something that must come; on an idle machine a mail takes seconds."""
TITLE = "example.jp を名乗る不審なメールが急増しています"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Visit]:
    """A person's phone, not yet pointed anywhere; a complaint of any page fails the test."""
    made = begin(browser, "http://127.0.0.1:1", width=390, height=844, language="ja", scheme="light")
    yield made
    made.page.context.close()
    assert not made.complaints, "\n".join(made.complaints)


def prepare(home: Path, person: str, box: str, dovecot: Dovecot) -> None:  # noqa: F811
    """An organisation with three quiet weeks, one person, and the mailbox that receivers report to."""
    (home.parent / "word").write_text(SECRET)
    (home.parent / "key").write_text(PASSWORD)
    sekisho(home, ["org", "add", "acme", "--title", "Acme", "--language", "ja"], check=True)
    sekisho(home, ["domain", "add", "example.jp"], check=True)
    sekisho(home, ["user", "add", person, "--password-file", home.parent / "word"], check=True)
    quiet(home.parent / "quiet", int(time.time()) // 86400)
    sekisho(home, ["ingest", home.parent / "quiet"], check=True)
    values = {"host": "localhost", "port": dovecot.imaps, "user": box, "ca_file": dovecot.ca, "poll_s": 1}
    add_inbox(home, "imap", values, "--secret-file", f"password={home.parent / 'key'}")


def open_mail(page: Page, html: str) -> None:
    """Shows the mail as a mail program does, and follows its one button."""
    page.set_content(html)
    assert TITLE in page.inner_text("h1")
    page.get_by_role("link", name="確認して対応する").click()


def test_a_person_opens_the_link_in_the_mail_and_takes_the_alert_in_hand(
    tmp_path: Path,
    dovecot: Dovecot,  # noqa: F811
    postfix: Postfix,  # noqa: F811
    phone: Visit,
) -> None:
    home, person, box = tmp_path / "home", dovecot.user(), dovecot.user()
    prepare(home, person, box, dovecot)
    server = Served(home)
    phone.address = f"http://127.0.0.1:{server.port}"
    (home / "sekisho.toml").write_text(
        f'mail_url = "smtp://127.0.0.1:{postfix.port}"\nmail_from = "関所 <sekisho@example.test>"\npublic_url = "{phone.address}"\n'
    )
    with server:
        send(postfix.port, report_mail(burst(100, int(time.time()) // 86400 - 1)), box)
        until(lambda: bool(mails(person, dovecot.imap)), seconds=PATIENCE_S)
        (mail,) = mails(person, dovecot.imap)
        html = mail.get_body(("html",))
        assert html is not None

        page = phone.page
        open_mail(page, html.get_content())
        page.wait_for_url(re.compile(r"/accounts/login/\?next="))
        page.fill("input[name=login]", person)
        page.fill("input[name=password]", SECRET)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"^[^?]+/acme/alerts/\d+/$"))
        page.get_by_role("heading", level=1, name=TITLE).wait_for()
        page.wait_for_load_state()
        assert page.locator(".banner").count() == 1, "it stands on every page while nobody has it"

        page.get_by_role("button", name="対応を始める").click()
        page.get_by_text("対応を始めました。").wait_for()
        page.wait_for_load_state()
        assert page.locator(".banner").count() == 0, "somebody has it"
        assert page.get_by_role("button", name="対応を始める").count() == 0
        assert f"対応中 · {person}" in page.inner_text("main")
        assert rows(home, "SELECT state FROM registry_alert") == [("in_hand",)]

        phone.go("/acme/settings/audit/")
        (line,) = page.locator("tr", has_text="警告への対応").all()
        assert person in line.inner_text()
        assert "example.jp" in line.inner_text()
