"""The reporters, their habits, and how much of an owner's mail each of them sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sekisho.core.terms import Override

BROAD: Mapping[str, float] = {"google": 40, "eo": 26, "outlook": 12, "yahoo": 8}


class Receiver(NamedTuple):
    """Who reports, and how."""

    org_name: str
    email: str
    ident: str
    """How it numbers reports: `digits`, `hex`, `dotted`, `domain`, `dollar`."""
    dkim: str = "full"
    """`full`: every signature with its selector; `bare`: without selectors; `one`: the first that counts; `passed`: those that
    passed; `mute`: none at all."""
    envelope_from: bool = False
    envelope_to: str = ""
    scope: bool = True
    honest: float = 0.97
    """Share of days of which a report arrives."""
    starts: int = 0
    """Hour (UTC) its day begins."""
    overrides: Mapping[tuple[str, Override, str], float] = {}
    """(manner of the mail, type, comment) -> share of the mail that it lets in against the policy so."""
    fields: str = "pct"
    """What it tells of the policy beside p: words of `sp`, `pct`, `fo`, `np`, `modes`, `9990`."""
    helo: bool = False
    """Tells the SPF result of the HELO name, beside that of the envelope."""


ARC = ("sealed", Override.LOCAL_POLICY, "arc=pass")
LOCAL = ("", Override.LOCAL_POLICY, "")

RECEIVERS = {
    "google": Receiver(
        "google.com",
        "noreply-dmarc-support@google.com",
        "digits",
        scope=False,
        overrides={ARC: 0.8, LOCAL: 0.02},
        fields="sp pct np modes",
    ),
    "eo": Receiver(
        "Enterprise Outlook",
        "dmarcreport@microsoft.com",
        "hex",
        dkim="one",
        envelope_from=True,
        envelope_to="{a}-systems.example",
        overrides={ARC: 0.4, LOCAL: 0.12, ("", Override.OTHER, ""): 0.03},
        fields="sp pct fo modes",
        honest=0.95,
    ),
    "outlook": Receiver(
        "Outlook.com",
        "dmarcreport@microsoft.com",
        "hex",
        dkim="one",
        envelope_from=True,
        envelope_to="hotmail.com",
        overrides={ARC: 0.2},
        fields="sp pct fo modes",
    ),
    "yahoo": Receiver(
        "Yahoo",
        "dmarchelp@yahooinc.com",
        "dotted",
        scope=False,
        fields="pct modes",
        overrides={("list", Override.LOCAL_POLICY, ""): 0.1},
    ),
    "docomo": Receiver("NTT DOCOMO, INC.", "dmarc-report@nttdocomo.com", "dotted", dkim="mute", starts=15, fields="sp pct modes"),
    "kddi": Receiver("KDDI", "dmarc-report@kddi.com", "domain", dkim="bare", starts=15, fields="sp pct modes"),
    "biglobe": Receiver(
        "biglobe.ne.jp", "postmaster@biglobe.ne.jp", "dollar", envelope_from=True, fields="sp pct modes", starts=15, honest=0.9
    ),
    "mailru": Receiver(
        "Mail.Ru",
        "dmarc_support@corp.mail.ru",
        "digits",
        fields="sp pct modes",
        overrides={("forward", Override.LOCAL_POLICY, ""): 0.1},
    ),
    "gmx": Receiver("GMX", "noreply-dmarc@sicher.gmx.net", "hex", envelope_from=True, fields="sp 9990 modes"),
    "webde": Receiver("WEB.DE", "noreply-dmarc@sicher.web.de", "hex", envelope_from=True, fields="sp 9990 modes"),
    "tonline": Receiver("t-online.de", "dmarc-reporting@telekom.de", "domain", dkim="passed", fields="sp pct modes", honest=0.9),
    "comcast": Receiver("comcast.net", "dmarc-reports@comcast.net", "dotted", dkim="bare", fields="sp pct modes"),
    "fastmail": Receiver(
        "Fastmail Pty Ltd",
        "postmaster@fastmaildmarc.com",
        "digits",
        envelope_from=True,
        envelope_to="fastmail.com",
        fields="pct",
        helo=True,
        overrides={
            ("sealed", Override.LOCAL_POLICY, "arc=pass"): 0.3,
            ("list", Override.MAILING_LIST, "local mailing list policy"): 0.5,
            ("forward", Override.TRUSTED_FORWARDER, ""): 0.2,
        },
    ),
    "seznam": Receiver("seznam.cz a.s.", "abuse@seznam.cz", "hex", fields="sp pct modes", dkim="passed"),
    "ses": Receiver("AMAZON-SES", "postmaster@amazonses.com", "hex", envelope_from=True, fields="sp pct modes"),
    "mimecast": Receiver("Mimecast", "no-reply@dmarc-report.mimecast.com", "hex", envelope_from=True, fields="sp pct modes"),
    "zoho": Receiver("zoho.com", "noreply@zoho.com", "dotted", fields="sp pct modes"),
    "uol": Receiver("uol.com.br", "dmarc-report@uol.com.br", "digits", dkim="mute", fields="sp pct modes", honest=0.9),
    "locaweb": Receiver("locaweb.com.br", "dmarc@locaweb.com.br", "domain", fields="sp pct modes"),
    "orange": Receiver("Orange.", "postmaster@orange.fr", "dotted", envelope_from=True, fields="pct", honest=0.9),
    "laposte": Receiver("laposte.net", "dmarc@laposte.net", "domain", dkim="passed", fields="sp pct modes"),
    "netease": Receiver("163.com", "postmaster@163.com", "digits", dkim="bare", scope=False, starts=16, fields="sp pct modes"),
    "btinternet": Receiver("btinternet.com", "dmarc@btinternet.com", "domain", fields="sp pct modes", honest=0.85),
    "rspamd": Receiver("", "dmarc@mx.kirchweg-verein.example", "dollar", fields="sp modes", honest=0.85),
    "opendmarc": Receiver(
        "mail.olivetti-labs.example", "postmaster@olivetti-labs.example", "domain", dkim="bare", fields="sp pct modes", helo=True
    ),
    "unidmarc": Receiver(
        "uni-weissach.example",
        "dmarc-noc@uni-weissach.example",
        "domain",
        envelope_from=True,
        fields="sp pct modes",
        overrides={("list", Override.MAILING_LIST, ""): 0.3, ("forward", Override.FORWARDED, ""): 0.3},
    ),
    "csirt": Receiver(
        "kenkyu-net.example", "postmaster@kenkyu-net.example", "domain", envelope_from=True, fields="sp pct modes", starts=15
    ),
    "ironport": Receiver(
        "esa1.hagedorn-gruppe.c3s2.iphmx.com",
        "MAILER-DAEMON@esa1.hagedorn-gruppe.c3s2.iphmx.com",
        "dollar",
        envelope_from=True,
        fields="pct",
    ),
    "tutanota": Receiver("tutao.de", "abuse@tutao.de", "hex", fields="sp pct", honest=0.8),
}
"""Every reporter by its name in this world."""

BY_COUNTRY: Mapping[str, Mapping[str, float]] = {
    "jp": {
        "google": 38,
        "eo": 20,
        "outlook": 4,
        "yahoo": 2,
        "docomo": 12,
        "kddi": 9,
        "biglobe": 2,
        "csirt": 1.5,
        "ses": 0.4,
        "netease": 0.3,
    },
    "de": {
        "google": 22,
        "eo": 22,
        "outlook": 6,
        "yahoo": 3,
        "gmx": 16,
        "webde": 15,
        "tonline": 4,
        "rspamd": 1.5,
        "unidmarc": 2,
        "ironport": 0.8,
        "seznam": 0.8,
        "tutanota": 0.6,
        "mailru": 0.3,
        "mimecast": 0.5,
    },
    "us": {
        "google": 44,
        "eo": 20,
        "outlook": 10,
        "yahoo": 13,
        "comcast": 5,
        "fastmail": 1,
        "mimecast": 1.5,
        "ses": 0.4,
        "opendmarc": 0.5,
        "zoho": 0.3,
        "mailru": 0.3,
    },
    "gb": {
        "google": 32,
        "eo": 24,
        "outlook": 16,
        "yahoo": 6,
        "btinternet": 3,
        "mimecast": 3,
        "fastmail": 1,
        "gmx": 1,
        "opendmarc": 0.5,
        "orange": 0.4,
        "mailru": 0.2,
    },
    "br": {"google": 48, "eo": 15, "outlook": 16, "yahoo": 6, "uol": 6, "locaweb": 2, "mailru": 0.4, "zoho": 0.3},
    "fr": {
        "google": 32,
        "eo": 17,
        "outlook": 12,
        "yahoo": 5,
        "orange": 10,
        "laposte": 4,
        "gmx": 1,
        "opendmarc": 0.6,
        "seznam": 0.3,
    },
    "in": {"google": 55, "eo": 16, "outlook": 5, "yahoo": 5, "zoho": 4, "netease": 0.4, "ses": 0.4, "mailru": 0.4},
    "ng": {"google": 50, "eo": 16, "outlook": 7, "yahoo": 14, "zoho": 1, "mimecast": 0.7, "mailru": 0.5, "gmx": 0.4},
}
"""Shares of the owners' correspondents, by the owner's country."""

EVERYWHERE: Mapping[str, float] = {
    "google": 28,
    "eo": 15,
    "outlook": 10,
    "yahoo": 9,
    "mailru": 5,
    "gmx": 4,
    "webde": 3,
    "comcast": 3,
    "seznam": 2.5,
    "uol": 2,
    "docomo": 2,
    "kddi": 1.5,
    "fastmail": 0.8,
    "netease": 1.5,
    "orange": 1.5,
    "tonline": 1,
    "laposte": 0.8,
    "zoho": 0.6,
    "rspamd": 1,
    "opendmarc": 0.8,
    "mimecast": 0.6,
    "ironport": 0.5,
    "unidmarc": 0.6,
    "csirt": 0.4,
    "btinternet": 0.7,
}
"""Whom those address who address everybody."""

FIRMS: Mapping[str, float] = {"eo": 60, "google": 25, "mimecast": 4, "ironport": 1, "ses": 0.5}
"""Companies and schools."""

JAPAN_CONSUMERS: Mapping[str, float] = {"docomo": 38, "kddi": 26, "google": 22, "outlook": 3, "biglobe": 4, "yahoo": 2, "csirt": 1}
"""Private people in Japan."""
