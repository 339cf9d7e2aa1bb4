"""The clues in how a sender behaves: its days, its week, how many receivers it reaches, and how much it sends a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sekisho.core.facts import Beat
from sekisho.core.judge.case import ENOUGH, NO_MARK, Case
from sekisho.core.judge.days import Shape, Week
from sekisho.core.judge.sources import SenderKind
from sekisho.core.terms import Found

if TYPE_CHECKING:
    from sekisho.core.judge.clues import Scales, Values

SEVERAL = 5
"""Receivers that report one way through a gateway: that of a recipient stands before one or two, the sender's before all."""
MANY_HEAR = 8
"""Receivers that hardly all have the same gateway."""
FEW = (0, 7, 15, 25)
"""Messages from which so few receivers are hardly a chance: the greatest gets a third of most mail, and 0.36 to the 6th is
0.002."""
CLUMP = 3
"""Messages a day on few days, from which they are campaigns: people and machines that seldom write do not write much at once."""
HEAVY = 15
"""Messages a day that a machine which somebody forgot hardly sends."""
LIKE = 0.5
"""Nats of likeness from which receivers are quite those of the domain's own mail."""
UNLIKE = 1.0
"""Nats of unlikeness from which they are quite others."""
GONE = 15
"""Days of silence at the end after which mail that very many receivers saw is over: campaigns end, faults go on."""
LONG_GONE = 45
WIDELY = 10
"""Receivers that only a campaign, or the mail of the whole house, reaches."""
RATHER_WIDELY = 7


def days_and_receivers(case: Case, scales: Scales) -> None:
    """How it is spread over days and receivers."""
    context, beat = case.context, case.beat
    if case.is_own or (context.source_dkim and not case.is_shared):
        return
    place = _place(case)
    shape, week = case.shape, case.week
    span = beat.last_day - beat.first_day + 1
    if shape is Shape.SUDDEN or shape is Shape.BRIEF:
        values: Values = {"date": beat.first_day, "days": span, "n": beat.messages}
        scales.add(f"burst:{place}" if shape is Shape.SUDDEN else f"burst:brief_{place}", values)
    elif shape is Shape.STEADY:
        scales.add(f"few_steady:always_{place}" if case.was_always_there else f"few_steady:{place}", {"days": span})
    elif shape is Shape.LASTING and beat.messages >= CLUMP * beat.days:
        scales.add(f"campaigns:{place}", {"n": beat.messages, "days": beat.days})
    elif shape is Shape.LASTING:
        scales.add(f"few_steady:seldom_{place}", {"days": span})
    if week is Week.WORKING:
        scales.add(f"working_days:{place}", {})
    elif week is Week.EVERY:
        scales.add(f"every_day:{place}", {})
    if beat.reporters >= SEVERAL:
        wide = beat.reporters >= MANY_HEAR
        never = place == "signed" and not context.source_dkim and beat.messages >= ENOUGH
        key = f"many_reporters:{place}_never" if never else f"many_reporters:{place}"
        if place == "signed" and case.is_rented and not case.is_marked:
            key = "many_reporters:signed_kept"
        scales.add(key, {"n": beat.reporters}, 1.0 if wide else 0.5)
    elif 0 < beat.reporters < len(FEW) and beat.messages >= FEW[beat.reporters]:
        scales.add(f"few_reporters:{place}", {"n": beat.reporters}, 1 / beat.reporters)
    if is_heavy(beat):
        place = "used" if place == "service" and case.is_used else place
        scales.add(f"heavy_days:{place}", {"n": beat.messages // beat.days})


def audience(case: Case, scales: Scales) -> None:
    """Whether it is reported by those who get the domain's own mail, and whether it stopped though many got it."""
    if case.is_own:
        return
    likeness, beat = case.context.receivers, case.beat
    if likeness > 0.0:
        scales.add("own_receivers", {"domain": case.domain}, min(likeness / LIKE, 1.0))
    elif likeness < 0.0:
        scales.add("other_receivers", {"domain": case.domain}, min(-likeness / UNLIKE, 1.0))
    silent = case.context.until - beat.last_day
    if silent > LONG_GONE and beat.reporters >= RATHER_WIDELY:
        scales.add("ceased:long", {"n": beat.reporters, "date": beat.last_day})
    elif silent > GONE and beat.reporters >= WIDELY:
        scales.add("ceased", {"n": beat.reporters, "date": beat.last_day})


def is_heavy(beat: Beat) -> bool:
    """Whether much comes on each of its days."""
    return beat.days > 0 and beat.messages >= HEAVY * beat.days


def _place(case: Case) -> str:
    """The sort of host that days speak of: bots are everywhere but where one has to be a customer."""
    if case.signature not in NO_MARK or case.tenant_broken or (case.tenant and case.host is None):
        return "signed"
    if case.is_kind is SenderKind.SERVICE or case.tenant:
        return "service"
    if case.is_script:
        return "script"
    if case.is_shared:
        return "relay" if case.envelope_is_own or not case.envelope else "mailbox"
    if case.is_dynamic:
        return "fixed" if case.is_fixed else "line"
    if case.host is not None:
        return "hosted"
    if case.evidence.ptr_state is Found.UNKNOWN:
        return "unknown"
    if case.evidence.confirmed is not Found.YES:
        return "bare"
    return "coherent" if case.is_coherent else "server"
