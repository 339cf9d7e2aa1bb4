"""Receivers that report: what each tells, how it words failure, what it overrides, and where people have their mailboxes."""

from __future__ import annotations

from typing import NamedTuple

from sekisho.core.terms import AuthResult

FAIL, NEUTRAL, PERM, NONE = AuthResult.FAIL, AuthResult.NEUTRAL, AuthResult.PERMERROR, AuthResult.NONE


class Receiver(NamedTuple):
    """A receiver and its manners."""

    name: str
    email: str
    id_style: str = "number"
    dkim: str = "all"
    """Signatures that it lists: `all`, `one` (the aligned, else the first) or `none`."""
    selectors: bool = True
    envelope: bool = False
    """Tells the envelope's sender."""
    to: tuple[str, ...] = ()
    """Tells the envelope's recipient: one of these."""
    scope: bool = True
    broken: AuthResult = FAIL
    """What it says where a body or header does not match its signature."""
    no_key: AuthResult = PERM
    """What it says where the selector has no key."""
    arc: float = 0.0
    """Chance that mail that came by a good ARC sealer is let through and said to be."""
    lists: float = 0.0
    """Chance that a list is seen and said."""
    forwards: float = 0.0
    """Chance that a forwarder is seen and said."""
    obeys: float = 1.0
    """Chance that it does what the policy says."""
    sample: float = 1.0
    """Share of days on which it sends a report at all."""
    begins: int = 0
    """Hour (UTC) at which its day begins."""
    modern: bool = False
    """Writes as RFC 9990 has it."""
    arc_words: str = "arc=pass"


R = Receiver
RECEIVERS = {
    "google": R("google.com", "noreply-dmarc-support@google.com", arc=0.75, lists=0.03, forwards=0.02, no_key=PERM, scope=False),
    "outlook": R(
        "Outlook.com",
        "dmarcreport@microsoft.com",
        "hex",
        envelope=True,
        to=("outlook.com", "hotmail.com", "outlook.jp", "live.com", "msn.com"),
        arc=0.1,
        obeys=0.95,
        no_key=FAIL,
    ),
    "enterprise": R(
        "Enterprise Outlook",
        "dmarcreport@microsoft.com",
        "hex",
        envelope=True,
        to=("tenants",),
        arc=0.12,
        obeys=0.6,
        no_key=FAIL,
        arc_words="arc=pass oda=1 ltdi=1",
    ),
    "yahoo": R("Yahoo", "noreply@dmarc.yahoo.com", "dotted", broken=PERM, no_key=PERM, scope=False),
    "yahoo_jp": R("Yahoo! JAPAN", "dmarc-report@mail.yahoo.co.jp", "host", dkim="one", envelope=True),
    "docomo": R(
        "NTT DOCOMO, INC.", "dmarc_report@dmarc.spmode.ne.jp", "number", dkim="one", selectors=False, envelope=True, broken=FAIL
    ),
    "kddi": R("KDDI", "dmarc-report@kddi.ne.jp", "number", dkim="none", begins=15),
    "softbank": R("SoftBank Corp.", "dmarc-report@softbank.ne.jp", "number", dkim="one", selectors=False, begins=15, sample=0.8),
    "nifty": R("NIFTY Corporation", "dmarc-report@nifty.com", "host", dkim="one", envelope=True, begins=15, no_key=NEUTRAL),
    "biglobe": R("BIGLOBE Inc.", "dmarc-report@biglobe.ne.jp", "host", dkim="none", begins=15),
    "iij": R("Internet Initiative Japan Inc.", "dmarc-admin@iij.ad.jp", "host", envelope=True, to=("securemx.jp",), lists=0.1),
    "mailru": R("Mail.Ru", "dmarc_support@corp.mail.ru", "long"),
    "seznam": R("seznam.cz a.s.", "abuse@seznam.cz", "hex", envelope=True, no_key=NEUTRAL),
    "gmx": R("GMX", "noreply-dmarc@sicher.gmx.net", "hex", envelope=True, modern=True),
    "webde": R("WEB.DE", "noreply-dmarc@sicher.web.de", "hex", envelope=True, modern=True),
    "oneone": R("1&1 Mail & Media", "noreply-dmarc@1und1.de", "hex", envelope=True, modern=True, sample=0.7),
    "comcast": R("comcast.net", "dmarc_reports@comcast.net", "host", envelope=True, lists=0.1, forwards=0.15),
    "fastmail": R(
        "Fastmail Pty Ltd", "reports@fastmaildmarc.com", "number", envelope=True, lists=0.3, arc=0.4, forwards=0.1, obeys=0.7
    ),
    "orange": R("Orange", "dmarc@orange.fr", "host", dkim="one", selectors=False, envelope=True),
    "laposte": R("laposte.net", "dmarc@laposte.net", "number", dkim="one", selectors=False, no_key=NEUTRAL),
    "uol": R("uol.com.br", "dmarc@uol.com.br", "host", dkim="none", obeys=0.5),
    "zoho": R("zohocorp.com", "dmarc@zohocorp.com", "number", envelope=True),
    "amazon": R("AMAZON-SES", "postmaster@amazonses.com", "hex", envelope=True, modern=False),
    "mimecast": R("mimecast.org", "no-reply@dmarc-report.mimecast.org", "hex", envelope=True, to=("tenants",), obeys=0.7),
    "esa": R("", "dmarc-reports@mx.kasuga-shoji.example", "cisco", envelope=True, dkim="one", obeys=0.5, sample=0.8),
    "netease": R("163.com", "dmarc@corp.netease.com", "number", dkim="one"),
    "rspamd_uni": R(
        "mail.instytut-lesny.example", "dmarc@instytut-lesny.example", "host", arc=0.5, lists=0.1, forwards=0.3, obeys=0.8
    ),
    "rspamd_club": R("mx.dorfverein.example", "postmaster@dorfverein.example", "host", forwards=0.2, sample=0.6),
    "opendmarc_isp": R(
        "mx2.kitami-net.example", "postmaster@kitami-net.example", "colon", envelope=True, arc=0.3, lists=0.2, obeys=0.6
    ),
    "opendmarc_edu": R(
        "relay.univ-cotiere.example", "abuse@univ-cotiere.example", "colon", envelope=True, lists=0.3, obeys=0.3, dkim="one"
    ),
    "exim_host": R("cp7.webnest.example", "root@cp7.webnest.example", "number", envelope=True, dkim="one", sample=0.5, obeys=0.5),
}

