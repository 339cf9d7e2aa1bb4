"""What IMAP alone has: UIDVALIDITY, IDLE, folders, other sessions, large mailboxes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sekisho.ingest.config import Tls
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.imap import ImapConfig, ImapInbox
from sekisho.ingest.inbox import After, Bounds, Step
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import ImapBox
from tests.contract.inbox.servers.dovecot import Dovecot
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, eventually, fill, mail, take_with_a_cut


@pytest.fixture
def box(dovecot: Dovecot) -> Iterator[ImapBox]:
    """A mailbox of its own."""
    made = ImapBox(dovecot)
    yield made
    made.close()


def test_a_new_uidvalidity_starts_from_the_beginning(box: ImapBox, shelf: Shelf, dovecot: Dovecot) -> None:
    mails = fill(box, 3)
    with box.open(After.LEAVE) as inbox:
        pull = drain(inbox, shelf)
    before = pull.cursor
    dovecot.renumber(box.user)
    box.put(mail(3))
    with box.open(After.LEAVE) as inbox:
        drain(inbox, shelf, pull)
    assert pull.cursor.partition(":")[0] != before.partition(":")[0]
    assert sorted(shelf.kept) == sorted([*mails * 2, mail(3)])


def test_uids_of_an_older_validity_are_not_settled(box: ImapBox, dovecot: Dovecot) -> None:
    fill(box, 2)
    with box.open(After.DELETE) as inbox:
        handles = [d.handle for d in inbox.fetch("", Bounds()).deliveries]
    dovecot.renumber(box.user)
    with box.open(After.DELETE) as inbox:
        inbox.settle(handles)
    assert box.state().total() == 2


def test_a_mail_read_by_a_person_first_is_not_taken_for_one_of_ours(box: ImapBox, shelf: Shelf) -> None:
    fill(box, 2)
    with box.client() as client:
        client.select("INBOX")
        client.uid("STORE", "1", "+FLAGS", r"(\Seen)")
    with box.open(After.FLAG) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(0), mail(1)]


def test_flagged_mails_are_not_taken_again_without_a_cursor(box: ImapBox, shelf: Shelf) -> None:
    fill(box, 2)
    for _ in range(2):
        with box.open(After.FLAG) as inbox:
            drain(inbox, shelf)
    assert len(shelf.kept) == 2


@pytest.mark.parametrize("tls", [Tls.NONE, Tls.TLS])
def test_idle_tells_within_seconds(dovecot: Dovecot, tls: Tls) -> None:
    box = ImapBox(dovecot, tls)
    with box.open(After.LEAVE) as inbox:
        cursor = inbox.fetch("", Bounds()).cursor
        assert inbox.wait(0.2) is False
        box.put(mail(1))
        start = time.monotonic()
        assert inbox.wait(120) is True
        assert time.monotonic() - start < 60
        assert len(inbox.fetch(cursor, Bounds()).deliveries) == 1
        assert inbox.wait(0.1) is False
    box.close()


def test_a_session_that_is_cut_while_idle_is_trouble_and_then_goes_on(box: ImapBox, dovecot: Dovecot) -> None:
    with box.open(After.LEAVE) as inbox:
        cursor = inbox.fetch("", Bounds()).cursor
        inbox.wait(0.1)
        dovecot.kick(box.user)
        with pytest.raises(IngestError) as caught:
            eventually(lambda: inbox.wait(0.5))
        assert caught.value.trouble is Trouble.CUT_OFF
        box.put(mail(1))
        assert len(inbox.fetch(cursor, Bounds()).deliveries) == 1


def test_a_wrong_password_is_permanent_and_says_so(box: ImapBox) -> None:
    with ImapInbox(replace(box.config, password="wrong")) as inbox:
        with pytest.raises(IngestError, match="password") as caught:
            inbox.fetch("", Bounds())
        assert caught.value.permanent
        assert "wrong" not in str(caught.value)
    probes = ImapInbox(replace(box.config, password="wrong")).test()
    assert [(p.step, p.ok) for p in probes] == [(Step.CONNECT, True), (Step.SIGN_IN, False)]


def test_a_missing_folder_is_named(box: ImapBox) -> None:
    with (
        ImapInbox(replace(box.config, folder="Berichte/2026")) as inbox,
        pytest.raises(IngestError, match="Berichte/2026") as caught,
    ):
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.NO_FOLDER


def test_an_unknown_authority_is_not_trusted(dovecot: Dovecot) -> None:
    config = ImapConfig("127.0.0.1", "a@rcpt.test", "x", port=dovecot.imaps)
    with ImapInbox(config) as inbox, pytest.raises(IngestError) as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.TLS
    assert [p.step for p in ImapInbox(config).test()] == [Step.TLS]


@pytest.mark.parametrize("tls", [Tls.TLS, Tls.STARTTLS])
@pytest.mark.parametrize("passed", [0, 300, 5000, 40_000])
def test_an_encrypted_connection_is_read_and_may_be_cut(dovecot: Dovecot, shelf: Shelf, tls: Tls, passed: int) -> None:
    box = ImapBox(dovecot, tls)
    assert all(p.ok for p in box.open(After.FLAG).test())
    take_with_a_cut(box, shelf, passed)
    box.close()


def test_a_folder_with_a_japanese_name_is_read(box: ImapBox, shelf: Shelf) -> None:
    with box.open(After.LEAVE) as inbox:
        inbox.fetch("", Bounds())
        client = inbox._client
        assert client is not None
        client.create_folder("DMARCレポート")
        client.append("DMARCレポート", mail(7))
    with ImapInbox(replace(box.config, folder="DMARCレポート", after=After.LEAVE)) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(7)]


def test_mails_that_another_session_removes_meanwhile_are_passed_over(box: ImapBox, shelf: Shelf) -> None:
    fill(box, 4)
    with box.open(After.FLAG) as inbox:
        pull = Pull(bounds=Bounds(count=1))
        pull.once(inbox, shelf.keep)
        with box.client() as client:
            client.select("INBOX")
            client.uid("STORE", "2:3", "+FLAGS", r"(\Deleted)")
            client.expunge()
        drain(inbox, shelf, pull)
    assert shelf.kept == [mail(0), mail(3)]


def test_gaps_of_millions_of_uids_are_crossed(box: ImapBox, shelf: Shelf, dovecot: Dovecot) -> None:
    fill(box, 1)
    dovecot.next_uid(box.user, 3_000_000_000)
    box.put(mail(1))
    with box.open(After.LEAVE) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(0), mail(1)]
