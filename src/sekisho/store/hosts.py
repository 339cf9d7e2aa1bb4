"""Addresses: met in reports, looked up later, the evidence on them, and who still waits for a look-up."""

# ruff: noqa: S608 - the text of a question is made of this room's own words; values travel apart from it

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sekisho.core.facts import Evidence, Group, Place
from sekisho.core.terms import Found
from sekisho.store.duck import Duck, Row
from sekisho.store.span import span_of
from sekisho.store.sql import clean
from sekisho.store.touched import Touched

PIECE = 5_000
"""Addresses handled at a time."""

_NEW = "SELECT s.source_ip, 0, 0 FROM s_host s LEFT JOIN host h ON h.source_ip = s.source_ip WHERE h.id IS NULL"
_TOLD = """
h.sgroup, h.label, h.known, h.ptr_state, h.ptr, h.confirmed, h.country, h.city, h.latitude, h.longitude,
h.asn, h.as_name, h.as_domain, h.listed, h.lists_asked, h.looked_up
"""
COLUMNS = f"h.source_ip, {_TOLD}"
"""Of an address, as `evidence_of` reads them."""
_ALIKE = f"""
SELECT list(source_ip), {_TOLD} FROM host h
WHERE h.known = 1 AND h.source_ip IN (SELECT unnest(CAST(? AS VARCHAR[]))) GROUP BY ALL
"""
"""Addresses of which the same is known come as one row: most have no host name, and a row of so many columns takes its time."""
KNOWN = 3
"""The place of `known` in them."""
_NO_GROUP = Group("unknown", "")
"""Of an address that was never looked into."""
_BLANK_GROUP = Group("unknown", "unknown")
"""Of an address of which nothing was found."""
_NOWHERE = Place()
_KEPT = """
UPDATE host SET sgroup = s.sgroup, label = s.label, known = 1, ptr_state = s.ptr_state, ptr = s.ptr,
confirmed = s.confirmed, country = s.country, city = s.city, latitude = s.latitude, longitude = s.longitude, asn = s.asn,
as_name = s.as_name, as_domain = s.as_domain, listed = s.listed, lists_asked = s.lists_asked, looked_up = s.looked_up
FROM s_evidence s WHERE s.id = host.id
"""
_THERE = f"""
SELECT h.id, {COLUMNS} FROM host h JOIN s_host s ON s.source_ip = h.source_ip WHERE h.known = 1 OR s.is_blank = 0
"""
_BLANK = """
UPDATE host SET known = 1, label = ? FROM s_host s WHERE s.source_ip = host.source_ip AND s.is_blank = 1 AND host.known = 0
"""
"""Where all is unknown, as it is without files of places, only that it was looked for is written."""
_STAGED = (
    *("sgroup", "label", "ptr_state", "ptr", "confirmed", "country", "city", "latitude", "longitude", "asn", "as_name"),
    *("as_domain", "listed", "lists_asked", "looked_up"),
)


class Hosts:
    """The table of addresses. Numbers are given out by one writer and never again."""

    def __init__(self, duck: Duck, touched: Touched) -> None:
        self._duck = duck
        self._touched = touched
        ((last,),) = duck.read("SELECT COALESCE(MAX(id), 0) FROM host")
        self._last = last

    def meet(self, new: Sequence[Row]) -> None:
        """Gives numbers to new addresses, each with the messages that failed and all that it sent when it was met.

        Those sums only order the look-ups; keeping them up to date would cost a fifth of the whole ingest.
        """
        for start in range(0, len(new), PIECE):
            self._add(new[start : start + PIECE])

    def _add(self, new: Sequence[Row]) -> None:
        rows = []
        for source_ip, failed, messages in new:
            self._last += 1
            rows.append((self._last, source_ip, *span_of(source_ip), failed, messages))
        self._duck.append("host", rows, ("id", "source_ip", "span", "network", "failed", "messages"))

    def keep(self, found: Iterable[tuple[Evidence, Group]]) -> set[str]:
        """Keeps evidence and groups in bulk; see `Store.keep_evidence`."""
        changed: set[str] = set()
        found = iter(found)
        with self._duck.transaction():
            while part := list(islice(found, PIECE)):
                changed |= self._keep_part(_newest(part))
        return changed

    def _keep_part(self, part: dict[str, tuple[Evidence, Group]]) -> set[str]:
        """Keeps what is not older than what is there; the addresses need not have been in a report."""
        self._duck.write("TRUNCATE s_host")
        self._duck.append("s_host", [(address, _is_blank(*found)) for address, found in part.items()])
        before = self._last
        self.meet(self._duck.write(_NEW))
        there = self._duck.write(_THERE)
        self._duck.write(_BLANK, (_BLANK_GROUP.label,))
        staged: list[Row] = []
        changed: dict[int, str] = {}
        for number, *row in there:
            address = row[0]
            was, was_in = evidence_of(row) if row[KNOWN] else (Evidence(address), _NO_GROUP)
            evidence, group = part[address]
            if evidence.at < was.at:
                continue
            staged.append((number, *_row_of(evidence, group)))
            if group.key != was_in.key or _weight(evidence) != _weight(was):
                changed[number] = address
        if staged:
            self._duck.write("TRUNCATE s_evidence")
            self._duck.append("s_evidence", staged, ("id", *_STAGED))
            self._duck.write(_KEPT)
        if with_facts := [number for number in changed if number <= before]:
            self._touched.by_hosts(with_facts)
        return set(changed.values())


