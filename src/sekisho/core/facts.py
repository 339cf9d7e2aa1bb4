"""The values between the rooms: evidence on an address, a flow, its context, the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

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


@dataclass(slots=True, init=False)
class Evidence:
    """What is known of an address. Each part may be unknown; unknown speaks neither for nor against."""

    address: Final[str]
    ptr_state: Final[Found]
    ptr: Final[str]
    """The host name in normal form; only with `ptr_state` yes."""
    confirmed: Final[Found]
    """Whether the host name leads back to the address."""
    place: Final[Place]
    asn: Final[int]
    as_name: Final[str]
    as_domain: Final[str]
    listed: Final[tuple[str, ...]]
    """DNS lists that have the address."""
    lists_asked: Final[int]
    """DNS lists that answered at all."""
    at: Final[int]
    """Unix seconds of the last look-up in the DNS; 0 when never."""
    cleared: Final[tuple[str, ...]]
    """DNS lists that said that they do not have it; known just after the look-up only, to end what `registry.listings` keeps."""

    def __init__(
        self,
        address: str,
        ptr_state: Found = Found.UNKNOWN,
        ptr: str = "",
        confirmed: Found = Found.UNKNOWN,
        place: Place = Place(),
        asn: int = 0,
        as_name: str = "",
        as_domain: str = "",
        listed: tuple[str, ...] = (),
        lists_asked: int = 0,
        at: int = 0,
        cleared: tuple[str, ...] = (),
    ) -> None:
        self.address = address
        self.ptr_state = ptr_state
        self.ptr = ptr
        self.confirmed = confirmed
        self.place = place
        self.asn = asn
        self.as_name = as_name
        self.as_domain = as_domain
        self.listed = listed
        self.lists_asked = lists_asked
        self.at = at
        self.cleared = cleared


class FlowKey(NamedTuple):
    """One mail flow: who claims to be whom, from where, authenticated how."""

    org: int
    domain: str
    source_ip: str
    way: int
    """Key of the way of authentication, see `Way`."""


@dataclass(slots=True, init=False)
class Way:
    """A way of authentication: what a `Said` says that matters to the judge. `core.ways` makes it and its key."""

    header_from: Final[str]
    envelope_from: Final[str]
    dkim: Final[tuple[DkimAuth, ...]]
    spf: Final[tuple[SpfAuth, ...]]
    overrides: Final[tuple[Override, ...]]
    arc_pass: Final[bool]

    def __init__(
        self,
        header_from: str,
        envelope_from: str,
        dkim: tuple[DkimAuth, ...],
        spf: tuple[SpfAuth, ...],
        overrides: tuple[Override, ...],
        arc_pass: bool = False,
    ) -> None:
        self.header_from = header_from
        self.envelope_from = envelope_from
        self.dkim = dkim
        self.spf = spf
        self.overrides = overrides
        self.arc_pass = arc_pass


@dataclass(slots=True, init=False)
class Flow:
    """A failing flow, summed over the time that is looked at. Days are days since 1970-01-01 (UTC)."""

    key: Final[FlowKey]
    way: Final[Way]
    messages: Final[int]
    first_day: Final[int]
    last_day: Final[int]
    days: Final[int]
    """Days on which it was seen."""
    reporters: Final[int]

    def __init__(
        self,
        key: FlowKey,
        way: Way,
        messages: int,
        first_day: int,
        last_day: int,
        days: int,
        reporters: int,
    ) -> None:
        self.key = key
        self.way = way
        self.messages = messages
        self.first_day = first_day
        self.last_day = last_day
        self.days = days
        self.reporters = reporters


class Beat(NamedTuple):
    """How some failing mail of a domain is spread over days, receivers and hosts; what is long ago counts as one day."""

    messages: int
    weekend: int
    """Messages on Saturdays and Sundays (UTC)."""
    days: int
    """Days with any."""
    first_day: int
    last_day: int
    reporters: int
    hosts: int = 1
    listed: int = 0
    """Hosts that are on a DNS list."""


NO_BEAT = Beat(0, 0, 0, 0, 0, 0)


@dataclass(slots=True, init=False)
class Context:
    """What the store knows around a flow: sums are messages for the same domain within the window."""

    window_days: Final[int]
    source_dkim: Final[int]
    """Aligned DKIM passes from the same address."""
    source_spf: Final[int]
    """Aligned SPF passes from the same address."""
    source_failed: Final[int]
    """DMARC failures from the same address."""
    source_first_day: Final[int]
    """First day the address was seen for the domain at all."""
    source_first_pass_day: Final[int]
    """First and last day of an aligned pass from the address; 0 when never."""
    source_last_pass_day: Final[int]
    group_passed: Final[int]
    """Aligned passes from other addresses of the same sending group."""
    group_hosts: Final[int]
    """Other addresses of the group that passed."""
    group_spf: Final[int]
    """Of them aligned SPF passes: forwarding keeps signatures, but never SPF, so these hosts are the domain's senders."""
    network_passed: Final[int]
    """Aligned passes from the same /24 (IPv4) or /48 (IPv6), other addresses."""
    network_spf: Final[int]
    """Of them aligned SPF passes."""
    network: Final[str]
    envelope_passed: Final[int]
    """Aligned passes of mail with the same envelope organizational domain."""
    real_selectors: Final[frozenset[tuple[str, str]]]
    """(d=, selector) of signatures that passed aligned for the domain, from anywhere."""
    group_keys: Final[frozenset[tuple[str, str]]]
    """Those of them most of whose passing mail came from this sending group: who forwards hands over keys that others hold."""
    group_selectors: Final[frozenset[tuple[str, str]]]
    """All of them that passed from this sending group."""
    unproven_selectors: Final[frozenset[tuple[str, str]]]
    """(d=, selector) with a key in the DNS that no passing mail was signed with."""
    signed_share: Final[float | None]
    """Share of the domain's passing mail with an aligned DKIM pass; None when there is no passing mail."""
    domain_passed: Final[int]
    """Messages of the domain that passed DMARC."""
    services: Final[frozenset[str]]
    """Ids of services (book) whose hosts passed aligned for the domain."""
    domains_claimed: Final[int]
    """Domains of this organisation, unrelated by organizational domain, that the address fails for."""
    began_together: Final[int]
    """Other failing addresses first seen on the same day, without any pass."""
    decision: Final[Decision | None]
    header_from_exists: Final[Found]
    """Whether the name in the From header exists in the DNS."""
    in_own_spf: Final[Found]
    """Whether the domain's SPF record of today permits the address."""
    withdrawn_selectors: Final[frozenset[tuple[str, str]]]
    """(d=, selector) named by mail of the domain that surely have no key in the DNS today; what passed before may be among them."""
    network_in_own_spf: Final[Found]
    """Whether that record permits any address of the same /24 (IPv4) or /48 (IPv6)."""
    records_changed_day: Final[int]
    """Day of the last known change of the domain's SPF, DKIM or DMARC records; 0 when none is known."""
    missing_selectors: Final[frozenset[tuple[str, str]]]
    """(d=, selector) that surely have no key in the DNS today."""
    is_own_mx: Final[bool]
    """The address takes mail in for the domain."""
    is_parked: Final[bool]
    """The owner has said that the domain sends no mail."""
    organisations: Final[int]
    """Other organisations here whose domains the address fails for."""
    passes_for: Final[int]
    """Other organisations here for whose domains the address delivered aligned passes."""
    until: Final[int]
    """The last day that is looked at."""
    domain_first_day: Final[int]
    """The first day the domain was seen at all: sources of that day did not begin then, the reports did."""
    strangers: Final[int]
    """Failing addresses of the domain without any pass."""
    untold: Final[float]
    """Share of the flow's messages that were told by receivers which tell nothing of DKIM, not even where it passes."""
    way_hosts: Final[int]
    """Addresses with failing mail of the very same way of authentication."""
    carries_for: Final[int]
    """Other domains for which the address delivers aligned DKIM passes and never an aligned SPF pass: it passes their mail on."""
    permitted_for: Final[int]
    """Other domains for which it delivers aligned SPF passes: it sends for them."""
    siblings: Final[int]
    """Of them those of this organisation."""
    country_share: Final[float | None]
    """Share of the domain's passing mail that came from hosts in the same country; None where the country is not known."""
    beat: Final[Beat]
    """All failing mail of the address."""
    kin: Final[Beat]
    """All failing mail of the sending group with the same envelope domain."""
    is_own_web: Final[bool]
    """The domain's web pages are at the address."""
    is_near_web: Final[bool]
    """They are in the same /24 (IPv4) or /48 (IPv6)."""
    mx_hosts: Final[tuple[str, ...]]
    """Names of the hosts that take mail in for the domain."""
    receivers: Final[float]
    """How like the receivers that report it are to those of the domain's own mail: about -2 (quite others) to 2 nats, 0 where
    nothing can be said. Of the hosts of the sending group with the same envelope domain."""
    family: Final[frozenset[str]]
    """The organizational domains that this organisation has reports for."""

    def __init__(
        self,
        window_days: int = 90,
        source_dkim: int = 0,
        source_spf: int = 0,
        source_failed: int = 0,
        source_first_day: int = 0,
        source_first_pass_day: int = 0,
        source_last_pass_day: int = 0,
        group_passed: int = 0,
        group_hosts: int = 0,
        group_spf: int = 0,
        network_passed: int = 0,
        network_spf: int = 0,
        network: str = "",
        envelope_passed: int = 0,
        real_selectors: frozenset[tuple[str, str]] = frozenset(),
        group_keys: frozenset[tuple[str, str]] = frozenset(),
        group_selectors: frozenset[tuple[str, str]] = frozenset(),
        unproven_selectors: frozenset[tuple[str, str]] = frozenset(),
        signed_share: float | None = None,
        domain_passed: int = 0,
        services: frozenset[str] = frozenset(),
        domains_claimed: int = 1,
        began_together: int = 0,
        decision: Decision | None = None,
        header_from_exists: Found = Found.UNKNOWN,
        in_own_spf: Found = Found.UNKNOWN,
        withdrawn_selectors: frozenset[tuple[str, str]] = frozenset(),
        network_in_own_spf: Found = Found.UNKNOWN,
        records_changed_day: int = 0,
        missing_selectors: frozenset[tuple[str, str]] = frozenset(),
        is_own_mx: bool = False,
        is_parked: bool = False,
        organisations: int = 0,
        passes_for: int = 0,
        until: int = 0,
        domain_first_day: int = 0,
        strangers: int = 0,
        untold: float = 0.0,
        way_hosts: int = 0,
        carries_for: int = 0,
        permitted_for: int = 0,
        siblings: int = 0,
        country_share: float | None = None,
        beat: Beat = NO_BEAT,
        kin: Beat = NO_BEAT,
        is_own_web: bool = False,
        is_near_web: bool = False,
        mx_hosts: tuple[str, ...] = (),
        receivers: float = 0.0,
        family: frozenset[str] = frozenset(),
    ) -> None:
        self.window_days = window_days
        self.source_dkim = source_dkim
        self.source_spf = source_spf
        self.source_failed = source_failed
        self.source_first_day = source_first_day
        self.source_first_pass_day = source_first_pass_day
        self.source_last_pass_day = source_last_pass_day
        self.group_passed = group_passed
        self.group_hosts = group_hosts
        self.group_spf = group_spf
        self.network_passed = network_passed
        self.network_spf = network_spf
        self.network = network
        self.envelope_passed = envelope_passed
        self.real_selectors = real_selectors
        self.group_keys = group_keys
        self.group_selectors = group_selectors
        self.unproven_selectors = unproven_selectors
        self.signed_share = signed_share
        self.domain_passed = domain_passed
        self.services = services
        self.domains_claimed = domains_claimed
        self.began_together = began_together
        self.decision = decision
        self.header_from_exists = header_from_exists
        self.in_own_spf = in_own_spf
        self.withdrawn_selectors = withdrawn_selectors
        self.network_in_own_spf = network_in_own_spf
        self.records_changed_day = records_changed_day
        self.missing_selectors = missing_selectors
        self.is_own_mx = is_own_mx
        self.is_parked = is_parked
        self.organisations = organisations
        self.passes_for = passes_for
        self.until = until
        self.domain_first_day = domain_first_day
        self.strangers = strangers
        self.untold = untold
        self.way_hosts = way_hosts
        self.carries_for = carries_for
        self.permitted_for = permitted_for
        self.siblings = siblings
        self.country_share = country_share
        self.beat = beat
        self.kin = kin
        self.is_own_web = is_own_web
        self.is_near_web = is_near_web
        self.mx_hosts = mx_hosts
        self.receivers = receivers
        self.family = family


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a sending group or flow."""

    verdict: Class
    person: str
    day: int


@dataclass(slots=True, init=False)
class Because:
    """One reason of a verdict: a code of the glossary, which class it speaks for, how much, and its values."""

    code: Final[str]
    toward: Final[Class | None]
    weight: Final[int]
    """1 to 5, as shown by five marks."""
    values: Final[Mapping[str, str | int]]

    def __init__(
        self,
        code: str,
        toward: Class | None,
        weight: int,
        values: Mapping[str, str | int] | None = None,
    ) -> None:
        self.code = code
        self.toward = toward
        self.weight = weight
        self.values = {} if values is None else values


@dataclass(frozen=True, slots=True)
class Group:
    """A sending group.

    Keys: `svc.ID` (book), `dom.NAME` (confirmed host names), `claim.NAME` (unconfirmed ones), `net.NAME` (network owner),
    `unknown`.
    """

    key: str
    label: str
    """A name for people when it needs no translation; of a service, its English name."""


@dataclass(slots=True, init=False)
class Verdict:
    """The class of a flow, how sure (0 to 1), and why; reasons for it first, the strongest first."""

    klass: Final[Class]
    confidence: Final[float]
    because: Final[tuple[Because, ...]]
    advice: Final[str]
    """Code of what to do (glossary, section 4)."""

    def __init__(
        self,
        klass: Class,
        confidence: float,
        because: tuple[Because, ...],
        advice: str = "",
    ) -> None:
        self.klass = klass
        self.confidence = confidence
        self.because = because
        self.advice = advice
