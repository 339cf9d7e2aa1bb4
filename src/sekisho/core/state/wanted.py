"""Which keys and names of a domain are worth asking for: those that its mail names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from sekisho.core.facts import Way
from sekisho.core.names import MAX_NAME, aligned, is_within, normal
from sekisho.core.state.gather import MAX_NAMES, MAX_SELECTORS, MAX_SENDERS, Wanted
from sekisho.core.terms import AuthResult, SpfScope

_T = TypeVar("_T", str, tuple[str, str])

MOST_WAYS = 5000
"""Ways of a domain that are read, the busiest first."""


def wanted_of(domain: str, ways: Iterable[tuple[Way, int]]) -> Wanted:
    """What to ask for: selectors of the domain's own signatures, its sub-domains, and those whose SPF passed; the busiest first.

    Selectors of signatures that passed come before all others, which anybody can make up.
    """
    passed: Counter[tuple[str, str]] = Counter()
    others: Counter[tuple[str, str]] = Counter()
    names: Counter[str] = Counter()
    senders: Counter[str] = Counter()
    for way, messages in ways:
        name = normal(way.header_from)
        if name != domain and is_within(name, domain) and len(name) <= MAX_NAME:
            names[name] += messages
        for proof in way.spf:
            envelope = normal(proof.domain)
            if proof.result is AuthResult.PASS and proof.scope is not SpfScope.HELO and is_within(envelope, domain):
                senders[envelope] += messages
        for auth in way.dkim:
            key = (normal(auth.domain), normal(auth.selector))
            if key[1] and len(".".join(key)) <= MAX_NAME - 12 and aligned(key[0], domain):
                (passed if auth.result is AuthResult.PASS else others)[key] += messages
    selectors = dict.fromkeys([key for some in (passed, others) for key, _ in _ranked(some)])
    return Wanted(
        domain,
        tuple(selectors)[:MAX_SELECTORS],
        tuple(name for name, _ in _ranked(names))[:MAX_NAMES],
        senders=tuple(name for name, _ in _ranked(senders) if name != domain)[:MAX_SENDERS],
    )


def _ranked(counts: Counter[_T]) -> list[tuple[_T, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
