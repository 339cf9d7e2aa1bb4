"""The DMARC result of a message from the results of SPF and DKIM (RFC 9989, 5.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sekisho.core.dmarc.align import alignment
from sekisho.core.dmarc.discover import Discovery, Method, discover
from sekisho.core.dmarc.record import Standing
from sekisho.core.names import normal
from sekisho.core.questions import Asking
from sekisho.core.terms import AlignmentMode, AuthResult, Found, Policy

MAX_IDENTIFIERS = 20
"""Different signing domains that are looked at, those that passed first; each may cost eight questions."""
MAX_AUTHORS = 5
"""Author domains of one message that are evaluated (RFC 9989, 11.5 asks for a cap)."""


class Identifier(NamedTuple):
    """A domain and what its mechanism said: MAIL FROM for SPF, `d=` for DKIM."""

    domain: str
    result: AuthResult


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What DMARC says of a message; `result` is one of pass, fail, none, temperror, permerror (RFC 9989, 9.1)."""

    author: str
    result: AuthResult
    discovery: Discovery
    spf: Found = Found.NO
    """Whether there is an aligned SPF pass; UNKNOWN where it could not be found out."""
    dkim: Found = Found.NO
    policy: Policy = Policy.ABSENT
    """What the owner expects of mail that fails, after `t`; ABSENT where no policy applies."""
    why: str = ""


def evaluate(
    author: str, spf: Identifier | None, dkim: Sequence[Identifier], method: Method = Method.TREE_WALK
) -> Asking[Evaluation]:
    """The result for one author domain.

    1. Find the record: none there is `none`, unknown is `temperror`, one that cannot be applied is `permerror`.
    2. One aligned pass of either mechanism is a pass.
    3. Without one, where a mechanism or an alignment is only unknown for now, it is neither pass nor fail: `temperror`
       (RFC 9989, 5.3.6).
    """
    found = yield from discover(author, method)
    if found.record is None:
        result = AuthResult.TEMPERROR if found.state is Found.UNKNOWN else AuthResult.NONE
        return Evaluation(found.author, result, found, why=found.why)
    record = found.record
    if record.standing is Standing.NOT_APPLIED:
        return Evaluation(found.author, AuthResult.PERMERROR, found, why="the record has no valid policy and asks for no reports")
    by_dkim = yield from _any_aligned(_in_order(dkim), found, record.adkim)
    by_spf = yield from _any_aligned((spf,) if spf is not None else (), found, record.aspf)
    applies = found.applies
    policy = Policy.ABSENT if applies is None else applies.expected
    result, why = _result(by_spf, by_dkim, policy)
    return Evaluation(found.author, result, found, by_spf, by_dkim, policy, why)


def _result(spf: Found, dkim: Found, policy: Policy) -> tuple[AuthResult, str]:
    if Found.YES in (spf, dkim):
        return AuthResult.PASS, ""
    if Found.UNKNOWN in (spf, dkim):
        return AuthResult.TEMPERROR, "whether an aligned identifier passes could not be found out"
    if policy is Policy.ABSENT:
        return AuthResult.TEMPERROR, "whether the author domain exists could not be found out"
    return AuthResult.FAIL, ""


def _in_order(dkim: Iterable[Identifier]) -> list[Identifier]:
    """The signing domains, each with its best result, passes first."""
    best: dict[str, AuthResult] = {}
    for domain, result in dkim:
        name = normal(domain)
        if result is AuthResult.PASS or name not in best or (result is AuthResult.TEMPERROR and best[name] is not AuthResult.PASS):
            best[name] = result
    ranked = sorted(best.items(), key=lambda item: (item[1] is not AuthResult.PASS, item[1] is not AuthResult.TEMPERROR))
    return [Identifier(name, result) for name, result in ranked[:MAX_IDENTIFIERS]]


def _any_aligned(identifiers: Iterable[Identifier], found: Discovery, mode: AlignmentMode) -> Asking[Found]:
    """Whether one of them passed and is aligned; UNKNOWN where an aligned one, or its alignment, is not known for now."""
    state = Found.NO
    for domain, result in identifiers:
        if result not in (AuthResult.PASS, AuthResult.TEMPERROR):
            continue
        aligned = yield from alignment(domain, found.author, mode, found.method)
        if aligned is Found.YES and result is AuthResult.PASS:
            return Found.YES
        if aligned is not Found.NO:
            state = Found.UNKNOWN
    return state


def evaluate_all(
    authors: Sequence[str], spf: Identifier | None, dkim: Sequence[Identifier], method: Method = Method.TREE_WALK
) -> Asking[tuple[Evaluation, ...]]:
    """One evaluation for each author domain of a message with several, the strictest first (RFC 9989, 5.3.1 and 11.5)."""
    done = []
    for author in list(dict.fromkeys(map(normal, authors)))[:MAX_AUTHORS]:
        done.append((yield from evaluate(author, spf, dkim, method)))  # noqa: PERF401 (a comprehension cannot ask)
    return tuple(sorted(done, key=_severity))


_RESULTS = (AuthResult.FAIL, AuthResult.TEMPERROR, AuthResult.PERMERROR, AuthResult.NONE, AuthResult.PASS)
_POLICIES = (Policy.REJECT, Policy.QUARANTINE, Policy.NONE, Policy.ABSENT)


def _severity(evaluation: Evaluation) -> tuple[int, int]:
    return _RESULTS.index(evaluation.result), _POLICIES.index(evaluation.policy)
