"""Judges again at once what a person's decision touches, from a page."""

from __future__ import annotations

from sekisho import flow
from sekisho.registry.models import Domain

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
