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
