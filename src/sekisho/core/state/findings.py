"""What is to be said of a domain's records: codes with severity and the values their sentences name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sekisho.core.dmarc.record import DmarcRecord, Standing
from sekisho.core.dnsrecords.dkimkey import GOOD_BITS, SHORTEST_BITS, KeyFound
from sekisho.core.state.gather import DomainState
from sekisho.core.state.spf import troubles
from sekisho.core.terms import Found, Policy

STRENGTH = {Policy.NONE: 0, Policy.QUARANTINE: 1, Policy.REJECT: 2}


class Severity(StrEnum):
    """How much it matters."""

    PROBLEM = "problem"
    """Something does not work, or protects nobody."""
    WARNING = "warning"
    UNKNOWN = "unknown"
    """It could not be asked; nothing is said about the record."""
    ADVICE = "advice"
    GOOD = "good"


class Part(StrEnum):
    """The record that a finding is about, in the order of pages."""

    DOMAIN = "domain"
    DMARC = "dmarc"
    SPF = "spf"
    DKIM = "dkim"
    MX = "mx"
    STS = "mta-sts"
    TLSRPT = "tls-rpt"
    BIMI = "bimi"


Values = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say; `code` is explained where it is shown."""

    part: Part
    code: str
    severity: Severity
    values: Values = field(default_factory=dict)


def findings(state: DomainState) -> tuple[Finding, ...]:
    """All there is to say, record by record, the gravest of each first."""
    found: list[Finding] = []
    for part, say in _PARTS.items():
        mine = [Finding(part, code, severity, values) for code, severity, values in say(state)]
        found += sorted(mine, key=lambda finding: list(Severity).index(finding.severity))
    return tuple(found)


Said = Iterator[tuple[str, Severity, Values]]
BAD, WARN, UNSURE, HINT, GOOD = Severity.PROBLEM, Severity.WARNING, Severity.UNKNOWN, Severity.ADVICE, Severity.GOOD


def _domain(state: DomainState) -> Said:
    if state.exists is Found.UNKNOWN:
        yield "domain_unknown", UNSURE, {"domain": state.domain}
    elif state.exists is Found.NO:
        yield "domain_missing", BAD, {"domain": state.domain}
    if state.is_parked:
        record = state.dmarc.record
        strict = record is not None and record.p is Policy.REJECT and not record.t
        yield ("parked" if strict else "parked_open"), (GOOD if strict else WARN), {"domain": state.domain}


def _dmarc(state: DomainState) -> Said:
    found = state.dmarc
    if found.state is Found.UNKNOWN:
        yield "dmarc_unknown", UNSURE, {"why": found.why}
        return
    at_name = found.stops[0] if found.stops else None
    for note in at_name.notes if at_name is not None and at_name.record is None else ():
        code = "dmarc_several" if note.code == "several_records" else "dmarc_ignored"
        yield code, BAD, {"note": note.code, "where": note.where}
    record = found.record
    if record is None:
        yield "dmarc_missing", BAD, {"domain": state.domain}
        return
    if found.policy_domain != state.domain:
        yield "dmarc_inherited", HINT, {"name": found.policy_domain}
    yield from _policy(state, record)
    yield from _reports(state, record)
    for note in record.notes:
        yield "dmarc_note", HINT, {"note": note.code, "where": note.where}


def _policy(state: DomainState, record: DmarcRecord) -> Said:
    if record.standing is Standing.NOT_APPLIED:
        yield "dmarc_not_applied", BAD, {}
        return
    if record.standing is Standing.AS_NONE:
        yield "dmarc_as_none", BAD, {}
        return
    applies = state.dmarc.applies
    if applies is not None:
        values = {"tag": applies.tag, "policy": applies.said.value}
        if record.t and applies.said is not Policy.NONE:
            yield "dmarc_rehearsal", HINT, {**values, "expected": applies.expected.value}
        elif applies.said is Policy.NONE:
            yield "dmarc_monitoring", WARN, values
        elif applies.said is Policy.QUARANTINE:
            yield "dmarc_quarantine", GOOD, values
        else:
            yield "dmarc_reject", GOOD, values
    for tag, policy in (("sp", record.sp), ("np", record.np)):
        if policy is not Policy.ABSENT and STRENGTH[policy] < STRENGTH[record.p]:
            yield "dmarc_weaker_below", WARN, {"tag": tag, "policy": policy.value, "p": record.p.value}
    if record.pct is not None and record.pct < 100 and record.p is not Policy.NONE:
        yield "dmarc_pct", WARN, {"pct": record.pct}


def _reports(state: DomainState, record: DmarcRecord) -> Said:
    if not any(uri.is_usable for uri in record.rua):
        yield "dmarc_no_rua", BAD, {"domain": state.dmarc.policy_domain}
    for destination in state.destinations:
        values = {"address": destination.uri.address, "name": destination.name}
        if destination.allowed is Found.NO:
            yield "destination_refused", BAD, values
        elif destination.allowed is Found.UNKNOWN:
            yield "destination_unknown", UNSURE, values


def _spf(state: DomainState) -> Said:
    spf = state.spf
    if spf.state is Found.UNKNOWN:
        yield "spf_unknown", UNSURE, {"why": spf.why}
    elif len(spf.texts) > 1:
        yield "spf_several", BAD, {"n": len(spf.texts)}
    elif spf.state is Found.NO:
        yield "spf_missing", BAD, {"domain": state.domain}
    elif spf.tree is not None:
        told = list(troubles(spf.tree))
        for code, values in told:
            yield code, _SPF[code], values
        if not told:
            yield "spf_found", GOOD, {"n": spf.tree.count.lookups}


