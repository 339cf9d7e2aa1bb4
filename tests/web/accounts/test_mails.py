"""What goes to people by mail: invitations by a real mail server, links for passwords and addresses; what it says and does."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client

from sekisho.alerts.mail import MailServer
from sekisho.registry.models import Member, Organisation, User

LINK = re.compile(r"http://\S+?(/\S+)")


class Taker:
    """A mail server that takes everything, or refuses all."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return self.answer


@pytest.fixture
def taker(settings: Any) -> Iterator[Taker]:
    """The mail server of the settings."""
    handler = Taker()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.MAIL = MailServer("127.0.0.1", port, "sekisho@sekisho.example", "Sekisho")
    yield handler
    controller.stop()


def invite(browser: Client) -> str:
    """Invites Dora; the page that follows."""
    form = {"email": "dora@example.jp", "role": "analyst"}
    return browser.post("/acme/settings/people/invite", form, follow=True).content.decode()


def test_an_invitation_goes_by_mail_in_the_language_of_the_organisation(
    client_alice: Client, store: object, taker: Taker, org: Organisation
) -> None:
    page = invite(client_alice)
    assert "invited by mail" in page
    assert "/invitations/" not in page.replace("/people/invitations/", ""), "the link is for the person alone"
    (sent,) = taker.mails
    assert sent["To"] == "dora@example.jp"
    assert "招待" in sent["Subject"]
    text = sent.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = sent.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "分析担当" in text
    found = LINK.search(text)
    assert found is not None
    assert found[0] in html
    guest = Client()
    guest.post(found[1], {"name": "Dora", "password": "a-long-password-7"})
    assert Member.objects.filter(organisation=org, user__email="dora@example.jp").exists()


def test_a_mail_that_is_refused_leaves_the_link_to_be_handed_over(client_alice: Client, store: object, taker: Taker) -> None:
    taker.answer = "554 no"
    page = invite(client_alice)
    assert "could not be sent" in page
    assert "/invitations/" in page


def test_names_slip_nothing_into_a_mail(client_alice: Client, alice: User, store: object, taker: Taker) -> None:
    alice.name = "<b>Alice</b>\r\nBcc: evil@example.net"
    alice.save()
    invite(client_alice)
    (sent,) = taker.mails
    assert sent["Bcc"] is None
    assert "<b>Alice" not in sent.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_a_forgotten_password_is_set_anew_once(alice: User, store: object) -> None:
    browser = Client(headers={"Accept-Language": "ja"})
    browser.post("/accounts/password/reset/", {"email": "alice@example.jp"})
    (sent,) = mail.outbox
    assert sent.subject == "[Sekisho] 新しいパスワードの設定"
    assert "1 回だけ" in sent.body
    found = LINK.search(sent.body)
    assert found is not None
    form = browser.get(found[1], follow=True)
    there = form.redirect_chain[-1][0]
    new = {"password1": "another-long-one-2", "password2": "another-long-one-2"}
    assert browser.post(there, new).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password("another-long-one-2")
    assert "no longer valid" in Client().get(found[1], follow=True).content.decode()


def test_nobody_learns_who_has_an_account(alice: User, store: object) -> None:
    pages = []
    for email in ("alice@example.jp", "nobody@example.jp"):
        answer = Client().post("/accounts/password/reset/", {"email": email}, follow=True)
        pages.append(re.sub(r'value="\w{64}"', "", answer.content.decode()))
    assert pages[0] == pages[1]
    assert [sent.to for sent in mail.outbox] == [["alice@example.jp"]], "strangers get no mail from us"


def test_an_address_changes_when_its_link_is_opened(alice: User, store: object) -> None:
    browser = Client()
    browser.post("/accounts/login/", {"login": alice.email, "password": "long-password-1"})
    browser.post("/accounts/reauthenticate/", {"password": "long-password-1"})
    browser.post("/accounts/email/", {"email": "alice@new.example", "action_add": ""})
    alice.refresh_from_db()
    assert alice.email == "alice@example.jp"
    assert "alice@new.example" in browser.get("/accounts/email/").content.decode()
    (sent,) = mail.outbox
    assert sent.to == ["alice@new.example"]
    found = LINK.search(sent.body)
    assert found is not None
    browser.post(found[1])
    alice.refresh_from_db()
    assert alice.email == "alice@new.example"
