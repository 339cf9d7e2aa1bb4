"""Keeps the DNS states of registered domains fresh: daily, at registration, and when somebody asks."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from sekisho import flow
from sekisho.core.errors import StoreError
from sekisho.core.state.wanted import MOST_WAYS, wanted_of
from sekisho.enrich.state import ask_state
from sekisho.flow import House
from sekisho.net.http import Http
from sekisho.registry import states

log = logging.getLogger(__name__)
AT_ONCE = 20
"""Domains that are looked at in one go; each is some dozen questions, one domain after the other."""


def refresh(house: House, http: Http, *, limit: int = AT_ONCE) -> int:
    """Looks at the records of domains whose time has come; returns how many.

    Where something changed that the judge is told, the domain is judged again. With the DNS switched off nothing is asked.
    """
    dns = house.gatherer.dns
    if dns is None or dns.is_off:
        return 0
    waiting = states.due(datetime.fromtimestamp(house.now(), UTC), limit=limit)
    for domain in waiting:
        wanted = wanted_of(domain.name, house.store.ways(domain.organisation_id, domain.name, limit=MOST_WAYS))
        sheet = ask_state(dns, http, wanted)
        if states.keep(domain, wanted, sheet, datetime.fromtimestamp(house.now(), UTC)):
            _judge(house, domain.organisation_id, domain.name)
    return len(waiting)


def _judge(house: House, org: int, name: str) -> None:
    try:
        flow.judge(house, org, [name], why="dns")
    except StoreError:
        log.exception("%s could not be judged again after its records changed; the next reports will do it", name)
