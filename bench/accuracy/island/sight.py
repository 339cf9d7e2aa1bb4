"""What a receiver sees of a mail and says of it in a record, with its manners."""

from __future__ import annotations

from typing import NamedTuple

from bench.accuracy.island.chance import Dice
from bench.accuracy.island.directory import Directory
from bench.accuracy.island.letters import Host, Letter, Sign
from bench.accuracy.island.receivers import TENANTS, Receiver

from sekisho.core.names import aligned
from sekisho.core.reports.values import DkimAuth, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, SpfScope

_NO_REASONS: tuple[Reason, ...] = ()


class Seen(NamedTuple):
    """A mail at a receiver's door."""

    receiver: Receiver
    host: Host
    letter: Letter
    touch: frozenset[str]
    broken: bool


class Sight:
    """Makes the words of records; equal words are one object."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: dict[object, Said] = {}

    def of(self, seen: Seen, policy: str, *, strict: bool, pct: int, dice: Dice) -> Said:
        """What the receiver says."""
        author, receiver = seen.letter.header_from, seen.receiver
        spf = self._spf(seen)
        dkim = tuple(_dkim(sign, seen) for sign in seen.letter.signs)
        spf_ok = spf.result is AuthResult.PASS and aligned(spf.domain, author, strict=strict)
        good = [each for each in dkim if each.result is AuthResult.PASS and aligned(each.domain, author, strict=strict)]
        disposition, reasons = Disposition.NONE, _NO_REASONS
        if not spf_ok and not good:
            disposition, reasons = _treated(seen, policy, pct, dice)
        to = dice.choice(TENANTS if receiver.to == ("tenants",) else receiver.to) if receiver.to else ""
        told: tuple[SpfAuth, ...] = (spf,) if spf.domain else ()
        words = (
            disposition,
            Aligned.PASS if good else Aligned.FAIL,
            Aligned.PASS if spf_ok else Aligned.FAIL,
            reasons,
            author,
            seen.letter.envelope if receiver.envelope else "",
            to,
            _listed(dkim, good, receiver),
            told,
        )
        return self._known.setdefault(words, Said(*words))

    def _spf(self, seen: Seen) -> SpfAuth:
        named = seen.letter.envelope
        helo = seen.host.helo if "[" not in seen.host.helo else ""
        scope = SpfScope.MFROM if named else SpfScope.HELO
        result = self._directory.check(seen.host.address, named or helo)
        return SpfAuth(named or helo, scope if seen.receiver.scope else SpfScope.ABSENT, result)


def _dkim(sign: Sign, seen: Seen) -> DkimAuth:
    """The result of one signature."""
    result = AuthResult.PASS
    if sign.state == "no_key":
        result = seen.receiver.no_key
    elif sign.state == "unanswered":
        result = AuthResult.TEMPERROR
    elif sign.state == "broken" or seen.broken:
        result = seen.receiver.broken
    return DkimAuth(sign.domain, sign.selector, result)


def _listed(dkim: tuple[DkimAuth, ...], good: list[DkimAuth], receiver: Receiver) -> tuple[DkimAuth, ...]:
    """The signatures that the receiver lists."""
    if receiver.dkim == "none":
        return ()
    told = (tuple(good) or dkim)[:1] if receiver.dkim == "one" else dkim
    return told if receiver.selectors else tuple(DkimAuth(each.domain, "", each.result) for each in told)


def _treated(seen: Seen, policy: str, pct: int, dice: Dice) -> tuple[Disposition, tuple[Reason, ...]]:
    """What the receiver does with a mail that failed, and why not what the policy says."""
    if policy == "none":
        return Disposition.NONE, ()
    receiver = seen.receiver
    for mark, chance, override, words in (
        ("arc", receiver.arc, Override.LOCAL_POLICY, receiver.arc_words),
        ("list", receiver.lists, Override.MAILING_LIST, ""),
        ("forward", receiver.forwards, Override.FORWARDED, ""),
    ):
        if mark in seen.touch and dice.happens(chance):
            return Disposition.NONE, (Reason(override, words),)
    if pct < 100 and dice.randrange(100) >= pct:
        return Disposition.NONE, (Reason(Override.SAMPLED_OUT),)
    if dice.happens(receiver.obeys):
        return Disposition(policy), ()
    if policy == "reject" and dice.happens(0.6):
        return Disposition.QUARANTINE, (Reason(Override.LOCAL_POLICY),) if dice.happens(0.3) else ()
    return Disposition.NONE, (Reason(Override.LOCAL_POLICY),) if dice.happens(0.5) else ()
