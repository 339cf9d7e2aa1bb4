"""The contract of every intake: nothing is lost, nothing is touched too early, and every mail comes once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest

from sekisho.ingest.errors import IngestError
from sekisho.ingest.inbox import After, Bounds, Inbox
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import DONE, HERE, MARKED, Box, BucketBox
from tests.contract.inbox.shelf import Full, Shelf

AFTERS = {After.LEAVE: HERE, After.FLAG: MARKED, After.MOVE: DONE, After.DELETE: ""}
HOSTILE = (
    b"",
    b"\x00" * 1000,
    b"\xff\xfe\x00\r\nFrom nowhere\r\n.\r\n..\r\n",
    b"Subject: =?x?q?" + b"=" * 100_000 + b"\r\n\r\n",
    b")\r\n* BYE\r\nA1 OK done {5}\r\n",
)


def mail(number: int, size: int = 0) -> bytes:
    """A small mail that can be told from others."""
    return b"From: reporter@example.test\r\nSubject: report %d\r\n\r\n" % number + b"x" * size + b"\r\n"


def fill(box: Box, count: int) -> list[bytes]:
    """Delivers so many mails."""
    mails = [mail(n) for n in range(count)]
    for data in mails:
        box.put(data)
    return mails


def drain(inbox: Inbox, shelf: Shelf, pull: Pull | None = None, rounds: int = 1000) -> Pull:
    """Takes all that waits."""
    pull = pull or Pull()
    for _ in range(rounds):
        batch = pull.once(inbox, shelf.keep)
        if not batch.left and not batch.deliveries and not batch.refused:
            return pull
    raise AssertionError("it never ends")


def take_with_a_cut(box: Box, shelf: Shelf, passed: int) -> None:
    """Takes 40 mails while the connection is cut after so many bytes: one trouble, and nothing is lost."""
    assert box.wire is not None
    mails = [mail(n, 3000) for n in range(40)]
    for data in mails:
        box.put(data)
    pull = Pull(bounds=Bounds(count=10))
    cuts = 0
    with box.open(box.afters[0]) as inbox:
        box.wire.cut_after = passed
        for _ in range(60):
            try:
                batch = pull.once(inbox, shelf.keep)
            except IngestError as error:
                cuts += not error.permanent
                box.wire.cut_after = None
            else:
                if not (batch.deliveries or batch.left):
                    break
    assert cuts == 1
    assert set(shelf.kept) == set(mails)


def eventually(claim: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether the claim comes true in time."""
    end = time.monotonic() + seconds
    while not (true := claim()) and time.monotonic() < end:
        time.sleep(0.05)
    return true


def test_every_mail_comes_once_and_the_oldest_first(box: Box, shelf: Shelf) -> None:
    mails = fill(box, 7)
    with box.open(box.afters[0]) as inbox:
        pull = drain(inbox, shelf, Pull(bounds=Bounds(count=3)))
        box.put(mail(7))
        drain(inbox, shelf, pull)
    assert sorted(shelf.kept) == sorted([*mails, mail(7)])
    if box.orders:
        assert shelf.kept == [*mails, mail(7)]


@pytest.mark.parametrize("after", After)
def test_a_stored_mail_is_left_marked_moved_or_deleted(box: Box, shelf: Shelf, after: After) -> None:
    if after not in box.afters:
        pytest.skip("this kind cannot do it")
    fill(box, 3)
    with box.open(after) as inbox:
        drain(inbox, shelf)
    assert len(shelf.kept) == 3
    assert box.state() == +Counter({AFTERS[after]: 3 if AFTERS[after] else 0})


def test_fetching_changes_nothing(box: Box) -> None:
    fill(box, 3)
    with box.open(box.afters[0]) as inbox:
        assert len(inbox.fetch("", Bounds()).deliveries) == 3
    assert box.state() == Counter({HERE: 3})


def test_a_store_that_refuses_leaves_the_mailbox_untouched(box: Box, shelf: Shelf) -> None:
    mails = fill(box, 3)
    shelf.refuses = True
    with box.open(box.afters[0]) as inbox:
        pull = Pull()
        for _ in range(2):
            with pytest.raises(Full):
                pull.once(inbox, shelf.keep)
        assert box.state() == Counter({HERE: 3})
        shelf.refuses = False
        drain(inbox, shelf, pull)
    assert sorted(shelf.kept) == sorted(mails)


def test_killed_between_storing_and_settling_nothing_is_lost(box: Box, shelf: Shelf) -> None:
    mails = fill(box, 6)
    after = box.afters[0]
    with box.open(after) as inbox:
        shelf.keep(inbox.fetch("", Bounds(count=4)))
    with box.open(after) as inbox:
        drain(inbox, shelf)
    assert set(shelf.kept) == set(mails)
    assert box.state() == +Counter({AFTERS[after]: 6 if AFTERS[after] else 0})


@pytest.mark.parametrize("after", After)
def test_a_new_process_goes_on_where_the_last_one_stopped(box: Box, shelf: Shelf, after: After) -> None:
    if after not in box.afters:
        pytest.skip("this kind cannot do it")
    mails = fill(box, 5)
    with box.open(after) as inbox:
        pull = Pull(bounds=Bounds(count=2))
        pull.once(inbox, shelf.keep)
    box.put(mail(5))
    with box.open(after) as inbox:
        drain(inbox, shelf, Pull(pull.cursor))
    assert sorted(shelf.kept) == sorted([*mails, mail(5)])


