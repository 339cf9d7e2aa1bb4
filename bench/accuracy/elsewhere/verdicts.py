"""What a receiver finds out about a mail, and the words it puts into its report."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from bench.accuracy.elsewhere.dns import Dns, NoAnswer
from bench.accuracy.elsewhere.mail import Host, Mail, Signature
from bench.accuracy.elsewhere.owners import Domain
from bench.accuracy.elsewhere.receivers import Reporter
from bench.accuracy.elsewhere.spf import Checker

from sekisho.core.names import aligned, organizational_domain
from sekisho.core.reports.values import DkimAuth, Reason, SpfAuth
from sekisho.core.terms import Aligned, AuthResult, Disposition, Override, Policy, SpfScope

SHORT = 300
"""Characters of a key record below which the key has 512 bits, which nobody believes (RFC 8301, 3.2)."""


class Words(NamedTuple):
    """All that a report says of a mail except its address and count."""

    disposition: Disposition
    dkim_aligned: Aligned
    spf_aligned: Aligned
    reasons: tuple[Reason, ...]
    header_from: str
    envelope_from: str
    envelope_to: str
    dkim: tuple[DkimAuth, ...]
    spf: tuple[SpfAuth, ...]

    @property
    def passes(self) -> bool:
        """Whether DMARC passed."""
        return Aligned.PASS in (self.dkim_aligned, self.spf_aligned)


@dataclass
class Evaluator:
    """Checks mails as receivers do."""

    dns: Dns
    checker: Checker

    def words(self, mail: Mail, host: Host, domain: Domain, reporter: Reporter, day: int, rng: Random) -> Words:
        """What the reporter says of the mail from the host on the day."""
        late = rng.random() < reporter.flaky and domain.troubled
        spf = self._spf(mail, host, day, late=late)
        found = [(s, AuthResult.TEMPERROR if late else self._dkim(s, reporter, day)) for s in mail.signatures]
        strict = domain.strict
        dkim_ok = any(r is AuthResult.PASS and aligned(s.domain, mail.header_from, strict=strict) for s, r in found)
        spf_ok = spf.result is AuthResult.PASS and aligned(spf.domain, mail.header_from, strict=strict)
        disposition, reasons = _handling(mail, domain, reporter, day, rng, passes=dkim_ok or spf_ok)
        return Words(
            disposition,
            Aligned.PASS if dkim_ok else Aligned.FAIL,
            Aligned.PASS if spf_ok else Aligned.FAIL,
            reasons,
            mail.header_from,
            mail.mail_from if reporter.envelope else "",
            rng.choice(reporter.customers) if reporter.customers else "",
            _written(found, reporter),
            (spf,),
        )

    def _spf(self, mail: Mail, host: Host, day: int, *, late: bool) -> SpfAuth:
        """SPF of the envelope sender, for a null one of the HELO name (RFC 7208, 2.4)."""
        name, scope = (mail.mail_from, SpfScope.MFROM) if mail.mail_from else (host.helo, SpfScope.HELO)
        return SpfAuth(name.lower(), scope, AuthResult.TEMPERROR if late else self.checker.check(host.ip, name, day))

    def _dkim(self, signature: Signature, reporter: Reporter, day: int) -> AuthResult:
        try:
            keys = self.dns.ask(f"{signature.selector}._domainkey.{signature.domain}", "TXT", day)
        except NoAnswer:
            return AuthResult.TEMPERROR
        if not keys:
            return reporter.keyless
        if len(keys[0]) < SHORT:
            return AuthResult.POLICY if reporter.broken is AuthResult.NEUTRAL else AuthResult.FAIL
        return AuthResult.PASS if signature.intact else reporter.broken


def _written(found: list[tuple[Signature, AuthResult]], reporter: Reporter) -> tuple[DkimAuth, ...]:
    """The DKIM results as the reporter writes them; it shows a passing one first where it cannot show all."""
    if reporter.only_passing and all(result is not AuthResult.PASS for _, result in found):
        return ()
    if reporter.signatures < len(found):
        found = sorted(found, key=lambda each: each[1] is not AuthResult.PASS)
    kept = found[: reporter.signatures]
    return tuple(DkimAuth(s.domain, s.selector if reporter.selectors else "", result) for s, result in kept)


def _handling(
    mail: Mail, domain: Domain, reporter: Reporter, day: int, rng: Random, *, passes: bool
) -> tuple[Disposition, tuple[Reason, ...]]:
    """Disposition, and reasons where it is not what the policy asks."""
    if passes:
        return Disposition.NONE, ()
    step = domain.step(day)
    policy = step.p if organizational_domain(mail.header_from) == mail.header_from else step.sp
    if mail.sealed and reporter.trusts_arc:
        return Disposition.NONE, (Reason(Override.LOCAL_POLICY, "arc=pass"),)
    if mail.way and rng.random() < reporter.tells_way:
        kind = Override.MAILING_LIST if mail.way == "list" else Override.FORWARDED
        return Disposition.NONE, (Reason(kind),)
    if not reporter.strict or policy is Policy.NONE:
        return Disposition.NONE, ()
    if rng.random() < 0.03:
        return Disposition.NONE, (Reason(Override.LOCAL_POLICY),)
    return Disposition.QUARANTINE if policy is Policy.QUARANTINE else Disposition.REJECT, ()
