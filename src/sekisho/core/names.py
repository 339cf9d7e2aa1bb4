"""Domain names: normal form, the organizational domain by public suffix list, label boundaries."""

import pkgutil
from collections.abc import Iterator
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

MAX_NAME = 253
"""Octets of a domain name in text form (RFC 1035, 2.3.4)."""


def normal(name: str) -> str:
    """The name in lower case as A-labels without a final dot; as given (lower case) where IDNA refuses it."""
    name = name.strip().rstrip(".").lower()
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def upwards(name: str) -> Iterator[str]:
    """A name, given in normal form, and all those above it, the longest first."""
    while name:
        yield name
        name = name.partition(".")[2]


def is_within(name: str, domain: str) -> bool:
    """Whether `name` is `domain` or below it, by whole labels; both in normal form."""
    return name == domain or (bool(domain) and name.endswith("." + domain))


@lru_cache(maxsize=1)
def _all_suffixes() -> PublicSuffixList:
    return PublicSuffixList(_rules(_list()), accept_encoded_idn=False)


@lru_cache(maxsize=1)
def _icann_suffixes() -> PublicSuffixList:
    _, _, rest = _list().partition("// ===BEGIN ICANN DOMAINS===")
    return PublicSuffixList(_rules(rest.partition("// ===END ICANN DOMAINS===")[0]), accept_encoded_idn=False)


def _list() -> str:
    """The list that the library brings along."""
    return (pkgutil.get_data("publicsuffixlist", "public_suffix_list.dat") or b"").decode()


def _rules(text: str) -> list[str]:
    """The rules of the list, those that are not ASCII as A-labels too.

    The library would take a tenth of a second to encode all of them, nearly all for nothing.
    """
    rules = [line for line in text.splitlines() if line and not line.startswith("//")]
    return rules + [_encoded(rule.split(" ")[0].strip().lower()) for rule in rules if not rule.isascii()]


def _encoded(rule: str) -> str:
    """The rule as A-labels."""
    name = rule.removeprefix("!")
    return "!" * (len(rule) - len(name)) + name.encode("idna").decode()


@lru_cache(maxsize=65536)
def organizational_domain(name: str) -> str:
    """The organizational domain of RFC 7489, 3.2 (public suffix list); `name` itself where there is none."""
    return _all_suffixes().privatesuffix(name) or name


@lru_cache(maxsize=65536)
def registrable_host_domain(name: str) -> str:
    """The domain a host name was registered under (ICANN suffixes only), to group hosts by operator."""
    return _icann_suffixes().privatesuffix(name) or name


def aligned(name: str, author: str, *, strict: bool = False) -> bool:
    """Whether an authenticated domain is aligned with the author domain (RFC 7489, 3.1; RFC 9989, 4.4)."""
    if not name or not author:
        return False
    if name == author:
        return True
    return not strict and organizational_domain(name) == organizational_domain(author)
