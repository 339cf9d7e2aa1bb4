"""Parts of an aggregate report in the plain form that nearly all reporters give them, each read by one pattern."""

from __future__ import annotations

import re

from sekisho.core.reports.metadata import Metadata
from sekisho.core.reports.number import LATEST
from sekisho.core.reports.record import RESULTS, SCOPES, Identifiers, Result, one_identifiers, one_result
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import SpfScope

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


def _dkim(domain: str, selector: str | None, word: str, later: str | None, human: str | None) -> DkimAuth | None:
    """The values of `_DKIM`; Google and others put the selector last."""
    result = RESULTS.get(word)
    if result is None or (selector is not None and later is not None):
        return None
    return DkimAuth(domain, selector or later or "", result, (human or "").strip())


def _spf(domain: str, scope: str | None, word: str, human: str | None) -> SpfAuth | None:
    """The values of `_SPF`."""
    result = RESULTS.get(word)
    known = SpfScope.ABSENT if scope is None else SCOPES.get(scope)
    return None if result is None or known is None else SpfAuth(domain, known, result, (human or "").strip())


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
