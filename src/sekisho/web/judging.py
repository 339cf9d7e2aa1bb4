"""Judges again at once what a person's decision touches, from a page."""

from __future__ import annotations

from sekisho import flow
from sekisho.registry.models import Domain, NetworkOwner

_house: flow.House | None = None


def use(house: flow.House | None) -> None:
    """Makes this the house whose judge the pages call."""
    global _house
    _house = house


def rejudge(org: int, *, source_ip: str = "") -> int:
    """Judges the flows of a host, or of all, again, in all domains of the organisation; returns verdicts changed."""
    if _house is None:
        return 0
    domains = list(Domain.objects.filter(organisation_id=org).values_list("name", flat=True))
    return flow.judge(_house, org, domains, why="decision", addresses=[source_ip] if source_ip else None)


def can_ask_owners() -> bool:
    """Whether there is anybody to ask whose a network is."""
    return _house is not None and _house.gatherer.registries is not None


def owner(address: str) -> NetworkOwner | None:
    """Whose network an address is in; asks the registries where that is due, which takes seconds."""
    return flow.owner_of(_house, address) if _house is not None else None
