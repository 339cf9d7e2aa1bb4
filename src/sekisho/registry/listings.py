"""How long addresses have been on DNS lists: each stay with its first and last sight and its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sekisho.core.facts import Evidence
from sekisho.registry.models import Listing

SHOWN = 100
"""Stays of one address that are read: some lists, and months of coming and going."""


def note(found: Sequence[Evidence]) -> None:
    """Writes what lists said of addresses: begins, prolongs and ends stays. A list that did not answer changes nothing."""
    told = {evidence.address: evidence for evidence in found if evidence.at and (evidence.listed or evidence.cleared)}
    going = {(row.address, row.zone): row for row in Listing.objects.filter(address__in=list(told), ended=None)}
    new, seen = [], []
    for evidence in told.values():
        at = datetime.fromtimestamp(evidence.at, UTC)
        for zone in evidence.listed:
            row = going.get((evidence.address, zone))
            if row is None:
                new.append(Listing(address=evidence.address, zone=zone, first=at, last=at))
            elif row.last < at:
                row.last = at
                seen.append(row)
        for zone in evidence.cleared:
            row = going.get((evidence.address, zone))
            if row is not None and row.last <= at:
                row.ended = at
                seen.append(row)
    Listing.objects.bulk_create(new, ignore_conflicts=True)
    Listing.objects.bulk_update(seen, ("last", "ended"), batch_size=200)


def of(address: str) -> list[Listing]:
    """The stays of an address, those that last first, then the newest."""
    rows = list(Listing.objects.filter(address=address).order_by("-id")[:SHOWN])
    return sorted(rows, key=lambda row: (row.ended is not None, -row.first.timestamp()))


def to_ask_again(zones: Sequence[str], before: int, limit: int) -> list[str]:
    """Addresses that are on one of the lists and were not seen there since a time (Unix seconds), the longest unseen first."""
    old = Listing.objects.filter(ended=None, zone__in=zones, last__lt=datetime.fromtimestamp(before, UTC)).order_by("last", "id")
    return list(dict.fromkeys(old.values_list("address", flat=True)[:limit]))


def addresses(size: int) -> Iterator[list[str]]:
    """All addresses with stays, so many at a time."""
    last = ""
    names = Listing.objects.order_by("address").values_list("address", flat=True).distinct()
    while some := list(names.filter(address__gt=last)[:size]):
        last = some[-1]
        yield some


def forget(addresses: Sequence[str]) -> int:
    """Removes the stays of addresses; returns how many."""
    return Listing.objects.filter(address__in=addresses).delete()[0]
