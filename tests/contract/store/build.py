"""Small reports, verdicts and evidence for the tests of stores, made by hand."""

from __future__ import annotations

from collections.abc import Sequence

from sekisho.core.facts import Because, Evidence, FlowKey, Group, Place, Verdict
from sekisho.core.reports.values import (
    AggregateReport,
    DkimAuth,
    PolicyPublished,
    Record,
    Rows,
    Said,
    SpfAuth,
    TlsFailure,
    TlsPolicy,
    TlsReport,
)
from sekisho.core.terms import Aligned, AuthResult, Class, Disposition, Found, Policy, SpfScope
from sekisho.core.ways import way_key
from sekisho.store.base import Arrival, Judged
from sekisho.store.query import Filter

DAY = 20_700
NOWHERE = Place()
ALICE, CHARLIE = 1, 2
"""Two organisations."""


def said(
    domain: str = "example.com",
    *,
    dkim: bool = False,
    spf: bool = False,
    envelope: str = "",
    selector: str = "s1",
    disposition: Disposition = Disposition.NONE,
) -> Said:
    """What a record says; raw results follow the aligned ones."""
    return Said(
        disposition=disposition,
        dkim_aligned=Aligned.PASS if dkim else Aligned.FAIL,
        spf_aligned=Aligned.PASS if spf else Aligned.FAIL,
        reasons=(),
        header_from=domain,
        envelope_from=envelope or domain,
        envelope_to="",
        dkim=(DkimAuth(domain, selector, AuthResult.PASS if dkim else AuthResult.FAIL),),
        spf=(SpfAuth(envelope or domain, SpfScope.MFROM, AuthResult.PASS if spf else AuthResult.FAIL),),
    )


def row(ip: str, count: int = 1, **words: object) -> Record:
    """A record from an address."""
    return Record(ip, count, said(**words))  # type: ignore[arg-type]


def report(
    number: int,
    rows: Sequence[Record],
    *,
    domain: str = "example.com",
    reporter: str = "receiver.example",
    day: int = DAY,
    p: Policy = Policy.NONE,
) -> AggregateReport:
    """A report on one day."""
    return AggregateReport(
        org_name=reporter,
        email="dmarc@receiver.example",
        extra_contact_info="",
        report_id=f"id-{number}",
        begin=day * 86_400,
        end=day * 86_400 + 86_399,
        policy=PolicyPublished(domain, p),
        rows=Rows.of(rows),
    )


def arrival(number: int, rows: Sequence[Record], *, org: int = ALICE, delivery: int = 0, **words: object) -> Arrival:
    """A report on its way to the store."""
    made = report(number, rows, **words)  # type: ignore[arg-type]
    return Arrival(org, made.policy.domain, delivery or number, made)


def verdict(klass: Class, confidence: float = 0.9, *codes: str, advice: str = "") -> Verdict:
    """A verdict with reasons."""
    return Verdict(klass, confidence, tuple(Because(code, klass, 3, {"host": "mail.example.net"}) for code in codes), advice)


def judged(
    klass: Class,
    ip: str,
    what: Said,
    *codes: str,
    org: int = ALICE,
    domain: str = "example.com",
    sure: float = 0.9,
    advice: str = "",
) -> Judged:
    """A verdict on a flow."""
    return Judged(FlowKey(org, domain, ip, way_key(what)), verdict(klass, sure, *codes, advice=advice))


def evidence(ip: str, ptr: str = "", *, at: int = 0, place: Place = NOWHERE, asn: int = 0, listed: Sequence[str] = ()) -> Evidence:
    """Evidence on an address; with a host name it leads back."""
    state = Found.YES if ptr else Found.UNKNOWN
    return Evidence(ip, ptr_state=state, ptr=ptr, confirmed=state, place=place, asn=asn, listed=tuple(listed), at=at)


def group(key: str) -> Group:
    """A sending group."""
    return Group(key, key.partition(".")[2])


def everything(org: int = ALICE, **words: object) -> Filter:
    """All facts of an organisation from about that time, or some of them."""
    return Filter(org, DAY - 40, DAY + 40, **words)  # type: ignore[arg-type]


def tls_report(number: int, *, failed: int = 2) -> TlsReport:
    """A TLS report with one policy and one failure."""
    failure = TlsFailure("certificate-expired", "192.0.2.7", "mx.example.com", "198.51.100.7", failed)
    policy = TlsPolicy("sts", "example.com", ("version: STSv1",), ("mx.example.com",), 10, failed, (failure,))
    return TlsReport("Receiver", "tls@receiver.example", f"tls-{number}", DAY * 86_400, DAY * 86_400 + 86_399, (policy,))
