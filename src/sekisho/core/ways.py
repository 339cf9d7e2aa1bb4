"""The way of authentication of a record, its key, and alignment: pure derivations of a `Said`, cached on it."""

from __future__ import annotations

import json
import json.encoder
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from sekisho.core.facts import Way
from sekisho.core.names import aligned
from sekisho.core.reports.values import DkimAuth, PolicyPublished, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Override, SpfScope

_ABSENT: Final = Aligned.ABSENT
_PASS: Final = Aligned.PASS
"""Names of an enum are looked up by its metaclass, and these are asked for by every record."""


def key63(*parts: object) -> int:
    """A stable hash of the parts in 63 bits, so that it fits every store's signed BIGINT."""
    return _key63("\x1f".join([str(part) for part in parts]))


def _key63(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def way_of(said: Said) -> Way:
    """The way of authentication: human words dropped, results sorted, so that equal ways are equal."""
    return way_from_text(way_text_of(said))


def way_text_of(said: Said) -> str:
    """`way_text(way_of(said))`, made directly: this is done for every distinct record."""
    return _text(
        said.header_from,
        said.envelope_from,
        sorted({auth[:3] for auth in said.dkim}) if len(said.dkim) > 1 else said.dkim,
        sorted({auth[:3] for auth in said.spf}) if len(said.spf) > 1 else said.spf,
        sorted({r.type for r in said.reasons} - {Override.ABSENT}) if said.reasons else (),
        any("arc=pass" in r.comment.lower() for r in said.reasons) if said.reasons else False,
    )


def way_text(way: Way) -> str:
    """The way as compact JSON; `way_from_text` reads it back."""
    return _text(way.header_from, way.envelope_from, way.dkim, way.spf, way.overrides, way.arc_pass)


def _text(
    header_from: str,
    envelope_from: str,
    dkim: Iterable[tuple[str, ...]],
    spf: Iterable[tuple[str, ...]],
    overrides: Iterable[Override],
    arc: bool,
) -> str:
    """Compact JSON, by hand: the encoder takes three times as long."""
    signed = ",".join([f"[{_quoted(d[0])},{_quoted(d[1])},{_quoted(d[2])}]" for d in dkim])
    sent = ",".join([f"[{_quoted(s[0])},{_quoted(s[1])},{_quoted(s[2])}]" for s in spf])
    took = ",".join([_quoted(override) for override in overrides])
    return f"[{_quoted(header_from)},{_quoted(envelope_from)},[{signed}],[{sent}],[{took}],{int(arc)}]"


_quoted = json.encoder.encode_basestring
_RESULTS = {result.value: result for result in AuthResult}
_SCOPES = {scope.value: scope for scope in SpfScope}
_OVERRIDES = {override.value: override for override in Override}
"""Look-ups in place of calls of the enums, which cost as much as all the rest of reading a way."""


@lru_cache(maxsize=8192)
def way_from_text(text: str) -> Way:
    """The way that `way_text` wrote."""
    header_from, envelope_from, dkim, spf, overrides, arc = json.loads(text)
    return Way(
        header_from,
        envelope_from,
        tuple([DkimAuth(d, s, _RESULTS[r]) for d, s, r in dkim]),
        tuple([SpfAuth(d, _SCOPES[s], _RESULTS[r]) for d, s, r in spf]),
        tuple([_OVERRIDES[o] for o in overrides]),
        bool(arc),
    )


def envelope_of(way: Way) -> str:
    """The envelope domain, from the identifiers or else from the SPF result: not every reporter tells both."""
    if way.envelope_from:
        return way.envelope_from
    return next((auth.domain for auth in way.spf if auth.scope is not SpfScope.HELO), "")


def way_key(said: Said) -> int:
    """The key of `way_of(said)`, stable for ever."""
    return way_key_and_text(said)[0]


def way_key_and_text(said: Said) -> tuple[int, str]:
    """The key, and the text where it had to be made for that; else it is empty."""
    key = said.memo.get("way_key")
    if key is not None:
        assert isinstance(key, int)
        return key, ""
    text = way_text_of(said)
    key = said.memo["way_key"] = _key63(text)
    return key, text


def dkim_is_aligned(said: Said, policy: PolicyPublished) -> bool:
    """Aligned DKIM pass: what the receiver says, or, where it says nothing, what its raw results give (RFC 9989, 4.4.1)."""
    if said.dkim_aligned is not _ABSENT:
        return said.dkim_aligned is _PASS
    strict = policy.adkim is AlignmentMode.STRICT
    return any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)


def spf_is_aligned(said: Said, policy: PolicyPublished) -> bool:
    """Aligned SPF pass, likewise (RFC 9989, 4.4.2); HELO never counts."""
    if said.spf_aligned is not _ABSENT:
        return said.spf_aligned is _PASS
    strict = policy.aspf is AlignmentMode.STRICT
    return any(
        s.result is AuthResult.PASS and s.scope is not SpfScope.HELO and aligned(s.domain, said.header_from, strict=strict)
        for s in said.spf
    )
