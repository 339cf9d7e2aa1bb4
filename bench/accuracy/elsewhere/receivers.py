"""The reporters and their habits: who gets how much, what they check, and how they write down what they found."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.terms import AuthResult, Generation

FAIL, NEUTRAL, PERM = AuthResult.FAIL, AuthResult.NEUTRAL, AuthResult.PERMERROR


@dataclass(frozen=True, slots=True)
class Reporter:
    """A receiver that reports."""

    name: str
    email: str
    share: float
    """Part of all mail that it gets."""
    generation: Generation = Generation.RFC7489
    hours: int = 0
    """Hours by which its day begins before that of UTC."""
    sampled: float = 1.0
    """Part of the mail that gets into its reports."""
    envelope: bool = True
    selectors: bool = True
    signatures: int = 9
    """How many DKIM results it writes at most; 0: none at all."""
    only_passing: bool = False
    """Writes no DKIM result unless one has passed."""
    broken: AuthResult = FAIL
    """Its word for a signature that does not fit."""
    keyless: AuthResult = PERM
    """Its word for a key that is not there."""
    tells_way: float = 0.0
    """Part of visibly forwarded mail and list mail that it says it saw (override reasons)."""
    trusts_arc: bool = False
    strict: bool = True
    """Does as the policy asks; False: delivers all the same and says nothing of it."""
    flaky: float = 0.0
    """Part of its row groups for which its own DNS had time-outs."""
    customers: tuple[str, ...] = ()
    """Recipient domains that it names (`envelope_to`)."""


FIRMS = ("partner-kogyo.example", "shoji-net.example", "hosp-sakurai.example", "city-lib.example")

REPORTERS = (
    Reporter(
        "google.com", "noreply-dmarc-support@google.com", 0.36, Generation.RFC9990, envelope=False, tells_way=0.2, trusts_arc=True
    ),
    Reporter("Enterprise Outlook", "dmarcreport@microsoft.com", 0.17, trusts_arc=True, customers=FIRMS, keyless=FAIL, flaky=0.004),
    Reporter(
        "Outlook.com", "dmarcreport@microsoft.com", 0.05, trusts_arc=True, customers=("outlook.jp", "hotmail.com"), keyless=FAIL
    ),
    Reporter("Yahoo", "dmarchelp@yahooinc.com", 0.03, envelope=False, broken=PERM, tells_way=0.05),
    Reporter("LY Corporation", "dmarc-report@mail.yahoo.co.jp", 0.08, hours=9, only_passing=True),
    Reporter("NTT DOCOMO", "dmarc-report@docomo.ne.jp", 0.10, hours=9, signatures=1),
    Reporter("KDDI", "dmarc-rua@kddi.com", 0.06, hours=9, selectors=False, strict=False),
    Reporter("Mail.Ru", "dmarc_support@corp.mail.ru", 0.01, only_passing=True),
    Reporter("GMX", "noreply-dmarc@sicher.gmx.net", 0.02, Generation.RFC9990, keyless=AuthResult.TEMPERROR),
    Reporter("AMAZON-SES", "postmaster@amazonses.com", 0.02, selectors=False, envelope=False),
    Reporter("Fastmail Pty Ltd", "reports@fastmaildmarc.com", 0.01, tells_way=0.6, trusts_arc=True),
    Reporter("Mimecast", "no-reply@jp-1.mimecastreport.com", 0.02, envelope=False, signatures=2),
    Reporter("comcast.net", "dmarc-reports@alerts.comcast.net", 0.01, signatures=1, sampled=0.6),
    Reporter("163.com", "abuse@163.com", 0.005, hours=8, broken=FAIL, keyless=AuthResult.TEMPERROR, flaky=0.03),
    Reporter("cs.example0.ac.jp", "postmaster@cs.example0.ac.jp", 0.012, strict=False, broken=FAIL, tells_way=0.3),
    Reporter("rspamd.hoshi-sangyo.example", "dmarc@hoshi-sangyo.example", 0.01, envelope=False, broken=FAIL, sampled=0.8),
    Reporter("opendmarc.kumo.example", "dmarc-noreply@kumo.example", 0.01, signatures=0, strict=False),
    Reporter("esa1.sumire-bank.example", "dmarc@sumire-bank.example", 0.01, broken=NEUTRAL, envelope=False, flaky=0.01),
)

BY_NAME = {reporter.name: reporter for reporter in REPORTERS}
GOOGLE, MICROSOFT, OUTLOOK, YAHOO_JP, DOCOMO, KDDI = (
    "google.com", "Enterprise Outlook", "Outlook.com", "LY Corporation", "NTT DOCOMO", "KDDI",
)  # fmt: skip
SMALL = tuple(reporter.name for reporter in REPORTERS[10:])
