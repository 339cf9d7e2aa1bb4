"""Who reports, and each one's manners: what it tells, what it leaves out, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from sekisho.core.terms import AuthResult, Generation

FAIL, NEUTRAL, PERM, TEMP = AuthResult.FAIL, AuthResult.NEUTRAL, AuthResult.PERMERROR, AuthResult.TEMPERROR


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter's manners."""

    org: str
    email: str
    dkim: str = "full"
    """`full`, `domain` (no selectors), `first` (one signature only) or `none`."""
    scope: bool = False
    envelope: bool = False
    to: tuple[str, ...] = ()
    """Recipients' domains, where it says them."""
    enforces: float = 1.0
    """Share of failed mail that is treated as the policy says."""
    trusts_arc: float = 0.0
    """Share of sealed mail it lets pass for the seal."""
    notes: tuple[tuple[str, str, float], ...] = ()
    """Other overrides: type, comment, share of the mail that looks passed on."""
    altered: AuthResult = FAIL
    nokey: AuthResult = PERM
    ids: str = "number"
    generation: Generation = Generation.RFC7489
    hour: int = 0
    """Hour (UTC) at which its day begins."""
    sees: float = 1.0
    """Share of the mail that gets into its reports."""
    contact: str = ""
    fo: str = ""
    generator: str = ""


_MS = (("other", "", 0.05), ("local_policy", "", 0.08))
REPORTERS = {
    each.org: each
    for each in (
        Reporter(
            "google.com",
            "noreply-dmarc-support@google.com",
            trusts_arc=0.8,
            notes=(("local_policy", "", 0.02),),
            nokey=TEMP,
            contact="https://support.google.com/a/answer/2466580",
            enforces=0.98,
        ),
        Reporter(
            "Outlook.com",
            "dmarcreport@microsoft.com",
            scope=True,
            envelope=True,
            to=("outlook.com", "hotmail.com", "live.jp", "msn.com"),
            trusts_arc=0.15,
            notes=_MS,
            ids="hex",
            fo="0",
            nokey=FAIL,
            enforces=0.93,
        ),
        Reporter(
            "Enterprise Outlook",
            "dmarcreport@microsoft.com",
            scope=True,
            envelope=True,
            to=("*",),
            trusts_arc=0.2,
            notes=_MS,
            ids="hex",
            fo="0",
            nokey=FAIL,
            enforces=0.72,
        ),
        Reporter("Yahoo", "dmarchelp@yahooinc.com", ids="time", nokey=PERM, trusts_arc=0.25),
        Reporter("Mail.Ru", "dmarc_support@corp.mail.ru", scope=True, ids="number", contact="http://help.mail.ru/mail-help"),
        Reporter(
            "GMX",
            "noreply-dmarc@sicher.gmx.net",
            scope=True,
            envelope=True,
            ids="hex",
            generation=Generation.RFC9990,
            notes=(("trusted_forwarder", "", 0.05),),
            enforces=0.9,
        ),
        Reporter(
            "WEB.DE",
            "noreply-dmarc@sicher.web.de",
            scope=True,
            envelope=True,
            ids="hex",
            generation=Generation.RFC9990,
            notes=(("trusted_forwarder", "", 0.05),),
            enforces=0.9,
        ),
        Reporter("1&1", "dmarc@kundenserver.de", scope=True, envelope=True, ids="hex", enforces=0.3),
        Reporter("comcast.net", "dmarc-noreply@alerts.comcast.net", scope=True, ids="time", notes=(("local_policy", "", 0.1),)),
        Reporter(
            "Fastmail Pty Ltd",
            "reports@fastmaildmarc.com",
            scope=True,
            envelope=True,
            trusts_arc=0.7,
            ids="number",
            notes=(("mailing_list", "", 0.1),),
            altered=FAIL,
            enforces=0.8,
        ),
        Reporter("seznam.cz a.s.", "abuse@seznam.cz", scope=True, ids="hex", dkim="first"),
        Reporter("Mimecast", "no-reply@us-1.mimecastreport.com", ids="hex", trusts_arc=0.1, enforces=0.6),
        Reporter("AMAZON-SES", "postmaster@amazonses.com", scope=True, envelope=True, ids="hex", enforces=0.5),
        Reporter("zoho.com", "noreply-dmarc@zoho.com", scope=True, ids="hex", trusts_arc=0.3),
        Reporter("NTT DOCOMO", "dmarc-report@docomo.ne.jp", dkim="domain", ids="time", hour=15, enforces=0.95),
        Reporter("KDDI", "dmarc-report@ezweb.ne.jp", dkim="none", ids="time", hour=15, enforces=0.6),
        Reporter("laposte.net", "dmarc@laposte.net", scope=True, ids="mta", dkim="first", enforces=0.8),
        Reporter(
            "mx.tomizawa-kikai.jp", "postmaster@tomizawa-kikai.jp", ids="mta", altered=NEUTRAL, nokey=PERM, enforces=0.5, hour=15
        ),
        Reporter("Yukari Net Coop", "dmarc@yukarinet.jp", ids="rspamd", generator="rspamd", nokey=PERM, hour=15),
        Reporter("mail.stadtwerke-ohlau.de", "dmarc@stadtwerke-ohlau.de", ids="rspamd", generator="rspamd", scope=True),
        Reporter("esa1.garrick-health.iphmx.com", "dmarc@garrick-health.org", scope=True, envelope=True, ids="esa", enforces=0.4),
        Reporter("univ-morlaine.fr", "postmaster@univ-morlaine.fr", scope=True, ids="mta", altered=NEUTRAL, enforces=0.0, sees=0.6),
        Reporter("provedorserrano.com.br", "dmarc@provedorserrano.com.br", ids="mta", dkim="domain", enforces=0.7),
        Reporter("Dovetail Mail Co-op", "reports@dovetail-mail.org", ids="rspamd", scope=True, envelope=True, trusts_arc=0.5),
    )
}

