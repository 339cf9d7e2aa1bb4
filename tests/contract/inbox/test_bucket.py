"""What buckets alone have: keys in no order of time, pages, keys that are no paths, wrong keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from sekisho.ingest.bucket import BucketInbox
from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After, Bounds
from sekisho.ingest.pull import Pull
from tests.contract.inbox.boxes import BucketBox
from tests.contract.inbox.shelf import Shelf
from tests.contract.inbox.test_contract import drain, mail


@pytest.fixture
def box(moto: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BucketBox]:
    """A bucket of its own."""
    made = BucketBox(moto, tmp_path_factory.mktemp("own").name)
    yield made
    made.close()


def test_more_than_a_page_is_listed_and_deleted(box: BucketBox, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sekisho.ingest.bucket.PAGE", 10)
    for n in range(35):
        box.s3.put_object(Bucket=box.config.bucket, Key=f"{n:04}", Body=mail(n))
    with box.open(After.DELETE) as inbox:
        drain(inbox, shelf)
    assert sorted(shelf.kept) == sorted(mail(n) for n in range(35))
    assert box.state() == {}


def test_a_key_that_sorts_before_the_last_one_is_not_missed(box: BucketBox, shelf: Shelf) -> None:
    with box.open(After.LEAVE) as inbox:
        pull = Pull()
        for key in ("m", "z", "a", "b"):
            box.s3.put_object(Bucket=box.config.bucket, Key=key, Body=key.encode())
            drain(inbox, shelf, pull)
    assert shelf.kept == [b"m", b"z", b"a", b"b"]


def test_only_keys_below_the_prefix_are_taken_and_folders_are_none(box: BucketBox, shelf: Shelf) -> None:
    for key in ("in/", "in/a", "other/b", "in/sub/c"):
        box.s3.put_object(Bucket=box.config.bucket, Key=key, Body=key.encode())
    with BucketInbox(replace(box.config, prefix="in/")) as inbox:
        drain(inbox, shelf)
    assert sorted(shelf.kept) == [b"in/a", b"in/sub/c"]


def test_a_key_that_http_would_rewrite_is_refused(box: BucketBox, shelf: Shelf) -> None:
    for key in ("a/../b", "good"):
        box.s3.put_object(Bucket=box.config.bucket, Key=key, Body=b"x")
    with box.open(After.DELETE) as inbox:
        drain(inbox, shelf)
    assert shelf.kept == [b"x"]
    assert [r.name for r in shelf.refused] == ["a/../b"]


def test_a_missing_bucket_is_named(box: BucketBox) -> None:
    with (
        BucketInbox(replace(box.config, bucket="no-such-bucket")) as inbox,
        pytest.raises(IngestError, match="no-such-bucket") as caught,
    ):
        inbox.fetch("", Bounds())
    assert caught.value.trouble is Trouble.NO_FOLDER
