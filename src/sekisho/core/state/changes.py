"""How two states of a domain differ: what is only unknown in one of them is no change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sekisho.core.spf.tree import State
from sekisho.core.state.findings import Part
from sekisho.core.state.gather import DomainState
from sekisho.core.terms import Found

SHOWN = 4096
"""Characters of a record that a change holds."""


class Change(NamedTuple):
    """One difference; `before` and `after` are records as text, empty where there was or is none."""

    part: Part
    name: str
    before: str
    after: str


def changes(old: DomainState, new: DomainState) -> tuple[Change, ...]:
    """What has changed from one state to the other; what was not known before, or is not known now, is left out."""
    before, after = _records(old), _records(new)
    found = []
    for key, text in after.items():
        was = before.get(key)
        if was is not None and text is not None and was != text:
            found.append(Change(*key, was[:SHOWN], text[:SHOWN]))
    return tuple(found)


def _records(state: DomainState) -> dict[tuple[Part, str], str | None]:
    """Each record by its name; None where it is unknown."""
    return dict(_each(state))


def _each(state: DomainState) -> Iterator[tuple[tuple[Part, str], str | None]]:
    domain = state.domain
    known = state.servers_state is not Found.UNKNOWN
    yield (Part.DOMAIN, domain), _lines(state.servers) if known else None
    yield (Part.SPF, domain), None if state.spf.state is Found.UNKNOWN else _lines(state.spf.texts)
    if state.spf.tree is not None:
        for node in state.spf.tree.nodes.values():
            if node.domain != domain and node.state not in (State.UNKNOWN, State.CUT):
                yield (Part.SPF, node.domain), _lines(node.texts)
    for stop in state.dmarc.stops[:1]:
        texts = [text for text in stop.answer.values if "dmarc" in text.lower()]
        yield (Part.DMARC, f"_dmarc.{stop.domain}"), None if stop.answer.failed else _lines(texts)
    if state.dmarc.state is not Found.UNKNOWN and state.dmarc.policy_domain not in ("", domain):
        record = state.dmarc.record
        yield (Part.DMARC, f"_dmarc.{state.dmarc.policy_domain}"), record.text if record is not None else ""
    for found in state.keys:
        text = None if found.state is Found.UNKNOWN else found.key.text if found.key is not None else ""
        yield (Part.DKIM, f"{found.selector}._domainkey.{found.domain}"), text
    mx = state.mx
    hosts = ["0 ."] if mx.is_null else [f"{exchanger.preference} {exchanger.host}" for exchanger in mx.hosts]
    yield (Part.MX, domain), None if mx.state is Found.UNKNOWN else _lines(hosts)
    sts = state.sts
    yield (Part.STS, f"_mta-sts.{domain}"), None if sts.state is Found.UNKNOWN else sts.text
    if sts.fetched is not Found.UNKNOWN:
        yield (Part.STS, f"mta-sts.{domain}"), sts.policy.text if sts.policy is not None else ""
    yield (Part.TLSRPT, f"_smtp._tls.{domain}"), None if state.tlsrpt.state is Found.UNKNOWN else state.tlsrpt.text
    yield (Part.BIMI, f"default._bimi.{domain}"), None if state.bimi.state is Found.UNKNOWN else state.bimi.text


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)
