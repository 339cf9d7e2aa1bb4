"""One inbox at work: its mails are fetched, kept durably and settled; its health is written; when it fails, it waits."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.db import connection

from sekisho.core.errors import SettingsError
from sekisho.ingest.config import Config
from sekisho.ingest.errors import IngestError, plain
from sekisho.ingest.health import Health
from sekisho.ingest.inbox import Batch, Bounds
from sekisho.ingest.inbox import Inbox as Mailbox
from sekisho.ingest.kinds import open_inbox
from sekisho.ingest.pace import Backoff
from sekisho.ingest.pull import Pull
from sekisho.intake import words
from sekisho.intake.kinds import config_of, only_public
from sekisho.registry import deliveries, inboxes
from sekisho.registry.inboxes import Look
from sekisho.registry.models import Inbox

log = logging.getLogger(__name__)

WAIT_S = 1.0
"""A wait for news is cut into these, so that changes and a stop are noticed."""
LOOK_EVERY_S = 60.0
"""At least so often a mailbox is looked at, unless its own settings say less often."""
WRITE_EVERY_S = 30.0
"""Health is written at once when it changes, else so often."""
TURN_BATCHES = 10
"""Batches before others get their turn, where there are more inboxes than threads."""
REST_S = 10.0
"""Between the turns of a folder of this machine, where there are more inboxes than threads."""
HELD_S = 0.5
BACKOFF = Backoff()


class Post:
    """An inbox in the hands of the supervisor; `wake` is told when something was stored, `held` says to fetch no more for now."""

    def __init__(self, inbox: Inbox, wake: Callable[[], None], held: Callable[[], bool]) -> None:
        self.number = int(inbox.pk)
        self.revision = inbox.revision
        self.ended = threading.Event()
        """Set when the inbox was changed, paused or removed, or the server stops."""
        self._inbox = inbox
        self._wake = wake
        self._held = held
        self._pull = Pull(inbox.cursor)
        self._health = Health(failures=inbox.failures)
        self._written_at = 0.0
        self._is_waiting = False

    def turn(self, yields: Callable[[], bool], batch_bytes: int) -> float:
        """Works until it ends, fails, or should yield to others; returns the seconds until it wants its next turn."""
        self._pull.bounds = Bounds(batch_bytes=batch_bytes)
        try:
            config = config_of(self._inbox)
            with open_inbox(config, self._renewed, only_public=only_public()) as mailbox:
                is_done = self._work(mailbox, yields, _every_s(config))
        except IngestError as error:
            return self._failed(error)
        except SettingsError as error:
            return self._broken(words.SETTINGS, str(error))
        except Exception as error:  # one inbox never stops the others
            log.exception("inbox %d failed", self.number)
            return self._broken(words.INTERNAL, type(error).__name__)
        finally:
            connection.close()
        return float(getattr(config, "poll_s", REST_S)) if is_done else 0.0

    def _work(self, mailbox: Mailbox, yields: Callable[[], bool], every_s: float) -> bool:
        """Whether nothing more was known to wait when it ended."""
        batches = 0
        while not self.ended.is_set():
            if self._held():
                self.ended.wait(HELD_S)
                continue
            self._is_waiting = False
            batch = self._pull.once(mailbox, self._keep)
            self._looked(batch)
            batches += 1
            if batch.left:
                if batches >= TURN_BATCHES and yields():
                    return False
                continue
            connection.close()  # each holds a cache of its own
            self._wait(mailbox, yields, every_s)
            if yields():
                return True
        return True

    def _wait(self, mailbox: Mailbox, yields: Callable[[], bool], every_s: float) -> None:
        """Returns when something may be new, a look is due, or others want a turn."""
        self._is_waiting = True
        due = time.monotonic() + every_s
        while not (self.ended.is_set() or yields() or mailbox.wait(WAIT_S) or time.monotonic() >= due):
            pass

    def _keep(self, batch: Batch) -> None:
        items = [(d.name, d.data) for d in batch.deliveries]
        deliveries.accept(self._inbox.organisation_id, items, door=f"inbox:{self.number}", adopt=self._inbox.adopt)
        self._wake()

    def _looked(self, batch: Batch) -> None:
        had_failed = self._health.failures > 0
        self._health = self._health.after(batch, datetime.now(UTC))
        is_news = bool(batch.deliveries or batch.refused or had_failed)
        if not is_news and time.monotonic() - self._written_at < WRITE_EVERY_S:
            return
        refused = tuple((r.name, r.reason) for r in batch.refused)
        times = [d.at for d in batch.deliveries if d.at is not None]
        look = Look(self._pull.cursor, len(batch.deliveries), times[-1] if times else None, refused)
        inboxes.looked(self.number, self.revision, look)
        self._written_at = time.monotonic()
        if had_failed:
            log.info("inbox %d is well again", self.number)

    def _failed(self, error: IngestError) -> float:
        """Notes a failure; a connection that ends while nothing is to do is none until the next look fails too."""
        known = self._health.trouble
        self._health = self._health.after_error(error, datetime.now(UTC))
        if not (self._is_waiting and self._health.failures == 1):
            if known is not error.trouble:
                log.warning("inbox %d: %s", self.number, error)
            self._write_failure(error.trouble, error.said or error.where)
        self._is_waiting = False
        return BACKOFF.delay_s(self._health.failures, error, random.random())  # noqa: S311 - no secret

    def _broken(self, trouble: str, said: str) -> float:
        """A failure of ours: tried again, but not soon."""
        if self._health.failures == 0:
            log.warning("inbox %d: %s", self.number, said)
        self._health = Health(failures=self._health.failures + 1)
        self._write_failure(trouble, said)
        return float(min(BACKOFF.most_s, BACKOFF.first_s * 2 ** min(self._health.failures, 10)))

    def _write_failure(self, trouble: str, said: str) -> None:
        try:
            inboxes.failed(self.number, self.revision, failures=self._health.failures, trouble=trouble, said=plain(said))
        except Exception:
            log.exception("the health of inbox %d could not be written", self.number)

    def _renewed(self, name: str, value: str) -> None:
        """Keeps a secret that the server has replaced: the old one may be good no more."""
        inboxes.renew_secret(self.number, name, value)
        self._inbox.refresh_from_db(fields=["sealed"])


def _every_s(config: Config) -> float:
    return max(LOOK_EVERY_S, float(getattr(config, "poll_s", 0)))
