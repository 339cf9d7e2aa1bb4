"""Receivers that report: how each checks, what it does, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Receiver(NamedTuple):
    """A reporter and its habits."""

    org_name: str
    email: str
    dkim: str = "all"
    """What it tells of signatures: all, no_selector, first, aligned (first that aligns, else the first), none."""
    envelope_from: bool = False
    envelope_to: tuple[str, ...] = ()
    scope: bool = True
    broken: str = "fail"
    """Its word for a signature that does not fit."""
    keyless: str = "permerror"
    """Its word for a signature whose key is not there."""
    overrides: frozenset[str] = frozenset()
    """Which reasons it gives: arc, list, forwarded."""
    obeys: float = 1.0
    """How often it does what the policy says."""
    trouble: float = 0.001
    """How often its own DNS lets it down."""
    next_midnight: bool = False
    """Its day ends with the first second of the next."""
    says: frozenset[str] = frozenset({"adkim", "sp", "pct"})
    """Parts of the policy that it repeats."""
    rfc9990: bool = False
    offset: int = 0
    """Hours by which its day begins after midnight UTC."""
    version: str = ""
    extra: str = ""


MICROSOFT = frozenset({"adkim", "sp", "pct", "fo"})
SHORT = frozenset({"adkim", "pct"})

RECEIVERS = {
    "google": Receiver(
        "google.com",
        "noreply-dmarc-support@google.com",
        overrides=frozenset({"arc", "forwarded", "list"}),
        scope=False,
        says=frozenset({"adkim", "sp", "pct", "np"}),
        obeys=0.97,
        extra="https://support.google.com/a/answer/2466580",
    ),
    "outlook": Receiver(
        "Outlook.com",
        "dmarcreport@microsoft.com",
        envelope_from=True,
        envelope_to=("hotmail.com", "outlook.com", "live.com"),
        keyless="fail",
        next_midnight=True,
        says=MICROSOFT,
        obeys=0.95,
        trouble=0.004,
        version="1.0",
    ),
    "enterprise": Receiver(
        "Enterprise Outlook",
        "dmarcreport@microsoft.com",
        envelope_from=True,
        envelope_to=(
            "northwind-legal.example",
            "tabi-partner.example",
            "oficina-sul.example",
            "kreis-ahl.example",
            "groupe-vasse.example",
        ),
        keyless="fail",
        next_midnight=True,
        says=MICROSOFT,
        obeys=0.6,
        trouble=0.004,
        version="1.0",
    ),
    "yahoo": Receiver("Yahoo", "dmarchelp@yahooinc.com", scope=False, says=SHORT, overrides=frozenset({"list"})),
    "mailru": Receiver("Mail.Ru", "dmarc_support@corp.mail.ru", next_midnight=True, extra="http://help.mail.ru/mail-help"),
    "seznam": Receiver("Seznam.cz, a.s.", "abuse@seznam.cz", broken="neutral"),
    "gmx": Receiver(
        "GMX",
        "noreply-dmarc@sicher.gmx.net",
        envelope_from=True,
        rfc9990=True,
        version="1.0",
        says=frozenset({"adkim", "sp", "testing", "discovery"}),
    ),
    "webde": Receiver(
        "WEB.DE",
        "noreply-dmarc@sicher.web.de",
        envelope_from=True,
        rfc9990=True,
        version="1.0",
        says=frozenset({"adkim", "sp", "testing", "discovery"}),
    ),
    "comcast": Receiver("comcast.net", "noreply-dmarc@alerts.comcast.net", dkim="aligned", obeys=0.9),
    "fastmail": Receiver(
        "Fastmail Pty Ltd",
        "postmaster@fastmail.com",
        envelope_from=True,
        overrides=frozenset({"arc", "list"}),
        says=frozenset({"sp", "pct"}),
        obeys=0.8,
    ),
    "docomo": Receiver("docomo.ne.jp", "dmarc-report@docomo.ne.jp", dkim="aligned", offset=15, scope=False),
    "kddi": Receiver("KDDI", "dmarc_report@kddi.com", dkim="none", offset=15, says=SHORT, scope=False),
    "nifty": Receiver("NIFTY Corporation", "dmarc-report@nifty.com", dkim="no_selector", offset=15, obeys=0.5),
    "orange": Receiver("Orange.", "abuse@orange.fr", dkim="first", says=frozenset({"adkim", "pct"}), obeys=0.8),
    "zoho": Receiver("zoho.com", "noreply-dmarc@zoho.com", next_midnight=True, says=MICROSOFT, version="1.0"),
    "mimecast": Receiver(
        "Mimecast", "no-reply@us-1.mimecastreport.com", broken="fail", obeys=0.5, extra="https://community.mimecast.com/s/knowledge"
    ),
    "uol": Receiver("uol.com.br", "dmarc@uol.com.br", dkim="no_selector", obeys=0.9),
    "rackspace": Receiver("emailsrvr.com", "dmarc_reports@emailsrvr.com", obeys=0.7),
    "cisco": Receiver(
        "esa2.hc1304-55.iphmx.com", "dmarc@iphmx.com", dkim="none", obeys=0.6, envelope_from=True, says=frozenset({"adkim", "pct"})
    ),
    # small ones
    "rspamd_de": Receiver(
        "", "postmaster@vereinsserver-ahl.example", trouble=0.01, obeys=0.9, says=frozenset({"adkim", "sp", "pct"})
    ),
    "rspamd_fr": Receiver("Rspamd", "dmarc@petit-hebergeur.example", trouble=0.01, obeys=0.9),
    "opendmarc_us": Receiver(
        "mx.lakeside-coop.example", "postmaster@lakeside-coop.example", dkim="first", obeys=0.3, trouble=0.02, keyless="neutral"
    ),
    "opendmarc_jp": Receiver(
        "mail.kasumi-net.example",
        "postmaster@kasumi-net.example",
        dkim="first",
        obeys=0.2,
        trouble=0.02,
        keyless="neutral",
        offset=15,
    ),
    "uni_nl": Receiver(
        "studentmail-nl.example", "dmarc@studentmail-nl.example", envelope_from=True, obeys=0.7, overrides=frozenset({"list"})
    ),
}


def _shares(text: str) -> dict[str, float]:
    """Receivers and their shares, as they stand in a line."""
    return {name: float(share) for name, _, share in (word.partition("=") for word in text.split())}


AUDIENCES: Mapping[str, Mapping[str, float]] = {
    "br": _shares("google=52 outlook=17 yahoo=7 enterprise=14 uol=6 zoho=1 cisco=1 rackspace=1"),
    "de": _shares(
        "google=30 gmx=17 webde=16 outlook=8 enterprise=17 yahoo=3 seznam=1.5 mailru=0.8 rspamd_de=3 fastmail=1 uni_nl=1.5 cisco=1"
    ),
    "jp": _shares("google=46 docomo=14 kddi=7 nifty=4 outlook=7 enterprise=16 yahoo=2 opendmarc_jp=2.5 mailru=0.3"),
    "in": _shares("google=58 outlook=8 enterprise=18 yahoo=7 zoho=6 mimecast=1.5 mailru=0.6 rackspace=1"),
    "ng": _shares("google=50 yahoo=25 outlook=10 enterprise=12 mimecast=2 zoho=1"),
    "us": _shares(
        "google=50 yahoo=12 outlook=10 enterprise=17 comcast=5 mimecast=2 fastmail=1.5 rackspace=1.5 cisco=1 opendmarc_us=1.5"
    ),
    "fr": _shares("google=42 outlook=16 orange=14 enterprise=14 yahoo=6 rspamd_fr=3 gmx=1.5 mimecast=1 seznam=0.6"),
}
"""Where mail from a country goes, in per cent or so."""

BUSINESS = ("enterprise", "mimecast", "cisco", "rackspace", "zoho")
WORLDWIDE: Mapping[str, float] = _shares(
    "google=30 outlook=14 enterprise=14 yahoo=12 mailru=5 gmx=5 webde=3 comcast=3 docomo=2 seznam=2 "
    "fastmail=1 zoho=1 orange=2 uol=1 rspamd_de=2 rspamd_fr=1 opendmarc_us=1 uni_nl=1 kddi=1 mimecast=1"
)
"""Where mail to addresses of bought lists goes."""


def audience(country: str, traits: frozenset[str]) -> dict[str, float]:
    """To whom an owner writes: firms write to firms, shops to people."""
    factor = 2.5 if "b2b" in traits else 0.35 if "b2c" in traits else 1.0
    return {name: share * (factor if name in BUSINESS else 1.0) for name, share in AUDIENCES[country].items()}


def only(*names: str) -> dict[str, float]:
    """These receivers alike."""
    return dict.fromkeys(names, 1.0)
