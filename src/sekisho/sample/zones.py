"""The DNS of the sample world: the records of its domains, with a few things wrong that a person can mend."""

from __future__ import annotations

from sekisho.core.questions import NODATA, NXDOMAIN, Answer, Question, found

_ED25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
"""The example of RFC 8463, A.2."""

_RECORDS: dict[str, tuple[str, ...]] = {
    "example.co.jp NS": ("ns1.example.co.jp", "ns2.example.co.jp"),
    "example.co.jp TXT": ("v=spf1 mx include:spf.works.example.net include:spf.delivery.example ~all", "verification=4f2a"),
    "example.co.jp MX": ("10 mx1.example.co.jp", "10 mx2.example.co.jp"),
    "mx1.example.co.jp A": ("192.0.2.10",),
    "mx2.example.co.jp A": ("192.0.2.11",),
    "erp.example.co.jp A": ("192.0.2.77",),
    "_dmarc.example.co.jp TXT": ("v=DMARC1; p=none; rua=mailto:dmarc@example.co.jp; pct=100",),
    "s2026a._domainkey.example.co.jp TXT": (_ED25519,),
    "works1._domainkey.example.co.jp TXT": (_ED25519,),
    "_smtp._tls.example.co.jp TXT": ("v=TLSRPTv1; rua=mailto:tls-reports@example.co.jp",),
    "_mta-sts.example.co.jp TXT": ("v=STSv1; id=20260801;",),
    "https://mta-sts.example.co.jp/.well-known/mta-sts.txt POLICY": (
        "version: STSv1\nmode: testing\nmx: mx1.example.co.jp\nmax_age: 604800\n",
    ),
    "spf.works.example.net TXT": ("v=spf1 ip4:192.0.2.128/29 ip6:2001:db8:20::/48 -all",),
    "spf.delivery.example TXT": ("v=spf1 include:a.spf.delivery.example include:b.spf.delivery.example ~all",),
    "a.spf.delivery.example TXT": ("v=spf1 ip4:192.0.2.160/28 ~all",),
    "b.spf.delivery.example TXT": ("v=spf1 a:o9.send.delivery.example ~all",),
    "o9.send.delivery.example A": ("192.0.2.175",),
    "example.jp NS": ("ns1.example.co.jp", "ns2.example.co.jp"),
    "example.jp TXT": ("v=spf1 ip4:192.0.2.40/31 -all",),
    "example.jp MX": ("10 mx1.example.co.jp",),
    "news.example.jp TXT": ("v=spf1 include:spf.delivery.example -all",),
    "b.news.example.jp TXT": ("v=spf1 include:spf.delivery.example -all",),
    "survey.example.jp TXT": ("v=spf1 ip4:198.51.100.62 -all",),
    "_dmarc.example.jp TXT": ("v=DMARC1; p=quarantine; rua=mailto:dmarc@example.co.jp",),
    "example.jp._report._dmarc.example.co.jp TXT": ("v=DMARC1;",),
    "shop2026._domainkey.example.jp TXT": (_ED25519,),
    "nl2026._domainkey.example.jp TXT": (_ED25519,),
    "example.com NS": ("ns1.example.com", "ns2.example.com"),
    "example.com TXT": ("v=spf1 ip4:192.0.2.20 -all",),
    "example.com MX": ("10 mail.example.com",),
    "mail.example.com A": ("192.0.2.20",),
    "support.example.com MX": ("10 mail.example.com",),
    "_dmarc.example.com TXT": ("v=DMARC1; p=reject; rua=mailto:dmarc@example.co.jp",),
    "example.com._report._dmarc.example.co.jp TXT": ("v=DMARC1;",),
    "w2026._domainkey.example.com TXT": (_ED25519,),
    "rec1._domainkey.example.com TXT": (_ED25519,),
}
_BEFORE = {
    "_dmarc.example.jp TXT": ("v=DMARC1; p=none; rua=mailto:dmarc@example.co.jp",),
    "rec1._domainkey.example.com TXT": (),
}
"""What was otherwise before the changes that the reports of the world show."""


def answer(question: Question, *, before: bool = False) -> Answer:
    """The answer of the sample world, today or `before` its changes; a name with records, or names below it, exists."""
    key = f"{question.name} {question.rtype}"
    values = _BEFORE[key] if before and key in _BEFORE else _RECORDS.get(key, ())
    if values:
        return found(*values)
    return NODATA if _exists(question.name) else NXDOMAIN


def _exists(name: str) -> bool:
    names = [key.partition(" ")[0] for key in _RECORDS]
    return any(known == name or known.endswith("." + name) for known in names)


CHANGES = {"example.jp": -66, "example.com": -40}
"""The day of each change, counted from the last day."""
