"""What Maildirs and watched folders alone have: other programs at work in them, links, pipes, files still being written."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.folder import FolderConfig, FolderInbox
from sekisho.ingest.inbox import After, Bounds
from sekisho.ingest.maildir import MaildirConfig, MaildirInbox
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import FolderBox, MaildirBox
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, eventually, fill, mail


@pytest.fixture
def maildir(tmp_path: Path) -> MaildirBox:
    """An empty Maildir."""
    return MaildirBox(tmp_path)


@pytest.fixture
def folder(tmp_path: Path) -> FolderBox:
    """An empty watched folder."""
    return FolderBox(tmp_path)


def test_flags_that_were_there_are_kept_in_order(maildir: MaildirBox, shelf: Shelf) -> None:
    (maildir.root / "cur" / "1.a.host:2,FT").write_bytes(mail(1))
    with maildir.open(After.FLAG) as inbox:
        drain(inbox, shelf)
    assert os.listdir(maildir.root / "cur") == ["1.a.host:2,FST"]


def test_a_mail_that_a_reader_renames_meanwhile_is_still_settled(maildir: MaildirBox, shelf: Shelf) -> None:
    fill(maildir, 2)
    with maildir.open(After.DELETE) as inbox:
        batch = inbox.fetch("", Bounds())
        for name in os.listdir(maildir.root / "new"):
            (maildir.root / "new" / name).rename(maildir.root / "cur" / f"{name}:2,R")
        inbox.settle([d.handle for d in batch.deliveries])
    assert maildir.state() == {}


def test_deliveries_from_many_writers_at_once_all_come_once(maildir: MaildirBox, shelf: Shelf) -> None:
    def deliver(writer: int) -> None:
        for n in range(200):
            name = f"{int(time.time())}.M{n}P{writer}.host"
            (maildir.root / "tmp" / name).write_bytes(mail(writer * 1000 + n))
            (maildir.root / "tmp" / name).rename(maildir.root / "new" / name)

    writers = [threading.Thread(target=deliver, args=(n,)) for n in range(4)]
    for writer in writers:
        writer.start()
    pull = Pull(bounds=Bounds(count=17))
    with maildir.open(After.LEAVE) as inbox:
        while any(writer.is_alive() for writer in writers):
            pull.once(inbox, shelf.keep)
        drain(inbox, shelf, pull)
    assert len(shelf.kept) == 800
    assert set(shelf.kept) == {mail(w * 1000 + n) for w in range(4) for n in range(200)}


def test_a_missing_maildir_is_named(tmp_path: Path) -> None:
    with MaildirInbox(MaildirConfig(str(tmp_path / "none"))) as inbox, pytest.raises(IngestError, match="none") as caught:
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.NO_FOLDER


def test_links_and_pipes_are_not_followed(folder: FolderBox, shelf: Shelf, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("key")
    (folder.root / "link.eml").symlink_to(secret)
    os.mkfifo(folder.root / "pipe.eml")
    (folder.root / "sub").mkdir()
    (folder.root / ".hidden").write_bytes(b"half")
    folder.put(mail(1))
    with folder.open(After.MOVE) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(1)]
    assert secret.exists()


def test_names_of_any_bytes_are_moved_as_they_are(folder: FolderBox, shelf: Shelf) -> None:
    names = [b"\xff\xfe.eml", b"a\nb.eml", b"-rf.eml", "レポート:1.eml".encode()]
    for name in names:
        Path(os.fsdecode(os.fsencode(folder.root) + b"/" + name)).write_bytes(mail(1))
    with folder.open(After.MOVE) as inbox:
        pull = drain(inbox, shelf)
    assert sorted(os.listdir(os.fsencode(folder.root / "done"))) == sorted(names)
    pull.cursor.encode("ascii")


def test_a_file_of_the_same_name_does_not_replace_an_older_one(folder: FolderBox, shelf: Shelf) -> None:
    with folder.open(After.MOVE) as inbox:
        pull = Pull()
        for n in range(3):
            (folder.root / "report.xml").write_bytes(mail(n))
            drain(inbox, shelf, pull)
    assert sorted(p.read_bytes() for p in (folder.root / "done").iterdir()) == [mail(0), mail(1), mail(2)]


def test_a_file_that_is_being_written_waits(folder: FolderBox, shelf: Shelf) -> None:
    config = FolderConfig(str(folder.root), quiet_s=1)
    with FolderInbox(config) as inbox, (folder.root / "slow.eml").open("wb") as file:
        file.write(b"half ")
        file.flush()
        assert inbox.fetch("", Bounds()).deliveries == ()
        file.write(b"whole")
        file.flush()
        pull = Pull()
        assert eventually(lambda: inbox.wait(0.5) and bool(pull.once(inbox, shelf.keep).deliveries))
    assert shelf.kept == [b"half whole"]


def test_a_file_written_to_after_it_was_read_is_not_settled_but_read_again(folder: FolderBox, shelf: Shelf) -> None:
    path = folder.root / "report.eml"
    path.write_bytes(b"half ")
    with folder.open(After.DELETE) as inbox:
        batch = inbox.fetch("", Bounds())
        time.sleep(0.02)  # the next tick of the file system's clock
        path.write_bytes(b"half whole")
        inbox.settle([d.handle for d in batch.deliveries])
        drain(inbox, shelf, Pull(batch.cursor))
    assert shelf.kept == [b"half whole"]
    assert not path.exists()


def test_a_file_that_may_not_be_opened_is_refused_and_others_come(
    folder: FolderBox, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(folder, 3)
    real = os.open

    def locked(path: str, flags: int, *rest: int) -> int:
        if str(path).endswith("report-2.eml"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", locked)  # root, who runs tests in containers, may open everything
    with folder.open(After.LEAVE) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(0), mail(2)]
    assert [r.reason for r in shelf.refused] == ["cannot be opened: Permission denied"]


def test_an_error_while_reading_hands_everything_out_at_the_next_look(
    folder: FolderBox, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = fill(folder, 3)
    real = os.open

    def failing(path: str, flags: int, *rest: int) -> int:
        if str(path).endswith("report-3.eml"):
            raise OSError(5, "Input/output error")
        return real(path, flags, *rest)

    with folder.open(After.LEAVE) as inbox:
        with monkeypatch.context() as patched:
            patched.setattr(os, "open", failing)
            with pytest.raises(IngestError, match="Input/output"):
                inbox.fetch("", Bounds())
        drain(inbox, shelf)
    assert shelf.kept == mails
