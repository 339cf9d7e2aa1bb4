"""Addresses in their canonical text: dotted IPv4, and IPv6 by RFC 5952."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
PLAIN_IPV4 = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
"""Pattern of an IPv4 address that is canonical as it stands, as almost all are."""
is_plain_ipv4 = re.compile(PLAIN_IPV4).fullmatch
_LOOSE_IPV4 = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})(?::[0-9]{1,5})?").fullmatch
_BRACKETED = re.compile(r"\[([^\]]*)\](?::[0-9]{1,5})?").fullmatch
_LONGEST = 64
"""Characters of an address with a zone or port around it."""


def canonical(text: str) -> str | None:
    """The canonical text of an address, an IPv4-mapped one as IPv4 (RFC 4291, 2.5.5.2); None where it is none.

    Brackets, a zone, a port after IPv4 or brackets, the prefix `IPv6:` and leading zeros (decimal) are understood.
    """
    if is_plain_ipv4(text):
        return text
    return _canonical(text)


@lru_cache(maxsize=4096)
def _canonical(text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    text = text.strip()
    if bracketed := _BRACKETED(text):
        text = bracketed[1]
    if text[:5].lower() == "ipv6:":
        text = text[5:]
    if loose := _LOOSE_IPV4(text):
        return _dotted([int(part) for part in loose.groups()])
    try:
        address = IPv6Address(text.partition("%")[0])
    except AddressValueError:
        return None
    mapped = address.ipv4_mapped
    return str(mapped) if mapped else address.compressed


def _dotted(octets: list[int]) -> str | None:
    """IPv4 from four numbers, or None."""
    if max(octets) > 255:
        return None
    return str(IPv4Address(bytes(octets)))
