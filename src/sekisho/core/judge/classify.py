"""The verdict on a flow: clues weighed, rules applied, a person's word above all."""

from __future__ import annotations

from math import exp

from sekisho.core.facts import Because, Context, Decision, Evidence, Flow, Verdict
from sekisho.core.judge.advise import advise
from sekisho.core.judge.case import Case
from sekisho.core.judge.clues import Scales, weigh
from sekisho.core.judge.rules import apply
from sekisho.core.judge.sources import Book
from sekisho.core.terms import Class

SURE = 0.9
"""From here a page says "high" (glossary, section 3)."""
UNTOLD = 0.89
"""The most that is said of what only the owner can tell."""
MOST = 0.99
"""No guess is certain; only a person's word is."""
LITTLE = 0.6
"""Below this, there is little to go by."""

STRANGER_MARKS = frozenset(
    (
        "began_together",
        "dkim_fake_selector",
        "foreign_envelope",
        "listed",
        "many_domains",
        "many_organisations",
        "nonexistent_subdomain",
        "parked_domain",
        "ptr_dynamic",
    )
)
"""What a forgotten server of one's own would not show."""
OWNER_MARKS = frozenset(
    ("aligned_elsewhen", "aligned_group", "known_service", "own_spf_no_alignment", "service_dkim_only", "strict_alignment")
)
"""What a stranger could not show: anybody can become a customer of a service, or a neighbour in a network."""

_DECIDED = {
    Class.SPOOF: ("decided_spoofer", "spoof_report"),
    Class.FORWARDED: ("decided_forwarder", "forward_nothing"),
    Class.FAILING: ("decided_ours", ""),
    Class.NORMAL: ("decided_ours", ""),
}

_ORDER = (Class.SPOOF, Class.FORWARDED, Class.FAILING)


def classify(flow: Flow, evidence: Evidence, context: Context, book: Book) -> Verdict:
    """One class, confidence and reasons for a flow that failed DMARC; pure, so equal inputs give equal verdicts.

    1. The clues are added up, in log-odds, for the three classes (`weights`).
    2. The rules of what cannot be push down their class (`rules`).
    3. The heaviest class wins, unless a person has decided; its confidence is its share of the probability.
    4. What only the owner can tell stays *likely*, however heavy.
    """
    case = Case(flow, evidence, context, book)
    scales = weigh(case, book)
    apply(case, scales)
    if context.decision is not None:
        return _decided(context.decision, case, scales, book)
    klass, confidence = _heaviest(scales)
    told = _is_told(klass, case, scales)
    confidence = min(confidence, MOST if told else UNTOLD)
    because = _in_order(klass, scales)
    if confidence < LITTLE:
        because += (Because("little_evidence", None, 1),)
    return Verdict(klass, round(confidence, 3), because, advise(klass, case, book, sure=told and confidence >= SURE))


def _decided(decision: Decision, case: Case, scales: Scales, book: Book) -> Verdict:
    """A person's word, with what was found for and against it; "ours" said of mail that failed means it fails."""
    klass = Class.FAILING if decision.verdict is Class.NORMAL else decision.verdict
    code, advice = _DECIDED[klass]
    word = Because(code, klass, 5, {"person": decision.person, "date": decision.day})
    advice = advice or advise(klass, case, book, sure=True)
    return Verdict(klass, 1.0, (word, *_in_order(klass, scales)), advice)


def _heaviest(scales: Scales) -> tuple[Class, float]:
    """The class with the greatest sum, and its share of the three; equal sums go to the more urgent class."""
    sums = (scales.spoof, scales.forwarded, scales.failing)
    top = max(sums)
    return _ORDER[sums.index(top)], 1.0 / (exp(sums[0] - top) + exp(sums[1] - top) + exp(sums[2] - top))


def _is_told(klass: Class, case: Case, scales: Scales) -> bool:
    """Whether the evidence itself tells the class, or only the owner could: strangers and forgotten servers look alike."""
    if klass is Class.FORWARDED:
        return True
    least = 2 if klass is Class.SPOOF else 3
    marks = {because.code for _, because in scales.reasons if because.toward is klass and because.weight >= least}
    if klass is Class.SPOOF:
        if case.is_shared:
            marks.discard("foreign_envelope")  # every customer of a shared host has an envelope of his own
        sudden = case.signs_always and any(because.code == "burst" for _, because in scales.reasons)
        return sudden or not marks.isdisjoint(STRANGER_MARKS)
    return case.is_own or not marks.isdisjoint(OWNER_MARKS)


def _in_order(klass: Class, scales: Scales) -> tuple[Because, ...]:
    """The reasons for the class first, then those against it; the strongest first on either side."""
    ranked = sorted(scales.reasons, key=lambda reason: (reason[1].toward is not klass, -reason[0]))
    return tuple([because for _, because in ranked])


def because_of_pass(*, dkim: bool, spf: bool) -> tuple[str, ...]:
    """The codes of the reasons why a record passed DMARC; none where it did not."""
    if dkim and spf:
        return ("both_aligned",)
    if dkim:
        return ("dkim_aligned",)
    return ("spf_aligned",) if spf else ()
