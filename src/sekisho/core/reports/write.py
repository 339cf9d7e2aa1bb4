"""Writes aggregate reports: the XML document, its file name and the subject of its mail (RFC 9990; RFC 7489, 7.2 and App. C)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sekisho.core.names import aligned
from sekisho.core.reports.values import AggregateReport, DkimAuth, PolicyPublished, Reason, Said, SpfAuth
from sekisho.core.terms import (
    Aligned,
    AlignmentMode,
    AuthResult,
    Disposition,
    Generation,
    Override,
    Policy,
    SpfScope,
)
from sekisho.core.ways import dkim_is_aligned, spf_is_aligned

NAMESPACE = "urn:ietf:params:xml:ns:dmarc-2.0"
"""Namespace of all elements of an RFC 9990 report (RFC 9990, 6)."""

MAX_DKIM = 100
"""DKIM results of a row (RFC 9990, 3.1.3)."""

PIECE = 65536
"""Characters that are gathered before a piece of the document is handed out."""

TAILS = 1000
"""Different texts of records that are kept at hand, so that equal ones are made once."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (2.2) has no way to say, not even escaped."""

_RIDTXT = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]+(@[\w.-]+)?", re.ASCII)
"""`ridtxt` of RFC 9990, 3.5.1, a little wider about dots."""


@dataclass(frozen=True, slots=True)
class _Form:
    """The words a generation knows; others are said by the nearest word it has."""

    dispositions: frozenset[Disposition]
    overrides: frozenset[Override]
    spf_results: frozenset[AuthResult]
    many_spf: bool
    """Whether a row may have several SPF results, among them HELO's."""
    is_new: bool


_OLD = _Form(
    frozenset({Disposition.NONE, Disposition.QUARANTINE, Disposition.REJECT}),
    frozenset(Override) - {Override.POLICY_TEST_MODE, Override.ABSENT},
    frozenset(AuthResult) - {AuthResult.POLICY, AuthResult.ABSENT},
    many_spf=True,
    is_new=False,
)
_NEW = _Form(
    frozenset(Disposition) - {Disposition.ABSENT},
    frozenset(Override) - {Override.FORWARDED, Override.SAMPLED_OUT, Override.ABSENT},
    frozenset(AuthResult) - {AuthResult.ABSENT},
    many_spf=False,
    is_new=True,
)
_DKIM_RESULTS = frozenset(AuthResult) - {AuthResult.SOFTFAIL, AuthResult.ABSENT}
_DKIM_NEAREST = {AuthResult.SOFTFAIL: AuthResult.FAIL}
_SPF_NEAREST = {AuthResult.POLICY: AuthResult.NEUTRAL}


def write_aggregate(report: AggregateReport) -> Iterator[bytes]:
    """The document in pieces of UTF-8, in the generation the report names; constant memory however many rows it has.

    What the generation cannot say is left out or said by its nearest word; characters that XML 1.0 forbids become U+FFFD.
    """
    form = _NEW if report.generation is Generation.RFC9990 else _OLD
    tails: dict[int, str] = {}
    piece = [_head(report, form)]
    size = 0
    for _, addresses, counts, indexes in report.rows.blocks():
        for address, count, index in zip(addresses, counts, indexes, strict=True):
            tail = tails.get(index)
            if tail is None:
                if len(tails) >= TAILS:
                    tails.clear()
                tail = tails[index] = _tail(report.rows.saids[index], report.policy, form)
            piece.append(_RECORD % (_text(address), count) + tail)
            size += len(tail)
            if size >= PIECE:
                yield "".join(piece).encode()
                piece.clear()
                size = 0
    piece.append("</feedback>\n")
    yield "".join(piece).encode()


def file_name(report: AggregateReport, receiver: str, unique_id: str = "", *, compressed: bool = True) -> str:
    """`receiver!policy-domain!begin!end[!unique-id].xml[.gz]` (RFC 9990, 3.5.2); the id keeps its letters and digits only."""
    parts = [_name(receiver), _name(report.policy.domain), str(report.begin), str(report.end)]
    if unique := re.sub(r"[^A-Za-z0-9]", "", unique_id):
        parts.append(unique)
    return "!".join(parts) + (".xml.gz" if compressed else ".xml")


