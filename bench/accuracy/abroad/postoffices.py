"""The receivers that report, with their habits, and whose mail goes to which of them."""

from __future__ import annotations

from typing import NamedTuple

from sekisho.core.terms import AuthResult, Override, SpfScope


class PostOffice(NamedTuple):
    """A receiver."""

    org_name: str
    email: str
    dkim: str = "all"
    """`all` signatures, only the `first`, or `none` of them."""
    selectors: bool = True
    envelope: bool = False
    """Whether it gives `envelope_from`."""
    scope: SpfScope = SpfScope.MFROM
    notices: float = 0.0
    """In what share of cases it sees that a message came by a list or a forwarder, and says so."""
    says: Override = Override.LOCAL_POLICY
    """How it calls that; lists are `mailing_list` where it says `forwarded`."""
    zone_h: int = 0
    """Hours its day begins before that of UTC."""
    name: str = "uuid"
    """Style of report ids: `number`, `hex`, `dotted`, `uuid`, `host`."""
    lookup_trouble: float = 0.001
    """Share of messages for which its DNS failed."""
    no_key: AuthResult = AuthResult.PERMERROR
    """How it calls a signature whose key does not exist; RFC 6376 says permerror, not everybody does."""


OFFICES = {
    "google": PostOffice(
        "google.com",
        "noreply-dmarc-support@google.com",
        notices=0.35,
        name="number",
        scope=SpfScope.ABSENT,
        no_key=AuthResult.TEMPERROR,
    ),
    "outlook": PostOffice(
        "Outlook.com", "dmarcreport@microsoft.com", envelope=True, notices=0.3, name="hex", no_key=AuthResult.FAIL
    ),
    "m365": PostOffice(
        "Enterprise Outlook", "dmarcreport@microsoft.com", envelope=True, notices=0.2, name="hex", no_key=AuthResult.FAIL
    ),
    "yahoo": PostOffice("Yahoo", "dmarchelp@yahooinc.com", notices=0.25, name="dotted", scope=SpfScope.ABSENT),
    "gmx": PostOffice("GMX", "noreply-dmarc@sicher.gmx.net", name="hex"),
    "webde": PostOffice("WEB.DE", "noreply-dmarc@sicher.web.de", name="hex"),
    "mailru": PostOffice("Mail.Ru", "dmarc_support@corp.mail.ru", name="number", zone_h=3, lookup_trouble=0.003),
    "docomo": PostOffice("NTT DOCOMO", "dmarc-report@docomo.ne.jp", envelope=True, zone_h=9, name="dotted"),
    "kddi": PostOffice("KDDI", "dmarc-admin@au.com", selectors=False, zone_h=9, name="uuid", no_key=AuthResult.NEUTRAL),
    "iij": PostOffice("IIJ", "dmarc-report@iij.ad.jp", envelope=True, zone_h=9, notices=0.1, says=Override.FORWARDED),
    "nifty": PostOffice("NIFTY", "postmaster@nifty.com", dkim="none", zone_h=9, name="dotted"),
    "fastmail": PostOffice("Fastmail Pty Ltd", "reports@fastmaildmarc.com", envelope=True, notices=0.6, says=Override.FORWARDED),
    "comcast": PostOffice("comcast.net", "dmarc-support@alerts.comcast.net", dkim="first", name="number", no_key=AuthResult.FAIL),
    "seznam": PostOffice("seznam.cz a.s.", "abuse@seznam.cz", notices=0.1, says=Override.FORWARDED, zone_h=1),
    "laposte": PostOffice("laposte.net", "dmarc@laposte.net", dkim="first", selectors=False, zone_h=1, no_key=AuthResult.NEUTRAL),
    "telenor": PostOffice("Telenor Norge AS", "postmaster@online.no", name="host", selectors=False, zone_h=1),
    "college": PostOffice(
        "mail.stolzenfels-college.example", "postmaster@stolzenfels-college.example", selectors=False, name="host"
    ),
    "bastion": PostOffice(
        "bastion-kontor.example", "dmarc@bastion-kontor.example", envelope=True, name="uuid", lookup_trouble=0.006
    ),
    "yukimi": PostOffice("yukimi-net.example", "postmaster@yukimi-net.example", dkim="none", zone_h=9, name="host"),
}

PUBLICS: dict[str, dict[str, float]] = {
    "jp": {
        "google": 40, "docomo": 16, "kddi": 9, "yahoo": 8, "outlook": 6, "m365": 9, "iij": 4, "nifty": 4, "yukimi": 1,
        "fastmail": 0.3,
    },
    "us": {"google": 44, "yahoo": 18, "outlook": 12, "comcast": 9, "m365": 12, "fastmail": 2, "mailru": 0.5, "bastion": 1},
    "uk": {"google": 40, "outlook": 22, "yahoo": 10, "m365": 16, "fastmail": 2, "comcast": 1, "gmx": 1},
    "de": {"gmx": 24, "webde": 20, "google": 26, "outlook": 9, "m365": 9, "yahoo": 4, "college": 3, "bastion": 2, "mailru": 1},
    "fr": {"google": 38, "outlook": 20, "yahoo": 11, "laposte": 14, "m365": 9, "gmx": 2},
    "cz": {"seznam": 48, "google": 30, "outlook": 6, "m365": 8, "mailru": 3, "gmx": 2},
    "nordic": {"google": 36, "outlook": 24, "m365": 15, "telenor": 9, "yahoo": 5, "gmx": 3, "fastmail": 1},
}  # fmt: skip
"""Weights of receivers, by whose public a domain writes to."""

WORLD = {
    "google": 34,
    "yahoo": 14,
    "outlook": 12,
    "mailru": 7,
    "gmx": 6,
    "m365": 8,
    "comcast": 4,
    "seznam": 3,
    "docomo": 5,
    "laposte": 2,
}
"""Where crooks write to who take whatever addresses they have."""
