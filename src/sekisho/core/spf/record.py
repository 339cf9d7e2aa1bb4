"""The SPF record: text read into terms, with each error of its syntax and where it stands (RFC 7208, 4.5, 4.6, 5, 6, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from sekisho.core.spf.limits import MAX_RECORD, MAX_TERMS
from sekisho.core.spf.macro import MacroString, read_domain, read_macros
from sekisho.core.terms import AuthResult

VERSION = re.compile(r"v=spf1(?: |\Z)", re.IGNORECASE)
MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.-]*)=(.*)\Z", re.DOTALL)
DIRECTIVE = re.compile(r"([+\-~?]?)([A-Za-z][A-Za-z0-9_.-]*)(.*)\Z", re.DOTALL)
DUAL_CIDR = re.compile(r"(?::(?P<spec>.*?))?(?:/(?P<v4>[0-9]+))?(?://(?P<v6>[0-9]+))?\Z", re.DOTALL)
CIDR = re.compile(r":(?P<address>[^/]*)(?:/(?P<bits>[0-9]+))?\Z")
BITS = re.compile(r"0|[1-9][0-9]{0,2}")

QUALIFIERS = {"+": AuthResult.PASS, "-": AuthResult.FAIL, "~": AuthResult.SOFTFAIL, "?": AuthResult.NEUTRAL}
ASKING = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
"""Terms that count as look-ups (RFC 7208, 4.6.4)."""
NEEDS_DOMAIN = frozenset({"include", "exists"})

Network = IPv4Network | IPv6Network
"""A range of addresses."""


@dataclass(frozen=True, slots=True)
class Term:
    """One mechanism with its qualifier, or one modifier."""

    text: str
    """As written."""
    name: str
    """In lower case: `all include a mx ptr ip4 ip6 exists`, or the name of a modifier."""
    qualifier: AuthResult = AuthResult.PASS
    """What a match gives; of no meaning for modifiers."""
    domain: MacroString | None = None
    network: Network | None = None
    """Of `ip4` and `ip6`."""
    bits4: int = 32
    bits6: int = 128
    """Length of the prefix for the addresses of `a` and `mx`."""

    @property
    def asks(self) -> bool:
        """Whether it counts as a look-up."""
        return self.name in ASKING


@dataclass(frozen=True, slots=True)
class Flaw:
    """An error of the syntax; any makes the record a permerror (RFC 7208, 4.6)."""

    code: str
    text: str
    """The term as written."""
    why: str
    """For people, in English."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as far as it can be read; only without `flaws` may it be evaluated."""

    text: str
    mechanisms: tuple[Term, ...] = ()
    redirect: Term | None = None
    exp: Term | None = None
    unknown: tuple[Term, ...] = ()
    """Modifiers that nobody knows, which are ignored (RFC 7208, 6)."""
    flaws: tuple[Flaw, ...] = ()


def is_spf(text: str) -> bool:
    """Whether a TXT record is meant as SPF (RFC 7208, 4.5)."""
    return VERSION.match(text) is not None


def select(texts: Iterable[str]) -> tuple[str, ...]:
    """The SPF records among TXT records; more than one is a permerror (RFC 7208, 4.5)."""
    return tuple(text for text in texts if is_spf(text))


@lru_cache(maxsize=2048)
def parse_spf(text: str) -> Record:
    """The terms of a record that `is_spf`, and all its errors; never raises."""
    if len(text) > MAX_RECORD:
        return Record(text[:MAX_RECORD], flaws=(Flaw("long", text[:40], f"the record has {len(text)} characters"),))
    words = [word for word in text[6:].split(" ") if word]
    if len(words) > MAX_TERMS:
        return Record(text, flaws=(Flaw("long", text[:40], f"the record has {len(words)} terms"),))
    mechanisms: list[Term] = []
    modifiers: dict[str, Term] = {}
    unknown: list[Term] = []
    flaws: list[Flaw] = []
    for word in words:
        modifier = MODIFIER.match(word)
        made = _modifier(word, modifier) if modifier else _mechanism(word)
        if isinstance(made, Flaw):
            flaws.append(made)
        elif not modifier:
            mechanisms.append(made)
        elif made.name not in ("redirect", "exp"):
            unknown.append(made)
        elif made.name in modifiers:
            flaws.append(Flaw("duplicate", word, f"{made.name}= may stand only once"))
        else:
            modifiers[made.name] = made
    return Record(text, tuple(mechanisms), modifiers.get("redirect"), modifiers.get("exp"), tuple(unknown), tuple(flaws))


def _modifier(word: str, match: re.Match[str]) -> Term | Flaw:
    name, value = match[1].lower(), match[2]
    made = read_domain(value) if name in ("redirect", "exp") else read_macros(value)
    if isinstance(made, str):
        return Flaw("macro" if value else "domain", word, made)
    return Term(word, name, domain=made)


def _mechanism(word: str) -> Term | Flaw:
    match = DIRECTIVE.match(word)
    if not match:
        return Flaw("term", word, f"{word!r} is no term")
    qualifier, name, rest = QUALIFIERS[match[1] or "+"], match[2].lower(), match[3]
    if name == "all":
        return Flaw("all", word, "nothing may follow `all`") if rest else Term(word, name, qualifier)
    if name in ("ip4", "ip6"):
        return _network(word, name, qualifier, rest)
    if name in ("a", "mx"):
        return _addresses(word, name, qualifier, rest)
    if name not in ASKING or name == "redirect":
        return Flaw("mechanism", word, f"there is no mechanism {match[2]!r}")
    if not rest and name not in NEEDS_DOMAIN:
        return Term(word, name, qualifier)
    made = read_domain(rest[1:]) if rest.startswith(":") else f"{name} needs a colon and a domain"
    return Flaw("domain", word, made) if isinstance(made, str) else Term(word, name, qualifier, made)


def _addresses(word: str, name: str, qualifier: AuthResult, rest: str) -> Term | Flaw:
    match = DUAL_CIDR.match(rest)
    if not match:
        return Flaw("term", word, f"{rest!r} cannot follow {name!r}")
    made = None if match["spec"] is None else read_domain(match["spec"])
    if isinstance(made, str):
        return Flaw("domain", word, made)
    bits4, bits6 = _bits(match["v4"], 32), _bits(match["v6"], 128)
    if bits4 is None or bits6 is None:
        return Flaw("cidr", word, "a prefix length is 0 to 32 after /, 0 to 128 after //")
    return Term(word, name, qualifier, made, bits4=bits4, bits6=bits6)


def _network(word: str, name: str, qualifier: AuthResult, rest: str) -> Term | Flaw:
    match = CIDR.match(rest)
    if not match:
        return Flaw("address", word, f"{name} needs a colon, an address and at most one prefix length")
    most = 32 if name == "ip4" else 128
    bits = _bits(match["bits"], most)
    if bits is None:
        return Flaw("cidr", word, f"a prefix length of {name} is 0 to {most}")
    try:
        return Term(word, name, qualifier, network=_range(name, match["address"], bits))
    except AddressValueError:
        return Flaw("address", word, f"{match['address']!r} is no address for {name}")


def _range(name: str, address: str, bits: int) -> Network:
    if name == "ip4":
        return IPv4Network((int(IPv4Address(address)), bits), strict=False)
    if "%" in address:  # the standard library allows zones
        raise AddressValueError(address)
    return IPv6Network((int(IPv6Address(address)), bits), strict=False)


def _bits(text: str | None, most: int) -> int | None:
    """The prefix length, `most` where there is none, None where it is wrong."""
    if text is None:
        return most
    return int(text) if BITS.fullmatch(text) and int(text) <= most else None
