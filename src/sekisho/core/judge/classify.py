"""The verdict on a flow: clues weighed, rules applied, a person's word above all."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt
from operator import itemgetter

from sekisho.core.facts import Because, Context, Decision, Evidence, Flow, Verdict
from sekisho.core.judge.advise import advise
from sekisho.core.judge.case import NO_MARK, Case, Signature, envelope_of
from sekisho.core.judge.clues import VARIOUS, Scales, weigh
from sekisho.core.judge.days import Shape
from sekisho.core.judge.habits import is_heavy
from sekisho.core.judge.rules import apply
from sekisho.core.judge.sources import Book, SenderKind
from sekisho.core.names import aligned, organizational_domain
from sekisho.core.terms import AuthResult, Class

SURE = 0.9
"""From here a page says "high" (glossary, section 3)."""
UNTOLD = 0.89
"""The most that is said of what only the owner can tell."""
MOST = 0.99
"""No guess is certain; only a person's word is."""
DOUBT = 1.25
"""What sums are divided by before they become chances. In worlds that the weights were not fitted to, they promise too much;
with this, what is said comes closest to what is so (`python -m bench.accuracy.fit --held-out`)."""
LITTLE = 0.6
"""Below this, there is little to go by."""

OWNER_MARKS = frozenset(
    (
        "aligned_group",
        "known_service",
        "own_key",
        "own_network",
        "own_tenant",
        "passes_for_siblings",
        "strict_alignment",
    )
)
"""What a stranger could hardly show; without any of them a server is the owner's by its habits alone."""
NO_OWNERS_MARKS = frozenset(("parked_domain", "nonexistent_subdomain", "dkim_fake_selector", "many_domains"))
"""What none of the owner's people would send, whatever host they share with strangers."""

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
    case, scales = _weighed(flow, evidence, context, book)
    return _verdict(case, scales, book)


def classify_source(flows: Sequence[tuple[Flow, Context]], evidence: Evidence, book: Book) -> list[Verdict]:
    """Verdicts on the failing flows of one domain from one address, in their order: a source nearly always has one class.

    Flows that carry no mark of their own follow the source: their sums move two thirds of the way to the mean of all its
    flows, each counted by the root of its messages. A flow keeps its own verdict where its signature tells (a real or a
    made-up key), and on hosts that many share.
    """
    envelopes = envelopes_of(flows)
    weighed = [_weighed(flow, evidence, context, book, envelopes) for flow, context in flows]
    if len(weighed) > 1:
        if weighed[0][0].is_shared:
            _follow_told(weighed)
        else:
            _follow_source(weighed)
    return [_verdict(case, scales, book) for case, scales in weighed]


def envelopes_of(flows: Sequence[tuple[Flow, Context]]) -> int:
    """How many envelope domains of others the flows of a source bear that SPF does not prove; 1 where there are few flows."""
    if len(flows) < VARIOUS:
        return 1
    found = set()
    for flow, _ in flows:
        envelope, spf = envelope_of(flow.way.envelope_from, flow.way.spf)
        if envelope and spf is not AuthResult.PASS and not aligned(envelope, flow.way.header_from or flow.key.domain):
            found.add(organizational_domain(envelope))
    return len(found)


Weighed = tuple[Case, Scales]


def _follow_source(weighed: Sequence[Weighed]) -> None:
    """On a host of one operator all flows without a mark of their own follow all."""
    mean = _mean(weighed)
    messages = sum(case.flow.messages for case, _ in weighed)
    for case, scales in weighed:
        if case.signature in (Signature.ABSENT, Signature.BROKEN, Signature.UNTOLD):
            _follow(case, scales, mean, others=messages - case.flow.messages)


def _follow_told(weighed: Sequence[Weighed]) -> None:
    """On a shared host what mute receivers tell follows what others tell of mail with the same envelope."""
    told: dict[str, list[Weighed]] = {}
    for case, scales in weighed:
        if case.signature is not Signature.UNTOLD:
            told.setdefault(case.envelope, []).append((case, scales))
    for case, scales in weighed:
        like = told.get(case.envelope) if case.signature is Signature.UNTOLD else None
        if like:
            _follow(case, scales, _mean(like), others=sum(other.flow.messages for other, _ in like))


