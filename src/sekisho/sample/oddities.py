"""What else lies in a report mailbox: TLS and failure reports, a duplicate, a stray, a damaged report, ordinary mail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from sekisho.core.reports.values import AggregateReport, Record, Rows, Said
from sekisho.core.terms import Aligned, Disposition, Policy
from sekisho.sample import cast
from sekisho.sample.dice import amount, dice
from sekisho.sample.post import Enclosure, Head, gzipped, lines, mixed, report_mail
from sekisho.sample.reporters import Reporter
from sekisho.sample.streams import mfrom
from sekisho.sample.world import DAY_S, published

TLS_DAYS = 14
"""Days, up to the last one, on which TLS reports tell of the organisation's mail servers."""

CERTIFICATE_DAYS = range(5, 7)
"""Days before the last one on which one server had an old certificate."""

Arrival = tuple[int, str, bytes]
"""Unix seconds, a name for the mail, the mail."""


def tls_mails(seed: int, day: int, last_day: int) -> Iterator[Arrival]:
    """The TLS reports on one day (RFC 8460)."""
    if last_day - day >= TLS_DAYS:
        return
    for name, submitter, sessions in (("Google Inc.", "google.com", 900), ("Microsoft Corporation", "microsoft.com", 400)):
        rng = dice(seed, "tls", name, day)
        expired = amount(rng, sessions * 0.02) if last_day - day in CERTIFICATE_DAYS else 0
        arrival = (day + 1) * DAY_S + 9 * 3600 + rng.randrange(3600)
        told = _tls_report(name, submitter, day, amount(rng, sessions), expired)
        yield arrival, f"tls-{submitter}", _tls_mail(told, submitter, day, arrival)


def _tls_report(name: str, submitter: str, day: int, successful: int, expired: int) -> dict[str, object]:
    """The JSON document of a TLS report on example.co.jp."""
    today = datetime.fromtimestamp(day * DAY_S, UTC)
    failure = {
        "result-type": "certificate-expired",
        "sending-mta-ip": "2001:db8:f0::25",
        "receiving-mx-hostname": "mx2.example.co.jp",
        "receiving-ip": cast.OWN[1].address,
        "failed-session-count": expired,
    }
    return {
        "organization-name": name,
        "date-range": {"start-datetime": f"{today:%Y-%m-%d}T00:00:00Z", "end-datetime": f"{today:%Y-%m-%d}T23:59:59Z"},
        "contact-info": f"smtp-tls-reporting@{submitter}",
        "report-id": f"{today:%Y-%m-%d}T00:00:00Z_example.co.jp",
        "policies": [
            {
                "policy": {
                    "policy-type": "sts",
                    "policy-string": ["version: STSv1", "mode: enforce", "mx: *.example.co.jp", "max_age: 604800"],
                    "policy-domain": "example.co.jp",
                    "mx-host": ["*.example.co.jp"],
                },
                "summary": {"total-successful-session-count": successful, "total-failure-session-count": expired},
                **({"failure-details": [failure]} if expired else {}),
            }
        ],
    }


def _tls_mail(told: dict[str, object], submitter: str, day: int, arrival: int) -> bytes:
    """The mail of a TLS report (RFC 8460, 5.3)."""
    name = f"{submitter}!example.co.jp!{day * DAY_S}!{day * DAY_S + DAY_S - 1}!001.json.gz"
    head = Head(
        sender=f"noreply-smtp-tls-reporting@{submitter}",
        subject=f"Report Domain: example.co.jp Submitter: {submitter} Report-ID: <{told['report-id']}@{submitter}>",
        date=arrival,
        id=f"tls.{day}@{submitter}",
        more=("TLS-Report-Domain: example.co.jp", f"TLS-Report-Submitter: {submitter}"),
    )
    text = Enclosure("", "text/plain; charset=UTF-8", b"This is an aggregate TLS report.\n")
    data = Enclosure(name, "application/tlsrpt+gzip", gzipped(json.dumps(told, indent=1).encode()))
    return mixed(head, text, data, kind='multipart/report; report-type="tlsrpt"')


