"""The inbox table and the raw archive: what comes in is durable before anybody is told, and is settled once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sekisho.core.names import is_within
from sekisho.core.terms import Outcome
from sekisho.registry.models import Delivery, Domain, Raw

MAX_NAME = 255
MAX_REASON = 2000
MAX_STRAYS = 100
"""Unknown domains remembered of one delivery; the raw bytes have them all."""
ERASE_AT_ONCE = 100
"""Deliveries; the bytes of as many are in memory while they are removed."""
RENAMING_DOORS = ("migrate:parsedmarc", "migrate:elastic")
_first = 0
"""The organisation after which the next batch begins; one process drains at a time."""
NOTHING = sha256(b"").digest()
"""The raw bytes of a delivery whose own were erased."""

_KEEP_RAW = "INSERT INTO registry_raw (sha256, data) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_KEEP_DELIVERY = (
    "INSERT INTO registry_delivery (organisation_id, door, name, raw_id, size, adopt, received, state, outcome, reason,"
    " reports, records, messages, subject, strays) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
"""Plain SQL: making model objects costs ten times as much. The transaction holds the write lock, so the numbers run on."""


class Waiting(NamedTuple):
    """A delivery that flow has not seen yet."""

    id: int
    org: int
    name: str
    adopt: bool
    data: bytes
    door: str = ""


class Settled(NamedTuple):
    """What became of a delivery; sums are over its reports, new or not."""

    id: int
    outcome: Outcome
    reason: str = ""
    reports: int = 0
    records: int = 0
    messages: int = 0
    subject: str = ""
    strays: tuple[str, ...] = ()
    failures: int = 0


def accept(org: int, items: Sequence[tuple[str, bytes]], *, door: str, adopt: bool = False) -> list[int]:
    """Keeps deliveries durably, in one transaction, and returns their numbers in order; contents are kept once."""
    if not items:
        return []
    hashes = [sha256(data).digest() for _, data in items]
    raws = {key: data for key, (_, data) in zip(hashes, items, strict=True)}
    now = timezone.now().isoformat(" ")
    rows = [
        (org, door, kept_name(name), key, len(data), adopt, now, 0, "", "", 0, 0, 0, "", "")
        for key, (name, data) in zip(hashes, items, strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(_KEEP_RAW, list(raws.items()))
        cursor.executemany(_KEEP_DELIVERY, rows)
        cursor.execute("SELECT MAX(id) FROM registry_delivery")
        last: int = cursor.fetchone()[0]
    return list(range(last - len(rows) + 1, last + 1))


def kept_name(name: str) -> str:
    """The name of a delivery as it is kept: what can be shown of it, and not too long."""
    return _plain(name, MAX_NAME)


def take(
    *,
    limit: int = 1000,
    max_bytes: int = 4 << 20,
    only: Sequence[int] | None = None,
    at_hand: dict[int, bytes] | None = None,
) -> list[Waiting]:
    """Waiting deliveries, at most so many and so large together, but at least one; they stay waiting.

    Organisations take turns, each with its oldest, so that one that sends very much delays another by no more than its share.
    With `only` none but these. Bytes that are `at_hand`, by number, are taken from there and not read from the archive again.
    """
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    mine = waiting if only is None else waiting.filter(id__in=only)
    some = list(mine.values_list("id", "size")[: limit + 1])
    queues = [sorted(some)] if only is not None or len(some) <= limit else _queues(limit)
    ids: list[int] = []
    total = 0
    for number, size in _in_turns(queues):
        total += size
        if ids and (total > max_bytes or len(ids) == limit):
            break
        ids.append(number)
    if not ids:
        return []
    held = at_hand or {}
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(f"{_TAKE_HELD if all(number in held for number in ids) else _TAKE} ({marks}) ORDER BY d.id", ids)
        return [
            Waiting(number, org, name, bool(adopt), held.pop(number) if number in held else bytes(data), door)
            for number, org, name, adopt, data, door in cursor.fetchall()
        ]


_TAKE = (
    "SELECT d.id, d.organisation_id, d.name, d.adopt, r.data, d.door"
    " FROM registry_delivery d JOIN registry_raw r ON r.sha256 = d.raw_id WHERE d.state = 0 AND d.id IN"
)
_TAKE_HELD = "SELECT d.id, d.organisation_id, d.name, d.adopt, '', d.door FROM registry_delivery d WHERE d.state = 0 AND d.id IN"


Queue = list[tuple[int, int]]
"""Numbers and sizes of the deliveries of an organisation, the oldest first."""


_ORGANISATIONS = """
WITH RECURSIVE o(org) AS (
  SELECT MIN(organisation_id) FROM registry_delivery WHERE state = 0 UNION ALL
  SELECT (SELECT MIN(d.organisation_id) FROM registry_delivery d WHERE d.state = 0 AND d.organisation_id > o.org)
  FROM o WHERE o.org IS NOT NULL
) SELECT org FROM o WHERE org IS NOT NULL
"""
"""Who has anything waiting: one step in the index an organisation, however much waits."""
_OLDEST = "SELECT id, size FROM registry_delivery WHERE state = 0 AND organisation_id = %s ORDER BY id LIMIT %s"


def _queues(limit: int) -> list[Queue]:
    """What waits of each organisation, as much as may be of use; another organisation is the first each time."""
    global _first
    queues: list[Queue] = []
    with connection.cursor() as cursor:

        def oldest(org: int, most: int) -> Queue:
            cursor.execute(_OLDEST, (org, most))
            return list(cursor.fetchall())

        cursor.execute(_ORGANISATIONS)
        every = [org for (org,) in cursor.fetchall()]
        turned = [org for org in every if org > _first] + [org for org in every if org <= _first]
        orgs = turned[:limit]
        if orgs:
            _first = orgs[-1] if len(turned) > limit else orgs[0]
        left = limit
        for place, org in enumerate(orgs):
            share = -(-left // (len(orgs) - place))
            queues.append(oldest(org, share))
            left -= len(queues[-1])
        if left > 0 and len(orgs) > 1:  # where some have less than their share, the others have more
            queues = [oldest(org, len(queue) + left) for org, queue in zip(orgs, queues, strict=True)]
    return queues


def _in_turns(queues: Sequence[Queue]) -> Iterator[tuple[int, int]]:
    """One of each queue, then the next of each."""
    for turn in zip_longest(*queues):
        yield from (one for one in turn if one is not None)


def finish(settled: Iterable[Settled]) -> None:
    """Writes what became of deliveries; twice changes nothing."""
    now = timezone.now().isoformat(" ")
    done = int(Delivery.State.DONE)
    rows = [
        (
            done,
            str(s.outcome),
            s.reason[:MAX_REASON],
            s.reports,
            s.records,
            s.messages,
            s.subject[:MAX_NAME],
            _lines(s.strays) if s.strays else "",
            s.failures,
            now,
            s.id,
        )
        for s in settled
    ]
    sql = (
        "UPDATE registry_delivery SET state = %s, outcome = %s, reason = %s, reports = %s, records = %s, messages = %s,"
        " subject = %s, strays = %s, failures = %s, settled = %s WHERE id = %s"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def waiting_count(ids: Sequence[int] | None = None) -> int:
    """How many deliveries wait: all, or of these."""
    waiting = Delivery.objects.filter(state=Delivery.State.WAITING)
    if ids is None:
        return waiting.count()
    return sum(waiting.filter(id__in=ids[i : i + 500]).count() for i in range(0, len(ids), 500))


def adopt(org: int, name: str) -> int:
    """Registers a domain and lets its stray deliveries be read again; returns how many."""
    Domain.objects.get_or_create(organisation_id=org, name=name)
    strays = Delivery.objects.filter(organisation_id=org, state=Delivery.State.DONE).exclude(strays="")
    ids = [pk for pk, text in strays.values_list("id", "strays") if any(is_within(line, name) for line in text.split("\n"))]
    return _again(org, ids)


def reread(org: int, ids: Sequence[int]) -> int:
    """Lets deliveries be read again from the raw archive; returns how many."""
    return _again(org, ids)


def erase_bytes(org: int, before: dt.datetime, *, failures: bool = False, but: Collection[int] = ()) -> int:
    """Erases the bytes and subjects of settled deliveries that came before a time, or only of those with failure reports.

    Returns how many. Those whose numbers are in `but` stay as they are.
    """
    old = Delivery.objects.filter(organisation_id=org, received__lt=before, state=Delivery.State.DONE).exclude(raw_id=NOTHING)
    if failures:
        old = old.filter(failures__gt=0)
    ids = [number for number in old.order_by("id").values_list("id", flat=True) if number not in but]
    for start in range(0, len(ids), ERASE_AT_ONCE):
        empty(Delivery.objects.filter(id__in=ids[start : start + ERASE_AT_ONCE]))
    return len(ids)


def empty(some: QuerySet[Delivery], *, names: bool = False) -> None:
    """Takes bytes and subjects, and with `names` all that they said of themselves, from a few deliveries, which stay in the list.

    Bytes that another delivery has too stay until that one goes.
    """
    with transaction.atomic():
        raws = [bytes(raw) for raw in some.values_list("raw_id", flat=True)]
        Raw.objects.get_or_create(sha256=NOTHING, defaults={"data": b""})
        some.update(raw_id=NOTHING, subject="", **({"name": "", "strays": ""} if names else {}))
        forget_raw(raws)


def forget_raw(raws: Iterable[bytes | memoryview]) -> None:
    """Removes raw bytes that no delivery has any more."""
    gone = {bytes(raw) for raw in raws} - {NOTHING}
    used = {bytes(raw) for raw in Delivery.objects.filter(raw_id__in=gone).values_list("raw_id", flat=True)}
    Raw.objects.filter(sha256__in=gone - used).delete()


def reread_broken(org: int | None = None) -> int:
    """Lets all that could not be read be read again; returns how many."""
    unread = Delivery.objects.filter(Q(outcome=Outcome.BROKEN) | Q(outcome=Outcome.NOT_A_REPORT), state=Delivery.State.DONE)
    if org is not None:
        unread = unread.filter(organisation_id=org)
    return unread.update(state=Delivery.State.WAITING)


def has_migrated(org: int) -> bool:
    """Whether reports were taken over from a store of parsedmarc, which changes names."""
    return Delivery.objects.filter(organisation_id=org, door__in=RENAMING_DOORS).exists()


def raw_of(org: int, delivery: int) -> tuple[str, bytes] | None:
    """File name and bytes of a delivery of this organisation; None when it has none such."""
    row = Delivery.objects.filter(organisation_id=org, id=delivery).values_list("name", "raw__data").first()
    return None if row is None else (row[0], bytes(row[1]))


def _again(org: int, ids: Sequence[int]) -> int:
    changed = 0
    for start in range(0, len(ids), 500):
        some = Delivery.objects.filter(organisation_id=org, id__in=ids[start : start + 500], state=Delivery.State.DONE)
        some = some.exclude(raw_id=NOTHING)  # erased: to read it again would say that nothing had come
        changed += some.update(state=Delivery.State.WAITING)
    return changed


def _plain(text: str, size: int) -> str:
    if text.isprintable():
        return text[:size]
    return "".join(c if c.isprintable() else "�" for c in text)[:size]


def _lines(names: Iterable[str]) -> str:
    return "\n".join(sorted({_plain(name, 253) for name in names})[:MAX_STRAYS])
