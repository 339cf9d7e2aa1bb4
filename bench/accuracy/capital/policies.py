"""What the owners publish on each day, and what receivers make of a mail that failed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bench.accuracy.capital.chance import Dice
from bench.accuracy.capital.letters import Letter
from bench.accuracy.capital.people import Home
from bench.accuracy.capital.reporters import Reporter

from sekisho.core.reports.values import PolicyPublished, Reason
from sekisho.core.terms import AlignmentMode, Disposition, Override, Policy

BELIEVED = 0.8
"""Share of sealed mail that a receiver lets in because it knows the sealer."""
MISTAKEN = 0.012
"""Share of refusable mail that a receiver lets in by a rule of its own that has nothing to do with the mail."""


class Said(NamedTuple):
    """A DMARC record."""

    p: Policy
    sp: Policy
    pct: int
    strict: bool


class Policies:
    """The records of the owners, by day."""

    def __init__(self, homes: Iterable[Home]) -> None:
        self._steps = {home.domain: [_step(text) for text in home.policy.split(">")] for home in homes}

    def of(self, home: Home, day: int) -> Said:
        """The record on a day."""
        return [said for since, said in self._steps[home.domain] if since <= day][-1]

    def published(self, home: Home, day: int, reporter: Reporter) -> PolicyPublished:
        """The same as a receiver writes it into its report."""
        return _published(home.domain, self.of(home, day), reporter.new, bare=reporter.org_name in ("Yahoo", "FastMail Pty Ltd"))


@lru_cache(maxsize=4096)
def _published(domain: str, said: Said, new: bool, *, bare: bool) -> PolicyPublished:
    mode = AlignmentMode.STRICT if said.strict else AlignmentMode.RELAXED
    return PolicyPublished(
        domain,
        said.p,
        Policy.ABSENT if bare else said.sp,
        adkim=mode,
        aspf=mode,
        pct=None if new else said.pct,
        testing="n" if new else "",
        discovery_method="psl" if new else "",
    )


def _step(text: str) -> tuple[int, Said]:
    body, _, day = text.partition("@")
    strict = body.endswith(" s")
    body, _, sp = body.removesuffix(" s").partition(";")
    p, _, pct = body.partition("/")
    return int(day or 0), Said(Policy(p), Policy(sp or p), int(pct or 100), strict)


def treat(
    policy: Said, reporter: Reporter, letter: Letter, *, passed: bool, sub: bool, dice: Dice
) -> tuple[Disposition, tuple[Reason, ...]]:
    """What the receiver does with a mail, and why where it does not follow the policy."""
    asked = policy.sp if sub else policy.p
    if passed or Policy.NONE in (asked, policy.p):
        return Disposition.NONE, ()
    if letter.sealed in reporter.arc and letter.sealed and dice.happens(BELIEVED):
        return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "arc=pass"),)
    if letter.road and dice.happens(reporter.sees_roads):
        return Disposition.NONE, (Reason(Override.MAILING_LIST if letter.road == "list" else Override.FORWARDED),)
    if policy.pct < 100 and dice.random() * 100 >= policy.pct:
        return Disposition.NONE, (Reason(Override.SAMPLED_OUT),)
    if dice.happens(MISTAKEN):
        return Disposition.NONE, (
            Reason(dice.choice((Override.LOCAL_POLICY, Override.LOCAL_POLICY, Override.TRUSTED_FORWARDER, Override.OTHER))),
        )
    if asked is Policy.REJECT and not dice.happens(reporter.softens):
        return Disposition.REJECT, ()
    return Disposition.QUARANTINE, (Reason(Override.LOCAL_POLICY),) if asked is Policy.REJECT else ()
