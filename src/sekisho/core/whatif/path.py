"""The path from none to reject: from facts about a domain's mail to its readiness, what blocks it, and the safe next step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from sekisho.core.terms import Policy
from sekisho.core.whatif.trial import Trial

ENOUGH_DAYS = 28
"""RFC 9989, 7.4, asks for a month of monitoring; four weeks hold every weekday as often as any other."""
ENOUGH_GENUINE = 100
"""Genuine messages below which a share says nothing."""
SMALL_SHARE = 0.002
"""Of genuine mail, what may fail for a reason that can be mended before a policy is made stronger."""
NEW_DAYS = 7
"""A source is new for so long; and so long a mended source must have shown no failure."""
SIGNED_SHARE = 0.95
"""Of passing mail, what must carry an aligned signature before reject: SPF alone breaks on forwarding (RFC 9989, 8)."""
REPORT_DAYS = 2
"""Until a report tells of a day; what has not failed for longer may be mended already."""
REHEARSE_DAYS, QUARANTINE_DAYS = 14, 28
"""How long the two steps between should last."""


class Step(StrEnum):
    """The steps, and beyond reject those for names below the domain."""

    MONITOR = "monitor"
    REHEARSE = "rehearse"
    QUARANTINE = "quarantine"
    REJECT = "reject"
    BELOW = "below"
    """Sub-domains, which have a weaker policy of their own."""
    DONE = "done"


class Met(StrEnum):
    """Whether a condition is met."""

    YES = "yes"
    NEARLY = "nearly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a domain's mail in the days that are looked at."""

    trial: Trial | None
    """The newest policy that reports tell of; None when none does."""
    days: int = 0
    """Days from the first to the last report."""
    reporters: int = 0
    normal: int = 0
    signed: int = 0
    """Of the normal mail, with an aligned signature."""
    forwarded: int = 0
    failing: int = 0
    spoof: int = 0
    failing_groups: tuple[tuple[str, int], ...] = ()
    """Key and messages of groups with mail that fails and can be mended, the largest first."""
    new_groups: tuple[str, ...] = ()
    """Groups first seen within the last `NEW_DAYS` whose failing mail nobody has decided on."""
    last_failure: int = 0
    """Last day with mail that fails and can be mended; 0 when there is none."""
    today: int = 0
    is_stale: bool = False
    """Whether reports have stopped coming."""
    is_parked: bool = False

    @property
    def genuine(self) -> int:
        """Messages that are most likely genuine."""
        return self.normal + self.forwarded + self.failing

    @property
    def failing_share(self) -> float | None:
        """The part of the genuine mail that can be mended; None when there is too little mail."""
        return self.failing / self.genuine if self.genuine >= ENOUGH_GENUINE else None


class Condition(NamedTuple):
    """One condition of the next step: `reports`, `mended`, `decided`, `forwarding` or `signed`."""

    code: str
    met: Met


@dataclass(frozen=True, slots=True)
class Advice:
    """Where a domain stands and what it can do: `ready` where nothing blocks the next step."""

    now: Step
    next: Step
    ready: bool
    conditions: tuple[Condition, ...]
    blocks: tuple[str, ...]
    """Codes of what stands in the way: those of conditions, `no_policy`, `stale`, `little_mail`."""
    trial: Trial | None
    """The policy of the next step; None when there is none."""
    outlook: tuple[tuple[int, Step], ...]
    """The earliest days of the steps that are left; empty while nobody can tell."""


def step_of(trial: Trial) -> Step:
    """Which step a published policy is: a rehearsal of quarantine asks for nothing, one of reject for quarantine."""
    if trial.p is Policy.REJECT:
        return Step.QUARANTINE if trial.t else Step.REJECT
    if trial.p is Policy.QUARANTINE:
        return Step.REHEARSE if trial.t else Step.QUARANTINE
    return Step.MONITOR


