"""Gathers what can be known of addresses: what this machine knows at once, the DNS when there is time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from sekisho.core.errors import SettingsError
from sekisho.core.facts import Evidence
from sekisho.enrich.geo import Geo, open_geo
from sekisho.enrich.known import read_known


class Wanted(Protocol):
    """The settings that this room reads."""

    @property
    def sample_file(self) -> str:
        """Evidence that is believed instead of any look-up; none when empty."""

    def listed(self, name: str) -> tuple[str, ...]:
        """The values of a comma-separated setting."""


class Gatherer:
    """Makes `Evidence` of addresses; `sample` holds evidence that is believed instead of any look-up."""

    def __init__(self, geo: Geo, dns: object | None, *, sample: Mapping[str, Evidence] | None = None) -> None:
        self.geo = geo
        self._dns = dns
        self._sample = sample or {}

    def at_hand(self, addresses: Iterable[str]) -> list[Evidence]:
        """What is known without the network: place and network owner; one evidence an address, in order."""
        return [self._sample.get(address) or self._located(address) for address in addresses]

    def _located(self, address: str) -> Evidence:
        place, asn, as_name, as_domain = self.geo.lookup(address)
        return Evidence(address, place=place, asn=asn, as_name=as_name, as_domain=as_domain)


def gatherer(settings: Wanted) -> Gatherer:
    """The gatherer that the settings ask for; raises SettingsError."""
    return Gatherer(open_geo(settings.listed("geo_paths")), None, sample=_sample(settings.sample_file))


def _sample(path: str) -> dict[str, Evidence]:
    try:
        return read_known(Path(path)) if path else {}
    except (OSError, ValueError) as error:
        raise SettingsError(f"SEKISHO_SAMPLE_FILE: {error}") from error
