"""Where a domain takes mail in: MX records, the null MX (RFC 7505), and the addresses behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.names import normal
from sekisho.core.questions import Asking, Question
from sekisho.core.reports.values import Note
from sekisho.core.terms import Found

MAX_HOSTS = 20
"""Hosts whose addresses are asked for; each costs two questions."""
MAX_ADDRESSES = 100


class Exchanger(NamedTuple):
    """One MX record."""

    preference: int
    host: str


@dataclass(frozen=True, slots=True)
class Exchangers:
    """The mail servers of a domain; UNKNOWN where the question failed."""

    domain: str
    state: Found
    """NO: no MX record, so that mail goes to the domain's own address (RFC 5321, 5.1), or a null MX."""
    hosts: tuple[Exchanger, ...] = ()
    is_null: bool = False
    """The domain takes no mail (RFC 7505)."""
    exists: Found = Found.YES
    """Whether the domain exists at all."""
    addresses: tuple[str, ...] = ()
    """Of the hosts, as far as they could be asked."""
    unresolved: tuple[str, ...] = ()
    """Hosts that surely have no address."""
    notes: tuple[Note, ...] = ()
    why: str = ""


def read_exchangers(values: tuple[str, ...]) -> tuple[tuple[Exchanger, ...], bool, tuple[Note, ...]]:
    """The MX records in order of preference, whether they are the null MX, and what is odd."""
    found = []
    notes = []
    for value in values:
        preference, _, host = value.partition(" ")
        host = normal(host)
        found.append(Exchanger(int(preference) if preference.isdigit() else 0, host))
    nulls = [exchanger for exchanger in found if exchanger.host in ("", ".")]
    hosts = tuple(sorted(exchanger for exchanger in found if exchanger.host not in ("", ".")))
    if nulls and hosts:
        notes.append(Note("null_mx_not_alone", "a null MX stands beside others; it counts only alone", "."))
    return hosts, bool(nulls) and not hosts, tuple(notes)


def ask_exchangers(domain: str) -> Asking[Exchangers]:
    """Asks for the mail servers of a domain and their addresses; without MX records, for the domain's own."""
    domain = normal(domain)
    answer = yield Question(domain, "MX")
    if answer.failed:
        return Exchangers(domain, Found.UNKNOWN, why=answer.why, exists=Found.UNKNOWN)
    hosts, is_null, notes = read_exchangers(answer.values)
    exists = Found.NO if answer.nxdomain else Found.YES
    if is_null or answer.nxdomain:
        return Exchangers(domain, Found.NO, is_null=is_null, exists=exists, notes=notes)
    addresses: list[str] = []
    unresolved = []
    for name in [exchanger.host for exchanger in hosts[:MAX_HOSTS]] or [domain]:
        v4 = yield Question(name, "A")
        v6 = yield Question(name, "AAAA")
        addresses += [*v4.values, *v6.values]
        if v4.is_void and v6.is_void and hosts:
            unresolved.append(name)
    state = Found.YES if hosts else Found.NO
    return Exchangers(domain, state, hosts, False, exists, tuple(addresses[:MAX_ADDRESSES]), tuple(unresolved), notes)
