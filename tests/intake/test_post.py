"""One inbox at work, over the fake mailbox that keeps the contract of the real ones."""

from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.utils import timezone

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.inbox import After
from sekisho.intake import post as post_module
from sekisho.intake.kinds import set_up
from sekisho.intake.post import Post
from sekisho.registry import inboxes
from sekisho.registry.models import Delivery, Inbox, Organisation
from tests.contract.inbox.boxes import DONE, HERE, MemoryBox, MemoryInbox


class Scripted(MemoryInbox):
    """The fake with troubles in store: each is raised once by the method it is for."""

    def __init__(self, box: MemoryBox, troubles: dict[str, list[Exception]], waits: list[object]) -> None:
        super().__init__(box, After.MOVE)
        self._troubles, self._waits = troubles, waits

    def _may_fail(self, name: str) -> None:
        if self._troubles.get(name):
            raise self._troubles[name].pop(0)

    def fetch(self, cursor: str, bounds: Any) -> Any:
        self._may_fail("fetch")
        return super().fetch(cursor, bounds)

    def settle(self, handles: Any) -> None:
        self._may_fail("settle")
        super().settle(handles)

    def wait(self, timeout_s: float) -> bool:
        self._waits.append(timeout_s)
        self._may_fail("wait")
        return True


class Stage:
    """A post over a scripted mailbox, which ends after so many waits."""

    def __init__(self, org: Organisation) -> None:
        self.box = MemoryBox()
        self.troubles: dict[str, list[Exception]] = {}
        self.waits: list[object] = []
        self.woken = 0
        self.is_held = False
        self.row = inboxes.add(org.pk, set_up("imap", "", {"host": "h", "user": "u", "password": "p"}))
        self.post = self.new_post()

    def new_post(self) -> Post:
        """As a new process makes it."""
        return Post(Inbox.objects.get(pk=self.row.pk), self.wake, lambda: self.is_held)

    def wake(self) -> None:
        self.woken += 1

    def turn(self) -> float:
        """A turn that yields at the first wait."""
        return self.post.turn(lambda: bool(self.waits), 8 << 20)

    @property
    def health(self) -> Inbox:
        return Inbox.objects.get(pk=self.row.pk)