def subject(report: AggregateReport, submitter: str) -> str:
    """The subject of the mail (RFC 9990, 3.5.1); without the optional Report-ID where the id is not of the form it must have."""
    words = f"Report Domain: {_name(report.policy.domain)} Submitter: {_name(submitter)}"
    if _RIDTXT.fullmatch(report.report_id):
        words += f" Report-ID: <{report.report_id}>"
    return words


_RECORD = "  <record>\n    <row>\n      <source_ip>%s</source_ip>\n      <count>%d</count>\n"


def _name(name: str) -> str:
    """A domain name that can break neither a header nor a file name."""
    return re.sub(r"[^A-Za-z0-9._:-]", "", name)


def _text(value: str) -> str:
    """Text as content of an element or a quoted attribute."""
    value = _FORBIDDEN.sub("\ufffd", value)
    for character, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\r", "&#13;")):
        if character in value:
            value = value.replace(character, escaped)
    return value


def _line(depth: int, name: str, value: str | int) -> str:
    """One element on a line of its own."""
    return f"{'  ' * depth}<{name}>{_text(str(value))}</{name}>\n"


def _some(depth: int, name: str, value: str) -> str:
    """An element that is left out when it has nothing to say."""
    return _line(depth, name, value) if value else ""


def _word(depth: int, name: str, value: AlignmentMode | Policy | SpfScope) -> str:
    """An element with a word of the RFC, left out when absent."""
    return "" if value.value == "absent" else _line(depth, name, value.value)


def _head(report: AggregateReport, form: _Form) -> str:
    """Everything before the first record."""
    namespace = NAMESPACE if form.is_new else report.namespace
    root = f'<feedback xmlns="{_text(namespace)}">' if namespace else "<feedback>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'
        + _line(1, "version", "1.0")
        + _metadata(report, form)
        + "  <policy_published>\n"
        + (_new_policy(report.policy) if form.is_new else _old_policy(report.policy))
        + "  </policy_published>\n"
    )


def _metadata(report: AggregateReport, form: _Form) -> str:
    """`report_metadata`; RFC 9990 allows one `error`, so several are joined."""
    errors = ["; ".join(report.errors)] if form.is_new and report.errors else list(report.errors)
    return (
        "  <report_metadata>\n"
        + _line(2, "org_name", report.org_name)
        + _line(2, "email", report.email)
        + _some(2, "extra_contact_info", report.extra_contact_info)
        + _line(2, "report_id", report.report_id)
        + f"    <date_range>\n      <begin>{report.begin}</begin>\n      <end>{report.end}</end>\n    </date_range>\n"
        + "".join(_line(2, "error", error) for error in errors)
        + (_some(2, "generator", report.generator) if form.is_new else "")
        + "  </report_metadata>\n"
    )


def _old_policy(policy: PolicyPublished) -> str:
    """`policy_published` of RFC 7489: what must be there is filled in with the defaults of its section 6.3."""
    p = Policy.NONE if policy.p is Policy.ABSENT else policy.p
    return (
        _line(2, "domain", policy.domain)
        + _word(2, "adkim", policy.adkim)
        + _word(2, "aspf", policy.aspf)
        + _line(2, "p", p)
        + _line(2, "sp", p if policy.sp is Policy.ABSENT else policy.sp)
        + _line(2, "pct", 100 if policy.pct is None else policy.pct)
        + _line(2, "fo", policy.fo or "0")
    )


def _new_policy(policy: PolicyPublished) -> str:
    """`policy_published` of RFC 9990, 3.1.1.6, which has no `pct`."""
    return (
        _line(2, "domain", policy.domain)
        + (_some(2, "discovery_method", policy.discovery_method) if policy.discovery_method in ("psl", "treewalk") else "")
        + _line(2, "p", Policy.NONE if policy.p is Policy.ABSENT else policy.p)
        + _word(2, "sp", policy.sp)
        + _word(2, "np", policy.np)
        + _word(2, "adkim", policy.adkim)
        + _word(2, "aspf", policy.aspf)
        + _some(2, "fo", policy.fo)
        + (_some(2, "testing", policy.testing) if policy.testing in ("y", "n") else "")
    )


