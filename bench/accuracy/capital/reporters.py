"""The receivers that report, and the manners of each."""

from __future__ import annotations

from typing import NamedTuple

from sekisho.core.terms import AuthResult, Generation

EVERYWHERE = "jp us uk fr kr za"

GOOGLE_TRUSTS = ("google.com", "microsoft.com", "fastmail.com", "icloud.com", "renater.fr", "mimecast.org")
MS_TRUSTS = ("microsoft.com", "google.com", "mimecast.org")


class Reporter(NamedTuple):
    """A receiver."""

    org_name: str
    email: str
    weights: str
    """`country=weight`; `*` for all others."""
    dkim: str = "all"
    """`all`, `two`, `one`, `ok` (only what verified), `none`."""
    selectors: bool = True
    fills: bool = False
    """Writes a result `none` for the author domain where there is no signature."""
    envelope_from: bool = False
    envelope_to: tuple[str, ...] = ()
    scope: bool = True
    arc: tuple[str, ...] = ()
    """Sealers it believes."""
    sees_roads: float = 0.0
    """Share of forwarded and list mail it recognises and says so."""
    softens: float = 0.0
    """Share of refusals that it turns into quarantine, with `local_policy`."""
    no_key: AuthResult = AuthResult.PERMERROR
    broken: AuthResult = AuthResult.FAIL
    hours: int = 0
    """Where its day begins, in hours after midnight UTC."""
    days: float = 1.0
    """Share of days on which its report arrives."""
    new: bool = False
    """Writes as RFC 9990 says."""
    id_like: str = "hex"

    @property
    def generation(self) -> Generation:
        """By which document it writes."""
        return Generation.RFC9990 if self.new else Generation.RFC7489


