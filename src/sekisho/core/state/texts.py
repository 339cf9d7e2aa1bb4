"""The records of a state as text, each with its name, in the order of pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sekisho.core.state.findings import Part
from sekisho.core.state.gather import DomainState


class Text(NamedTuple):
    """One record."""

    name: str
    rtype: str
    text: str


def texts(state: DomainState) -> Mapping[Part, tuple[Text, ...]]:
    """The records by what they are about; what is missing or unknown is left out."""
    found: dict[Part, list[Text]] = {part: [] for part in Part}
    for part, text in _each(state):
        if text.text:
            found[part].append(text)
    return {part: tuple(some) for part, some in found.items()}


def _each(state: DomainState) -> Iterator[tuple[Part, Text]]:
    domain = state.domain
    for server in state.servers:
        yield Part.DOMAIN, Text(domain, "NS", server)
    own = state.dmarc.stops[0] if state.dmarc.stops else None
    if own is not None:
        for text in own.answer.values:
            if text == (own.record.text if own.record is not None else None) or "dmarc" in text.lower():
                yield Part.DMARC, Text(f"_dmarc.{own.domain}", "TXT", text)
    if state.dmarc.record is not None and state.dmarc.policy_domain != domain:
        yield Part.DMARC, Text(f"_dmarc.{state.dmarc.policy_domain}", "TXT", state.dmarc.record.text)
    for text in state.spf.texts:
        yield Part.SPF, Text(domain, "TXT", text)
    for found in state.keys:
        if found.key is not None:
            yield Part.DKIM, Text(f"{found.selector}._domainkey.{found.domain}", "TXT", found.key.text)
    if state.mx.is_null:
        yield Part.MX, Text(domain, "MX", "0 .")
    for exchanger in state.mx.hosts:
        yield Part.MX, Text(domain, "MX", f"{exchanger.preference} {exchanger.host}")
    yield Part.STS, Text(f"_mta-sts.{domain}", "TXT", state.sts.text)
    if state.sts.policy is not None:
        yield Part.STS, Text(f"mta-sts.{domain}/.well-known/mta-sts.txt", "HTTPS", state.sts.policy.text)
    yield Part.TLSRPT, Text(f"_smtp._tls.{domain}", "TXT", state.tlsrpt.text)
    yield Part.BIMI, Text(f"default._bimi.{domain}", "TXT", state.bimi.text)
