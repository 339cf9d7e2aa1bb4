"""Who reports, how much mail each country's correspondents keep there, and how much each tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sekisho.core.terms import AuthResult

R = AuthResult


@dataclass(frozen=True)
class Receiver:
    """A reporter and its habits."""

    org_name: str
    email: str
    sigs: str = "all"
    """Which signatures it names: `all`, `passed` (only good ones, else the first), `first`, `none`."""
    selectors: bool = True
    envelope: bool = False
    envelope_to: str = ""
    scope: bool = False
    broken: AuthResult = R.FAIL
    no_key: AuthResult = R.PERMERROR
    modes: bool = True
    """Whether it repeats adkim and aspf."""
    rfc9990: bool = False
    flaw: float = 0.0
    """Share of mail at which its own DNS fails it."""
    arc: float = 0.0
    """How often it lets mail pass for a sealed chain."""
    eases: Mapping[str, float] = field(default_factory=dict)
    """How often it names a way (`forwarded`, `mailing_list`) as a reason against the policy."""
    whims: float = 0.01
    """How often it does otherwise than the policy says for reasons of its own."""
    span: int = 1
    """Days in a report."""


RECEIVERS = {
    "google": Receiver(
        "google.com",
        "noreply-dmarc-support@google.com",
        no_key=R.TEMPERROR,
        arc=0.75,
        eases={"forwarded": 0.05, "mailing_list": 0.04},
        flaw=0.0004,
    ),
    "outlook": Receiver(
        "Outlook.com",
        "dmarcreport@microsoft.com",
        envelope=True,
        envelope_to="hotmail.com",
        scope=True,
        no_key=R.FAIL,
        arc=0.1,
        whims=0.05,
        flaw=0.0012,
    ),
    "m365": Receiver(
        "Enterprise Outlook",
        "dmarcreport@microsoft.com",
        envelope=True,
        envelope_to="tenant",
        scope=True,
        no_key=R.FAIL,
        arc=0.15,
        whims=0.09,
        flaw=0.0012,
    ),
    "yahoo": Receiver(
        "Yahoo", "dmarchelp@yahooinc.com", modes=False, broken=R.PERMERROR, eases={"mailing_list": 0.08}, flaw=0.0008
    ),
    "mailru": Receiver("Mail.Ru", "dmarc_support@corp.mail.ru", scope=True, whims=0.0),
    "seznam": Receiver("seznam.cz a.s.", "abuse@seznam.cz", envelope=True, scope=True),
    "gmx": Receiver("GMX", "noreply-dmarc@sicher.gmx.net", envelope=True, scope=True, rfc9990=True, no_key=R.NEUTRAL),
    "webde": Receiver("WEB.DE", "noreply-dmarc@sicher.web.de", envelope=True, scope=True, rfc9990=True, no_key=R.NEUTRAL),
    "oneandone": Receiver("1&1", "noreply-dmarc@kundenserver.de", envelope=True, scope=True, rfc9990=True),
    "freenet": Receiver("freenet.de", "postmaster@freenet.de", sigs="first", envelope=True),
    "mailbox": Receiver("mailbox.org", "dmarc-noreply@mailbox.org", envelope=False, scope=True, no_key=R.PERMERROR),
    "comcast": Receiver("comcast.net", "dmarc_reports@comcast.net", envelope=True, scope=True, eases={"forwarded": 0.15}),
    "fastmail": Receiver(
        "Fastmail Pty Ltd",
        "dmarc-reports@fastmail.com",
        modes=False,
        scope=True,
        arc=0.3,
        eases={"mailing_list": 0.3, "forwarded": 0.3},
    ),
    "docomo": Receiver(
        "NTT DOCOMO, INC.", "dmarc-report@mail.docomo.ne.jp", sigs="first", selectors=False, envelope=True, flaw=0.0008
    ),
    "kddi": Receiver("KDDI", "dmarc-report@ezweb.ne.jp", sigs="none", envelope=True, scope=True),
    "biglobe": Receiver("BIGLOBE Inc.", "dmarc-noreply@biglobe.co.jp", sigs="passed", selectors=False, scope=True),
    "plala": Receiver("NTT DOCOMO BUSINESS", "report@dmarc.ocn.ne.jp", sigs="first", envelope=True),
    "wp": Receiver("wp.pl", "dmarc@wp.pl", scope=True, no_key=R.NEUTRAL),
    "onet": Receiver("onet.pl", "dmarc-report@onet.pl", sigs="first", envelope=True, flaw=0.001),
    "libero": Receiver("Italiaonline", "dmarc-reports@italiaonline.it", sigs="passed", scope=True),
    "arubait": Receiver("aruba.it", "dmarc-report@staff.aruba.it", envelope=True, selectors=False),
    "uol": Receiver("uol.com.br", "dmarc-report@uol.com.br", sigs="none"),
    "terra": Receiver("terra.com.br", "dmarc@terra.com.br", sigs="first", envelope=True, broken=R.NEUTRAL),
    "rediff": Receiver("rediff.com", "dmarc-noreply@rediff.co.in", sigs="first", selectors=False, flaw=0.0015),
    "zoho": Receiver("zoho.com", "noreply@dmarc.zoho.com", scope=True, envelope=True, eases={"forwarded": 0.2}),
    "mimecast": Receiver("Mimecast", "no-reply@dmarc.mimecast.org", scope=True, envelope=True, whims=0.03),
    "ses": Receiver("AMAZON-SES", "postmaster@amazonses.com", modes=True, scope=True, envelope=True),
    "esa": Receiver(
        "Klinikum Rheinaue",
        "dmarc@klinikum-rheinaue.example",
        sigs="all",
        scope=True,
        envelope=True,
        broken=R.PERMERROR,
        whims=0.02,
    ),
    "rspamd_shop": Receiver("", "postmaster@sklep-lisowski.example", modes=True, no_key=R.PERMERROR, arc=0.4),
    "rspamd_host": Receiver("", "dmarc@hosting-talweg.example", no_key=R.PERMERROR, arc=0.4),
    "opendmarc_uni": Receiver(
        "uni-hochfeld.example", "dmarc-daemon@uni-hochfeld.example", sigs="passed", selectors=False, flaw=0.003
    ),
    "opendmarc_isp": Receiver(
        "ntelecom-sul.example",
        "noreply@ntelecom-sul.example",
        sigs="first",
        selectors=False,
        envelope=True,
        broken=R.NEUTRAL,
        flaw=0.002,
    ),
    "mailcow": Receiver(
        "mx.wanderfreunde.example", "noreply-dmarc@wanderfreunde.example", arc=0.4, eases={"mailing_list": 0.3}, span=2
    ),
    "univ_jp": Receiver(
        "med.hokusei-univ.example", "postmaster@med.hokusei-univ.example", sigs="passed", selectors=False, modes=False
    ),
}
"""By short name."""

WORLDWIDE = {
    "google": 40.0,
    "outlook": 9.0,
    "m365": 16.0,
    "yahoo": 8.0,
    "mailru": 0.7,
    "fastmail": 0.5,
    "mimecast": 0.9,
    "ses": 0.2,
    "zoho": 0.3,
    "seznam": 0.3,
}

BY_COUNTRY: dict[str, dict[str, float]] = {
    "de": WORLDWIDE
    | {
        "google": 22.0,
        "gmx": 13.0,
        "webde": 13.0,
        "oneandone": 4.0,
        "freenet": 2.0,
        "mailbox": 1.2,
        "yahoo": 3.0,
        "esa": 0.6,
        "rspamd_host": 1.2,
        "opendmarc_uni": 0.7,
        "mailcow": 0.5,
    },
    "jp": WORLDWIDE
    | {
        "google": 34.0,
        "docomo": 11.0,
        "kddi": 9.0,
        "biglobe": 2.0,
        "plala": 2.5,
        "outlook": 5.0,
        "yahoo": 1.0,
        "univ_jp": 0.6,
        "mailru": 0.2,
    },
    "us": WORLDWIDE | {"yahoo": 13.0, "comcast": 5.0, "m365": 20.0, "opendmarc_uni": 0.2},
    "br": WORLDWIDE | {"outlook": 14.0, "uol": 5.0, "terra": 2.0, "yahoo": 4.0, "opendmarc_isp": 0.8},
    "in": WORLDWIDE | {"google": 52.0, "rediff": 3.0, "zoho": 2.5, "yahoo": 5.0},
    "it": WORLDWIDE | {"libero": 11.0, "arubait": 6.0, "yahoo": 4.0, "rspamd_host": 0.3},
    "pl": WORLDWIDE | {"wp": 13.0, "onet": 8.0, "seznam": 0.8, "rspamd_shop": 1.0, "google": 30.0},
}
"""How the mail of an owner spreads over the receivers, by the owner's country."""

SPAMMED = WORLDWIDE | {
    "mailru": 3.0,
    "seznam": 1.5,
    "gmx": 2.5,
    "webde": 2.5,
    "comcast": 2.0,
    "docomo": 1.0,
    "kddi": 0.7,
    "wp": 1.5,
    "onet": 1.0,
    "libero": 1.2,
    "uol": 1.2,
    "rediff": 0.6,
    "yahoo": 9.0,
    "rspamd_host": 0.5,
    "rspamd_shop": 0.3,
    "opendmarc_uni": 0.4,
    "freenet": 0.4,
}
"""Whom strangers write to: everybody."""
