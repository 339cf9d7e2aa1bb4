"""Addresses in their canonical text: dotted IPv4, and IPv6 by RFC 5952."""

import re
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv6Address

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
PLAIN_IPV4 = rf"{_OCTET}\.{_OCTET}\.{_OCTET}\.{_OCTET}"
"""Pattern of an IPv4 address that is canonical as it stands, as almost all are."""
is_plain_ipv4 = re.compile(PLAIN_IPV4).fullmatch
_GROUPS = r"[1-9a-f][0-9a-f]{0,3}(?::(?:0:)?[1-9a-f][0-9a-f]{0,3})*"
_PLAIN_IPV6 = re.compile(rf"{_GROUPS}::(?:{_GROUPS})?|{_GROUPS}").fullmatch
"""IPv6 without two zeros in a row but where they are left out, and not zero at its start or beside the gap."""
_LOOSE_IPV4 = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})(?::[0-9]{1,5})?").fullmatch
_BRACKETED = re.compile(r"\[([^\]]*)\](?::[0-9]{1,5})?").fullmatch
_LONGEST = 64
"""Characters of an address with a zone or port around it."""


def canonical(text: str) -> str | None:
    """The canonical text of an address, an IPv4-mapped one as IPv4 (RFC 4291, 2.5.5.2); None where it is none.

    Brackets, a zone, a port after IPv4 or brackets, the prefix `IPv6:` and leading zeros (decimal) are understood.
    """
    if is_plain_ipv4(text) or _is_plain_ipv6(text):
        return text
    return _canonical(text)


def _is_plain_ipv6(text: str) -> bool:
    """Whether it is an IPv6 address in canonical text beyond doubt, as most are (RFC 5952, 4)."""
    if _PLAIN_IPV6(text) is None:
        return False
    colons = text.count(":")
    return colons <= 6 + text.endswith("::") if "::" in text else colons == 7


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
