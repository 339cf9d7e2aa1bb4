"""What a domain's own records say to the judge: who may send, who takes mail in, which keys and names there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from operator import attrgetter

from sekisho.core.facts import Context, Flow
from sekisho.core.reports.incident import network_of
from sekisho.core.spf.networks import Networks
from sekisho.core.state.gather import DomainState
from sekisho.core.state.spf import is_permitted, network_is_permitted, networks_of
from sekisho.core.terms import Found


@dataclass(frozen=True, slots=True)
class OwnRecords:
    """The own records of a domain, ready to be looked up in; whatever is not known speaks neither for nor against."""

    domain: str
    mx_addresses: frozenset[str] = frozenset()
    mx_hosts: tuple[str, ...] = ()
    web_addresses: frozenset[str] = frozenset()
    is_parked: bool = False
    published: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) with a usable key today."""
    withdrawn: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) that surely have none; mail of last week may have been signed with it."""
    names: Mapping[str, Found] = field(default_factory=dict)
    """Whether sub-domains exist."""
    networks: Networks | None = None
    """The addresses that the SPF record permits; None where that is not known."""
    others: tuple[Networks, ...] = ()
    """The same of sub-domains that mail is sent from."""
    permitted: Mapping[str, Found] = field(default_factory=dict)
    """Whether it permits an address, of which only the whole check can tell."""
    changed_day: int = 0
    """Day of the last known change of SPF, DKIM or DMARC records (days since 1970-01-01); 0 when none is known."""


def own_records(state: DomainState, *, is_parked: bool = False, changed_day: int = 0) -> OwnRecords:
    """The own records in a state; `is_parked` is the owner's word."""
    return OwnRecords(
        state.domain,
        frozenset(_canonical(address) for address in state.mx.addresses if state.mx.hosts),
        tuple(sorted({exchanger.host for exchanger in state.mx.hosts[:MAX_MX]})),
        frozenset(map(_canonical, state.web)),
        is_parked or state.is_parked,
        frozenset((k.domain, k.selector) for k in state.keys if k.key is not None and k.key.is_usable),
        frozenset((k.domain, k.selector) for k in state.keys if k.state is Found.NO or (k.key is not None and k.key.is_revoked)),
        state.names,
        networks_of(state.spf),
        tuple(networks for networks in map(networks_of, state.senders) if networks is not None),
        state.permitted,
        changed_day,
    )


MAX_MX = 10
"""MX hosts that the judge compares with a sender; more are hardly of other operators."""


class OwnView:
    """The own records of a domain at the side of the judge: contexts are filled source by source, at a few microseconds each."""

    __slots__ = ("_known", "_missing", "_own", "_real", "_unproven", "_web_networks")

    def __init__(self, own: OwnRecords) -> None:
        self._own = own
        self._known: frozenset[tuple[str, str]] = frozenset()
        self._real = self._unproven = own.published
        self._missing = own.withdrawn
        self._web_networks = frozenset(filter(None, map(network_of, own.web_addresses)))

    def told(self, source: Sequence[tuple[Flow, Context]]) -> list[tuple[Flow, Context]]:
        """The flows of one address with contexts that say what the own records do about address, keys and names."""
        own, address = self._own, source[0][0].key.source_ip
        permitted = is_permitted(own.networks, own.permitted, address)
        near = network_is_permitted(own.networks, address)
        for other in own.others:
            permitted = Found.YES if is_permitted(other, {}, address) is Found.YES else permitted
            near = Found.YES if network_is_permitted(other, address) is Found.YES else near
        is_mx, is_web = address in own.mx_addresses, address in own.web_addresses
        is_near_web = source[0][1].network in self._web_networks
        found = []
        for flow, context in source:
            values = list(_VALUES(context))
            values[_EXISTS] = own.names.get(flow.way.header_from, Found.UNKNOWN)
            values[_PERMITTED] = permitted
            values[_WITHDRAWN] = own.withdrawn
            values[_NEAR] = near
            values[_CHANGED] = own.changed_day
            values[_MX] = is_mx
            values[_MX_HOSTS], values[_WEB], values[_NEAR_WEB] = own.mx_hosts, is_web, is_near_web
            values[_PARKED] = own.is_parked
            values[_SELECTORS] = self._selectors(context.real_selectors)
            values[_UNPROVEN], values[_MISSING] = self._unproven, self._missing
            found.append((flow, Context(*values)))
        return found

    def _selectors(self, seen: frozenset[tuple[str, str]]) -> frozenset[tuple[str, str]]:
        """The keys that passed and those that are published; all flows of a domain share the former, so it is done once."""
        if seen is not self._known:
            self._known, self._real = seen, seen | self._own.published
            self._unproven, self._missing = self._own.published - seen, self._own.withdrawn - seen
        return self._real


_NAMES = tuple(each.name for each in fields(Context))
_VALUES = attrgetter(*_NAMES)
_EXISTS, _PERMITTED, _MX, _PARKED, _SELECTORS = map(
    _NAMES.index, ("header_from_exists", "in_own_spf", "is_own_mx", "is_parked", "real_selectors")
)
_MX_HOSTS, _WEB, _NEAR_WEB = map(_NAMES.index, ("mx_hosts", "is_own_web", "is_near_web"))
_UNPROVEN, _MISSING = map(_NAMES.index, ("unproven_selectors", "missing_selectors"))
_WITHDRAWN, _NEAR, _CHANGED = map(_NAMES.index, ("withdrawn_selectors", "network_in_own_spf", "records_changed_day"))
"""`dataclasses.replace` takes four times as long, and a domain may have a million flows."""


def own_context(own: OwnRecords, flow: Flow, context: Context) -> Context:
    """One context with what the own records say; for many, see `OwnView`."""
    return OwnView(own).told([(flow, context)])[0][1]


def _canonical(address: str) -> str:
    try:
        return str(ip_address(address))
    except ValueError:
        return address
