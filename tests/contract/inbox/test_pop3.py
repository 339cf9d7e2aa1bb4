"""What POP3 alone has: sessions that lock, ids that must be found again, large mailboxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sekisho.ingest.config import Tls
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Bounds, Step
from sekisho.ingest.pop3 import Pop3Inbox
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import Pop3Box
from tests.contract.inbox.servers.dovecot import Dovecot
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, fill, mail, take_with_a_cut


@pytest.fixture
def box(dovecot: Dovecot) -> Iterator[Pop3Box]:
    """A mailbox of its own."""
    made = Pop3Box(dovecot)
    yield made
    made.close()


def test_a_wrong_password_is_permanent(box: Pop3Box) -> None:
    wrong = replace(box.pop3, password="wrong")
    with Pop3Inbox(wrong) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.SIGN_IN
    assert [(p.step, p.ok) for p in Pop3Inbox(wrong).test()] == [(Step.CONNECT, True), (Step.SIGN_IN, False)]


@pytest.mark.parametrize("tls", [Tls.TLS, Tls.STARTTLS])
@pytest.mark.parametrize("passed", [0, 300, 40_000])
def test_an_encrypted_connection_is_read_and_may_be_cut(dovecot: Dovecot, shelf: Shelf, tls: Tls, passed: int) -> None:
    box = Pop3Box(dovecot, tls)
    assert all(p.ok for p in box.open(After.LEAVE).test())
    take_with_a_cut(box, shelf, passed)
    box.close()


def test_mails_removed_by_another_program_do_not_shift_the_place(box: Pop3Box, shelf: Shelf) -> None:
    fill(box, 6)
    with box.open(After.LEAVE) as inbox:
        pull = Pull(bounds=Bounds(count=4))
        pull.once(inbox, shelf.keep)
    with box.client() as client:
        client.select("INBOX")
        client.uid("STORE", "1:2", "+FLAGS", r"(\Deleted)")
        client.expunge()
    with box.open(After.LEAVE) as inbox:
        drain(inbox, shelf, pull)
    assert shelf.kept == [mail(n) for n in range(6)]


def test_long_lines_and_dots_come_unaltered(box: Pop3Box, shelf: Shelf) -> None:
    data = b"Subject: x\r\n\r\n.\r\n..dots\r\n" + b"y" * 100_000 + b"\r\nbare\rreturn\r\n"
    box.put(data)
    with box.open(After.LEAVE) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [data]


def test_the_mailbox_is_free_for_others_while_we_wait(box: Pop3Box, shelf: Shelf) -> None:
    fill(box, 1)
    with box.open(After.DELETE) as inbox, box.open(After.DELETE) as other:
        pull = Pull()
        pull.once(inbox, shelf.keep)
        assert other.fetch("", Bounds()).deliveries == ()
