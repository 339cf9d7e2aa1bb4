"""DNS block lists (RFC 5782): the self-test of a list, and whether it has an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

from sekisho.core.errors import SettingsError
from sekisho.core.names import normal
from sekisho.core.questions import Answer, Asking, Question
from sekisho.enrich.address import Address, reversed_in

MAX_ZONES = 20
"""Each list costs one question an address."""

ZONE = re.compile(r"(?:[a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}")
MAX_ZONE = 180
"""Octets, so that 64 of nibbles fit before it."""

KEY = re.compile(r"[a-z0-9]{20,}")
"""A first label like this is a customer's key (lists that are asked by key put it there) and is never shown."""

LISTED = ip_network("127.0.0.0/8")
"""Values that mean listed (RFC 5782, 2.3); all others come from wildcards and parked zones."""

REFUSED = ip_network("127.255.255.0/24")
"""By custom of the lists: not listed, but asked wrongly, through a public resolver, or too often."""

V4_IN, V4_OUT = IPv4Address("127.0.0.2"), IPv4Address("127.0.0.1")
V6_IN, V6_OUT = IPv6Address("::ffff:7f00:2"), IPv6Address("::ffff:7f00:1")
"""The entries that each list must have and must not have (RFC 5782, 5)."""


class Zone(NamedTuple):
    """A list by its zone; `name` is the zone without a customer's key, for people."""

    zone: str
    name: str


class Said(StrEnum):
    """What a list says of one address."""

    LISTED = "listed"
    CLEAN = "clean"
    REFUSED = "refused"
    """The list says that it does not answer us."""
    NONSENSE = "nonsense"
    """A value that no list gives."""
    UNKNOWN = "unknown"


class Health(StrEnum):
    """What the self-test found."""

    SOUND = "sound"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    NOT_A_LIST = "not_a_list"
    """The entry that each list must have is missing."""
    LISTS_ALL = "lists_all"
    """It lists the address that no list may have: closed lists answer so."""


@dataclass(frozen=True, slots=True)
class ZoneState:
    """A list and whether it may be believed, by address family."""

    zone: Zone
    v4: Health
    v6: Health
    at: int
    """Unix seconds of the test."""

    def health(self, version: int) -> Health:
        """For IPv4 or IPv6."""
        return self.v4 if version == 4 else self.v6

    @property
    def is_sound(self) -> bool:
        """Whether it may be asked for anything."""
        return Health.SOUND in (self.v4, self.v6)


class Listings(NamedTuple):
    """What several lists say of one address."""

    listed: tuple[str, ...]
    """Names of the lists that have it."""
    cleared: tuple[str, ...]
    """Names of the lists that do not have it."""
    refused: tuple[Zone, ...]
    """Lists that do not answer us any more."""

    @property
    def asked(self) -> int:
        """Lists that answered."""
        return len(self.listed) + len(self.cleared)


def zones_from(names: Iterable[str]) -> tuple[Zone, ...]:
    """The lists of `SEKISHO_DNSBL_ZONES`; raises SettingsError where one is no domain name."""
    zones = []
    for name in dict.fromkeys(map(normal, names)):
        if not ZONE.fullmatch(name) or len(name) > MAX_ZONE:
            raise SettingsError(
                "SEKISHO_DNSBL_ZONES: {name!r} is no zone of a list; write bl.example.org, more of them with commas", name=name
            )
        first, _, rest = name.partition(".")
        zones.append(Zone(name, rest if KEY.fullmatch(first) and "." in rest else name))
    if len(zones) > MAX_ZONES:
        raise SettingsError(
            "SEKISHO_DNSBL_ZONES names {count} lists; at most {most} can be asked", count=len(zones), most=MAX_ZONES
        )
    return tuple(zones)


def listings(ip: Address, zones: Iterable[Zone]) -> Asking[Listings]:
    """What the lists say of the address; a list that fails, refuses or talks nonsense has not answered."""
    listed, cleared, refused = [], [], []
    for zone in zones:
        said = read((yield _question(ip, zone)))
        if said is Said.LISTED:
            listed.append(zone.name)
        if said is Said.CLEAN:
            cleared.append(zone.name)
        if said is Said.REFUSED:
            refused.append(zone)
    return Listings(tuple(listed), tuple(cleared), tuple(refused))


def self_test(zone: Zone, at: int) -> Asking[ZoneState]:
    """Whether the list has what each list must have and lacks what none may have (RFC 5782, 5), by family."""
    v4 = yield from _family(zone, V4_IN, V4_OUT)
    v6 = yield from _family(zone, V6_IN, V6_OUT)
    return ZoneState(zone, v4, v6, at)


def _family(zone: Zone, inside: Address, outside: Address) -> Asking[Health]:
    has = read((yield _question(inside, zone)))
    if has is not Said.LISTED:
        return {Said.UNKNOWN: Health.NO_ANSWER, Said.REFUSED: Health.REFUSED}.get(has, Health.NOT_A_LIST)
    lacks = read((yield _question(outside, zone)))
    if lacks is Said.CLEAN:
        return Health.SOUND
    return {Said.UNKNOWN: Health.NO_ANSWER, Said.REFUSED: Health.REFUSED}.get(lacks, Health.LISTS_ALL)


def _question(ip: Address, zone: Zone) -> Question:
    return Question(reversed_in(ip, zone.zone), "A")


def read(answer: Answer) -> Said:
    """What an answer of a list means."""
    if answer.failed:
        return Said.UNKNOWN
    if not answer.values:
        return Said.CLEAN
    values = [ip_address(value) for value in answer.values]
    if any(value in REFUSED for value in values):
        return Said.REFUSED
    return Said.LISTED if any(value in LISTED for value in values) else Said.NONSENSE
