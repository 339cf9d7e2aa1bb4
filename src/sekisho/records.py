"""Keeps the DNS states of registered domains fresh: daily, at registration, and when somebody asks."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sekisho import flow
from sekisho.core.errors import StoreError
from sekisho.core.guidance.start import ask_proof
from sekisho.core.questions import Asking
from sekisho.core.state.gather import Wanted
from sekisho.core.state.spf import MAX_ADDRESSES
from sekisho.core.state.wanted import MOST_WAYS, wanted_of
from sekisho.core.terms import SECONDS_A_DAY, URGENCY, Found
from sekisho.enrich.state import ask_states
from sekisho.flow import House
from sekisho.net.dns import Dns
from sekisho.net.http import Http
from sekisho.registry import deliveries, proofs, states
from sekisho.registry.models import Domain
from sekisho.registry.proofs import Proof
from sekisho.store.query import Filter, HostSum, Page

log = logging.getLogger(__name__)
RECENT_DAYS = 90
"""Addresses that failed in this time are checked by SPF."""
AT_ONCE = 20
"""Domains that are looked at together; each is some dozen questions, one after the other."""


def refresh(
    house: House, http: Http, *, limit: int = AT_ONCE, only: Domain | None = None, changed: set[tuple[int, str]] | None = None
) -> int:
    """Looks at the records of domains whose time has come, or of `only` one at once; returns how many.

    Where something changed that the judge is told, the domain is judged again; `changed` gets (organisation, domain) of those
    where any record changed. Proofs of ownership are looked at with them. With the DNS switched off nothing is asked.
    """
    dns = house.gatherer.dns
    if dns is None or dns.is_off:
        return 0
    now = datetime.fromtimestamp(house.now(), UTC)
    waiting = states.due(now, limit=limit) if only is None else [only]
    wanted = [_wanted(house, domain) for domain in waiting]
    for number, sheet in ask_states(dns, http, wanted):
        domain = waiting[number]
        at = datetime.fromtimestamp(house.now(), UTC)
        if states.keep(domain, wanted[number], sheet, at):
            _judge(house, domain.organisation_id, domain.name)
        if changed is not None and states.has_changed(domain.pk, at):
            changed.add((domain.organisation_id, domain.name))
    _prove(dns, waiting, now)
    return len(waiting)


def _prove(dns: Dns, domains: Sequence[Domain], now: datetime) -> None:
    """Looks for the proofs of domains that have been shown what to publish; reports that were held back are read again."""
    rows = list(Proof.objects.filter(domain__in=domains, by_operator=False).select_related("domain"))
    for number, state in dns.ask_many(_numbered(number, proof) for number, proof in enumerate(rows)):
        if proofs.note(rows[number], state, now):
            deliveries.adopt(rows[number].domain.organisation_id, rows[number].domain.name)


def _numbered(number: int, proof: Proof) -> Asking[tuple[int, Found]]:
    state, _why = yield from ask_proof(proof.domain.name, proof.token)
    return number, state


def _wanted(house: House, domain: Domain) -> Wanted:
    """What the mail of the domain makes worth asking: keys, sub-domains, and addresses that fail."""
    org, name, today = domain.organisation_id, domain.name, house.now() // SECONDS_A_DAY
    wanted = wanted_of(name, house.store.ways(org, name, limit=MOST_WAYS))
    failing = Filter(org, today - RECENT_DAYS, today, domains=(name,), classes=URGENCY[:3])
    hosts = house.store.hosts(failing, Page("-messages", size=MAX_ADDRESSES)).rows
    return replace(wanted, addresses=tuple(host.source_ip for host in hosts if isinstance(host, HostSum)))


def _judge(house: House, org: int, name: str) -> None:
    try:
        flow.judge(house, org, [name], why="dns")
    except StoreError:
        log.exception("%s could not be judged again after its records changed; the next reports will do it", name)
