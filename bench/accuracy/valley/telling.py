"""What a receiver does with a mail and what it writes into its report."""

from __future__ import annotations

from collections.abc import Set

from bench.accuracy.valley.dice import Dice
from bench.accuracy.valley.letters import Letter, Sig, State
from bench.accuracy.valley.owners import Home
from bench.accuracy.valley.receivers import Receiver

from sekisho.core.names import aligned
from sekisho.core.reports.values import DkimAuth, PolicyPublished, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Disposition, Override, Policy, SpfScope

Outcome = tuple[Disposition, tuple[Reason, ...]]


def treated(receiver: Receiver, letter: Letter | None, policy: Policy, pct: int, dice: Dice) -> Outcome:
    """What becomes of a mail that failed; `letter` None for one that passed."""
    if letter is None or policy is Policy.NONE:
        return Disposition.NONE, ()
    for (manner, override, comment), share in receiver.overrides.items():
        fits = not manner or manner == letter.manner or (manner == "sealed" and letter.sealed)
        if fits and dice.chance(share):
            return Disposition.NONE, (Reason(override, comment),)
    if pct < 100 and "9990" not in receiver.fields and not dice.chance(pct / 100):
        return Disposition.NONE, (Reason(Override.SAMPLED_OUT),)
    return Disposition(policy), ()


def said_of(
    receiver: Receiver, letter: Letter, spf: AuthResult, good: Set[Sig], passes: tuple[bool, bool], outcome: Outcome
) -> Said:
    """The record's text, by the receiver's habits."""
    dkim_ok, spf_ok = (Aligned.PASS if each else Aligned.FAIL for each in passes)
    to = receiver.envelope_to.replace("{a}", letter.host.ip[-1]) if receiver.envelope_to else ""
    sender = letter.mfrom if receiver.envelope_from else ""
    return Said(
        *outcome[:1],
        dkim_ok,
        spf_ok,
        outcome[1],
        letter.header_from,
        sender,
        to,
        _dkim(receiver, letter, good),
        _spf(receiver, letter, spf),
    )


def _dkim(receiver: Receiver, letter: Letter, good: Set[Sig]) -> tuple[DkimAuth, ...]:
    results = [(sig, _result(receiver, sig, good)) for sig in letter.sigs]
    if receiver.dkim == "mute":
        return ()
    if receiver.dkim == "passed":
        results = [each for each in results if each[1] is AuthResult.PASS]
    if receiver.dkim == "one":
        results = sorted(
            results, key=lambda each: (each[1] is not AuthResult.PASS, not aligned(each[0].domain, letter.header_from))
        )[:1]
    bare = receiver.dkim == "bare"
    return tuple(DkimAuth(sig.domain, "" if bare else sig.selector, result) for sig, result in results)


def _result(receiver: Receiver, sig: Sig, good: Set[Sig]) -> AuthResult:
    if sig in good:
        return AuthResult.PASS
    if sig.state is State.GOOD:
        return AuthResult.TEMPERROR
    if sig.state is State.KEYLESS:
        return AuthResult.FAIL if receiver.dkim == "one" else AuthResult.PERMERROR
    return AuthResult.NEUTRAL if receiver.org_name == "comcast.net" else AuthResult.FAIL


def _spf(receiver: Receiver, letter: Letter, result: AuthResult) -> tuple[SpfAuth, ...]:
    if not letter.mfrom:
        scope = SpfScope.HELO if receiver.scope else SpfScope.ABSENT
        return (SpfAuth(letter.host.name.lower(), scope, result),) if "." in letter.host.name else ()
    found = SpfAuth(letter.mfrom, SpfScope.MFROM if receiver.scope else SpfScope.ABSENT, result)
    if receiver.helo and "." in letter.host.name:
        return (SpfAuth(letter.host.name.lower(), SpfScope.HELO, AuthResult.NONE), found)
    return (found,)


def policy_told(home: Home, receiver: Receiver, p: Policy) -> PolicyPublished:
    """`policy_published`, as far as the receiver tells it."""
    told = receiver.fields.split()
    mode = home.mode if "modes" in told else AlignmentMode.ABSENT
    sp = (home.sp if home.sp is not Policy.ABSENT else p) if "sp" in told else Policy.ABSENT
    new = "9990" in told
    return PolicyPublished(
        home.domain,
        p,
        sp,
        sp if "np" in told else Policy.ABSENT,
        mode,
        mode,
        home.pct if "pct" in told else None,
        "0" if "fo" in told else "",
        "n" if new else "",
        "psl" if new else "",
    )


def report_id(receiver: Receiver, domain: str, begin: int, number: int, dice: Dice) -> str:
    """An id, in the reporter's style."""
    styles = {
        "digits": lambda: dice.token(19, "0123456789"),
        "hex": lambda: dice.token(32, "0123456789abcdef"),
        "dotted": lambda: f"{begin + 90000 + dice.randrange(40000)}.{dice.token(6, '0123456789')}",
        "domain": lambda: f"{domain}-{begin}-{number}",
        "dollar": lambda: f"{dice.token(6, '0123456789abcdef')}${dice.token(7, '0123456789abcdef')}={domain}",
    }
    return styles[receiver.ident]()
