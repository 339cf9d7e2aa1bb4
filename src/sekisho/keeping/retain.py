"""What goes by itself: facts, raw bytes and log entries whose time is over, domains that were removed, exports nobody fetched."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass
from pathlib import Path

from sekisho.core.errors import HeldBack
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.keeping import erase, leave
from sekisho.registry import audit, deliveries, keeping, scrub
from sekisho.registry.keeping import Departure, Errand, Held, Keeping
from sekisho.registry.models import Organisation
from sekisho.store.base import Store

log = logging.getLogger(__name__)
NIGHT_S = 6 * 3600
"""The night's work begins at 18:00 UTC, three in the morning in Japan, or when the server starts after that."""
RETENTION = audit.Actor(name="retention")
"""Who erases what nobody asked for by name."""


@dataclass(slots=True)
class Gone:
    """What a night has removed."""

    facts: int = 0
    raws: int = 0
    entries: int = 0
    domains: int = 0
    exports: int = 0

    def __bool__(self) -> bool:
        return bool(self.facts or self.raws or self.entries)


def night_of(now: int) -> int:
    """The number of the night a time (Unix seconds) belongs to; its work is done once."""
    return (now + NIGHT_S) // SECONDS_A_DAY


def tidy(store: Store, exports: Path, now: int) -> Gone:
    """Does a night's work; nothing over which a hold stands is touched. The bytes of what went are left to `erase.wipe`."""
    gone = Gone()
    at = dt.datetime.fromtimestamp(now, dt.UTC)
    scrub.secure()
    leave.settle(store)
    for org in Organisation.objects.order_by("id"):
        _age(store, keeping.of(org.pk), keeping.held(org.pk), at, gone)
    for departure in Departure.objects.filter(due__lte=at).select_related("organisation"):
        gone.domains += _depart(store, departure)
    for hidden in Departure.objects.filter(is_settled=True):
        store.hide(hidden.organisation_id, hidden.domain)  # what was on its way when it was hidden first
    for orphan in store.organisations() - set(Organisation.objects.values_list("pk", flat=True)):
        gone.facts += erase.erase_facts(store, orphan)
    gone.exports = forget_exports(exports, at)
    if gone:
        erase.forget_evidence(store)
    return gone


def _age(store: Store, kept: Keeping, held: Held, at: dt.datetime, gone: Gone) -> None:
    """Removes what of an organisation is older than it wants."""
    org = kept.organisation_id
    if held.all:
        return
    if kept.facts_days is not None:
        before = int(at.timestamp()) // SECONDS_A_DAY - kept.facts_days
        oldest = [bounds[0] for bounds in (store.bounds(org), store.tls_bounds(org)) if bounds is not None]
        if oldest and min(oldest) < before:
            gone.facts += store.erase(org, before_day=before, but=sorted(held.domains))
    if kept.raw_days is not None:
        spared = store.deliveries(org, sorted(held.domains))
        gone.raws += deliveries.erase_bytes(org, at - dt.timedelta(days=kept.raw_days), but=spared)
    if kept.audit_days is not None and not held:
        gone.entries += audit.forget(org, at - dt.timedelta(days=kept.audit_days))


def _depart(store: Store, departure: Departure) -> int:
    """Erases a domain that was removed long enough ago; 0 while a hold stands."""
    org, domain = departure.organisation_id, departure.domain
    try:
        erase.erase_domain(store, org, domain)
    except HeldBack:
        return 0
    audit.note(RETENTION, audit.Action.ERASED, domain, org=org)
    return 1


def forget_exports(folder: Path, at: dt.datetime) -> int:
    """Removes the files of exports whose time is over, and those that belong to no export; returns how many."""
    removed = 0
    kept = set(Errand.objects.filter(expires__gt=at).exclude(file="").values_list("file", flat=True))
    kept |= set(Errand.objects.filter(state=Errand.State.RUNNING).exclude(file="").values_list("file", flat=True))
    for file in folder.glob("*.zip") if folder.is_dir() else ():
        if file.name not in kept:
            file.unlink(missing_ok=True)
            removed += 1
    return removed
