"""Addresses as text of one length, so that a network is a range of text in every store."""

from __future__ import annotations

import ipaddress
from socket import AF_INET, AF_INET6, inet_ntop, inet_pton


def span_of(address: str) -> tuple[str, str]:
    """The address as sortable text (`4` or `6` and hexadecimal digits) and its network (/24 or /48); empty where it is none."""
    try:
        if ":" not in address:
            packed = inet_pton(AF_INET, address)
            return "4" + packed.hex(), f"{packed[0]}.{packed[1]}.{packed[2]}.0/24"
        packed = inet_pton(AF_INET6, address)
        return "6" + packed.hex(), inet_ntop(AF_INET6, packed[:6] + bytes(10)) + "/48"
    except (OSError, ValueError):
        return "", ""


def spans_of(network: str) -> tuple[str, str] | None:
    """First and last sortable text of a network in CIDR form, whatever its host bits; None where it is none."""
    try:
        found = ipaddress.ip_network(network, strict=False)
    except ValueError:
        return None
    digits = found.max_prefixlen // 4
    first, last = int(found.network_address), int(found.broadcast_address)
    return f"{found.version}{first:0{digits}x}", f"{found.version}{last:0{digits}x}"


def canonical(address: str) -> str:
    """The address as reports are kept with; as given where it is none."""
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return address