def failure_mail(seed: int, day: int, number: int) -> Arrival:
    """A failure report on one forged message of the burst (RFC 6591, RFC 9991); local parts are redacted."""
    rng = dice(seed, "failure", day, number)
    host = rng.choice(cast.VPS)
    sent = day * DAY_S + rng.randrange(DAY_S - 3600)
    when = f"{datetime.fromtimestamp(sent, UTC):%a, %d %b %Y %H:%M:%S} +0000"
    feedback = [
        "Feedback-Type: auth-failure", "User-Agent: Example-MTA/4.2", "Version: 1", "Original-Mail-From: <>",
        f"Arrival-Date: {when}", f"Source-IP: {host.address}", "Reported-Domain: example.co.jp", "Auth-Failure: dmarc",
        "Identity-Alignment: none", "Delivery-Result: delivered", "SPF-DNS: txt : example.co.jp : \"v=spf1 mx -all\"",
        f"Authentication-Results: mx.example.de; dmarc=fail (p=none) header.from=example.co.jp; spf=pass smtp.mailfrom={_VPS}", "",
    ]  # fmt: skip
    original = [
        f"Received: from {host.ptr} ({host.ptr} [{host.address}]) by mx.example.de; {when}", f"Date: {when}",
        "From: =?UTF-8?B?44K144Oz44OX44Or5ZWG5LqL?= <redacted@example.co.jp>", "To: redacted@mx.example.de",
        "Subject: =?UTF-8?B?44CQ6YeN6KaB44CR5oyv6L6844GE5aSJ5pu044Gu44GK55+l44KJ44Gb?=",
        f"Message-ID: <{rng.getrandbits(48):x}@{_VPS}>", "",
    ]  # fmt: skip
    head = Head(
        "postmaster@mx.example.de", "DMARC failure report for example.co.jp", sent + 90, f"fail.{day}.{number}@mx.example.de"
    )
    parts = (
        Enclosure("", "text/plain; charset=UTF-8", b"A message that claims to be from example.co.jp failed DMARC.\n"),
        Enclosure("", "message/feedback-report", lines(feedback)),
        Enclosure("", "text/rfc822-headers", lines(original)),
    )
    mail = mixed(head, *parts, kind="multipart/report; report-type=feedback-report")
    return head.date, f"failure-{number}", mail


_VPS = "bounce.vps-hosting.example"


def odd_mails(seed: int, last_day: int, last: AggregateReport, reporter: Reporter) -> Iterator[Arrival]:
    """The rest: `last` once more, a report on a domain nobody has registered, a damaged one, and a holiday notice."""
    arrival = (last_day + 1) * DAY_S + 5 * 3600 + dice(seed, "odd", last_day).randrange(1800)
    yield arrival, "again", report_mail(last, reporter, arrival)
    stray = _stray(last_day, reporter)
    yield arrival + 60, "stray", report_mail(stray, reporter, arrival + 60)
    yield arrival + 120, "damaged", _damaged(stray, reporter, arrival + 120)
    away = Head("tanaka@partner.example.or.jp", "Automatic reply: away until Monday", arrival + 180, "away.1@partner.example.or.jp")
    plain = [*away.lines(), "Auto-Submitted: auto-replied", "Content-Type: text/plain; charset=US-ASCII", ""]
    yield arrival + 180, "notice", lines(plain, ["I am away until Monday and will answer then.", ""])


STRAY_DOMAIN = "old-brand.example"
"""A domain that reports come for though nobody has registered it."""

_UNKNOWN = Said(
    Disposition.NONE, Aligned.FAIL, Aligned.PASS, (), STRAY_DOMAIN, STRAY_DOMAIN, "", (), mfrom(STRAY_DOMAIN)
)  # fmt: skip


def _stray(day: int, reporter: Reporter) -> AggregateReport:
    """A report on a domain that the organisation has not registered."""
    begin, rows = day * DAY_S, Rows.of([Record(cast.OWN[0].address, 12, _UNKNOWN)])
    return AggregateReport(
        reporter.name, reporter.email, reporter.contact, f"{begin}.stray", begin, begin + DAY_S - 1,
        published(STRAY_DOMAIN, Policy.NONE, reporter), rows,
    )  # fmt: skip


def _damaged(report: AggregateReport, reporter: Reporter, arrival: int) -> bytes:
    """The mail of a report whose archive was cut off on the way."""
    whole = gzipped(b"<feedback>" + b"<record/>" * 500)
    name = f"{reporter.domain}!example.co.jp!{report.begin}!{report.end}.xml.gz"
    subject = f"Report Domain: example.co.jp Submitter: {reporter.domain} Report-ID: <{report.begin}.cut>"
    head = Head(reporter.email, subject, arrival, f"cut.{report.begin}@{reporter.domain}")
    return mixed(head, Enclosure(name, "application/gzip", whole[: len(whole) // 2]))
