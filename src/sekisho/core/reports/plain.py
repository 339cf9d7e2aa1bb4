"""Parts of an aggregate report in the plain form that nearly all reporters give them, each read by one pattern."""

from __future__ import annotations

import re

from sekisho.core.limits import MIB
from sekisho.core.reports.metadata import Metadata
from sekisho.core.reports.number import LATEST
from sekisho.core.reports.record import (
    ALIGNED,
    DISPOSITIONS,
    OVERRIDES,
    RESULTS,
    SCOPES,
    Identifiers,
    Result,
    Shared,
    one_identifiers,
    one_result,
)
from sekisho.core.reports.values import DkimAuth, Reason, Said, SpfAuth
from sekisho.core.terms import Aligned, Disposition, SpfScope

_BLANKS = r"[ \t\r\n]*"
NAME = r"((?![^<]{254})(?:[a-z0-9_-]+\.)*[a-z0-9_-]+)"
"""A name in normal form, of at most `MAXNAME` octets."""
_SELECTOR = r"([a-z0-9._-]{0,250})"
_WORD = r"([a-z]{3,10})"
_TEXT = r"([ -%'-;=?-~]{0,1000})"
"""ASCII without markup and control characters."""


def _element(name: str, value: str, *, may_miss: bool = False) -> str:
    """The pattern of an element and blanks after it."""
    pattern = f"<{name}>{value}</{name}>{_BLANKS}"
    return f"(?:{pattern})?" if may_miss else pattern


def _parts(name: str, *elements: str) -> str:
    """The pattern of an element with elements in this order, and blanks around it."""
    return f"{_BLANKS}<{name}>{_BLANKS}{''.join(elements)}</{name}>{_BLANKS}"


def _within(name: str, *elements: str, may_miss: bool = False) -> str:
    """The pattern of an element with elements in this order, and blanks after it."""
    pattern = f"<{name}>{_BLANKS}{''.join(elements)}</{name}>{_BLANKS}"
    return f"(?:{pattern})?" if may_miss else pattern


_IDENTIFIERS = re.compile(
    _parts(
        "identifiers",
        _element("envelope_to", NAME, may_miss=True),
        _element("envelope_from", f"(?:{NAME})?", may_miss=True),
        _element("header_from", NAME),
    )
).fullmatch
_DKIM = re.compile(
    _parts(
        "dkim",
        _element("domain", NAME),
        _element("selector", _SELECTOR, may_miss=True),
        _element("result", _WORD),
        _element("selector", _SELECTOR, may_miss=True),
        _element("human_result", _TEXT, may_miss=True),
    )
).fullmatch
_SPF = re.compile(
    _parts(
        "spf",
        _element("domain", NAME),
        _element("scope", _WORD, may_miss=True),
        _element("result", _WORD),
        _element("human_result", _TEXT, may_miss=True),
    )
).fullmatch
_METADATA = re.compile(
    _parts(
        "report_metadata",
        _element("org_name", _TEXT),
        _element("email", _TEXT),
        _element("extra_contact_info", _TEXT, may_miss=True),
        _element("report_id", _TEXT),
        _parts("date_range", _element("begin", "([0-9]{1,10})"), _element("end", "([0-9]{1,10})")),
        _element("generator", _TEXT, may_miss=True),
    )
).fullmatch

_NAME = "([a-z0-9._-]{0,253})"
"""A name in normal form, or nothing, where no point stands at its ends or beside another (`_has_odd_points`)."""
_TAIL = re.compile(
    _BLANKS
    + _within(
        "policy_evaluated",
        _element("disposition", _WORD),
        _element("dkim", _WORD),
        _element("spf", _WORD),
        _within("reason", _element("type", "([a-z_]{3,20})"), _element("comment", _TEXT, may_miss=True), may_miss=True),
    )
    + f"</row>{_BLANKS}"
    + _within(
        "identifiers",
        _element("envelope_to", _NAME, may_miss=True),
        _element("envelope_from", _NAME, may_miss=True),
        _element("header_from", _NAME),
        _element("envelope_from", _NAME, may_miss=True),
    )
    + _within(
        "auth_results",
        *[
            _within(
                "dkim",
                _element("domain", _NAME),
                _element("selector", _SELECTOR, may_miss=True),
                _element("result", f" ?{_WORD}"),
                _element("selector", _SELECTOR, may_miss=True),
                _element("human_result", _TEXT, may_miss=True),
                may_miss=True,
            )
        ]
        * 2,
        _within(
            "spf",
            _element("domain", _NAME),
            _element("scope", _WORD, may_miss=True),
            _element("result", f" ?{_WORD}"),
            _element("human_result", _TEXT, may_miss=True),
            may_miss=True,
        ),
    )
).fullmatch
"""A record from behind its count up to its end: what all but a few reporters give, in their order, with up to two signatures."""
_Values = tuple[str | None, ...]
_Evaluated = tuple[Disposition, Aligned, Aligned, tuple[Reason, ...]]
_EVALUATED: Shared[_Evaluated] = Shared(1_000, 1 * MIB)
_SIGNED: Shared[tuple[DkimAuth, ...]] = Shared(4_000, 2 * MIB)
"""What a part says, by its values as written: there are few different ones."""