def _tail(said: Said, policy: PolicyPublished, form: _Form) -> str:
    """A record after its count; rows with equal words share it."""
    return (
        _policy_evaluated(said, policy, form)
        + "    </row>\n    <identifiers>\n"
        + _some(3, "envelope_to", said.envelope_to)
        + _line(3, "envelope_from", said.envelope_from)
        + _line(3, "header_from", said.header_from)
        + "    </identifiers>\n    <auth_results>\n"
        + "".join(_dkim(auth, form) for auth in _chosen_dkim(said, policy))
        + "".join(_spf(auth, form) for auth in _chosen_spf(said, form))
        + "    </auth_results>\n  </record>\n"
    )


def _policy_evaluated(said: Said, policy: PolicyPublished, form: _Form) -> str:
    """`policy_evaluated`; an aligned result nobody has said is worked out from the raw ones, as the reader's side does."""
    dkim = Aligned.PASS if dkim_is_aligned(said, policy) else Aligned.FAIL
    spf = Aligned.PASS if spf_is_aligned(said, policy) else Aligned.FAIL
    return (
        "      <policy_evaluated>\n"
        + _line(4, "disposition", said.disposition if said.disposition in form.dispositions else Disposition.NONE)
        + _line(4, "dkim", dkim)
        + _line(4, "spf", spf)
        + "".join(_reason(reason, form) for reason in said.reasons)
        + "      </policy_evaluated>\n"
    )


def _reason(reason: Reason, form: _Form) -> str:
    """One `reason`; a type the generation does not know becomes `other` with the word in the comment."""
    kind, comment = reason.type, reason.comment
    if kind not in form.overrides or (kind is Override.OTHER and reason.said):
        word = reason.said or ("" if kind is Override.ABSENT else kind.value)
        comment = ": ".join(part for part in (word, comment) if part)
        kind = Override.OTHER
    return f"        <reason>\n{_line(5, 'type', kind)}{_some(5, 'comment', comment)}        </reason>\n"


def _chosen_dkim(said: Said, policy: PolicyPublished) -> list[DkimAuth]:
    """At most 100 results: aligned passes first (strict, then relaxed), then other passes, then the rest (RFC 9990, 3.1.3)."""
    if len(said.dkim) <= MAX_DKIM:
        return list(said.dkim)

    def rank(auth: DkimAuth) -> int:
        if auth.result is not AuthResult.PASS:
            return 3
        if auth.domain == said.header_from:
            return 0
        return 1 if policy.adkim is not AlignmentMode.STRICT and aligned(auth.domain, said.header_from) else 2

    return sorted(said.dkim, key=rank)[:MAX_DKIM]


def _chosen_spf(said: Said, form: _Form) -> list[SpfAuth]:
    """All results, and at least one, in RFC 7489; the one of MAIL FROM, if any, in RFC 9990."""
    if form.many_spf:
        return list(said.spf) or [SpfAuth(said.envelope_from, SpfScope.MFROM, AuthResult.NONE)]
    mail_from = [auth for auth in said.spf if auth.scope is not SpfScope.HELO]
    return sorted(mail_from, key=lambda auth: auth.scope is not SpfScope.MFROM)[:1]


def _dkim(auth: DkimAuth, form: _Form) -> str:
    """One DKIM result; RFC 9990 always has the selector."""
    result = auth.result if auth.result in _DKIM_RESULTS else _DKIM_NEAREST.get(auth.result, AuthResult.NONE)
    return (
        "      <dkim>\n"
        + _line(4, "domain", auth.domain)
        + (_line(4, "selector", auth.selector) if form.is_new or auth.selector else "")
        + _line(4, "result", result)
        + _some(4, "human_result", auth.human_result)
        + "      </dkim>\n"
    )


def _spf(auth: SpfAuth, form: _Form) -> str:
    """One SPF result; the scope may only be left out in RFC 9990."""
    result = auth.result if auth.result in form.spf_results else _SPF_NEAREST.get(auth.result, AuthResult.NONE)
    scope = auth.scope if form.is_new or auth.scope is not SpfScope.ABSENT else SpfScope.MFROM
    return (
        "      <spf>\n"
        + _line(4, "domain", auth.domain)
        + _word(4, "scope", scope)
        + _line(4, "result", result)
        + (_some(4, "human_result", auth.human_result) if form.is_new else "")
        + "      </spf>\n"
    )