@pytest.fixture
def stage(org: Organisation, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """An IMAP inbox whose mailbox is the fake."""
    made = Stage(org)

    def scripted(_config: object, _renewed: object, *, only_public: bool) -> Scripted:
        assert not only_public, "one organisation has the install"
        return Scripted(made.box, made.troubles, made.waits)

    monkeypatch.setattr(post_module, "open_inbox", scripted)
    return made


def test_mails_are_kept_and_then_settled(stage: Stage) -> None:
    for data in (b"one", b"two"):
        stage.box.put(data)
    stage.turn()
    assert stage.box.state() == {DONE: 2}
    assert list(Delivery.objects.values_list("door", "raw__data")) == [
        (f"inbox:{stage.row.pk}", b"one"),
        (f"inbox:{stage.row.pk}", b"two"),
    ]
    assert (stage.health.taken, stage.health.cursor, stage.health.trouble) == (2, "2", "")
    assert stage.health.looked_at is not None
    assert stage.woken == 1


def test_nothing_is_settled_that_is_not_kept(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    stage.box.put(b"one")
    with monkeypatch.context() as broken:
        broken.setattr(post_module.deliveries, "accept", full)
        assert stage.turn() > 0
    assert stage.box.state() == {HERE: 1}
    assert (stage.health.trouble, stage.health.cursor) == ("internal", "")
    stage.turn()
    assert stage.box.state() == {DONE: 1}
    assert stage.health.trouble == ""


def test_what_could_not_be_settled_is_settled_later_and_not_kept_again(stage: Stage) -> None:
    stage.box.put(b"one")
    stage.troubles["settle"] = [IngestError(Trouble.NOT_ALLOWED, "INBOX", "no")]
    stage.turn()
    assert (stage.health.trouble, stage.health.said) == ("not_allowed", "no")
    stage.turn()
    assert stage.box.state() == {DONE: 1}
    assert Delivery.objects.count() == 1


def test_a_new_process_that_finds_a_mail_unsettled_takes_it_again(stage: Stage) -> None:
    stage.box.put(b"one")
    stage.troubles["settle"] = [IngestError(Trouble.CUT_OFF, "h")]
    stage.turn()
    stage.post = stage.new_post()
    stage.turn()
    assert stage.box.state() == {DONE: 1}
    assert Delivery.objects.count() == 2


def test_failures_are_told_and_tried_again_less_and_less_often(stage: Stage) -> None:
    stage.troubles["fetch"] = [IngestError(Trouble.NOT_REACHED, "h", "Connection refused") for _ in range(6)]
    delays = [stage.turn() for _ in range(6)]
    assert all(later > earlier for earlier, later in zip(delays, delays[2:], strict=False))
    row = stage.health
    assert (row.failures, row.trouble, row.said) == (6, "not_reached", "Connection refused")
    assert row.failed_at is not None
    stage.turn()
    assert (stage.health.failures, stage.health.trouble, stage.health.failed_at) == (0, "", None)


def test_a_refused_sign_in_is_not_repeated_soon(stage: Stage) -> None:
    stage.troubles["fetch"] = [IngestError(Trouble.SIGN_IN, "h", "no")] * 2
    stage.turn()
    assert stage.turn() > 1800


def test_a_connection_that_ends_while_nothing_comes_is_no_trouble(stage: Stage) -> None:
    stage.troubles["wait"] = [IngestError(Trouble.CUT_OFF, "h")]
    assert stage.post.turn(lambda: False, 8 << 20) > 0
    assert stage.health.trouble == ""
    stage.troubles["fetch"] = [IngestError(Trouble.CUT_OFF, "h")]
    stage.turn()
    assert stage.health.trouble == "cut_off"


def test_secrets_that_cannot_be_opened_are_a_trouble_of_their_own(stage: Stage, settings: object) -> None:
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    assert stage.turn() > 0
    assert stage.health.trouble == "settings"
    assert "key file" in stage.health.said


def test_health_of_old_settings_does_not_stand_for_new_ones(stage: Stage) -> None:
    stage.box.put(b"one")
    setup = set_up("imap", "", {"host": "h", "user": "u", "password": "p", "folder": "Other"})
    inboxes.change(stage.health, setup, from_start=True)
    stage.turn()
    assert (stage.health.cursor, stage.health.looked_at) == ("", None)
    assert Delivery.objects.count() == 1


def test_refused_mails_are_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(post_module, "Bounds", lambda batch_bytes: _small())
    stage.box.put(b"x" * 11)
    stage.box.put(b"y")
    stage.turn()
    row = stage.health
    assert (row.taken, row.refused) == (1, 1)
    assert row.refusals[0]["name"] == "1"
    assert "larger than" in row.refusals[0]["reason"]


def _small() -> object:
    from sekisho.ingest.inbox import Bounds

    return Bounds(mail_bytes=10)


def test_nothing_is_fetched_while_much_waits_to_be_read(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.box.put(b"one")
    stage.is_held = True
    monkeypatch.setattr(post_module, "HELD_S", 0)
    looks = iter(range(3))

    class Ended(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            if next(looks, None) is None:
                assert not Delivery.objects.exists()
                stage.is_held = False
            return False

    stage.post.ended = Ended()
    stage.turn()
    assert Delivery.objects.count() == 1


def test_a_renewed_secret_is_kept_beside_the_others(stage: Stage) -> None:
    inboxes.renew_secret(stage.row.pk, "token", "new")
    assert inboxes.secrets_of(stage.health) == {"password": "p", "token": "new"}
    assert stage.health.revision == stage.row.revision


def test_health_is_not_written_at_every_look(stage: Stage) -> None:
    stage.turn()
    before = stage.health.looked_at
    stage.waits.clear()
    stage.turn()
    assert stage.health.looked_at == before
    stage.waits.clear()
    stage.box.put(b"one")
    stage.turn()
    assert stage.health.looked_at != before


def test_the_lag_is_that_of_the_last_mail(org: Organisation) -> None:
    made = inboxes.add(org.pk, set_up("imap", "", {"host": "h", "user": "u", "password": "p"}))
    at = timezone.now() - dt.timedelta(minutes=3)
    inboxes.looked(made.pk, made.revision, inboxes.Look("1", 2, at, [("a", "too large")] * 30))
    row = Inbox.objects.get(pk=made.pk)
    assert row.mail_at == at
    assert row.stored_at is not None
    assert (row.refused, len(row.refusals)) == (30, inboxes.REFUSALS_KEPT)
