"""The long-running loops of the server: look at inboxes, drain, judge what has grown, look hosts up, erase."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter

from django.conf import settings
from django.db import close_old_connections

from sekisho import flow, records, watch
from sekisho.alerts.message import SendFailed
from sekisho.core.errors import SettingsError
from sekisho.flow import House
from sekisho.intake.careful import MARK, Careful
from sekisho.intake.supervisor import Supervisor
from sekisho.keeping import erase, leave, retain
from sekisho.net.http import Http, Patience
from sekisho.registry import channels, digests, scrub
from sekisho.registry.digests import Sending
from sekisho.registry.failures import erase_expired
from sekisho.registry.models import Alert, Notice, Organisation
from sekisho.web import errands, telling
from sekisho.web.digests.planning import plan
from sekisho.web.pulse import PULSE
from sekisho.web.visitors import VISITORS

log = logging.getLogger(__name__)
IDLE_S = 0.5
"""Between looks at an empty inbox table: what other processes put there is seen within this time."""
JUDGE_EVERY_S = 2.0
"""While much comes in, verdicts are made this often; when all is read, at once."""
JUDGE_RESTS, JUDGE_RESTS_S = 4, 6.0
"""After its work the judge rests four times as long as that took, but no longer than this: mails must not keep it busy."""
CAME_S = 0.03
"""So long at most a sender waits for pages after each mail: a connection still brings 30 mails a second."""
JUDGE_ROWS = 50_000
"""Rows that are judged together: smaller portions than those of an ingest, for memory, and for what comes in between."""
BATCH = 200
"""Deliveries a batch in the server: small, so that pages never wait long for the interpreter."""
LOOK_UP_EVERY_S = 10.0
LOOK_UP_BATCH = 500
STALE_S = 7 * 86400
"""Evidence from the DNS is looked up again after a week."""
OWNERS_EVERY_S = 600.0
OWNERS_BATCH = 20
REST_AFTER_FAULT_S = 5.0
ERASE_EVERY_S = 3600.0
WIPE_EVERY_NIGHTS = 7
"""What retention has removed leaves the files as bytes so often, for they are written anew; what a person erases leaves at once."""
ERRANDS_EVERY_S = 1.0
POLICY_PATIENCE = Patience(connect_s=10, read_s=20, deadline_s=60)
"""A minute for an MTA-STS policy (RFC 8461, 3.3)."""
RECORDS_EVERY_S = 5.0
"""Between looks for domains whose DNS records are to be looked at: a new one is seen within this time."""
WATCH_EVERY_S = 5.0
"""Domains whose mail has grown are looked at for warnings this often."""
TELL_EVERY_S = 5.0
TELL_AT_ONCE = 20
DIGESTS_AT_ONCE = 2
"""Each takes a moment to write, and warnings must not wait for many."""
FRESHEN_EVERY_S, FRESHEN_RESTS = 3.0, 4
"""Answers that pages will want again are made again with at most a fifth of a core."""
PREPARE_EVERY_S, PREPARE_S = 0.75, 1.5
"""While reports come in, answers that pages asked for just now are made again so often, and for so long at most."""
PLAN_EVERY_S = 60.0
"""Between looks for digests whose morning has come."""
WATCH_ALL_EVERY_S = 900.0
"""And all of them, for what only the time brings about."""


class Workers:
    """The loops, each in a thread of its own."""

    def __init__(self, house: House) -> None:
        self.house = replace(house, step_back=VISITORS.step_back, judge_rows=JUDGE_ROWS, aside=self._take_in)
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=(self._drain, VISITORS.step_back), name="drain", daemon=True),
            threading.Thread(target=self._loop, args=(self._look_up,), name="lookup", daemon=True),
            threading.Thread(target=self._loop, args=(self._owners,), name="owners", daemon=True),
            threading.Thread(target=self._loop, args=(self._erase,), name="erase", daemon=True),
            threading.Thread(target=self._loop, args=(self._errands,), name="errands", daemon=True),
            threading.Thread(target=self._loop, args=(self._records,), name="records", daemon=True),
            threading.Thread(target=self._loop, args=(self._watch,), name="watch", daemon=True),
            threading.Thread(target=self._loop, args=(self._tell,), name="tell", daemon=True),
            threading.Thread(target=self._loop, args=(self._plan,), name="plan", daemon=True),
            threading.Thread(target=self._loop, args=(self._prepare, VISITORS.step_back), name="prepare", daemon=True),
            threading.Thread(target=self._loop, args=(self._freshen,), name="freshen", daemon=True),
        ]
        self._http = Http(only_public=True, patience=POLICY_PATIENCE)
        self._judged_at = self._judge_from = 0.0
        self._grown: set[tuple[int, str]] = set()
        self._grown_lock = threading.Lock()
        self._watched_all_at = float("-inf")
        self._tidied = self._wiped = -WIPE_EVERY_NIGHTS
        self._unwiped = self._has_resumed = False
        self._news = threading.Event()
        self.intake = Supervisor(self._came)
        self._careful = Careful(settings.HOUSE.home / MARK, partial(flow.drain, self.house))

    def start(self) -> None:
        """Starts the loops."""
        for thread in self._threads:
            thread.start()
        self.intake.start()

    def stop(self) -> None:
        """Ends the loops after their current step."""
        self.intake.stop()
        self._stop.set()
        self._news.set()
        for thread in self._threads:
            thread.join(timeout=30)

    def _loop(self, step: Callable[[], float], give_way: Callable[[], object] = VISITORS.let_pass) -> None:
        while not self._stop.is_set():
            give_way()
            try:
                rest = step()
            except Exception:
                log.exception("a worker step failed; going on")
                PULSE.faults += 1
                rest = REST_AFTER_FAULT_S
            close_old_connections()
            self._stop.wait(rest)

    def _drain(self) -> float:
        self._news.clear()
        settled = self._take_in()
        now = time.monotonic()
        if now >= self._judge_from and (not settled or now - self._judged_at > JUDGE_EVERY_S):
            grown: set[tuple[int, str]] = set()
            PULSE.judged += flow.judge_touched(self.house, grown=grown)
            with self._grown_lock:
                self._grown.update(grown)
            self._judged_at = time.monotonic()
            self._judge_from = min(self._judged_at + JUDGE_RESTS_S, self._judged_at + JUDGE_RESTS * (self._judged_at - now))
        if not settled:
            self._news.wait(IDLE_S)
        return 0.0

    def _came(self) -> None:
        """Mail was stored; who brought it is told a little later while a page is made, so that no more comes than is read."""
        self._news.set()
        VISITORS.let_pass(CAME_S)

    def _take_in(self) -> int:
        """Takes in one batch; returns how many deliveries it had."""
        settled = len(self._careful.drain(limit=BATCH))
        PULSE.drained += settled
        return settled

    def _look_up(self) -> float:
        found = flow.look_up(self.house, limit=LOOK_UP_BATCH, older_than=self.house.now() - STALE_S)
        PULSE.looked_up += found
        return 0.0 if found == LOOK_UP_BATCH else LOOK_UP_EVERY_S

    def _owners(self) -> float:
        """Whose networks suspected spoofers sit in: some every ten minutes, as registries wish."""
        flow.ask_owners(self.house, Organisation.objects.values_list("pk", flat=True), limit=OWNERS_BATCH)
        return OWNERS_EVERY_S

    def _records(self) -> float:
        """The DNS records of domains: daily, new ones at once."""
        changed: set[tuple[int, str]] = set()
        done = records.refresh(self.house, self._http, changed=changed)
        with self._grown_lock:
            self._grown.update(changed)
        return 0.0 if done == records.AT_ONCE else RECORDS_EVERY_S

    def _erase(self) -> float:
        """What is kept for a time only: failure reports every hour, all else once a night."""
        erase_expired(self._time())
        night = retain.night_of(self.house.now())
        if night != self._tidied:
            gone = retain.tidy(self.house.store, settings.HOUSE.home / errands.FOLDER, self.house.now())
            self._tidied = night
            self._unwiped = self._unwiped or bool(gone)
            if self._unwiped and night >= self._wiped + WIPE_EVERY_NIGHTS:
                erase.wipe(self.house.store)
                self._wiped, self._unwiped = night, False
        scrub.empty_log()
        return ERASE_EVERY_S

    def _errands(self) -> float:
        """Exports and erasures that somebody waits for."""
        if not self._has_resumed:
            errands.resume()
            self._has_resumed = True
        leave.settle(self.house.store)
        return 0.0 if errands.run_next(self.house.store, settings.HOUSE.home, self.house.now()) else ERRANDS_EVERY_S

    def _watch(self) -> float:
        """Looks for what deserves a warning: in what has grown, and now and then everywhere."""
        with self._grown_lock:
            grown, self._grown = self._grown, set()
        if time.monotonic() - self._watched_all_at > WATCH_ALL_EVERY_S:
            for org in Organisation.objects.values_list("pk", flat=True):
                self._queue(watch.watch_all(self.house, org))
            self._watched_all_at = time.monotonic()
        else:
            for org, pairs in groupby(sorted(grown), key=itemgetter(0)):
                self._queue(watch.watch(self.house, org, [domain for _, domain in pairs]))
        return WATCH_EVERY_S

    def _queue(self, due: list[Alert]) -> None:
        channels.queue(due, self._time(), has_mail=settings.MAIL is not None)

    def _tell(self) -> float:
        """Hands over what waits in the channels: warnings first, then digests."""
        waiting: list[Notice | Sending] = [
            *channels.due(self._time(), limit=TELL_AT_ONCE),
            *digests.due(self._time(), limit=DIGESTS_AT_ONCE),
        ]
        for item in waiting:
            if self._stop.is_set():
                break
            try:
                said = telling.deliver(item, self.house.now())
            except (SendFailed, SettingsError) as error:
                log.warning("%s could not be handed over: %s", item, error)
                PULSE.untold += 1
                channels.failed(item, self._time(), str(error), permanent=getattr(error, "permanent", True))
            except Exception as error:  # one that cannot be written must not keep the others
                log.exception("%s could not be written", item)
                PULSE.untold += 1
                channels.failed(item, self._time(), type(error).__name__, permanent=False)
            else:
                PULSE.told += 1
                channels.sent(item, self._time(), said)
        return 0.0 if waiting else TELL_EVERY_S

    def _plan(self) -> float:
        """Puts the digests of each organisation on their way on its mornings."""
        plan(self._time(), has_mail=settings.MAIL is not None)
        return PLAN_EVERY_S

    def _prepare(self) -> float:
        """Shows what has come in, with the answers ready that somebody looks at."""
        began = time.monotonic()
        self.house.store.prepare(lambda: not self._stop.is_set() and time.monotonic() < began + PREPARE_S)
        return PREPARE_EVERY_S

    def _freshen(self) -> float:
        """Asks again what pages asked lately, where reports have come in since and none come in now."""
        began = time.monotonic()
        self.house.store.freshen(self._may_go_on)
        return max(FRESHEN_EVERY_S, FRESHEN_RESTS * (time.monotonic() - began))

    def _may_go_on(self) -> bool:
        VISITORS.let_pass()
        return not self._stop.is_set()

    def _time(self) -> datetime:
        return datetime.fromtimestamp(self.house.now(), UTC)
