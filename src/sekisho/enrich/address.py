"""Which addresses the outside world can be asked about, and their names in the reverse tree."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from sekisho.core.judge.sources import is_private

Address = IPv4Address | IPv6Address


def askable(text: str) -> Address | None:
    """The address, out of its IPv4-mapped form; None for text that is none and for addresses that mean no host of the internet."""
    try:
        ip = ip_address(text)
    except ValueError:
        return None
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if ip.is_multicast or ip.is_unspecified or (isinstance(ip, IPv6Address) and ip.scope_id) or is_private(str(ip)):
        return None
    return ip


def reversed_in(ip: Address, zone: str) -> str:
    """The address below a zone: octets backwards (RFC 5782, 2.1), for IPv6 nibbles (2.4)."""
    labels = ip.reverse_pointer.rsplit(".", 2)[0]
    return f"{labels}.{zone}"
