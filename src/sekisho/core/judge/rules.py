"""The rules of what cannot be: each with its reason, when it holds, and how hard it pushes."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sekisho.core.judge.case import NO_MARK, Case, Signature
from sekisho.core.judge.clues import Scales, is_surely_fake
from sekisho.core.judge.sources import SenderKind

HARD = -5.0
"""A thing that cannot be; finite, since a report may be wrong."""
FIRM = -2.5
"""A thing that hardly can be."""


class Rule(NamedTuple):
    """An impossibility."""

    name: str
    why: str
    holds: Callable[[Case], bool]
    spoof: float = 0.0
    forwarded: float = 0.0
    failing: float = 0.0


def _stranger_cannot_pass(case: Case) -> bool:
    passes = case.context.source_dkim + case.context.source_spf
    return not case.is_shared and passes >= 3 and passes * 100 >= case.context.source_failed


def _own_host_does_not_forward(case: Case) -> bool:
    return case.is_own


def _sending_service_does_not_forward(case: Case) -> bool:
    return case.is_kind is SenderKind.SERVICE and not case.had_it_in_hand


def _mailbox_breaks_by_forwarding(case: Case) -> bool:
    return case.is_kind is SenderKind.MAILBOX and case.signature is Signature.REAL_BROKEN


def _valid_signature_is_no_strangers(case: Case) -> bool:
    return case.signature is Signature.VALID


def _fake_key_was_never_genuine(case: Case) -> bool:
    return case.signature is Signature.FAKE and not case.is_sending_host and case.signs_always and is_surely_fake(case)


def _line_does_not_forward(case: Case) -> bool:
    return case.is_dynamic and not case.is_fixed and case.signature in NO_MARK


RULES = (
    Rule(
        "stranger_cannot_pass",
        "An aligned pass needs the domain's key or its SPF record: a host of one operator that delivers them is no stranger. "
        "On shared hosts it vouches for one customer only; a handful among thousands of failures may be replayed mail.",
        _stranger_cannot_pass,
        spoof=HARD,
    ),
    Rule(
        "own_host_does_not_forward",
        "The domain's own host sends its mail first-hand, so a broken signature is a fault of its own.",
        _own_host_does_not_forward,
        spoof=-4.0,
        forwarded=HARD,
    ),
    Rule(
        "sending_service_does_not_forward",
        "Delivery services send what customers hand in; nobody's mail is forwarded through them.",
        _sending_service_does_not_forward,
        forwarded=HARD,
    ),
    Rule(
        "mailbox_breaks_by_forwarding",
        "A mailbox provider's host with a signature by a key of the domain had the genuine mail in hand: it was passed on.",
        _mailbox_breaks_by_forwarding,
        spoof=FIRM,
        failing=-1.0,
    ),
    Rule(
        "valid_signature_is_no_strangers",
        "A signature of the organization that verifies was made by its holder, even where the policy asks for the exact domain.",
        _valid_signature_is_no_strangers,
        spoof=HARD,
    ),
    Rule(
        "fake_key_was_never_genuine",
        "Forwarding breaks signatures but does not rename their keys: where the domain signs all it sends, mail with another "
        "key's name was never its own.",
        _fake_key_was_never_genuine,
        forwarded=FIRM,
    ),
    Rule(
        "line_does_not_forward",
        "Forwarders and lists do not run on subscriber lines; a filter in an office may, and shows the signature it broke.",
        _line_does_not_forward,
        forwarded=FIRM,
    ),
)


def apply(case: Case, scales: Scales) -> tuple[str, ...]:
    """Pushes the scales by every rule that holds; returns their names."""
    held = []
    for rule in RULES:
        if rule.holds(case):
            scales.push(rule.spoof, rule.forwarded, rule.failing)
            held.append(rule.name)
    return tuple(held)