def _weighed(flow: Flow, evidence: Evidence, context: Context, book: Book, envelopes: int = 1) -> tuple[Case, Scales]:
    """A flow with its clues added up and the rules applied."""
    case = Case(flow, evidence, context, book, envelopes)
    scales = weigh(case, book)
    apply(case, scales)
    return case, scales


def _mean(weighed: Sequence[Weighed]) -> dict[Class, float]:
    """The mean of the sums of a source's flows."""
    parts = [(sqrt(max(case.flow.messages, 1)), scales) for case, scales in weighed]
    whole = sum(part for part, _ in parts)
    return {klass: sum(part * scales.of(klass) for part, scales in parts) / whole for klass in _ORDER}


def _follow(case: Case, scales: Scales, mean: dict[Class, float], *, others: int) -> None:
    """Moves a flow's sums towards its source's; says so where that changes its class."""
    before, _ = _heaviest(scales)
    scales.push(*(2 / 3 * (mean[klass] - scales.of(klass)) for klass in _ORDER))
    after, _ = _heaviest(scales)
    if after is not before:
        scales.reasons.append((2.0, Because("same_source", after, 2, {"domain": case.domain, "n": others})))


def _verdict(case: Case, scales: Scales, book: Book) -> Verdict:
    """The verdict that the scales give, or a person has given."""
    if case.context.decision is not None:
        return _decided(case.context.decision, case, scales, book)
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
    chances = exp((sums[0] - top) / DOUBT) + exp((sums[1] - top) / DOUBT) + exp((sums[2] - top) / DOUBT)
    return _ORDER[sums.index(top)], 1.0 / chances


def _is_told(klass: Class, case: Case, scales: Scales) -> bool:
    """Whether the evidence itself tells the class, or only the owner could: strangers and forgotten servers look alike."""
    if klass is Class.FORWARDED:
        return True
    if klass is Class.SPOOF:
        return _is_told_spoof(case) or _shows(NO_OWNERS_MARKS, klass, scales)
    if case.is_own or (case.has_own_mark and case.shape is Shape.STEADY):
        return True
    if case.is_kind is SenderKind.SERVICE and not case.has_own_mark and not case.tenant:
        return case.shape in (Shape.STEADY, Shape.LASTING) and not is_heavy(case.beat)
        # a stolen or a stranger's account is found and closed, wherever the owner has his own; weeks of mail are a customer's
    return _shows(OWNER_MARKS, klass, scales)


def _is_told_spoof(case: Case) -> bool:
    """Whether a stranger shows by himself: on a host of one operator he does where the clues say so, but where customers share
    hosts it may be an account of the owner's that nobody remembers, unless nothing of the owner's goes that way and it is over."""
    if not case.is_shared:
        return True
    is_customer = case.is_used or case.is_kind is SenderKind.SERVICE
    return case.shape not in (Shape.LASTING, Shape.STEADY) and case.signature in NO_MARK and not is_customer


def _shows(codes: frozenset[str], klass: Class, scales: Scales) -> bool:
    """Whether one of the codes is among the reasons for the class."""
    return any(because.code in codes for _, because in scales.reasons if because.toward is klass)


def _in_order(klass: Class, scales: Scales) -> tuple[Because, ...]:
    """The reasons for the class first, then those against it; the strongest first on either side."""
    ranked = sorted(scales.reasons, key=_spread, reverse=True)
    held = [because for _, because in ranked if because.toward is klass]
    return (*held, *[because for _, because in ranked if because.toward is not klass])


_spread = itemgetter(0)


def because_of_pass(*, dkim: bool, spf: bool) -> tuple[str, ...]:
    """The codes of the reasons why a record passed DMARC; none where it did not."""
    if dkim and spf:
        return ("both_aligned",)
    if dkim:
        return ("dkim_aligned",)
    return ("spf_aligned",) if spf else ()
