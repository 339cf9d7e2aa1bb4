"""Gathers what can be known of addresses: what this machine knows at once, the DNS when there is time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sekisho.core.errors import LookupFailed, SettingsError
from sekisho.core.facts import Evidence
from sekisho.core.questions import Asking
from sekisho.core.terms import Found
from sekisho.enrich.address import Address, askable
from sekisho.enrich.dnsbl import Health, Zone, ZoneState, listings, self_test, zones_from
from sekisho.enrich.geo import Geo, open_geo
from sekisho.enrich.known import read_known
from sekisho.enrich.ptr import host_name
from sekisho.net.dns import Dns, DnsSettings

if TYPE_CHECKING:
    from sekisho.enrich.registries import Registries

LIST_BURST = 10_000
LIST_PER_S = 20.0
"""One list is asked so often at once and so often a second after that: the first day of a new install, then good manners."""

TEST_EVERY_S = 86_400
TEST_AGAIN_S = 3_600
"""A sound list is tested daily, another one hourly, one that did not answer the next time."""

SILENT = 20
"""Questions in a row without any reply after which it is asked whether the DNS replies at all."""

Progress = Callable[[int, int], None]
"""Is told how many are done, of how many."""


class Wanted(Protocol):
    """The settings that this room reads."""

    @property
    def dns_servers(self) -> str:
        """See `DnsSettings.from_text`."""

    @property
    def rdap(self) -> str:
        """`on`, `off`, or a bootstrap file or URL."""

    @property
    def sample_file(self) -> str:
        """Evidence that is believed instead of any look-up; none when empty."""

    def listed(self, name: str) -> tuple[str, ...]:
        """The values of a comma-separated setting."""


class Gatherer:
    """Makes `Evidence` of addresses. `sample` holds evidence that is believed instead; without `dns` nothing is asked."""

    def __init__(
        self,
        geo: Geo,
        dns: Dns | None,
        zones: Sequence[Zone] = (),
        *,
        sample: Mapping[str, Evidence] | None = None,
        registries: Registries | None = None,
        rdap: str = "off",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.geo = geo
        self.dns = dns
        self.zones = tuple(zones)
        self._registries = registries
        self._rdap = rdap
        self._sample = sample or {}
        self._clock = clock
        self._states: dict[Zone, ZoneState] = {}
        for zone in self.zones if dns is not None else ():
            assert dns is not None
            dns.limit(zone.zone, per_s=LIST_PER_S, burst=LIST_BURST)

    @cached_property
    def registries(self) -> Registries | None:
        """Who is asked whose a network is; nobody when None. Raises SettingsError for a setting that cannot be."""
        return self._registries or _registries(self._rdap)

    @property
    def can_look_up(self) -> bool:
        """Whether the DNS may be asked."""
        return self.dns is not None and not self.dns.is_off

    def at_hand(self, addresses: Iterable[str]) -> list[Evidence]:
        """What is known without the network: place and network owner; one evidence an address, in order."""
        return [self._sample.get(address) or self._located(address) for address in addresses]

    def look_up(self, addresses: Sequence[str], progress: Progress | None = None) -> Iterator[Evidence]:
        """Evidence with host names and lists, each as soon as it is there, dated by the clock.

        Addresses that mean no host of the internet are dated without being asked about. Where the DNS is off, only what the
        sample knows comes. Where the DNS replies no more it ends early, and raises LookupFailed when it had found nothing.
        """
        for done, evidence in enumerate(self._all(addresses), 1):
            yield evidence
            if progress is not None:
                progress(done, len(addresses))

    def lists(self) -> list[ZoneState]:
        """The lists and what their last self-test found; those that were not tested yet are missing."""
        return [self._states[zone] for zone in self.zones if zone in self._states]

    def _all(self, addresses: Sequence[str]) -> Iterator[Evidence]:
        asked: list[tuple[str, Address]] = []
        for address in addresses:
            ip = askable(address)
            if address in self._sample:
                yield self._sample[address]
            elif ip is not None:
                asked.append((address, ip))
            elif self.can_look_up:
                yield replace(self._located(address), at=int(self._clock()))
        if self.dns is not None and not self.dns.is_off and asked:
            yield from self._from_dns(self.dns, asked)

    def _from_dns(self, dns: Dns, asked: Sequence[tuple[str, Address]]) -> Iterator[Evidence]:
        """The evidence that the DNS gives. Kept as unknown is only what it failed on while it was alive."""
        self._test(dns)
        doubtful: list[Evidence] = []
        any_found = False
        for evidence in dns.ask_many(self._evidence(address, ip) for address, ip in asked):
            if evidence.ptr_state is not Found.UNKNOWN or not dns.silent:
                any_found = True
                yield evidence
                continue
            doubtful.append(evidence)
            if dns.silent >= SILENT and not dns.replies():
                break
        if doubtful and dns.replies():
            yield from doubtful
        elif doubtful and not any_found:
            raise LookupFailed("the DNS does not reply; is SEKISHO_DNS_SERVERS right, and does the resolver run?")

    def _evidence(self, address: str, ip: Address) -> Asking[Evidence]:
        host = yield from host_name(ip)
        told = yield from listings(ip, self._sound(ip.version))
        for zone in told.refused:
            state = self._states[zone]
            self._states[zone] = replace(state, v4=Health.REFUSED, v6=Health.REFUSED, at=int(self._clock()))
        return replace(
            self._located(address),
            ptr_state=host.state,
            ptr=host.name,
            confirmed=host.confirmed,
            listed=told.listed,
            lists_asked=told.asked,
            cleared=told.cleared,
            at=int(self._clock()),
        )

    def _sound(self, version: int) -> list[Zone]:
        return [state.zone for state in self.lists() if state.health(version) is Health.SOUND]

    def _test(self, dns: Dns) -> None:
        """Tests the lists whose last test is too old."""
        now = int(self._clock())
        due = [zone for zone in self.zones if zone not in self._states or _is_due(self._states[zone], now)]
        for state in dns.ask_many(self_test(zone, now) for zone in due):
            self._states[state.zone] = state

    def _located(self, address: str) -> Evidence:
        place, asn, as_name, as_domain = self.geo.lookup(address)
        return Evidence(address, place=place, asn=asn, as_name=as_name, as_domain=as_domain)


def _is_due(state: ZoneState, now: int) -> bool:
    if Health.NO_ANSWER in (state.v4, state.v6):
        return True
    return now - state.at >= (TEST_EVERY_S if state.is_sound else TEST_AGAIN_S)


def _registries(word: str) -> Registries | None:
    """Who tells whose a network is; None where nobody may be asked."""
    from sekisho.enrich.registries import Registries  # with all that speaks HTTP, which taking in does not need

    found = Registries(word)
    return None if found.is_off else found


def gatherer(settings: Wanted, *, clock: Callable[[], float] = time.time) -> Gatherer:
    """The gatherer that the settings ask for; raises SettingsError."""
    return Gatherer(
        open_geo(settings.listed("geo_paths")),
        Dns(DnsSettings.from_text(settings.dns_servers)),
        zones_from(settings.listed("dnsbl_zones")),
        sample=_sample(settings.sample_file),
        rdap="off" if settings.sample_file else settings.rdap,
        clock=clock,
    )


def _sample(path: str) -> dict[str, Evidence]:
    try:
        return read_known(Path(path)) if path else {}
    except (OSError, ValueError) as error:
        raise SettingsError("SEKISHO_SAMPLE_FILE: {error}", error=error) from error