def test_a_batch_is_bounded_in_bytes(box: Box) -> None:
    for n in range(4):
        box.put(mail(n, 50_000))
    with box.open(box.afters[0]) as inbox:
        batch = inbox.fetch("", Bounds(batch_bytes=120_000))
        assert len(batch.deliveries) == 2
        assert batch.left
        assert len(inbox.fetch(batch.cursor, Bounds(batch_bytes=10)).deliveries) == 1


def test_a_mail_that_is_too_large_is_refused_and_stays_while_others_come(box: Box, shelf: Shelf) -> None:
    for n, size in enumerate((10, 90_000, 10)):
        box.put(mail(n, size))
    with box.open(box.afters[0]) as inbox:
        drain(inbox, shelf, Pull(bounds=Bounds(mail_bytes=50_000)))
    assert sorted(shelf.kept) == [mail(0, 10), mail(2, 10)]
    assert ["larger than" in r.reason for r in shelf.refused] == [True]
    assert box.state()[HERE] >= 1


def test_hostile_mails_come_as_they_are_between_good_ones(box: Box, shelf: Shelf) -> None:
    mails = [mail(1), *HOSTILE, mail(2)]
    for data in mails:
        box.put(data)
    with box.open(box.afters[0]) as inbox:
        drain(inbox, shelf)
    assert sorted(shelf.kept) == sorted(map(box.comes, mails))


def test_settling_twice_or_what_has_gone_changes_nothing(box: Box) -> None:
    fill(box, 2)
    with box.open(box.afters[-1]) as inbox:
        handles = [d.handle for d in inbox.fetch("", Bounds()).deliveries]
        inbox.settle(handles)
        state = box.state()
        inbox.settle(handles)
    with box.open(box.afters[-1]) as inbox:
        inbox.settle([])
    assert box.state() == state


def test_the_same_mail_twice_comes_twice(box: Box, shelf: Shelf) -> None:
    box.put(mail(1))
    box.put(mail(1))
    with box.open(box.afters[0]) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [mail(1)] * 2


def test_an_empty_mailbox_gives_nothing_and_keeps_its_cursor(box: Box) -> None:
    with box.open(box.afters[0]) as inbox:
        first = inbox.fetch("", Bounds())
        assert (first.deliveries, first.refused, first.left) == ((), (), 0)
        assert inbox.fetch(first.cursor, Bounds()).cursor == first.cursor


def test_waiting_ends_when_a_mail_comes(box: Box) -> None:
    with box.open(box.afters[0]) as inbox:
        cursor = inbox.fetch("", Bounds()).cursor
        later = threading.Timer(0.3, box.put, [mail(1)])
        later.start()
        found = []

        def comes() -> bool:
            if inbox.wait(0.2):
                found.extend(inbox.fetch(cursor, Bounds()).deliveries)
            return bool(found)

        assert eventually(comes)
        later.join()
    assert [d.data for d in found] == [mail(1)]


def test_the_test_of_a_good_configuration_passes_and_changes_nothing(box: Box) -> None:
    fill(box, 2)
    for after in box.afters:
        probes = box.open(after).test()
        assert [p for p in probes if not p.ok] == []
    assert box.state() == Counter({HERE: 2})


@pytest.mark.parametrize("passed", [0, 300, 2000, 20_000, 100_000])
def test_a_connection_cut_in_the_middle_loses_nothing(box: Box, shelf: Shelf, passed: int) -> None:
    if box.wire is None:
        pytest.skip("no connection to cut")
    take_with_a_cut(box, shelf, passed)


def test_a_cut_while_settling_settles_later(box: Box, shelf: Shelf) -> None:
    if box.wire is None or box.afters[0] is After.LEAVE:
        pytest.skip("no connection to cut")
    fill(box, 3)
    pull = Pull()

    def keep_and_cut(batch: object) -> None:
        shelf.keep(batch)  # type: ignore[arg-type]
        box.wire.cut_after = 0  # type: ignore[union-attr]

    with box.open(box.afters[0]) as inbox:
        with pytest.raises(IngestError):
            pull.once(inbox, keep_and_cut)
        box.wire.cut_after = None
        drain(inbox, shelf, pull)
    assert len(shelf.kept) == 3
    assert box.state() == +Counter({AFTERS[box.afters[0]]: 3 if AFTERS[box.afters[0]] else 0})


def test_a_server_that_does_not_answer_is_trouble_in_words(box: Box) -> None:
    if box.wire is None:
        pytest.skip("no server")
    box.wire.close()
    box.wire.cut_after = 0
    with box.open(box.afters[0]) as inbox:
        with pytest.raises(IngestError) as caught:
            inbox.fetch("", Bounds())
        assert not caught.value.permanent
        with suppress(IngestError):
            inbox.wait(0)
    assert [p.ok for p in box.open(box.afters[0]).test()][-1] is False


@pytest.mark.slow
def test_thousands_of_mails_come_once_and_are_settled(box: Box, shelf: Shelf) -> None:
    count = 1_000 if isinstance(box, BucketBox) else 10_000  # the S3 server is slow, not we
    mails = fill(box, count)
    after = box.afters[-1]
    with box.open(after) as inbox:
        drain(inbox, shelf)
    assert sorted(shelf.kept) == sorted(mails)
    assert box.state() == +Counter({AFTERS[after]: count if AFTERS[after] else 0})
