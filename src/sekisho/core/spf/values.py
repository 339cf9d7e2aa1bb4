"""Who is checked, and what an SPF check finds out (RFC 7208, 2.4 and 2.6)."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address

from sekisho.core.terms import AuthResult, SpfScope

Address = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Client:
    """The other side of an SMTP connection, and what macros may say of this one."""

    address: Address
    """An IPv4-mapped address counts as IPv4 (RFC 7208, 5)."""
    helo: str
    receiver: str = "unknown"
    """The name of the machine that checks, `%{r}`; `unknown` where it is nobody's business (RFC 7208, 7.3)."""
    at: int = 0
    """Seconds since 1970, `%{t}`."""

    @property
    def plain(self) -> Address:
        """The address, as IPv4 where it is mapped."""
        return unmapped(self.address)


def unmapped(address: Address | str) -> Address:
    """The address, an IPv4-mapped one as IPv4 (RFC 4291, 2.5.5.2); raises ValueError for text that is none."""
    made = ip_address(address) if isinstance(address, str) else address
    if isinstance(made, IPv4Address):
        return made
    return made.ipv4_mapped or made


@dataclass(frozen=True, slots=True)
class Step:
    """A term at which a check stood."""

    domain: str
    """Whose record it is in."""
    term: str
    """As written; empty where no mechanism matched."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What stopped a check, or was passed over.

    Codes: `domain` (no name the DNS can hold), `unanswered`, `syntax`, `many_records`, `no_record`, `lookups`, `voids`, `mx_names`,
    `ptr_names`, `ptr_unanswered`.
    """

    code: str
    domain: str
    term: str = ""
    why: str = ""
    """For people, in English."""


@dataclass(frozen=True, slots=True)
class SpfResult:
    """The result of one check, and how it came about."""

    result: AuthResult
    scope: SpfScope
    domain: str
    """The domain whose policy was asked, in normal form."""
    path: tuple[Step, ...] = ()
    """The includes and redirects that were gone through, and at the end the term that matched or stopped the check."""
    explanation: str = ""
    """The domain's own words on a fail, printable ASCII; a stranger wrote them (RFC 7208, 6.2)."""
    lookups: int = 0
    """Terms that asked the DNS, of 10 at most."""
    voids: int = 0
    """Questions that found nothing, of 2 at most."""
    problems: tuple[Problem, ...] = ()

    @property
    def mechanism(self) -> str:
        """The term that decided as in `Received-SPF`: `default` where none matched (RFC 7208, 9.1)."""
        return (self.path[-1].term if self.path else "") or "default"