def plain_said(tail: str) -> Said | None:
    """What `read_said` gives for a record with only an address and a count before this text, or None where it is not plain."""
    found = _TAIL(tail)
    if found is None:
        return None
    values = found.groups()
    evaluated = _EVALUATED.get(values[:5]) or _plain_evaluated(values[:5])
    dkim = _SIGNED.get(values[9:19])
    if dkim is None:
        dkim = _plain_dkim(values[9:19])
    if evaluated is None or dkim is None:
        return None
    envelope_to, envelope_from, header_from, later = values[5:9]
    if not header_from or (envelope_from is not None and later is not None):
        return None
    if _has_odd_points(envelope_to, envelope_from, header_from, later, values[19]):
        return None
    spf: tuple[SpfAuth, ...] = ()
    if values[21]:
        auth = _spf(values[19], values[20], values[21], values[22])
        if auth is None:
            return None
        spf = (auth,)
    disposition, dkim_aligned, spf_aligned, reasons = evaluated
    sender = envelope_from or later or ""
    return Said(disposition, dkim_aligned, spf_aligned, reasons, header_from, sender, envelope_to or "", dkim, spf)


def _has_odd_points(a: str | None, b: str | None, c: str | None, d: str | None, e: str | None) -> bool:
    """Whether there is an empty label in one of the names; each is a parameter, which makes the call cheap."""
    names = f".{a or 'a'}.{b or 'b'}.{c or 'c'}.{d or 'd'}.{e or 'e'}."
    return ".." in names


def _plain_evaluated(values: _Values) -> _Evaluated | None:
    """The words of a `policy_evaluated`, with at most one reason, of a known type."""
    disposition, dkim, spf, kind, comment = values
    if disposition not in DISPOSITIONS or dkim not in ALIGNED or spf not in ALIGNED or (kind and kind not in OVERRIDES):
        return None
    reasons = (Reason(OVERRIDES[kind], (comment or "").strip()),) if kind else ()
    found = DISPOSITIONS[disposition], ALIGNED[dkim], ALIGNED[spf], reasons
    _EVALUATED.put(values, found, 1000 + 2 * len(comment or ""))
    return found


def _plain_dkim(values: _Values) -> tuple[DkimAuth, ...] | None:
    """The signatures; None where one of them is not plain."""
    auths = [_dkim(values[n], values[n + 1], values[n + 2], values[n + 3], values[n + 4]) for n in (0, 5) if values[n + 2]]
    found = tuple([auth for auth in auths if auth is not None])
    if len(found) < len(auths) or any(_has_odd_points(auth.domain, None, None, None, None) for auth in found):
        return None
    _SIGNED.put(values, found, 1500 + sum([2 * len(auth.human_result) for auth in found]))
    return found


def plain_identifiers(text: str) -> Identifiers | None:
    """What `read_identifiers` gives for the element in this text, or None where it is not plain."""
    found = _IDENTIFIERS(text)
    if found is None:
        return None
    envelope_to, envelope_from, header_from = found.groups("")
    return one_identifiers(header_from, envelope_from, envelope_to)


def plain_result(kind: str, text: str) -> Result | None:
    """What `read_result` gives for the `dkim` or `spf` in this text, or None where it is not plain."""
    found = _DKIM(text) if kind == "dkim" else _SPF(text)
    if found is None:
        return None
    auth = _dkim(*found.groups()) if kind == "dkim" else _spf(*found.groups())
    return None if auth is None else one_result(auth)


def _dkim(domain: str | None, selector: str | None, word: str | None, later: str | None, human: str | None) -> DkimAuth | None:
    """The values of `_DKIM`; Google and others put the selector last."""
    result = RESULTS.get(word or "")
    if result is None or (selector is not None and later is not None):
        return None
    return DkimAuth(domain or "", selector or later or "", result, (human or "").strip())


def _spf(domain: str | None, scope: str | None, word: str | None, human: str | None) -> SpfAuth | None:
    """The values of `_SPF`."""
    result = RESULTS.get(word or "")
    known = SpfScope.ABSENT if scope is None else SCOPES.get(scope)
    return None if result is None or known is None else SpfAuth(domain or "", known, result, (human or "").strip())


def plain_metadata(text: str) -> Metadata | None:
    """What `read_metadata` gives for the element in this text, without a note, or None where it is not plain."""
    found = _METADATA(text)
    if found is None:
        return None
    org_name, email, extra, report_id, begin, end, generator = found.groups("")
    first, last = int(begin), int(end)
    if max(first, last) >= LATEST:
        return None
    return Metadata(
        org_name.strip(), email.strip(), extra.strip(), report_id.strip(), first or last, last or first, (), generator.strip()
    )
