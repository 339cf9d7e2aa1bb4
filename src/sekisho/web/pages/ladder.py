"""The steps of a policy from none to reject, and the next one a domain can take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sekisho.core.whatif.path import SMALL_SHARE, Advice, Step
from sekisho.store.query import DomainSum, Split
from sekisho.web.pages.alarm import Surge
from sekisho.web.pages.senders import named
from sekisho.web.parts import Rung

LEAST_GENUINE = 100
"""Genuine messages below which a share says nothing."""
POLICIES = ("none", "quarantine", "reject")


def rungs(policy: str) -> list[Rung]:
    """The four steps with the one that holds now and the next one; empty when no report told the policy."""
    if policy not in POLICIES:
        return []
    places = {"none": 0, "quarantine": 2, "reject": 3}
    now = places[policy]
    steps = (
        (_("Monitor only"), "p=none", _("Failed mail is delivered as ever")),
        (_("Rehearsal"), "p=quarantine; t=y", _("Delivery does not change; it only announces the plan")),
        (_("Quarantine"), "p=quarantine", _("Failed mail goes to the spam folder")),
        (_("Reject"), "p=reject", _("Failed mail is not delivered")),
    )
    return [Rung(*step, state=_state(place, now)) for place, step in enumerate(steps)]


def rungs_of(advice: Advice) -> list[Rung]:
    """The four steps with where the domain stands by its newest record and what comes next."""
    order = (Step.MONITOR, Step.REHEARSE, Step.QUARANTINE, Step.REJECT)
    found = rungs("none")
    now = order.index(advice.now) if "no_policy" not in advice.blocks else -1
    states = ["done" if n < now else "now" if n == now else "next" if order[n] is advice.next else "" for n in range(4)]
    return [replace(rung, state=state) for rung, state in zip(found, states, strict=True)]


def _state(place: int, now: int) -> str:
    if place == now:
        return "now"
    if place < now:
        return "done"
    return "next" if place == now + 1 else ""


def failing_share(split: Split) -> float | None:
    """The part of the genuine mail that fails for a reason that can be mended; None when there is too little mail."""
    genuine = split.normal + split.forwarded + split.failing
    return split.failing / genuine if genuine >= LEAST_GENUINE else None


def is_ready(policy: str, split: Split) -> bool:
    """Whether so little genuine mail fails that the next step may be looked at."""
    share = failing_share(split)
    return policy in ("none", "quarantine") and share is not None and share < SMALL_SHARE


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next for a domain: words, and the page where it is done (empty when nothing need be done)."""

    text: str
    page: str = ""
    """Name of an address."""
    key: str = ""
    """Sending group, for the page of one."""


def next_step(domain: DomainSum, failing: Mapping[str, int], surge: Surge | None) -> Next:
    """The next step of a domain from its sums, its failing messages by sending group, and its surge."""
    if surge is not None:
        return Next(_("Look at the suspected spoofing"), "domain")
    share = failing_share(domain.split)
    large = [key for key, count in failing.items() if count] if domain.split.failing else []
    if large and (share is None or share >= SMALL_SHARE):
        if len(large) == 1:
            return Next(_("Fix %(group)s") % {"group": named(large[0]).label}, "group", large[0])
        text = ngettext("Fix %(n)d source", "Fix %(n)d sources", len(large)) % {"n": len(large)}
        return Next(text, "domain_groups")
    if domain.policy == "none" and share is not None:
        return Next(_("Ready for a stronger policy"), "what_if")
    if domain.policy == "quarantine" and share is not None:
        return Next(_("Ready for reject"), "what_if")
    if domain.policy == "reject":
        return Next(_("Nothing to do"))
    return Next(_("Wait for more reports"))


def by_first(shares: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> dict[str, dict[str, int]]:
    """Pairs of a value and its parts as a table, the largest part first."""
    return {value: dict(sorted(parts, key=lambda part: -part[1])) for value, parts in shares}
