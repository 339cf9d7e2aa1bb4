"""The way of authentication of a record, its key, and alignment: pure derivations of a `Said`, cached on it."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import blake2b

from sekisho.core.facts import Way
from sekisho.core.names import aligned
from sekisho.core.reports.values import DkimAuth, PolicyPublished, Said, SpfAuth
from sekisho.core.terms import Aligned, AlignmentMode, AuthResult, Override, SpfScope


def key63(*parts: object) -> int:
    """A stable hash of the parts in 63 bits, so that it fits every store's signed BIGINT."""
    text = "\x1f".join(str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


def way_of(said: Said) -> Way:
    """The way of authentication: human words dropped, results sorted, so that equal ways are equal."""
    return way_from_text(way_text_of(said))


def way_text_of(said: Said) -> str:
    """`way_text(way_of(said))`, made directly: this is done for every distinct record."""
    text = said.memo.get("way")
    if text is None:
        text = said.memo["way"] = _text(
            said.header_from,
            said.envelope_from,
            sorted({auth[:3] for auth in said.dkim}) if len(said.dkim) > 1 else [auth[:3] for auth in said.dkim],
            sorted({auth[:3] for auth in said.spf}) if len(said.spf) > 1 else [auth[:3] for auth in said.spf],
            sorted({r.type for r in said.reasons} - {Override.ABSENT}) if said.reasons else [],
            int(any("arc=pass" in r.comment.lower() for r in said.reasons)),
        )
    assert isinstance(text, str)
    return text


def way_text(way: Way) -> str:
    """The way as compact JSON; `way_from_text` reads it back."""
    dkim, spf = [d[:3] for d in way.dkim], [s[:3] for s in way.spf]
    return _text(way.header_from, way.envelope_from, dkim, spf, list(way.overrides), int(way.arc_pass))


def _text(*parts: object) -> str:
    return _encode(parts)


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
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


def way_key(said: Said) -> int:
    """The key of `way_of(said)`, stable for ever."""
    key = said.memo.get("way_key")
    if key is None:
        key = said.memo["way_key"] = key63(way_text_of(said))
    assert isinstance(key, int)
    return key


def dkim_is_aligned(said: Said, policy: PolicyPublished) -> bool:
    """Aligned DKIM pass: what the receiver says, or, where it says nothing, what its raw results give (RFC 9989, 4.4.1)."""
    if said.dkim_aligned is not Aligned.ABSENT:
        return said.dkim_aligned is Aligned.PASS
    strict = policy.adkim is AlignmentMode.STRICT
    return any(d.result is AuthResult.PASS and aligned(d.domain, said.header_from, strict=strict) for d in said.dkim)


def spf_is_aligned(said: Said, policy: PolicyPublished) -> bool:
    """Aligned SPF pass, likewise (RFC 9989, 4.4.2); HELO never counts."""
    if said.spf_aligned is not Aligned.ABSENT:
        return said.spf_aligned is Aligned.PASS
    strict = policy.aspf is AlignmentMode.STRICT
    return any(
        s.result is AuthResult.PASS and s.scope is not SpfScope.HELO and aligned(s.domain, said.header_from, strict=strict)
        for s in said.spf
    )
