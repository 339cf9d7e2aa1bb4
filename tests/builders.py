"""Makes small reports and report mails for tests, by hand, so that no test leans on our own writer."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Sequence

DAY = 86400


def record(
    ip: str, count: int = 1, *, dkim: str = "pass", spf: str = "pass", domain: str = "example.jp", envelope: str = ""
) -> str:
    """One record; raw results follow the aligned ones."""
    envelope = envelope or domain
    return (
        f"<record><row><source_ip>{ip}</source_ip><count>{count}</count><policy_evaluated><disposition>none</disposition>"
        f"<dkim>{dkim}</dkim><spf>{spf}</spf></policy_evaluated></row><identifiers><envelope_from>{envelope}</envelope_from>"
        f"<header_from>{domain}</header_from></identifiers><auth_results><dkim><domain>{domain}</domain><selector>s1</selector>"
        f"<result>{dkim}</result></dkim><spf><domain>{envelope}</domain><scope>mfrom</scope><result>{spf}</result></spf>"
        "</auth_results></record>"
    )


def report_xml(
    number: int, records: Sequence[str], *, domain: str = "example.jp", reporter: str = "receiver.example", day: int = 20700
) -> bytes:
    """An RFC 7489 report of one day."""
    begin = day * DAY
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feedback><report_metadata>'
        f"<org_name>{reporter}</org_name><email>dmarc@{reporter}</email><report_id>{reporter}.{number}</report_id>"
        f"<date_range><begin>{begin}</begin><end>{begin + DAY - 1}</end></date_range></report_metadata>"
        f"<policy_published><domain>{domain}</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct>"
        f"</policy_published>{''.join(records)}</feedback>"
    ).encode()


def report_mail(xml: bytes, *, name: str = "report.xml.gz") -> bytes:
    """A mail with the report as gzip attachment."""
    body = base64.encodebytes(gzip.compress(xml, mtime=0)).replace(b"\n", b"\r\n")
    head = (
        "From: DMARC <dmarc@receiver.example>\r\nTo: rua@example.jp\r\nSubject: Report Domain: example.jp\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/plain\r\n\r\n"
        "This is an aggregate report.\r\n--b1\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    return head.encode() + body + b"--b1--\r\n"


def failure_mail(
    number: int,
    *,
    domain: str = "example.jp",
    subject: str = "Your account",
    body: str = "Please pay.\r\n",
    fields: str = "",
    head: str = "",
) -> bytes:
    """A failure report in three parts on a message to Taro Tanaka; `fields` and `head` come on top of the usual ones."""
    when = f"Thu, 01 Jan 2026 09:00:{number % 60:02} +0900"
    feedback = (
        f"Feedback-Type: auth-failure\r\nUser-Agent: Test/1\r\nVersion: 1\r\nArrival-Date: {when}\r\nSource-IP: 203.0.113.7\r\n"
        f"Reported-Domain: {domain}\r\nAuth-Failure: dmarc\r\nIdentity-Alignment: none\r\nDelivery-Result: delivered\r\n"
        f"Authentication-Results: receiver.example; dmarc=fail header.from={domain}\r\n{fields}"
    )
    original = (
        f"From: Accounts <accounts@{domain}>\r\nTo: Taro Tanaka <taro.tanaka@receiver.example>\r\nSubject: {subject}\r\n"
        f"Message-ID: <{number}@bounce.example>\r\n{head}\r\n{body}"
    )
    return (
        "From: postmaster@receiver.example\r\nTo: ruf@example.jp\r\nSubject: DMARC failure\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=feedback-report; boundary=part\r\n\r\n"
        "--part\r\nContent-Type: text/plain\r\n\r\nA message failed.\r\n"
        f"--part\r\nContent-Type: message/feedback-report\r\n\r\n{feedback}\r\n"
        f"--part\r\nContent-Type: message/rfc822\r\n\r\n{original}\r\n--part--\r\n"
    ).encode()