F = AuthResult
REPORTERS = {
    "google": Reporter(
        "google.com", "noreply-dmarc-support@google.com", "*=10", scope=False, arc=GOOGLE_TRUSTS, sees_roads=0.05, id_like="digits"
    ),
    "outlook": Reporter(
        "Outlook.com",
        "dmarcreport@microsoft.com",
        "*=3",
        fills=True,
        envelope_from=True,
        envelope_to=("outlook.com", "hotmail.com", "live.com"),
        arc=MS_TRUSTS,
        softens=0.3,
    ),
    "enterprise": Reporter(
        "Enterprise Outlook",
        "dmarcreport@microsoft.com",
        "*=5",
        fills=True,
        envelope_from=True,
        envelope_to=("norfeld-steel.example", "ishikawa-trading.example", "haldane-legal.example", "cabinet-ferrand.example"),
        arc=MS_TRUSTS,
        softens=0.2,
    ),
    "yahoo": Reporter("Yahoo", "dmarchelp@yahooinc.com", "us=3 uk=1 fr=1 *=0.3", scope=False, no_key=F.PERMERROR, id_like="yahoo"),
    "docomo": Reporter(
        "NTT DOCOMO", "dmarc-report@dmarc.docomo.example", "jp=2.5", dkim="two", envelope_from=True, hours=-9, id_like="stamp"
    ),
    "kddi": Reporter("KDDI", "dmarc-report@kddi.example", "jp=1.5", dkim="none", id_like="stamp", hours=-9),
    "nifty": Reporter("NIFTY Corporation", "dmarc@nifty.example", "jp=0.5", dkim="one", selectors=False, id_like="stamp", hours=-9),
    "iij": Reporter("IIJ", "dmarc-agg@iij.example", "jp=0.8", envelope_from=True, sees_roads=0.1, days=0.9),
    "mailru": Reporter("Mail.Ru", "dmarc_support@corp.mail.ru", "*=0.25", dkim="ok", id_like="digits"),
    "seznam": Reporter("seznam.cz a.s.", "abuse@seznam.cz", "*=0.12", dkim="two", envelope_from=True, days=0.9),
    "gmx": Reporter("GMX", "noreply-dmarc@sicher.gmx.net", "*=0.3", envelope_from=True, new=True, no_key=F.NEUTRAL),
    "webde": Reporter("WEB.DE", "noreply-dmarc@sicher.web.de", "*=0.25", envelope_from=True, new=True, no_key=F.NEUTRAL),
    "comcast": Reporter(
        "comcast.net", "dmarc-reports@alerts.comcast.net", "us=1.2", dkim="one", fills=True, sees_roads=0.15, id_like="stamp"
    ),
    "fastmail": Reporter(
        "FastMail Pty Ltd",
        "reports@fastmaildmarc.com",
        "us=0.4 uk=0.3 *=0.1",
        sees_roads=0.35,
        arc=("google.com", "fastmail.com", "icloud.com"),
        softens=0.3,
        id_like="digits",
    ),
    "orange": Reporter("orange.fr", "noreply-dmarc@orange.example", "fr=2", dkim="one", selectors=False, days=0.95),
    "laposte": Reporter(
        "laposte.net", "dmarc@laposte.example", "fr=0.6", dkim="two", envelope_from=True, broken=F.PERMERROR, days=0.9
    ),
    "bt": Reporter("btinternet.com", "dmarc@bt.example", "uk=0.8", dkim="two", id_like="yahoo"),
    "naver": Reporter(
        "NAVER", "dmarc-noreply@navercorp.example", "kr=3", dkim="one", envelope_from=True, hours=-9, id_like="stamp"
    ),
    "kakao": Reporter("kakaocorp.com", "dmarc@kakaocorp.example", "kr=1", dkim="none", hours=-9, days=0.9),
    "spamexperts": Reporter(
        "antispamcloud.com", "dmarc@antispamcloud.com", "za=1 uk=0.3", dkim="two", envelope_from=True, softens=0.2, days=0.9
    ),
    "mimecast": Reporter(
        "Mimecast",
        "no-reply-dmarc@mimecast.org",
        "za=1.2 uk=0.8 us=0.4",
        dkim="all",
        envelope_from=True,
        arc=("mimecast.org",),
        sees_roads=0.08,
        days=0.95,
    ),
    "zoho": Reporter("zoho.com", "dmarc@zoho.example", "za=0.15 us=0.15", dkim="all", scope=False),
    "ses": Reporter("AMAZON-SES", "postmaster@amazonses.com", "us=0.2 jp=0.1 uk=0.1", dkim="all", id_like="hex"),
    "esa": Reporter(
        "esa2.halloran-group.example",
        "MAILER-DAEMON@esa2.halloran-group.example",
        "us=0.2 uk=0.2",
        dkim="one",
        envelope_from=True,
        id_like="esa",
        days=0.8,
    ),
    "rspamd_fr": Reporter(
        "mx.arpent-libre.example",
        "dmarc@arpent-libre.example",
        "fr=0.4 *=0.03",
        envelope_from=True,
        sees_roads=0.3,
        softens=0.2,
        no_key=F.PERMERROR,
        days=0.8,
    ),
    "rspamd_jp": Reporter(
        "mail.kaneda-lab.example", "postmaster@kaneda-lab.example", "jp=0.25 kr=0.05", envelope_from=True, sees_roads=0.2, days=0.7
    ),
    "opendmarc_uk": Reporter(
        "mx1.stellen.example",
        "dmarc-noreply@stellen.example",
        "uk=0.3 za=0.1",
        dkim="all",
        selectors=False,
        envelope_from=True,
        no_key=F.NEUTRAL,
        days=0.7,
    ),
    "opendmarc_us": Reporter(
        "cs.fallriver.example",
        "postmaster@cs.fallriver.example",
        "us=0.25",
        dkim="all",
        envelope_from=True,
        sees_roads=0.2,
        broken=F.FAIL,
        days=0.7,
    ),
    "parsing_kr": Reporter(
        "mail.sejin.example", "dmarc@sejin.example", "kr=0.3", dkim="one", selectors=False, softens=0.4, days=0.6
    ),
}
"""Receivers by our name for them."""


def weights(country: str) -> dict[str, float]:
    """Receivers to which mail from a country goes, and how much of it."""
    found = {}
    for name, reporter in REPORTERS.items():
        said = dict(term.split("=") for term in reporter.weights.split())
        weight = float(said.get(country, said.get("*", "0")))
        if weight:
            found[name] = weight
    return found


BUSINESS = {"enterprise": 6.0, "google": 3.0, "mimecast": 0.5}
"""Where the mail of firms goes."""
