"""The public rules for senders of mail: whose they are, since when, where they stand, and their points (a table of data)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """One thing that is asked for."""

    SPF_OR_DKIM = "spf_or_dkim"
    SPF_SET_UP = "spf_set_up"
    DKIM_SET_UP = "dkim_set_up"
    BOTH = "both"
    ALIGNED = "aligned"
    """The author domain is that of SPF or DKIM, so that DMARC passes."""
    SPF_RECORD = "spf_record"
    DMARC_RECORD = "dmarc_record"
    POLICY_ENFORCED = "policy_enforced"
    """Quarantine or reject."""
    KEY_LENGTH = "key_length"
    PTR = "ptr"
    TLS = "tls"
    UNSUBSCRIBE = "unsubscribe"
    SPAM_RATE = "spam_rate"
    FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Rule:
    """The rules of one receiver or public body, read on `read`."""

    name: str
    since: str
    """Date (ISO) from which they hold, or on which they were published."""
    source: str
    points: tuple[Point, ...]
    from_a_day: int = 0
    """Messages a day to that receiver from which they hold; 0: for everybody."""
    reporters: tuple[str, ...] = ()
    """Who reports for the receiver, to see how much is sent there."""
    is_advice: bool = False
    """A recommendation; nobody refuses mail because of it."""


READ = "2026-11-24"
"""As of when the rules are given; they were put together from public descriptions, not by opening each source."""

RULES = (
    Rule(
        "google",
        "2024-02-01",
        "https://support.google.com/mail/answer/81126",
        (Point.SPF_OR_DKIM, Point.PTR, Point.TLS, Point.SPAM_RATE, Point.FORMAT),
        reporters=("google.com",),
    ),
    Rule(
        "google_bulk",
        "2024-02-01",
        "https://support.google.com/mail/answer/81126",
        (Point.SPF_SET_UP, Point.DKIM_SET_UP, Point.DMARC_RECORD, Point.ALIGNED, Point.KEY_LENGTH, Point.UNSUBSCRIBE),
        from_a_day=5000,
        reporters=("google.com",),
    ),
    Rule(
        "yahoo",
        "2024-02-01",
        "https://senders.yahooinc.com/best-practices/",
        (
            Point.SPF_SET_UP,
            Point.DKIM_SET_UP,
            Point.DMARC_RECORD,
            Point.ALIGNED,
            Point.KEY_LENGTH,
            Point.PTR,
            Point.UNSUBSCRIBE,
            Point.SPAM_RATE,
        ),
        reporters=("Yahoo", "Yahoo! Inc.", "yahoo.com"),
    ),
    Rule(
        "microsoft",
        "2025-05-05",
        "https://sendersupport.olc.protection.outlook.com/pm/policies.aspx",
        (Point.SPF_SET_UP, Point.DKIM_SET_UP, Point.DMARC_RECORD, Point.ALIGNED, Point.UNSUBSCRIBE),
        from_a_day=5000,
        reporters=("Outlook.com",),
    ),
    Rule(
        "docomo",
        "2024-10-01",
        "https://www.docomo.ne.jp/binary/pdf/info/news_release/topics_240522_00.pdf",
        (Point.DMARC_RECORD, Point.ALIGNED),
        reporters=("docomo.ne.jp", "NTT DOCOMO"),
    ),
    Rule(
        "kddi",
        "2023-10-05",
        "https://www.au.com/information/topic/mobile/2023-024/",
        (Point.DMARC_RECORD, Point.ALIGNED, Point.DKIM_SET_UP),
        reporters=("au.com", "KDDI"),
    ),
    Rule(
        "softbank",
        "2024-04-01",
        "https://www.softbank.jp/mobile/info/personal/news/support/20240213a/",
        (Point.SPF_RECORD, Point.DMARC_RECORD, Point.ALIGNED),
        reporters=("softbank.ne.jp", "SoftBank"),
    ),
    Rule(
        "government",
        "2023-07-04",
        "https://www.nisc.go.jp/policy/group/general/kijun.html",
        (Point.SPF_RECORD, Point.DKIM_SET_UP, Point.DMARC_RECORD),
        is_advice=True,
    ),
    Rule(
        "antiphishing",
        "2022-06-01",
        "https://www.antiphishing.jp/report/guideline/",
        (Point.SPF_RECORD, Point.DKIM_SET_UP, Point.DMARC_RECORD, Point.ALIGNED, Point.POLICY_ENFORCED),
        is_advice=True,
    ),
)
