"""Who runs a network, as registries told: kept by network and by date, so that one answer serves all its addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address

from sekisho.registry.models import NetworkOwner

GOOD_FOR = timedelta(days=30)
"""Networks change hands seldom."""
NO_FOR, UNKNOWN_FOR = timedelta(days=7), timedelta(hours=1)
"""After these an answer that nobody is known, and a failure, are asked about again."""


def span(ip: IPv4Address | IPv6Address) -> str:
    """The address as text that sorts: `4` or `6` and hexadecimal digits of one length."""
    return f"{ip.version}{int(ip):0{ip.max_prefixlen // 4}x}"


def known(address: str) -> NetworkOwner | None:
    """What is kept of the narrowest network with the address, however old; None when nothing is."""
    try:
        at = span(ip_address(address))
    except ValueError:
        return None
    found = list(NetworkOwner.objects.filter(first__lte=at, last__gte=at))
    return min(found, key=lambda row: (int(row.last[1:], 16) - int(row.first[1:], 16), -row.pk), default=None)


def is_due(row: NetworkOwner | None, now: int) -> bool:
    """Whether it is time to ask (again)."""
    if row is None:
        return True
    age = {"yes": GOOD_FOR, "no": NO_FOR}.get(row.state, UNKNOWN_FOR)
    return row.asked + age <= datetime.fromtimestamp(now, UTC)


def asked_since(when: int) -> int:
    """How many networks were asked about since a time (Unix seconds)."""
    return NetworkOwner.objects.filter(asked__gte=datetime.fromtimestamp(when, UTC)).count()


def keep(
    state: str,
    first: IPv4Address | IPv6Address,
    last: IPv4Address | IPv6Address,
    *,
    now: int,
    **told: str,
) -> NetworkOwner:
    """Keeps what a registry told of a range; of a single address where nobody told of its network."""
    row, _ = NetworkOwner.objects.update_or_create(
        first=span(first),
        last=span(last),
        defaults={**told, "state": state, "asked": datetime.fromtimestamp(now, UTC)},
    )
    return row


def forget_failures(first: IPv4Address | IPv6Address, last: IPv4Address | IPv6Address) -> None:
    """Removes the failures within a range that is known now."""
    NetworkOwner.objects.filter(first__gte=span(first), last__lte=span(last)).exclude(state="yes").delete()
