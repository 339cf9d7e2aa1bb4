"""The host name of an address and whether the name leads back to it (RFC 8601, 2.7.3: `iprev`)."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import NamedTuple

from sekisho.core.names import MAX_NAME, normal
from sekisho.core.questions import Answer, Asking, Question
from sekisho.core.terms import Found
from sekisho.enrich.address import Address

MAX_NAMES = 10
"""Host names of one address that are followed (RFC 7208, 4.6.4 sets the same limit for its `ptr`)."""

HOST_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
"""At least two labels, the last beginning with a letter; underscores occur in real host names."""

NOWHERE = frozenset({"arpa", "corp", "home", "internal", "invalid", "lan", "local", "localdomain", "localhost"})
"""Last labels that lead nowhere in the public DNS, so that such a name tells nothing (RFC 6761, RFC 6762, RFC 9476)."""


class HostName(NamedTuple):
    """What the reverse tree says of an address."""

    state: Found
    name: str
    """In normal form; empty unless `state` is yes."""
    confirmed: Found


NO_NAME = HostName(Found.NO, "", Found.UNKNOWN)
NOT_KNOWN = HostName(Found.UNKNOWN, "", Found.UNKNOWN)


def host_name(ip: Address) -> Asking[HostName]:
    """The host name of an address; of several the one that leads back, else the first by alphabet.

    1. The PTR records; a failed look-up is unknown, never "has no name".
    2. Names that cannot be host names are dropped; with none left the address has no name.
    3. The addresses of each name, until one is the address: confirmed.
    4. Not confirmed only when every look-up was answered; else unknown.
    """
    reverse = yield Question(ip.reverse_pointer, "PTR")
    if reverse.failed:
        return NOT_KNOWN
    names = sorted({name for name in map(normal, reverse.values) if _is_host_name(name)})[:MAX_NAMES]
    if not names:
        return NO_NAME
    confirmed = Found.NO
    for name in names:
        forward = yield Question(name, "A" if ip.version == 4 else "AAAA")
        if _has(forward, ip):
            return HostName(Found.YES, name, Found.YES)
        if forward.failed:
            confirmed = Found.UNKNOWN
    return HostName(Found.YES, names[0], confirmed)


def _is_host_name(name: str) -> bool:
    return len(name) <= MAX_NAME and HOST_NAME.fullmatch(name) is not None and name.rpartition(".")[2] not in NOWHERE


def _has(answer: Answer, ip: Address) -> bool:
    return any(ip_address(value) == ip for value in answer.values)