def evidence(duck: Duck, addresses: Iterable[str]) -> dict[str, tuple[Evidence, Group]]:
    """The evidence at hand on some addresses; those never looked into are left out."""
    found = {}
    wanted = iter(addresses)
    while part := [clean(a) for a in islice(wanted, PIECE)]:
        for alike, *told in duck.read(_ALIKE, (part,)):
            found.update({address: evidence_of((address, *told)) for address in alike})
    return found


def without_evidence(duck: Duck, limit: int, *, failing: bool) -> list[str]:
    """Addresses that were never looked into, the busy ones first; only failing ones where asked."""
    only = "AND id IN (SELECT host FROM fact WHERE dkim_aligned + spf_aligned = 0)" if failing else ""
    sql = f"SELECT source_ip FROM host WHERE known = 0 {only} ORDER BY messages DESC, id LIMIT ?"
    return [address for (address,) in duck.read(sql, (limit,))]


def unknown_addresses(duck: Duck, limit: int, older_than: int) -> list[str]:
    """Who waits for a look-up in the DNS: never looked up first, then failing before others, then the busy ones."""
    sql = """
    SELECT source_ip FROM host WHERE span <> '' AND (looked_up = 0 OR looked_up < ?)
    ORDER BY CASE WHEN looked_up = 0 THEN 0 ELSE 1 END, CASE WHEN failed > 0 THEN 0 ELSE 1 END, messages DESC, id LIMIT ?
    """
    return [address for (address,) in duck.read(sql, (older_than, limit))]


def evidence_of(row: Sequence[Any]) -> tuple[Evidence, Group]:
    """The evidence and the group from a row of `COLUMNS`."""
    told, group = _told(*row[1:])
    return Evidence(row[0], *told), group


@lru_cache(maxsize=4096)
def _told(sgroup: str, label: str, _known: int, ptr_state: str, ptr: str, confirmed: str, *rest: Any) -> tuple[Row, Group]:
    """The values of an `Evidence` behind its address, and the group; many addresses share them."""
    country, city, latitude, longitude, asn, as_name, as_domain, listed, lists_asked, looked_up = rest
    place = Place(country, city, latitude, longitude)
    lists = tuple(json.loads(listed))
    told = (Found(ptr_state), ptr, Found(confirmed), place, asn, as_name, as_domain, lists, lists_asked, looked_up)
    return told, Group(sgroup, label)


def _row_of(found: Evidence, group: Group) -> Row:
    """The columns of `_STAGED`."""
    place = found.place
    return (
        clean(group.key),
        clean(group.label),
        str(found.ptr_state),
        clean(found.ptr),
        str(found.confirmed),
        clean(place.country),
        clean(place.city),
        place.latitude,
        place.longitude,
        found.asn,
        clean(found.as_name),
        clean(found.as_domain),
        json.dumps(found.listed) if found.listed else "[]",
        found.lists_asked,
        found.at,
    )


def _newest(found: Iterable[tuple[Evidence, Group]]) -> dict[str, tuple[Evidence, Group]]:
    """By address; of two on one address the newer, of two equally new the later."""
    newest: dict[str, tuple[Evidence, Group]] = {}
    for this, group in found:
        address = clean(this.address)
        if address not in newest or newest[address][0].at <= this.at:
            newest[address] = (this, group)
    return newest


def _is_blank(found: Evidence, group: Group) -> bool:
    """Whether nothing is known, as it is at hand of most addresses; written out, since it is asked of each."""
    if found.ptr_state is not Found.UNKNOWN or found.confirmed is not Found.UNKNOWN or found.at or found.asn or found.lists_asked:
        return False
    if found.ptr or found.as_name or found.as_domain or found.listed:
        return False
    return found.place == _NOWHERE and group == _BLANK_GROUP


def _weight(found: Evidence) -> tuple[object, ...]:
    """What of the evidence matters to the judge."""
    return (found.ptr_state, found.ptr, found.confirmed, found.asn, found.as_domain, found.listed)
