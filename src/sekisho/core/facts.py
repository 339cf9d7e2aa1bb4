"""The values between the rooms: evidence on an address, a flow, its context, the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sekisho.core.quick import quick
from sekisho.core.reports.values import DkimAuth, SpfAuth
from sekisho.core.terms import Class, Found, Override


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address is thought to be; city level at best."""

    country: str = ""
    """ISO 3166 alpha-2, empty when unknown."""
    city: str = ""
    latitude: float | None = None
    longitude: float | None = None


@quick
@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of an address. Each part may be unknown; unknown speaks neither for nor against."""

    address: str
    ptr_state: Found = Found.UNKNOWN
    ptr: str = ""
    """The host name in normal form; only with `ptr_state` yes."""
    confirmed: Found = Found.UNKNOWN
    """Whether the host name leads back to the address."""
    place: Place = Place()
    asn: int = 0
    as_name: str = ""
    as_domain: str = ""
    listed: tuple[str, ...] = ()
    """DNS lists that have the address."""
    lists_asked: int = 0
    """DNS lists that answered at all."""
    at: int = 0
    """Unix seconds of the last look-up in the DNS; 0 when never."""
    cleared: tuple[str, ...] = ()
    """DNS lists that said that they do not have it; known just after the look-up only, to end what `registry.listings` keeps."""


class FlowKey(NamedTuple):
    """One mail flow: who claims to be whom, from where, authenticated how."""

    org: int
    domain: str
    source_ip: str
    way: int
    """Key of the way of authentication, see `Way`."""


@quick
@dataclass(frozen=True, slots=True)
class Way:
    """A way of authentication: what a `Said` says that matters to the judge. `core.ways` makes it and its key."""

    header_from: str
    envelope_from: str
    dkim: tuple[DkimAuth, ...]
    spf: tuple[SpfAuth, ...]
    overrides: tuple[Override, ...]
    arc_pass: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Flow:
    """A failing flow, summed over the time that is looked at. Days are days since 1970-01-01 (UTC)."""

    key: FlowKey
    way: Way
    messages: int
    first_day: int
    last_day: int
    days: int
    """Days on which it was seen."""
    reporters: int


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """What the store knows around a flow: sums are messages for the same domain within the window."""

    window_days: int = 90
    source_dkim: int = 0
    """Aligned DKIM passes from the same address."""
    source_spf: int = 0
    """Aligned SPF passes from the same address."""
    source_failed: int = 0
    """DMARC failures from the same address."""
    source_first_day: int = 0
    """First day the address was seen for the domain at all."""
    source_first_pass_day: int = 0
    """First and last day of an aligned pass from the address; 0 when never."""
    source_last_pass_day: int = 0
    group_passed: int = 0
    """Aligned passes from other addresses of the same sending group."""
    group_hosts: int = 0
    """Other addresses of the group that passed."""
    group_spf: int = 0
    """Of them aligned SPF passes: forwarding keeps signatures, but never SPF, so these hosts are the domain's senders."""
    network_passed: int = 0
    """Aligned passes from the same /24 (IPv4) or /48 (IPv6), other addresses."""
    network_spf: int = 0
    """Of them aligned SPF passes."""
    network: str = ""
    envelope_passed: int = 0
    """Aligned passes of mail with the same envelope organizational domain."""
    real_selectors: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) of signatures that passed aligned for the domain, from anywhere."""
    group_keys: frozenset[tuple[str, str]] = frozenset()
    """Those of them most of whose passing mail came from this sending group: who forwards hands over keys that others hold."""
    group_selectors: frozenset[tuple[str, str]] = frozenset()
    """All of them that passed from this sending group."""
    unproven_selectors: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) with a key in the DNS that no passing mail was signed with."""
    signed_share: float | None = None
    """Share of the domain's passing mail with an aligned DKIM pass; None when there is no passing mail."""
    domain_passed: int = 0
    """Messages of the domain that passed DMARC."""
    services: frozenset[str] = frozenset()
    """Ids of services (book) whose hosts passed aligned for the domain."""
    domains_claimed: int = 1
    """Domains of this organisation, unrelated by organizational domain, that the address fails for."""
    began_together: int = 0
    """Other failing addresses first seen on the same day, without any pass."""
    decision: Decision | None = None
    header_from_exists: Found = Found.UNKNOWN
    """Whether the name in the From header exists in the DNS."""
    in_own_spf: Found = Found.UNKNOWN
    """Whether the domain's SPF record of today permits the address."""
    withdrawn_selectors: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) named by mail of the domain that surely have no key in the DNS today; what passed before may be among them."""
    network_in_own_spf: Found = Found.UNKNOWN
    """Whether that record permits any address of the same /24 (IPv4) or /48 (IPv6)."""
    records_changed_day: int = 0
    """Day of the last known change of the domain's SPF, DKIM or DMARC records; 0 when none is known."""
    missing_selectors: frozenset[tuple[str, str]] = frozenset()
    """(d=, selector) that surely have no key in the DNS today."""
    is_own_mx: bool = False
    """The address takes mail in for the domain."""
    is_parked: bool = False
    """The owner has said that the domain sends no mail."""
    organisations: int = 0
    """Other organisations here whose domains the address fails for."""
    passes_for: int = 0
    """Other organisations here for whose domains the address delivered aligned passes."""
    until: int = 0
    """The last day that is looked at."""
    domain_first_day: int = 0
    """The first day the domain was seen at all: sources of that day did not begin then, the reports did."""
    strangers: int = 0
    """Failing addresses of the domain without any pass."""
    untold: float = 0.0
    """Share of the flow's messages that were told by receivers which tell nothing of DKIM, not even where it passes."""
    way_hosts: int = 0
    """Addresses with failing mail of the very same way of authentication."""
    way_messages: int = 0
    way_days: int = 0
    way_first_day: int = 0
    way_last_day: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a sending group or flow."""

    verdict: Class
    person: str
    day: int


@quick
@dataclass(frozen=True, slots=True)
class Because:
    """One reason of a verdict: a code of the glossary, which class it speaks for, how much, and its values."""

    code: str
    toward: Class | None
    weight: int
    """1 to 5, as shown by five marks."""
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Group:
    """A sending group.

    Keys: `svc.ID` (book), `dom.NAME` (confirmed host names), `claim.NAME` (unconfirmed ones), `net.NAME` (network owner),
    `unknown`.
    """

    key: str
    label: str
    """A name for people when it needs no translation; of a service, its English name."""


@quick
@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a flow, how sure (0 to 1), and why; reasons for it first, the strongest first."""

    klass: Class
    confidence: float
    because: tuple[Because, ...]
    advice: str = ""
    """Code of what to do (glossary, section 4)."""
