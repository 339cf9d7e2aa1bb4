"""Keeps every inbox at work: a thread each up to a bound, turns beyond it, and listeners; notices changes within seconds."""

from __future__ import annotations

import heapq
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import count

from django.db import close_old_connections

from sekisho.core.errors import SekishoError, SettingsError
from sekisho.ingest.errors import IngestError
from sekisho.intake import words
from sekisho.intake.listening import Desk, key_of, place_of
from sekisho.intake.post import Post
from sekisho.registry import inboxes
from sekisho.registry.deliveries import waiting_count
from sekisho.registry.inboxes import LISTENER
from sekisho.registry.models import Inbox

log = logging.getLogger(__name__)

SEATS = 40
"""Threads that look at inboxes; most of them only wait for news."""
EVERY_S = 1.0
"""Between looks at the list of inboxes."""
MOST_WAITING = 5000
"""While more deliveries wait to be read than this, nothing is fetched; it goes on at half of it."""
BYTES = 32 << 20
"""All batches together, unless single mails are larger."""
LEAST_BYTES = 1 << 20
WRITE_EVERY_S = 5.0
"""Between writings of the listeners' health."""
AGAIN_S = 30.0
"""Until a port that could not be had is tried again."""
STOP_S = 15.0
"""A thread that is still waiting for a server after this is left alone: what it does then is done again after the next start."""


class Supervisor:
    """The inboxes at work; `wake` is called whenever something was stored."""

    def __init__(self, wake: Callable[[], None], *, seats: int = SEATS, most_waiting: int = MOST_WAITING) -> None:
        self._wake = wake
        self._seats = seats
        self._most_waiting = most_waiting
        self._stopping = threading.Event()
        self._is_held = False
        self._turns = threading.Condition()
        self._posts: dict[int, Post] = {}
        self._seated: set[Post] = set()
        self._due: list[tuple[float, int, Post]] = []
        self._order = count()
        self._threads: list[threading.Thread] = []
        self._desks: dict[str, Desk] = {}
        self._again: dict[str, float] = {}
        self._written_at = 0.0
        self._main = threading.Thread(target=self._run, name="inboxes", daemon=True)

    def start(self) -> None:
        """Begins; inboxes are found by itself."""
        self._main.start()

    def stop(self) -> None:
        """Ends all after what they are storing."""
        self._stopping.set()
        with self._turns:
            for post in self._posts.values():
                post.ended.set()
            self._turns.notify_all()
        end = time.monotonic() + STOP_S
        for thread in (self._main, *self._threads):
            if thread.is_alive():
                thread.join(max(0.1, end - time.monotonic()))

    def held(self) -> bool:
        """Whether so much waits to be read that no more is fetched."""
        return self._is_held

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look_around()
            except Exception:
                log.exception("the list of inboxes could not be read; going on")
            close_old_connections()
            self._stopping.wait(EVERY_S)
        for desk in self._desks.values():
            desk.stop()

    def _look_around(self) -> None:
        waiting = waiting_count()
        self._is_held = waiting > (self._most_waiting // 2 if self._is_held else self._most_waiting)
        revisions = dict(Inbox.objects.exclude(kind=LISTENER).filter(is_paused=False).values_list("pk", "revision"))
        with self._turns:
            for number in [n for n, post in self._posts.items() if revisions.get(n) != post.revision]:
                self._end(number)
            new = [number for number in revisions if number not in self._posts]
        for inbox in Inbox.objects.filter(pk__in=new, is_paused=False):
            self._begin(Post(inbox, self._wake, self.held))
        self._listen()

    # inboxes that are looked at

    def _begin(self, post: Post) -> None:
        with self._turns:
            self._posts[post.number] = post
            heapq.heappush(self._due, (time.monotonic(), next(self._order), post))
            self._turns.notify()
            if len(self._threads) < min(self._seats, len(self._posts)):
                self._threads.append(threading.Thread(target=self._sit, name=f"inbox-{len(self._threads)}", daemon=True))
                self._threads[-1].start()

    def _end(self, number: int) -> None:
        """Lets a post end; it leaves the list only when no thread works at it, so that none begins beside it."""
        post = self._posts[number]
        post.ended.set()
        if post not in self._seated:
            del self._posts[number]

    def _sit(self) -> None:
        """A thread: takes the post that has been due longest, and works at it for a turn."""
        while (post := self._next()) is not None:
            rest = 0.0
            try:
                rest = post.turn(self._should_yield, self._batch_bytes())
            except Exception:
                log.exception("the turn of inbox %d failed", post.number)
                rest = AGAIN_S
            with self._turns:
                self._seated.discard(post)
                if not post.ended.is_set():
                    heapq.heappush(self._due, (time.monotonic() + rest, next(self._order), post))
                self._turns.notify()

    def _next(self) -> Post | None:
        with self._turns:
            while not self._stopping.is_set():
                while self._due and self._due[0][2].ended.is_set():
                    heapq.heappop(self._due)
                now = time.monotonic()
                if self._due and self._due[0][0] <= now:
                    post = heapq.heappop(self._due)[2]
                    self._seated.add(post)
                    return post
                self._turns.wait(self._due[0][0] - now if self._due else None)
        return None

    def _should_yield(self) -> bool:
        """Whether a post is due that no thread is free for."""
        if self._stopping.is_set():
            return True
        if len(self._posts) <= self._seats:
            return False
        with self._turns:
            return bool(self._due) and self._due[0][0] <= time.monotonic()

    def _batch_bytes(self) -> int:
        return max(LEAST_BYTES, min(8 << 20, BYTES // max(1, min(len(self._posts), self._seats))))

    # listeners

    def _listen(self) -> None:
        wanted: dict[str, list[Inbox]] = defaultdict(list)
        for inbox in Inbox.objects.filter(kind=LISTENER).order_by("pk"):
            wanted[place_of(inbox)].append(inbox)
        wanted = {where: rows for where, rows in wanted.items() if not all(row.is_paused for row in rows)}
        for where in [w for w, desk in self._desks.items() if w not in wanted or desk.key != key_of(wanted[w])]:
            self._desks.pop(where).stop()
            self._again.pop(where, None)
        for where, rows in wanted.items():
            if where not in self._desks and time.monotonic() >= self._again.get(where, 0):
                self._open(where, rows)
        if time.monotonic() - self._written_at > WRITE_EVERY_S:
            self._written_at = time.monotonic()
            for desk in self._desks.values():
                desk.write()

    def _open(self, where: str, rows: list[Inbox]) -> None:
        desk = Desk(rows, self._wake, self.held)
        try:
            desk.start()
        except SekishoError as error:
            self._again[where] = time.monotonic() + AGAIN_S
            log.warning("cannot listen on %s: %s", where, error)
            trouble, said = (error.trouble, error.said) if isinstance(error, IngestError) else (words.INTERNAL, str(error))
            trouble = words.SETTINGS if isinstance(error, SettingsError) else trouble
            for row in rows:
                inboxes.failed(row.pk, row.revision, failures=1, trouble=trouble, said=said)
            return
        self._desks[where] = desk
        desk.write()
