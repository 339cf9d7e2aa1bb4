"""Mails to a real mail server and messages to a real web server; what they refuse, and for how long."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from sekisho.alerts import mail, webhook
from sekisho.alerts.mail import MailServer
from sekisho.alerts.message import Attachment, Message, SendFailed
from sekisho.core.errors import SettingsError

MESSAGE = Message(
    "【警告】example.jp を名乗る\r\nBcc: evil@example.net",
    "本文です。\n" + "長" * 2000 + "\n",
    "<p>本文です。</p>",
    "http://127.0.0.1/acme/alerts/1/",
    {"type": "alert.surge", "title": "急増"},
    "alerts.acme.sekisho.example",
)


class Taker:
    """Takes mails, or answers RCPT as it is told."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.lines: list[bytes] = []
        self.answer = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.lines += envelope.content.split(b"\r\n")
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture
def taker() -> Iterator[tuple[Taker, MailServer]]:
    handler = Taker()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, MailServer("127.0.0.1", port, "sekisho@sekisho.example", "関所")
    controller.stop()


def test_mail_arrives_whole_and_nothing_is_slipped_into_its_head(taker: tuple[Taker, MailServer]) -> None:
    handler, server = taker
    mail.send(server, "alice@example.jp", MESSAGE)
    (got,) = handler.mails
    assert got["Subject"] == "【警告】example.jp を名乗る Bcc: evil@example.net"
    assert got["Bcc"] is None
    assert (got["To"], got["Auto-Submitted"], got["List-Id"]) == (
        "alice@example.jp",
        "auto-generated",
        "<alerts.acme.sekisho.example>",
    )
    assert got["From"].addresses[0].display_name == "関所"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == MESSAGE.text
    assert html.get_content().strip() == MESSAGE.html
    assert max(map(len, handler.lines)) <= 998
    assert all(line.isascii() for line in handler.lines), "a server on the way need not know 8BITMIME"


def test_second_attempt_bears_the_same_name_and_another_mail_another(taker: tuple[Taker, MailServer]) -> None:
    handler, server = taker
    for number in ("a7", "a7", "b8", "", ""):
        mail.send(server, "alice@example.jp", MESSAGE, number=number)
    names = [got["Message-ID"] for got in handler.mails]
    assert names[0] == names[1] == "<a7@sekisho.example>"
    assert len(set(names)) == 4


def test_way_out_is_one_click_by_https_only(taker: tuple[Taker, MailServer]) -> None:
    handler, server = taker
    for url in ("https://sekisho.example/unsubscribe/x", "http://127.0.0.1:8025/unsubscribe/x"):
        mail.send(server, "alice@example.jp", replace(MESSAGE, unsubscribe=url))
    secure, plain = handler.mails
    assert (secure["List-Unsubscribe"], secure["List-Unsubscribe-Post"]) == (
        "<https://sekisho.example/unsubscribe/x>",
        "List-Unsubscribe=One-Click",
    )
    assert plain["List-Unsubscribe"] == "<http://127.0.0.1:8025/unsubscribe/x>"
    assert plain["List-Unsubscribe-Post"] is None


def test_file_goes_with_the_mail_whole(taker: tuple[Taker, MailServer]) -> None:
    handler, server = taker
    data = bytes(range(256)) * 500
    file = Attachment("sekisho-acme-2026-10-ja.pdf", "application/pdf", data)
    mail.send(server, "alice@example.jp", replace(MESSAGE, attachments=(file,)))
    (part,) = handler.mails[0].iter_attachments()
    assert (part.get_filename(), part.get_content_type(), part.get_content()) == (file.name, file.kind, data)
    assert handler.mails[0].get_body(("plain",)) is not None


@pytest.mark.parametrize(("answer", "permanent"), [("550 5.1.1 no such user", True), ("451 4.3.0 try later", False)])
def test_refusal_says_whether_it_is_for_good(taker: tuple[Taker, MailServer], answer: str, permanent: bool) -> None:
    handler, server = taker
    handler.answer = answer
    with pytest.raises(SendFailed, match=answer[:3]) as failed:
        mail.send(server, "alice@example.jp", MESSAGE)
    assert failed.value.permanent is permanent


def test_server_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(SendFailed) as failed:
        mail.send(MailServer("127.0.0.1", 1, "sekisho@sekisho.example"), "alice@example.jp", MESSAGE)
    assert not failed.value.permanent


def test_password_is_not_sent_in_the_open(taker: tuple[Taker, MailServer]) -> None:
    _, server = taker
    open_server = MailServer(server.host, server.port, server.sender, user="u", password="secret")
    with pytest.raises(SendFailed, match="no encryption") as failed:
        mail.send(open_server, "alice@example.jp", MESSAGE)
    assert failed.value.permanent
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize("url", ["http://x", "smtp://", "smtp://host:port", "smtp:host"])
def test_settings_that_cannot_be_are_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="SEKISHO_MAIL_URL"):
        MailServer.from_settings(url, "sekisho@example.jp")


def test_settings_name_server_and_sender() -> None:
    found = MailServer.from_settings("smtps://us%40er:p%2Fw@mail.example.jp", "関所 <sekisho@example.jp>")
    assert found == MailServer("mail.example.jp", 465, "sekisho@example.jp", "関所", "us@er", "p/w", is_tls=True)
    assert MailServer.from_settings("", "sekisho@example.jp") is None


class Hook(BaseHTTPRequestHandler):
    """A receiver of messages."""

    status = 204
    got: list[tuple[dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Quiet."""


@pytest.fixture
def hook() -> Iterator[str]:
    Hook.got, Hook.status = [], 204
    server = HTTPServer(("127.0.0.1", 0), Hook)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook"
    server.shutdown()
    server.server_close()
    thread.join()


KEY = "whsec_" + base64.b64encode(b"k" * 24).decode()


def test_message_is_signed_so_that_a_receiver_can_check_it(hook: str) -> None:
    webhook.send(hook, KEY, MESSAGE, number="notice_7", at=1_780_000_000, only_public=False)
    ((head, body),) = Hook.got
    assert json.loads(body) == MESSAGE.data
    signed = b"notice_7.1780000000." + body
    expected = base64.b64encode(hmac.new(b"k" * 24, signed, hashlib.sha256).digest()).decode()
    assert (head["webhook-id"], head["webhook-timestamp"], head["webhook-signature"]) == (
        "notice_7",
        "1780000000",
        f"v1,{expected}",
    )


@pytest.mark.parametrize(("status", "permanent"), [(410, True), (404, True), (500, False), (429, False), (302, False)])
def test_answer_says_whether_it_is_for_good(hook: str, status: int, permanent: bool) -> None:
    Hook.status = status
    with pytest.raises(SendFailed, match=str(status)) as failed:
        webhook.send(hook, KEY, MESSAGE, number="n", at=1, only_public=False)
    assert failed.value.permanent is permanent


def test_address_of_a_tenant_does_not_reach_this_machine(hook: str) -> None:
    with pytest.raises(SendFailed):
        webhook.send(hook, KEY, MESSAGE, number="n", at=1, only_public=True)
    assert Hook.got == []
