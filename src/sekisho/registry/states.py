"""The DNS states of registered domains: kept with their history, and handed to the judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from sekisho.core.state.changes import Change, changes
from sekisho.core.state.findings import Part
from sekisho.core.state.gather import DomainState, Wanted, state_of
from sekisho.core.state.own import OwnRecords, own_records
from sekisho.core.state.sheet import Sheet, from_plain
from sekisho.core.terms import SECONDS_A_DAY
from sekisho.registry.models import Domain
from sekisho.registry.models import DomainState as Row

if TYPE_CHECKING:
    from sekisho.core.alerts.records import Turn

EVERY = timedelta(days=1)
"""Records are looked at daily."""
AGAIN = timedelta(hours=1)
"""When something failed, sooner."""
AUTHENTICATION = {Part.SPF.value, Part.DKIM.value, Part.DMARC.value}
MOST_TURNS = 200
"""Changed states that are read for the warnings of some domains; each is some milliseconds of work."""
MAX_HISTORY = 200
"""Rows of one domain that are kept; a name server that answers otherwise each time would fill the registry."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The newest state of a domain: as it surely is now, and with what was known of it before."""

    wanted: Wanted
    sheet: Sheet
    since: datetime
    checked: datetime
    due: datetime

    @property
    def now(self) -> DomainState:
        """What failed at the last look is unknown."""
        return state_of(self.wanted, self.sheet.now().answer)

    @property
    def known(self) -> DomainState:
        """What failed at the last look is as it was known before."""
        return state_of(self.wanted, self.sheet.answer)


def latest(domain: int) -> Kept | None:
    """The newest state of a domain; None when it was never looked at."""
    row = Row.objects.filter(domain_id=domain).order_by("-id").first()
    return None if row is None else _kept(row)


def _kept(row: Row) -> Kept:
    return Kept(_wanted(row), from_plain(row.sheet), row.since, row.checked, row.due)


def _wanted(row: Row) -> Wanted:
    selectors = tuple((str(domain), str(selector)) for domain, selector in row.wanted.get("selectors", ()))
    names, addresses, senders = (tuple(map(str, row.wanted.get(key, ()))) for key in ("names", "addresses", "senders"))
    return Wanted(row.domain.name, selectors, names, addresses, senders)


@dataclass(frozen=True, slots=True)
class Past:
    """What changed at a time."""

    at: datetime
    changes: tuple[Change, ...]


def history(domain: int, *, limit: int = 50) -> list[Past]:
    """What changed, the newest first."""
    rows = Row.objects.filter(domain_id=domain).exclude(changes=[]).order_by("-id")[:limit]
    return [Past(row.since, tuple(Change(Part(part), *texts) for part, *texts in row.changes)) for row in rows]


def turns(org: int, names: Sequence[str], since: datetime, *, limit: int = MOST_TURNS) -> dict[str, list[Turn]]:
    """The looks since a time at which records of these domains were otherwise than before, the newest `limit` of them."""
    from sekisho.core.alerts.records import Turn  # of the watch; an ingest does without

    rows = Row.objects.filter(domain__organisation_id=org, domain__name__in=names, since__gte=since).exclude(changes=[])
    found: dict[str, list[Turn]] = {}
    for row in rows.select_related("domain").order_by("-id")[:limit]:
        before = Row.objects.filter(domain_id=row.domain_id, pk__lt=row.pk).select_related("domain").order_by("-id").first()
        if before is not None:
            changed = tuple(Change(Part(part), *texts) for part, *texts in row.changes)
            turn = Turn(int(row.since.timestamp()) // SECONDS_A_DAY, changed, _kept(before).known, _kept(row).known)
            found.setdefault(row.domain.name, []).append(turn)
    return found


def due(now: datetime, *, limit: int = 50) -> list[Domain]:
    """Domains never looked at, or whose time has come, the longest waiting first."""
    newest = Row.objects.filter(domain=OuterRef("pk")).order_by("-id").values("due")[:1]
    waiting = Domain.objects.annotate(next_look=Subquery(newest)).filter(Q(next_look=None) | Q(next_look__lte=now))
    return list(waiting.order_by(F("next_look").asc(nulls_first=True), "id")[:limit])


def has_changed(domain: int, at: datetime) -> bool:
    """Whether the look at this time found other records than the one before."""
    return Row.objects.filter(domain_id=domain, since=at).exclude(changes=[]).exists()


def look_soon(domain: int, now: datetime) -> None:
    """Asks for a look as soon as the server can."""
    newest = Row.objects.filter(domain_id=domain).order_by("-id").values("pk")[:1]
    Row.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(due=now)


def keep(domain: Domain, wanted: Wanted, sheet: Sheet, now: datetime) -> bool:
    """Keeps what a look found; a new row where records changed. Says whether what the judge is told has changed.

    What failed keeps the answer that was known before, and is remembered as failed; it never makes a change.
    """
    with transaction.atomic():
        row = Row.objects.filter(domain=domain).order_by("-id").first()
        before = None if row is None else _kept(row)
        kept = sheet if before is None else sheet.over(before.sheet)
        after = state_of(wanted, kept.answer)
        changed = () if before is None else changes(before.known, after)
        next_look = now + (AGAIN if sheet.failed else EVERY)
        selectors = [list(pair) for pair in wanted.selectors]
        asked = {"selectors": selectors, "names": list(wanted.names), "addresses": list(wanted.addresses)}
        asked["senders"] = list(wanted.senders)
        values = {"checked": now, "due": next_look, "wanted": asked, "sheet": kept.to_plain()}
        if row is None or changed:
            plain = [[change.part.value, change.name, change.before, change.after] for change in changed]
            Row.objects.create(domain=domain, since=now, changes=plain, **values)
            _forget(domain)
        else:
            Row.objects.filter(pk=row.pk).update(**values)
    matters = any(change.part.value in AUTHENTICATION for change in changed)
    return before is None or matters or own_records(before.known) != own_records(after)


def _forget(domain: Domain) -> None:
    old = list(Row.objects.filter(domain=domain).order_by("-id").values_list("pk", flat=True)[MAX_HISTORY:])
    Row.objects.filter(pk__in=old).delete()


def _changed_day(row: Row) -> int:
    """The day on which the row's records took the place of others that matter to authentication; 0 for a first look."""
    parts = {str(change[0]) for change in row.changes}
    return int(row.since.timestamp()) // SECONDS_A_DAY if parts & AUTHENTICATION else 0


def own_of(org: int, names: Sequence[str]) -> Mapping[str, OwnRecords]:
    """The own records of registered domains by name."""
    domains = Domain.objects.filter(organisation_id=org, name__in=names)
    newest = Row.objects.filter(domain=OuterRef("domain")).order_by("-id").values("pk")[:1]
    rows = Row.objects.filter(domain__in=domains, pk=Subquery(newest)).select_related("domain")
    found = {
        row.domain.name: own_records(_kept(row).known, is_parked=row.domain.is_parked, changed_day=_changed_day(row))
        for row in rows
    }
    for domain in domains:
        if domain.is_parked and domain.name not in found:
            found[domain.name] = OwnRecords(domain.name, is_parked=True)
    return found
