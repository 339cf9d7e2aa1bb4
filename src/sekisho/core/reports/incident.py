"""What a failure report tells, in short: made to be kept and listed, without anything personal."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from hashlib import sha256

from sekisho.core.names import normal
from sekisho.core.redact import Redactor, people_of
from sekisho.core.reports.alignment import Alignment, read_alignment
from sekisho.core.reports.authres import Result, auth_results
from sekisho.core.reports.original import Original, read_original
from sekisho.core.reports.values import FailureReport

LONGEST_SUBJECT = 200
MOST_INCIDENTS = 1_000_000
DELIVERIES = ("delivered", "spam", "policy", "reject", "other")
"""Values of `Delivery-Result` (RFC 6591, 3.2.2)."""
_REPLY = re.compile(r"(?:(?:re|fw|fwd|aw|wg|転送|返信)\s*[:：]\s*)+", re.IGNORECASE).match
_VARYING = re.compile(r"[0-9a-f]{8,}|\d+|[０-９]+")


@dataclass(frozen=True, slots=True)
class Incident:
    """One failure report in short. Domains in normal form; of addresses only the domain is here."""

    header_from: str
    envelope_from: str
    envelope_to: str
    subject: str
    """Decoded and redacted."""
    pattern: str
    """The subject without what varies from mail to mail of a campaign."""
    network: str
    """The /24 or /48 the mail came from; empty where no address is known."""
    alignment: Alignment
    results: tuple[Result, ...]
    dkim_domain: str
    dkim_selector: str
    delivery_result: str
    """One of `DELIVERIES`, or empty where it is not said."""
    incidents: int
    """Similar messages that the report stands for (RFC 5965, 3.2)."""
    digest: bytes
    """SHA-256 of what the report says; the same for the same report in another wrapping."""


def incident(report: FailureReport) -> Incident:
    """The report in short."""
    original = read_original(report.original)
    header_from = report.header_from or report.reported_domain
    results = auth_results(report.all_said("authentication-results"))
    subject = _subject(original)
    return Incident(
        header_from=header_from,
        envelope_from=_domain(report.said("original-mail-from")),
        envelope_to=_domain(report.said("original-rcpt-to") or original.first("to")),
        subject=subject,
        pattern=pattern_of(subject),
        network=network_of(report.source_ip),
        alignment=read_alignment(report.identity_alignment, results, header_from),
        results=results,
        dkim_domain=normal(report.said("dkim-domain").rpartition("@")[2][:253]),
        dkim_selector=report.said("dkim-selector")[:253],
        delivery_result=_delivery(report.said("delivery-result")),
        incidents=_incidents(report.said("incidents")),
        digest=_digest(report),
    )


def pattern_of(subject: str) -> str:
    """The subject in lower case, without reply marks, numbers and long codes made `#`."""
    reply = _REPLY(subject)
    rest = subject[reply.end() :] if reply else subject
    return _VARYING.sub("#", " ".join(rest.lower().split()))[:LONGEST_SUBJECT]


def network_of(address: str) -> str:
    """The network that stands for an address: /24, or /48 of IPv6; empty where it is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/{24 if ip.version == 4 else 48}", strict=False))


def people_in(original: Original) -> tuple[str, ...]:
    """The names and local parts that the address fields of a message tell."""
    return people_of(value for name, value in original.headers if name.lower() in _PEOPLE)


_PEOPLE = ("from", "to", "cc", "reply-to", "sender", "delivered-to", "x-original-to", "return-path")


def without_people(text: str, report: FailureReport) -> str:
    """A text that may repeat the message of a report, such as the subject of the report itself, redacted."""
    return Redactor(people_in(read_original(report.original))).text(text)


def _subject(original: Original) -> str:
    return Redactor(people_in(original)).field("subject", original.first("subject"))[:LONGEST_SUBJECT]


def _domain(text: str) -> str:
    """The domain of the last address in a text; empty for a null address."""
    name = text.rpartition("@")[2] if "@" in text else ""
    return normal(re.split(r"[^\w.-]", name.strip(), maxsplit=1)[0][:253])


def _delivery(text: str) -> str:
    """The value, or `other` for one of a vendor's own."""
    word = re.split(r"[^a-z]", text.strip().lower(), maxsplit=1)[0]
    return word if word in DELIVERIES else "other" if text.strip() else ""


def _incidents(text: str) -> int:
    text = text.strip()
    return max(1, min(MOST_INCIDENTS, int(text))) if text.isascii() and text.isdigit() and len(text) <= 10 else 1


def _digest(report: FailureReport) -> bytes:
    """Of fields and message, whatever the line ends."""
    digest = sha256(report.reporter.encode("utf-8", "replace"))
    for name, value in report.fields:
        digest.update(f"\n{name.lower()}:{value}".encode("utf-8", "replace"))
    digest.update(b"\n\n" + report.original.replace(b"\r\n", b"\n").rstrip())
    return digest.digest()
