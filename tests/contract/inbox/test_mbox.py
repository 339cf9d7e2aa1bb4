"""What mbox files alone have: locks, rewriting, mails that are still being written."""

from __future__ import annotations

import fcntl
import multiprocessing
from pathlib import Path

import pytest

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Bounds
from sekisho.ingest.mbox import MboxConfig, MboxInbox
from tests.contract.inbox.boxes import MboxBox
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, fill, mail


@pytest.fixture
def box(tmp_path: Path) -> MboxBox:
    """An empty file."""
    return MboxBox(tmp_path)


def _hold(path: str, held: object, done: object) -> None:
    with Path(path).open("ab") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        held.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_a_file_that_another_program_writes_to_is_left_until_later(box: MboxBox, shelf: Shelf) -> None:
    fill(box, 1)
    context = multiprocessing.get_context("fork")
    held, done = context.Event(), context.Event()
    writer = context.Process(target=_hold, args=(str(box.path), held, done))
    writer.start()
    assert held.wait(20)
    with box.open(After.LEAVE) as inbox:
        with pytest.raises(IngestError) as caught:
            inbox.fetch("", Bounds())
        assert caught.value.trouble is Trouble.BUSY
        done.set()
        writer.join()
        drain(inbox, shelf)
    assert shelf.kept == [mail(0)]


def test_a_lock_file_is_respected(box: MboxBox) -> None:
    fill(box, 1)
    Path(f"{box.path}.lock").touch()
    with box.open(After.LEAVE) as inbox, pytest.raises(IngestError, match="locked"):
        inbox.fetch("", Bounds())


def test_a_rewritten_file_is_read_from_the_beginning(box: MboxBox, shelf: Shelf) -> None:
    fill(box, 5)
    with box.open(After.LEAVE) as inbox:
        pull = drain(inbox, shelf)
        text = box.path.read_bytes()
        box.path.write_bytes(text[text.index(b"From ", 10) :])  # somebody deleted the first mail
        box.put(mail(9))
        drain(inbox, shelf, pull)
    assert set(shelf.kept) == {mail(n) for n in (0, 1, 2, 3, 4, 9)}


def test_an_emptied_file_starts_again(box: MboxBox, shelf: Shelf) -> None:
    fill(box, 3)
    with box.open(After.LEAVE) as inbox:
        pull = drain(inbox, shelf)
        box.path.write_bytes(b"")
        assert pull.once(inbox, shelf.keep).deliveries == ()
        box.put(mail(7))
        drain(inbox, shelf, pull)
    assert shelf.kept[3:] == [mail(7)]


def test_the_last_mail_waits_while_the_file_is_young(box: MboxBox, shelf: Shelf) -> None:
    fill(box, 2)
    with MboxInbox(MboxConfig(str(box.path), quiet_s=1)) as inbox:
        batch = inbox.fetch("", Bounds())
        assert [d.data for d in batch.deliveries] == [mail(0)]
        assert inbox.wait(1) is True
        assert [d.data for d in inbox.fetch(batch.cursor, Bounds()).deliveries] == [mail(1)]


def test_another_kind_of_file_is_named_so(tmp_path: Path) -> None:
    path = tmp_path / "report.xml"
    path.write_bytes(b"<feedback/>")
    with MboxInbox(MboxConfig(str(path))) as inbox, pytest.raises(IngestError, match="no mbox file"):
        inbox.fetch("", Bounds())
    assert not MboxInbox(MboxConfig(str(path))).test()[-1].ok
    assert not MboxInbox(MboxConfig(str(tmp_path / "none"))).test()[-1].ok
