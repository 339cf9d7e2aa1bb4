"""The listeners at work: whose an address is, and mail kept durably for its organisation before it is confirmed."""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, transaction

from sekisho.ingest.errors import IngestError, Trouble
from sekisho.ingest.smtp import Envelope, Listener
from sekisho.intake.kinds import ListenConfig, addresses, config_of
from sekisho.registry import deliveries, inboxes
from sekisho.registry.models import Inbox

log = logging.getLogger(__name__)

WRITE_EVERY_S = 30.0
LEAST_FREE_BYTES = 256 << 20
"""Below this no mail is taken: the stores need room to settle what they have."""

Key = tuple[tuple[int, int, bool], ...]
"""Numbers, revisions and pauses of the inboxes at one port: when it changes, the listener is made anew."""


@dataclass(frozen=True, slots=True)
class Box:
    """Whose an address is."""

    org: int
    row: Inbox | None
    """The inbox that mail to it came by; None for the address of an organisation that does not listen here."""
    is_own: bool = False
    """Whether the address is that of the inbox, and not of the organisation."""


class Desk:
    """What stands behind the listener of one host and port, which several organisations may share."""

    def __init__(self, rows: Sequence[Inbox], wake: Callable[[], None], held: Callable[[], bool]) -> None:
        self.key: Key = key_of(rows)
        self.where = place_of(rows[0])
        self._rows = rows
        self._wake = wake
        self._held = held
        self._lock = threading.Lock()
        self._taken: Counter[int] = Counter()
        """Mails by the number of the inbox."""
        self._last: dict[int, datetime] = {}
        self._refused = 0
        self._written: tuple[object, ...] = ()
        self._written_at = 0.0
        self._listed = {address: row for row in reversed(rows) for address in addresses(row)}
        self._inbox = {row.organisation_id: row for row in reversed(rows)}
        self._listener: Listener | None = None

    def start(self) -> None:
        """Listens; raises IngestError or SettingsError."""
        config = config_of(next(row for row in self._rows if not row.is_paused))
        assert isinstance(config, ListenConfig)
        listener = Listener(config, self.accept, self.allowed)
        listener.start()
        self._listener = listener
        log.info("listening on %s:%d", config.host, listener.port)

    def stop(self) -> None:
        """Takes no more, and writes what was taken."""
        if self._listener is not None:
            self._listener.stop()
            self.write()

    def allowed(self, address: str) -> bool:
        """Whether the address is one of ours; raises IngestError when its mail could not be stored now."""
        try:
            box = self._whose(address)
            if box is not None:
                self._check_room(box)
            return box is not None
        finally:
            close_old_connections()

    def accept(self, envelope: Envelope) -> None:
        """Keeps the mail once for each organisation it is for; raises, and the sender will come again."""
        try:
            self._accept(envelope)
        finally:
            close_old_connections()
        self._wake()

    def _accept(self, envelope: Envelope) -> None:
        boxes = sorted((box for box in map(self._whose, envelope.recipients) if box is not None), key=lambda box: box.is_own)
        kept = {box.org: box for box in boxes}  # once for each organisation, by the address of an inbox where one is among them
        for box in kept.values():
            self._check_room(box)
        with transaction.atomic():
            for org, box in sorted(kept.items(), key=lambda pair: pair[0]):
                row = box.row
                door = "smtp" if row is None else f"inbox:{row.pk}"
                deliveries.accept(org, [("", envelope.data)], door=door, adopt=row is not None and row.adopt)
        with self._lock:
            for box in kept.values():
                if box.row is not None:
                    self._taken[box.row.pk] += 1
                    self._last[box.row.pk] = envelope.at

    def _check_room(self, box: Box) -> None:
        if self._held():
            raise IngestError(Trouble.BUSY, self.where, "much waits to be read")
        if box.row is not None and box.row.is_paused:
            raise IngestError(Trouble.BUSY, self.where, "the inbox is paused")
        if shutil.disk_usage(settings.HOUSE.home).free < LEAST_FREE_BYTES:
            raise IngestError(Trouble.BUSY, self.where, "the disk is full")

    def _whose(self, address: str) -> Box | None:
        """Whose the address is: a listed one, else a report address at whatever name the sender used."""
        local, _, host = address.strip("<>").lower().rpartition("@")
        local = local.partition("+")[0]
        row = self._listed.get(f"{local}@{host}")
        if row is None:
            org = inboxes.organisation_of_token(local)
            if org is not None:
                return Box(org, self._inbox.get(org))
            row = inboxes.of_token(local)
        return Box(row.organisation_id, row, is_own=True) if row is not None else None

    def write(self) -> None:
        """Writes the health of the inboxes here: when it changes, else seldom."""
        if self._listener is None:
            return
        health = self._listener.health
        now = (health.accepted, health.refused, health.trouble)
        if now == self._written and time.monotonic() - self._written_at < WRITE_EVERY_S:
            return
        self._written, self._written_at = now, time.monotonic()
        with self._lock:
            taken, self._taken = self._taken, Counter()
            refused, self._refused = health.refused - self._refused, health.refused
        for number, count in taken.items():
            inboxes.took(number, count, self._last[number])
        first = next(row for row in self._rows if not row.is_paused)
        for row in self._rows:
            if health.trouble:
                inboxes.failed(row.pk, row.revision, failures=1, trouble=Trouble.BUSY, said=health.trouble)
            elif not row.is_paused:
                inboxes.listened(row.pk, row.revision, refused=refused if row is first else 0)


def place_of(inbox: Inbox) -> str:
    """Host and port of a listener."""
    return f"{inbox.values.get('host')}:{inbox.values.get('port')}"


def key_of(rows: Sequence[Inbox]) -> Key:
    """What the listener of these inboxes depends on."""
    return tuple((row.pk, row.revision, row.is_paused) for row in rows)
