"""What a domain's own records say to the judge: who may send, who takes mail in, which keys and names there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

from sekisho.core.facts import Context, Flow
from sekisho.core.spf.networks import Networks
from sekisho.core.state.gather import DomainState
from sekisho.core.state.spf import is_permitted, networks_of
from sekisho.core.terms import Found


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """The own records of a domain, ready to be looked up in; whatever is not known speaks neither for nor against."""

    domain: str
    mx_addresses: frozenset[str] = frozenset()
    is_parked: bool = False
    published: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) with a usable key today."""
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) that surely have none; mail of last week may have been signed with it."""
    names: Mapping[str, Found] = field(default_factory=dict)
    """Whether sub-domains exist."""
    networks: Networks | None = None
    """The addresses that the SPF record permits; None where that is not known."""
    permitted: Mapping[str, Found] = field(default_factory=dict)
    """Whether it permits an address, of which only the whole check can tell."""


def own_records(state: DomainState, *, is_parked: bool = False) -> OwnRecords:
    """The own records in a state; `is_parked` is the owner's word."""
    return OwnRecords(
        state.domain,
        frozenset(_canonical(address) for address in state.mx.addresses if state.mx.hosts),
        is_parked or state.is_parked,
        frozenset((k.domain, k.selector) for k in state.keys if k.key is not None and k.key.is_usable),
        frozenset((k.domain, k.selector) for k in state.keys if k.state is Found.NO or (k.key is not None and k.key.is_revoked)),
        state.names,
        networks_of(state.spf),
        state.permitted,
    )


def own_context(own: OwnRecords, flow: Flow, context: Context) -> Context:
    """The context with what the own records say about the flow's address, keys and name."""
    address = flow.key.source_ip
    return replace(
        context,
        header_from_exists=own.names.get(flow.way.header_from, Found.UNKNOWN),
        in_own_spf=is_permitted(own.networks, own.permitted, address),
        is_own_mx=address in own.mx_addresses,
        is_parked=own.is_parked,
        real_selectors=context.real_selectors | own.published if own.published else context.real_selectors,
    )


def _canonical(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return address