def advise(s: Situation) -> Advice:
    """The advice on a situation.

    1. Where it stands, and the step after it. A parked domain goes to reject at once: it has no mail to lose.
    2. The conditions of that step. 3. What blocks it. 4. Its policy, and the earliest days of the rest of the path.
    """
    if s.trial is None:
        return Advice(Step.MONITOR, Step.MONITOR, False, (), ("no_policy",), None, ())
    now = step_of(s.trial)
    following = _after(now, s)
    if following is Step.DONE:
        return Advice(now, Step.DONE, True, (), (), None, ())
    conditions = () if _sends_nothing(s) else _conditions(s, following)
    blocks = tuple(c.code for c in conditions if c.met is not Met.YES)
    if s.is_stale:
        blocks = ("stale", *blocks)
    if conditions and s.failing_share is None:
        blocks = ("little_mail", *(code for code in blocks if code != "mended"))
    return Advice(now, following, not blocks, conditions, blocks, _trial_of(following, s.trial), _outlook(s, following, blocks))


def _sends_nothing(s: Situation) -> bool:
    return s.is_parked and not s.genuine


def _after(now: Step, s: Situation) -> Step:
    assert s.trial is not None
    if now is Step.REJECT:
        is_weaker = s.trial.sp in (Policy.NONE, Policy.QUARANTINE) or s.trial.np in (Policy.NONE, Policy.QUARANTINE)
        return Step.BELOW if is_weaker else Step.DONE
    if _sends_nothing(s):
        return Step.REJECT
    return {Step.MONITOR: Step.REHEARSE, Step.REHEARSE: Step.QUARANTINE}.get(now, Step.REJECT)


def _conditions(s: Situation, following: Step) -> tuple[Condition, ...]:
    found = [
        Condition("reports", Met.YES if s.days >= ENOUGH_DAYS else Met.NEARLY if s.days * 2 >= ENOUGH_DAYS else Met.NO),
        Condition("mended", _mended(s)),
        Condition("decided", Met.NO if s.new_groups else Met.YES),
        Condition("forwarding", Met.YES),
    ]
    if following in (Step.REJECT, Step.BELOW):
        found.append(Condition("signed", _signed(s)))
    return tuple(found)


def _mended(s: Situation) -> Met:
    """Whether little is left to mend, or nothing of it failed any more for a week."""
    share = s.failing_share
    if not s.failing or (s.last_failure and s.today - s.last_failure > NEW_DAYS):
        return Met.YES
    if share is None:
        return Met.NO
    return Met.YES if share < SMALL_SHARE else Met.NEARLY if share < 5 * SMALL_SHARE else Met.NO


def _signed(s: Situation) -> Met:
    share = s.signed / s.normal if s.normal else 1.0
    return Met.YES if share >= SIGNED_SHARE else Met.NEARLY if share >= 0.8 else Met.NO


def _trial_of(step: Step, now: Trial) -> Trial:
    """The policy of a step. Modes of alignment stay; weaker policies for sub-domains stay until reject is reached."""
    if step is Step.BELOW:
        return replace(now, p=Policy.REJECT, sp=Policy.ABSENT, np=Policy.ABSENT, t=False)
    p = Policy.REJECT if step is Step.REJECT else Policy.QUARANTINE
    return replace(now, p=p, t=step is Step.REHEARSE)


def _outlook(s: Situation, following: Step, blocks: tuple[str, ...]) -> tuple[tuple[int, Step], ...]:
    """The earliest days, if nothing new comes up; what nobody can foresee has none."""
    if following is Step.BELOW or set(blocks) & {"stale", "little_mail", "decided", "signed"}:
        return ()
    day = s.today
    if "reports" in blocks:
        day = max(day, s.today + ENOUGH_DAYS - s.days)
    if "mended" in blocks:
        is_over = s.last_failure and s.today - s.last_failure > REPORT_DAYS
        day = max(day, (s.last_failure if is_over else s.today) + NEW_DAYS + 1)
    path = [(following, 0)]
    if following is Step.REHEARSE:
        path += [(Step.QUARANTINE, REHEARSE_DAYS), (Step.REJECT, QUARANTINE_DAYS)]
    elif following is Step.QUARANTINE:
        path += [(Step.REJECT, QUARANTINE_DAYS)]
    found = []
    for step, wait in path:
        day += wait
        found.append((day, step))
    return tuple(found)
