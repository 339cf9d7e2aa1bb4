"""What a receiver finds when it checks a letter, what it does with it, and how much of that it tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.accuracy.overseas.chance import Dice
from bench.accuracy.overseas.letters import Letter, Seal, Signature
from bench.accuracy.overseas.nets import Host
from bench.accuracy.overseas.people import Home
from bench.accuracy.overseas.receivers import Receiver
from bench.accuracy.overseas.town import Town

from sekisho.core.names import is_within
from sekisho.core.reports.values import DkimAuth, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, SpfScope

LIST_KNOWN = 0.5
"""How often a receiver that can tell lists tells one."""
LOOKS_FORWARDED = 0.2
UNSAID = 0.6
"""How often a policy is not followed without a word."""
SAMPLED = 0.5
"""pct=50."""

Treatment = tuple[Disposition, tuple[Reason, ...]]


@dataclass(frozen=True)
class Group:
    """Equal letters by one host at one receiver on one day."""

    home: Home
    letter: Letter
    host: Host
    day: int
    receiver: Receiver


class Checks:
    """Checks letters by the DNS of the world; equal results are one object."""

    def __init__(self, town: Town) -> None:
        self._directory = town.directory
        self._known: dict[object, Said] = {}

    def told(self, group: Group, messages: int, dice: Dice) -> Iterator[tuple[Said, int]]:
        """What the receiver tells of the letters, and of how many each."""
        receiver, letter = group.receiver, group.letter
        blind = dice.happens(receiver.trouble) and not group.home.untroubled
        spf, aligned_spf = self._spf(group, blind=blind)
        dkim = [(s, AuthResult.TEMPERROR if blind and dice.happens(0.5) else _verdict(s, receiver)) for s in letter.signatures]
        strict = "strict" in group.home.traits
        good = [
            s.domain
            for s, result in dkim
            if result is AuthResult.PASS and relates(s.domain, letter.header_from, group.home, strict)
        ]
        passed = (bool(good), aligned_spf)
        to = dice.choice(receiver.envelope_to) if receiver.envelope_to else ""
        for treatment, count in _treated(group, any(passed), messages, dice):
            key = (receiver.org_name, receiver.email, letter, spf, tuple(dkim), passed, to, treatment)
            if key not in self._known:
                self._known[key] = self._said(group, spf, _shown(dkim, group), passed, to, treatment)
            yield self._known[key], count

    def _spf(self, group: Group, *, blind: bool) -> tuple[SpfAuth, bool]:
        letter = group.letter
        name = letter.envelope or letter.helo or group.host.name
        scope = SpfScope.MFROM if letter.envelope else SpfScope.HELO
        result = AuthResult.TEMPERROR if blind else letter.spf or self._directory.check(name, group.host.address)
        strict = "strict" in group.home.traits
        aligned = result is AuthResult.PASS and relates(name, letter.header_from, group.home, strict)
        return SpfAuth(name, scope if group.receiver.scope or not letter.envelope else SpfScope.ABSENT, result), aligned

    def _said(
        self, group: Group, spf: SpfAuth, dkim: tuple[DkimAuth, ...], passed: tuple[bool, bool], to: str, treatment: Treatment
    ) -> Said:
        aligned = [Aligned.PASS if each else Aligned.FAIL for each in passed]
        envelope = group.letter.envelope if group.receiver.envelope_from else ""
        return Said(treatment[0], aligned[0], aligned[1], treatment[1], group.letter.header_from, envelope, to, dkim, (spf,))


def relates(name: str, header_from: str, home: Home, strict: bool) -> bool:
    """Whether a name is aligned with the From domain; all of a home is one organizational domain."""
    return name == header_from if strict else is_within(name, home.domain) and is_within(header_from, home.domain)


def _verdict(signature: Signature, receiver: Receiver) -> AuthResult:
    if signature.seal is Seal.GOOD:
        return AuthResult.PASS
    return AuthResult(receiver.broken if signature.seal is Seal.BROKEN else receiver.keyless)


def _shown(dkim: list[tuple[Signature, AuthResult]], group: Group) -> tuple[DkimAuth, ...]:
    habit = group.receiver.dkim
    if habit == "none":
        return ()
    shown = dkim
    if habit == "aligned":
        shown = [each for each in dkim if is_within(each[0].domain, group.home.domain)][:1] or dkim[:1]
    if habit == "first":
        good = [each for each in dkim if each[1] is AuthResult.PASS and is_within(each[0].domain, group.home.domain)]
        shown = good[:1] or dkim[:1]
    return tuple(DkimAuth(s.domain, "" if habit == "no_selector" else s.selector, result) for s, result in shown)


def _treated(group: Group, passed: bool, messages: int, dice: Dice) -> Iterator[tuple[Treatment, int]]:
    """What is done with the letters, and for what reason where it is not what the policy says."""
    stance = group.home.stance(group.day)
    if "subnone" in group.home.traits and group.letter.header_from != group.home.domain:
        stance = "none"
    if passed or stance == "none":
        yield (Disposition.NONE, ()), messages
        return
    reason = _override(group.letter, group.receiver, dice)
    if reason:
        yield (Disposition.NONE, (reason,)), messages
        return
    spared = sum(dice.happens(SAMPLED) for _ in range(messages)) if "half" in group.home.traits else 0
    if spared:
        yield (Disposition.NONE, (Reason(Override.SAMPLED_OUT),)), spared
    if messages > spared:
        yield _followed(stance, group.receiver, dice), messages - spared


def _override(letter: Letter, receiver: Receiver, dice: Dice) -> Reason | None:
    if letter.arc and "arc" in receiver.overrides:
        return Reason(Override.LOCAL_POLICY, "arc=pass")
    if letter.by_list and "list" in receiver.overrides and dice.happens(LIST_KNOWN):
        return Reason(Override.MAILING_LIST)
    if letter.moved and "forwarded" in receiver.overrides and dice.happens(LOOKS_FORWARDED):
        return Reason(Override.FORWARDED, "looks forwarded, downgrade to none with phishing warning")
    return None


def _followed(stance: str, receiver: Receiver, dice: Dice) -> Treatment:
    if dice.happens(receiver.obeys):
        return Disposition(stance), ()
    if dice.happens(UNSAID):
        return Disposition.NONE, ()
    return Disposition.QUARANTINE if stance == "reject" else Disposition.NONE, (Reason(Override.LOCAL_POLICY),)
