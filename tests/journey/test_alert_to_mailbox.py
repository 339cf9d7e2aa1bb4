"""From a report file to a person's mailbox and back: taken in, judged, warned of, mailed by a real mail server, taken in hand."""

from __future__ import annotations

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.run import sekisho
from tests.cli.served import Served, rows, until
from tests.contract.inbox.conftest import certificate, dovecot, public_root  # noqa: F401 - fixtures
from tests.contract.inbox.servers.dovecot import Dovecot
from tests.contract.inbox.servers.postfix import Postfix
from tests.journey.alarms import burst, mails, postfix, quiet  # noqa: F401 - a fixture

pytestmark = pytest.mark.slow
SECRET = "long-password-of-alice-1"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
QUIET_S = 12
"""So long no second mail may come; the server looks every five seconds."""


class Person:
    """Alice: her mailbox, and her browser without script."""

    def __init__(self, address: str, imap: int, base: str) -> None:
        self.address, self._imap, self._base = address, imap, base
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def mails(self) -> list[EmailMessage]:
        """What is in the INBOX."""
        return mails(self.address, self._imap)

    def get(self, url: str) -> str:
        """A page."""
        with self._browser.open(urllib.parse.urljoin(self._base, url), timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, url: str, page: str, **values: str) -> str:
        """A form of a page, sent; the page it leads to."""
        found = TOKEN.search(page)
        assert found is not None
        whole = urllib.parse.urljoin(self._base, url)
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1], **values}).encode()
        request = urllib.request.Request(whole, data, {"Referer": whole})  # noqa: S310 - our own server
        with self._browser.open(request, timeout=30) as answer:
            return str(answer.read().decode())

    def sign_in(self) -> None:
        """With address and password."""
        self.post("/accounts/login/", self.get("/accounts/login/"), login=self.address, password=SECRET)


def test_burst_reaches_a_mailbox_once_and_is_taken_in_hand(
    tmp_path: Path,
    dovecot: Dovecot,  # noqa: F811
    postfix: Postfix,  # noqa: F811
) -> None:
    home, address, today = tmp_path / "home", dovecot.user(), int(time.time()) // 86400
    (tmp_path / "word").write_text(SECRET)
    sekisho(home, ["org", "add", "acme", "--title", "Acme", "--language", "en"], check=True)
    sekisho(home, ["domain", "add", "example.jp"], check=True)
    sekisho(home, ["user", "add", address, "--password-file", tmp_path / "word"], check=True)
    quiet(tmp_path / "quiet", today)
    sekisho(home, ["ingest", tmp_path / "quiet"], check=True)
    server = Served(home)
    server_url = f"http://127.0.0.1:{server.port}"
    (home / "sekisho.toml").write_text(
        f'mail_url = "smtp://127.0.0.1:{postfix.port}"\nmail_from = "Sekisho <sekisho@example.test>"\npublic_url = "{server_url}"\n'
    )
    alice = Person(address, dovecot.imap, server_url)
    with server:
        (tmp_path / "burst.xml").write_bytes(burst(100, today - 1))
        sekisho(home, ["ingest", tmp_path / "burst.xml"], check=True)
        until(lambda: bool(alice.mails()))
        (mail,) = alice.mails()
        link = _looked_at(mail, address, server_url)

        alice.sign_in()
        page = alice.get(link)
        assert "Suspicious mail in the name of example.jp surges" in page
        assert address in page, "the page says who was told"
        alice.post(link + "act", page, what="take")
        assert rows(home, "SELECT state FROM registry_alert") == [("in_hand",)]
        assert "In hand" in alice.get(link)

        (tmp_path / "more.xml").write_bytes(burst(101, today - 1))
        sekisho(home, ["ingest", tmp_path / "more.xml"], check=True)
        until(lambda: rows(home, "SELECT messages FROM registry_alert") == [(600,)])
        time.sleep(QUIET_S)
        assert len(alice.mails()) == 1, "it is told once"

        sekisho(home, ["digest", "--kind", "weekly"], check=True)
        sekisho(home, ["digest", "--kind", "weekly"], check=True)
        until(lambda: len(alice.mails()) == 2)
        _ended(alice, alice.mails()[1])
        assert rows(home, "SELECT weekly, monthly FROM registry_wish") == [(0, 1)]
        time.sleep(QUIET_S)
        assert len(alice.mails()) == 2, "a week is told once, however often it is asked for"

        sekisho(home, ["digest", "--kind", "monthly"], check=True)
        until(lambda: len(alice.mails()) == 3)
        (report,) = alice.mails()[2].iter_attachments()
        assert report.get_content_type() == "application/pdf"
        assert report.get_content().startswith(b"%PDF")


def _looked_at(mail: EmailMessage, address: str, base: str) -> str:
    """Checks the mail as its reader sees it; the link in it."""
    assert mail["Subject"] == "[Alert] Suspicious mail in the name of example.jp surges"
    assert (mail["To"], mail["Auto-Submitted"]) == (address, "auto-generated")
    assert mail["List-Id"] == "<alerts.acme.example.test>"
    assert mail["List-Unsubscribe"].startswith(f"<{base}/unsubscribe/")
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    found = re.search(re.escape(base) + r"/acme/alerts/\d+/", text.get_content())
    assert found is not None
    for part in (text.get_content(), html.get_content()):
        assert found[0] in part
        assert "300 messages" in part
    assert "<img" not in html.get_content()
    return found[0]


def _ended(alice: Person, mail: EmailMessage) -> None:
    """The way out that a digest names: asks first, ends with one click, and needs nobody signed in."""
    assert mail["Subject"].startswith("[Weekly summary] Acme")
    stranger = urllib.request.build_opener()
    url = mail["List-Unsubscribe"].strip("<>")
    with stranger.open(url, timeout=30) as answer:
        assert "End these mails" in answer.read().decode()
    with stranger.open(url, b"List-Unsubscribe=One-Click", timeout=30) as answer:
        assert answer.status == 200
    assert alice.get("/acme/notifications/").count("checked") == 1
