"""What `Identity-Alignment` of a failure report means: RFC 7489, 7.3.1 and RFC 9991, 4 give it opposite meanings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.core.names import aligned
from sekisho.core.reports.authres import Result
from sekisho.core.terms import AlignmentMeaning

METHODS = ("dkim", "spf")
NONE = "none"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Our reading: which meaning the list has, and whether each method authenticated an aligned domain (None: not told)."""

    meaning: AlignmentMeaning
    dkim: bool | None
    spf: bool | None


@dataclass(frozen=True, slots=True)
class _Proof:
    """What the results say of one method."""

    holds: bool | None = None
    was_tried: bool = True


def read_alignment(said: Sequence[str], results: Sequence[Result], header_from: str) -> Alignment:
    """The reading of the list `said`, in the light of the results that the same report tells.

    1. From the results: did each method authenticate a domain aligned (relaxed) with the From line, and did DMARC pass?
    2. Test both meanings against that. Where just one agrees, it is meant; else it stays unclear and only 1 counts.
    """
    listed = {word for word in said if word in METHODS}
    proofs = {method: _proof(method, results, header_from) for method in METHODS}
    dmarc = next((r.result for r in results if r.method == "dmarc" and r.result in ("pass", "fail")), "")
    if not listed and NONE not in said:
        return Alignment(AlignmentMeaning.ABSENT, proofs["dkim"].holds, proofs["spf"].holds)
    as_aligned = _may_be_aligned(listed, proofs, dmarc)
    as_failed = _may_have_failed(listed, proofs, dmarc)
    if as_aligned and not as_failed:
        return Alignment(AlignmentMeaning.ALIGNED, "dkim" in listed, "spf" in listed)
    told = [False if as_failed and not as_aligned and m in listed else proofs[m].holds for m in METHODS]
    return Alignment(AlignmentMeaning.FAILED if as_failed and not as_aligned else AlignmentMeaning.UNCLEAR, *told)


def _proof(method: str, results: Sequence[Result], header_from: str) -> _Proof:
    mine = [r for r in results if r.method == method]
    passed = [r for r in mine if r.result == "pass"]
    if any(aligned(r.domain, header_from) for r in passed):
        return _Proof(holds=True)
    if not mine or any(not r.domain for r in passed) or (passed and not header_from):
        return _Proof()
    return _Proof(holds=False, was_tried=any(r.result != NONE for r in mine))


def _may_be_aligned(listed: set[str], proofs: dict[str, _Proof], dmarc: str) -> bool:
    """Whether the list may be of what produced an aligned identity (RFC 7489)."""
    if any(proofs[m].holds is (m not in listed) for m in METHODS):
        return False
    return not (dmarc == "fail" and listed) and not (dmarc == "pass" and not listed)


def _may_have_failed(listed: set[str], proofs: dict[str, _Proof], dmarc: str) -> bool:
    """Whether the list may be of what failed to authenticate an aligned identity (RFC 9991)."""
    for method in METHODS:
        proof = proofs[method]
        if method in listed and proof.holds:
            return False
        if method not in listed and proof.holds is False and proof.was_tried:
            return False
    return not (dmarc == "fail" and not listed) and not (dmarc == "pass" and len(listed) == len(METHODS))