_SPF = {
    "spf_too_many": BAD,
    "spf_voids": BAD,
    "spf_voids_ipv6": HINT,
    "spf_loop": BAD,
    "spf_syntax": BAD,
    "spf_part_missing": BAD,
    "spf_permits_all": BAD,
    "spf_neutral_all": WARN,
    "spf_no_all": WARN,
    "spf_ptr": WARN,
    "spf_nearly_too_many": HINT,
    "spf_old_type": HINT,
    "spf_part_unknown": UNSURE,
    "spf_cut": UNSURE,
}


def _dkim(state: DomainState) -> Said:
    if not state.keys:
        yield "dkim_no_selectors", HINT, {"domain": state.domain}
    for found in state.keys:
        yield from _key(found)


def _key(found: KeyFound) -> Said:
    values: dict[str, str | int] = {"selector": found.selector, "domain": found.domain}
    key = found.key
    if found.state is Found.UNKNOWN:
        yield "key_unknown", UNSURE, {**values, "why": found.why}
        return
    if key is None:
        yield "key_missing", HINT, values
        return
    values["bits"] = key.bits
    if found.notes:
        yield "key_several", WARN, values
    if key.is_revoked:
        yield "key_revoked", HINT, values
    elif not key.is_usable:
        short = key.key_type == "rsa" and 0 < key.bits < SHORTEST_BITS
        yield ("key_too_short" if short else "key_broken"), BAD, values
    elif key.key_type == "rsa" and key.bits < GOOD_BITS:
        yield "key_short", WARN, values
    else:
        yield "key_good", GOOD, {**values, "kind": key.key_type}
    if key.is_testing and not key.is_revoked:
        yield "key_testing", WARN, values


def _mx(state: DomainState) -> Said:
    mx = state.mx
    if mx.state is Found.UNKNOWN:
        yield "mx_unknown", UNSURE, {"why": mx.why}
    elif mx.is_null:
        yield "mx_null", GOOD, {}
    elif mx.state is Found.NO:
        yield "mx_missing", HINT, {"domain": state.domain}
    else:
        yield "mx_found", GOOD, {"n": len(mx.hosts)}
    for host in mx.unresolved:
        yield "mx_unresolved", BAD, {"host": host}
    for note in mx.notes:
        yield "note", WARN, {"note": note.code, "where": note.where}


def _sts(state: DomainState) -> Said:
    sts = state.sts
    takes_mail = bool(state.mx.hosts)
    for note in (*sts.notes, *(sts.policy.notes if sts.policy is not None else ())):
        yield "note", (WARN if sts.state is Found.YES else BAD), {"note": note.code, "where": note.where}
    if sts.state is Found.UNKNOWN:
        yield "sts_unknown", UNSURE, {"why": sts.why}
    elif sts.state is Found.NO:
        if takes_mail and not sts.notes:
            yield "sts_missing", HINT, {"domain": state.domain}
    elif sts.policy is None:
        failed = sts.fetched is Found.NO
        yield ("sts_no_policy" if failed else "sts_policy_unknown"), (BAD if failed else UNSURE), {"why": sts.why}
    elif not sts.policy.is_valid:
        yield "sts_invalid", BAD, {"domain": state.domain}
    else:
        missing = [exchanger.host for exchanger in state.mx.hosts if not sts.policy.permits(exchanger.host)]
        for host in missing if sts.policy.mode != "none" else ():
            yield "sts_mx_not_named", BAD, {"host": host}
        mode = sts.policy.mode
        yield f"sts_{mode}", (GOOD if mode == "enforce" and not missing else HINT), {"days": (sts.policy.max_age_s or 0) // 86400}


def _tlsrpt(state: DomainState) -> Said:
    found = state.tlsrpt
    if found.state is Found.UNKNOWN:
        yield "tlsrpt_unknown", UNSURE, {"why": found.why}
    elif found.state is Found.YES:
        yield "tlsrpt_found", GOOD, {"address": ", ".join(uri.address or uri.text for uri in found.rua)}
    elif found.text or found.notes:
        yield "tlsrpt_ignored", BAD, {}
    elif state.mx.hosts:
        yield "tlsrpt_missing", HINT, {"domain": state.domain}
    for note in found.notes:
        yield "note", WARN, {"note": note.code, "where": note.where}


def _bimi(state: DomainState) -> Said:
    found = state.bimi
    if found.state is Found.UNKNOWN:
        yield "bimi_unknown", UNSURE, {"why": found.why}
        return
    for note in found.notes:
        yield "note", WARN, {"note": note.code, "where": note.where}
    if found.state is Found.NO:
        return
    if found.is_declined:
        yield "bimi_declined", GOOD, {}
        return
    record = state.dmarc.record
    strong = record is not None and record.standing is Standing.APPLIES and not record.t and record.sp is not Policy.NONE
    if record is None or not strong or record.p not in (Policy.QUARANTINE, Policy.REJECT):
        yield "bimi_not_shown", WARN, {}
    elif not found.authority:
        yield "bimi_no_certificate", HINT, {}
    else:
        yield "bimi_found", GOOD, {}


_PARTS = {
    Part.DOMAIN: _domain,
    Part.DMARC: _dmarc,
    Part.SPF: _spf,
    Part.DKIM: _dkim,
    Part.MX: _mx,
    Part.STS: _sts,
    Part.TLSRPT: _tlsrpt,
    Part.BIMI: _bimi,
}