TENANTS = (
    "hikari-logi.example",
    "brunnen-werk.example",
    "stonebridge-law.example",
    "nagi-kensetsu.example",
    "sahel-agro.example",
    "rio-metais.example",
)
"""Companies whose mailboxes Microsoft and Mimecast keep."""

_SHARES = {
    "jp": (
        "google 30, outlook 4, enterprise 16, yahoo 1, yahoo_jp 6, docomo 10, kddi 8, softbank 4, nifty 2.5, biglobe 1.5, "
        "iij 1.5, esa 1, opendmarc_isp 0.6, mimecast 0.3, amazon 0.5, fastmail 0.1, mailru 0.1"
    ),
    "de": (
        "google 20, outlook 6, enterprise 16, yahoo 3, gmx 9, webde 8, oneone 3, seznam 0.6, rspamd_club 1.5, rspamd_uni "
        "0.8, fastmail 0.4, mailru 0.4, mimecast 0.5"
    ),
    "fr": "google 25, outlook 9, enterprise 12, yahoo 5, orange 9, laposte 4, opendmarc_edu 1.5, gmx 1, fastmail 0.2",
    "br": "google 40, outlook 14, enterprise 9, yahoo 5, uol 7, exim_host 0.8, zoho 0.6, amazon 0.8",
    "in": "google 45, outlook 6, enterprise 14, yahoo 5, zoho 5, amazon 1, exim_host 0.6",
    "ng": "google 38, outlook 7, enterprise 8, yahoo 18, zoho 2, exim_host 0.8",
    "us": "google 32, outlook 12, enterprise 18, yahoo 12, comcast 6, fastmail 1.2, mimecast 2.5, amazon 1.2",
    "world": (
        "google 30, outlook 9, enterprise 16, yahoo 5, mailru 0.7, seznam 0.2, zoho 0.6, amazon 0.7, mimecast 1.2, "
        "fastmail 0.6, comcast 0.6, gmx 0.5, esa 0.3, rspamd_uni 0.2, opendmarc_edu 0.2, exim_host 0.15, netease 0.15"
    ),
    "companies": "enterprise 22, google 12, mimecast 3, esa 1.5, iij 2, zoho 0.5",
    "carriers": "docomo 14, kddi 12, softbank 6, google 12, yahoo_jp 8, nifty 4, biglobe 3, outlook 3",
    "hosted": "google 9, enterprise 6, mimecast 0.3, zoho 0.3",
}
"""Share of the mail that goes to each receiver, by where an owner's correspondents are."""


def _shares(text: str) -> dict[str, float]:
    return {name: float(share) for name, _, share in (part.partition(" ") for part in text.split(", "))}


AUDIENCES = {where: _shares(text) for where, text in _SHARES.items()}
