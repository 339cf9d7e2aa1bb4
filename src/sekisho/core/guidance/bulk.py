"""What large receivers and public guidelines ask of whoever sends mail, held against what is seen of a domain; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.guidance.bulk_rules import RULES, Point, Rule
from sekisho.core.terms import Found, Policy

NEARLY_ALL = 0.98
"""Share of the domain's own mail from which a mechanism counts as set up: a few per cent are single accidents."""
ENOUGH = 20
"""Messages below which a share says nothing."""
GOOD_BITS = 1024
"""Google and Yahoo ask for RSA keys of 1024 bits at least."""


class State(StrEnum):
    """How a point stands."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    """No mail was reported yet, or the DNS gave no answer."""
    UNSEEN = "unseen"
    """Neither reports nor the DNS can show it; only the sender knows."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a domain; mail is its own: what passed and what failed by a fault, without spoofed and forwarded mail."""

    messages: int = 0
    spf: int = 0
    """Of them with aligned SPF."""
    dkim: int = 0
    both: int = 0
    """With aligned SPF and aligned DKIM."""
    passed: int = 0
    """With one of the two."""
    spf_record: Found = Found.UNKNOWN
    """NO also where there is one that receivers cannot follow."""
    dmarc_record: Found = Found.UNKNOWN
    policy: Policy = Policy.ABSENT
    """What applies to the domain; ABSENT where it is not known."""
    weakest_key: int = 0
    """Bits of the shortest RSA key that is published; 0 where none is known."""
    hosts: int = 0
    """Hosts of its own mail that were looked up."""
    named: int = 0
    """Of them with a host name that leads back to the address."""
    a_day: tuple[tuple[str, int], ...] = ()
    """(receiver, messages of the busiest day) for the receivers of the rules."""


@dataclass(frozen=True, slots=True)
class Check:
    """A point of a rule and how it stands; `part` of `whole` where it is a share."""

    point: Point
    state: State
    part: int = 0
    whole: int = 0


@dataclass(frozen=True, slots=True)
class List:
    """A rule with its points. `a_day` is the most mail a day that its receiver has reported."""

    rule: Rule
    checks: tuple[Check, ...]
    a_day: int = 0

    @property
    def applies(self) -> Found:
        """Whether the rule is for senders of such volume; UNKNOWN where no report of the receiver tells."""
        if not self.rule.from_a_day:
            return Found.YES
        if self.a_day >= self.rule.from_a_day:
            return Found.YES
        return Found.NO if self.a_day else Found.UNKNOWN

    def count(self, state: State) -> int:
        """Points that stand so."""
        return sum(check.state is state for check in self.checks)


def checklists(seen: Seen) -> tuple[List, ...]:
    """All rules held against what is seen, in the order of the rules."""
    volumes = dict(seen.a_day)
    return tuple(List(rule, tuple(_check(point, seen) for point in rule.points), volumes.get(rule.name, 0)) for rule in RULES)


def _check(point: Point, seen: Seen) -> Check:
    if point in _UNSEEN:
        return Check(point, State.UNSEEN)
    if point in _SHARES:
        part = getattr(seen, _SHARES[point])
        return Check(point, _share(part, seen.messages), part, seen.messages)
    if point is Point.PTR:
        return Check(point, _all(seen.named, seen.hosts), seen.named, seen.hosts)
    if point is Point.KEY_LENGTH:
        known = State.MET if seen.weakest_key >= GOOD_BITS else State.NOT_MET
        return Check(point, known if seen.weakest_key else State.UNKNOWN, seen.weakest_key)
    if point is Point.POLICY_ENFORCED:
        strong = seen.policy in (Policy.QUARANTINE, Policy.REJECT)
        unknown = seen.policy is Policy.ABSENT and seen.dmarc_record is not Found.NO
        return Check(point, State.UNKNOWN if unknown else State.MET if strong else State.NOT_MET)
    return Check(point, _FOUND[seen.spf_record if point is Point.SPF_RECORD else seen.dmarc_record])


_UNSEEN = frozenset((Point.TLS, Point.UNSUBSCRIBE, Point.SPAM_RATE, Point.FORMAT))
_SHARES = {
    Point.SPF_OR_DKIM: "passed",
    Point.SPF_SET_UP: "spf",
    Point.DKIM_SET_UP: "dkim",
    Point.ALIGNED: "passed",
    Point.BOTH: "both",
}
_FOUND = {Found.YES: State.MET, Found.NO: State.NOT_MET, Found.UNKNOWN: State.UNKNOWN}


def _share(part: int, whole: int) -> State:
    if whole < ENOUGH:
        return State.UNKNOWN
    return State.MET if part >= NEARLY_ALL * whole else State.NOT_MET


def _all(part: int, whole: int) -> State:
    if not whole:
        return State.UNKNOWN
    return State.MET if part == whole else State.NOT_MET