REACH: dict[str, dict[str, float]] = {
    "jp": {
        "google.com": 52,
        "Enterprise Outlook": 17,
        "NTT DOCOMO": 12,
        "KDDI": 9,
        "Outlook.com": 5,
        "Yahoo": 2,
        "mx.tomizawa-kikai.jp": 0.8,
        "Yukari Net Coop": 0.8,
        "Mimecast": 0.3,
        "AMAZON-SES": 0.3,
        "Fastmail Pty Ltd": 0.2,
        "zoho.com": 0.1,
        "Mail.Ru": 0.1,
    },
    "us": {
        "google.com": 50,
        "Enterprise Outlook": 17,
        "Outlook.com": 11,
        "Yahoo": 14,
        "comcast.net": 4,
        "Mimecast": 2,
        "Fastmail Pty Ltd": 0.7,
        "AMAZON-SES": 0.3,
        "zoho.com": 0.3,
        "esa1.garrick-health.iphmx.com": 0.6,
        "Dovetail Mail Co-op": 0.3,
        "GMX": 0.2,
    },
    "de": {
        "google.com": 27,
        "GMX": 17,
        "WEB.DE": 15,
        "1&1": 7,
        "Enterprise Outlook": 18,
        "Outlook.com": 7,
        "Yahoo": 3,
        "Mimecast": 1,
        "mail.stadtwerke-ohlau.de": 1,
        "Fastmail Pty Ltd": 0.3,
        "seznam.cz a.s.": 0.4,
        "Mail.Ru": 0.2,
        "Dovetail Mail Co-op": 0.3,
    },
    "fr": {
        "google.com": 45,
        "Outlook.com": 18,
        "Yahoo": 9,
        "laposte.net": 9,
        "Enterprise Outlook": 8,
        "univ-morlaine.fr": 2,
        "GMX": 2,
        "1&1": 1,
        "Fastmail Pty Ltd": 0.5,
        "Mail.Ru": 0.2,
    },
    "br": {
        "google.com": 66,
        "Outlook.com": 17,
        "Enterprise Outlook": 8,
        "Yahoo": 5,
        "provedorserrano.com.br": 2,
        "zoho.com": 0.6,
        "AMAZON-SES": 0.3,
    },
    "in": {
        "google.com": 72,
        "Enterprise Outlook": 11,
        "Outlook.com": 6,
        "Yahoo": 7,
        "zoho.com": 2.5,
        "Mimecast": 0.6,
        "AMAZON-SES": 0.3,
    },
}
"""Whose mailboxes the public of a country has, among those who report."""

ANYWHERE = {
    "google.com": 40,
    "Outlook.com": 16,
    "Enterprise Outlook": 14,
    "Yahoo": 10,
    "Mail.Ru": 5,
    "GMX": 3,
    "WEB.DE": 2,
    "comcast.net": 3,
    "seznam.cz a.s.": 2,
    "NTT DOCOMO": 1.5,
    "KDDI": 1.0,
    "laposte.net": 0.6,
    "Fastmail Pty Ltd": 0.6,
    "provedorserrano.com.br": 0.4,
    "Yukari Net Coop": 0.4,
    "Dovetail Mail Co-op": 0.4,
    "zoho.com": 0.4,
    "univ-morlaine.fr": 0.2,
}
"""Where spam of the world goes."""

BUSINESS = {"Enterprise Outlook": 60, "google.com": 25, "Mimecast": 3, "esa1.garrick-health.iphmx.com": 1}
"""Mailboxes of firms."""
