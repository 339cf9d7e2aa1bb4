"""Simple rules that other tools document, to be measured on the same records."""

from __future__ import annotations

from collections.abc import Callable

from bench.accuracy.verdicts import Told

from sekisho.core.terms import AuthResult, Class, Found, Override

Rule = Callable[[Told], Class]


def all_spoof(told: Told) -> Class:
    """What fails DMARC is spoofed."""
    return Class.NORMAL if told.verdict is None else Class.SPOOF


def lists_decide(told: Told) -> Class:
    """On two lists or more, or without a host name: a threat; the rest of what fails is an own fault."""
    if told.verdict is None:
        return Class.NORMAL
    bad = len(told.evidence.listed) >= 2 or told.evidence.ptr_state is Found.NO
    return Class.SPOOF if bad else Class.FAILING


def raw_results(told: Told) -> Class:
    """DKIM passes and SPF does not: forwarded. Both pass, for others: an own fault. Neither: by the lists."""
    if told.verdict is None:
        return Class.NORMAL
    dkim = any(d.result is AuthResult.PASS for d in told.said.dkim)
    spf = any(s.result is AuthResult.PASS for s in told.said.spf)
    if dkim and not spf:
        return Class.FORWARDED
    return Class.FAILING if dkim and spf else lists_decide(told)


def receivers_know(told: Told) -> Class:
    """What a receiver calls forwarded or a list is forwarded; SPF passing for others is an own fault; the rest is spoofed."""
    if told.verdict is None:
        return Class.NORMAL
    types = {reason.type for reason in told.said.reasons}
    if types & {Override.FORWARDED, Override.MAILING_LIST, Override.TRUSTED_FORWARDER}:
        return Class.FORWARDED
    return Class.FAILING if any(s.result is AuthResult.PASS for s in told.said.spf) else Class.SPOOF


RIVALS: dict[str, Rule] = {
    "all failures are spoof": all_spoof,
    "lists or no host name": lists_decide,
    "raw results, then lists": raw_results,
    "receivers' reasons": receivers_know,
}
