"""Who reports, with habits: what each leaves out, adds, or does not see."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sekisho.core.terms import AuthResult


class Details(StrEnum):
    """How much of the DKIM results is told."""

    ALL = "all"
    FIRST = "first"
    NO_SELECTOR = "no_selector"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reporter:
    """A receiver that reports; `japan` and `world` are its shares of the mail of domains here and there."""

    name: str
    email: str
    japan: float
    world: float
    details: Details = Details.ALL
    tells_envelope: bool = True
    tells_scope: bool = True
    says_detours: float = 0.0
    """Share of forwarded mail for which it gives a reason."""
    sees_arc: float = 0.0
    no_key: AuthResult = AuthResult.PERMERROR
    """What it calls a key that is not there."""
    samples: float = 1.0
    """Share of the mail it reports on."""
    flattens: float = 0.0
    """Share of failing mail for which it says `local_policy`, whatever it was."""
    recipients: tuple[str, ...] = ()


FAIL, NONE, NEUTRAL = AuthResult.FAIL, AuthResult.NONE, AuthResult.NEUTRAL

REPORTERS = (
    Reporter("google.com", "noreply-dmarc-support@google.com", 0.36, 0.45, tells_envelope=False, says_detours=0.25, sees_arc=0.3),
    Reporter("Outlook.com", "dmarcreport@microsoft.com", 0.10, 0.14, no_key=FAIL, recipients=("outlook.com", "hotmail.com")),
    Reporter("Enterprise Outlook", "dmarcreport@microsoft.com", 0.15, 0.20, no_key=FAIL, sees_arc=0.15,
             recipients=("hanbai.example", "kaisha.example")),
    Reporter("Yahoo", "dmarchelp@yahooinc.com", 0.02, 0.08, tells_scope=False, says_detours=0.1),
    Reporter("yahoo.co.jp", "postmaster@yahoo.co.jp", 0.09, 0.0, Details.FIRST),
    Reporter("docomo.ne.jp", "postmaster@docomo.ne.jp", 0.10, 0.0, Details.NO_SELECTOR, tells_envelope=False),
    Reporter("KDDI", "dmarc-report@au.com", 0.06, 0.0, Details.NONE, tells_scope=False),
    Reporter("nifty.com", "postmaster@nifty.com", 0.03, 0.0, says_detours=0.1),
    Reporter("Mail.Ru", "dmarc_support@corp.mail.ru", 0.004, 0.02, says_detours=0.5, no_key=NEUTRAL),
    Reporter("FastMail Pty Ltd", "reports@fastmaildmarc.com", 0.006, 0.02, says_detours=0.4, sees_arc=0.3),
    Reporter("GMX", "noreply-dmarc@sicher.gmx.net", 0.004, 0.03),
    Reporter("AMAZON-SES", "postmaster@amazonses.com", 0.01, 0.02, no_key=FAIL),
    Reporter("mx.rspamd-kyoku.example", "dmarc@rspamd-kyoku.example", 0.02, 0.01, no_key=FAIL, samples=0.6),
    Reporter("opendmarc.univ.example", "postmaster@opendmarc.univ.example", 0.03, 0.01, Details.NO_SELECTOR, no_key=NONE),
    Reporter("sonicwall.example", "dmarc@sonicwall.example", 0.01, 0.01, Details.NONE, flattens=0.5),
)  # fmt: skip
"""Shares are about those that a Japanese and a foreign owner see."""
