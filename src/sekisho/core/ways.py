"""The way of authentication of a record, its key, and alignment: pure derivations of a `Said`, cached on it."""

from __future__ import annotations

import json
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
    cached = said.memo.get("way")
    if cached is None:
        cached = said.memo["way"] = Way(
            header_from=said.header_from,
            envelope_from=said.envelope_from,
            dkim=tuple(sorted({_without_words(d) for d in said.dkim})),
            spf=tuple(sorted({_without_words_spf(s) for s in said.spf})),
            overrides=tuple(sorted({r.type for r in said.reasons} - {Override.ABSENT})),
            arc_pass=any("arc=pass" in r.comment.lower() for r in said.reasons),
        )
    assert isinstance(cached, Way)
    return cached


def _without_words(auth: DkimAuth) -> DkimAuth:
    """The result without what was said in words."""
    return auth._replace(human_result="")


def _without_words_spf(auth: SpfAuth) -> SpfAuth:
    """The result without what was said in words."""
    return auth._replace(human_result="")


def way_text(way: Way) -> str:
    """The way as compact JSON; `way_from_text` reads it back."""
    return json.dumps(
        [
            way.header_from,
            way.envelope_from,
            [d[:3] for d in way.dkim],
            [s[:3] for s in way.spf],
            list(way.overrides),
            int(way.arc_pass),
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def way_from_text(text: str) -> Way:
    """The way that `way_text` wrote."""
    header_from, envelope_from, dkim, spf, overrides, arc = json.loads(text)
    return Way(
        header_from,
        envelope_from,
        tuple(DkimAuth(d, s, AuthResult(r)) for d, s, r in dkim),
        tuple(SpfAuth(d, SpfScope(s), AuthResult(r)) for d, s, r in spf),
        tuple(Override(o) for o in overrides),
        bool(arc),
    )


def way_key(said: Said) -> int:
    """The key of `way_of(said)`, stable for ever."""
    cached = said.memo.get("way_key")
    if cached is None:
        cached = said.memo["way_key"] = key63(way_text(way_of(said)))
    assert isinstance(cached, int)
    return cached


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
